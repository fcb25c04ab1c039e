import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What a suite leaves in the file that TEST_COUNTS names; run.mjs adds them up. */
interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** The full title of each test or hook that failed, and its error with the stack. */
  readonly failures: readonly string[];
  /** Full titles. */
  readonly skipped: readonly string[];
  /** Full titles of tests that passed only when they ran again: each is a fault to fix. */
  readonly flaky: readonly string[];
}

/** mocha's own spec output with what made a test run again, and the counts in a file. */
export default class CountingSpec extends Mocha.reporters.Spec {
  private readonly flaky: string[] = [];

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const retried = new Set<string>();
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      retried.add(test.fullTitle());
      console.log(`Runs again: ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
    runner.on('pass', (test) => {
      if (retried.has(test.fullTitle())) this.flaky.push(test.fullTitle());
    });
    const file = process.env.TEST_COUNTS;
    if (file === undefined) return;
    const skipped: string[] = [];
    const failures: string[] = [];
    runner.on('fail', (test, error: Error) => {
      failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes: passed, failures: failed } = this.stats;
      const counts: TestCounts = { passed, failed, failures, skipped, flaky: this.flaky };
      writeFileSync(file, JSON.stringify(counts));
    });
  }

  override epilogue(): void {
    super.epilogue();
    if (this.flaky.length > 0) console.log(`flaky: ${this.flaky.join('; ')}`);
  }
}
