/** What has to be known of a language to find its strings, comments and blocks. */
export interface Syntax {
  readonly lineComment: RegExp;
  readonly hasBlockComments: boolean;
  /** What opens code inside a text: `${`, `#{`. */
  readonly interpolation: string | null;
  readonly hasTripleQuotes: boolean;
  readonly hasRegExps: boolean;
  readonly blocks: 'braces' | 'indentation' | 'end';
}

const braces: Syntax = {
  lineComment: /\/\//y,
  hasBlockComments: true,
  interpolation: null,
  hasTripleQuotes: false,
  hasRegExps: false,
  blocks: 'braces',
};
const script: Syntax = { ...braces, interpolation: '${', hasRegExps: true };
const tripled: Syntax = { ...braces, interpolation: '${', hasTripleQuotes: true };
const python: Syntax = {
  lineComment: /#/y,
  hasBlockComments: false,
  interpolation: null,
  hasTripleQuotes: true,
  hasRegExps: false,
  blocks: 'indentation',
};

/** By VS Code's language IDs. */
const SYNTAXES = new Map<string, Syntax>([
  ['javascript', script],
  ['javascriptreact', script],
  ['typescript', script],
  ['typescriptreact', script],
  ['python', python],
  [
    'ruby',
    { ...python, interpolation: '#{', hasTripleQuotes: false, hasRegExps: true, blocks: 'end' },
  ],
  // #[...] is an attribute
  ['php', { ...braces, lineComment: /\/\/|#(?!\[)/y }],
  ['java', { ...tripled, interpolation: null }],
  ['csharp', { ...tripled, interpolation: null }],
  ['go', braces],
  ['kotlin', tripled],
  ['swift', { ...tripled, interpolation: '\\(' }],
  ['dart', tripled],
]);

/** Null for languages in which nobody writes a `switch`, and those that are not known. */
export function syntaxOf(languageId: string): Syntax | null {
  return SYNTAXES.get(languageId) ?? null;
}

/** What stands in a mask for a character of a text. Code does not hold it. */
export const IN_TEXT = '\0';

/** Lines end with \n alone, as in VS Code; regular expressions would end them with these, too. */
const NO_LINE_END = /[\r\u2028\u2029]/g;

/**
 * The text with its comments blanked and the inside of its string literals replaced, in the same length, so
 * that what is left is code. Line breaks within either are gone, too, and so is a carriage return. An unfinished
 * string ends with its line.
 */
export function mask(text: string, syntax: Syntax): string {
  const parts: string[] = [];
  let done = 0;
  const replace = (from: number, to: number, filler: string): void => {
    parts.push(text.slice(done, from), filler.repeat(to - from));
    done = to;
  };
  const next = /["'`/#]/g;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const at = match.index;
    const sign = match[0];
    syntax.lineComment.lastIndex = at;
    if (syntax.lineComment.test(text)) {
      const end = text.indexOf('\n', at);
      replace(at, end < 0 ? text.length : end, ' ');
    } else if (syntax.hasBlockComments && text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      replace(at, end < 0 ? text.length : end + 2, ' ');
    } else if (sign === '/') {
      const end = syntax.hasRegExps ? endOfRegExp(text, at) : -1;
      if (end > 0) replace(at + 1, end - 1, IN_TEXT);
    } else if (sign !== '#') {
      const { open, end, close } = stringAt(text, at, syntax);
      replace(open, end - close, IN_TEXT);
      next.lastIndex = end;
      continue;
    }
    next.lastIndex = Math.max(done, at + 1);
  }
  parts.push(text.slice(done));
  return parts.join('').replace(NO_LINE_END, ' ');
}

/** How deep texts in interpolations in texts are followed. */
const DEEPEST = 8;

/** A string literal: where its text begins, where it all ends, and how long its closing quotes are. */
interface StringLiteral {
  readonly open: number;
  readonly end: number;
  readonly close: number;
}

function stringAt(text: string, at: number, syntax: Syntax, depth = 0): StringLiteral {
  const quote = text.charAt(at);
  if (syntax.hasTripleQuotes && text.startsWith(quote.repeat(3), at)) {
    const end = text.indexOf(quote.repeat(3), at + 3);
    return { open: at + 3, end: end < 0 ? text.length : end + 3, close: end < 0 ? 0 : 3 };
  }
  const isVerbatim = quote === '"' && /@\$?$/.test(text.slice(Math.max(0, at - 2), at));
  const runsOn = quote === '`' || isVerbatim;
  let end = at + 1;
  while (end < text.length) {
    const sign = text.charAt(end);
    if (sign === quote) {
      if (!isVerbatim || text.charAt(end + 1) !== quote)
        return { open: at + 1, end: end + 1, close: 1 };
      end += 2;
    } else if (sign === '\n' && !runsOn) {
      break;
    } else if (
      syntax.interpolation !== null &&
      depth < DEEPEST &&
      quote !== "'" &&
      text.startsWith(syntax.interpolation, end)
    ) {
      end = endOfInterpolation(text, end + syntax.interpolation.length, syntax, depth);
    } else {
      end += sign === '\\' && !isVerbatim ? 2 : 1;
    }
  }
  end = Math.min(end, text.length);
  return { open: at + 1, end, close: 0 };
}

/** Past the bracket that closes an interpolation; strings in it may hold brackets. */
function endOfInterpolation(text: string, from: number, syntax: Syntax, depth: number): number {
  let nesting = 1;
  let at = from;
  while (at < text.length && nesting > 0) {
    const sign = text.charAt(at);
    if ('"\'`'.includes(sign)) {
      at = stringAt(text, at, syntax, depth + 1).end;
      continue;
    }
    if ('({'.includes(sign)) nesting += 1;
    else if (')}'.includes(sign)) nesting -= 1;
    at += 1;
  }
  return at;
}

/** A longer regular expression is taken for two divisions, so that no slash makes the rest be read again. */
const LONGEST_REGEXP = 500;

/** Past a regular expression that begins here, or -1 where the slash divides. */
function endOfRegExp(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 20), at).trimEnd();
  if (before !== '' && !/(?:[(,=:[!&|?{};]|\b(?:return|case|when|typeof|in))$/.test(before))
    return -1;
  const found = /^\/(?![*/])(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\[\n])+\//.exec(
    text.slice(at, at + LONGEST_REGEXP),
  );
  return found === null ? -1 : at + found[0].length;
}
