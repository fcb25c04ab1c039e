import assert from 'node:assert/strict';
import { Emitter } from '../../src/core/event';
import { MemoryLog } from '../support/fakes';

describe('An event', () => {
  it('reaches each listener as often as it was added, in that order, until it is disposed', () => {
    const emitter = new Emitter<string>(new MemoryLog());
    const calls: string[] = [];
    const first = (value: string): unknown => calls.push(`first ${value}`);
    const added = emitter.event(first);
    emitter.event((value) => calls.push(`second ${value}`));
    emitter.event(first);
    emitter.fire('a');
    added.dispose();
    emitter.fire('b');
    assert.deepEqual(calls, ['first a', 'second a', 'first a', 'second b', 'first b']);
  });

  it('reaches the other listeners if one throws; the error is logged and not thrown to the code that fires', () => {
    const log = new MemoryLog();
    const emitter = new Emitter<string>(log);
    const calls: string[] = [];
    emitter.event(() => {
      throw new Error('defect');
    });
    emitter.event((value) => calls.push(value));
    emitter.fire('a');
    assert.deepEqual({ calls, lines: log.lines }, { calls: ['a'], lines: ['Error: defect'] });
  });

  it('logs what a listener rejects with later, and leaves no unhandled rejection', async () => {
    const log = new MemoryLog();
    const emitter = new Emitter<string>(log);
    const calls: string[] = [];
    const unhandled: unknown[] = [];
    const note = (reason: unknown): unknown => unhandled.push(reason);
    // in place of mocha's, which would blame whichever test runs by then
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
    try {
      emitter.event(() => Promise.reject(new Error('rejected')));
      emitter.event(async (value) => {
        await Promise.resolve();
        throw new Error(`late ${value}`);
      });
      emitter.event(() => ({
        then: () => {
          throw new Error('no promise');
        },
      }));
      emitter.event((value) => calls.push(value));
      emitter.fire('a');
      assert.deepEqual({ calls, lines: log.lines }, { calls: ['a'], lines: [] });
      await new Promise((resolve) => setTimeout(resolve));
    } finally {
      process.removeListener('unhandledRejection', note);
      for (const other of others) process.on('unhandledRejection', other);
    }
    assert.deepEqual(
      { lines: [...log.lines].sort(), unhandled },
      { lines: ['Error: late a', 'Error: no promise', 'Error: rejected'], unhandled: [] },
    );
  });
});
