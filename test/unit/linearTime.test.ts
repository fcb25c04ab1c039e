import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codePlaceAt } from '../../src/core/catalogue/scan/codePlace';
import { codeVariables } from '../../src/core/catalogue/scan/codeVariables';
import { codeAt, findCodes } from '../../src/core/catalogue/scan/findCodes';
import { jobTypeNear } from '../../src/core/catalogue/scan/jobTypeNear';
import { mentionIn } from '../../src/core/catalogue/scan/mention';
import { termAt } from '../../src/core/catalogue/scan/termAt';
import { foundAt, handlerAt } from '../../src/core/handlers/handlerAt';
import { insertMissing } from '../../src/core/handlers/missingCodes';
import { mask, syntaxOf } from '../../src/core/handlers/syntax';
import { lintInSteps } from '../../src/core/lint/lint';
import { isForSmile, speaksOfSmile } from '../../src/core/lint/speaksOfSmile';
import { plain } from '../../src/core/markdown';
import { isHarmlessText, redactText, requestIdIn } from '../../src/core/redact';
import { inert, shownIfAny, shownText, withoutMarks } from '../../src/core/shownText';
import { placeIn } from '../../src/core/sdk/place';
import { sdkFileOf, sdkLanguageOf, sdkOf } from '../../src/core/sdk/sdkFile';
import { sdkNameAt } from '../../src/core/sdk/sdkNameAt';
import { readAssignmentsSteps } from '../../src/core/smile/assignments';
import { findCredentialsSteps } from '../../src/core/smile/credentialsImport';
import { embeddedDataLabel } from '../../src/core/smile/embeddedPictures';
import { checkLocalUrl, checkPictureUrl } from '../../src/core/smile/environment';
import { jobLiterals } from '../../src/core/smile/jobLiterals';
import { findJobReference } from '../../src/core/smile/jobReference';
import { checkApiKey, checkPartnerId, checkProfileName } from '../../src/core/smile/profile';
import { describeBody, kindOfBody } from '../../src/core/smile/responseBody';
import { assertLinear } from '../support/growth';
import { ROOT } from '../support/root';
import { resultOf } from '../support/steps';

/** What is done to a text, in a language where that matters. */
interface Reading {
  readonly languages: readonly string[];
  /** In characters. Where no more than a limit is read: a fifth of it, since four times as much may be tried. */
  readonly size: number;
  readonly read: (text: string, languageId: string) => unknown;
}

const SIZE = 20_000;
/** Of handlers, for which more is done with each character. */
const HANDLED = 10_000;
const anyLanguage = (read: (text: string) => unknown, size = SIZE): Reading => ({
  languages: [''],
  size,
  read,
});
const inEach = (languages: string, read: Reading['read'], size = SIZE): Reading => ({
  languages: languages.split(' '),
  size,
  read,
});

const middle = (text: string): number => text.length >> 1;
const lines = (text: string) => (): readonly string[] => text.split('\n').reverse();
const mention = { smile: true, v3: true };

/** A handler that holds the text in its first branch. */
function handlerAround(text: string, languageId: string): string {
  switch (languageId) {
    case 'python':
      return `match result_code:\n    case "0810":\n        ${text}\n    case _:\n        pass\n`;
    case 'ruby':
      return `case result_code\nwhen '0810'\n  ${text}\nelse\n  skip\nend\n`;
    default:
      return `switch (resultCode) {\n  case '0810':\n    ${text}\n  default:\n    skip();\n}\n`;
  }
}

function readHandler(text: string, languageId: string): void {
  const handled = handlerAround(text, languageId);
  const handler = handlerAt(handled, handled.indexOf('0810'), languageId);
  if (handler) insertMissing(handled, handler, 'document_verification', languageId);
}

/** What makes the rules read all that they may read. */
const OF_SMILE = `smile sid_request sid_server job_success ResultCode v3
createHmac('sha256', key).update(timestamp).digest('hex');
`;

const WITH_SYNTAX = 'javascript python ruby php java csharp go kotlin';
/** One for each way of telling where a block ends. */
const WITH_BLOCKS = 'javascript python ruby';

/** Every function of src/core that reads a text of somebody else's; a test below knows when one is missing. */
const READINGS: Readonly<Record<string, Reading>> = {
  checkApiKey: anyLanguage(checkApiKey),
  checkLocalUrl: anyLanguage(checkLocalUrl),
  checkPartnerId: anyLanguage(checkPartnerId),
  checkPictureUrl: anyLanguage((text) => checkPictureUrl(text, 'local')),
  checkProfileName: anyLanguage((text) => checkProfileName(text, [])),
  codeAt: inEach('javascript yaml', (text, id) => [
    codeAt(text, middle(text), () => [], id),
    codeAt("  case '0810'", 9, lines(text), id),
  ]),
  codePlaceAt: inEach('javascript yaml', (text, id) =>
    codePlaceAt(`${text}case '`, text.length + 6, lines(text), id),
  ),
  codeVariables: inEach('java ruby', codeVariables),
  describeBody: anyLanguage((text) => describeBody(kindOfBody(text, false), text, text.length)),
  embeddedDataLabel: anyLanguage(embeddedDataLabel),
  findCodes: inEach('javascript yaml', findCodes),
  findCredentialsSteps: inEach('.env settings.yaml app.ts setup.cfg', (text, path) =>
    resultOf(findCredentialsSteps(text, path)),
  ),
  findJobReference: anyLanguage(findJobReference),
  foundAt: inEach('php kotlin', (text, id) => foundAt(text, middle(text), id), HANDLED),
  handlerAt: inEach(WITH_BLOCKS, (text, id) => handlerAt(text, middle(text), id), HANDLED),
  insertMissing: inEach(WITH_BLOCKS, readHandler, HANDLED),
  inert: anyLanguage(inert),
  isForSmile: anyLanguage((text) => isForSmile(text, '')),
  isHarmlessText: anyLanguage(isHarmlessText, 2000),
  jobLiterals: anyLanguage((text) => jobLiterals(`smile ${text}`)),
  jobTypeNear: anyLanguage((text) => jobTypeNear(text, middle(text))),
  kindOfBody: anyLanguage((text) => kindOfBody(text, true)),
  lintInSteps: inEach(
    'javascript python php go yaml',
    (text, languageId) =>
      resultOf(lintInSteps({ text: OF_SMILE + text, languageId, path: '' }, () => true)).findings,
  ),
  mask: inEach(WITH_SYNTAX, (text, id) => {
    const syntax = syntaxOf(id);
    return syntax && mask(text, syntax);
  }),
  mentionIn: anyLanguage(mentionIn),
  placeIn: inEach('javascript python ruby php java', (text, id) => {
    const language = sdkLanguageOf(id);
    return language && placeIn(text, text.length, language);
  }),
  plain: anyLanguage(plain),
  readAssignmentsSteps: inEach('.env settings.yaml app.ts setup.cfg', (text, path) =>
    resultOf(readAssignmentsSteps(text, path)),
  ),
  redactText: anyLanguage(redactText, 2000),
  requestIdIn: anyLanguage(requestIdIn),
  sdkFileOf: inEach('javascript python ruby php java', sdkFileOf),
  sdkNameAt: inEach(
    'javascript python ruby php java',
    (text, id) =>
      sdkNameAt(`${text}get_job_status(`, text.length + 3, id, () => sdkFileOf(text, id)),
    4000,
  ),
  shownIfAny: anyLanguage(shownIfAny),
  shownText: anyLanguage(shownText),
  sdkOf: inEach('javascript python ruby php java', sdkOf),
  speaksOfSmile: anyLanguage((text) => speaksOfSmile(text, '')),
  termAt: inEach('javascript yaml log', (text, id) => [
    termAt(
      text,
      middle(text),
      () => [],
      () => [],
      () => mention,
      id,
    ),
    termAt("  status: 'block'", 12, lines(text), lines(text), () => mention, id),
  ]),
  withoutMarks: anyLanguage(withoutMarks),
};

/** Steps of others: resultOf(lintInSteps()).findings and findCodes(). */
const PARTS = ['matchesIn', 'digitsAt'];

/** Repeated, these have made something slow, or may. */
const PIECES = [
  ...['"', '\\"', '\\" ', "'", "\\'", '`', '\\`', '"""', '/*', '//', '#', '/', '(/', '/['],
  ...['${', '`${', '"#{', '(', '[', '{', '(}', '{ } ', '(a)', 'a(b) ', 'a', 'a ', 'a.', 'a-', '-a'],
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\u2028',
    '\u2029',
    '\0',
    '\\',
    '=',
    ': ',
    '=> ',
    ',',
    ';',
    '?a',
    'a@b',
  ],
  ...[
    'case ',
    'case x: ',
    'when ',
    'when x, \n',
    'if (',
    'if x\n  y\n',
    'switch (x) { ',
    'match x:\n',
  ],
  ...['if (+%\u2028', 'if (+%\r', 'public \u2028', 'case x\r', 'case x\nwhen ', 'x => ', 'a\u2028'],
  ...['"0810", ', '"0810" => ', "case '0810': ", 'case "0810" ', "if (code === '0810') ", '<a '],
  ...['["0811", "0812"], ', 'approvedCodes = ["0811"]; ', 'if (code === "0811") { approve(); } '],
  ...[
    'resultCode = ',
    'resultCode.',
    '"user_id": ',
    "user_id: '\\'",
    'get_job_status("',
    'partner_id: ',
    '{"a":',
  ],
  ...[
    'switch (code) {\n',
    "if (code === '0810') {\n",
    'if x == "0810"\n  y\nend\n',
    'ResultCode === ',
  ],
  ...['public ', 'const a = (', 'createHmac(', 'startsWith(', 'new Date().toISOString() '],
  ...['apiKey = "', 'new WebApi(', '.update(', ".digest('hex') ", 'timestamp: new Date('],
  ...['job_success ', 'job_type: 6 {', '0810 ', '"error": ', 'from smile-identity-core ', '_'],
];
const repeated = (piece: string) => (length: number) =>
  piece.repeat(Math.max(1, Math.floor(length / piece.length)));
const nested =
  (open: string, close: string, inner = '"0810"') =>
  (length: number): string => {
    const depth = Math.floor(length / (open.length + close.length));
    return open.repeat(depth) + inner + close.repeat(depth);
  };

const TEXTS: Readonly<Record<string, (length: number) => string>> = {
  ...Object.fromEntries(PIECES.map((piece) => [JSON.stringify(piece), repeated(piece)])),
  'brackets in brackets': nested('[', ']'),
  'objects in objects': nested('{a:', '}'),
  'lists in lists, each on its line': nested('["0810",\n', ']'),
  'switches in switches': nested('switch (code) { case "0810": ', '}'),
  'blocks in blocks': nested('{\n', ';\n}', 'return 1'),
  'codes in one literal': (length) => `["${repeated('0810 ')(length)}"]`,
  'a line of code that goes on': (length) => `if (code === '0810') {${repeated('a')(length)}`,
};

/** The functions of src/core whose first parameter is a text, or a line of one. */
function textFunctions(): string[] {
  const folder = join(ROOT, 'src/core');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const found = source.matchAll(
        /^export (?:async )?(?:function\*? |const )(\w+)(?: = )?\(\s*(?:text|line): string/gm,
      );
      return Array.from(found, ([, name = '']) => name);
    });
}

describe('Time in proportion to the text', () => {
  for (const [name, { languages, size, read }] of Object.entries(READINGS)) {
    it(`is what ${name} takes, whatever is repeated in the text`, () => {
      for (const language of languages) {
        for (const [what, input] of Object.entries(TEXTS)) {
          assertLinear({
            what: `${name} of ${what}${language && ` in ${language}`}`,
            size,
            input,
            run: (text) => read(text, language),
          });
        }
      }
    });
  }

  it('is tested for every function that takes a text', () => {
    const tested = [...Object.keys(READINGS), ...PARTS];
    assert.deepEqual(
      textFunctions().filter((name) => !tested.includes(name)),
      [],
    );
  });
});
