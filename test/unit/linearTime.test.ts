import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { explainAction, explainActionValue } from '../../src/core/catalogue/actions';
import {
  explain,
  halfOf,
  isEnvelopeCode,
  isKnownCode,
  isUnauthorizedCode,
  meaningsOf,
  productOf,
  productOfApiName,
  reasonMeaningsOf,
  statusMeaningOf,
} from '../../src/core/catalogue/catalogue';
import { codePage, unknownCodeReport } from '../../src/core/catalogue/codePage';
import { oneOf } from '../../src/core/catalogue/data';
import { describeCode } from '../../src/core/catalogue/describeCode';
import { isFieldName, spelledAlike } from '../../src/core/catalogue/fieldNames';
import { isKnownWord } from '../../src/core/catalogue/knownWords';
import { isOtherKey, strengthOf } from '../../src/core/codes/codeNames';
import { codePlaceAt } from '../../src/core/codes/codePlace';
import { codeVariables } from '../../src/core/codes/codeVariables';
import { codesUsedIn } from '../../src/core/codes/codesIn';
import { findCodes } from '../../src/core/codes/findCodes';
import { apiProductNear, apiStatusNear, jobTypeNear } from '../../src/core/codes/productNear';
import {
  isAction,
  isActionValue,
  isCommonAction,
  isJobType,
  isReason,
  isStatus,
} from '../../src/core/codes/terms';
import { codesIn, shortMeaning } from '../../src/core/catalogue/shortMeaning';
import { arms, double, joined, single } from '../../src/core/handlers/branches';
import { codeTokensIn } from '../../src/core/handlers/codeTokens';
import { withIndent } from '../../src/core/handlers/generateHandler';
import { foundAt, handlerAt } from '../../src/core/handlers/handlerAt';
import { handlerLanguageOf, insertMissing } from '../../src/core/handlers/missingCodes';
import { onlyProductOf, productsHandled } from '../../src/core/handlers/products';
import { productsWithAll } from '../../src/core/handlers/resultCodes';
import { lintInSteps } from '../../src/core/lint/run/lint';
import { withoutMeaning } from '../../src/core/report/advice';
import { adviceOnRefusal } from '../../src/core/report/failureAdvice';
import { shownValue } from '../../src/core/report/checks';
import { wordsOf } from '../../src/core/lint/nameWords';
import { plain } from '../../src/core/markdown';
import {
  harmless,
  isAbsent,
  isHarmlessText,
  isTypeId,
  placeIn,
  redactText,
  requestIdIn,
} from '../../src/core/redact';
import { detailText, detailTextIfAny, labelOf } from '../../src/core/report/detailReading';
import { sentTimeOf } from '../../src/core/report/timeWords';
import {
  boundedText,
  inert,
  shownIfAny,
  shownText,
  withoutMarks,
} from '../../src/core/harmlessText';
import { listLabels } from '../../src/core/report/listLabels';
import { mayBeSdkName } from '../../src/core/sdk/mayBeSdkName';
import { sdkFileOf } from '../../src/core/sdk/sdkFile';
import { sdkNameAt } from '../../src/core/sdk/sdkNameAt';
import { readNamedValuesSteps } from '../../src/core/credentials/namedValues';
import { isEnvironment, readName } from '../../src/core/credentials/credentialNames';
import {
  environmentOfFlag,
  environmentOfHost,
  hasFormOfKey,
} from '../../src/core/credentials/credentialValues';
import { findCredentialsSteps } from '../../src/core/credentials/findCredentials';
import { isSdkClass, parametersOf } from '../../src/core/credentials/sdkConstructors';
import { embeddedDataLabel, embeddedImageOf } from '../../src/core/smile/embeddedImages';
import {
  baseUrlOf,
  checkLocalUrl,
  environmentOfSidServer,
  parseUrl,
  v3BaseUrl,
  v3PartnerId,
} from '../../src/core/smile/environment';
import { checkImageUrl } from '../../src/core/smile/imageHosts';
import { isOwnEntry } from '../../src/core/smile/job';
import { jobLiterals, jobsOrPartsIn } from '../../src/core/jobs/jobLiterals';
import { jobNear } from '../../src/core/jobs/jobNear';
import { checkId } from '../../src/core/smile/jobRequest';
import { readLoose } from '../../src/core/smile/looseJson';
import { headersIn, withHeaders } from '../../src/core/smile/pastedHeaders';
import { piecesOf } from '../../src/core/smile/pastedPieces';
import { isSecKey, readSignature } from '../../src/core/smile/signatureForm';
import { spellingsOf } from '../../src/core/smile/signatureMistakes';
import {
  instantOf,
  otherForms,
  readTime,
  withMilliseconds,
} from '../../src/core/smile/writtenTime';
import { readPastedText } from '../../src/core/smile/pastedText';
import {
  QuotedText,
  isQuote,
  unescaped,
  unescapedOnce,
  withoutPartOfEscape,
} from '../../src/core/smile/quotedText';
import { checkTypedId, findJobId, findJobReference } from '../../src/core/jobs/jobReference';
import type { Unreadable } from '../../src/core/smile/outcome';
import { parseBody } from '../../src/core/smile/parseBody';
import {
  checkApiKey,
  checkNewProfile,
  checkPartnerId,
  checkProfileName,
} from '../../src/core/smile/profile';
import { profileLabel } from '../../src/core/smile/profileLabel';
import { mayBeResponse } from '../../src/core/smile/responseLikeness';
import { responseRanges } from '../../src/core/smile/responseRanges';
import { describeBody, keepText, kindOfBody } from '../../src/core/smile/responseBody';
import {
  compareSettingsFiles,
  fileName,
  isExample,
} from '../../src/core/credentials/settingsFileNames';
import { createdAtOf, isV3JobId } from '../../src/core/smile/typeId';
import { CodeTree } from '../../src/core/text/codeTree';
import { LANGUAGES, languageOf, languageOfPath } from '../../src/core/text/languages';
import { tokensOf, windowAround } from '../../src/core/text/lexer';
import { maskedText, silentRanges, withPlainLines } from '../../src/core/text/maskedText';
import { mayConcernSmile } from '../../src/core/text/mayConcernSmile';
import { bareName } from '../../src/core/text/names';
import { hasSign, namesOtherService } from '../../src/core/text/relevance';
import { findSignatures } from '../../src/core/webhooks/signatureParts';
import { assertLinear } from '../support/growth';
import { isOneJob, verdictOfStatus } from '../../src/core/smile/v3Response';
import { checkPublicAddress } from '../../src/core/webhooks/publicAddress';
import { checkEndpoint, isPrivateAddress } from '../../src/core/webhooks/endpointAddress';
import { contentOfText } from '../../src/core/webhooks/testWebhook';
import { inHeader, objectIn } from '../../src/core/webhooks/webhook';
import { ROOT } from '../support/root';
import { resultOf } from '../support/steps';

/** What is done to a text, in a language if that matters. */
interface Reading {
  readonly languages: readonly string[];
  /** In characters. If no more than a limit is read: a fifth of it, since four times as much may be tried. */
  readonly size: number;
  readonly read: (text: string, languageId: string) => unknown;
}

const SIZE = 20_000;
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

/** A handler that has the text in its first branch. */
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

/** One for each way of finding where a block ends. */
const WITH_BLOCKS = 'javascript python ruby';

/** The start of an object in a string. */
const ESCAPED = String.raw`"{\"ResultCode\": `;

let seen = 0;
/** What is remembered of a name would make the second lookup cost nothing. */
const unseen = (text: string): string => `${text}${(seen += 1)}`;

const UNREADABLE: Unreadable = {
  kind: 'unreadable',
  httpStatus: 200,
  contentType: null,
  excerpt: '',
  bodyKind: 'text',
  message: '',
  retryAt: null,
};

/** Every function of src/core that reads a text that is not ours; a test below fails when one is missing. */
const READINGS: Readonly<Record<string, Reading>> = {
  arms: anyLanguage((text) =>
    arms(single, text, text)([{ code: text, label: text, notes: [text] }], text),
  ),
  apiProductNear: anyLanguage((text) => apiProductNear(text, middle(text))),
  apiStatusNear: anyLanguage((text) => apiStatusNear(text, middle(text))),
  bareName: anyLanguage(bareName),
  baseUrlOf: anyLanguage((text) => baseUrlOf('local', text)),
  checkApiKey: anyLanguage(checkApiKey),
  checkId: anyLanguage((text) => checkId('job ID', text)),
  checkPublicAddress: anyLanguage((text) => [
    checkPublicAddress(text),
    checkPublicAddress(`https://${text}`),
  ]),
  checkEndpoint: anyLanguage((text) => [checkEndpoint(text), checkEndpoint(`http://${text}`)]),
  checkLocalUrl: anyLanguage(checkLocalUrl),
  checkTypedId: anyLanguage((text) => checkTypedId('job ID', text)),
  checkNewProfile: anyLanguage((text) =>
    checkNewProfile(
      { name: text, environment: 'local', partnerId: text, apiKey: text, url: text },
      [text],
    ),
  ),
  checkPartnerId: anyLanguage(checkPartnerId),
  checkImageUrl: anyLanguage((text) => checkImageUrl(text, 'local')),
  checkProfileName: anyLanguage((text) => checkProfileName(text, [])),
  codesUsedIn: inEach('javascript yaml', codesUsedIn),
  codePlaceAt: inEach('javascript yaml', (text, id) =>
    codePlaceAt(`${text}case '`, text.length + 6, id),
  ),
  codeVariables: inEach('java ruby', codeVariables),
  codeTokensIn: inEach(WITH_BLOCKS, (text, id) => {
    const language = languageOf(id);
    return language && codeTokensIn(new CodeTree(tokensOf(text, language), language), id);
  }),
  codePage: anyLanguage(codePage),
  codesIn: anyLanguage(codesIn),
  compareSettingsFiles: anyLanguage((text) => compareSettingsFiles(text, `${text}/.env`)),
  createdAtOf: anyLanguage((text) => createdAtOf(text)),
  contentOfText: anyLanguage((text) => [
    contentOfText(text, 'v1'),
    contentOfText(`{"a":${text}`, 'v1'),
  ]),
  double: anyLanguage(double),
  describeBody: anyLanguage((text) => describeBody(kindOfBody(text, false), text, text.length)),
  describeCode: anyLanguage((text) => describeCode(text)),
  detailText: anyLanguage(detailText),
  labelOf: anyLanguage(labelOf),
  detailTextIfAny: anyLanguage(detailTextIfAny),
  embeddedDataLabel: anyLanguage(embeddedDataLabel),
  embeddedImageOf: anyLanguage((text) => embeddedImageOf({ Photo: text }, 'Photo')),
  environmentOfSidServer: anyLanguage(environmentOfSidServer),
  explain: anyLanguage((text) => explain(text)),
  explainAction: anyLanguage(explainAction),
  explainActionValue: anyLanguage(explainActionValue),
  fileName: anyLanguage(fileName),
  findCodes: inEach('javascript python yaml', (text, id) => [
    findCodes(text, id),
    findCodes(`smileId daraja ${text}`, id),
  ]),
  findCredentialsSteps: inEach('.env settings.yaml app.ts setup.cfg', (text, path) =>
    resultOf(findCredentialsSteps(text, path)),
  ),
  environmentOfFlag: anyLanguage((text) => environmentOfFlag('sandbox', text)),
  environmentOfHost: anyLanguage(environmentOfHost),
  findJobId: anyLanguage(findJobId),
  hasFormOfKey: anyLanguage(hasFormOfKey),
  isEnvironment: anyLanguage(isEnvironment),
  isSdkClass: anyLanguage((text) => isSdkClass(text, true)),
  parametersOf: anyLanguage((text) => parametersOf('WebApi', [text, text, text, text])),
  readName: anyLanguage(readName),
  findJobReference: inEach('log javascript python', findJobReference),
  findSignatures: anyLanguage((text) => [
    findSignatures(text),
    findSignatures(`response-signature ${text}`),
    findSignatures(text.replaceAll(' ', 'signature=')),
    findSignatures(JSON.stringify({ timestamp: text, signature: 'abcd1234', text })),
  ]),
  foundAt: inEach('php kotlin', (text, id) => foundAt(text, middle(text), id)),
  halfOf: anyLanguage((text) => halfOf('biometric_kyc', text)),
  handlerAt: inEach(WITH_BLOCKS, (text, id) => handlerAt(text, middle(text), id)),
  handlerLanguageOf: anyLanguage(handlerLanguageOf),
  insertMissing: inEach(WITH_BLOCKS, readHandler),
  harmless: anyLanguage((text) => [
    harmless(text, text, 'response'),
    harmless('ResultText', text, 'response'),
    harmless(text, text, 'partner'),
    harmless(text, text, 'actions'),
  ]),
  headersIn: anyLanguage(headersIn),
  inert: anyLanguage(inert),
  instantOf: anyLanguage(instantOf),
  isAbsent: anyLanguage(isAbsent),
  isAction: anyLanguage(isAction),
  isActionValue: anyLanguage(isActionValue),
  isCommonAction: anyLanguage(isCommonAction),
  isEnvelopeCode: anyLanguage(isEnvelopeCode),
  isExample: anyLanguage(isExample),
  isFieldName: anyLanguage(isFieldName),
  hasSign: anyLanguage(hasSign),
  isHarmlessText: anyLanguage(isHarmlessText, 2000),
  isJobType: anyLanguage(isJobType),
  isKnownCode: anyLanguage(isKnownCode),
  isKnownWord: anyLanguage(isKnownWord),
  isOtherKey: anyLanguage((text) => isOtherKey(unseen(text))),
  onlyProductOf: anyLanguage((text) => onlyProductOf(text, middle(text), ['0810'])),
  productsHandled: anyLanguage((text) =>
    productsHandled(text, {
      start: middle(text),
      end: text.length,
      codes: ['0820', text],
      product: null,
    }),
  ),
  isOneJob: anyLanguage((text) => isOneJob(text, `${text}x`)),
  isOwnEntry: anyLanguage((text) => isOwnEntry({ jobId: text }, `${text}x`)),
  isReason: anyLanguage(isReason),
  isQuote: anyLanguage(isQuote),
  isSecKey: anyLanguage(isSecKey),
  isStatus: anyLanguage(isStatus),
  isUnauthorizedCode: anyLanguage(isUnauthorizedCode),
  inHeader: anyLanguage(inHeader),
  isPrivateAddress: anyLanguage((text) => [isPrivateAddress(text), isPrivateAddress(`::${text}`)]),
  isTypeId: anyLanguage(isTypeId),
  isV3JobId: anyLanguage(isV3JobId),
  joined: anyLanguage((text) =>
    joined(text, () => [text])([{ code: text, label: text, notes: [text] }], text),
  ),
  jobLiterals: inEach('json php python ruby', (text, id) => jobLiterals(`smile ${text}`, id)),
  jobNear: inEach('log javascript', (text, id) => jobNear(text, middle(text), id)),
  jobsOrPartsIn: inEach('yaml typescript', jobsOrPartsIn),
  jobTypeNear: anyLanguage((text) => jobTypeNear(text, middle(text))),
  keepText: anyLanguage((text) => keepText({ ...UNREADABLE }, text)),
  kindOfBody: anyLanguage((text) => kindOfBody(text, true)),
  lintInSteps: inEach(
    'javascript python php go yaml',
    (text, languageId) =>
      resultOf(lintInSteps({ text: OF_SMILE + text, languageId, path: '' }, () => true)).findings,
  ),
  maskedText: inEach('javascript python ruby', (text, id) => {
    const language = languageOf(id);
    if (!language) return null;
    return maskedText(text, silentRanges(tokensOf(text, language), language), () => 'x', true);
  }),
  mayBeSdkName: anyLanguage(mayBeSdkName),
  mayBeResponse: anyLanguage(mayBeResponse),
  meaningsOf: anyLanguage((text) => [meaningsOf('0001', undefined, text), meaningsOf(text)]),
  mayConcernSmile: anyLanguage(mayConcernSmile),
  namesOtherService: anyLanguage(namesOtherService),
  adviceOnRefusal: anyLanguage((text) =>
    adviceOnRefusal({ httpStatus: 409, message: text, retryAt: null }, null, true),
  ),
  oneOf: anyLanguage((text) => oneOf([`${text}x`, text], text)),
  parseBody: anyLanguage((text) => {
    const body = JSON.stringify({ [text]: text, text });
    return [
      parseBody(new TextEncoder().encode(body), body),
      parseBody(new TextEncoder().encode(text), text),
    ];
  }),
  placeIn: anyLanguage((text) => placeIn(text, 'response')),
  objectIn: anyLanguage((text) => [objectIn(text), objectIn(`{"a":${text}`)]),
  otherForms: anyLanguage((text) => [...otherForms(text)]),
  parseUrl: anyLanguage((text) => parseUrl(text)?.href),
  piecesOf: anyLanguage((text) => [[...piecesOf(text)], [...piecesOf(ESCAPED.repeat(2) + text)]]),
  plain: anyLanguage(plain),
  profileLabel: anyLanguage((text) => profileLabel({ name: text, partnerId: text }, text)),
  readNamedValuesSteps: inEach('.env settings.yaml app.ts setup.cfg', (text, path) =>
    resultOf(readNamedValuesSteps(text, path)),
  ),
  productOf: anyLanguage((text) => productOf(11, text)),
  productOfApiName: anyLanguage(productOfApiName),
  productsWithAll: anyLanguage((text) => productsWithAll([text, ...(text.match(/.{4}/gs) ?? [])])),
  reasonMeaningsOf: anyLanguage((text) => reasonMeaningsOf(text, null, text)),
  readLoose: anyLanguage((text) => [
    readLoose(text, new QuotedText(text), 0),
    readLoose(text, new QuotedText(text), 0, { isInside: true }),
    readLoose(`{a:${text}`, new QuotedText(`{a:${text}`), 0),
  ]),
  readPastedText: anyLanguage((text) => [
    readPastedText(text),
    readPastedText(JSON.stringify({ message: `{"ResultCode":${text}` })),
  ]),
  readSignature: anyLanguage(readSignature),
  readTime: anyLanguage(readTime),
  redactText: anyLanguage(redactText, 2000),
  requestIdIn: anyLanguage(requestIdIn),
  responseRanges: inEach('typescript log', (text, id) => responseRanges(`ResultCode ${text}`, id)),
  sdkFileOf: inEach('javascript python ruby php java', sdkFileOf),
  sdkNameAt: inEach(
    'javascript python ruby php java',
    (text, id) =>
      sdkNameAt(`${text}get_job_status(`, text.length + 3, id, () => sdkFileOf(text, id)),
    4000,
  ),
  listLabels: anyLanguage((text) => listLabels([[`1 to 4${text}`], [`1 to 5${text}`]])),
  single: anyLanguage(single),
  shortMeaning: anyLanguage((text) => shortMeaning(text)),
  shownIfAny: anyLanguage(shownIfAny),
  boundedText: anyLanguage(boundedText),
  sentTimeOf: anyLanguage((text) => sentTimeOf(text)),
  shownText: anyLanguage(shownText),
  shownValue: anyLanguage(shownValue),
  spelledAlike: anyLanguage(spelledAlike),
  spellingsOf: anyLanguage(spellingsOf),
  statusMeaningOf: anyLanguage(statusMeaningOf),
  strengthOf: anyLanguage((text) => strengthOf(unseen(text))),
  tokensOf: inEach(LANGUAGES.map(({ ids }) => ids[0] ?? '').join(' '), (text, id) => {
    const language = languageOf(id);
    return language && tokensOf(text, language);
  }),
  languageOfPath: anyLanguage((text) => [languageOfPath(text), languageOfPath(`${text}.env`)]),
  windowAround: anyLanguage((text) => windowAround(text, text.length - 1, text.length >> 2), 4000),
  unescaped: anyLanguage(unescaped),
  unescapedOnce: anyLanguage(unescapedOnce),
  unknownCodeReport: anyLanguage((text) => unknownCodeReport(text, null, '1')),
  withIndent: anyLanguage((text) => withIndent([text, `\t${text}`], text)),
  withHeaders: anyLanguage((text) => withHeaders({ 'user-id': text }, text)),
  withPlainLines: anyLanguage(withPlainLines),
  withoutMarks: anyLanguage(withoutMarks),
  withMilliseconds: anyLanguage((text) => [...withMilliseconds(text)]),
  withoutPartOfEscape: anyLanguage(withoutPartOfEscape),
  withoutMeaning: anyLanguage((text) =>
    withoutMeaning({ verdict: 'pending', api: 'v1', result: null }, text),
  ),
  v3BaseUrl: anyLanguage(v3BaseUrl),
  v3PartnerId: anyLanguage(v3PartnerId),
  verdictOfStatus: anyLanguage(verdictOfStatus),
  wordsOf: anyLanguage(wordsOf),
};

/** Other functions that take a text, and why no text of a file or a server gets there, or only a bounded one. */
const NOT_READ: Readonly<Record<string, string>> = {
  anyOf: 'patterns in our source',
  attemptReport: 'the name of a profile; bodies are cut when they are received',
  digitsAt: 'a step of codesUsedIn(), which is tested',
  fetchImage: 'asynchronous: its link goes through checkImageUrl(), which is tested',
  firstOf: 'the text says what is cut off, in our own words',
  languageOf: 'a language ID of VS Code',
  heredocForm: 'a word of at most 200 characters',
  ...Object.fromEntries(
    ['openingInCSharp', 'openingInPhp', 'openingInRuby', 'openingInShell', 'openingInSwift']
      .concat('operatorLength')
      .map((name) => [name, 'a step of tokensOf(), which is tested']),
  ),
  literal: 'writes a value that reached it as an ID, of at most 255 characters',
  inOrder: 'patterns in our source',
  jobKey: 'asynchronous: Web Crypto hashes IDs of 255 characters at most',
  matchesIn: 'a step of lintInSteps(), which is tested',
  eitherOf: 'a list of words in our source',
  notExpected: 'a name of a field, ours; the value is only tested',
  officialPage: 'sources of the catalogue',
  testPublicAddress: 'compares a response of 4 KB at most with our own reply',
  readJob: 'the texts are our own notes; bodies are tested in boundedReading.test.ts',
  ...Object.fromEntries(
    ['readAccepted', 'readFlatResult', 'readV2Result', 'readV3Result']
      .concat('readV3Status')
      .map((name) => [
        name,
        'the texts are our own notes; bodies are tested in boundedReading.test.ts',
      ]),
  ),
  sdkKey: 'names of the SDKs',
  codeOf: 'reads tokens and their tree, which is tested',
  sideOfEntry: 'a label of ours',
  sideOfJob: 'a label of ours',
  sign: 'asynchronous: Web Crypto hashes key, partner ID and time',
  textOf: 'keys and texts of ours',
  textsIn: 'keys and texts of ours',
  translated: 'keys and texts of ours',
  counterpartKey: 'codes of the catalogue',
  valueKey: 'values of the catalogue',
  variantKey: 'labels of the catalogue',
  verify: 'asynchronous: Web Crypto hashes key, partner ID and time',
  withImport: 'an import of ours; the text around it is tested with lintInSteps()',
  wholeWord: 'a list of words in our source',
  wordSet: 'lists of words in our source',
  words: 'lists of words in our source',
};

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
  ...[
    '{a:',
    '{a:1}',
    '{"a":"',
    "{a:u'x\n",
    "'x'y",
    '{\\"a\\": ',
    '{\\\\\\"a',
    '{""a"":',
    '{&quot;a&quot;',
    'Array (',
    'array(',
  ],
  ...[
    '[a] => b ',
    '[a] => b\n',
    'string(99999) "',
    '{["a"]=>string(9999) "x"',
    '{//',
    '{/*',
    '[//',
    'f(a=',
  ],
  ...[
    '// {"a":\n',
    '# {a: 1}\n',
    '{a:1,/*',
    '{a:[Object],',
    '...',
    'response-signature: ',
    '\n| {"a":',
  ],
  ...[
    '[ResultCode] => 0810\n(\n)',
    '“',
    '{“a”: “b”, ',
    "{'a': 'it's",
    ', {a:"x\n',
    '"a" + ',
    "'a'\n'b'",
  ],
  ...['public ', 'const a = (', 'createHmac(', 'startsWith(', 'new Date().toISOString() '],
  ...['apiKey = "', 'new WebApi(', '.update(', ".digest('hex') ", 'timestamp: new Date('],
  ...['[//\n', '[#\n', 'OrderedDict(//\n', 'Response-Signature: a=Job-ID:'],
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
  'functions of two services': repeated(
    'function f(stkCallback) { return ResultCode === "0810"; } // smileId\n',
  ),
  'codes in one literal': (length) => `["${repeated('0810 ')(length)}"]`,
  'a line of code that goes on': (length) => `if (code === '0810') {${repeated('a')(length)}`,
};

/** The exported functions of src/core that take a text, or several; by name, with the file if two have the same. */
function textFunctions(): string[] {
  const folder = join(ROOT, 'src/core');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
  const program = ts.createProgram(files, {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    resolveJsonModule: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const isText = (type: ts.Type): boolean =>
    type.isUnion()
      ? type.types.some(isText)
      : (type.flags & ts.TypeFlags.String) !== 0 ||
        (checker.isArrayType(type) &&
          checker.getTypeArguments(type as ts.TypeReference).some(isText));
  const found = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!source || !module) return [];
    return checker.getExportsOfModule(module).flatMap((exported) => {
      const { valueDeclaration } = exported;
      // what another file only passes on is found there
      if (valueDeclaration?.getSourceFile() !== source) return [];
      const takesText = checker
        .getTypeOfSymbol(exported)
        .getCallSignatures()
        .some(({ parameters }) =>
          parameters.some((parameter) => isText(checker.getTypeOfSymbol(parameter))),
        );
      return takesText ? [{ name: exported.name, file: relative(folder, file) }] : [];
    });
  });
  return found.map(({ name, file }) =>
    found.filter((other) => other.name === name).length > 1
      ? `${name} of ${file.split(sep).join('/')}`
      : name,
  );
}

describe('Time in proportion to the text', () => {
  for (const [name, { languages, size, read }] of Object.entries(READINGS)) {
    it(`is what ${name} takes, whatever the text repeats`, () => {
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

  it('is tested for every function that takes a text, except those that get our own words', () => {
    const found = textFunctions();
    assert.deepEqual(
      found.filter((name) => !(name in READINGS) && !(name in NOT_READ)),
      [],
    );
    // a function that no longer exists needs no reason
    assert.deepEqual(
      Object.keys(NOT_READ).filter((name) => !found.includes(name) || name in READINGS),
      [],
    );
  });
});
