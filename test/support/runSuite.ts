import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { build } from 'esbuild';
import { ROOT } from './root';
import { NEWEST, vscodeVersion } from './vscodeServer';

/**
 * Runs a suite inside a real VS Code, against the built extension:
 * `npm run test:vscode [-- --suite FILE] [--window NAME] [--vscode 1.105] [--extension FOLDER]`.
 *
 * All suites of test/vscode run in one window. A folder in there is a window of its own: its suites run together, in
 * the environment that its window.ts makes.
 */

/** What the window.ts of a folder exports as `openWindow`. */
export interface OwnWindow {
  /** Added to the environment of VS Code. */
  readonly env: Readonly<Record<string, string>>;
  /** Undoes what was done to the machine. */
  readonly close: () => void;
}

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string' },
    window: { type: 'string', default: '.' },
    extension: { type: 'string', default: ROOT },
    vscode: { type: 'string', default: NEWEST },
  },
});
const version = vscodeVersion(options.vscode);

const folderOfSuites = join(ROOT, 'test/vscode', options.window);

/** Bundles the suites of the window and their runner. Returns the runner's path. */
async function bundleSuites(): Promise<string> {
  const outdir = join(ROOT, '.vscode-test/suites');
  rmSync(outdir, { recursive: true, force: true });
  const tests = readdirSync(folderOfSuites).filter((name) => name.endsWith('.test.ts'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/support/suite.ts', ...tests.map((name) => join(folderOfSuites, name))],
    entryNames: '[name]',
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    loader: { '.png': 'binary' },
    logLevel: 'warning',
  });
  return join(outdir, 'suite.js');
}

/**
 * Desktop VS Code if there is a screen and the download works (VSCODE_TESTS=server: do not try), else the
 * server in a headless browser.
 */
async function findVSCode(): Promise<string> {
  const screen = process.platform !== 'linux' || process.env.DISPLAY !== undefined;
  if (screen && process.env.VSCODE_TESTS !== 'server' && version === NEWEST) {
    try {
      return await downloadAndUnzipVSCode({ version: 'stable', timeout: 10_000 });
    } catch (error) {
      console.log(
        `Desktop VS Code cannot be downloaded (${String(error)}): taking the server from npm.`,
      );
    }
  }
  return join(import.meta.dirname, 'vscodeInBrowser.ts');
}

/** A window that needs nothing special has no window.ts. */
async function openWindow(scratch: string): Promise<OwnWindow> {
  const file = join(folderOfSuites, 'window.ts');
  if (!existsSync(file)) return { env: {}, close: () => undefined };
  const module = (await import(pathToFileURL(file).href)) as {
    openWindow(scratch: string): Promise<OwnWindow>;
  };
  return await module.openWindow(scratch);
}

async function main(): Promise<void> {
  // npm runs scripts in the package's folder, and says in INIT_CWD where it was called
  const suite =
    options.suite === undefined
      ? await bundleSuites()
      : resolve(process.env.INIT_CWD ?? process.cwd(), options.suite);
  process.chdir(ROOT); // where the launcher's `node --import tsx` finds tsx
  const scratch = mkdtempSync(join(tmpdir(), 'smile-vscode-'));
  process.once('exit', () => {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });
  const folder = join(scratch, 'workspace');
  cpSync(join(ROOT, 'test/workspace'), folder, { recursive: true });
  const window = await openWindow(scratch);
  const ended = join(scratch, 'ended');
  const deadline = setTimeout(() => {
    console.error('The suite has not ended within 15 minutes.');
    process.exit(1);
  }, 15 * 60_000);
  try {
    await runTests({
      vscodeExecutablePath: await findVSCode(),
      extensionDevelopmentPath: options.extension,
      extensionTestsPath: join(import.meta.dirname, 'suiteToItsEnd.cjs'),
      extensionTestsEnv: {
        ...window.env,
        SMILE_TEST_VSCODE: version,
        SMILE_TEST_SUITE: suite,
        SMILE_TEST_ENDED: ended,
        SMILE_TEST_DATA: join(scratch, 'user-data'), // where dataFolder.ts looks
      },
      launchArgs: [
        folder,
        '--disable-extensions',
        `--user-data-dir=${join(scratch, 'user-data')}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
      ],
    });
    if (!existsSync(ended)) throw new Error('The extension host ended before its suites did.');
  } finally {
    clearTimeout(deadline);
    window.close();
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof TestRunFailedError)) console.error(error); // a failed suite has said so
  process.exitCode = 1;
});
