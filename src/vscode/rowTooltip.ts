import * as vscode from 'vscode';
import { plain } from '../core/markdown';

/**
 * The tooltip of a row in a view: named values, one on each line.
 * @param heading stands above them in bold
 * @param more follows the heading on its line
 */
export function rowTooltip(
  rows: readonly (readonly [name: string, value: string | null])[],
  heading?: string,
  more: readonly string[] = [],
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  if (heading !== undefined) {
    text.appendMarkdown([`**${plain(heading)}**`, ...more.map(plain)].join(' · '));
    text.appendMarkdown('\n\n');
  }
  for (const [name, value] of rows) {
    if (value !== null) text.appendMarkdown(`${plain(name)}: ${plain(value)}  \n`);
  }
  return text;
}
