import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostId } from '../../src/node/hostId';

describe('The ID of a remote host', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'smile-host-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const path = (): string => join(folder, 'storage', 'host-id');

  it('is the same in every window from the moment when something is stored', () => {
    const [first, second] = [new HostId(path()), new HostId(path())];
    assert.notEqual(first.current, second.current);
    const id = first.current;
    assert.deepEqual([first.keep(), second.keep()], [true, true]);
    assert.deepEqual(
      [first, second, new HostId(path())].map(({ current }) => current),
      [id, id, id],
    );
    assert.deepEqual(readdirSync(join(folder, 'storage')), ['host-id']);
  });

  it('writes nothing before something is stored', () => {
    assert.match(new HostId(path()).current, /^[0-9a-f-]{36}$/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is a new one after all data was deleted, again the same in every window', () => {
    const [first, second] = [new HostId(path()), new HostId(path())];
    first.keep();
    const old = first.current;
    rmSync(path());
    second.keep();
    assert.notEqual(second.current, old);
    assert.equal(first.keep() && first.current, second.current);
  });

  it('replaces a damaged file', () => {
    mkdirSync(join(folder, 'storage'));
    writeFileSync(path(), '');
    const host = new HostId(path());
    assert.equal(host.keep(), true);
    assert.equal(new HostId(path()).current, host.current);
  });

  it('says when the disk refuses', () => {
    writeFileSync(join(folder, 'storage'), 'not a folder');
    const host = new HostId(path());
    assert.equal(host.keep(), false);
    assert.equal(host.current, host.current);
  });
});
