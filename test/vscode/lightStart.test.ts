import * as assert from 'node:assert/strict';
import { isAbsolute, join, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { activateSmile, extensionPath } from '../support/smileExtension';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

/** The extension's files that Node has loaded in this extension host, below dist/. */
const loadedFiles = (): string[] =>
  Object.keys(require.cache)
    .map((file) => relative(join(extensionPath(), 'dist'), file).split(sep).join('/'))
    .filter((file) => !file.startsWith('..') && !isAbsolute(file))
    .sort();

/** All that VS Code requests from extensions while a text is read and edited. */
async function lookAt(document: vscode.TextDocument): Promise<void> {
  const start = new vscode.Position(0, 7);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const { uri } = document;
  for (const [command, ...args] of [
    ['vscode.executeHoverProvider', uri, start],
    ['vscode.executeCompletionItemProvider', uri, start],
    ['vscode.executeInlayHintProvider', uri, all],
    ['vscode.executeCodeLensProvider', uri, 10],
    ['vscode.executeCodeActionProvider', uri, all],
  ] as const) {
    await vscode.commands.executeCommand(command, ...args);
  }
}

/** Both parts read them. */
const CATALOGUE = ['actions.json', 'codes.json', 'jobTypes.json'].map(
  (name) => `lazyParts/${name}`,
);

/** Runs first (suite.ts): what another suite loads stays loaded. */
describe('The start in a new window', () => {
  after(closeTexts);

  it('loads registrations only, whatever is done with files that do not concern Smile ID', async () => {
    await activateSmile();
    for (const language of ['javascript', 'python', 'json', 'log', 'yaml']) {
      await lookAt(
        await openText(language, 'const code = "0810";\nconst job_id = "1", user_id = 2;'),
      );
    }
    assert.deepEqual(loadedFiles(), ['extension.js']);
  });

  it('loads what explains texts for the first that concerns it, and for the public API at once', async () => {
    const smile = await activateSmile();
    assert.equal(smile.explain('0810').length > 0, true);
    const explaining = ['extension.js', 'lazyParts/editor.js', ...CATALOGUE];
    assert.deepEqual(loadedFiles(), explaining.sort());
    const text = await openText('javascript', 'if (result.ResultCode === 810) {} // Smile ID');
    await until('the check', () => vscode.languages.getDiagnostics(text.uri)[0]);
    assert.deepEqual(loadedFiles(), explaining);
  });

  it('loads the lookup of jobs for the first of its commands', async () => {
    await vscode.commands.executeCommand('smile.showLog');
    const parts = ['lazyParts/editor.js', 'lazyParts/jobs.js'];
    assert.deepEqual(loadedFiles(), ['extension.js', ...parts, ...CATALOGUE].sort());
  });
});
