import assert from 'node:assert/strict';
import fc from 'fast-check';
import { line } from '../../src/core/logger';
import { redactText } from '../../src/core/redact';
import { response } from '../support/fakes';
import { leaving, OneLookup, pageOf } from '../support/leaving';

/** Fields that contain personal data or secrets: documentation, SDK models, and what integrators redact. */
const FIELDS = [
  'FullName FirstName LastName OtherName OtherNames Title IDNumber SecondaryIDNumber',
  'Secondary_ID_Number DOB Gender Address PhoneNumber PhoneNumber2 Email IssuanceDate ExpirationDate',
  'Nationality Occupation PlaceOfBirth CountryOfBirth RegionOfOrigin LocalAreaOfOrigin DateOfDeath',
  'PlaceOfIssuance IDStatus Photo Document FullData Personal_Info UserIDsOfPreviousRegistrants',
  'signature sec_key KYCReceipt kyc_receipt kyb_receipt company_information directors people',
  'beneficial_owners proprietors fiduciaries documents StrictMatch Antifraud given_names id_fields',
  'user_provided_info device_signals optional_info Country IDType',
]
  .join(' ')
  .split(' ');

/** No word, and no four of its letters in any of ours. */
const MARKER = 'QzvxKwjpqfZ';
const NUMBER = 73958264173;

/** Pieces of a marker that are long enough to be one: a cut leaves pieces. */
const PIECES = [...pieces(MARKER, 4), ...pieces(String(NUMBER), 5)];

function pieces(text: string, length: number): string[] {
  return Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length));
}

function assertNoMarker(text: string, what: string): void {
  const found = PIECES.find((piece) => text.includes(piece));
  assert.equal(found, undefined, `${what}: ${text}`);
}

type Json = Record<string, unknown>;
const COMMON = { ResultCode: '0810', SmileJobID: '0000001897', IsFinalResult: 'true' };
const JOB = { user_id: 'user-1', job_id: 'job-1', job_type: 1 };
/** A response body with this result, or with further fields beside it. */
const bodyWith = (result: Json, more: Json = {}): Json => ({
  code: '2302',
  job_complete: true,
  job_success: true,
  result: { ...COMMON, PartnerParams: JOB, ...result },
  ...more,
});

/** Where a personal value can be. A `sentence` of the server is shown on the screen on purpose. */
const PLACES: Readonly<
  Record<string, { make: (field: string, value: unknown) => Json; sentence?: true }>
> = {
  'in the result': { make: (field, value) => bodyWith({ [field]: value }) },
  'around the result': { make: (field, value) => bodyWith({}, { [field]: value }) },
  'in an object': { make: (field, value) => bodyWith({ [field]: { [field]: { name: value } } }) },
  'in lists': {
    make: (field, value) => bodyWith({ [field]: [value, [value], { [field]: value }] }),
  },
  'in the history': {
    make: (field, value) => bodyWith({}, { history: [{ ...COMMON, [field]: value }, value] }),
  },
  'among the actions': {
    make: (field, value) => bodyWith({ Actions: { [field]: value, DOB: value, More: [value] } }),
  },
  'among the actions of the history': {
    make: (field, value) => bodyWith({}, { history: [{ ...COMMON, Actions: { [field]: value } }] }),
  },
  "in the partner's map": {
    make: (field, value) =>
      bodyWith({ PartnerParams: { ...JOB, [field]: value, status: value, message: value } }),
  },
  'in full data': { make: (field, value) => bodyWith({ FullData: { [field]: value } }) },
  'in lists of people': {
    make: (field, value) =>
      bodyWith({ people: [{ name: value, [field]: value, pep: { [field]: value } }] }),
  },
  'in antifraud data': {
    make: (field, value) =>
      bodyWith({
        Antifraud: {
          [field]: value,
          summary: { fraud_sources: [value] },
          SuspectUsers: [{ user_id: value, reason: value, [field]: value }],
        },
      }),
  },
  'as a link to an image': {
    make: (field, value) => bodyWith({}, { image_links: { [field]: value } }),
  },
  'as a key of full data': {
    make: (field, value) =>
      bodyWith({ FullData: { [String(value)]: { [String(value)]: 'x' }, [field]: 'x' } }),
  },
  'as a key anywhere': {
    make: (field, value) => {
      const keyed = { [String(value)]: 'Passed', [`${field} ${String(value)}`]: { a: 1 } };
      return bodyWith(
        {
          ...keyed,
          Actions: keyed,
          PartnerParams: { ...JOB, ...keyed },
          company_information: keyed,
          people: [{ associations: keyed }],
        },
        { ...keyed, history: [keyed], image_links: { [String(value)]: 'https://h/x' } },
      );
    },
  },
  'in the error of a refusal': {
    make: (field, value) => ({ error: `No record: ${field} ${String(value)}`, code: '2204' }),
    sentence: true,
  },
  'in the message of a refusal': {
    make: (field, value) => ({ error: '', message: `${field}: ${String(value)}`, [field]: value }),
    sentence: true,
  },
  'in JSON inside a text': {
    make: (field, value) =>
      bodyWith(
        { ResultText: JSON.stringify({ [field]: value }) },
        { message: JSON.stringify(JSON.stringify({ [field]: value })) },
      ),
    sentence: true,
  },
  'in a result that is text': {
    make: (field, value) => ({ job_complete: false, result: `${field}=${String(value)}` }),
    sentence: true,
  },
  'in fields that have a form': {
    make: (_, value) =>
      bodyWith(
        { ...{ ResultCode: value, SmileJobID: value, ResultType: value, Source: value } },
        { code: value, timestamp: value, job_success: value, error: value, partner_id: value },
      ),
    sentence: true,
  },
};

/** One text of many fields in each format that servers and middleware write. */
const FORMATS: Readonly<Record<string, (fields: readonly string[]) => string>> = {
  JSON: (fields) =>
    JSON.stringify({
      result: Object.fromEntries(fields.map((field) => [field, `\\"${MARKER}\\`])),
      history: fields.map((field) => ({ [field]: MARKER })),
      message: JSON.stringify({ [fields[0] ?? '']: `\u00e9${MARKER}` }),
    }),
  'XML with attributes': (fields) =>
    `<?xml version="1.0"?><Response ${fields.map((f) => `${f}="${MARKER}"`).join(' ')}><Name>${MARKER}</Name></Response>`,
  'a page': (fields) =>
    `<!doctype html><title>502 Bad Gateway</title>${fields.map((f) => `<p>${f} ${MARKER}</p>`).join('')}`,
  'a query string': (fields) => fields.map((field) => `${field}=${MARKER}`).join('&'),
  YAML: (fields) => fields.map((field) => `${field}: ${MARKER}\n`).join(''),
  CSV: (fields) => `${fields.join(',')}\n${fields.map(() => MARKER).join(',')}\n`,
  'PHP var_dump': (fields) =>
    fields.map((field) => `["${field}"]=>\n string(11) "${MARKER}"\n`).join(''),
  'a Python dict': (fields) => `{${fields.map((f) => `'${f}': u'\\'${MARKER}'`).join(', ')}}`,
  'a Ruby hash': (fields) => `{${fields.map((f) => `:${f}=>"${MARKER}"`).join(', ')}}`,
};

describe('What leaves memory', () => {
  it('contains no personal value of any documented field, wherever the field is', async () => {
    const lookup = new OneLookup();
    for (const field of FIELDS) {
      for (const [place, { make, sentence = false }] of Object.entries(PLACES)) {
        for (const value of [`${MARKER} ${NUMBER}`, NUMBER]) {
          const outcome = await lookup.of(response(make(field, value)));
          const page = sentence ? {} : { page: pageOf(outcome) };
          const texts = {
            ...leaving(outcome),
            ...page,
            records: JSON.stringify([...lookup.stored.records.values()]),
            log: lookup.log.lines.join('\n'),
          };
          assert.equal(lookup.stored.records.size, 1);
          for (const [output, text] of Object.entries(texts)) {
            assertNoMarker(text, `${field} ${place}, in the ${output}`);
          }
        }
      }
    }
  });

  it('contains no part of a text that is not JSON, in any format and wherever it is cut off', async () => {
    const lookup = new OneLookup();
    let cases = 0;
    for (const [index, [format, write]] of Object.entries(FORMATS).entries()) {
      // each format has a third of the fields; together they have all
      const text = write(FIELDS.filter((_, at) => at % 3 === index % 3));
      for (let length = 0; length <= text.length; length += 1) {
        cases += 1;
        const outcome = await lookup.of(response(text.slice(0, length)));
        const texts = {
          ...leaving(outcome),
          ...(outcome.kind === 'answered' ? {} : { page: pageOf(outcome) }),
          records: JSON.stringify([...lookup.stored.records.values()]),
          log: lookup.log.lines.join('\n'),
          line: line`${text.slice(0, length)}`.text,
        };
        for (const [output, left] of Object.entries(texts)) {
          assertNoMarker(left, `${format} of ${length} characters, in the ${output}`);
        }
      }
    }
    assert.ok(cases < 15_000, `${cases} cases are too many for each run`);
  });

  it('contains nothing of a tree of any shape, except the words that it may contain', async () => {
    const key = fc.oneof(fc.constantFrom(...FIELDS, 'result', 'history', 'Actions', MARKER));
    const tree = fc.object({ key, values: [fc.constant(MARKER), fc.constant(NUMBER)] });
    await fc.assert(
      fc.asyncProperty(tree, tree, async (result, more) => {
        const outcome = await new OneLookup().of(response({ ...more, ...bodyWith({ ...result }) }));
        for (const [output, text] of Object.entries({
          ...leaving(outcome),
          page: pageOf(outcome),
        })) {
          assertNoMarker(text, output);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has only the known words of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (before, after) => {
        assertNoMarker(redactText(`${before}${MARKER}${after}`), 'text');
      }),
      { numRuns: 1000 },
    );
  });
});
