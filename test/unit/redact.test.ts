import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact, REDACTED, redactText } from '../../src/core/redact';
import { assertLinear } from '../support/growth';

/** Fields that hold personal data or secrets (union of what integrators redact, and ID fields). */
const PERSONAL =
  'Photo Document FullName FirstName LastName OtherName OtherNames IDNumber SecondaryIDNumber Secondary_ID_Number DOB Gender Address PhoneNumber PhoneNumber2 Email IssuanceDate ExpirationDate FullData Personal_Info signature sec_key KYCReceipt kyc_receipt kyb_receipt Antifraud company_information directors people'.split(
    ' ',
  );
const MARKER = 'Zq7MARKERqZ';

const marked = fc
  .tuple(fc.string(), fc.string())
  .map(([before, after]) => `${before}${MARKER}${after}`);
const personalValue = fc.oneof(
  marked,
  fc.array(marked, { minLength: 1, maxLength: 3 }),
  fc.dictionary(fc.string(), marked, { minKeys: 1, maxKeys: 3 }),
  fc.array(fc.record({ ResultText: marked, code: marked }), { minLength: 1, maxLength: 2 }),
);
const personalFields = fc.dictionary(fc.constantFrom(...PERSONAL), personalValue);
const answer = fc.record({
  personal: personalFields,
  unknown: fc.dictionary(fc.stringMatching(/^New[A-Za-z]{1,12}$/), personalValue),
});

describe('redact', () => {
  it('keeps what says how a job went, and replaces everything else', () => {
    const redacted = redact({
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
        Actions: { Liveness_Check: 'Passed', Strange: 'Ada 1990' },
        PartnerParams: { user_id: 'u', job_id: 'j', job_type: 1, email: 'ada@example.com' },
        FullData: { anything: { ResultText: 'Ada' } },
      },
      history: [{ ResultCode: '1012', IDNumber: '00000000000' }, 'Ada'],
      image_links: { selfie_image: 'https://example.com/?sig=1' },
      kyc_receipt: 'https://portal.example.com/?signature=1',
    });
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
        Actions: { Liveness_Check: 'Passed', Strange: REDACTED },
        PartnerParams: { user_id: 'u', job_id: 'j', job_type: 1, email: REDACTED },
        FullData: REDACTED,
      },
      history: [{ ResultCode: '1012', IDNumber: REDACTED }, REDACTED],
      image_links: { selfie_image: REDACTED },
      kyc_receipt: REDACTED,
    });
  });

  it("keeps Smile ID's own number of a job, which is no number of a person", () => {
    assert.deepEqual(
      redact({ result: { SmileJobID: '0000001897', smile_job_id: '2348031234567x' } }),
      {
        result: { SmileJobID: '0000001897', smile_job_id: `${REDACTED}x` },
      },
    );
  });

  it('lets no value of a personal or unknown field through, wherever it stands', () => {
    fc.assert(
      fc.property(answer, ({ personal, unknown }) => {
        const fields = { ...personal, ...unknown };
        const raw = { ...fields, result: { ...fields, PartnerParams: fields }, history: [fields] };
        assert.ok(!JSON.stringify(redact(raw)).includes(MARKER));
      }),
      { numRuns: 500 },
    );
  });
});

describe('redactText', () => {
  it('lets no personal value of a JSON text through, even where the text is cut off anywhere', () => {
    fc.assert(
      fc.property(answer, fc.nat(), fc.boolean(), ({ personal, unknown }, at, pretty) => {
        const fields = { ...personal, ...unknown };
        const raw = { result: { ResultCode: '0810', ...fields }, history: [fields] };
        const text = JSON.stringify(raw, null, pretty ? 2 : undefined);
        const cut = text.slice(0, at % (text.length + 1));
        // A cut inside the marker leaves a piece of it: look for pieces too.
        const shown = redactText(cut);
        for (let length = 4; length <= MARKER.length; length += 1) {
          assert.ok(!shown.includes(MARKER.slice(0, length)), shown);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('hides signatures in addresses, e-mail addresses, base64 and long numbers in plain text', () => {
    const text = redactText(
      `GET https://portal.example.com/receipt?signature=abc&user=1 for ada@example.com ${'QUJD'.repeat(20)} 08031234567`,
    );
    assert.equal(
      text,
      `GET https://portal.example.com/receipt?${REDACTED} for ${REDACTED} ${REDACTED} ${REDACTED}`,
    );
  });

  it('hides values in XML and in what is nearly JSON', () => {
    assert.equal(redactText("{'FullName': 'Ada Testperson'}"), `{'FullName': '${REDACTED}'}`);
    assert.equal(
      redactText('<result><FullName>Ada Testperson</FullName></result>'),
      `<result><FullName>${REDACTED}</FullName></result>`,
    );
  });

  it('stands hostile nesting, and takes linear time over hostile repetition', () => {
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let depth = 0; depth < 100_000; depth += 1) inner = inner.result = {};
    assert.ok(redact(deep));
    for (const piece of ['user_id:', 'a=', '[', '"', "'", '@', '<a>']) {
      assertLinear({
        what: piece,
        size: 100_000,
        input: (times) => piece.repeat(times),
        run: (text) => redactText(text),
      });
    }
  });

  it('leaves the text of an error page readable', () => {
    const page = '<html><head><title>502 Bad Gateway</title></head></html>';
    assert.equal(redactText(page), page);
  });
});
