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

  it('reaches the other listeners and leaves whoever fires alone where a listener throws: that is logged', () => {
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
});
