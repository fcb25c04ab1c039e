import assert from 'node:assert/strict';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import type { HttpClient } from '../../src/core/smile/http';
import { readJob } from '../../src/core/smile/jobStatusAnswer';
import type { Answered } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { JobPictures } from '../../src/vscode/jobPanel/jobPictures';
import { collectGarbage } from '../support/garbage';
import { until } from '../support/until';

describe('The pictures of an answer', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());
  const open: JobPictures[] = [];
  afterEach(() => {
    for (const pictures of open.splice(0)) pictures.dispose();
  });

  const http = new NodeHttpClient();
  const picturesOf = async (
    jobId: string,
    { minutes = (): number => 10, timeoutMs = 5000, onDropped = (): void => undefined } = {},
  ): Promise<JobPictures> => {
    const outcome = await new SmileClient(http, systemClock, () => 5000).jobStatus(
      { partnerId: simulator.partnerId, apiKey: SIMULATOR_API_KEY, baseUrl: simulator.url },
      { userId: 'user-1', jobId, history: false, imageLinks: true },
      new AbortController().signal,
    );
    assert.equal(outcome.kind, 'answered');
    const answer: Answered = outcome;
    const profile: Profile = {
      id: 'p',
      name: 'local',
      environment: 'local',
      partnerId: simulator.partnerId,
      url: simulator.url,
    };
    const pictures = new JobPictures(http, profile, answer, timeoutMs, minutes, onDropped);
    open.push(pictures);
    return pictures;
  };

  it('are those it links to and those it carries, and no others', async () => {
    const pictures = await picturesOf('base64-photo');
    assert.deepEqual(pictures.all, [
      ...['selfie_image', 'id_card_image', 'id_card_back', 'id_photo_image', 'Photo', 'Document'],
    ]);
    for (const name of pictures.all) {
      assert.equal((await pictures.get(name))?.kind, 'picture', name);
    }
    assert.equal(await pictures.get('../etc/passwd'), undefined);
  });

  it('are fetched once, so that a panel that was hidden shows them again', async () => {
    const pictures = await picturesOf('biometric-kyc');
    const [first, again] = await Promise.all([
      pictures.get('selfie_image'),
      pictures.get('selfie_image'),
    ]);
    assert.equal(first?.kind, 'picture');
    assert.equal(first, again);
  });

  it('are dropped after their time, can be fetched again, and are gone with the panel', async () => {
    let minutes = 10;
    let drop = (): void => undefined;
    const dropped = new Promise<void>((resolve) => (drop = resolve));
    const pictures = await picturesOf('biometric-kyc', {
      minutes: () => minutes,
      onDropped: drop,
    });
    assert.equal((await pictures.get('selfie_image'))?.kind, 'picture');
    minutes = 0;
    pictures.again();
    await dropped;
    assert.deepEqual([pictures.dropped, await pictures.get('selfie_image')], [true, undefined]);
    minutes = 10;
    pictures.again();
    assert.equal((await pictures.get('selfie_image'))?.kind, 'picture');
    pictures.dispose();
    assert.equal(await pictures.get('selfie_image'), undefined);
  });

  it('that do not come are given up, with a sentence, and closing the panel stops them', async () => {
    const pictures = await picturesOf('image-late', { timeoutMs: 100 });
    assert.deepEqual(await pictures.get('selfie_image'), {
      kind: 'failed',
      reason: 'The image did not arrive within 0.1 seconds.',
    });
    const slow = await picturesOf('image-late');
    const asked = slow.get('selfie_image');
    slow.dispose();
    assert.equal(await asked, undefined);
  });

  it('are fetched four at a time, and no more of them once the panel is closed', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const slow: HttpClient = {
      send: async () => {
        await new Promise<void>((resolve) => {
          most = Math.max(most, waiting.push(resolve));
        });
        return { status: 200, headers: new Map(), body: PNG, cut: null };
      },
    };
    const names = Array.from({ length: 10 }, (_, index) => `image_${index + 1}`);
    const pictures = new JobPictures(slow, LOCAL, answerWith(names), 5000, () => 10, noDrop);
    open.push(pictures);
    const asked = names.map((name) => pictures.get(name));
    for (let fetched = 0; fetched < 6; fetched += 1) {
      await until('a request', () => waiting.length === 4 || undefined);
      waiting.shift()?.();
      await asked[fetched];
    }
    assert.deepEqual([most, (await asked[0])?.kind], [4, 'picture']);
    pictures.dispose();
    for (const end of waiting.splice(0)) end();
    assert.deepEqual((await Promise.all(asked)).slice(6), Array(4).fill(undefined));
    assert.equal(waiting.length, 0);
  });

  /** Ends the pictures while one is under way, which comes all the same. */
  const ends: readonly [string, (pictures: JobPictures, minutes: { now: number }) => unknown][] = [
    [
      'the panel was closed',
      (pictures) => {
        pictures.dispose();
      },
    ],
    [
      'their time was over',
      async (pictures, minutes) => {
        minutes.now = 0;
        pictures.again();
        await until('the end of the time', () => pictures.dropped || undefined);
        minutes.now = 10;
      },
    ],
    [
      'their time was over and they are fetched again',
      async (pictures, minutes) => {
        minutes.now = 0;
        pictures.again();
        await until('the end of the time', () => pictures.dropped || undefined);
        minutes.now = 10;
        pictures.again();
      },
    ],
  ];
  for (const [what, end] of ends) {
    it(`that come after ${what} are neither given out nor kept, and their download is stopped`, async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const bodies: WeakRef<Uint8Array>[] = [];
      const stops: AbortSignal[] = [];
      const deaf: HttpClient = {
        send: async ({ signal }) => {
          stops.push(signal);
          await held;
          const body = new Uint8Array(10 * 1024 * 1024);
          body.set(PNG);
          bodies.push(new WeakRef(body));
          return { status: 200, headers: new Map(), body, cut: null };
        },
      };
      const names = Array.from({ length: 10 }, (_, index) => `image_${index + 1}`);
      const minutes = { now: 10 };
      const pictures = new JobPictures(
        deaf,
        LOCAL,
        answerWith(names),
        60_000,
        () => minutes.now,
        noDrop,
      );
      open.push(pictures);
      const asked = names.map((name) => pictures.get(name));
      await end(pictures, minutes);
      const underWay = stops.map(({ aborted }) => aborted);
      release();
      assert.deepEqual(
        [await Promise.all(asked), underWay, stops.length],
        [names.map(() => undefined), [true, true, true, true], 4],
      );
      await collectGarbage();
      assert.deepEqual(
        bodies.map((body) => body.deref() === undefined),
        [true, true, true, true],
      );
      if (pictures.dropped) {
        assert.deepEqual([await pictures.get('image_1'), stops.length], [undefined, 4]);
        return;
      }
      // what came too late takes nothing of the room that all pictures share
      const kinds = await Promise.all(names.map(async (name) => (await pictures.get(name))?.kind));
      assert.deepEqual(kinds, Array(10).fill('picture'));
    });
  }

  it('are shown up to 100 MB together', async () => {
    const large = new Uint8Array(10 * 1024 * 1024);
    large.set(PNG);
    const http: HttpClient = {
      send: () => Promise.resolve({ status: 200, headers: new Map(), body: large, cut: null }),
    };
    const names = Array.from({ length: 11 }, (_, index) => `image_${index + 1}`);
    const pictures = new JobPictures(http, LOCAL, answerWith(names), 5000, () => 10, noDrop);
    open.push(pictures);
    const kinds = await Promise.all(names.map((name) => pictures.get(name)));
    assert.deepEqual(
      kinds.filter((picture) => picture?.kind !== 'picture'),
      [
        {
          kind: 'failed',
          reason: 'The images of this job are larger than 100 MB together; this one is not shown.',
        },
      ],
    );
  });
});

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const LOCAL: Profile = {
  id: 'p',
  name: 'local',
  environment: 'local',
  partnerId: '085',
  url: 'http://127.0.0.1:1',
};
const noDrop = (): void => undefined;

function answerWith(names: readonly string[]): Answered {
  const links = Object.fromEntries(names.map((name) => [name, `http://127.0.0.1:1/${name}`]));
  const raw = { job_complete: true, result: { ResultCode: '0810' }, image_links: links };
  const query = { userId: 'user-1', jobId: 'job-1', history: false, imageLinks: true };
  return { kind: 'answered', job: readJob(raw, query), signature: 'valid', raw };
}
