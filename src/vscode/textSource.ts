import * as vscode from 'vscode';
import { pickOne, promptText, type Choice } from './quickInput';

/** What is looked for in the texts that a user may mean. */
export interface TextSearch<T> {
  readonly title: string;
  /** What the user selects, where several texts have it. */
  readonly placeHolder: string;
  /** The last choice: a text that the user pastes. */
  readonly paste: { readonly label: string; readonly prompt: string; readonly placeholder: string };
  /** Choices besides the texts. */
  readonly more?: readonly (Choice & { readonly id: string })[];
  /** Null if a text does not have it. */
  readonly find: (text: string) => T | null | Promise<T | null>;
}

type Source<T> = Choice &
  ({ readonly found: T } | { readonly paste: true } | { readonly id: string });

/** What was found, or the choice that was made in place of a text; `nothing` in what the user pasted. */
export type FromText<T> = { readonly found: T } | { readonly id: string } | 'nothing';

/**
 * Searches the selection; else the open file and the clipboard, of which the user selects one, or pastes a text.
 * Undefined if the user left.
 */
export async function searchTexts<T>(search: TextSearch<T>): Promise<FromText<T> | undefined> {
  const { title, placeHolder, paste, more = [], find } = search;
  const editor = vscode.window.activeTextEditor;
  if (editor && !editor.selection.isEmpty) {
    const found = await find(editor.document.getText(editor.selection));
    if (found !== null) return { found };
  }
  const sources: Source<T>[] = [];
  const add = async (text: string, choice: Choice): Promise<void> => {
    const found = await find(text);
    if (found !== null) sources.push({ ...choice, found });
  };
  if (editor) {
    const description = vscode.workspace.asRelativePath(editor.document.uri);
    const label = vscode.l10n.t('Open file');
    await add(editor.document.getText(), { icon: 'file', label, description });
  }
  await add(await textOfClipboard(), { icon: 'clippy', label: vscode.l10n.t('Clipboard') });
  if (sources.length + more.length > 0) {
    const pasted = { icon: 'edit', label: paste.label, paste: true } as const;
    const source = await pickOne<Source<T>>([...sources, pasted, ...more], { title, placeHolder });
    if (!source || 'found' in source || 'id' in source) return source;
  }
  const text = await promptText(
    { title, step: 1, totalSteps: 1 },
    {
      prompt: paste.prompt,
      placeholder: paste.placeholder,
      check: (pasted) => (pasted.trim() === '' ? vscode.l10n.t('Paste a text.') : null),
    },
  );
  if (typeof text !== 'string') return undefined;
  const found = await find(text);
  return found === null ? 'nothing' : { found };
}

async function textOfClipboard(): Promise<string> {
  try {
    return await vscode.env.clipboard.readText();
  } catch {
    return ''; // a clipboard that cannot be read has nothing
  }
}
