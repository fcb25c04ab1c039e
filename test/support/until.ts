import * as assert from 'node:assert/strict';

/** Waits until something is there. Fails with `what` after ten seconds. */
export async function until<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) assert.fail(`Waited in vain for ${what}.`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
