import * as vscode from 'vscode';
import { describeCode, type CodeDescription } from '../../core/catalogue/describeCode';
import { codeAt } from '../../core/catalogue/findCodes';
import type { CodeOutcome } from '../../core/catalogue/types';
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

const OUTCOMES: Readonly<Record<CodeOutcome, string>> = {
  approved: 'Approved',
  provisional: 'Provisional',
  rejected: 'Rejected',
  pending: 'Pending',
  error: 'Error',
};

/** Explains a code under the pointer from the catalogue alone: no network, and only its line is read. */
export function registerCodeHover(enabled: () => boolean): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    HOVER_LANGUAGES.map((language) => ({ language })),
    {
      provideHover(document, position) {
        if (!enabled()) return undefined;
        const lines = {
          lineCount: document.lineCount,
          lineAt: (line: number) => document.lineAt(line).text,
        };
        const span = codeAt(lines, position.line, position.character, document.languageId);
        if (!span) return undefined;
        const range = new vscode.Range(position.line, span.start, position.line, span.end);
        return new vscode.Hover(hoverText(span.code), range);
      },
    },
  );
}

function hoverText(code: string): vscode.MarkdownString[] {
  const descriptions = describeCode(code);
  if (descriptions.length === 0) {
    return [
      new vscode.MarkdownString().appendText(
        `Smile ID ${code}: the catalogue does not know this code. Go by ResultText, and do not treat it as a pass.`,
      ),
    ];
  }
  return descriptions.map((description) => descriptionText(code, description));
}

function descriptionText(code: string, description: CodeDescription): vscode.MarkdownString {
  const { outcome, label, products, meaning, nextStep, certainty, conflict, page } = description;
  const text = new vscode.MarkdownString('', true);
  const icon = outcome === null ? 'info' : VERDICT_ICONS[outcome].icon;
  text.appendMarkdown(`$(${icon}) **${code}${outcome === null ? '' : ` ${OUTCOMES[outcome]}`}**`);
  if (label !== null) text.appendText(` · ${label}`);
  text.appendMarkdown('\n\n*');
  text.appendText(products.join(', '));
  text.appendMarkdown('*\n\n');
  text.appendText(meaning);
  text.appendMarkdown('\n\n**Next:** ');
  text.appendText(nextStep);
  if (conflict !== null) {
    text.appendMarkdown('\n\n$(info) ');
    text.appendText(conflict);
  }
  text.appendMarkdown(`\n\n${certainty === 'documented' ? 'Documented' : 'Seen in SDK code'}`);
  if (page !== null) text.appendMarkdown(` · [official page](${page})`);
  return text;
}
