import * as vscode from 'vscode';
import { codeAt } from '../../core/catalogue/scan/findCodes';
import { mayBeSdkName } from '../../core/sdk/mayBeSdkName';
import { codeLinks, codeText } from './codeText';
import { HOVER_LANGUAGES, inLanguages } from './languages';
import { linesAbove } from './linesAbove';

/**
 * Explains what is under the pointer from what the extension knows, without the network: a code, or a name of
 * the official SDKs.
 */
export function registerCodeHover(enabled: () => boolean): vscode.Disposable {
  return vscode.languages.registerHoverProvider(inLanguages(...HOVER_LANGUAGES), {
    provideHover(document, position, token) {
      if (!enabled() || token.isCancellationRequested) return undefined;
      return codeHover(document, position) ?? nameHover(document, position);
    },
  });
}

/** Only its line is read, and of those above what decides whether it is a code. */
function codeHover(
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): vscode.Hover | undefined {
  const { text } = document.lineAt(line);
  const above = (): Iterable<string> => linesAbove(document, line);
  const span = codeAt(text, character, above, document.languageId);
  if (!span) return undefined;
  const range = new vscode.Range(line, span.start, line, span.end);
  return new vscode.Hover([...codeText(span.code), codeLinks(span.code)], range);
}

/** Asynchronous only where a word looks like one of ours: what knows the names is loaded then. */
function nameHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> | undefined {
  const range = document.getWordRangeAtPosition(position, /\w+/);
  if (!range || !mayBeSdkName(document.getText(range))) return undefined;
  return import('./sdkHover').then(({ sdkHover }) => sdkHover(document, position));
}
