import assert from 'node:assert/strict';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import type { HttpClient } from '../../src/core/smile/http';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import type { Answered } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { JobImages } from '../../src/vscode/jobPanel/jobImages';
import { collectGarbage } from '../support/garbage';
import { until } from '../support/until';

describe('The images of a response', () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.stop());
  const open: JobImages[] = [];
  afterEach(() => {
    for (const images of open.splice(0)) images.dispose();
  });

  const http = new NodeHttpClient();
  const imagesOf = async (
    jobId: string,
    { minutes = (): number => 10, timeoutMs = 5000, onDropped = (): void => undefined } = {},
  ): Promise<JobImages> => {
    const outcome = await new SmileClient(http, systemClock, () => 5000).jobStatus(
      { partnerId: simulator.partnerId, apiKey: SIMULATOR_API_KEY, baseUrl: simulator.url },
      { userId: 'user-1', jobId, history: false, imageLinks: true },
      new AbortController().signal,
    );
    assert.equal(outcome.kind, 'answered');
    const profile: Profile = {
      id: 'p',
      name: 'local',
      environment: 'local',
      partnerId: simulator.partnerId,
      url: simulator.url,
    };
    const images = new JobImages(http, profile.environment, outcome, timeoutMs, minutes, onDropped);
    open.push(images);
    return images;
  };

  it('are those that it links to and those that it contains, and no others', async () => {
    const images = await imagesOf('base64-photo');
    assert.deepEqual(images.all, [
      ...['selfie_image', 'id_card_image', 'id_card_back', 'id_photo_image', 'Photo', 'Document'],
    ]);
    for (const name of images.all) {
      assert.equal((await images.get(name))?.kind, 'image', name);
    }
    assert.equal(await images.get('../etc/passwd'), undefined);
  });

  it('are fetched once, so that a panel that was hidden shows them again', async () => {
    const images = await imagesOf('biometric-kyc');
    const [first, again] = await Promise.all([
      images.get('selfie_image'),
      images.get('selfie_image'),
    ]);
    assert.equal(first?.kind, 'image');
    assert.equal(first, again);
  });

  it('are dropped after their time, can be fetched again, and are gone with the panel', async () => {
    let minutes = 10;
    let drop = (): void => undefined;
    const dropped = new Promise<void>((resolve) => (drop = resolve));
    const images = await imagesOf('biometric-kyc', {
      minutes: () => minutes,
      onDropped: drop,
    });
    assert.equal((await images.get('selfie_image'))?.kind, 'image');
    minutes = 0;
    images.restartExpiry();
    await dropped;
    assert.deepEqual([images.dropped, await images.get('selfie_image')], [true, undefined]);
    minutes = 10;
    images.restartExpiry();
    assert.equal((await images.get('selfie_image'))?.kind, 'image');
    images.dispose();
    assert.equal(await images.get('selfie_image'), undefined);
  });

  it('that do not arrive in time fail with a sentence, and closing the panel stops them', async () => {
    const images = await imagesOf('image-late', { timeoutMs: 100 });
    assert.deepEqual(await images.get('selfie_image'), {
      kind: 'failed',
      reason: 'The image did not arrive within 0.1 seconds.',
    });
    const slow = await imagesOf('image-late');
    const download = slow.get('selfie_image');
    slow.dispose();
    assert.equal(await download, undefined);
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
    const images = new JobImages(
      slow,
      LOCAL.environment,
      outcomeWith(names),
      5000,
      () => 10,
      noDrop,
    );
    open.push(images);
    const downloads = names.map((name) => images.get(name));
    for (let fetched = 0; fetched < 6; fetched += 1) {
      await until('a request', () => waiting.length === 4 || undefined);
      waiting.shift()?.();
      await downloads[fetched];
    }
    assert.deepEqual([most, (await downloads[0])?.kind], [4, 'image']);
    images.dispose();
    for (const end of waiting.splice(0)) end();
    assert.deepEqual((await Promise.all(downloads)).slice(6), Array(4).fill(undefined));
    assert.equal(waiting.length, 0);
  });

  /** Ends the images during downloads that complete nevertheless. */
  const ends: readonly [string, (images: JobImages, minutes: { now: number }) => unknown][] = [
    [
      'the panel was closed',
      (images) => {
        images.dispose();
      },
    ],
    [
      'their time was over',
      async (images, minutes) => {
        minutes.now = 0;
        images.restartExpiry();
        await until('the end of the time', () => images.dropped || undefined);
        minutes.now = 10;
      },
    ],
    [
      'their time was over and they are fetched again',
      async (images, minutes) => {
        minutes.now = 0;
        images.restartExpiry();
        await until('the end of the time', () => images.dropped || undefined);
        minutes.now = 10;
        images.restartExpiry();
      },
    ],
  ];
  for (const [what, end] of ends) {
    it(`that come after ${what} are neither returned nor kept, and their download is stopped`, async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const bodies: WeakRef<Uint8Array>[] = [];
      const stops: AbortSignal[] = [];
      const ignoresAbort: HttpClient = {
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
      const images = new JobImages(
        ignoresAbort,
        LOCAL.environment,
        outcomeWith(names),
        60_000,
        () => minutes.now,
        noDrop,
      );
      open.push(images);
      const downloads = names.map((name) => images.get(name));
      await end(images, minutes);
      const underWay = stops.map(({ aborted }) => aborted);
      release();
      assert.deepEqual(
        [await Promise.all(downloads), underWay, stops.length],
        [names.map(() => undefined), [true, true, true, true], 4],
      );
      await collectGarbage();
      assert.deepEqual(
        bodies.map((body) => body.deref() === undefined),
        [true, true, true, true],
      );
      if (images.dropped) {
        assert.deepEqual([await images.get('image_1'), stops.length], [undefined, 4]);
        return;
      }
      // an image that came too late takes none of the space that all images share
      const kinds = await Promise.all(names.map(async (name) => (await images.get(name))?.kind));
      assert.deepEqual(kinds, Array(10).fill('image'));
    });
  }

  it('are shown up to a total of 100 MB', async () => {
    const large = new Uint8Array(10 * 1024 * 1024);
    large.set(PNG);
    const http: HttpClient = {
      send: () => Promise.resolve({ status: 200, headers: new Map(), body: large, cut: null }),
    };
    const names = Array.from({ length: 11 }, (_, index) => `image_${index + 1}`);
    const images = new JobImages(
      http,
      LOCAL.environment,
      outcomeWith(names),
      5000,
      () => 10,
      noDrop,
    );
    open.push(images);
    const kinds = await Promise.all(names.map((name) => images.get(name)));
    assert.deepEqual(
      kinds.filter((image) => image?.kind !== 'image'),
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

function outcomeWith(names: readonly string[]): Answered {
  const links = Object.fromEntries(names.map((name) => [name, `http://127.0.0.1:1/${name}`]));
  const raw = { job_complete: true, result: { ResultCode: '0810' }, image_links: links };
  const request = { userId: 'user-1', jobId: 'job-1', history: false, imageLinks: true };
  return { kind: 'answered', job: readJob(raw, request), signature: 'valid', raw };
}
