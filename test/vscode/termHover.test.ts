import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSmile } from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';

/** The marked word, and how its hover begins. */
const WORDS: readonly (readonly [language: string, text: string, begins: string])[] = [
  [
    'javascript',
    "// Smile ID\nif (Actions.«Liveness_Check» === 'Passed') next();",
    '**Liveness check · action**\n\nWhether',
  ],
  [
    'javascript',
    "// Smile ID\nif (Actions.Liveness_Check === '«Passed»') next();",
    '**Passed · value of an action**\n\n',
  ],
  ['python', '# Smile ID\nparams = {"job_type": «11»}', '**Job type 11**\n\nEnhanced Document'],
  [
    'python',
    '# Smile ID\nparams = {"job_type": «2»}',
    '**Job type 2**\n\nSmartSelfie Authentication\n\nJava before mid-2023 and Ruby before 2.1.1 had 2 and 4 swapped.\n\nIn API v3, for SmartSelfie Authentication: POST /v3/authentication.',
  ],
  ['ruby', '# Smile ID\nparams = { job_type: «5» }', '**Job type 5**\n\nEnhanced KYC, Basic KYC'],
  ['json', '{"Actions":{"«DOB»":"No Match"},"ResultCode":"1020"}', '**'],
  [
    'json',
    '{"status":"«block»","job_id":"job_01h455vb4pex5vsknk084sn02q"}',
    '$(error) **block Rejected** · API v3',
  ],
  [
    'json',
    '{"status":"attention","reason":"«age_requirement_not_met»","product":"document_verification"}',
    '$(warning) **age_requirement_not_met Needs attention** · Document Verification\n\n',
  ],
  [
    'javascript',
    "// Smile ID v3\nif (event.reason === '«age_requirement_not_met»') next();",
    '$(warning) **age_requirement_not_met Needs attention** · Document Verification, Enhanced',
  ],
  ['log', 'smile-id submitted job_id=j job_type=«6» took 1 ms', '**Job type 6**\n\nDocument Ver'],
];

const plain = (markdown: string): string =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .replace(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([^a-z\d\s])/gi, '$1');

async function hoversOn(
  language: string,
  marked: string,
): Promise<{ text: string; word: string | undefined }[]> {
  const content = marked.replace(/[«»]/g, '');
  const document = await openText(language, content);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(marked.indexOf('«') + 1),
  );
  return hovers.flatMap(({ contents, range }) => {
    const texts = contents.filter((content) => content instanceof vscode.MarkdownString);
    // links come first, if there are any
    const first = texts.find(({ value }) => !value.startsWith('[Explain in full]'));
    return first && !first.value.includes('```')
      ? [{ text: plain(first.value), word: range && document.getText(range) }]
      : [];
  });
}

describe('Hovering over another word of Smile ID', () => {
  before(async () => {
    await activateSmile();
  });
  afterEach(closeTexts);

  for (const [language, text, begins] of WORDS) {
    const marked = /«(.*)»/.exec(text)?.[1] ?? '';
    it(`says what ${marked} means, in ${language}`, async () => {
      const [shown, ...others] = await hoversOn(language, text);
      assert.deepEqual(others, []);
      assert.equal(shown?.word, marked);
      assert.equal(shown.text.slice(0, begins.length), begins);
    });
  }

  it('is silent on the same words of others', async () => {
    for (const [language, text] of [
      ['javascript', "if (report.state === '«Passed»') next();"],
      ['javascript', "// Smile ID\nif (report.state === '«Passed»') next();"],
      ['python', 'job = {"job_type": «11»}'],
      ['json', '{"status":"«block»","id":7}'],
      ['json', '{"DOB":"1990-01-01","«Gender»":"F","ResultCode":"1020"}'],
    ] as const) {
      assert.deepEqual(await hoversOn(language, text), [], text);
    }
  });
});
