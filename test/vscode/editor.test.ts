import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateSmile } from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

async function lensesOf(document: vscode.TextDocument): Promise<unknown[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return lenses
    .filter(({ command }) => /^_?smile\./.test(command?.command ?? ''))
    .map(({ range, command }) => ({
      line: range.start.line,
      title: command?.title,
      command: command?.command,
      arguments: command?.arguments,
    }));
}

describe('In an editor', () => {
  before(async () => {
    await activateSmile();
  });
  afterEach(closeTexts);

  const settings = vscode.workspace.getConfiguration('smile');
  after(() => settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Global));

  it('an object that names a job offers to look it up and to watch it', async () => {
    const document = await openText(
      'json',
      '{\n  "PartnerParams": {\n    "user_id": "u-1",\n    "job_id": "j-1",\n    "job_type": 1\n  }\n}',
    );
    const ids = { userId: 'u-1', jobId: 'j-1' };
    assert.deepEqual(await lensesOf(document), [
      {
        line: 1,
        title: '$(search) Get job status',
        command: '_smile.getJobStatus',
        arguments: [{ ...ids, history: true, imageLinks: true }],
      },
      { line: 1, title: '$(eye) Watch', command: '_smile.watchJob', arguments: [ids] },
    ]);
  });

  it('nothing is offered in a file that does not use Smile ID, nor if it is switched off', async () => {
    const other = await openText('json', '{ "user_id": "u-1", "job_id": "j-1" }');
    assert.deepEqual(await lensesOf(other), []);
    const ours = await openText('python', 'smile.get_job_status("u-1", "j-1")');
    assert.equal((await lensesOf(ours)).length, 2);
    await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await lensesOf(ours), []);
  });

  it('smile.explainCode opens everything that is known about a code', async () => {
    await vscode.commands.executeCommand('smile.explainCode', '0812');
    const text = await until('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'smile-code')?.getText(),
    );
    assert.match(text, /^# 0812\n\nThis code has several meanings/);
    assert.match(text, /^## Provisional: Biometric KYC/m);
    assert.match(text, /^## Rejected: .*Document Verification/m);
    assert.match(text, /Sources, read in 2026&#45;11:/);
  });

  it('smile.openMigrationGuide opens the page of the package', async () => {
    await vscode.commands.executeCommand('smile.openMigrationGuide');
    const text = await until('the guide', () =>
      vscode.workspace.textDocuments
        .find(({ uri }) => uri.path.endsWith('/docs/v1-to-v3.md'))
        ?.getText(),
    );
    assert.match(text, /^# From API v1 to API v3\n/);
  });

  it('smile.copyCodeReport copies what is needed to add a code, and no personal data', async () => {
    await vscode.commands.executeCommand('smile.copyCodeReport', '0899');
    const report = await vscode.env.clipboard.readText();
    assert.match(report, /^\*\*Unknown Smile ID code 0899\*\*\n\n- Product: unknown\n/);
    await vscode.commands.executeCommand('smile.copyCodeReport', 'u-1 Ada');
    assert.equal(await vscode.env.clipboard.readText(), report);
  });
});
