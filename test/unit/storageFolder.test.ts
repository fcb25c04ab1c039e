import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageFolder } from '../../src/node/storageFolder';

describe('StorageFolder', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'storage-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it('lists and removes everything below it, whatever it is, and follows no link out of it', async () => {
    const folder = join(root, 'storage');
    await mkdir(join(folder, 'jobs/names'), { recursive: true });
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(root, 'elsewhere/kept'), 'kept');
    for (const name of ['jobs/a.json', 'jobs/b.corrupt', 'jobs/names/c.x.tmp', 'd']) {
      await writeFile(join(folder, name), '');
    }
    await symlink(join(root, 'elsewhere'), join(folder, 'link'));
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'jobs/pipe.json')]);
    const storage = new StorageFolder(folder);
    const files = await storage.files();
    assert.deepEqual([...files].sort(), [
      'd',
      'jobs/a.json',
      'jobs/b.corrupt',
      'jobs/names/c.x.tmp',
      ...(process.platform === 'win32' ? [] : ['jobs/pipe.json']),
      'link',
    ]);
    for (const path of [...files, 'jobs/gone already']) await storage.remove(path);
    assert.deepEqual(await storage.files(), []);
    assert.equal(await readFile(join(root, 'elsewhere/kept'), 'utf8'), 'kept');
  });

  it('is empty if there is no such folder, and says so if it cannot be read', async () => {
    assert.deepEqual(await new StorageFolder(join(root, 'none')).files(), []);
    await writeFile(join(root, 'file'), '');
    await assert.rejects(new StorageFolder(join(root, 'file')).files(), { code: 'ENOTDIR' });
  });
});
