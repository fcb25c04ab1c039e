import assert from 'node:assert/strict';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import type { Answered } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';
import { NodeHttpClient } from '../../src/node/http';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { JobPictures } from '../../src/vscode/jobPanel/jobPictures';

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
    const pictures = await picturesOf('picture-late', { timeoutMs: 100 });
    assert.deepEqual(await pictures.get('selfie_image'), {
      kind: 'failed',
      reason: 'The picture did not come within 0.1 seconds.',
    });
    const slow = await picturesOf('picture-late');
    const asked = slow.get('selfie_image');
    slow.dispose();
    assert.equal(await asked, undefined);
  });
});
