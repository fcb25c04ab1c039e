import type { SdkLanguage } from './sdkLanguage';

/** What a place of a line is in; `quote` is right behind the quote that opens a string. */
export type Place = 'code' | 'comment' | 'quote' | 'string';

const HASH: ReadonlySet<SdkLanguage> = new Set(['python', 'ruby', 'php']);
const SLASH: ReadonlySet<SdkLanguage> = new Set(['javascript', 'php', 'java']);
/** What opens code in a string, by the quote. */
const INTERPOLATIONS: Readonly<Partial<Record<SdkLanguage, Readonly<Record<string, string>>>>> = {
  javascript: { '`': '${' },
  ruby: { '"': '#{', '`': '#{' },
  php: { '"': '{$' },
};

/**
 * Reads a line up to a place. What lines above opened is not known: a line that begins with an asterisk is
 * taken for one of a block comment. Takes time in proportion to `at`.
 */
export function placeIn(line: string, at: number, language: SdkLanguage): Place {
  const php = language === 'php';
  const slashes = SLASH.has(language);
  if (slashes && /^\s*\*(?:[\s/]|$)/.test(line)) return 'comment';
  let quote = '';
  let opens: string | undefined;
  let from = 0;
  /** Strings that we are in the code of, with the braces open in it. */
  const outer: { quote: string; opens: string | undefined; braces: number }[] = [];
  for (let index = 0; index < at; index += 1) {
    const sign = line.charAt(index);
    const inner = outer.at(-1);
    if (quote !== '') {
      if (sign === '\\') index += 1;
      else if (line.startsWith(quote, index)) {
        index += quote.length - 1;
        quote = '';
      } else if (opens !== undefined && line.startsWith(opens, index)) {
        index += opens.length - 1;
        outer.push({ quote, opens, braces: 0 });
        quote = '';
      }
    } else if (sign === '"' || sign === "'" || (sign === '`' && language !== 'java')) {
      const triple = language === 'python' && line.startsWith(sign.repeat(3), index);
      quote = triple ? sign.repeat(3) : sign;
      opens = INTERPOLATIONS[language]?.[sign];
      if (
        language === 'python' &&
        /(?:^|\W)r?f$/i.test(line.slice(Math.max(0, index - 3), index))
      ) {
        opens = '{';
      }
      index += quote.length - 1;
      from = index + 1;
    } else if (sign === '#' && HASH.has(language) && !(php && line.startsWith('#[', index))) {
      return 'comment';
    } else if (slashes && line.startsWith('//', index)) {
      return 'comment';
    } else if (slashes && line.startsWith('/*', index)) {
      const end = line.indexOf('*/', index + 2);
      if (end < 0 || end >= at) return 'comment';
      index = end + 1;
    } else if (inner !== undefined && sign === '{') {
      inner.braces += 1;
    } else if (inner !== undefined && sign === '}') {
      if (inner.braces === 0) {
        ({ quote, opens } = inner);
        outer.pop();
      } else inner.braces -= 1;
    }
  }
  if (quote === '') return 'code';
  return from === at ? 'quote' : 'string';
}
