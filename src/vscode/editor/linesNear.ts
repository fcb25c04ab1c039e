import type * as vscode from 'vscode';

/** A document, as far as its lines are read. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** Nearest first. A generator, so that only lines that are needed are read. */
function* linesAbove(document: Lines, line: number): Iterable<string> {
  for (let above = line - 1; above >= 0; above -= 1) yield document.lineAt(above).text;
}

/** Nearest first. */
function* linesBelow(document: Lines, line: number): Iterable<string> {
  for (let below = line + 1; below < document.lineCount; below += 1) {
    yield document.lineAt(below).text;
  }
}

/** The text around a position, of its line and of those near it; at most `reach` characters to each side. */
export function textAround(
  document: Lines,
  { line, character }: Pick<vscode.Position, 'line' | 'character'>,
  reach: number,
): { readonly text: string; readonly position: number } {
  const own = document.lineAt(line).text;
  let before = own.slice(Math.max(0, character - reach), character);
  for (const above of linesAbove(document, line)) {
    if (before.length >= reach) break;
    before = `${above.slice(-reach)}\n${before}`;
  }
  let after = own.slice(character, character + reach);
  for (const below of linesBelow(document, line)) {
    if (after.length >= reach) break;
    after = `${after}\n${below.slice(0, reach)}`;
  }
  return { text: before + after, position: before.length };
}
