import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stillToCome } from '../../src/core/webhooks/stillToCome';
import { arrivalOf, at, CLEAR, received, v1Body, v3Headers } from '../support/webhooks';

type Json = Readonly<Record<string, unknown>>;

const ID_FOUND = { ResultCode: '1012', ResultText: 'ID Number Validated' };
const ID_NOT_FOUND = { ResultCode: '1013', ResultText: 'ID Number Not Found' };
const SELFIE = { ResultCode: '0810', IsFinalResult: 'true' };
const PROVISIONAL = {
  ResultCode: '0815',
  ResultText: 'Provisional Enroll - Compare Unsure',
  IsFinalResult: 'false',
  Actions: { Human_Review_Compare: 'Sent to Human Review' },
};
const REVIEWED = { ResultCode: '1210', ResultType: 'DIVA', IsFinalResult: 'true' };

/** What is still to come after callbacks of API v1, in this order. */
async function afterV1(...results: readonly Json[]): Promise<string[]> {
  const arrivals = results.map(async (result, index) => arrivalOf(await v1Body(result, at(index))));
  return stillToCome(await received(...(await Promise.all(arrivals)))).map(({ text }) => text);
}

async function afterV3(...statuses: readonly string[]): Promise<string[]> {
  const arrivals = statuses.map(async (status, index) =>
    arrivalOf({ ...CLEAR, status }, await v3Headers(at(index))),
  );
  return stillToCome(await received(...(await Promise.all(arrivals)))).map(({ text }) => text);
}

const SELFIE_MISSING = '1 of 2 callbacks of Biometric KYC: that of the selfie is outstanding';
const ID_MISSING = '1 of 2 callbacks of Biometric KYC: that of the ID is outstanding';
const REVIEW = 'Human review: the final webhook is outstanding';

describe('What is still to come', () => {
  it('is nothing known before anything came', () => {
    assert.deepEqual(stillToCome([]), []);
  });

  it('is the other half of Biometric KYC, whichever came first', async () => {
    assert.deepEqual(
      [await afterV1(ID_FOUND), await afterV1(SELFIE), await afterV1(ID_FOUND, SELFIE)],
      [[SELFIE_MISSING], [ID_MISSING], []],
    );
  });

  it('is no selfie half if the ID was not found, since there is nothing to compare with', async () => {
    assert.deepEqual(await afterV1(ID_NOT_FOUND), []);
  });

  it('is the final result after a provisional one, also beside a missing half', async () => {
    assert.deepEqual(
      [await afterV1(ID_FOUND, PROVISIONAL), await afterV1(PROVISIONAL)],
      [[REVIEW], [ID_MISSING, REVIEW]],
    );
  });

  it('is called a review only if the response says so', async () => {
    const { Actions: actions, ...silent } = PROVISIONAL;
    assert.ok(actions);
    assert.deepEqual(await afterV1(ID_FOUND, silent), ['Provisional: a final webhook can follow']);
  });

  it('is nothing after the decision of a reviewer, even if that is inconclusive', async () => {
    const unsure = { ...REVIEWED, ResultCode: '1213' };
    assert.deepEqual(
      [await afterV1(ID_FOUND, PROVISIONAL, REVIEWED), await afterV1(ID_FOUND, unsure)],
      [[], []],
    );
  });

  it('is the final result of products that have no halves, too', async () => {
    const job = { PartnerParams: { user_id: 'user-1', job_id: 'job-1', job_type: 4 } };
    const under = { ...job, ResultCode: '0844', IsFinalResult: 'false' };
    const final = { ...job, ResultCode: '1240', ResultType: 'DIVA' };
    assert.deepEqual([await afterV1(under), await afterV1(under, final)], [[REVIEW], []]);
  });

  it('is in API v3 the final webhook after the interim one', async () => {
    assert.deepEqual(
      [await afterV3('processing'), await afterV3('processing', 'block'), await afterV3('clear')],
      [['Processing: the final webhook is outstanding'], [], []],
    );
  });

  it('does not depend on the order, nor on what comes twice', async () => {
    const results = fc.subarray([ID_FOUND, SELFIE, PROVISIONAL, REVIEWED], { minLength: 1 });
    const orders = results.chain((of) =>
      fc.tuple(fc.constant(of), fc.shuffledSubarray([...of, ...of], { minLength: 2 * of.length })),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([once, shuffled]) => {
        assert.deepEqual(await afterV1(...shuffled), await afterV1(...once));
      }),
      { numRuns: 40 },
    );
  });

  it('is not changed by deliveries that are not valid', async () => {
    const forged = arrivalOf({ ...CLEAR, status: 'clear' }, { 'job-id': 'job_x' });
    const interim = arrivalOf({ ...CLEAR, status: 'processing' }, await v3Headers());
    assert.equal(stillToCome(await received(interim, forged)).length, 1);
  });
});
