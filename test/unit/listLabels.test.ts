import * as assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { listLabels } from '../../src/core/report/listLabels';

const labelsOf = (...ids: readonly string[]): string[] =>
  listLabels(ids.map((id) => [id])).map(({ label }) => label);

describe('A job ID in a list', () => {
  it('keeps its beginning and its end, where IDs of one kind differ', () => {
    assert.deepEqual(
      labelsOf(
        '9b2f1c34-7a51-4c0e-9b1d-2f70443d6a55',
        'job_01k9z3v7q4e2m8x5c6b7n9p0rs',
        '01ARZ3NDEKTSV4RRFFQ69G5FAV',
        '507f1f77bcf86cd799439011',
        'order-2026-11-27-0042',
      ),
      ['9b2f…3d6a55', 'job_…n9p0rs', '01AR…9G5FAV', '507f…439011', 'orde…7-0042'],
    );
  });

  it('stays whole if it is short, or consists of words', () => {
    const whole = ['', 'order-4711', 'kyc-attempt-0042', 'enhanced-kyc-all-fields', 'é'.repeat(40)];
    assert.deepEqual(labelsOf(...whole), whole);
  });

  it('is shortened as it is shown, and no character of it is cut in half', () => {
    assert.deepEqual(labelsOf(`1${'😀'.repeat(20)}`, `2\u202e\u200f${'é'.repeat(14)}\ud83d`), [
      `1😀😀😀…${'😀'.repeat(6)}`,
      `2${'é'.repeat(14)}\ufffd`,
    ]);
  });

  it('can be told from 200 others of the same minutes', () => {
    const created = Array.from({ length: 200 }, () =>
      randomUUID().replace(/^.{8}-.{4}-4/, '0193a5b2-7c1d-7'),
    );
    const random = Array.from({ length: 200 }, () => randomUUID());
    const labels = labelsOf(...created, ...random);
    assert.equal(new Set(labels).size, 400);
    assert.ok(labels.every((label) => label.length <= 17));
  });

  it('is as long as it must be to differ from the others of the list', () => {
    assert.deepEqual(
      labelsOf(
        'order-2026-000017-kyc1-prod',
        'order-2026-000018-kyc1-prod',
        'order-2026-000018-kyc2-test',
        '9b2f1c34-7a51-4c0e-9b1d-2f70443d6a55',
        '9b2f1c35-7a51-4c0e-9b1d-2f70443d6a55',
      ),
      [
        'orde…17-kyc1-prod',
        'orde…18-kyc1-prod',
        'orde…2-test',
        '9b2f1c34-7a51-4c0e-9b1d-2f70443d6a55',
        '9b2f1c35-7a51-4c0e-9b1d-2f70443d6a55',
      ],
    );
  });

  it('is followed by the user, or by what else differs, where it is the same', () => {
    const job = 'order-2026-11-27-0042';
    assert.deepEqual(
      listLabels([
        [job, 'user-a', 'sandbox'],
        [job, 'user-b', 'sandbox'],
        [job, 'user-b', 'production'],
        ['order-1', 'user-a', 'sandbox'],
        ['order-2', 'user-a', 'sandbox'],
        ['order-2', 'user-a', 'production'],
        ['order-3', '', 'sandbox'],
        ['order-3', 'user-2026-11-27-0042', 'sandbox'],
      ]),
      [
        { label: 'orde…7-0042 · user-a', whole: `${job} · user-a` },
        { label: 'orde…7-0042 · user-b · sandbox', whole: `${job} · user-b · sandbox` },
        { label: 'orde…7-0042 · user-b · production', whole: `${job} · user-b · production` },
        { label: 'order-1', whole: 'order-1' },
        { label: 'order-2 · sandbox', whole: 'order-2 · sandbox' },
        { label: 'order-2 · production', whole: 'order-2 · production' },
        { label: 'order-3', whole: 'order-3' },
        { label: 'order-3 · user…7-0042', whole: 'order-3 · user-2026-11-27-0042' },
      ],
    );
  });
});
