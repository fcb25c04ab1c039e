import * as vscode from 'vscode';
import { isKnownCode } from '../../core/catalogue/catalogue';
import { codesUsedIn } from '../../core/catalogue/scan/codesUsed';
import type { ProductKey } from '../../core/catalogue/types';
import { shortMeaning } from '../../core/catalogue/shortMeaning';
import { codeText } from './codeText';
import { productOfCode } from './productOfCode';
import { isCodeOfSmile } from './relevance';

/** How far above a code its context is searched. */
const LINES_ABOVE = 60;

class CodeHint extends vscode.InlayHint {
  constructor(
    readonly code: string,
    readonly product: ProductKey | null,
    position: vscode.Position,
  ) {
    super(position, shortMeaning(code, product) ?? '');
    this.paddingLeft = true;
  }
}

/** The short meaning after each code: `'0810'` Enroll User. Only if the user turned it on. */
export class CodeInlayHints implements vscode.InlayHintsProvider<CodeHint> {
  constructor(private readonly enabled: () => boolean) {}

  provideInlayHints(document: vscode.TextDocument, { start, end }: vscode.Range): CodeHint[] {
    if (!this.enabled()) return [];
    const from = new vscode.Position(Math.max(0, start.line - LINES_ABOVE), 0);
    const text = document.getText(new vscode.Range(from, end));
    const offset = document.offsetAt(from);
    return codesUsedIn(text, document.languageId).flatMap(({ code, start: first, end: after }) => {
      // After the quote, so that the hint does not look like part of the text.
      const quote = /["'`]/.test(text.charAt(after)) ? 1 : 0;
      const position = document.positionAt(offset + after + quote);
      if (position.isBefore(start) || !isKnownCode(code)) return [];
      if (!isCodeOfSmile(document, document.positionAt(offset + first), code)) return [];
      return [new CodeHint(code, productOfCode(document, position, code), position)];
    });
  }

  resolveInlayHint(hint: CodeHint): CodeHint {
    const [tooltip] = codeText(hint.code, hint.product);
    if (tooltip) hint.tooltip = tooltip;
    return hint;
  }
}
