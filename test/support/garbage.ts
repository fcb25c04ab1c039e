import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Lets go of what nothing holds any more, so that a WeakRef tells what is still kept in memory. */
export async function collectGarbage(): Promise<void> {
  await setImmediate(); // what a WeakRef was made of stays until then
  setFlagsFromString('--expose-gc'); // Node has no other door to it in a process that runs already
  runInNewContext('gc()');
}
