import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

let folder: string | undefined;
let count = 0;

/**
 * Opens a text of a language in an editor. A file of its own each time: VS Code gives the name of a closed
 * untitled text to the next one, and may then respond for the text that had it before.
 */
export async function openText(language: string, content: string): Promise<vscode.TextDocument> {
  folder ??= ownFolder();
  count += 1;
  const path = join(folder, `text-${count}${extensionOf(language)}`);
  writeFileSync(path, content);
  const opened = await vscode.workspace.openTextDocument(path);
  const document =
    opened.languageId === language
      ? opened
      : await vscode.languages.setTextDocumentLanguage(opened, language);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Closes all editors, and drops what is not saved in them. */
export async function closeTexts(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

function ownFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'texts-'));
  process.once('exit', () => {
    rmSync(made, { recursive: true, force: true });
  });
  return made;
}

/** As the extensions of this VS Code say. */
function extensionOf(language: string): string {
  type Languages = readonly { readonly id: string; readonly extensions?: readonly string[] }[];
  return (
    vscode.extensions.all
      .flatMap(({ packageJSON }) => {
        const { contributes } = packageJSON as { contributes?: { languages?: Languages } };
        return contributes?.languages ?? [];
      })
      .find(({ id, extensions }) => id === language && extensions !== undefined)?.extensions?.[0] ??
    '.txt'
  );
}
