import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import {
  activateSmile,
  addProfile,
  checked,
  fresh,
  startOwnSimulator,
} from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

/** Looks like an API key, but is not one. */
const KEY = '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4';

const { Error, Warning, Information, Hint } = vscode.DiagnosticSeverity;

const oursIn = ({ uri }: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Smile ID');

const codeOf = ({ code }: vscode.Diagnostic): unknown =>
  typeof code === 'object' ? code.value : code;

/** The problems of a document as it is now. */
async function problemsOf(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  await checked(document);
  return oursIn(document);
}

/** Waits until there are as many problems as expected, if something other than the text was changed. */
async function untilProblems(document: vscode.TextDocument, count: number): Promise<void> {
  await until(`${count} problems`, () => (oursIn(document).length === count ? true : undefined));
}

async function actionsAt(
  document: vscode.TextDocument,
  problem: vscode.Diagnostic,
): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    problem.range,
  );
  return actions.filter(({ kind }) => kind?.contains(vscode.CodeActionKind.QuickFix));
}

/** Applies an action as a click on it does. */
async function apply({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit) assert.ok(await vscode.workspace.applyEdit(edit));
  if (command) {
    await vscode.commands.executeCommand(
      command.command,
      ...((command.arguments ?? []) as unknown[]),
    );
  }
}

/** A profile that has the key already: otherwise the fix prompts for the rest of one. */
async function keepKey(): Promise<void> {
  await activateSmile();
  const { url } = await startOwnSimulator();
  const name = fresh('kept');
  await addProfile({ name, environment: 'local', partnerId: '085', apiKey: KEY, url });
}

interface Mistake {
  readonly rule: string;
  readonly language: string;
  /** The problem spans what is between the marks. */
  readonly before: string;
  /** Titles of its fixes. */
  readonly fixes: readonly string[];
  /** The text after the first fix. */
  readonly after?: string;
  readonly severity?: vscode.DiagnosticSeverity;
}

/** One for each rule. More of them, and traps, are in test/unit/lintCorpus. */
const MISTAKES: readonly Mistake[] = [
  {
    rule: 'api-key-in-source',
    language: 'javascript',
    before: `const api = new WebApi('085', callback, '«${KEY}»', '0'); // Smile ID\n`,
    fixes: ['Replace with SMILE_API_KEY and store key in a profile'],
    after: "const api = new WebApi('085', callback, process.env.SMILE_API_KEY, '0'); // Smile ID\n",
  },
  {
    rule: 'api-key-in-source',
    language: 'json',
    before: `{ "smile": { "partner_id": "085", "api_key": "«${KEY}»", "sid_server": 1 } }\n`,
    fixes: ['Store API key in a profile'],
    severity: Error,
  },
  {
    rule: 'code-as-number',
    language: 'javascript',
    before: 'if (result.ResultCode === «810») approve(); // Smile ID\n',
    fixes: ["Convert to string '0810'"],
    after: "if (result.ResultCode === '0810') approve(); // Smile ID\n",
  },
  {
    rule: 'rejected-as-success',
    language: 'python',
    before: 'SMILE_APPROVED_CODES = ["0810", "«0811»"]\n',
    fixes: ["Remove '0811' from list"],
    after: 'SMILE_APPROVED_CODES = ["0810"]\n',
  },
  {
    rule: 'prefix-test',
    language: 'typescript',
    before: "// Smile ID\nconst found = result.«ResultCode.startsWith('101')»;\n",
    fixes: ['Compare with the codes that begin like this: 1012, 1013, 1014, …'],
    after:
      "// Smile ID\nconst found = ['1012', '1013', '1014', '1015', '1016', '1017'].includes(result.ResultCode);\n",
  },
  {
    rule: 'envelope-as-verdict',
    language: 'javascript',
    before: '// Smile ID\nif (response.«job_success») user.verified = true;\n',
    fixes: [],
  },
  {
    rule: 'provisional-as-final',
    language: 'javascript',
    before:
      "const params = { job_type: 1 }; // Smile ID\nif (ResultCode === '«1012»') user.verified = true;\n",
    fixes: [],
    severity: Information,
  },
  {
    rule: 'wrong-image-option',
    language: 'ruby',
    before: "require 'smile-identity-core'\noptions = { «return_images»: true }\n",
    fixes: ['Rename to return_image_links'],
    after: "require 'smile-identity-core'\noptions = { return_image_links: true }\n",
  },
  {
    rule: 'server-mismatch',
    language: 'yaml',
    before: 'sandbox:\n  smile:\n    partner_id: "085"\n    sid_server: «1»\n',
    fixes: ['Use the sandbox server: 0'],
    after: 'sandbox:\n  smile:\n    partner_id: "085"\n    sid_server: 0\n',
  },
  {
    rule: 'partner-id-as-number',
    language: 'php',
    before:
      "<?php // Smile ID\n$body = ['partner_id' => «85», 'signature' => $signature, 'partner_params' => $params];\n",
    fixes: ['Convert partner ID to a string'],
    after:
      "<?php // Smile ID\n$body = ['partner_id' => '85', 'signature' => $signature, 'partner_params' => $params];\n",
  },
  {
    rule: 'signature-as-hex',
    language: 'python',
    before:
      'import hmac\n\nsignature = hmac.new(key, (timestamp + partner_id + "sid_request").encode(), sha256).«hexdigest()»\n',
    fixes: ['Use base64'],
    after:
      'import base64\nimport hmac\n\nsignature = base64.b64encode(hmac.new(key, (timestamp + partner_id + "sid_request").encode(), sha256).digest()).decode()\n',
  },
  {
    rule: 'signature-over-body',
    language: 'javascript',
    before:
      "const own = createHmac('sha256', SMILE_API_KEY).update(«JSON.stringify(body)»).digest('base64');\n",
    fixes: [],
  },
  {
    rule: 'timestamp-twice',
    language: 'javascript',
    before: `const timestamp = new Date().toISOString();
const signature = sign(timestamp + partnerId + 'sid_request');
const body = { timestamp: «new Date().toISOString()», signature };
`,
    fixes: ["Use signed variable 'timestamp'"],
    after: `const timestamp = new Date().toISOString();
const signature = sign(timestamp + partnerId + 'sid_request');
const body = { timestamp: timestamp, signature };
`,
  },
];

describe('Mistakes of integrations', () => {
  const settings = vscode.workspace.getConfiguration('smile.diagnostics');
  before(keepKey);
  afterEach(closeTexts);

  for (const { rule, language, before, fixes, after, severity = Warning } of MISTAKES) {
    it(`${rule} is a problem in ${language}, with its fixes`, async () => {
      const document = await openText(language, before.replace(/[«»]/g, ''));
      const problems = await problemsOf(document);
      const start = before.indexOf('«');
      const end = before.indexOf('»') - 1;
      assert.deepEqual(
        problems.map((problem) => ({
          rule: codeOf(problem),
          severity: problem.severity,
          start: document.offsetAt(problem.range.start),
          end: document.offsetAt(problem.range.end),
        })),
        [{ rule, severity, start, end }],
      );
      const [problem] = problems;
      assert.ok(problem);
      const [first, ...others] = await actionsAt(document, problem);
      assert.ok(first);
      assert.deepEqual(
        [first, ...others].map(({ title }) => title),
        [...fixes, `Configure severity of '${rule}'`],
      );
      if (after === undefined) return;
      await apply(first);
      assert.equal(document.getText(), after);
      assert.deepEqual(await problemsOf(document), []);
    });
  }

  it('link to the page of the rule, which leads to the setting of its severity', async () => {
    const document = await openText('javascript', 'if (ResultCode === 810) approve(); // Smile ID');
    const [problem] = await problemsOf(document);
    const code = problem?.code;
    assert.ok(typeof code === 'object');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.equal(code.target.toString(), 'smile-rule:/code-as-number.md');
    assert.match(page.getText(), /^# Result code as a number\n\n\S[^]+\S\n$/);
    // VS Code follows no address of a setting in a browser
    const link = `(${vscode.env.uriScheme}://settings/smile.diagnostics.codeAsNumber)`;
    const isDesktop = vscode.env.uiKind === vscode.UIKind.Desktop;
    assert.equal(page.getText().includes(link), isDesktop);
  });

  it('are as severe as the settings say, and off if they say so', async () => {
    const document = await openText('javascript', 'if (ResultCode === 810) approve(); // Smile ID');
    await problemsOf(document);
    const set = (value: string | undefined): Thenable<void> =>
      settings.update('codeAsNumber', value, vscode.ConfigurationTarget.Global);
    try {
      for (const [value, severity] of [
        ['error', Error],
        ['information', Information],
        ['hint', Hint],
      ] as const) {
        await set(value);
        await until(`a problem of severity ${value}`, () =>
          oursIn(document).find((problem) => problem.severity === severity),
        );
        assert.equal(oursIn(document).length, 1);
      }
      await set('off');
      await untilProblems(document, 0);
    } finally {
      await set(undefined);
    }
    await untilProblems(document, 1);
    await settings.update('enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await untilProblems(document, 0);
    } finally {
      await settings.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('are reported after a pause in typing, for the text as it is then, and end with the file', async () => {
    const document = await openText('javascript', '// Smile ID\n');
    await checked(document);
    const type = async (text: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, document.positionAt(document.getText().length), text);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    const isOurs = (uri: vscode.Uri): boolean => uri.toString() === document.uri.toString();
    let reports = 0;
    /** A busy machine also types with pauses, in which the extension may check. */
    let pauses = 1;
    let typed = Infinity;
    const listening = vscode.Disposable.from(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some(isOurs)) reports += 1;
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (!isOurs(event.document.uri)) return;
        if (Date.now() - typed >= 300) pauses += 1;
        typed = Date.now();
      }),
    );
    for (const letter of 'if (ResultCode === 810) approve();') await type(letter);
    const problems = await problemsOf(document);
    listening.dispose();
    assert.deepEqual(
      problems.map(({ range }) => document.getText(range)),
      ['810'],
    );
    assert.ok(reports <= pauses, `${reports} reports in ${pauses} pauses`);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await untilProblems(document, 0);
  });

  it('are those of the language that the file has now', async () => {
    // Java does not compile it; JavaScript compares text with a number.
    const document = await openText('java', 'if (ResultCode === 810) approve(); // Smile ID');
    assert.deepEqual(await problemsOf(document), []);
    await vscode.languages.setTextDocumentLanguage(document, 'javascript');
    await untilProblems(document, 1);
  });

  it('are not reported in what is only shown: old versions, responses, pages', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('shown', {
      provideTextDocumentContent: () => 'if (ResultCode === 810) approve(); // Smile ID',
    });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('shown:/old.js'));
    assert.equal(document.languageId, 'javascript');
    // files are checked in the order in which they are opened
    await checked(await openText('javascript', document.getText()));
    assert.deepEqual(oursIn(document), []);
    provider.dispose();
  });

  it('are reported in the cells of notebooks', async () => {
    const source = '# Smile ID\nif result["ResultCode"] == 810:\n    approve()';
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python'),
      ]),
    );
    const problems = await problemsOf(notebook.cellAt(0).document);
    assert.deepEqual(problems.map(codeOf), ['code-as-number']);
  });

  it('are not reported in files that do not use Smile ID', async () => {
    const document = await openText(
      'javascript',
      `const apiKey = '${KEY}'; if (x === 810) approve();`,
    );
    assert.deepEqual(await problemsOf(document), []);
  });
});

/** The part of the API of VS Code's Git extension that says which repositories are open. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): unknown };
}

/** A file of the sample workspace, which is open. */
async function openSample(...path: readonly string[]): Promise<vscode.TextDocument> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, ...path));
}

describe('An API key in a .env file', () => {
  before(async () => {
    await activateSmile();
  });
  afterEach(closeTexts);

  it('has a hint if Git cannot say whether it tracks the file', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    assert.equal(vscode.workspace.getConfiguration('git').get('enabled'), false);
    const uri = vscode.Uri.joinPath(folder.uri, '.env');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`SMILE_API_KEY=${KEY}\n`));
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await untilProblems(document, 1);
      assert.deepEqual(
        oursIn(document).map((problem) => [
          codeOf(problem),
          problem.severity,
          problem.message,
          document.getText(problem.range),
        ]),
        [
          [
            'api-key-in-source',
            vscode.DiagnosticSeverity.Hint,
            'An API key. Whether Git tracks this file cannot be checked, since Git is not available to extensions in this window.',
            KEY,
          ],
        ],
      );
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('is a problem only once Git tracks the file', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const git = (...args: string[]): void => {
      execFileSync('git', ['-C', folder.uri.fsPath, ...args], { stdio: 'ignore' });
    };
    const uri = vscode.Uri.joinPath(folder.uri, '.env');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`SMILE_API_KEY=${KEY}\n`));
    git('init', '--quiet');
    const enabled = vscode.workspace.getConfiguration('git');
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await enabled.update('enabled', true, vscode.ConfigurationTarget.Global);
      const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
      await until('the repository', () => {
        const exports = extension?.isActive === true ? extension.exports : undefined;
        return exports?.enabled === true ? exports.getAPI(1).getRepository(uri) : undefined;
      });
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(1, 0), '# checked again\n');
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.deepEqual(await problemsOf(document), []);
      assert.ok(await document.save());
      git('add', '.env');
      await vscode.commands.executeCommand('git.refresh');
      await untilProblems(document, 1);
      assert.deepEqual(
        oursIn(document).map((problem) => [codeOf(problem), document.getText(problem.range)]),
        [['api-key-in-source', KEY]],
      );
    } finally {
      await enabled.update('enabled', false, vscode.ConfigurationTarget.Global);
      await vscode.workspace.fs.delete(uri);
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder.uri, '.git'), {
        recursive: true,
      });
    }
  });
});

describe('The older integrations of the sample workspace', () => {
  before(keepKey);
  afterEach(closeTexts);

  for (const name of ['verify.js', 'status.py', 'status.rb', 'status.php', 'Status.java']) {
    it(`${name} is correct after all its fixes are applied`, async () => {
      const document = await openSample('legacy', name);
      await checked(document);
      for (let round = 0; round < 12; round += 1) {
        let fix: vscode.CodeAction | undefined;
        for (const problem of oursIn(document)) {
          fix ??= (await actionsAt(document, problem)).find(({ isPreferred }) => isPreferred);
        }
        if (!fix) break;
        await apply(fix);
        await checked(document);
      }
      assert.equal(document.getText(), (await openSample('fixed', name)).getText());
      assert.deepEqual(oursIn(document), []);
    });
  }
});
