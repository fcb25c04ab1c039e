import assert from 'node:assert/strict';
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecentJobs, StoredJob, type JobName } from '../../src/core/jobs/recentJobs';
import { formatOf, RecordLeftAlone } from '../../src/core/recordStore';
import { RecordFiles } from '../../src/node/recordFiles';
import { MemoryLog, MemoryStore, SteppedClock } from '../support/fakes';
import { until } from '../support/until';

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
  let log = new MemoryLog();
  const open: RecordFiles<StoredJob>[] = [];
  const files = (clock = new SteppedClock(Date.now())): RecordFiles<StoredJob> => {
    const made = new RecordFiles(folder, formatOf(StoredJob), log, clock);
    open.push(made);
    return made;
  };
  const file = (name: string): string => join(folder, name);
  const put = (name: string, json: unknown): Promise<void> =>
    writeFile(file(name), typeof json === 'string' ? json : JSON.stringify(json));
  beforeEach(async () => {
    log = new MemoryLog();
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

  it('reports to a window what another one wrote, changed and removed', async () => {
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

  it('sets aside what is not JSON, keeps it, and loads the others', async () => {
    await files().write('good', job('j-1'));
    for (const text of ['{"jobId": "j-', '', '\0\0\0\0']) {
      await put('broken.json', text);
      assert.deepEqual(await files().list(), new Map([['good', job('j-1')]]));
    }
    const aside = ['broken.2.corrupt', 'broken.3.corrupt', 'broken.corrupt'];
    assert.deepEqual((await readdir(folder)).sort(), [...aside, 'good.json']);
    assert.equal(await readFile(file('broken.corrupt'), 'utf8'), '{"jobId": "j-');
    await put('broken.json', 'again');
    await files().write('broken', job('j-2'));
    assert.equal(await readFile(file('broken.4.corrupt'), 'utf8'), 'again');
    await files().remove('broken');
    assert.deepEqual((await readdir(folder)).sort(), ['good.json']);
  });

  it('writes the version of its format, and reads records from before there were versions', async () => {
    await put('old.json', job('j-1'));
    await files().write('new', job('j-2'));
    assert.deepEqual(JSON.parse(await readFile(file('new.json'), 'utf8')), {
      version: 1,
      ...job('j-2'),
    });
    assert.deepEqual(
      await files().list(),
      new Map([
        ['new', job('j-2')],
        ['old', job('j-1')],
      ]),
    );
  });

  const newer: [string, unknown][] = [
    ['a higher version', { version: 2, ...job('j-1') }],
    ['a version that is no number', { version: '1', ...job('j-1') }],
    ['a verdict that this version does not know', { ...job('j-1'), verdict: 'expired' }],
    ['an outcome that this version does not know', { ...job('j-1'), outcome: 'postponed' }],
    ['a field of another type', { ...job('j-1'), jobId: 7 }],
    ['no object at all', [1]],
    ['the JSON null', null],
  ];
  for (const [what, json] of newer) {
    it(`leaves a record with ${what} alone, whether it is listed, written or removed`, async () => {
      await put('a.json', json);
      const store = files();
      assert.deepEqual(await store.list(), new Map());
      assert.deepEqual(await store.keys(), new Set(['a']));
      await assert.rejects(store.write('a', job('j-9')), RecordLeftAlone);
      await store.remove('a');
      assert.deepEqual(await store.list(), new Map());
      assert.deepEqual(await readdir(folder), ['a.json']);
      assert.equal(await readFile(file('a.json'), 'utf8'), JSON.stringify(json));
      assert.deepEqual(log.lines, ['A record of another version is left as it is: a']);
    });
  }

  it('no longer lists a record once a newer version has written it', async () => {
    const store = files();
    await store.write('a', job('j-1'));
    const changed = new Promise<void>((resolve) => void store.onDidChange(resolve));
    assert.equal((await store.list()).size, 1);
    await changed;
    await put('a.json', { ...job('j-1'), version: 2 });
    await until('the change', async () => ((await store.list()).size === 0 ? true : undefined));
  });

  it('lists the others if there is something that is not a record, and never waits for it', async () => {
    await files().write('good', job('j-1'));
    await mkdir(file('folder.json'));
    await symlink('/dev/zero', file('endless.json'));
    await symlink('nowhere', file('dangling.json'));
    await put('large.json', `"${'x'.repeat(100_000)}"`);
    await put('forbidden.json', job('j-2'));
    await chmod(file('forbidden.json'), 0);
    if (process.platform !== 'win32') execFileSync('mkfifo', [file('pipe.json')]);
    const names = (await readdir(folder)).sort();
    const store = files();
    const listed = new Map(await store.list());
    if (process.getuid?.() === 0) listed.delete('forbidden'); // root may read everything
    assert.deepEqual(listed, new Map([['good', job('j-1')]]));
    for (const key of ['folder', 'endless', 'large', 'pipe']) {
      await assert.rejects(store.write(key, job('j-3')), RecordLeftAlone);
      await store.remove(key);
    }
    assert.deepEqual((await readdir(folder)).sort(), names);
    const warned = log.lines.length;
    await store.list();
    assert.equal(log.lines.length, warned, 'each is logged once');
  });

  it('lists nothing if a file is in the place of the folder, and says so when it writes', async () => {
    await writeFile(file('jobs'), '');
    folder = file('jobs');
    const store = files();
    assert.deepEqual(await store.list(), new Map());
    await assert.rejects(store.keys());
    await assert.rejects(store.write('a', job('j-1')), { code: 'EEXIST' });
    await store.remove('a');
    // when the file is gone, it works again
    await rm(folder);
    await store.write('a', job('j-1'));
    assert.deepEqual(await store.list(), new Map([['a', job('j-1')]]));
    folder = join(folder, '..');
  });

  it('keeps what it knows while the folder cannot be read', async () => {
    const store = files();
    await store.write('a', job('j-1'));
    await store.list();
    const away = `${folder}-away`;
    await rename(folder, away);
    await writeFile(folder, '');
    await until('word of it', async () => {
      await store.list();
      return log.lines.length > 0 ? true : undefined;
    });
    assert.deepEqual(await store.list(), new Map([['a', job('j-1')]]));
    await rm(folder);
    await rename(away, folder);
    await store.write('b', job('j-2'));
    assert.deepEqual([...(await store.list()).keys()], ['a', 'b']);
  });

  it('follows other windows although the folder was removed and created again meanwhile', async () => {
    const here = files();
    await here.list();
    await rm(folder, { recursive: true });
    await files().write('a', job('j-1'));
    await until('the record', async () => ((await here.list()).size === 1 ? true : undefined));
    await files().write('b', job('j-2'));
    await until('another', async () => ((await here.list()).size === 2 ? true : undefined));
  });

  it('returns the same complete list to two concurrent callers', async () => {
    for (let index = 0; index < 200; index += 1) await put(`${index}.json`, job(`j-${index}`));
    const store = files();
    const [one, other] = await Promise.all([store.list(), store.list()]);
    assert.deepEqual([one.size, other], [200, one]);
  });

  it('does what it is told about one record in that order, however the disk schedules it', async () => {
    const store = files();
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([store.write('k-1', job('older')), store.write('k-1', job('newer'))]);
      assert.deepEqual([...(await files().list())], [['k-1', job('newer')]]);
      await Promise.all([store.write('k-1', job('removed')), store.remove('k-1')]);
      assert.deepEqual([...(await store.list()), ...(await files().list())], []);
    }
  });

  it('keeps what it writes while it reads the folder for the first time', async () => {
    let release = (): void => undefined;
    const written = new Promise<void>((resolve) => {
      release = resolve;
    });
    class SlowFolder extends RecordFiles<StoredJob> {
      override async keys(): Promise<ReadonlySet<string>> {
        const keys = await super.keys();
        await written;
        return keys;
      }
    }
    const store = new SlowFolder(folder, formatOf(StoredJob), log);
    open.push(store);
    const first = store.list();
    await store.write('k-1', job('j-1'));
    release();
    await first;
    assert.deepEqual([...(await store.list())], [['k-1', job('j-1')]]);
  });

  it('loads a record at the next listing if it could not be read at the first one', async () => {
    await mkdir(file('a.json')); // cannot be read, and is not a missing file
    const store = files();
    assert.deepEqual(await store.list(), new Map());
    await rm(file('a.json'), { recursive: true });
    await put('a.json', job('j-1'));
    assert.deepEqual(await store.list(), new Map([['a', job('j-1')]]));
  });

  it('keeps a record that cannot be opened for a moment, and reports the error of the disk', async () => {
    const store = files();
    await store.write('a', job('j-1'));
    assert.equal((await store.list()).size, 1);
    await rm(file('a.json'));
    await symlink('a.json', file('a.json')); // opening it fails: it leads to itself
    assert.deepEqual(await files().list(), new Map());
    await until('the look at the file', async () => {
      assert.deepEqual(await store.list(), new Map([['a', job('j-1')]]));
      return log.lines.some((text) => text.includes('ELOOP')) || undefined;
    });
    await assert.rejects(store.write('a', job('j-2')), { code: 'ELOOP' });
    await rm(file('a.json'));
    await store.write('a', job('j-2'));
    assert.deepEqual(await store.list(), new Map([['a', job('j-2')]]));
  });

  describe('of drafts that a killed window left', () => {
    const drafts = async (): Promise<string[]> =>
      (await readdir(folder)).filter((name) => name.endsWith('.tmp')).sort();
    const gone = (name: string): Promise<boolean> =>
      until(`the end of ${name}`, async () => ((await drafts()).includes(name) ? undefined : true));
    const setAge = async (name: string, seconds: number): Promise<void> => {
      const time = Date.now() / 1000 - seconds;
      await utimes(file(name), time, time);
    };

    it('removes the old ones at once, and one that may still be written a minute later', async () => {
      for (const name of ['old.tmp', 'future.tmp', 'new.tmp']) await put(name, '{}');
      await setAge('old.tmp', 61);
      await setAge('future.tmp', -7200); // from before the clock was set back
      const clock = new SteppedClock(Date.now());
      await files(clock).list();
      await gone('old.tmp');
      await gone('future.tmp');
      assert.deepEqual(await drafts(), ['new.tmp']);
      await until('the wait', () => (clock.waiting === 1 ? true : undefined));
      await setAge('new.tmp', 1);
      clock.step();
      await gone('new.tmp');
    });

    it('removes one that appears while a window is open', async () => {
      const clock = new SteppedClock(Date.now());
      const store = files(clock);
      await store.list();
      await put('killed.tmp', '{}');
      await until('the wait', () => (clock.waiting === 1 ? true : undefined));
      await setAge('killed.tmp', 1);
      clock.step();
      await gone('killed.tmp');
    });

    it('goes on following other windows if a draft cannot be read or removed', async () => {
      await mkdir(file('folder.tmp'));
      await setAge('folder.tmp', 7200);
      await symlink('nowhere', file('dangling.tmp'));
      const store = files();
      await store.list();
      const changed = new Promise<void>((resolve) => void store.onDidChange(resolve));
      await files().write('a', job('j-1'));
      await changed;
      assert.equal((await store.list()).size, 1);
    });
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
