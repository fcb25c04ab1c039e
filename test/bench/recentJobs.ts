import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobName, jobKey, RecentJobs, StoredJob } from '../../src/core/jobs/recentJobs';
import { formatOf } from '../../src/core/recordStore';
import { RecordFiles } from '../../src/node/recordFiles';
import { median, type Figure } from './figure';

/** How many jobs, the budget for listing them, and how often that is measured. */
const SIZES = [
  { count: 1000, budget: 50, rounds: 15 },
  { count: 10_000, budget: 100, rounds: 5 },
] as const;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** As a new window does it: nothing is in memory yet (the files are in the operating system's, mostly). */
export async function recentJobs(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { count, budget, rounds } of SIZES) {
    const name = `listing ${count.toLocaleString('en-US')} recent jobs from files`;
    figures.push({ name, value: await listing(count, rounds), unit: 'ms', budget });
  }
  return figures;
}

async function listing(count: number, rounds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'smile-bench-jobs-'));
  try {
    await writeJobs(folder, count);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      const stored = jobFiles(folder);
      const names = new RecordFiles(join(folder, 'names'), formatOf(JobName), silent);
      const jobs = await new RecentJobs(stored, names, () => count, silent).list();
      times.push(performance.now() - begun);
      stored.dispose();
      names.dispose();
      if (jobs.length !== count) throw new Error(`${jobs.length} jobs`);
    }
    return median(times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const jobFiles = (folder: string) => new RecordFiles(folder, formatOf(StoredJob), silent);

async function writeJobs(folder: string, count: number): Promise<void> {
  const files = jobFiles(folder);
  for (let index = 0; index < count; index += 1) {
    const ids = { userId: `user-${index % 50}`, jobId: `job-${index}` };
    await files.write(await jobKey('p-1', ids), {
      profileId: 'p-1',
      ...ids,
      smileJobId: String(index).padStart(10, '0'),
      jobType: 1,
      product: 'biometric_kyc',
      code: '0810',
      verdict: 'approved',
      signature: 'valid',
      outcome: 'answered',
      httpStatus: null,
      askedAt: new Date(Date.parse('2026-03-01T00:00:00Z') + index * 60_000).toISOString(),
    });
  }
  files.dispose();
}
