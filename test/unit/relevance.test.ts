import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { allCodes } from '../../src/core/catalogue/catalogue';
import { codePlaceAt } from '../../src/core/codes/codePlace';
import { codesUsedIn } from '../../src/core/codes/codesIn';
import { findCodes, isOfSmile } from '../../src/core/codes/findCodes';
import { lintInSteps, type LintDocument } from '../../src/core/lint/run/lint';
import { Source } from '../../src/core/lint/source';
import { sdkFileOf } from '../../src/core/sdk/sdkFile';
import { jobLiterals } from '../../src/core/jobs/jobLiterals';
import { mayConcernSmile } from '../../src/core/text/mayConcernSmile';
import { Relevance } from '../../src/core/text/relevance';
import { resultOf } from '../support/steps';
import { snippets } from './codeCorpus';
import { snippetsOf } from './corpus';
import { corpus as linted } from './lintCorpus';

interface Text {
  readonly text: string;
  readonly languageId: string;
}

/** What decides for itself whether a text concerns Smile ID, and then has something to say about it. */
const READERS: Readonly<Record<string, (text: Text) => boolean>> = {
  sign: ({ text, languageId }) => new Relevance(text, languageId).strength !== 'none',
  code: ({ text, languageId }) => findCodes(text, languageId).length > 0,
  problem: ({ text, languageId }) =>
    resultOf(lintInSteps({ text, languageId, path: 'file' }, () => true)).findings.length > 0,
  job: ({ text }) => jobLiterals(text).length > 0,
  'package of an SDK': ({ text, languageId }) => sdkFileOf(text, languageId).namesSmile,
};

describe('Whether a text may concern Smile ID', () => {
  const texts: Text[] = [
    ...['snippets.txt', 'terms.txt', 'terms2.txt'].flatMap(snippetsOf),
    ...snippets.map(({ text, languageId }) => ({ languageId, text: text.replace(/[«»]/g, '') })),
    ...linted.map(({ document }) => document),
  ];
  const lines = texts.flatMap(({ text, languageId }) =>
    text.split('\n').map((line): Text => ({ text: line, languageId })),
  );

  for (const [name, reads] of Object.entries(READERS)) {
    it(`is never denied if there is a ${name}, even in a line alone`, () => {
      const found = [...texts, ...lines].filter(reads);
      assert.ok(found.length > 5, `only ${found.length}`);
      assert.deepEqual(
        found.filter(({ text }) => !mayConcernSmile(text)),
        [],
      );
    });
  }

  it('is denied for other code', () => {
    for (const text of [
      'const code = "0810"; if (response.code === 404) retry(job_id, user_id);',
      '{"status": "clear", "code": "2000", "message": "ok"}',
      'DATABASE_URL=postgres://localhost/app\nAPI_KEY=abc',
      '2026-01-01 12:00:00 ERROR 2203 connection refused, partner 0812',
    ]) {
      assert.equal(mayConcernSmile(text), false, text);
    }
  });
});

/** The codes that are found in a text, in its order. */
const codesIn = (languageId: string, text: string): string[] =>
  findCodes(text, languageId).map(({ code }) => code);
const strengthOf = (text: string, path = ''): string => new Relevance(text, '', path).strength;

describe('Whether a text concerns Smile ID', () => {
  it('is sure from its names, hosts and SDKs, from what only it sends, and from the path of a file', () => {
    const id = 'job_01m09kw0qbee7txsq7r0zg56f3';
    for (const text of [
      '// Smile ID',
      'SmileIdentity\\Client',
      "import { WebApi } from 'smile-identity-core';",
      'from smile_id_core import Signature',
      'https://api.smileidentity.com/v1/job_status',
      'https://api.usesmileid.com',
      'SMILE_API_KEY=',
      'smileid-partner-id: 0085',
      '{"SmileJobID": "7"}',
      'timestamp + partnerId + "sid_request"',
      'services:\n  smile:\n    partner: 7',
      `/v3/status/${id}`,
      '{"reason": "document_copy_detected"}',
      '{"product": "enhanced_kyc"}',
    ]) {
      assert.equal(strengthOf(text), 'sure', text);
    }
    assert.equal(strengthOf('const a = 1;', 'src/smile/codes.ts'), 'sure');
  });

  it('is open with two different signs that others may have, and not with one of them', () => {
    const signs = [
      "answer.ResultCode === '0811'",
      'body.job_success',
      'body.job_complete',
      'body.PartnerParams',
      '{"Actions": {}}',
      'client.getJobStatus(7)',
      'answer.IsFinalResult',
      'Actions.Liveness_Check',
      'const smile = load();',
    ];
    for (const one of signs) {
      assert.equal(strengthOf(one), 'none', one);
      assert.equal(strengthOf(`${one}\n${one}`), 'none', `${one} twice`);
      for (const other of signs) {
        if (one !== other) assert.equal(strengthOf(`${one}\n${other}`), 'maybe', `${one} ${other}`);
      }
    }
  });

  it('is denied for words that many have', () => {
    for (const text of [
      "data.code === '1012'",
      "const resultCode = '0810'; result_code = '0810'",
      '{"status": "block", "code": "2204", "error": "no"}',
      "import { Smile, SmilePlus } from 'lucide-react';",
      'She smiles: a smiley',
      '<Smile key={7} data-size="2" />',
      'const face = { smile: 1 }; if (body.job_success) show(face);',
      "ResultCode === '1032'",
      'kyc selfie job_type: 1',
    ]) {
      assert.equal(strengthOf(text), 'none', text);
    }
  });

  it('knows the result codes of jobs by their form, and none of M-Pesa', () => {
    const counts = (code: string): boolean =>
      strengthOf(`ResultCode: "${code}", job_success`) === 'maybe';
    const results = allCodes().filter(({ kind, api }) => kind === 'result' && api === 'v1');
    assert.deepEqual(
      results.map(({ code }) => code).filter((code) => !counts(code)),
      [],
    );
    assert.deepEqual(['1001', '1019', '1025', '1032', '1037', '2001', '2006'].filter(counts), []);
  });
});

describe('Codes of other services', () => {
  it('are none of Smile ID', () => {
    const texts: [languageId: string, text: string][] = [
      [
        'typescript',
        "if (failure.body.code === '1012') showLogin(); // our gateway: a second factor",
      ],
      ['json', '{ "head": { "resultCode": "0000", "resultMsg": "fine" }, "rows": [] }'],
      ['java', 'assertThat(sent.getResultCode()).isEqualTo("0000");'],
      ['php', 'enum PayoutResultCode: int { case BUSY = 2202; case LATE = 1032; }'],
      ['python', 'express = {"result_code": "4001", "message": "cancelled by user"}'],
      ['typescript', "switch (stkCallback.ResultCode) { case 1032: case 1037: return 'again'; }"],
      ['typescript', "const failed = { CheckoutRequestID: 'ws_1', ResultCode: '2001' };"],
      ['log', 'daraja ResultCode=1032 Request cancelled by user'],
    ];
    for (const [languageId, text] of texts) assert.deepEqual(codesIn(languageId, text), [], text);
  });

  it('are not offered where another service is handled', () => {
    const lines = [
      '# Daraja tells us how a payment ended. Nothing of Smile ID is done here.',
      'def payment_done(message):',
      '    request = message["CheckoutRequestID"]',
      '    result_code = message["ResultCode"]',
    ];
    const last = '    if result_code == "';
    const text = [...lines, last].join('\n');
    assert.ok(codePlaceAt(text, text.length, 'python'));
    const relevance = new Relevance(text, 'python');
    const place = { start: text.length, end: text.length };
    assert.equal(relevance.strengthAt(place.start), 'none');
    assert.equal(relevance.isResultCode(place), false);
  });

  it('do not hide those of Smile ID in another function or object of the file', () => {
    const texts: [languageId: string, text: string][] = [
      [
        'typescript',
        `import { WebApi } from 'smile-identity-core';
export async function payment(body: Body) {
  const { stkCallback } = body;
  switch (stkCallback.ResultCode) {
    case '1020':
      return 'late';
  }
}
export const identity = (smileResult: Result) => smileResult.ResultCode === '0810';
function onMpesaResult(r)
{
  if (r.resultCode === '1012') retry();
}`,
      ],
      [
        'python',
        `from smile_id_core import Signature

def on_mpesa(body):
    if body["stkCallback"]["Left"]:
        return body["result_code"] == "1012"

def on_smile_job(body):
    return body["result_code"] == "0810"
`,
      ],
      [
        'ruby',
        `def identity(smile_result)
  %w[0810].include?(smile_result['ResultCode'])
end

def mpesa(body)
  body['ResultCode'] == '1012' if body['CheckoutRequestID']
end
`.replace("body['ResultCode'] == '1012'", "body[:result_code] == '1012'"),
      ],
      [
        'json',
        '[{"SmileJobID": "7", "ResultCode": "0810"}, {"MerchantRequestID": "8", "resultCode": "1012"}]',
      ],
      [
        'yaml',
        `smile:
  approved_codes:
    - "0810"
mpesa:
  result_codes:
    - "1012"
`,
      ],
      ['log', 'smile_id ResultCode=0810\nmpesa result_code=1012\n'],
    ];
    for (const [languageId, text] of texts) {
      assert.deepEqual(codesIn(languageId, text), ['0810'], `${languageId}: ${text}`);
    }
  });

  it('are told apart by code before comments', () => {
    const text = (head: string, note: string): string =>
      `${head}\nfunction done(body) {\n  // ${note}\n  return body.code === '0810';\n}\n`;
    assert.deepEqual(codesIn('javascript', text('const smileId = 1;', 'not as with M-Pesa')), [
      '0810',
    ]);
    assert.deepEqual(codesIn('javascript', text('const mpesa = 1;', 'not as with Smile ID')), []);
    // nothing in code
    assert.deepEqual(codesIn('javascript', text('// Smile ID', 'M-Pesa')), []);
    assert.deepEqual(codesIn('javascript', text('// M-Pesa', 'Smile ID')), ['0810']);
  });
});

describe('A file that has nothing but ResultCode', () => {
  it('keeps its known codes in quotes, as key, in a comparison, in cases and in lists', () => {
    const texts: [languageId: string, text: string][] = [
      ['json', '{ "ResultCode": "0810" }'],
      ['php', "$row = ['ResultCode' => '0810'];"],
      ['typescript', "if (answer.ResultCode === '0810') open();"],
      ['typescript', "return '0810' === answer?.['ResultCode'];"],
      ['java', 'return "0810".equals(answer.getResultCode());'],
      ['python', 'done = body["ResultCode"] in ("0810", "0820")'],
      ['javascript', "switch (answer.ResultCode) {\n  case '0810':\n    open();\n}"],
      ['javascript', "const done = ['0810'].includes(answer.ResultCode);"],
      ['python', 'match body["ResultCode"]:\n    case "0810":\n        pass\n'],
      ['yaml', 'ResultCode: 0810'],
      ['log', 'answered with ResultCode=0810 in 90 ms'],
    ];
    for (const [languageId, text] of texts) {
      assert.equal(codesIn(languageId, text)[0], '0810', text);
    }
  });

  it('has no other codes', () => {
    const texts: [languageId: string, text: string][] = [
      ['json', '{ "ResultCode": "0899" }'],
      ['json', '{ "ResultCode": 1012 }'],
      ['typescript', "if (answer.resultCode === '0810') open();"],
      ['typescript', "use(answer.ResultCode);\nif (answer.code === '0810') open();"],
      ['typescript', "type MyResultCode = '0810';\nconst resultCode = '0811';"],
    ];
    for (const [languageId, text] of texts) assert.deepEqual(codesIn(languageId, text), [], text);
  });
});

describe('A line with a warning', () => {
  /** Where the hovers of a file are. */
  const hovers = ({ text, languageId, path }: LintDocument): ReadonlySet<number> => {
    const relevance = new Relevance(text, languageId, path);
    const codes = codesUsedIn(text, languageId).filter((span) => isOfSmile(span, relevance));
    return new Set(codes.map(({ start }) => start));
  };
  const agree = (document: LintDocument): void => {
    const hovered = hovers(document);
    const { text } = document;
    for (const { rule, start, end } of resultOf(lintInSteps(document, () => true)).findings) {
      // an ID of a partner is no code; a number that was given to a variable, and digits that are unknown in a list
      // of known codes, have no hover yet
      const hasNone = rule.endsWith('number') || rule === 'unknown-code';
      if (!/^\d{4}$/.test(text.slice(start, end)) || hasNone) continue;
      assert.ok(hovered.has(start), `${rule} at ${start} in ${text}`);
    }
    const source = Source.of(document);
    if (source === null) return;
    const checked = source.codes.map(({ start }) => start).filter((at) => source.isSureAt(at));
    const inCode = [...hovered].filter((at) => source.code.slice(at, at + 4).trim() !== '');
    assert.deepEqual(checked, inCode, text);
  };
  const documents: readonly LintDocument[] = [
    ...linted.map(({ document }) => document),
    ...snippets.map(({ text, languageId }) => ({
      text: text.replace(/[«»]/g, ''),
      languageId,
      path: 'smile/file',
    })),
    ...['snippets.txt', 'terms.txt', 'terms2.txt']
      .flatMap(snippetsOf)
      .map(({ text, languageId }) => ({ text, languageId, path: '' })),
  ];

  it('has a hover, and what has a hover is checked, all over the corpora', () => {
    for (const document of documents) agree(document);
  });

  it('has one in any mixture of them, also beside other services', () => {
    const languages = new Set(linted.map(({ document }) => document.languageId));
    const others = ['const mpesa = 1;', "f({ CheckoutRequestID: 'ws_1', ResultCode: '1032' });"];
    const mixed = fc.constantFrom(...languages).chain((languageId) => {
      const own = documents.filter((document) => document.languageId === languageId);
      const texts = [...own.map(({ text }) => text), ...others];
      return fc
        .array(fc.constantFrom(...texts), { minLength: 1, maxLength: 4 })
        .map((some): LintDocument => ({ text: some.join('\n\n'), languageId, path: 'smile/file' }));
    });
    fc.assert(fc.property(mixed, agree), { numRuns: 300 });
  });
});
