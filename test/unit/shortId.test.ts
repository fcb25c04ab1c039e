import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { shortId } from '../../src/core/report/shortId';

describe('A job ID in a list', () => {
  it('keeps its beginning and its end, where IDs of one kind differ', () => {
    assert.deepEqual(
      [
        '9b2f1c34-7a51-4c0e-9b1d-2f70443d6a55',
        'job_01k9z3v7q4e2m8x5c6b7n9p0rs',
        '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        '507f1f77bcf86cd799439011',
        'order-2026-11-27-0042',
      ].map(shortId),
      ['9b2f…6a55', 'job_…p0rs', '01AR…5FAV', '507f…9011', 'orde…0042'],
    );
  });

  it('stays whole if it is short, or consists of words', () => {
    const whole = ['', 'order-4711', 'kyc-attempt-0042', 'enhanced-kyc-all-fields', 'é'.repeat(40)];
    assert.deepEqual(whole.map(shortId), whole);
  });

  it('cuts no character in half', () => {
    assert.equal(shortId(`1${'😀'.repeat(20)}`), `1😀😀😀…${'😀'.repeat(4)}`);
  });

  it('can be told from 200 others, but for rare chance', () => {
    const created = Array.from({ length: 200 }, () => randomUUID());
    assert.ok(new Set(created.map(shortId)).size >= 199);
  });
});
