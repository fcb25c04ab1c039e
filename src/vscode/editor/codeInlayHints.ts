import * as vscode from 'vscode';
import { isKnownCode } from '../../core/catalogue/catalogue';
import type { ProductKey } from '../../core/catalogue/types';
import { shortMeaning } from '../../core/catalogue/shortMeaning';
import { codesNear } from './codesNear';
import { codeText } from './codeText';
import { productOfCode } from './productOfCode';
import { isCodeOfSmile } from './relevance';

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
    const { value, offset: from } = codesNear(document, start);
    const offset = document.offsetAt(start) - from;
    const codes = [...value.between(from, document.offsetAt(end) - offset)];
    return codes.flatMap(({ code, start: first, end: after }) => {
      // After the quote, so that the hint does not look like part of the text.
      const quote = /["'`]/.test(value.text.charAt(after)) ? 1 : 0;
      const position = document.positionAt(offset + after + quote);
      if (!isKnownCode(code)) return [];
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
