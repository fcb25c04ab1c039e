import assert from 'node:assert/strict';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import {
  formatsOfResponse,
  formatsOfRequest,
  type ExportedJob,
} from '../../src/core/export/exportFormats';

const request = { userId: 'u-1', jobId: 'j-1', history: false, imageLinks: false };

describe('The formats of an export', () => {
  const raw: Record<string, unknown> = {
    job_complete: true,
    result: { ResultCode: '0810', ResultText: 'Enroll User' },
  };
  const job = {
    profile: {
      id: 'p',
      name: 'acme',
      environment: 'sandbox' as const,
      partnerId: '085',
      url: null,
    },
    request,
    outcome: {
      kind: 'answered' as const,
      job: readJob(raw, request),
      signature: 'valid' as const,
      raw,
    },
    checkedAt: new Date('2026-03-01T12:00:00Z'),
    version: '0.2.0',
  } satisfies ExportedJob;

  it('are made one by one: one that fails does not stop the others', async () => {
    const broken = { ...raw };
    Object.defineProperty(broken, 'extra', {
      enumerable: true,
      get: () => {
        throw new Error('cannot be walked');
      },
    });
    const { outcome } = job;
    const shown = { ...job, outcome: { ...outcome, raw: broken } };
    const made: Record<string, string> = {};
    for (const { label, make } of [...formatsOfResponse(shown), ...formatsOfRequest(shown)]) {
      try {
        made[label] = (await make()) === '' ? 'empty' : 'made';
      } catch (error) {
        made[label] = String(error);
      }
    }
    assert.deepEqual(made, {
      'Text for a support ticket': 'made',
      'JSON fixture': 'Error: cannot be walked',
      'TypeScript model': 'Error: cannot be walked',
      cURL: 'made',
      'JavaScript SDK call': 'made',
      'Python SDK call': 'made',
      'Ruby SDK call': 'made',
      'PHP SDK call': 'made',
      'Java SDK call': 'made',
    });
  });

  it('name the user of a job of API v3 in the ticket: only its response says who that is', async () => {
    const answered = { ...job.outcome, job: { ...job.outcome.job, userId: 'user-7' } };
    const [ticket] = formatsOfResponse({
      ...job,
      request: { ...request, userId: null },
      outcome: answered,
    });
    assert.match((await ticket?.make()) ?? '', /^- User ID: user-7$/m);
  });

  it('are only those of the request if there is no response', () => {
    assert.deepEqual(formatsOfResponse({ ...job, outcome: null, checkedAt: null }), []);
  });
});
