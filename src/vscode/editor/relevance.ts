import * as vscode from 'vscode';
import { isOfSmile } from '../../core/codes/findCodes';
import type { Mention } from '../../core/codes/termAt';
import { Relevance } from '../../core/text/relevance';
import { readNear } from './documentText';

const near = readNear(
  (text, { languageId, uri }) =>
    new Relevance(text, languageId, vscode.workspace.asRelativePath(uri, false)),
);

/** What a document speaks of at a position: the same for every feature, and for the diagnostics. */
export function mentionAt(document: vscode.TextDocument, position: vscode.Position): Mention {
  const { value, offset } = near(document, position);
  return value.mentionAt(offset);
}

/** Whether a position belongs to another service that the document uses, too. */
export function isOthersAt(document: vscode.TextDocument, position: vscode.Position): boolean {
  const { value, offset } = near(document, position);
  return value.isOthersAt(offset);
}

/** Whether a code of Smile ID may be written at a position. */
export function isForCode(document: vscode.TextDocument, position: vscode.Position): boolean {
  const { value, offset } = near(document, position);
  return value.strengthAt(offset) !== 'none' || value.isResultCode({ start: offset, end: offset });
}

/** Whether digits that are used as a code are Smile ID's. */
export function isCodeOfSmile(
  document: vscode.TextDocument,
  position: vscode.Position,
  code: string,
): boolean {
  const { value, offset } = near(document, position);
  return isOfSmile({ code, start: offset, end: offset + code.length }, value);
}
