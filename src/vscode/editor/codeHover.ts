import * as vscode from 'vscode';
import { describeCode, type CodeDescription } from '../../core/catalogue/describeCode';
import { codeAt } from '../../core/catalogue/scan/findCodes';
import type { Certainty, CodeOutcome } from '../../core/catalogue/types';
import { plain } from '../../core/markdown';
import { VERDICT_ICONS } from '../verdictIcons';

/** Where codes occur. The same languages activate the extension (package.json). */
export const HOVER_LANGUAGES: readonly string[] = [
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'python',
  'ruby',
  'php',
  'java',
  'kotlin',
  'swift',
  'dart',
  'go',
  'csharp',
  'json',
  'jsonc',
  'yaml',
  'log',
  'plaintext',
];

function outcomeWord(outcome: CodeOutcome): string {
  switch (outcome) {
    case 'approved':
      return vscode.l10n.t('Approved');
    case 'provisional':
      return vscode.l10n.t('Provisional');
    case 'rejected':
      return vscode.l10n.t('Rejected');
    case 'pending':
      return vscode.l10n.t('Pending');
    case 'error':
      return vscode.l10n.t('Error');
  }
}

/** Explains a code under the pointer from the catalogue alone: no network, and only its line is read. */
export function registerCodeHover(enabled: () => boolean): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    HOVER_LANGUAGES.map((language) => ({ language })),
    {
      provideHover(document, position, token) {
        if (!enabled() || token.isCancellationRequested) return undefined;
        const line = document.lineAt(position.line).text;
        const span = codeAt(
          line,
          position.character,
          () => linesAbove(document, position.line),
          document.languageId,
        );
        if (!span) return undefined;
        const range = new vscode.Range(position.line, span.start, position.line, span.end);
        return new vscode.Hover(hoverText(span.code), range);
      },
    },
  );
}

/** Nearest first. A generator, so that only those lines are read that are asked for. */
function* linesAbove(document: vscode.TextDocument, line: number): Iterable<string> {
  for (let above = line - 1; above >= 0; above -= 1) yield document.lineAt(above).text;
}

function hoverText(code: string): vscode.MarkdownString[] {
  const descriptions = describeCode(code);
  if (descriptions.length > 0) {
    return descriptions.map((description) => descriptionText(code, description));
  }
  const text = new vscode.MarkdownString();
  text.appendMarkdown(
    plain(
      vscode.l10n.t(
        'Smile ID {0}: the catalogue does not know this code. Go by ResultText, and do not treat it as a pass.',
        code,
      ),
    ),
  );
  text.appendMarkdown('\n\n');
  return [withCommand(text, vscode.l10n.t('Copy a report'), 'smile.copyCodeReport', code)];
}

/** A link that runs one command of ours with a code. Nothing else in the text can run anything. */
function withCommand(
  text: vscode.MarkdownString,
  title: string,
  command: string,
  code: string,
): vscode.MarkdownString {
  text.isTrusted = { enabledCommands: [command] };
  const argument = encodeURIComponent(JSON.stringify(code));
  return text.appendMarkdown(`[${plain(title)}](command:${command}?${argument})`);
}

function descriptionText(code: string, description: CodeDescription): vscode.MarkdownString {
  const { outcome, products, labels, certainty, isFromCopy, conflict, page } = description;
  const text = new vscode.MarkdownString('', true);
  text.appendMarkdown(`$(${outcome === null ? 'info' : VERDICT_ICONS[outcome].icon}) **${code}`);
  if (outcome !== null) text.appendMarkdown(plain(` ${outcomeWord(outcome)}`));
  text.appendMarkdown('** · ');
  text.appendMarkdown(plain(products.join(', ')));
  for (const label of labels) {
    text.appendMarkdown('\n\n');
    if (label.text !== null) {
      text.appendMarkdown('**');
      text.appendMarkdown(plain(label.text));
      text.appendMarkdown('**: ');
    }
    text.appendMarkdown(plain(label.meaning));
    text.appendMarkdown('  \n*');
    text.appendMarkdown(plain(vscode.l10n.t('Next:')));
    text.appendMarkdown('* ');
    text.appendMarkdown(plain(label.nextStep));
  }
  if (conflict !== null) {
    text.appendMarkdown('\n\n$(info) ');
    text.appendMarkdown(plain(conflict));
  }
  text.appendMarkdown('\n\n');
  text.appendMarkdown(plain(certaintyWords(certainty, isFromCopy)));
  if (page !== null) {
    text.appendMarkdown(' · [');
    text.appendMarkdown(plain(vscode.l10n.t('Official page')));
    text.appendMarkdown(`](${page})`);
  }
  text.appendMarkdown(' · ');
  return withCommand(text, vscode.l10n.t('Explain in full'), 'smile.explainCode', code);
}

function certaintyWords(certainty: Certainty, isFromCopy: boolean): string {
  if (certainty !== 'documented') return vscode.l10n.t('Seen in SDK code');
  return isFromCopy
    ? vscode.l10n.t('Documented, read in part in a third-party copy')
    : vscode.l10n.t('Documented');
}
