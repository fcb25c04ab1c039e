import * as vscode from 'vscode';
import { certaintyWords } from '../../core/catalogue/certaintyWords';
import { plain } from '../../core/markdown';
import { describeSdkName } from '../../core/sdk/describeSdkName';
import { sdkFileOf } from '../../core/sdk/sdkFile';
import { sdkNameAt } from '../../core/sdk/sdkNameAt';
import { cachePerVersion } from './cachePerVersion';
import { isOthersAt } from './relevance';

/** In lines; a longer file is generated. */
const LONGEST = 50_000;

const fileOf = cachePerVersion((document: vscode.TextDocument) =>
  sdkFileOf(document.getText(), document.languageId),
);

/** What a name of the official SDKs does, and its trap. Reads its line, and which SDK the file uses. */
export function sdkHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const { line, character } = position;
  if (document.lineCount > LONGEST) return undefined;
  const { text } = document.lineAt(line);
  const start = document.offsetAt(new vscode.Position(line, 0));
  const found = sdkNameAt(text, character, document.languageId, () => fileOf(document), start);
  if (!found || isOthersAt(document, position)) return undefined;
  const { title, kind, calls, what, trap, v3, sources, certainty } = describeSdkName(
    found.entry,
    found.language,
  );
  const shown = new vscode.MarkdownString('', true);
  shown.appendMarkdown(`**${plain(title)}** · ${plain(kind)}`);
  if (calls.length > 0) shown.appendCodeblock(calls.join('\n'), document.languageId);
  shown.appendMarkdown(`\n\n${plain(what)}`);
  if (trap !== null) shown.appendMarkdown(`\n\n$(warning) ${plain(trap)}`);
  if (v3 !== null) shown.appendMarkdown(`\n\n$(info) ${plain(v3)}`);
  const certain = certaintyWords({ certainty, sources });
  shown.appendMarkdown(`\n\n${plain([certain, ...sources].join(' · '))}`);
  return new vscode.Hover(shown, new vscode.Range(line, found.start, line, found.end));
}
