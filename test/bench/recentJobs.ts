import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobName, jobKey, RecentJobs, StoredJob } from '../../src/core/jobs/recentJobs';
import { formatOf } from '../../src/core/recordStore';
import { RecordFiles } from '../../src/node/recordFiles';
import { median, type Figure } from './figure';

const JOBS = 1000;
const ROUNDS = 15;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** As a new window does it: nothing is in memory yet (the files are in the operating system's, mostly). */
export async function recentJobs(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'smile-bench-jobs-'));
  try {
    await writeJobs(folder);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      const stored = jobFiles(folder);
      const names = new RecordFiles(join(folder, 'names'), formatOf(JobName), silent);
      const jobs = await new RecentJobs(stored, names, () => JOBS, silent).list();
      times.push(performance.now() - begun);
      stored.dispose();
      names.dispose();
      if (jobs.length !== JOBS) throw new Error(`${jobs.length} jobs`);
    }
    return [
      {
        name: 'listing 1,000 recent jobs from files',
        value: median(times),
        unit: 'ms',
        budget: 50,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const jobFiles = (folder: string) => new RecordFiles(folder, formatOf(StoredJob), silent);

async function writeJobs(folder: string): Promise<void> {
  const files = jobFiles(folder);
  for (let index = 0; index < JOBS; index += 1) {
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
