import * as assert from 'node:assert/strict';
import { CodeTree, type TokenRange } from '../../src/core/text/codeTree';
import { languageOf } from '../../src/core/text/languages';
import { tokensOf } from '../../src/core/text/lexer';

/** A text as a tree, and the token that has a mark before it. */
export interface MarkedCode {
  readonly code: CodeTree;
  readonly at: number;
  /** The text of tokens, on one line. */
  readonly show: (range: TokenRange | null) => string | null;
}

const MARK = '¦';

/** @param marked a text in which `¦` is before the token that is meant; without one it is the first token */
export function markedCode(languageId: string, marked: string): MarkedCode {
  const language = languageOf(languageId);
  assert.ok(language, languageId);
  const text = marked.replace(MARK, '');
  const tokens = tokensOf(text, language);
  const code = new CodeTree(tokens, language);
  return {
    code,
    at: tokens.indexAt(Math.max(0, marked.indexOf(MARK))),
    show: (range) => {
      if (range === null) return null;
      const { start, end } = code.rangeOf(range);
      return text.slice(start, end).replace(/\s+/g, ' ');
    },
  };
}
