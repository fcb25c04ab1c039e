import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Frees what nothing refers to any more, so that a WeakRef shows what is still kept in memory. */
export async function collectGarbage(): Promise<void> {
  await setImmediate(); // what a WeakRef was made of stays until then
  setFlagsFromString('--expose-gc'); // Node has no other way to it in a process that runs already
  runInNewContext('gc()');
}
