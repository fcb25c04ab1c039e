import * as assert from 'node:assert/strict';

/** Something that is done to an input of some size. */
interface Work<T> {
  /** Of the larger of two inputs. It must be large enough to cost some milliseconds if growth is not as expected. */
  readonly size: number;
  readonly input: (size: number) => T;
  readonly run: (input: T) => unknown;
  /** Says which work it was when the assertion fails. */
  readonly what?: string;
  /** What it costs to do something once; milliseconds by default. */
  readonly cost?: (run: () => unknown) => number;
}

/** Costs below it are no basis for a ratio. */
const LEAST = 2;
const RUNS = 5;
const TRIES = 3;

/** Twice the input may cost twice as much, and some noise; what is quadratic costs four times as much. */
export function assertLinear<T>(work: Work<T>): void {
  assertGrowth(work, { larger: 2, atMost: 3 });
}

/** The size of the input makes no difference; what is linear costs 16 times as much for the larger one. */
export function assertConstant<T>(work: Work<T>): void {
  assertGrowth(work, { larger: 16, atMost: 4 });
}

/**
 * Compares the least costs of some runs: noise only ever adds to a cost. Each further try takes inputs twice as
 * large: a step that comes once, such as a larger buffer, is no growth.
 */
function assertGrowth<T>(
  { size, input, run, what = 'it', cost = cpuTime }: Work<T>,
  { larger, atMost }: { readonly larger: number; readonly atMost: number },
): void {
  const failures: string[] = [];
  for (let length = size; failures.length < TRIES; length *= 2) {
    const large = input(length);
    const least = { small: Infinity, large: cost(() => run(large)) };
    if (least.large <= atMost * LEAST) return;
    const small = input(Math.floor(length / larger));
    run(small); // the first run also compiles
    for (let runs = 0; runs < RUNS; runs += 1) {
      least.small = Math.min(
        least.small,
        cost(() => run(small)),
      );
      least.large = Math.min(
        least.large,
        cost(() => run(large)),
      );
      if (least.large <= atMost * Math.max(least.small, LEAST)) return;
    }
    failures.push(`${least.large} for a size of ${length} instead of ${least.small}`);
  }
  assert.fail(`For an input ${larger} times as large, ${what} costs ${failures.join(', then ')}.`);
}

/** Of this process, not of the clock on the wall: what else the machine does is not counted. */
function cpuTime(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
