import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';

const SUITE = `
  let runs = 0;
  describe('A suite', () => {
    it('passes', () => {});
    it('passes the second time', () => { if ((runs += 1) === 1) throw new Error('too early'); });
    it('fails', () => { throw new Error('broken'); });
    it.skip('is skipped', () => {});
  });`;

describe('The reporter of the test suites', () => {
  it('counts tests, and names those that failed, were skipped or passed only when they ran again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'smile-reporter-'));
    try {
      const suite = join(folder, 'suite.cjs');
      const file = join(folder, 'counts.json');
      writeFileSync(suite, SUITE);
      const mocha = ['--import', 'tsx', 'node_modules/mocha/bin/mocha.js'];
      const options = ['--reporter', 'test/support/reporter.ts', '--retries', '1'];
      const { stdout } = spawnSync(process.execPath, [...mocha, ...options, suite], {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...process.env, TEST_COUNTS: file },
      });
      const withoutStack = readFileSync(file, 'utf8').replace(/\\n +at [^"]*/, '');
      assert.deepEqual(JSON.parse(withoutStack), {
        passed: 2,
        failed: 1,
        failures: ['A suite fails\nError: broken'],
        skipped: ['A suite is skipped'],
        flaky: ['A suite passes the second time'],
      });
      assert.match(stdout, /Runs again: A suite passes the second time\nError: too early/);
      assert.match(stdout, /\nflaky: A suite passes the second time\n/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
