import assert from 'node:assert/strict';
import { explainAction, explainActionValue } from '../../src/core/catalogue/actions';
import {
  allCodes,
  errorNote,
  explain,
  halfOf,
  isKnownCode,
  isUnauthorizedCode,
  meaningsOf,
  officialPage,
  productLabel,
  productOf,
  productOfApiName,
  scopeLabel,
} from '../../src/core/catalogue/catalogue';
import jobTypeData from '../../src/core/catalogue/jobTypes.json';
import schemaData from '../../src/core/catalogue/jobTypes.schema.json';
import { PRODUCTS, type CodeScope } from '../../src/core/catalogue/types';

describe('The catalogue', () => {
  it('gives every code a meaning, a next step, a certainty and a source that is written out', () => {
    for (const entry of allCodes()) {
      const name = `${entry.code} ${entry.products.join()}`;
      assert.ok(entry.meaning.endsWith('.') && entry.nextStep.endsWith('.'), name);
      assert.ok(entry.sources.length > 0, name);
      for (const source of entry.sources) assert.match(source, / |^https:/, name);
      assert.match(entry.code, entry.kind === 'result' ? /^\d{4}$/ : /^(?:\d{4}|[a-z_]+)$/);
    }
  });

  it('has a label or words of the text to recognize every variant by', () => {
    for (const { code, products, variants } of allCodes()) {
      for (const { text, altTexts, phrases } of variants) {
        const [sample] = [text, ...altTexts, ...phrases].filter((label) => label !== null);
        assert.ok(sample !== undefined, code);
        const [product] = products;
        const [meaning, ...others] = meaningsOf(code, product, `${sample}.`.toUpperCase());
        assert.deepEqual(
          { text: meaning?.text, left: meaning?.variants, others },
          { text, left: [], others: [] },
          `${code}: ${sample}`,
        );
      }
    }
  });

  it('has one entry for a code and a product, and of a reason of API v3 one for each status', () => {
    const seen = allCodes().flatMap(({ code, kind, status, products }) =>
      products
        .filter((product) => kind !== 'reason' || product !== 'v3')
        .map((product) => [code, kind, product, status].join(' ')),
    );
    assert.deepEqual(
      seen.filter((entry, at) => seen.indexOf(entry) !== at),
      [],
    );
  });

  it('has its products in one list, and the schema of the job types has the same', () => {
    const { product } = schemaData.properties.products.items.properties;
    assert.deepEqual(
      [jobTypeData.products.map((entry) => entry.product), product.enum],
      [PRODUCTS, PRODUCTS],
    );
  });

  it('does not contain what was only inferred, nor the stubs of SDK tests', () => {
    assert.deepEqual(
      {
        documents0813: explain('0813', 'document_verification'),
        business1013: explain('1013', 'business_verification'),
        codes: ['0000', '1010', '1011', '2428', '2010', '2020', '2098', '2206'].filter(isKnownCode),
        keys: ['Names', 'ID_Verification'].map(explainAction),
        value: explainActionValue('Not Listed'),
      },
      { documents0813: [], business1013: [], codes: [], keys: [null, null], value: null },
    );
  });

  it('says what the official pages say if older tables say something else', () => {
    const said = (code: string, product: CodeScope, text?: string) =>
      meaningsOf(code, product, text).map(({ outcome, category, meaning, lifecycle, ...rest }) =>
        [outcome, category, lifecycle, rest.text, meaning].join(' | '),
      );
    assert.deepEqual(
      [
        ...said('0841', 'smartselfie_registration'),
        ...said('0841', 'smartselfie_compare'),
        ...said('0812', 'biometric_kyc'),
        ...said('0816', 'document_verification'),
        ...said('0822', 'smartselfie_authentication'),
        ...said('0823', 'smartselfie_authentication'),
        ...said('0824', 'smartselfie_authentication'),
        ...said('0844', 'smartselfie_registration'),
        ...said('0842', 'smartselfie_registration'),
        ...said('1014', 'enhanced_document_verification'),
        ...said('1023', 'basic_kyc'),
        ...said('1023', 'aml_check'),
        ...said('2209', 'smartselfie_compare'),
        ...said('2214', 'all'),
        ...said('2221', 'web_token'),
        ...said('2304', 'job_status'),
      ],
      [
        'rejected | Rejected | current | Failed Enroll / FAIL - Possible Spoof - Machine Judgement | The machine rejected the registration because of a possible fraud attempt with the selfie (a spoof).',
        'rejected | Rejected | current | No Match - - No Face Match | The two images show different people.',
        'provisional |  | current | Machine Judgement - Pure Provisional | The faces were approved provisionally, but the ID check failed or returned no data.',
        'rejected | Rejected | current | Unable to Verify Document - Unsupported Document | This kind of document is not supported for KYC, such as a carry permit, a hunting permit, a sex offender ID or a SIM card.',
        'provisional | Provisionally Approved | current | Machine Judgement - PURE PROVISIONAL | The comparison passed only provisionally.',
        'rejected | Rejected | deprecated | Failed Authentication / Machine Judgement - FAIL - Possible Spoof | The machine suspects a spoof. Smile ID marks this code as deprecated.',
        'pending | Under Review | current | Machine Judgement - PROVISIONAL - Possible Spoof | The machine suspects a spoof, and the attempt is under review.',
        'pending | Suspected for spoof and sent to document reviewer for final decision | current | PROVISIONAL - Possible Spoof - Machine Judgement | The machine suspects a spoof and sent the job to a reviewer, who decides.',
        'provisional |  | old |  | The registration passed only provisionally and is being reviewed.',
        'rejected | Rejected | current | Unsupported ID Type | The country or the ID type in info.json is not supported.',
        'rejected |  | current | Not Found | The authority has no matching record. The request is not charged.',
        'attention |  | current |  | Potential matches were found.',
        'error |  | current | Error - User is already enrolled | The user_id is already taken: a user is enrolled under it.',
        'error |  | current | Error - Product not activated for this account | This product is not activated for the account.',
        'error |  | current | Error - Invalid token | The token of a Web SDK job is not valid.',
        'error |  | current | Job not found | There is no job with this user_id and job_id in this environment.',
      ],
    );
  });

  it('reads a code with its text if the text says what it means', () => {
    const read = (code: string, product: CodeScope, text: string) => {
      const [first, ...others] = meaningsOf(code, product, text);
      assert.deepEqual(others, []);
      return [first?.outcome, first?.decidedBy, first?.meaning];
    };
    const documents = 'document_verification';
    assert.deepEqual(
      {
        expired: read('0817', documents, 'Approved with Attention - Document is Expired'),
        copy: read('0817', documents, 'approved with attention: photocopied document'),
        systemError: read('0001', documents, 'System Error'),
        invalid: read('0001', documents, 'Data Invalid'),
        failing: read('0001', documents, 'Error - System Error, please retry'),
        faces: read('0841', 'smartselfie_registration', 'Failed Enroll - No Face Match'),
        zip: read('0001', 'smartselfie_registration', 'Data Invalid - Unable to extract zip file'),
        review: read(
          '0811',
          documents,
          'Unable to Verify Document After Human Review - Wrong Document Type',
        ),
        liveness: read('0811', documents, 'Unable to Verify Document - Failed Liveness Check'),
        security: read(
          '0812',
          documents,
          'Unable to Verify Document - Failed Security Features Check',
        ),
        spoof: read(
          '0821',
          'smartselfie_authentication',
          'Failed Authentication - Possible Spoof Detected',
        ),
        mismatch: read('0821', 'smartselfie_authentication', 'Failed Authentication'),
        sandbox: read(
          '1014',
          'enhanced_kyc',
          'Unable to validate ID - Unsupported ID number format - only test data may be used in the sandbox',
        ),
        idType: read('1014', 'biometric_kyc', 'Unable to validate ID - Unsupported ID type'),
        identical: read(
          '0941',
          'smartselfie_compare',
          'No Match - The compared images are identical.',
        ),
        reviewed: read('0810', documents, 'Document Verified After Human Review'),
      },
      {
        expired: [
          'attention',
          'machine or human',
          'No security check failed, but the document is past its expiry date.',
        ],
        copy: [
          'attention',
          'machine or human',
          'No security check failed, but the document appears photocopied, scanned or grayscale.',
        ],
        systemError: [
          'error',
          null,
          "Something failed on Smile ID's side. This says nothing about the user.",
        ],
        failing: [
          'error',
          null,
          "Something failed on Smile ID's side. This says nothing about the user.",
        ],
        faces: [
          'rejected',
          'machine',
          'The text says that the faces did not match; older tables read 0841 so. The official page says possible spoof.',
        ],
        invalid: [
          'rejected',
          null,
          'The uploaded zip could not be opened, so nothing in it was examined.',
        ],
        zip: [
          'error',
          null,
          'The uploaded zip could not be opened, so nothing in it was examined.',
        ],
        review: [
          'rejected',
          'human',
          'A reviewer found that the document is not of the type that was submitted.',
        ],
        liveness: ['rejected', 'machine or human', 'The liveness check failed.'],
        security: [
          'rejected',
          'machine or human',
          'The document failed the check of its security features.',
        ],
        spoof: [
          'rejected',
          'machine',
          'The machine suspects a spoof (a print, a screen or a mask). Integrators receive this text with 0821.',
        ],
        mismatch: ['rejected', 'machine', 'The selfie does not match the enrolled user.'],
        sandbox: [
          'error',
          null,
          'The sandbox accepts only the published test numbers. Nothing was looked up.',
        ],
        idType: [
          'error',
          null,
          'This ID type is not supported for the country. Nothing was looked up.',
        ],
        identical: ['rejected', 'machine', 'The two images are identical or the same image.'],
        reviewed: [
          'approved',
          'human',
          'A reviewer confirmed the document and that the selfie belongs to its holder. The code stays 0810, and the check Document_Check may still say "Sent to Human Review".',
        ],
      },
    );
  });

  it('says about a result code only what is true for its own products', () => {
    const foreign: string[] = [];
    for (const { code, kind, products, meaning, nextStep, conflict, variants } of allCodes()) {
      if (kind !== 'result') continue;
      const said = [
        meaning,
        nextStep,
        conflict,
        ...variants.flatMap((one) => [one.meaning, one.nextStep]),
      ].join(' ');
      for (const { product, label } of jobTypeData.products) {
        const isOwn = products.some((own) => scopeLabel(own).includes(label));
        if (!isOwn && said.includes(label)) foreign.push(`${code} ${products.join()}: ${product}`);
      }
      if (/job types? \d/.test(said)) foreign.push(`${code}: a job type`);
    }
    assert.deepEqual(foreign, []);
  });

  it('keeps every variant if the text is missing or names none', () => {
    const variants = (text?: string) =>
      meaningsOf('0817', 'document_verification', text).map(({ variants: all }) => all.length);
    assert.deepEqual([variants(), variants(''), variants('Something new')], [[2], [2], [2]]);
  });

  it('explains 23xx and 24xx by their sibling of 22xx, unless they have an entry', () => {
    const read = (code: string) =>
      explain(code).map(({ text, products, certainty, conflict }) => ({
        text,
        products,
        certainty,
        conflict,
      }));
    assert.deepEqual(read('2408'), [
      {
        text: 'Error - Enrolled user was deleted from the system',
        products: ['all'],
        certainty: 'by the prefix rule',
        conflict:
          'No table lists 2408. It is explained as 2208: Smile ID says that the prefix of error codes may also be 23 or 24.',
      },
    ]);
    assert.equal(explain('2307')[0]?.certainty, 'documented');
    // 2202 and 2302 are both a success, of different requests; 2206 has no meaning
    assert.deepEqual(['2402', '2306', '2508', '1308'].filter(isKnownCode), []);
    assert.deepEqual(
      ['2204', '2205', '2305', '2405', '2404', '2304', '0810'].map(isUnauthorizedCode),
      [true, true, true, true, true, false, false],
    );
  });

  it('says about errors that their jobs are not in the portal', () => {
    assert.deepEqual(
      ['2215', '0810', 'payload_too_large'].map((code) => explain(code).map(errorNote)),
      [
        [
          'Smile ID says that submissions that fail with an error code do not appear in the portal and have no SmileJobID.',
        ],
        [null, null],
        [null],
      ],
    );
  });

  it('distinguishes the halves of Biometric KYC', () => {
    assert.deepEqual(
      [
        halfOf('biometric_kyc', '1012'),
        halfOf('biometric_kyc', '1013'),
        halfOf('biometric_kyc', '0810'),
        halfOf('enhanced_kyc', '1012'),
      ],
      [
        { half: 'id', idFound: true },
        { half: 'id', idFound: false },
        { half: 'selfie', idFound: false },
        null,
      ],
    );
    assert.deepEqual(
      [explain('1012', 'biometric_kyc'), explain('1012', 'enhanced_kyc')].map(
        ([one]) => one?.outcome,
      ),
      ['pending', 'approved'],
    );
  });

  it('explains the same code differently for each product', () => {
    const outcome = (product: 'biometric_kyc' | 'document_verification') =>
      explain('0812', product).map((meaning) => meaning.outcome);
    assert.deepEqual(
      [outcome('biometric_kyc'), outcome('document_verification')],
      [['provisional'], ['rejected']],
    );
    assert.equal(explain('0812').length, 2);
  });

  it('returns errors of all requests for every product, and nothing for an unknown code', () => {
    assert.deepEqual(explain('2205', 'basic_kyc'), explain('2205'));
    assert.deepEqual([explain('9999'), explain('810'), explain('')], [[], [], []]);
  });

  it('returns a code with all its fields', () => {
    assert.deepEqual(explain(' 0820 '), [
      {
        code: '0820',
        kind: 'result',
        text: 'Authenticate User / Machine Judgement - PASS',
        altTexts: ['Authenticated'],
        products: ['smartselfie_authentication'],
        outcome: 'approved',
        category: 'Approved',
        meaning: 'The machine matched the selfie with the enrolled one.',
        nextStep: 'Let the user in.',
        resubmit: null,
        status: null,
        variants: [],
        certainty: 'documented',
        lifecycle: 'current',
        conflict: null,
        decidedBy: 'machine',
        unauthorized: false,
        api: 'v1',
        checked: '2026-11',
        sources: [
          'third-party copy of official product pages (2025-09)',
          'https://docs.usesmileid.com/further-reading/result-codes',
          'https://docs.smileidentity.com/results/result-and-error-codes',
          'third-party copy of the official result codes page (2025-11)',
          'third-party copy of older official tables (job types 2 and 4)',
          'third-party copy of the official result codes page (2026-05)',
        ],
      },
    ]);
  });

  it('names the product of a job type; Basic and Enhanced KYC share 5, and the code decides', () => {
    assert.deepEqual(
      [1, 2, 4, 6, 7, 11, 15, 3, 99].map((jobType) => productOf(jobType, null)),
      [
        'biometric_kyc',
        'smartselfie_authentication',
        'smartselfie_registration',
        'document_verification',
        'business_verification',
        'enhanced_document_verification',
        'one_time_aml',
        null,
        null,
      ],
    );
    assert.deepEqual(
      ['1012', '1020', '0810', null].map((code) => productOf(5, code)),
      ['enhanced_kyc', 'basic_kyc', null, null],
    );
    assert.deepEqual(
      [productLabel('biometric_kyc'), scopeLabel('all'), scopeLabel('v3')],
      ['Biometric KYC', 'All requests', 'API v3'],
    );
  });

  it('knows products by the names of API v3, and no other names', () => {
    const names = [
      'biometric_kyc',
      'smart_selfie_authentication',
      'smart_selfie_registration',
      'smart_selfie_compare',
      'enhanced_kyc',
      'basic_kyc',
      'document_verification',
      'enhanced_document_verification',
      'residency_document_verification',
      'one_time_aml',
      'aml_monitoring',
      'aml_monitoring_update',
      'aml_monitoring_news',
      'address_verification',
      'phone_number_verification',
    ];
    assert.deepEqual(names.map(productOfApiName), [
      'biometric_kyc',
      'smartselfie_authentication',
      'smartselfie_registration',
      'smartselfie_compare',
      'enhanced_kyc',
      'basic_kyc',
      'document_verification',
      'enhanced_document_verification',
      'residency_document_verification',
      'one_time_aml',
      'aml_monitoring',
      'aml_monitoring',
      'aml_monitoring',
      'address_verification',
      'phone_number_verification',
    ]);
    assert.deepEqual(
      jobTypeData.products.flatMap(({ apiNames }) => apiNames?.split(' ') ?? []),
      names,
    );
    for (const name of ['smartselfie_compare', 'aml', 'aml_check', 'Enhanced_KYC', '', 'toString'])
      assert.equal(productOfApiName(name), null, name);
  });

  it('explains actions, and their values in any case', () => {
    assert.equal(explainAction('Liveness_Check')?.label, 'Liveness check');
    assert.equal(explainAction('New_Check'), null);
    assert.equal(explainActionValue(' unable to determine')?.class, 'inconclusive');
    assert.equal(explainActionValue('Something'), null);
  });

  it('finds the official page among sources', () => {
    assert.equal(
      officialPage([
        'third-party copy',
        'https://smileidentity.com.evil.example/x',
        'https://docs.usesmileid.com/a (part)',
      ]),
      'https://docs.usesmileid.com/a',
    );
    assert.equal(officialPage(['third-party copy']), null);
  });
});
