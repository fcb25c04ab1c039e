import assert from 'node:assert/strict';
import fc from 'fast-check';
import { systemClock } from '../../src/core/clock';
import { SmileClient } from '../../src/core/smile/client';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { DetailField, DetailNode } from '../../src/core/report/detailReading';
import { personalDetailsOf, type PersonalDetails } from '../../src/core/report/personalDetails';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { scenarios, SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import { base64Of } from '../../src/node/simulator/images';

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const NOTHING: PersonalDetails = {
  fields: [],
  provided: [],
  additionalDocuments: [],
  fullData: [],
  unknownChecks: [],
  previousRegistrants: null,
  company: [],
  peopleGroups: [],
  aml: null,
  antifraud: null,
  receipt: 'absent',
  notes: [],
};

/** Antifraud data of API v1. */
const NO_RISK = { riskLevels: [], riskScores: [], riskIndicators: [], status: null };

const field = (key: string, label: string, value: string): DetailField => ({
  key,
  label,
  value,
  absent: false,
});
const absent = (key: string, label: string, value = 'Not Available'): DetailField => ({
  ...field(key, label, value),
  absent: true,
});
const leaf = (key: string, value: string | null): DetailNode => ({ key, value, children: [] });
const branch = (key: string, ...children: DetailNode[]): DetailNode => ({
  key,
  value: null,
  children,
});

const LINK = /:\/\/|https?:/i;
const ADDRESS = field('address', 'Address', '42 Simulator Street, Testville');
const NAME = 'Amina Simulata Testperson';

describe('personalDetailsOf', () => {
  describe('a response of the simulator', () => {
    const bodies = new Map<string, Raw>();

    before(async () => {
      const simulator = await startSimulator();
      const client = new SmileClient(new NodeHttpClient(), systemClock, () => 10_000);
      const request = (jobId: string): Promise<JobStatusOutcome> =>
        client.jobStatus(
          { partnerId: simulator.partnerId, apiKey: SIMULATOR_API_KEY, baseUrl: simulator.url },
          { userId: 'user-1', jobId, history: true, imageLinks: true },
          new AbortController().signal,
        );
      const keep = async ({ jobId }: { readonly jobId: string }): Promise<void> => {
        const outcome = await request(jobId);
        if (outcome.kind === 'answered') bodies.set(jobId, outcome.raw);
      };
      await Promise.all(scenarios.map(keep));
      await simulator.stop();
    });

    const rawOf = (jobId: string): Raw => bodies.get(jobId) ?? assert.fail(jobId);
    const detailsOf = (jobId: string): PersonalDetails => personalDetailsOf(rawOf(jobId));

    it('is read without a note and without a link, whatever the scenario', () => {
      assert.ok(bodies.size > 40);
      for (const [jobId, raw] of bodies) {
        const details = personalDetailsOf(raw);
        assert.deepEqual(details.notes, [], jobId);
        assert.doesNotMatch(JSON.stringify(details), LINK, jobId);
      }
    });

    it('shows no link even if each of its texts is one', () => {
      for (const [jobId, raw] of bodies) {
        const links = JSON.stringify(raw, (_, value: unknown) =>
          typeof value === 'string' ? `It is at https://a.example/?signature=${value}` : value,
        );
        const sent: unknown = JSON.parse(links);
        assert.ok(isRaw(sent));
        assert.doesNotMatch(JSON.stringify(personalDetailsOf(sent)), LINK, jobId);
      }
    });

    it('returns nothing if there is no result, or none about a person', () => {
      const receipts = ['feature-not-enabled'];
      for (const jobId of ['no-zip', 'no-result', 'smartselfie-registration', ...receipts]) {
        const receipt = receipts.includes(jobId) ? 'present' : 'absent';
        assert.deepEqual(detailsOf(jobId), { ...NOTHING, receipt }, jobId);
      }
      assert.deepEqual(detailsOf('basic-kyc'), NOTHING);
    });

    it('lists all ID fields in the order of reading, and the full data as a tree', () => {
      assert.deepEqual(detailsOf('enhanced-kyc-all-fields'), {
        ...NOTHING,
        fields: [
          field('FullName', 'Full name', NAME),
          field('Title', 'Title', 'Dr'),
          field('FirstName', 'First name', 'Amina'),
          field('LastName', 'Last name', 'Testperson'),
          field('OtherName', 'Other name', 'Simulata'),
          field('OtherNames', 'Other names', 'Simulata'),
          field('IDNumber', 'ID number', '00042424242'),
          field('SecondaryIDNumber', 'Secondary ID number', '00042424242-2'),
          field('IDType', 'ID type', 'BVN'),
          field('Country', 'Country', 'NG'),
          field('IDStatus', 'ID status', 'Active'),
          field('DOB', 'Date of birth', '1904-12-31'),
          field('IssuanceDate', 'Issuance date', '2020-01-01'),
          field('ExpirationDate', 'Expiration date', '2040-01-01'),
          absent('DateOfDeath', 'Date of death'),
          field('Address', 'Address', '42 Simulator Street, Testville'),
          field('PhoneNumber', 'Phone number', '+2340000424242'),
          absent('PhoneNumber2', 'Phone number 2', ''),
          field('Email', 'Email', 'amina@testperson.example'),
          field('Gender', 'Gender', 'Female'),
          field('IsAlive', 'Is alive', 'true'),
          field('Nationality', 'Nationality', 'Nigerian'),
          field('Occupation', 'Occupation', 'Test person'),
          field('PlaceOfBirth', 'Place of birth', 'Testville'),
          field('CountryOfBirth', 'Country of birth', 'Nigeria'),
          field('RegionOfOrigin', 'Region of origin', 'Simulated Region'),
          field('LocalAreaOfOrigin', 'Local area of origin', 'Testville West'),
          field('PlaceOfIssuance', 'Place of issuance', 'Testville'),
        ],
        fullData: [
          leaf('bvn', '00042424242'),
          leaf('firstName', 'Amina'),
          leaf('lastName', 'Testperson'),
          leaf('dateOfBirth', '1904-12-31'),
          leaf('watchListed', 'false'),
          branch(
            'enrollment',
            leaf('bank', 'Test Bank'),
            leaf('branch', 'Testville'),
            leaf('level', '2'),
          ),
          branch(
            'nextOfKin',
            leaf('name', 'Bashir Testperson'),
            leaf('relation', 'brother'),
            branch(
              'residence',
              leaf('town', 'Testville'),
              branch(
                'address',
                leaf('street', '42 Simulator Street, Testville'),
                leaf('floor', null),
              ),
            ),
          ),
          leaf('photo', 'image, 5 KB'),
        ],
      });
    });

    it('reads snake_case as it reads PascalCase', () => {
      assert.deepEqual(detailsOf('snake-case'), {
        ...NOTHING,
        fields: [
          field('full_name', 'Full name', NAME),
          field('id_number', 'ID number', '00042424242'),
          field('id_type', 'ID type', 'BVN'),
        ],
        unknownChecks: [field('A_Check_Of_Tomorrow', 'A check of tomorrow', 'Some Value')],
      });
    });

    it('says who registered the ID number before', () => {
      const { previousRegistrants, fields } = detailsOf('enhanced-document-verification');
      assert.deepEqual(previousRegistrants, {
        registered: true,
        userIds: ['another-user-of-yours'],
      });
      assert.deepEqual(fields[2], absent('Secondary_ID_Number', 'Secondary ID number'));
      assert.deepEqual(detailsOf('approved').previousRegistrants, {
        registered: false,
        userIds: [],
      });
    });

    it('describes a company and its people, group by group', () => {
      const phone = field('phone_number', 'Phone number', '+2340000424242');
      assert.deepEqual(detailsOf('business-verification'), {
        ...NOTHING,
        company: [
          field('company_type', 'Company type', 'PRIVATE_COMPANY_LIMITED_BY_SHARES'),
          field('country', 'Country', 'Nigeria'),
          ADDRESS,
          field('registration_number', 'Registration number', '0000424'),
          field('search_number', 'Search number', '0000424'),
          field('authorized_shared_capital', 'Authorized shared capital', '10000000'),
          field('industry', 'Industry', 'Simulation'),
          absent('tax_id', 'Tax ID', 'N/A'),
          field('registration_date', 'Registration date', '2016-01-28T16:06:22.003+00:00'),
          field('phone', 'Phone', '+2340000424242'),
          field('legal_name', 'Legal name', 'TESTPERSON AND DAUGHTERS LIMITED'),
          field('state', 'State', 'TESTVILLE'),
          field('email', 'Email', 'amina@testperson.example'),
          field('status', 'Status', 'ACTIVE'),
        ],
        peopleGroups: [
          {
            title: 'Directors',
            people: [
              {
                name: NAME,
                fields: [
                  field('shareholdings', 'Shareholdings', '700000'),
                  field('id_number', 'ID number', '00042424242'),
                  ADDRESS,
                  field('occupation', 'Occupation', 'CEO'),
                  field('gender', 'Gender', 'FEMALE'),
                  field('nationality', 'Nationality', 'Nigerian'),
                  field('date_of_birth', 'Date of birth', '1904-12-31'),
                  field('id_type', 'ID type', 'Passport'),
                  phone,
                ],
              },
            ],
          },
          {
            title: 'Beneficial owners',
            people: [
              {
                name: NAME,
                fields: [
                  field('shareholdings', 'Shareholdings', '700000'),
                  ADDRESS,
                  field('gender', 'Gender', 'Female'),
                  field('nationality', 'Nationality', 'Nigerian'),
                  absent('registration_number', 'Registration number', 'N/A'),
                  field('shareholder_type', 'Shareholder type', 'Individual'),
                  phone,
                ],
              },
              {
                name: 'Testperson Holdings',
                fields: [
                  field('shareholdings', 'Shareholdings', '300000'),
                  ADDRESS,
                  field('gender', 'Gender', 'Not Applicable'),
                  absent('nationality', 'Nationality', 'N/A'),
                  field('registration_number', 'Registration number', '0000426'),
                  field('shareholder_type', 'Shareholder type', 'Corporate'),
                  phone,
                ],
              },
            ],
          },
          { title: 'Proprietors', people: [] },
          {
            title: 'Fiduciaries',
            people: [
              {
                name: 'Testperson Secretaries',
                fields: [
                  field('fiduciary_type', 'Fiduciary type', 'SECRETARY_COMPANY'),
                  ADDRESS,
                  field('registration_number', 'Registration number', '0000425'),
                  absent('status', 'Status', 'N/A'),
                ],
              },
            ],
          },
        ],
      });
    });

    it('says that there is a receipt, and includes neither the receipt nor the certificate', () => {
      const { company } = detailsOf('business-verification');
      assert.deepEqual(detailsOf('business-proprietor'), {
        ...NOTHING,
        company,
        peopleGroups: [
          { title: 'Directors', people: [] },
          { title: 'Beneficial owners', people: [] },
          {
            title: 'Proprietors',
            people: [
              {
                name: NAME,
                fields: [ADDRESS, field('phone_number', 'Phone number', '+2340000424242')],
              },
            ],
          },
          { title: 'Fiduciaries', people: [] },
        ],
        receipt: 'present',
      });
    });

    it('describes the people that an AML check found, without the links to sources', () => {
      assert.deepEqual(detailsOf('aml-check'), {
        ...NOTHING,
        aml: {
          personsFound: 1,
          strictMatch: null,
          people: [
            {
              name: NAME,
              fields: [],
              aliases: ['A. S. Testperson'],
              datesOfBirth: ['1904-12-31'],
              nationalities: ['Nigerian'],
              addresses: ['42 Simulator Street, Testville'],
              associations: [
                branch(
                  '0',
                  leaf('association_type', 'PEP'),
                  leaf('name', 'Bashir Testperson'),
                  leaf('relationship', 'Bashir Testperson is an associate of Amina Testperson'),
                ),
              ],
              pep: [
                leaf('pep_level', '1'),
                branch(
                  'political_positions',
                  branch(
                    '0',
                    leaf('country', 'Nigeria'),
                    leaf('from', '2020-01-05'),
                    leaf('position', 'Councillor'),
                    leaf('to', null),
                  ),
                ),
                branch(
                  'sources',
                  branch('0', leaf('source_link', '[link]'), leaf('source_name', 'example.org')),
                ),
              ],
              sanctions: [
                branch(
                  '0',
                  leaf('date_of_birth', '1904-12-31'),
                  leaf('nationality', 'Nigerian'),
                  branch(
                    'source_details',
                    leaf('listed_date', '2020-01-05'),
                    branch('source_link', leaf('0', '[link]')),
                    leaf('source_name', 'A list of the simulator'),
                    leaf('source_type', 'Sanctions'),
                  ),
                ),
              ],
              enforcementActions: [],
              newsSummary: [],
              adverseMedia: [
                branch(
                  '0',
                  leaf('date_published', '2021-09-24'),
                  leaf('publisher', 'The Simulated Times'),
                  leaf('source_link', '[link]'),
                  leaf('title', 'Testperson simulated once too often'),
                ),
              ],
            },
          ],
        },
      });
    });

    it('converts both shapes of the antifraud summary to one, and does not guess what the older one lacks', () => {
      assert.deepEqual(
        [detailsOf('antifraud').antifraud, detailsOf('antifraud-old').antifraud],
        [
          {
            fraudDetected: true,
            sources: ['smile_secure'],
            ...NO_RISK,
            suspects: [
              { userId: 'another-user-of-yours', reasons: ['same-face', 'same-id-number'] },
              { userId: 'a-third-user-of-yours', reasons: ['same-face'] },
            ],
            code: '5211',
            text: 'Suspect Users Found',
          },
          {
            fraudDetected: null,
            sources: [],
            ...NO_RISK,
            suspects: [{ userId: 'another-user-of-yours', reasons: ['A simulated reason'] }],
            code: null,
            text: null,
          },
        ],
      );
    });

    it('is read in the same way as an entry of the history, which is flat', () => {
      const raw = rawOf('biometric-kyc');
      const entry: unknown = Array.isArray(raw.history) ? raw.history[0] : null;
      assert.ok(isRaw(entry));
      const details = detailsOf('biometric-kyc');
      assert.deepEqual([details.fields.length, details.receipt], [14, 'present']);
      const expected: PersonalDetails = { ...details, receipt: 'absent' };
      assert.deepEqual(personalDetailsOf(entry), expected);
      assert.deepEqual(personalDetailsOf({ result: entry }), expected);
    });
  });

  it('lists fields that are not known last, under their own names, and absent ones as absent', () => {
    assert.deepEqual(
      personalDetailsOf({
        result: {
          BloodType_Of2: 'A',
          constructor: 'Testville Builders',
          DOB: ' not available ',
          Email: null,
          FullName: 'Ada',
          full_name: 'Ada T.',
        },
      }).fields,
      [
        field('FullName', 'Full name', 'Ada'),
        field('full_name', 'Full name', 'Ada T.'),
        absent('DOB', 'Date of birth', 'not available'),
        absent('Email', 'Email', ''),
        field('BloodType_Of2', 'Blood type of 2', 'A'),
        field('constructor', 'Constructor', 'Testville Builders'),
      ],
    );
  });

  it('puts what is not a plain value into the tree, under its path', () => {
    const { fields, company, peopleGroups, fullData, notes } = personalDetailsOf({
      Address: { street: 'Main Street', floors: [1, 2] },
      FullData: 'none',
      company_information: { offices: ['Testville'], state: 'X' },
      directors: [{ name: 'Ada', address: { town: 'Testville' } }],
    });
    assert.deepEqual(
      { fields, company, peopleGroups, fullData, notes },
      {
        fields: [],
        company: [field('state', 'State', 'X')],
        peopleGroups: [{ title: 'Directors', people: [{ name: 'Ada', fields: [] }] }],
        fullData: [
          leaf('FullData', 'none'),
          branch(
            'Address',
            leaf('street', 'Main Street'),
            branch('floors', leaf('0', '1'), leaf('1', '2')),
          ),
          branch('company_information.offices', leaf('0', 'Testville')),
          branch('directors[0].address', leaf('town', 'Testville')),
        ],
        notes: [],
      },
    );
  });

  it('leaves out what has a wrong type, and says so without its value', () => {
    assert.deepEqual(
      personalDetailsOf({
        IDNumberPreviouslyRegistered: 'perhaps',
        UserIDsOfPreviousRegistrants: ['user-2', 3, null, ['user-4']],
        company_information: 'Testville Ltd',
        directors: { name: 'Ada' },
        people: ['Ada', { name: ['Ada'], aliases: 'A.', pep: true, age: 41 }],
        no_of_persons_found: 'two',
        StrictMatch: true,
        Antifraud: {
          summary: [],
          SuspectUsers: ['user-5', { user_id: 6, reason: 'Same face' }],
          smile_secure: { ResultCode: 5211, ResultText: {}, SuspectUsers: 'none' },
        },
        kyb_receipt: ' ',
      }),
      {
        ...NOTHING,
        previousRegistrants: { registered: null, userIds: ['user-2', '3'] },
        aml: {
          personsFound: null,
          strictMatch: 'true',
          people: [
            {
              name: null,
              fields: [field('age', 'Age', '41')],
              aliases: [],
              datesOfBirth: [],
              nationalities: [],
              addresses: [],
              associations: [],
              pep: [leaf('pep', 'true')],
              sanctions: [],
              enforcementActions: [],
              newsSummary: [],
              adverseMedia: [],
            },
          ],
        },
        antifraud: {
          fraudDetected: null,
          sources: [],
          ...NO_RISK,
          suspects: [{ userId: '6', reasons: ['Same face'] }],
          code: '5211',
          text: null,
        },
        notes: [
          'company_information is text, not an object; it is left out.',
          'IDNumberPreviouslyRegistered is text, not true or false; it is left out.',
          'An entry of UserIDsOfPreviousRegistrants is an object, not text; it is left out.',
          'An entry of UserIDsOfPreviousRegistrants is a list, not text; it is left out.',
          'directors is an object, not a list; it is left out.',
          'An entry of people is text, not an object; it is left out.',
          'name is a list, not text; it is left out.',
          'no_of_persons_found is text, not a number; it is left out.',
          'aliases is text, not a list; it is left out.',
          'summary is a list, not an object; it is left out.',
          'SuspectUsers is text, not a list; it is left out.',
          'ResultText is an object, not text; it is left out.',
          'An entry of SuspectUsers is text, not an object; it is left out.',
          'user_id is a number, which loses leading zeros.',
        ],
      },
    );
  });

  it('finds the receipt of a business, and of a callback', () => {
    const link = 'https://portal.example/receipt?signature=1';
    for (const raw of [
      { kyb_receipt: link, kyc_receipt: '' },
      { result: { KYCReceipt: link, FullName: 'Ada' } },
      { KYCReceipt: link, FullName: 'Ada' },
    ]) {
      const { receipt, fields } = personalDetailsOf(raw);
      assert.deepEqual([receipt, fields.length], ['present', 'kyb_receipt' in raw ? 0 : 1]);
    }
  });

  it('replaces links in the middle of texts and in keys', () => {
    const { fullData } = personalDetailsOf({
      FullData: {
        note: 'See HTTPS://a.example/?signature=1 and\n//b.example/x, then http:\\c.example.',
        'https://d.example/?token=1': 'x',
      },
    });
    assert.deepEqual(fullData, [
      leaf('note', 'See [link] and [link] then [link]'),
      leaf('[link]', 'x'),
    ]);
  });

  it('contains no image as text, wherever it is in the response', () => {
    const image = base64Of('selfie');
    const size = `image, ${Math.ceil(Buffer.from(image, 'base64').length / 1024)} KB`;
    const { fields, fullData } = personalDetailsOf({
      Signature2: `data:image/webp;base64,${image}`,
      FullData: {
        plain: image,
        url: image.replaceAll('+', '-').replaceAll('/', '_'),
        lines: ` ${image.replace(/.{76}/g, '$&\r\n')}`,
        other: 'QUJD'.repeat(1024),
        number: '1'.repeat(30),
      },
    });
    assert.deepEqual(
      { fields, fullData },
      {
        fields: [field('Signature2', 'Signature 2', size)],
        fullData: [
          leaf('plain', size),
          leaf('url', size),
          leaf('lines', size),
          leaf('other', 'data, 3 KB'),
          leaf('number', '1'.repeat(30)),
        ],
      },
    );
  });

  it('ends at 2,000 entries, 20 levels and long texts, and says so', () => {
    const count = (nodes: readonly DetailNode[]): number =>
      nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);
    const depth = (nodes: readonly DetailNode[]): number =>
      nodes.reduce((most, { children }) => Math.max(most, 1 + depth(children)), 0);
    const wide = personalDetailsOf({
      FullName: 'Ada',
      FullData: Array.from({ length: 1500 }, () => ({ a: 1 })),
    });
    assert.deepEqual(
      [wide.fields.length, count(wide.fullData), wide.notes],
      [1, 1999, ['The response has more than 2,000 personal details; the rest is left out.']],
    );
    let nested: unknown = 'deep';
    for (let level = 0; level < 5000; level += 1) nested = { nested };
    const deep = personalDetailsOf({ FullData: nested, Address: nested });
    assert.deepEqual(
      [depth(deep.fullData), deep.notes],
      [20, ['Details nested deeper than 20 levels are left out.']],
    );
    const [long] = personalDetailsOf({ Address: 'long '.repeat(100_000) }).fields;
    assert.match(long?.value ?? '', /^(long ){99}long…$/);
  });

  it('never throws, whatever the JSON, and never contains a link', () => {
    const link = fc
      .tuple(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.string())
      .map((parts) => parts.join(''));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        link,
        link.map((text) => text.toUpperCase()),
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(link, fc.constantFrom(...KEYS)), tie('value'), { maxKeys: 6 }),
      ),
    }));
    const body = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...KEYS)), value);
    fc.assert(
      fc.property(body, (raw) => {
        const sent: unknown = JSON.parse(JSON.stringify(raw));
        assert.ok(isRaw(sent));
        assert.doesNotMatch(JSON.stringify(personalDetailsOf(sent)), LINK);
        assert.doesNotMatch(JSON.stringify(personalDetailsOf({ result: sent })), LINK);
      }),
      { numRuns: 300 },
    );
  });
});

const KEYS =
  'result FullName full_name DOB Address name FullData full_data Antifraud summary fraud_sources fraud_detected smile_secure SuspectUsers user_id reason reasons ResultCode ResultText IDNumberPreviouslyRegistered UserIDsOfPreviousRegistrants company_information directors beneficial_owners proprietors fiduciaries people aliases dates_of_birth nationalities addresses associations pep sanctions adverse_media no_of_persons_found StrictMatch documents search_certificate ImageLinks image_links kyc_receipt KYCReceipt kyb_receipt Photo Document __proto__ toString'.split(
    ' ',
  );
