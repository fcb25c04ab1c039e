import assert from 'node:assert/strict';
import type { Job } from '../../src/core/smile/job';
import { readJob } from '../../src/core/smile/jobStatusResponse';

const REQUEST = { userId: 'u-1', jobId: 'j-1', history: false, imageLinks: false };

const read = (raw: Record<string, unknown>, request = REQUEST): Job => readJob(raw, request);

const RESULT = {
  ResultCode: '0810',
  ResultText: 'Enroll User',
  ResultType: 'SAIA',
  SmileJobID: '0000001897',
  JSONVersion: '1.0.0',
  IsFinalResult: 'true',
  IsMachineResult: 'true',
  ConfidenceValue: '99',
  Source: 'WebAPI',
  timestamp: '2026-03-01T11:59:00.614879',
  Actions: { Liveness_Check: 'Passed', Verify_ID_Number: 'Verified' },
  PartnerParams: { user_id: 'u-1', job_id: 'j-1', job_type: '1', shop: 'Lagos' },
};
const RESPONSE = { code: '2302', job_complete: true, job_success: true, result: RESULT };

/** RESPONSE with another result. */
const withResult = (changes: Record<string, unknown>): Job =>
  read({ ...RESPONSE, result: { ...RESULT, ...changes } });

const JOB: Job = {
  api: 'v1',
  document: 'job-status',
  status: null,
  reason: null,
  userId: 'u-1',
  jobId: 'j-1',
  smileJobId: '0000001897',
  jobType: 1,
  product: 'biometric_kyc',
  complete: true,
  success: true,
  verdict: 'approved',
  result: {
    code: '0810',
    text: 'Enroll User',
    type: 'SAIA',
    final: true,
    machine: true,
    confidence: 99,
    source: 'WebAPI',
    timestamp: '2026-03-01T11:59:00.614879',
    actions: [
      { key: 'Liveness_Check', value: 'Passed' },
      { key: 'Verify_ID_Number', value: 'Verified' },
    ],
  },
  history: [],
  images: [],
  notes: [
    'IsFinalResult is the string "true", not a boolean.',
    'IsMachineResult is the string "true", not a boolean.',
  ],
};

const NO_RESULT = {
  api: 'v1',
  document: 'job-status',
  status: null,
  reason: null,
  smileJobId: null,
  jobType: null,
  product: null,
  history: [],
  images: [],
  userId: 'u-1',
  jobId: 'j-1',
};

const TEXT_RESULT = {
  code: null,
  type: null,
  final: null,
  machine: null,
  confidence: null,
  source: null,
  timestamp: null,
  actions: [],
};

describe('readJob', () => {
  it('reads a usual response', () => {
    assert.deepEqual(read(RESPONSE), JOB);
  });

  it('reads snake_case as it reads PascalCase', () => {
    const { Actions, PartnerParams } = RESULT;
    const result = {
      result_code: '0810',
      result_text: 'Enroll User',
      result_type: 'SAIA',
      smile_job_id: '0000001897',
      is_final_result: true,
      is_machine_result: true,
      confidence_value: 99,
      source: 'WebAPI',
      timestamp: RESULT.timestamp,
      actions: Actions,
      partner_params: { ...PartnerParams, job_type: 1 },
    };
    assert.deepEqual(read({ ...RESPONSE, result }), { ...JOB, notes: [] });
  });

  for (const sentence of ['No zip uploaded yet', 'No zip uploaded', 'Zip file failed']) {
    it(`takes the plain text "${sentence}" as the result of a job that is not processed`, () => {
      assert.deepEqual(
        read({ code: '2302', job_complete: false, job_success: false, result: sentence }),
        {
          ...NO_RESULT,
          complete: false,
          success: false,
          verdict: 'pending',
          result: { ...TEXT_RESULT, text: sentence },
          notes: ['result is plain text, as Smile ID sends it while a job is not processed.'],
        },
      );
    });
  }

  it('calls a job pending if it is not complete and has an empty or no result', () => {
    const envelope = { job_complete: false, job_success: false };
    const job = { ...NO_RESULT, complete: false, success: false, verdict: 'pending', result: null };
    assert.deepEqual(read({ ...envelope, result: {} }), {
      ...job,
      notes: ['result is an empty object.'],
    });
    assert.deepEqual(read(envelope), { ...job, notes: ['result is missing.'] });
    assert.deepEqual(read({ ...envelope, result: null }), {
      ...job,
      notes: ['result is missing.'],
    });
  });

  it('never guesses: if nothing is known about a job, its verdict is unknown, not pending', () => {
    assert.deepEqual(read({}), {
      ...NO_RESULT,
      complete: null,
      success: null,
      verdict: 'unknown',
      result: null,
      notes: ['job_complete is missing.', 'result is missing.'],
    });
    assert.equal(read({ job_complete: true, job_success: true, result: {} }).verdict, 'unknown');
  });

  it('never takes the envelope for a verdict', () => {
    const rejected = withResult({ ResultCode: '0811' });
    assert.deepEqual([rejected.success, rejected.verdict], [true, 'rejected']);
    const approved = read({ ...RESPONSE, job_success: false });
    assert.deepEqual([approved.success, approved.verdict], [false, 'approved']);
  });

  it('reads booleans that came as strings, and notes it', () => {
    const job = read({ ...RESPONSE, job_complete: 'True', job_success: 'false' });
    assert.deepEqual([job.complete, job.success], [true, false]);
    assert.deepEqual(job.notes.slice(0, 2), [
      'job_complete is the string "True", not a boolean.',
      'job_success is the string "false", not a boolean.',
    ]);
  });

  it('restores the leading zeros of a code that came as a number', () => {
    const job = withResult({ ResultCode: 810 });
    assert.equal(job.result?.code, '0810');
    assert.equal(job.verdict, 'approved');
    assert.ok(
      job.notes.includes('ResultCode is a number, which loses leading zeros; it is read as 0810.'),
    );
  });

  for (const [sent, confidence] of [
    ['0', 0],
    ['97.000000', 97],
    [99.5, 99.5],
    [undefined, null],
    ['Not Available', null],
  ] as const) {
    it(`reads the confidence ${JSON.stringify(sent)} as ${confidence}`, () => {
      assert.equal(withResult({ ConfidenceValue: sent }).result?.confidence, confidence);
    });
  }

  it('reads the job type as number and as text', () => {
    for (const job_type of [6, '6', ' 6 ']) {
      const job = withResult({ PartnerParams: { ...RESULT.PartnerParams, job_type } });
      assert.deepEqual([job.jobType, job.product], [6, 'document_verification']);
    }
  });

  it('reads one code by its product: 0812 is provisional for Biometric KYC and rejected for documents', () => {
    const verdicts = [1, 6, 11].map(
      (job_type) => withResult({ ResultCode: '0812', PartnerParams: { job_type } }).verdict,
    );
    assert.deepEqual(verdicts, ['provisional', 'rejected', 'rejected']);
  });

  it('distinguishes Basic KYC from Enhanced KYC, which share job type 5, by the code', () => {
    const products = ['1012', '1020', '0899'].map(
      (ResultCode) => withResult({ ResultCode, PartnerParams: { job_type: 5 } }).product,
    );
    assert.deepEqual(products, ['enhanced_kyc', 'basic_kyc', null]);
  });

  it('does not treat the ID half of Biometric KYC as the end: 1012 is pending there', () => {
    const verdict = (job_type: number): string =>
      withResult({ ResultCode: '1012', PartnerParams: { job_type } }).verdict;
    assert.deepEqual([verdict(1), verdict(5)], ['pending', 'approved']);
  });

  it('calls an undocumented code unknown, also one that is documented for another product only', () => {
    assert.equal(withResult({ ResultCode: '0899' }).verdict, 'unknown');
    assert.equal(withResult({ ResultCode: '0820' }).verdict, 'unknown');
  });

  it('without a job type takes a code only as far as all its meanings agree', () => {
    const verdict = (ResultCode: string): string =>
      withResult({ ResultCode, PartnerParams: {} }).verdict;
    assert.deepEqual(['0810', '0812', '0820'].map(verdict), ['approved', 'unknown', 'approved']);
  });

  it('lists unknown actions and values as they are, and leaves out what is not a value', () => {
    const job = withResult({
      Actions: { New_Check: 'Somehow', Flag: true, Nested: { a: 1 }, Nothing: null },
    });
    assert.deepEqual(job.result?.actions, [
      { key: 'New_Check', value: 'Somehow' },
      { key: 'Flag', value: 'true' },
    ]);
    assert.ok(job.notes.includes('An unknown action is an object; it is left out.'));
  });

  it('reads image links, and says why there are none', () => {
    const request = { ...REQUEST, imageLinks: true };
    const link = 'https://smile-fr-results.s3.us-west-2.amazonaws.com/a.jpg?sig=1';
    const imagesIn = (image_links?: unknown): Pick<Job, 'images' | 'notes'> => {
      const { images, notes } = read(
        {
          job_complete: true,
          result: { ...RESULT, IsFinalResult: true, IsMachineResult: true },
          image_links,
        },
        request,
      );
      return { images, notes };
    };
    assert.deepEqual(imagesIn({ selfie_image: link }), {
      images: [{ name: 'selfie_image', url: link }],
      notes: [],
    });
    assert.deepEqual(imagesIn({}), {
      images: [],
      notes: ['Image links were requested, but the list is empty.'],
    });
    assert.deepEqual(imagesIn(), {
      images: [],
      notes: ['Image links were requested, but the response has none.'],
    });
    assert.deepEqual(imagesIn({ error: 'No images' }), {
      images: [],
      notes: [],
    });
    assert.deepEqual(imagesIn({ selfie_image: 7, id_card_image: 'data:x' }), {
      images: [],
      notes: ['Some image links are not addresses; they are left out.'],
    });
  });

  it('reads a history that mixes jobs and products, in the order sent', () => {
    const job = read({
      ...RESPONSE,
      history: [
        {
          ...RESULT,
          ResultCode: '1012',
          PartnerParams: { user_id: 'u-1', job_id: 'j-1', job_type: 1 },
        },
        {
          ...RESULT,
          ResultCode: '0820',
          PartnerParams: { user_id: 'u-1', job_id: 'j-2', job_type: 2 },
        },
        'No zip uploaded',
        { ResultCode: 1210, PartnerParams: { job_id: 7, job_type: '1' } },
      ],
    });
    assert.deepEqual(
      job.history.map(({ jobId, product, verdict, result }) => [
        jobId,
        product,
        verdict,
        result.code,
      ]),
      [
        ['j-1', 'biometric_kyc', 'pending', '1012'],
        ['j-2', 'smartselfie_authentication', 'approved', '0820'],
        ['7', 'biometric_kyc', 'approved', '1210'],
      ],
    );
    assert.ok(job.notes.includes('1 entry of history is not an object; it is left out.'));
  });

  it('notes that the response is about another job than the request', () => {
    const job = withResult({ PartnerParams: { user_id: 'u-2', job_id: 'j-2', job_type: 1 } });
    assert.deepEqual([job.userId, job.jobId], ['u-1', 'j-1']);
    assert.deepEqual(job.notes.slice(-2), [
      'The response has another job ID than the request.',
      'The response has another user ID than the request.',
    ]);
  });

  it('accepts every kind of value in every place, and only notes it', () => {
    for (const value of [null, 7, 'x', true, [], {}, [[]], { a: [] }]) {
      for (const key of Object.keys(RESULT)) assert.ok(withResult({ [key]: value }));
      for (const key of [...Object.keys(RESPONSE), 'history', 'image_links']) {
        assert.ok(
          read({ ...RESPONSE, [key]: value }, { ...REQUEST, history: true, imageLinks: true }),
        );
      }
    }
  });

  it('reads a response with base64 images of 5 MB', () => {
    const image = 'A'.repeat(5 * 1024 * 1024);
    assert.deepEqual(withResult({ Photo: image, Document: image }), JOB);
  });
});
