import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecentJobs, StoredJob, type JobName } from '../../src/core/jobs/recentJobs';
import { RecordFiles } from '../../src/node/recordFiles';
import { MemoryLog, MemoryStore } from '../support/fakes';

const parse = (json: unknown): StoredJob | null => StoredJob.safeParse(json).data ?? null;

const job = (jobId: string): StoredJob => ({
  profileId: 'p-1',
  userId: 'u-1',
  jobId,
  smileJobId: null,
  jobType: 1,
  product: 'biometric_kyc',
  code: '0810',
  verdict: 'approved',
  signature: 'valid',
  outcome: 'answered',
  httpStatus: null,
  askedAt: '2026-03-01T12:00:00.000Z',
});

describe('RecordFiles', () => {
  let folder = '';
  const log = new MemoryLog();
  const open: RecordFiles<StoredJob>[] = [];
  const files = (): RecordFiles<StoredJob> => {
    const made = new RecordFiles(folder, parse, log);
    open.push(made);
    return made;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'records-'));
  });
  afterEach(async () => {
    for (const made of open.splice(0)) made.dispose();
    await rm(folder, { recursive: true });
  });

  it('keeps a record for the next window', async () => {
    await files().write('a', job('j-1'));
    assert.deepEqual(await files().list(), new Map([['a', job('j-1')]]));
  });

  it('loses nothing when two windows write 500 jobs each at once', async () => {
    const writer = new URL('../support/recordWriter.ts', import.meta.url);
    const writers = ['one', 'two'].map((name) =>
      fork(writer, [folder, name, '500'], { execArgv: ['--import', 'tsx'] }),
    );
    const codes = await Promise.all(
      writers.map(async (child) => Number((await once(child, 'exit'))[0])),
    );
    assert.deepEqual(codes, [0, 0]);
    const names = [...(await files().list()).values()].map(({ jobId }) => jobId).sort();
    const expected = ['one', 'two'].flatMap((name) =>
      Array.from({ length: 500 }, (_, index) => `${name}-${index}`),
    );
    assert.deepEqual(names, expected.sort());
  });

  it('tells a window what another one wrote, changed and removed', async () => {
    const here = files();
    const there = files();
    await there.write('a', job('j-1'));
    assert.equal((await here.list()).size, 1);
    const change = (): Promise<void> => new Promise((resolve) => void here.onDidChange(resolve));

    let changed = change();
    await there.write('a', job('j-2'));
    await changed;
    assert.deepEqual(await here.list(), new Map([['a', job('j-2')]]));

    changed = change();
    await there.remove('a');
    await changed;
    assert.deepEqual(await here.list(), new Map());
  });

  it('sets an unreadable record aside, keeps it, and loads the others', async () => {
    await files().write('good', job('j-1'));
    await writeFile(join(folder, 'broken.json'), '{"jobId": "j-');
    await writeFile(join(folder, 'strange.json'), '{"jobId": 7}');
    assert.deepEqual(await files().list(), new Map([['good', job('j-1')]]));
    assert.deepEqual((await readdir(folder)).sort(), [
      'broken.corrupt',
      'good.json',
      'strange.corrupt',
    ]);
    assert.equal(await readFile(join(folder, 'broken.corrupt'), 'utf8'), '{"jobId": "j-');
    await files().remove('broken');
    assert.deepEqual((await readdir(folder)).sort(), ['good.json', 'strange.corrupt']);
  });

  it('loads a record at the next look where it could not be read at the first', async () => {
    await mkdir(join(folder, 'a.json'), { recursive: true }); // cannot be read, and is no missing file
    const store = files();
    assert.deepEqual(await store.list(), new Map());
    await rm(join(folder, 'a.json'), { recursive: true });
    await writeFile(join(folder, 'a.json'), JSON.stringify(job('j-1')));
    assert.deepEqual(await store.list(), new Map([['a', job('j-1')]]));
  });

  it('removes drafts that a killed window left, but not one that is being written', async () => {
    await mkdir(folder, { recursive: true });
    for (const name of ['old.tmp', 'new.tmp']) await writeFile(join(folder, name), '{}');
    const twoHoursAgo = Date.now() / 1000 - 7200;
    await utimes(join(folder, 'old.tmp'), twoHoursAgo, twoHoursAgo);
    await files().list();
    assert.deepEqual(await readdir(folder), ['new.tmp']);
  });

  it('leaves no half-written file behind when the disk refuses', async () => {
    const store = files();
    await assert.rejects(store.write('a/b', job('j-1')));
    assert.deepEqual(await readdir(folder), []);
  });

  it('keeps the newest jobs up to the limit, on disk too', async () => {
    const recent = new RecentJobs(files(), new MemoryStore<JobName>(), () => 300, log);
    const outcome = { kind: 'unreachable', cause: 'dns', message: '' } as const;
    for (let index = 0; index < 400; index += 1) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, 0, index));
      await recent.record('p-1', { userId: 'u', jobId: `j-${index}` }, outcome, at);
    }
    const kept = (await recent.list()).map(({ jobId }) => jobId);
    assert.deepEqual(
      kept,
      Array.from({ length: 300 }, (_, index) => `j-${399 - index}`),
    );
    assert.equal((await files().list()).size, 300);
  });
});
