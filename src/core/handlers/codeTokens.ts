import { strengthOf } from '../codes/codeNames';
import { codesUsedIn } from '../codes/codesIn';
import type { CodeTree, TokenRange } from '../text/codeTree';
import { keysOf } from '../text/keys';
import { opensWordList } from '../text/maskedText';

/** A code that is a literal of its own, and its token. */
export interface CodeToken {
  readonly code: string;
  readonly at: number;
}

/** What is in a string that holds codes and nothing else: `0810`, `0810,0811`. */
const CODES_ONLY = /^\d{4}(?:[\s,|]+\d{4})*$/;

/**
 * The codes that a text may sort, in its order. Codes in comments, in texts that hold more than codes, and the code
 * of a response, such as `ResultCode: '0810'`, are not among them.
 */
export function codeTokensIn(code: CodeTree, languageId: string): CodeToken[] {
  const { tokens } = code;
  const found: CodeToken[] = [];
  // many codes may be in one string
  let last = { at: -1, isOfCodes: false };
  for (const span of codesUsedIn(tokens.text, languageId)) {
    const at = tokens.indexAt(span.start);
    if (at !== last.at) last = { at, isOfCodes: isOfCodes(code, at) && !isAnswer(code, at) };
    if (last.isOfCodes) found.push({ code: span.code, at });
  }
  return found;
}

function isOfCodes({ tokens }: CodeTree, at: number): boolean {
  switch (tokens.kindAt(at)) {
    case 'number':
      return true;
    case 'text':
      if (opensWordList(tokens, at - 1)) return true;
      return (
        tokens.kindAt(at - 1) === 'quote' &&
        tokens.kindAt(at + 1) === 'endQuote' &&
        CODES_ONLY.test(tokens.textOf(at))
      );
    default:
      return false;
  }
}

function isAnswer(code: CodeTree, at: number): boolean {
  const [key] = keysOf(code, at);
  return (key?.as === 'value' || key?.as === 'choice') && strengthOf(key.name) > 0;
}

/** Those of some codes, which are in the order of the text, that are in a range. */
export function codesWithin<T extends Pick<CodeToken, 'at'>>(
  sorted: readonly T[],
  { first, last }: TokenRange,
): T[] {
  return sorted.slice(below(sorted, first), below(sorted, last + 1));
}

function below(sorted: readonly Pick<CodeToken, 'at'>[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.at ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
