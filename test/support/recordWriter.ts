import { jobKey, StoredJob } from '../../src/core/jobs/recentJobs';
import { formatOf } from '../../src/core/recordStore';
import { RecordFiles } from '../../src/node/recordFiles';

/** A window of its own: writes COUNT jobs named after it into a folder that others use too. */
const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const files = new RecordFiles(folder, formatOf(StoredJob), silent);
async function write(): Promise<void> {
  for (let index = 0; index < Number(count); index += 1) {
    const ids = { userId: 'u-1', jobId: `${name}-${index}` };
    await files.list();
    await files.write(await jobKey('p-1', ids), {
      profileId: 'p-1',
      ...ids,
      smileJobId: null,
      jobType: null,
      product: null,
      code: null,
      verdict: null,
      signature: 'valid',
      outcome: 'answered',
      httpStatus: null,
      askedAt: new Date().toISOString(),
    });
  }
  files.dispose();
}

void write();
