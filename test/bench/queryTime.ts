import { writeFileSync } from 'node:fs';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import { jobStatusRequest } from '../../src/core/smile/jobStatusRequest';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { isFetchPatched } from '../../src/vscode/fetchSupport';
import { timeLookups, type LookupTask, type LookupTimes, type TimesByClient } from './lookups';

const REQUEST = { userId: 'user-1', jobId: 'approved', history: false, imageLinks: false };

/**
 * A suite that requests the job status from each address in the real extension host: as this extension does, and by
 * `fetch` alone, with the same body.
 */
export async function run(): Promise<void> {
  const { urls, ...account } = JSON.parse(process.env.BENCH_QUERY ?? '') as LookupTask;
  const client = new SmileClient(new NodeHttpClient(isFetchPatched), systemClock, () => 30_000);
  const never = new AbortController().signal;
  const bySmile = async (baseUrl: string): Promise<void> => {
    const outcome = await client.jobStatus({ ...account, baseUrl }, REQUEST, never);
    if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  };
  const headers = { 'Content-Type': 'application/json' };
  const request = await jobStatusRequest(account, REQUEST, new Date());
  const body = JSON.stringify(request);
  const byFetch = async (baseUrl: string): Promise<void> => {
    const response = await fetch(`${baseUrl}/job_status`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body,
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    await response.json();
  };

  const times: Record<keyof TimesByClient, LookupTimes[]> = { smile: [], fetch: [] };
  await byFetch(urls.fetch[0] ?? ''); // the first request of all makes VS Code read the machine's authorities
  for (const [index, url] of urls.smile.entries()) {
    const other = urls.fetch[index + 1];
    if (other === undefined) break;
    times.smile.push(await timeLookups(() => bySmile(url)));
    times.fetch.push(await timeLookups(() => byFetch(other)));
  }
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(times));
}
