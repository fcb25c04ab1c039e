import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { scenarios, SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';

let outcomes: Promise<ReadonlyMap<string, JobStatusOutcome>> | undefined;

/**
 * What the real client makes of every scenario of the real simulator, with history and images, by job ID.
 * Requested once for all suites, since some scenarios take seconds.
 */
export function scenarioOutcomes(): Promise<ReadonlyMap<string, JobStatusOutcome>> {
  outcomes ??= requestAll();
  return outcomes;
}

async function requestAll(): Promise<ReadonlyMap<string, JobStatusOutcome>> {
  const simulator = await startSimulator();
  const client = new SmileClient(new NodeHttpClient(), systemClock, () => 10_000);
  const { partnerId, url: baseUrl } = simulator;
  try {
    return new Map(
      await Promise.all(
        scenarios.map(async ({ jobId }): Promise<[string, JobStatusOutcome]> => {
          const request = { userId: 'user-1', jobId, history: true, imageLinks: true };
          const credentials = { partnerId, apiKey: SIMULATOR_API_KEY, baseUrl };
          const never = new AbortController().signal;
          return [jobId, await client.jobStatus(credentials, request, never)];
        }),
      ),
    );
  } finally {
    await simulator.stop();
  }
}
