import type * as vscode from 'vscode';
import { Position, workspace } from 'vscode';
import { mayConcernSmile } from '../../core/text/mayConcernSmile';
import { readNear } from '../editor/documentText';

const near = readNear(mayConcernSmile);

/** Whether a document may concern Smile ID, by its path or its text: one search for each version of it. */
export const concernsSmile = (document: vscode.TextDocument, line: number): boolean =>
  mayConcernSmile(workspace.asRelativePath(document.uri, false)) ||
  near(document, new Position(line, 0)).value;
