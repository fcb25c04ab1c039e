#!/usr/bin/env -S node --import tsx
import { writeSync } from 'node:fs';
import { launchChromium } from './chromium';
import { openSuiteWindow } from './suiteWindow';
import { NEWEST, startServer, vscodeVersion, writeUserSettings } from './vscodeServer';

/**
 * Takes the arguments of desktop VS Code that matter to @vscode/test-electron, and does the same with the
 * server and a headless browser as its window. So `runTests({ vscodeExecutablePath })` runs a suite in either.
 */
async function main(args: readonly string[]): Promise<number> {
  const argument = (name: string) => {
    const start = `--${name}=`;
    const found = args.find((arg) => arg.startsWith(start))?.slice(start.length);
    if (found === undefined) throw new Error(`${start} is missing.`);
    return found;
  };
  const version = vscodeVersion(process.env.SMILE_TEST_VSCODE ?? NEWEST);
  const dataDir = argument('user-data-dir');
  writeUserSettings(dataDir);
  const server = await startServer({ dataDir, version, testDriver: true });
  try {
    const browser = await launchChromium();
    try {
      const { exit } = await openSuiteWindow({
        server,
        browser,
        suite: argument('extensionTestsPath'),
        extension: argument('extensionDevelopmentPath'),
        folder: args.find((arg) => !arg.startsWith('-')),
        print: (text, problem) => writeSync(problem ? 2 : 1, `${text}\n`),
      });
      return await exit;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}

// the suite's output has been read by then, and nothing else may keep the process running
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
