import assert from 'node:assert/strict';
import { isErrorResponse, readError } from '../../src/core/smile/errorResponse';

describe('An error that comes with HTTP 200', () => {
  const errors: readonly (readonly [Record<string, unknown>, string | null, string | null])[] = [
    [{ code: '2205', job_complete: false }, '2205', null],
    [{ title: 'Forbidden', detail: 'Not this key', status: 403 }, null, 'Not this key'],
    [{ fault: { faultstring: 'Invalid key' } }, null, 'Invalid key'],
    [{ error: true, error_description: 'Expired' }, null, 'Expired'],
    [{ error_message: 'Too slow' }, null, 'Too slow'],
  ];
  for (const [raw, code, text] of errors) {
    it(`is recognized, with its code and text: ${JSON.stringify(raw)}`, () => {
      assert.deepEqual([isErrorResponse(raw), readError(raw)], [true, { code, text }]);
    });
  }

  const jobs: readonly Record<string, unknown>[] = [
    { code: '2302', job_complete: true, message: 'ok' },
    { code: '2302', result: 'No zip uploaded yet' },
    { ResultCode: '0810', ResultText: 'Document Verified', message: 'ok' },
    { job_complete: false, job_success: false, code: '2301' },
  ];
  for (const raw of jobs) {
    it(`is not one if it is about a job: ${JSON.stringify(raw)}`, () => {
      assert.equal(isErrorResponse(raw), false);
    });
  }
});
