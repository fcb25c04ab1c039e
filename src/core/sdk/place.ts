import type { Language } from '../text/languages';
import { tokensOf } from '../text/lexer';

/** What a place of a line is in; `quote` is right behind the quote that opens a string. */
export type Place = 'code' | 'comment' | 'quote' | 'string';

/**
 * Reads a line. What lines above opened is not known: a line that begins with an asterisk is taken for one of a
 * block comment.
 */
export function placeIn(line: string, at: number, language: Language): Place {
  if (language.blockComments !== 'none' && /^\s*\*(?:[\s/]|$)/.test(line)) return 'comment';
  const tokens = tokensOf(line, language);
  const index = tokens.indexAt(at);
  switch (tokens.kindAt(index)) {
    case 'comment':
      return 'comment';
    case 'text':
    case 'escape':
      return tokens.startOf(index) === at && tokens.kindAt(index - 1) === 'quote'
        ? 'quote'
        : 'string';
    case 'markup':
    case 'regexp':
      return 'string';
    default:
      return 'code';
  }
}
