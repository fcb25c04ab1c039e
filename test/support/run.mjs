// What the npm scripts run: `node test/support/run.mjs TASK [arguments]`. It needs nothing but Node and npm,
// and prepares whatever a task lacks, so that every script works on a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

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
const pack = () => run('npm', ['run', '--silent', 'package']);

const mocha = (files, env, ...options) => {
  const reporter = ['--reporter', 'test/support/reporter.ts'];
  return script('node_modules/mocha/bin/mocha.js', [...reporter, ...options, ...files], env);
};

/** A suite gets the environment in which to run and says whether it succeeded; counts go to TEST_COUNTS. */
const suites = {
  unit: (env, args = []) => mocha(['test/unit/**/*.test.ts'], env, ...args),
  languages: (env, args = []) => mocha(['test/languages/**/*.test.ts'], env, ...args),
  vscode: (env, args = []) => script('test/support/runSuite.ts', args, env),
  ui: (env, args = []) =>
    mocha(['test/ui/**/*.test.ts'], env, '--exit', '--timeout', '120000', ...args),
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

/** Counts checks that either pass or fail. */
function count(...checks) {
  const passed = checks.filter((check) => check()).length;
  return { passed, failed: checks.length - passed, skipped: [] };
}

/** Runs a suite; one that crashes, says nothing or holds no test counts as one failure. */
function countTests(suite) {
  const folder = mkdtempSync(join(tmpdir(), 'smile-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const succeeded = suite({ TEST_COUNTS: file });
    const none = { passed: 0, failed: 0, skipped: [] };
    const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : none;
    if (counts.failed > 0 || (succeeded && counts.passed > 0)) return counts;
    return { ...counts, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const line = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed` +
  (skipped.length > 0 ? `, ${skipped.length} skipped: ${skipped.join('; ')}` : '');

function test() {
  const results = [];
  const add = (name, counts) => results.push([name, counts]);
  add('lint', lint());
  add('unit', countTests(suites.unit));
  add('languages', countTests(suites.languages));
  add('build', count(pack));
  for (const name of ['package', 'vscode', 'ui']) add(name, countTests(suites[name]));
  console.log();
  const total = { passed: 0, failed: 0, skipped: [] };
  for (const [name, counts] of results) {
    console.log(`${name}: ${line(counts)}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped.push(...counts.skipped);
  }
  console.log(line(total));
  return total.failed === 0;
}

const tasks = {
  test,
  unit: (args) => suites.unit({}, args),
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
  pictures: () => {
    must(pack());
    return script('test/support/readmePictures.ts');
  },
  catalogue: (args) => script('test/support/catalogueTable.ts', args),
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
