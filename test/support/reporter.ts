import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What a suite leaves in the file that TEST_COUNTS names; run.mjs adds them up. */
interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Full titles. */
  readonly skipped: readonly string[];
}

/** mocha's own spec output, and the counts in a file. */
export default class CountingSpec extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.TEST_COUNTS;
    if (file === undefined) return;
    const skipped: string[] = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      const counts: TestCounts = { passed: passes, failed: failures, skipped };
      writeFileSync(file, JSON.stringify(counts));
    });
  }
}
