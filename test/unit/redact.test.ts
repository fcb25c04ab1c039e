import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCodes } from '../../src/core/catalogue/catalogue';
import { isFieldName } from '../../src/core/catalogue/fieldNames';
import { redactSteps, REDACTED, redactText } from '../../src/core/redact';
import { assertLinear } from '../support/growth';
import { ROOT } from '../support/root';
import { resultOf } from '../support/steps';

describe('redact', () => {
  it('keeps what says how a job went, and replaces everything else', () => {
    const redacted = resultOf(
      redactSteps({
        timestamp: '2026-03-01T12:00:00.000Z',
        signature: 'c2lnbmF0dXJl',
        code: '2302',
        job_complete: true,
        result: {
          ResultCode: '0810',
          ResultText: 'Enroll User',
          FullName: 'Ada Testperson',
          DOB: '1990-01-01',
          IsAlive: true,
          Photo: 'AAAA',
          Actions: { Liveness_Check: 'Passed', DOB: '1990-01-01', Strange: 'Passed' },
          PartnerParams: { user_id: 'u', job_id: 'j', job_type: 1, email: 'ada@example.com' },
          FullData: { anything: { ResultText: 'Ada' } },
        },
        history: [{ ResultCode: '1012', IDNumber: '00000000000' }, 'Ada'],
        image_links: { selfie_image: 'https://example.com/?sig=1' },
        kyc_receipt: 'https://portal.example.com/?signature=1',
      }),
    );
    assert.deepEqual(redacted, {
      timestamp: '2026-03-01T12:00:00.000Z',
      signature: REDACTED,
      code: '2302',
      job_complete: true,
      result: {
        ResultCode: '0810',
        ResultText: 'Enroll User',
        FullName: REDACTED,
        DOB: REDACTED,
        IsAlive: REDACTED,
        Photo: REDACTED,
        Actions: { Liveness_Check: 'Passed', DOB: REDACTED, field_1: 'Passed' },
        PartnerParams: { user_id: 'u', job_id: 'j', job_type: 1, email: REDACTED },
        FullData: REDACTED,
      },
      history: [{ ResultCode: '1012', IDNumber: REDACTED }, REDACTED],
      image_links: { selfie_image: REDACTED },
      kyc_receipt: REDACTED,
    });
  });

  it('keeps a value only if it has the form of its field, as a number or as text', () => {
    const fields = {
      code: 'Ada',
      timestamp: '1990-01-01',
      job_success: 'perhaps',
      SmileJobID: '2348031234567',
      ConfidenceValue: 8031234567,
      user_id: 70000008953,
      job_id: '1990-01-01-ada-okafor',
      job_type: 'Ada',
      partner_id: 70000008953,
      Country: 'Ada',
      JSONVersion: '12 Main Street',
    };
    const withForm = {
      code: 810,
      timestamp: '2021-08-12T17:57:00.614879',
      job_success: 'False',
      SmileJobID: '0000001897',
      ConfidenceValue: '97.000000',
      user_id: 'user_7',
      job_id: '550e8400-e29b-41d4-a716-446655440000',
      job_type: '6',
      partner_id: '085',
      Country: 'Nigeria',
      JSONVersion: '1.0.0',
    };
    assert.deepEqual(
      resultOf(redactSteps(fields)),
      Object.fromEntries(Object.keys(fields).map((key) => [key, REDACTED])),
    );
    assert.deepEqual(resultOf(redactSteps(withForm)), withForm);
  });

  it("keeps only the two IDs and the job type of the partner's own map, whatever its other fields are called", () => {
    assert.deepEqual(
      resultOf(
        redactSteps({
          PartnerParams: { code: '1990', status: 'clear', job_type: 1, shop: 'Lagos' },
        }),
      ),
      { PartnerParams: { code: REDACTED, status: REDACTED, job_type: 1, field_1: REDACTED } },
    );
  });

  it('replaces a name that no field has by the same placeholder wherever it is', () => {
    assert.deepEqual(
      resultOf(
        redactSteps({
          'ada@example.com': 1,
          result: { 'ada@example.com': 'x', '70000008953': null },
        }),
      ),
      { field_1: REDACTED, result: { field_1: REDACTED, field_2: null } },
    );
  });

  it('survives hostile nesting', () => {
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let depth = 0; depth < 100_000; depth += 1) inner = inner.result = {};
    assert.ok(resultOf(redactSteps(deep)));
  });
});

describe('redactText', () => {
  it("leaves Smile ID's own labels and sentences readable", () => {
    const labels = allCodes().flatMap(({ text, altTexts, variants }) =>
      [{ text, altTexts }, ...variants].flatMap((one) => [one.text ?? '', ...one.altTexts]),
    );
    const sentences = [
      'You are not authorized to do that',
      'No zip uploaded yet',
      'WebAPI - ruby',
      'Invalid authentication credentials.',
      'Job is still processing. Callbacks can only be replayed for completed jobs.',
    ];
    const changed = [...labels, ...sentences].filter((text) => redactText(text) !== text);
    assert.deepEqual(changed, []);
  });

  it('keeps known words, and replaces each run of others', () => {
    assert.equal(
      redactText('No record for 12345678901 (ada.lovelace@example.com), born 1815: invalid ID'),
      `No record for ${REDACTED}: invalid ID`,
    );
    assert.equal(redactText('{"FullName":"Ada'), `{"${REDACTED}`);
    assert.equal(redactText(''), '');
  });

  it('reads no more than the beginning of a long text, in linear time', () => {
    assert.equal(redactText('card '.repeat(1_000_000)), `${'card '.repeat(200)}${REDACTED}`);
    for (const piece of ['user_id:', 'a=', '[', '"', '@', '<a>', ' ', 'ID ']) {
      assertLinear({
        what: piece,
        size: 100_000,
        input: (times) => piece.repeat(times),
        run: (text) => redactText(text),
      });
    }
  });
});

describe('The names of fields', () => {
  it('are known in every recorded and documented response', () => {
    const folder = join(ROOT, 'test', 'fixtures', 'responses');
    /** Of these responses only; they are of the partner, or of a test. */
    const own = new Set([
      'more_optional_info',
      'order_id',
      'submissionId',
      'userId',
      'camera_config',
    ]);
    const unknown = new Set<string>();
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, field] of Object.entries(value)) {
        if (!Array.isArray(value) && !isFieldName(key) && !own.has(key)) unknown.add(key);
        if (key !== 'Actions') look(field);
      }
    };
    for (const name of readdirSync(folder)) {
      if (name !== 'index.json') look(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    }
    assert.deepEqual([...unknown], []);
  });
});
