import type * as vscode from 'vscode';
import { Position, workspace } from 'vscode';
import { mayConcernSmile } from '../../core/text/relevance';
import { textAround } from '../editor/linesNear';
import { cachePerVersion } from '../editor/cachePerVersion';

/** In characters: of a longer text, only what is near a line is read. */
const LONGEST = 500_000;
/** In characters to each side. */
const NEARBY = 20_000;

const ofWhole = cachePerVersion((document: vscode.TextDocument) =>
  mayConcernSmile(document.getText()),
);

/** Whether a document may concern Smile ID, by its path or its text: one search for each version of it. */
export function concernsSmile(document: vscode.TextDocument, line: number): boolean {
  if (mayConcernSmile(workspace.asRelativePath(document.uri, false))) return true;
  const end = document.offsetAt(new Position(document.lineCount, 0));
  if (end <= LONGEST) return ofWhole(document);
  return mayConcernSmile(textAround(document, new Position(line, 0), NEARBY).text);
}
