/** Long work as steps: it pauses after each, and its caller continues it at once or later. */
export type Steps<T> = Generator<void, T, void>;

/** About ten milliseconds of work on the fields of a response. */
const STEPS_AT_ONCE = 5000;

/**
 * Does the work in slices, so that it never blocks other work in the same thread.
 * @param pause lets other work run
 */
export async function inSlices<T>(
  steps: Steps<T>,
  pause: () => Promise<unknown> = nextTurn,
): Promise<T> {
  for (let count = 1; ; count += 1) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (count % STEPS_AT_ONCE === 0) await pause();
  }
}

/** Lets timers and other requests run. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
