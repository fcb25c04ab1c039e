import assert from 'node:assert/strict';
import { judge } from '../../src/core/jobs/watchSchedule';
import { readV3Status } from '../../src/core/smile/v3Response';

const ids = { userId: null, jobId: 'job_01m45mn5m0enwb31m7wv7rmj1f' };
const MINUTE = 60_000;

const judged = (status: string, elapsedMs = 0) => {
  const raw = { status, job_id: ids.jobId, user_id: 'u', message: 'm' };
  const job = readV3Status(raw, ids);
  return judge({ kind: 'answered', job, signature: 'unsigned', raw }, elapsedMs);
};

describe('A watch of a job of API v3', () => {
  it('goes on while the job is processed, and is finished with every decision', () => {
    const next = ['accepted', 'processing', 'clear', 'attention', 'block', 'error'].map(
      (status) => [status, judged(status).next],
    );
    assert.deepEqual(next, [
      ['accepted', 'soon'],
      ['processing', 'soon'],
      ['clear', 'finished'],
      ['attention', 'finished'],
      ['block', 'finished'],
      ['error', 'finished'],
    ]);
  });

  it('treats a job that is not found as pending for five minutes', () => {
    assert.deepEqual(judged('not_found', 5 * MINUTE - 1), {
      next: 'soon',
      reason: 'Smile ID does not know this job yet.',
    });
    assert.deepEqual(judged('not_found', 5 * MINUTE), {
      next: 'stopped',
      reason: 'Smile ID knows no such job for this partner in this environment.',
    });
  });

  it('ends with a status that it does not know, and says that it is no pass', () => {
    assert.deepEqual(judged('under_review'), {
      next: 'finished',
      reason: 'The status is unknown. Do not treat it as a pass.',
    });
  });
});
