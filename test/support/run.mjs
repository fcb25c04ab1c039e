// What the npm scripts run: `node test/support/run.mjs TASK [arguments]`. It needs nothing but Node and npm,
// and prepares what a task lacks, so that every script works on a fresh clone.
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const windows = process.platform === 'win32';

/** The name of the check that runs beside others: it goes before each line of its output. */
const prefix = new AsyncLocalStorage();

/** Runs a program in the checkout, its output ours. Resolves to whether it succeeded. */
async function run(program, args, env = {}) {
  const name = prefix.getStore();
  const child = spawn(program, args, {
    cwd: root,
    stdio: name === undefined ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    shell: windows && program === 'npm',
  });
  for (const input of [child.stdout, child.stderr]) {
    if (input) createInterface({ input }).on('line', (line) => console.log(`${name} | ${line}`));
  }
  try {
    const [status] = await once(child, 'close');
    return status === 0;
  } catch (error) {
    console.error(error.message);
    return false;
  }
}
const node = (args, env) => run(process.execPath, args, env);
const script = (file, args = [], env) => node(['--import', 'tsx', file, ...args], env);
const bin = (name, ...args) => node([join('node_modules', name), ...args]);

async function must(result) {
  if (!(await result)) process.exit(1);
}

/**
 * npm writes node_modules/.package-lock.json at the end of an install. `npm ci` empties node_modules first, through
 * a link too: packages that belong to another checkout are left alone.
 */
async function installPackages() {
  const modules = lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false });
  if (modules?.isSymbolicLink()) return;
  const installed = join(root, 'node_modules/.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  await must(run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']));
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
async function pack(args = []) {
  const { images } = parseArgs({ args, options: { images: { type: 'string' } } }).values;
  if (images !== undefined && !isImageBase(images)) {
    console.error('--images needs a plain https address: VS Code shows no other images.');
    return false;
  }
  if (!(await build())) return false;
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
  ui: (env, args = [], files = ['test/ui/**/*.test.ts']) =>
    mocha(files, env, '--exit', '--retries', '1', ...args),
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

const NONE = { passed: 0, failed: 0, failures: [], skipped: [], flaky: [] };

/** Counts checks that either pass or fail. */
async function count(...checks) {
  let passed = 0;
  for (const check of checks) passed += (await check()) ? 1 : 0;
  return { ...NONE, passed, failed: checks.length - passed };
}

/** Runs a suite; one that crashes, leaves no counts or has no test counts as one failure. */
async function countTests(suite) {
  const folder = mkdtempSync(join(tmpdir(), 'smile-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const succeeded = await suite({ TEST_COUNTS: file });
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

/** A lane is what runs one after the other. What needs both cores, or what others need, is a step with one lane. */
const lane = (checks) => [checks];

/** What `npm test` runs: step by step, the lanes of a step side by side. */
const steps = [
  lane({
    unit: () => countTests(suites.unit),
    build: () => count(() => pack()),
    package: () => countTests(suites.package),
  }),
  [
    {
      ui: () => countTests((env) => suites.ui(env, [], ['test/ui/*.test.ts'])),
      lint,
      fuzz: () => countTests(suites.fuzz),
    },
    {
      'ui, panel': () => countTests((env) => suites.ui(env, [], ['test/ui/panel/*.test.ts'])),
      vscode: () => countTests(suites.vscode),
      'vscode, proxy': () => countTests((env) => suites.vscode(env, ['--window', 'proxy'])),
      languages: () => countTests(suites.languages),
    },
  ],
];

/** Their tests build on each other, so each file runs as a whole. */
const LOOKED_AT_IN_EACH_THEME = [
  ...['looks', 'panel/looks', 'recentJobs', 'walkthrough', 'webhooks'],
].map((name) => `test/ui/${name}.test.ts`);

/** What `npm run test:all` runs after that: it takes long, and seldom finds something. */
const longSteps = [
  [
    {
      'full fuzz': () =>
        countTests((env) =>
          suites.fuzz({ ...env, FUZZ_FACTOR: '25', FUZZ_SEED: '2' }, ['--timeout', '1200000']),
        ),
      'network faults': () =>
        countTests((env) => mocha(['test/unit/networkFaults.test.ts'], { ...env, TEST_LONG: '1' })),
      'oldest vscode': () => countTests((env) => suites.vscode(env, ['--vscode', oldestVSCode()])),
      'oldest vscode, proxy': () =>
        countTests((env) => suites.vscode(env, ['--vscode', oldestVSCode(), '--window', 'proxy'])),
    },
    {
      'every look': () =>
        countTests((env) => suites.ui({ ...env, TEST_LONG: '1' }, [], LOOKED_AT_IN_EACH_THEME)),
      'pseudo language': () =>
        countTests((env) =>
          suites.ui({ ...env, TEST_PSEUDO_LANGUAGE: '1' }, ['-g', 'pseudo-language']),
        ),
    },
  ],
];

/** As package.json's `engines` says. */
function oldestVSCode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return engines.vscode.replace('^', '');
}

/**
 * Runs every check, whether the others succeed or not, and ends with what failed, far below where it was printed first, and
 * a line for each check and one for all.
 */
async function test(steps) {
  const results = [];
  for (const lanes of steps) {
    const ofLanes = lanes.map((checks) => runLane(checks, lanes.length > 1));
    results.push(...(await Promise.all(ofLanes)).flat());
  }
  const sum = (one, other) => ({
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
    skipped: [...one.skipped, ...other.skipped],
    flaky: [...one.flaky, ...other.flaky],
  });
  const total = results.map(([, counts]) => counts).reduce(sum, NONE);
  for (const failure of total.failures) console.log(`\n${failure}`);
  console.log();
  for (const [name, counts] of results) {
    for (const line of linesOf(counts)) console.log(`${name}: ${line}`);
  }
  for (const line of linesOf(total)) console.log(line);
  return total.failed === 0;
}

/** Resolves to the name and the counts of each check. */
async function runLane(checks, besideOthers) {
  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    const counts = await (besideOthers ? prefix.run(name, check) : check());
    results.push([name, counts]);
  }
  return results;
}

const tasks = {
  test: () => test(steps),
  all: () => test([...steps, ...longSteps]),
  unit: (args) => suites.unit({}, args),
  fuzz: (args) => suites.fuzz({}, args),
  languages: (args) => suites.languages({}, args),
  vscode: async (args) => {
    await must(build());
    return suites.vscode({}, args);
  },
  ui: async (args) => {
    await must(pack());
    return suites.ui({}, args);
  },
  bench: async (args) => {
    await must(pack());
    return script('test/bench/bench.ts', args);
  },
  start: async (args) => {
    await must(pack());
    return script('test/support/start.ts', args);
  },
  images: async () => {
    await must(pack());
    return script('test/support/readmeImages.ts');
  },
  package: pack,
  generate: () => script('test/support/generate.ts'),
  'measure:tokens': (args) => script('test/support/measureTokens.ts', args),
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
await installPackages();
process.exitCode = (await task(args)) ? 0 : 1;
