/** Work that may take long, as steps: it pauses after each, for its caller to go on at once or later. */
export type Steps<T> = Generator<void, T, void>;

/** About ten milliseconds of work on the fields of a response. */
const STEPS_AT_ONCE = 5000;

/**
 * Does the work a slice at a time, so that it never holds up all else that runs in the same thread.
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

/** Lets timers and requests of others have their turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
