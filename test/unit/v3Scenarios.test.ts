import assert from 'node:assert/strict';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import {
  jobIdOfOutcome,
  jobIdOfSpecial,
  type SpecialScenario,
} from '../../src/node/simulator/v3Scenarios';
import { v3Outcomes } from '../../src/node/simulator/v3Outcomes';

const VERDICTS: Readonly<Record<string, string>> = {
  clear: 'approved',
  attention: 'attention',
  block: 'rejected',
  error: 'error',
};
/** Of its own for each request, as a caller has it. */
const never = (): AbortSignal => new AbortController().signal;

describe('The client and the simulator, by API v3', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>;
  before(async () => {
    simulator = await startSimulator();
  });
  after(async () => {
    await simulator.stop();
  });

  const clientOf = (apiKey = SIMULATOR_API_KEY) => {
    const client = new SmileClient(new NodeHttpClient(), systemClock, () => 10_000);
    const credentials = { partnerId: simulator.partnerId, apiKey, baseUrl: simulator.url };
    const lookUp = (jobId: string): Promise<JobStatusOutcome> =>
      client.jobStatus(
        credentials,
        { userId: null, jobId, history: false, imageLinks: false },
        never(),
      );
    const replay = (jobId: string, address: string | null = null) =>
      client.replay(credentials, jobId, address, never());
    return { lookUp, replay };
  };
  const essence = (outcome: JobStatusOutcome): unknown =>
    outcome.kind === 'answered'
      ? [outcome.job.verdict, outcome.job.status]
      : outcome.kind === 'refused'
        ? [outcome.kind, outcome.httpStatus]
        : outcome.kind;

  it('agree on the verdict of every result', async () => {
    const { lookUp } = clientOf();
    const found = await Promise.all(
      v3Outcomes.map(async (outcome) => essence(await lookUp(jobIdOfOutcome(outcome)))),
    );
    assert.deepEqual(
      found,
      v3Outcomes.map(({ status }) => [VERDICTS[status], status]),
    );
  });

  const SPECIAL: Readonly<Partial<Record<SpecialScenario, unknown>>> = {
    processing: ['pending', 'processing'],
    'not-found': ['unknown', 'not_found'],
    'tokens-forgotten': ['approved', 'clear'],
    unauthorized: ['refused', 401],
    forbidden: ['refused', 403],
    'server-error': ['refused', 500],
    'rate-limited': ['approved', 'clear'],
    'gateway-page': 'unreadable',
    'connection-lost': 'unreachable',
    'cut-off': 'unreadable',
    'old-form': ['approved', 'clear'],
  };
  for (const [name, expected] of Object.entries(SPECIAL)) {
    it(`agree on ${name}`, async () => {
      assert.deepEqual(essence(await clientOf().lookUp(jobIdOfSpecial(name))), expected);
    });
  }

  it('agree on a wrong key', async () => {
    const outcome = await clientOf('another key').lookUp(jobIdOfSpecial('processing'));
    assert.deepEqual(essence(outcome), ['refused', 401]);
  });

  it('agree on what a replay needs', async () => {
    const { replay } = clientOf();
    const finished = jobIdOfSpecial('old-form');
    const results = await Promise.all(
      [
        replay(finished, 'https://127.0.0.1:9/hook'),
        replay(jobIdOfSpecial('replay-no-address')),
        replay(jobIdOfSpecial('replay-no-reference')),
        replay(jobIdOfSpecial('processing')),
        replay('job_not-one'),
      ].map(async (outcome) => {
        const made = await outcome;
        return made.kind === 'refused' ? made.httpStatus : made.kind;
      }),
    );
    assert.deepEqual(results, ['accepted', 400, 404, 409, 400]);
  });
});
