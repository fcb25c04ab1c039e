import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { checked } from '../support/smileExtension';
import { closeTexts } from '../support/texts';

async function openExample(target?: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('smile.openExample', target);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  return editor;
}

/** What is right of the cursor. */
const afterCursor = ({ document, selection }: vscode.TextEditor): string =>
  document.getText(new vscode.Range(selection.active, selection.active.translate(0, 4)));

describe('Smile ID: Open Example', () => {
  afterEach(closeTexts);

  it('has a code with a hover, on which the cursor is put', async () => {
    const editor = await openExample();
    assert.equal(afterCursor(editor), '0813');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const texts = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''));
    assert.ok(
      texts.some((text) => text.includes('**0813')),
      texts.join('\n'),
    );
  });

  it('has one finding, on which the cursor is put for the step that fixes it', async () => {
    const editor = await openExample('finding');
    assert.equal(afterCursor(editor), '810)');
    const { document } = editor;
    await checked(document);
    assert.deepEqual(
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'Smile ID')
        .map(({ code, range }) => [
          typeof code === 'object' && code.value,
          document.getText(range),
        ]),
      [['code-as-number', '810']],
    );
  });

  it('is shown again while there is something to try in it, and opened anew otherwise', async () => {
    const { document } = await openExample('code');
    assert.equal((await openExample('finding')).document, document);
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(document.getText().indexOf('=== 810'));
    edit.replace(document.uri, new vscode.Range(at, at.translate(0, 7)), "=== '0810'");
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal((await openExample('code')).document, document);
    assert.notEqual((await openExample('finding')).document, document);
  });
});
