import type * as vscode from 'vscode';

/** Nearest first. A generator, so that only those lines are read that are asked for. */
export function* linesAbove(document: vscode.TextDocument, line: number): Iterable<string> {
  for (let above = line - 1; above >= 0; above -= 1) yield document.lineAt(above).text;
}
