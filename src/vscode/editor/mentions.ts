import * as vscode from 'vscode';
import { mentionIn, type Mention } from '../../core/catalogue/scan/mention';
import { textAround } from './linesNear';
import { cachePerVersion } from './cachePerVersion';

/** In lines and in characters: a larger document is not read as a whole. */
const MOST_LINES = 5000;
const LONGEST = 500_000;
/** In characters to each side. */
const NEARBY = 20_000;

const ofWhole = cachePerVersion((document: vscode.TextDocument) => mentionIn(document.getText()));

/** Whether a document uses Smile ID: read once for each version; of a large one, only what is near a line. */
export function mentionOf(document: vscode.TextDocument, line: number): Mention {
  const { lineCount } = document;
  if (lineCount <= MOST_LINES && document.offsetAt(new vscode.Position(lineCount, 0)) <= LONGEST) {
    return ofWhole(document);
  }
  return mentionIn(textAround(document, new vscode.Position(line, 0), NEARBY).text);
}
