import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SmileApi } from '../../src/vscode/smileApi';
import { idsWith } from '../../src/core/text/languages';
import { activateSmile } from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';

/** How integrators of each language use a code. Languages that this VS Code does not know are left out. */
const EXAMPLES: Readonly<Record<string, string>> = {
  javascript: "if (response.result.ResultCode === '0812') wait();",
  javascriptreact: "const page = resultCode === '0812' ? <Wait /> : <Done />; // Smile ID",
  typescript: "const resultCode: string = '0812'; // Smile ID",
  typescriptreact: "return resultCode === '0812' && <Wait />; // Smile ID",
  python: 'if body["ResultCode"] == "0812":',
  ruby: "wait if result['ResultCode'] == '0812'",
  php: "if ($result['ResultCode'] === '0812') {",
  java: 'if ("0812".equals(resultCode)) { // Smile ID',
  kotlin: 'if (resultCode == "0812") review() // Smile ID',
  swift: 'if result.resultCode == "0812" { // Smile ID',
  dart: "if (resultCode == '0812') { // Smile ID",
  go: 'if response.Result.ResultCode == "0812" {',
  csharp: 'if (response.ResultCode == "0812")',
  json: '{ "SmileJobID": "0000056574", "ResultCode": "0812" }',
  jsonc: '{ "ResultCode": "0812" } // under review',
  yaml: 'ResultCode: "0812"',
  log: '2026-03-02T09:14:07.512Z INFO answered user_id=u-1 ResultCode=0812 took 6135 ms',
  plaintext: 'ResultCode: 0812',
};

interface Shown {
  /** One text for each meaning, as Markdown. */
  readonly texts: readonly vscode.MarkdownString[];
  readonly range: vscode.Range | undefined;
}

/** The hovers of this extension: those of other providers mention no code. */
async function hoversAt(
  document: vscode.TextDocument,
  line: number,
  character: number,
): Promise<Shown[]> {
  const all = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, character),
  );
  return all
    .map(({ contents, range }) => ({
      texts: contents.filter((content) => content instanceof vscode.MarkdownString),
      range,
    }))
    .filter(({ texts }) => texts.some(({ value }) => /\*\*\d{4}|Smile ID/.test(value)));
}

/** The hovers over the middle of some digits of a one-line text. */
async function hoverOver(language: string, content: string, digits: string): Promise<Shown[]> {
  const at = content.indexOf(digits);
  assert.ok(at >= 0, `${digits} is not in ${content}`);
  return await hoversAt(await openText(language, content), 0, at + 2);
}

/** Markdown as a user reads it. */
const plain = (markdown: string): string =>
  markdown
    .replaceAll('&nbsp;', ' ')
    .replace(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)))
    .replace(/\\([^a-z\d\s])/gi, '$1');

const PRODUCTS = [
  'Biometric KYC',
  'Enhanced KYC',
  'Document Verification',
  'Enhanced Document Verification',
];

/** Code and outcome as they are printed in bold, and the products that are named. */
function gistOf({ value }: vscode.MarkdownString): unknown {
  const text = plain(value);
  return {
    outcome: /\*\*(\d{4} \w+)\*\*/.exec(text)?.[1],
    products: PRODUCTS.filter((product) => text.includes(product)),
  };
}

describe('Hovering over a code', () => {
  let api: SmileApi;
  let known: ReadonlySet<string>;

  before(async () => {
    api = await activateSmile();
    known = new Set(await vscode.languages.getLanguages());
  });
  afterEach(closeTexts);

  it('has an example here for every language that it supports', () => {
    assert.deepEqual(Object.keys(EXAMPLES), idsWith('hover'));
  });

  for (const [language, line] of Object.entries(EXAMPLES)) {
    it(`explains it for every product, and marks exactly its digits, in ${language}`, async () => {
      // a language without an extension is plain text to this VS Code
      const shown = await hoverOver(known.has(language) ? language : 'plaintext', line, '0812');
      const start = line.indexOf('0812');
      assert.deepEqual(
        shown.map(({ texts, range }) => ({ meanings: texts.slice(1).map(gistOf), range })),
        [
          {
            meanings: [
              { outcome: '0812 Provisional', products: ['Biometric KYC'] },
              {
                outcome: '0812 Rejected',
                products: ['Document Verification', 'Enhanced Document Verification'],
              },
            ],
            range: new vscode.Range(0, start, 0, start + 4),
          },
        ],
      );
    });
  }

  it('begins with its links, and says for each meaning what it is, what to do next, which sources disagree, and how sure it is', async () => {
    const [shown] = await hoverOver('json', EXAMPLES.json ?? '', '0812');
    const meanings = api.explain('0812');
    // the first text contains the links
    assert.equal(shown?.texts.length, meanings.length + 1);
    meanings.forEach(({ meaning, nextStep, conflict, sources }, index) => {
      const text = plain(shown.texts[index + 1]?.value ?? '');
      const page = /https:\S+/.exec(sources.join(' '))?.[0] ?? 'no page';
      const said = [meaning, nextStep, conflict ?? '', 'Source: official docs', `](${page})`];
      assert.deepEqual(
        said.filter((part) => !text.includes(part)),
        [],
        text,
      );
    });
  });

  it('shows every meaning that the API returns, for many codes beside ResultCode', async () => {
    const codes = ['0810', '0811', '0813', '1012', '1016', '1022', '1210', '2205', '2302', '0001'];
    const content = codes.map((code) => `{"ResultCode": "${code}"}`).join('\n');
    const document = await openText('json', content);
    for (const [line, code] of codes.entries()) {
      const [shown, ...others] = await hoversAt(document, line, 17);
      assert.deepEqual(others, []);
      const text = plain(shown?.texts.map(({ value }) => value).join('\n') ?? '');
      const said = api.explain(code).flatMap(({ meaning, nextStep }) => [meaning, nextStep]);
      assert.deepEqual(
        said.filter((part) => !text.includes(part)),
        [],
        `${code}: ${text}`,
      );
    }
  });

  it('returns Markdown that may run the commands of its links and nothing else, and contains no HTML', async () => {
    for (const code of ['0812', '0810', '1012', '0899', '2205', '0001', '1031']) {
      const guide = code === '1031' ? ['smile.openMigrationGuide'] : [];
      const first = code === '0899' ? 'smile.copyCodeReport' : 'smile.explainCode';
      for (const { texts } of await hoverOver(
        'json',
        `{"ResultCode": "${code}", "SmileJobID": 7}`,
        code,
      )) {
        for (const [index, { value, isTrusted, supportHtml }] of texts.entries()) {
          const isLinks = index === 0;
          assert.deepEqual(
            { isTrusted: isTrusted ?? false, supportHtml: supportHtml ?? false },
            {
              isTrusted: isLinks && { enabledCommands: [first, 'smile.findJobs', ...guide] },
              supportHtml: false,
            },
          );
          assert.doesNotMatch(
            value,
            /<\/?[a-z!]|\]\((?!https:\/\/|command:smile\.\w+\?%22\d{4}%22\))|!\[/i,
          );
        }
      }
    }
  });

  it('is there on each of the four digits and at their ends, and nowhere beside them', async () => {
    const line = '{"job": "7", "ResultCode": "0812", "user": "u-1"}';
    const start = line.indexOf('0812');
    const document = await openText('json', line);
    const at: number[] = [];
    for (let character = 0; character <= line.length; character += 1) {
      if ((await hoversAt(document, 0, character)).length > 0) at.push(character);
    }
    assert.deepEqual(
      at,
      [0, 1, 2, 3, 4].map((offset) => start + offset),
    );
  });

  it('says that a code is unknown if it is beside ResultCode', async () => {
    const shown = await hoverOver('json', '{"ResultCode": "0899", "SmileJobID": 7}', '0899');
    assert.deepEqual(
      shown.map(({ texts, range }) => ({ texts: texts.map(({ value }) => plain(value)), range })),
      [
        {
          texts: [
            '[Copy a report](command:smile.copyCodeReport?%220899%22) · [Find in recent jobs](command:smile.findJobs?%220899%22)',
            'Smile ID 0899: this extension does not know this code. Go by ResultText, and do not treat it as a pass.',
          ],
          range: new vscode.Range(0, 16, 0, 20),
        },
      ],
    );
  });

  it('is silent on years, ports, PINs, prices, phone numbers and IDs, quoted or not', async () => {
    const lines: [string, string, string][] = [
      ['javascript', 'const year = 1012;', '1012'],
      ['javascript', "const year = '1012';", '1012'],
      ['javascript', 'app.listen(1022);', '1022'],
      ['javascript', "const pin = '0812';", '0812'],
      ['javascript', 'const price = 1020;', '1020'],
      ['javascript', "const phone = '+234 0812 123 4567';", '0812'],
      ['javascript', "if (response.status === 2205) throw new Error('no');", '2205'],
      ['python', 'PORT = 1022', '1022'],
      ['python', 'amount = "1020.00"', '1020'],
      ['json', '{"year": 1012, "port": "1022", "ResultCode": "0810"}', '1012'],
      ['json', '{"year": 1012, "port": "1022", "ResultCode": "0810"}', '1022'],
      ['json', '{"SmileJobID": "0812", "ResultCode": "0810"}', '0812'],
      ['yaml', 'zip_code: "0812"', '0812'],
      ['yaml', 'pin: 0812', '0812'],
      ['log', '2026-03-02T09:14:07.512Z INFO listening on port 1022', '1022'],
      ['log', '2026-03-02T09:14:07.512Z INFO listening on port 1022', '2026'],
      ['log', 'GET /jobs 200 in 1012 ms', '1012'],
      ['plaintext', 'Call 0812 345 6789 before 1020.', '0812'],
      ['plaintext', 'Call 0812 345 6789 before 1020.', '1020'],
    ];
    const shown: string[] = [];
    for (const [language, line, digits] of lines) {
      if ((await hoverOver(language, line, digits)).length > 0) shown.push(`${digits} in ${line}`);
    }
    assert.deepEqual(shown, []);
  });

  it('reads a case of a switch over many lines, and a member of a list', async () => {
    const text = [
      'switch (smileResponse.result.ResultCode) {',
      "  case '0810':",
      "    return 'welcome';",
      "  case '0812':",
      "    return 'wait';",
      '}',
      'const REVIEW_RESULT_CODES = [',
      "  '0814',",
      "  '1212',",
      '];',
    ].join('\n');
    const document = await openText('javascript', text);
    const found: string[] = [];
    for (const line of [1, 3, 7, 8]) {
      const at = document.lineAt(line).text.indexOf("'") + 2;
      for (const { range } of await hoversAt(document, line, at)) {
        found.push(document.getText(range));
      }
    }
    assert.deepEqual(found, ['0810', '0812', '0814', '1212']);
  });

  it('puts the meaning first that the code has for the job type near it', async () => {
    const [shown] = await hoverOver(
      'json',
      '{ "ResultCode": "0812", "PartnerParams": { "job_type": 11 } }',
      '0812',
    );
    const [links, first, others, ...rest] = shown?.texts ?? [];
    assert.deepEqual(rest, []);
    assert.match(
      plain(first?.value ?? ''),
      /^\$\(error\) \*\*0812 Rejected\*\* · Enhanced Document Verification, by its job type\n/,
    );
    assert.equal(
      plain(others?.value ?? ''),
      'For other products:\n- Provisional · Machine Judgement - Pure Provisional · Biometric KYC',
    );
    assert.match(links?.value ?? '', /^\[Explain in full\]/);
  });

  it('reads the cells of notebooks', async () => {
    const source = 'if response["ResultCode"] == "0812":\n    wait()';
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python'),
      ]),
    );
    const cell = notebook.cellAt(0).document;
    const [shown, ...others] = await hoversAt(cell, 0, source.indexOf('0812') + 1);
    assert.deepEqual(others, []);
    assert.ok(shown?.range);
    assert.equal(cell.getText(shown.range), '0812');
  });

  it('agrees with findCodes on every position of the sample integration', async () => {
    const files = await vscode.workspace.findFiles('{server,logs}/*');
    assert.ok(files.length >= 4, `${files.length} files`);
    for (const uri of files) {
      const document = await vscode.workspace.openTextDocument(uri);
      const text = document.getText();
      const hovered: { code: string; start: number; end: number }[] = [];
      for (const { index } of text.matchAll(/(?<!\d)\d{4}(?!\d)/g)) {
        const { line, character } = document.positionAt(index);
        for (const { range } of await hoversAt(document, line, character + 1)) {
          assert.ok(range);
          const start = document.offsetAt(range.start);
          hovered.push({ code: document.getText(range), start, end: start + 4 });
        }
      }
      assert.deepEqual(hovered, api.findCodes(text, document.languageId), uri.path);
    }
  });

  it('can be switched off by the setting smile.hover.enabled, and on again', async () => {
    const line = EXAMPLES.json ?? '';
    const set = async (value: boolean | undefined) => {
      await vscode.workspace
        .getConfiguration('smile')
        .update('hover.enabled', value, vscode.ConfigurationTarget.Global);
    };
    try {
      await set(false);
      assert.deepEqual(await hoverOver('json', line, '0812'), []);
    } finally {
      await set(undefined);
    }
    assert.equal((await hoverOver('json', line, '0812')).length, 1);
  });
});
