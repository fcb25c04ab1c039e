import * as vscode from 'vscode';
import { mayBeSdkName } from '../../core/sdk/mayBeSdkName';
import { codesNear } from './codesNear';
import { codeLinks, codeText } from './codeText';
import { productOfCode } from './productOfCode';
import { isCodeOfSmile, mentionAt } from './relevance';
import { sdkHover } from './sdkHover';
import { termHover } from './termHover';

/** How actions and their values, job types, and statuses and reasons of API v3 are written. */
const LIKE_A_TERM = /^(?:\d{1,2}|[A-Z]\w+|clear|attention|block|error|processing|[a-z]+_[a-z_]+)$/;

/**
 * Explains what is under the pointer from what the extension knows, without the network: a code, a name of
 * the official SDKs, or another word of Smile ID.
 */
export class CodeHover implements vscode.HoverProvider {
  constructor(
    private readonly enabled: () => boolean,
    private readonly shown: () => void,
  ) {}

  provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): vscode.Hover | undefined {
    if (!this.enabled() || token.isCancellationRequested) return undefined;
    const hover = codeHover(document, position) ?? wordHover(document, position);
    if (hover) this.shown();
    return hover;
  }
}

function codeHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const { value, offset } = codesNear(document, position);
  const span = value.at(offset);
  if (!span) return undefined;
  const start = position.translate(0, span.start - offset);
  const range = new vscode.Range(start, start.translate(0, span.code.length));
  if (!isCodeOfSmile(document, range.start, span.code)) return undefined;
  const product = productOfCode(document, position, span.code);
  // the links first: below several meanings they would be out of sight
  return new vscode.Hover([codeLinks(span.code), ...codeText(span.code, product)], range);
}

function wordHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const range = document.getWordRangeAtPosition(position, /\w+/);
  if (!range) return undefined;
  const word = document.getText(range);
  const mayBeName = mayBeSdkName(word);
  const mayBeTerm = LIKE_A_TERM.test(word) && mentionAt(document, position).smile;
  if (!mayBeName && !mayBeTerm) return undefined;
  const ofSdk = mayBeName ? sdkHover(document, position) : undefined;
  return ofSdk ?? (mayBeTerm ? termHover(document, position) : undefined);
}
