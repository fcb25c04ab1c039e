import https from 'node:https';
import { Utilities } from 'smile-identity-core';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import { median, type Figure } from './figure';

const WARM_UP = 20;
const ROUNDS = 120;
const USER = 'user-1';
const JOB = 'approved';

/** One job status query against the official SDK's: same server over TLS, same run, in turns. */
export async function query(): Promise<Figure[]> {
  const tls = await makeCertificate();
  const trusted = https.globalAgent.options.ca;
  https.globalAgent.options.ca = tls.cert; // for the SDK; ours accepts any certificate on this machine
  const simulator = await startSimulator({ tls });
  const sdk = new Utilities(simulator.partnerId, SIMULATOR_API_KEY, simulator.url);
  const client = new SmileClient(new NodeHttpClient(), systemClock, () => 30_000);
  const credentials = {
    partnerId: simulator.partnerId,
    apiKey: SIMULATOR_API_KEY,
    baseUrl: simulator.url,
  };
  const asked = { userId: USER, jobId: JOB, history: false, imageLinks: false };
  const never = new AbortController().signal;
  const ours = async (): Promise<void> => {
    const { kind } = await client.jobStatus(credentials, asked, never);
    if (kind !== 'answered') throw new Error(`The simulator gave no answer: ${kind}.`);
  };
  const theirs = async (): Promise<void> => {
    await sdk.get_job_status(USER, JOB); // throws where there is no answer
  };

  const times = { ours: [] as number[], theirs: [] as number[] };
  try {
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      // who goes first changes, so that neither always meets the other's garbage
      const first = round % 2 === 0;
      const a = first ? await timed(ours) : NaN;
      const b = await timed(theirs);
      const c = first ? a : await timed(ours);
      if (round < 0) continue;
      times.ours.push(c);
      times.theirs.push(b);
    }
  } finally {
    https.globalAgent.options.ca = trusted;
    https.globalAgent.destroy();
    await simulator.stop();
  }
  const [mine, other] = [median(times.ours), median(times.theirs)];
  return [
    {
      name: `one job status query over TLS, against the official SDK (${mine.toFixed(2)} ms, ${other.toFixed(2)} ms)`,
      value: mine / other,
      unit: 'times',
      budget: 1,
    },
  ];
}

async function timed(run: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}
