import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redactSteps } from '../../src/core/redact';
import { jobLiterals } from '../../src/core/jobs/jobLiterals';
import { findJobReference } from '../../src/core/jobs/jobReference';
import { likenessOf } from '../../src/core/smile/responseLikeness';
import { createdAtOf, isV3JobId } from '../../src/core/smile/typeId';
import { mayConcernSmile } from '../../src/core/text/mayConcernSmile';
import { Relevance } from '../../src/core/text/relevance';
import { resultOf } from '../support/steps';

const NOW = new Date('2026-09-01T12:00:00.000Z');
const DAY = 24 * 60 * 60_000;

/** The job ID of a UUID, written out as jetify-com/typeid does: the 128 bits as one number, in base 32. */
function jobIdOf(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let at = 0; at < 26; at += 1) {
    text = '0123456789abcdefghjkmnpqrstvwxyz'.charAt(Number(rest % 32n)) + text;
    rest /= 32n;
  }
  return `job_${text}`;
}

const uuidAt = (time: number): string => {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7cc7-9d5d-81e3f0cde3a3`;
};

describe('A job ID of API v3', () => {
  it('is told by its form from one that an integrator chose', () => {
    const form = 'job_01m09kw0qbee7txsq7r0zg56f3';
    const others = [
      ...['', 'job_', 'job', 'approved', '01m09kw0qbee7txsq7r0zg56f3', form.slice(0, -1)],
      ...[`${form}0`, ` ${form}`, `${form}\n`, form.toUpperCase(), form.replace('job', 'user')],
      ...['i', 'l', 'o', 'u', 'M', '-', 'é'].map((letter) => form.replace('m', letter)),
      form.replace('_0', '_8'), // more than 128 bits
    ];
    assert.deepEqual(
      [form, form.replace('_0', '_7'), ...others].filter((text) => isV3JobId(text)),
      [form, form.replace('_0', '_7')],
    );
  });

  it('has one form wherever a text is searched for it', () => {
    const form = 'job_01m09kw0qbee7txsq7r0zg56f3';
    const readers: Readonly<Record<string, (jobId: string) => boolean>> = {
      isV3JobId,
      findJobReference: (jobId) => findJobReference(jobId)?.jobId === jobId,
      jobLiterals: (jobId) =>
        jobLiterals(`smile /v3/status/${jobId} `).some(({ ids }) => ids.jobId === jobId),
      likenessOf: (jobId) =>
        likenessOf({ status: 'clear', job_id: jobId, message: 'm' }) === 'response',
      mayConcernSmile,
      Relevance: (text) => new Relevance(text).mentionAt(0).v3,
      redact: (jobId) =>
        resultOf(redactSteps({ SmileJobID: jobId })).SmileJobID === jobId &&
        resultOf(redactSteps({ job_id: jobId })).job_id === jobId,
    };
    for (const [name, reads] of Object.entries(readers)) {
      const others = [form.slice(0, -1), form.replace('_0', '_8'), form.replace('m', 'u')];
      assert.deepEqual([form, ...others].filter(reads), [form], name);
    }
  });

  it('says when it was made: a recorded job was acknowledged 0.2 seconds later', () => {
    // Recorded on 2026-08-18 with "created_at": "2026-08-18T05:00:26.445Z".
    assert.deepEqual(
      createdAtOf('job_01m09kw0qbee7txsq7r0zg56f3', NOW),
      new Date('2026-08-18T05:00:26.219Z'),
    );
  });

  it('says so whatever its random bits are', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: NOW, noInvalidDate: true }),
        fc.uuid({ version: 7 }),
        (time, uuid) => {
          const hex = time.getTime().toString(16).padStart(12, '0');
          const jobId = jobIdOf(`${hex.slice(0, 8)}-${hex.slice(8)}${uuid.slice(13)}`);
          assert.deepEqual([isV3JobId(jobId), createdAtOf(jobId, NOW)], [true, time]);
        },
      ),
    );
  });

  it('says nothing of its time if its UUID is of a version without one', () => {
    fc.assert(
      fc.property(fc.uuid({ version: [1, 2, 3, 4, 5, 6, 8] }), (uuid) => {
        assert.deepEqual([isV3JobId(jobIdOf(uuid)), createdAtOf(jobIdOf(uuid), NOW)], [true, null]);
      }),
    );
    const ofOtherVariant = uuidAt(NOW.getTime()).replace('-9d5d', '-dd5d');
    assert.equal(createdAtOf(jobIdOf(ofOtherVariant), NOW), null);
  });

  it('says nothing of its time if that cannot be right', () => {
    const times = [
      [Date.UTC(2020, 0) - 1, false],
      [Date.UTC(2020, 0), true],
      [NOW.getTime() + DAY, true],
      [NOW.getTime() + DAY + 1, false],
      [0, false],
      [2 ** 48 - 1, false],
    ] as const;
    assert.deepEqual(
      times.map(([time]) => [time, createdAtOf(jobIdOf(uuidAt(time)), NOW) !== null]),
      times,
    );
  });

  it('says nothing of its time if it is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.deepEqual([isV3JobId(text), createdAtOf(text, NOW)], [false, null]);
      }),
    );
  });

  it('is compared with the clock of this machine unless a time is given', () => {
    const inDays = (days: number): Date | null =>
      createdAtOf(jobIdOf(uuidAt(Date.now() + days * DAY)));
    assert.deepEqual([inDays(-1) !== null, inDays(2)], [true, null]);
  });
});
