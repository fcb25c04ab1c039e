// What the npm scripts run: `node test/support/run.mjs TASK [arguments]`. It needs nothing but Node and npm,
// and prepares what a task lacks, so that every script works on a fresh clone.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const windows = process.platform === 'win32';

/** Runs a program in the checkout, its output ours. Returns whether it succeeded. */
function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: windows && program === 'npm',
  });
  if (error) console.error(error.message);
  return status === 0;
}
const node = (args, env) => run(process.execPath, args, env);
const script = (file, args = [], env) => node(['--import', 'tsx', file, ...args], env);
const bin = (name, ...args) => node([join('node_modules', name), ...args]);

function must(succeeded) {
  if (!succeeded) process.exit(1);
}

/**
 * npm writes node_modules/.package-lock.json at the end of an install. `npm ci` empties node_modules first, through
 * a link too: packages that belong to another checkout are left alone.
 */
function installPackages() {
  const modules = lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false });
  if (modules?.isSymbolicLink()) return;
  const installed = join(root, 'node_modules/.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  must(run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']));
}
const build = () => node(['esbuild.js']);

/** What esbuild.js made is all that is needed at run time, so dependencies stay out. */
const VSCE_OPTIONS = [
  '--no-dependencies',
  '--no-rewrite-relative-links',
  '--allow-missing-repository',
  ...['--out', 'dist/smile-identity.vsix'],
  ...['--readme-path', 'dist/README.md'],
];

/**
 * The README as VS Code shows it on the page of the extension: images of https addresses only, and no links to files. Without
 * an address the images are left out, and links to files become their text. The sections for readers of the repository
 * are left out.
 */
function pageOf(readme, images) {
  const pictures =
    images === undefined
      ? readme.replace(/^!\[[^\]]*\]\([^)]*\)\n\n/gm, '')
      : readme.replace(
          /(?<=^!\[[^\]]*\]\()[^)]*/gm,
          (path) => `${images.replace(/\/$/, '')}/${path}`,
        );
  return pictures
    .replace(/^## Documentation[^]*(?=^## License)/m, '')
    .replace(/(?<!!)\[([^\]]*)\]\((?!https:|#)[^)]*\)/g, '$1');
}

/** An https address to which a path can be added, and which stands in Markdown as it is. */
function isImageBase(text) {
  if (!/^https:\/\/[\w.:-]+(?:\/[\w.~%-]+)*\/?$/.test(text)) return false;
  return URL.canParse(text) && !text.includes('/..');
}

/**
 * The VSIX. Two builds of the same files are the same bytes: the times in it are those of the earliest zip.
 * `--images BASE` names the https address below which the images of the README are, at the paths that they have here.
 */
function pack(args = []) {
  const { images } = parseArgs({ args, options: { images: { type: 'string' } } }).values;
  if (images !== undefined && !isImageBase(images)) {
    console.error('--images needs a plain https address: VS Code shows no other images.');
    return false;
  }
  if (!build()) return false;
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  writeFileSync(join(root, 'dist/README.md'), pageOf(readme, images));
  return node(['node_modules/@vscode/vsce/vsce', 'package', ...VSCE_OPTIONS], {
    SOURCE_DATE_EPOCH: '315532800',
  });
}

const mocha = (files, env, ...options) => {
  // no test is about time: this ends those that hang, and none that is slow on a busy machine
  const common = [
    ...['--reporter', 'test/support/reporter.ts', '--require', 'test/support/seed.ts'],
    ...['--timeout', '120000'],
  ];
  return script('node_modules/mocha/bin/mocha.js', [...common, ...options, ...files], env);
};

/** A suite gets the environment in which to run and says whether it succeeded; counts go to TEST_COUNTS. */
const suites = {
  // files do not know of each other, so two cores share them
  unit: (env, args = []) =>
    mocha(['test/unit/**/*.test.ts'], env, '--parallel', '--jobs', '2', ...args),
  fuzz: (env, args = []) => mocha(['test/fuzz/**/*.test.ts'], env, ...args),
  languages: (env, args = []) => mocha(['test/languages/**/*.test.ts'], env, ...args),
  vscode: (env, args = []) => script('test/support/runSuite.ts', args, env),
  // a test that fails runs once more, so that the closing lines separate flaky tests from broken ones
  ui: (env, args = []) => mocha(['test/ui/**/*.test.ts'], env, '--exit', '--retries', '1', ...args),
  package: (env) => mocha(['test/bench/package.test.ts'], env),
};

/** The three checks of `npm run lint`, counted like tests. */
function lint() {
  const checks = {
    types: () => bin('typescript/bin/tsc', '--noEmit'),
    eslint: () => bin('eslint/bin/eslint.js', '.'),
    prettier: () => bin('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  };
  return count(...Object.values(checks));
}

const NONE = { passed: 0, failed: 0, skipped: [], flaky: [] };

/** Counts checks that either pass or fail. */
function count(...checks) {
  const passed = checks.filter((check) => check()).length;
  return { ...NONE, passed, failed: checks.length - passed };
}

/** Runs a suite; one that crashes, leaves no counts or has no test counts as one failure. */
function countTests(suite) {
  const folder = mkdtempSync(join(tmpdir(), 'smile-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const succeeded = suite({ TEST_COUNTS: file });
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NONE;
    if (counts.failed > 0 || (succeeded && counts.passed > 0)) return counts;
    return { ...counts, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The closing lines: what was flaky, if anything, then the counts. */
const linesOf = ({ passed, failed, skipped, flaky }) => [
  ...(flaky.length > 0 ? [`flaky: ${flaky.join('; ')}`] : []),
  `${passed} passed, ${failed} failed` +
    (skipped.length > 0 ? `, ${skipped.length} skipped: ${skipped.join('; ')}` : ''),
];

/** What `npm test` runs, in this order. */
const checks = {
  lint,
  unit: () => countTests(suites.unit),
  fuzz: () => countTests(suites.fuzz),
  languages: () => countTests(suites.languages),
  build: () => count(() => pack()),
  package: () => countTests(suites.package),
  vscode: () => countTests(suites.vscode),
  'vscode, proxy': () => countTests((env) => suites.vscode(env, ['--window', 'proxy'])),
  ui: () => countTests(suites.ui),
};

/** What `npm run test:all` runs after that: it takes long, and seldom finds something. */
const longChecks = {
  'full fuzz': () =>
    countTests((env) =>
      suites.fuzz({ ...env, FUZZ_FACTOR: '25', FUZZ_SEED: '2' }, ['--timeout', '1200000']),
    ),
  'network faults': () =>
    countTests((env) => mocha(['test/unit/networkFaults.test.ts'], { ...env, TEST_LONG: '1' })),
  'every look': () =>
    countTests((env) => suites.ui({ ...env, TEST_ALL_LOOKS: '1' }, ['-g', 'every state, theme'])),
  'pseudo language': () =>
    countTests((env) =>
      suites.ui({ ...env, TEST_PSEUDO_LANGUAGE: '1' }, ['-g', 'pseudo-language']),
    ),
  'oldest vscode': () => countTests((env) => suites.vscode(env, ['--vscode', oldestVSCode()])),
  'oldest vscode, proxy': () =>
    countTests((env) => suites.vscode(env, ['--vscode', oldestVSCode(), '--window', 'proxy'])),
};

/** As package.json's `engines` says. */
function oldestVSCode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return engines.vscode.replace('^', '');
}

/** Runs every check, whether the others succeed or not, and ends with a line for each and one for all. */
function test(checks) {
  const results = Object.entries(checks).map(([name, check]) => [name, check()]);
  const sum = (one, other) => ({
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
    flaky: [...one.flaky, ...other.flaky],
  });
  const total = results.map(([, counts]) => counts).reduce(sum, NONE);
  console.log();
  for (const [name, counts] of results) {
    for (const line of linesOf(counts)) console.log(`${name}: ${line}`);
  }
  for (const line of linesOf(total)) console.log(line);
  return total.failed === 0;
}

const tasks = {
  test: () => test(checks),
  all: () => test({ ...checks, ...longChecks }),
  unit: (args) => suites.unit({}, args),
  fuzz: (args) => suites.fuzz({}, args),
  languages: (args) => suites.languages({}, args),
  vscode: (args) => {
    must(build());
    return suites.vscode({}, args);
  },
  ui: (args) => {
    must(pack());
    return suites.ui({}, args);
  },
  bench: (args) => {
    must(pack());
    return script('test/bench/bench.ts', args);
  },
  start: (args) => {
    must(pack());
    return script('test/support/start.ts', args);
  },
  images: () => {
    must(pack());
    return script('test/support/readmeImages.ts');
  },
  package: pack,
  l10n: () => script('test/support/writeTexts.ts'),
  catalogue: (args) => script('test/support/catalogueTable.ts', args),
  measure: (args) => script('test/support/measure.ts', args),
  simulator: (args) => script('src/node/simulator/cli.ts', args),
};

const [name, ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) {
  console.error(`No such task: ${name}. There are ${Object.keys(tasks).join(', ')}.`);
  process.exit(1);
}
installPackages();
process.exitCode = task(args) ? 0 : 1;
