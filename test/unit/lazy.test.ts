import assert from 'node:assert/strict';
import { Lazy } from '../../src/vscode/start/lazy';

/** A part, what happened to it, and what was logged. */
function build(load: () => Promise<void> = () => Promise.resolve()) {
  const events: string[] = [];
  const lazy = new Lazy(
    async () => {
      await load();
      events.push('made');
      return { dispose: () => events.push('disposed') };
    },
    { error: (error) => events.push(String(error)) },
    () => 'Reload the window.',
  );
  return { lazy, events };
}

describe('A part that is loaded on first use', () => {
  it('is made once, and disposed of with the extension', async () => {
    const { lazy, events } = build();
    assert.equal(await lazy.get(), await lazy.get());
    await lazy.dispose();
    assert.deepEqual(events, ['made', 'disposed']);
  });

  it('is made at the next use if it could not be loaded, which is logged and said without paths', async () => {
    let missing = true;
    const { lazy, events } = build(() =>
      missing ? Promise.reject(new Error("Cannot find '/home/ada/jobs.js'")) : Promise.resolve(),
    );
    await assert.rejects(lazy.get(), new Error('Reload the window.'));
    missing = false;
    await lazy.get();
    assert.deepEqual(events, ["Error: Cannot find '/home/ada/jobs.js'", 'made']);
  });

  it('works although one that waits for it fails', async () => {
    const { lazy, events } = build();
    lazy.whenLoaded(() => {
      throw new Error('not my day');
    });
    lazy.whenLoaded(() => events.push('second'));
    await lazy.get();
    await lazy.dispose();
    assert.deepEqual(events, ['made', 'Error: not my day', 'second', 'disposed']);
  });

  it('is not made after the end of the extension, which nothing would end', async () => {
    const { lazy, events } = build();
    await lazy.dispose();
    await assert.rejects(lazy.get(), new Error('The extension has ended.'));
    lazy.load();
    assert.deepEqual(events, []);
  });

  it('ends without an error if it could not be loaded meanwhile', async () => {
    const { lazy, events } = build(() => Promise.reject(new Error('no such file')));
    const use = lazy.get();
    await Promise.all([lazy.dispose(), assert.rejects(use)]);
    assert.deepEqual(events, ['Error: no such file']);
  });
});
