import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import CountingSpec from './reporter';

/**
 * What VS Code calls in its extension host (`extensionTestsPath`). runSuite.ts bundles it into one folder with
 * the suites of test/vscode.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', color: true, timeout: 120_000, reporter: CountingSpec });
  const tests = readdirSync(__dirname).filter((file) => file.endsWith('.test.js'));
  // first of all: it checks what a new window has loaded, and what a test needs stays loaded
  tests.sort((a, b) => Number(b.startsWith('lightStart')) - Number(a.startsWith('lightStart')));
  for (const file of tests) mocha.addFile(join(__dirname, file));
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} failed`);
}
