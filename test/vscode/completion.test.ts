import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSmile } from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';

/** Opens a text without its mark `|`, and returns the position of the mark. */
async function openAt(
  language: string,
  marked: string,
): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const offset = marked.indexOf('|');
  const content = marked.replace('|', '');
  const document = await openText(language, content);
  return { document, position: document.positionAt(offset) };
}

const textOf = (label: string | vscode.CompletionItemLabel): string =>
  typeof label === 'string' ? label : label.label;

async function itemsAt(
  { document, position }: { document: vscode.TextDocument; position: vscode.Position },
  resolve = 0,
): Promise<vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    undefined,
    resolve,
  );
  // other providers offer words of the open files
  return list.items.filter(
    ({ label, kind }) =>
      /^\d{4}$/.test(textOf(label)) && kind === vscode.CompletionItemKind.EnumMember,
  );
}

/** Places for a code in the syntax of each language, and what is inserted there. */
const PLACES: readonly (readonly [language: string, text: string, inserted: string])[] = [
  ['javascript', "// Smile ID\nif (result.ResultCode === '|') {}", '0812'],
  ['javascript', '// Smile ID\nif (result.ResultCode === |) {}', "'0812'"],
  ['typescript', "// Smile ID\nswitch (resultCode) {\n  case '0810':\n  case '|':\n}", '0812'],
  ['python', '# Smile ID\nAPPROVED_CODES = ["0810", |]', '"0812"'],
  ['ruby', "# Smile ID\ncase response['ResultCode']\nwhen '|'\nend", '0812'],
  ['php', "<?php // Smile ID\nif ($result['ResultCode'] === '|') {}", '0812'],
  ['java', '// Smile ID\nif ("|".equals(resultCode)) {}', '0812'],
  ['go', '// Smile ID\nif resultCode == | {}', '"0812"'],
  ['csharp', '// Smile ID\nvar done = resultCode switch { "|" => true };', '0812'],
  ['json', '{ "smile_job_id": "1", "ResultCode": "|" }', '0812'],
];

describe('Completing result codes', () => {
  before(async () => {
    await activateSmile();
  });
  afterEach(closeTexts);

  for (const [language, text, inserted] of PLACES) {
    it(`offers them in ${language}: ${text.slice(text.indexOf('\n') + 1)}`, async () => {
      const items = await itemsAt(await openAt(language, text));
      const rejected = items.find(({ label }) => textOf(label) === '0812');
      assert.deepEqual(
        { insertText: rejected?.insertText, kind: rejected?.kind },
        { insertText: inserted, kind: vscode.CompletionItemKind.EnumMember },
      );
    });
  }

  it('replaces what is typed, by digits or by the words of a text', async () => {
    for (const typed of ['08', 'enr']) {
      const place = await openAt('javascript', `// Smile ID\nif (ResultCode === '${typed}|') {}`);
      const item = (await itemsAt(place)).find(({ label }) => textOf(label) === '0810');
      const start = place.position.translate(0, -typed.length);
      assert.deepEqual(item?.range, new vscode.Range(start, place.position), typed);
      assert.match(item.filterText ?? '', /^0810 Enroll User/);
    }
  });

  it('says what each one means, and in full what it means for each product', async () => {
    const place = await openAt('javascript', "// Smile ID\nif (ResultCode === '|') {}");
    const item = (await itemsAt(place, 200)).find(({ label }) => textOf(label) === '0812');
    assert.ok(item && typeof item.label !== 'string');
    assert.deepEqual(item.label.description, 'Provisional, Rejected');
    const { documentation } = item;
    assert.ok(documentation instanceof vscode.MarkdownString);
    assert.match(documentation.value, /\*\*0812 Provisional\*\*[^]+\*\*0812 Rejected\*\*/);
  });

  it('puts the codes of the product first that a job type near names, with their meaning for it', async () => {
    const place = await openAt(
      'javascript',
      "const params = { job_type: 6 }; // Smile ID\nif (ResultCode === '|') {}",
    );
    const items = (await itemsAt(place)).sort((one, other) =>
      (one.sortText ?? '') < (other.sortText ?? '') ? -1 : 1,
    );
    const rejected = items.find(({ label }) => textOf(label) === '0812');
    assert.ok(typeof rejected?.label === 'object');
    assert.equal(rejected.label.description, 'Rejected');
    const codes = items.map(({ label }) => textOf(label));
    assert.ok(codes.indexOf('0812') < codes.indexOf('1022'), 'basic KYC comes later');
    assert.ok(codes.indexOf('0816') < codes.indexOf('0820'), 'SmartSelfie comes later');
  });

  it('offers no error of the call, nothing twice, and nothing where no code belongs', async () => {
    const items = await itemsAt(await openAt('python', '# Smile ID\nif result_code == "|":'));
    const codes = items.map(({ label }) => textOf(label));
    assert.equal(new Set(codes).size, codes.length);
    assert.deepEqual(
      codes.filter((code) => /^2[24]/.test(code)),
      [],
    );
    for (const [language, text] of [
      ['javascript', "// Smile ID\nconst name = '|';"],
      ['javascript', "// Smile ID\nif (response.status === '|') {}"],
      ['javascript', "// Smile ID\nif (ResultCode === '0810' |) {}"],
      ['python', '# Smile ID: don\'t say "|"'],
      ['python', '# Smile ID: wait when result_code == |'],
      ['javascript', 'wait(); // Smile ID: until ResultCode === |'],
      ['javascript', '/**\n * Smile ID: ResultCode === |\n */'],
      ['javascript', '// Smile ID\nlog(`no ResultCode === |`)'],
      ['javascript', '// Smile ID\nlog("ended with ResultCode: |")'],
      ['json', '{ "smile_job_id": "1", "port": "|" }'],
      ['javascript', "if (code === '|') {}"],
    ] as const) {
      assert.deepEqual(await itemsAt(await openAt(language, text)), [], text);
    }
  });

  it('is off if the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('smile');
    const place = await openAt('javascript', "// Smile ID\nif (ResultCode === '|') {}");
    await settings.update('completion.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await itemsAt(place), []);
    } finally {
      await settings.update('completion.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

describe('Snippets', () => {
  const PREFIXES = ['smile-callback', 'smile-handle-result', 'smile-job-status', 'smile-poll'];
  const LANGUAGES = ['javascript', 'typescript', 'python', 'ruby', 'php', 'java', 'csharp', 'go'];

  for (const language of LANGUAGES) {
    it(`for status, polling, callbacks and results are offered in ${language}`, async () => {
      const content = language === 'php' ? '<?php\nsmile' : 'smile';
      const document = await openText(language, content);
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(content.length),
      );
      const offered = list.items
        .filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet)
        .map(({ label }) => textOf(label))
        .filter((label) => label.startsWith('smile-'));
      assert.deepEqual(offered.sort(), PREFIXES);
    });
  }
});

describe('Inlay hints', () => {
  const settings = vscode.workspace.getConfiguration('smile');
  const switchTo = (on: boolean | undefined): Thenable<void> =>
    settings.update('inlayHints.enabled', on, vscode.ConfigurationTarget.Global);
  before(async () => {
    await activateSmile();
  });
  afterEach(() => switchTo(undefined));
  after(closeTexts);

  const CODE = `// Smile ID
switch (result.ResultCode) {
  case '0810':
    return approve();
  case '0812':
  case '9999':
    return wait(1012);
}
`;
  async function hintsIn(document: vscode.TextDocument, from = 0): Promise<unknown[]> {
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      new vscode.Range(from, 0, document.lineCount, 0),
    );
    return hints.map(({ position, label, paddingLeft }) => ({
      line: position.line,
      character: position.character,
      label,
      paddingLeft,
    }));
  }

  it('say what each known code means, behind its quote, once they are switched on', async () => {
    const document = await openText('javascript', CODE);
    assert.deepEqual(await hintsIn(document), []);
    await switchTo(true);
    const expected = [
      { line: 2, character: 13, label: 'Enroll User; Document Verified', paddingLeft: true },
      {
        line: 4,
        character: 13,
        label: 'Machine Judgement - Pure Provisional; Unable to Verify Document',
        paddingLeft: true,
      },
    ];
    assert.deepEqual(await hintsIn(document), expected);
    // Only a part of the file is requested, and the switch is above it.
    assert.deepEqual(await hintsIn(document, 4), expected.slice(1));
  });

  it('are absent from files that do not use Smile ID', async () => {
    await switchTo(true);
    const document = await openText('javascript', "const statusCode = '0810'; const port = 1012;");
    assert.deepEqual(await hintsIn(document), []);
  });
});
