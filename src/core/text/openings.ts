import { FormCache, StringForm, type Opening } from './stringForm';

/** The strings whose opening has a length, a delimiter or a word of its own. */

const cache = new FormCache();

/** How many of the same character are at an offset. */
function runLength(text: string, at: number, sign: string): number {
  let end = at;
  while (text.charAt(end) === sign) end += 1;
  return end - at;
}

/** C#: `@"…"`, `$"…{x}…"`, `$@"…"`, `"""…"""` with any number of quotes, and with any number of `$`. */
export function openingInCSharp(text: string, at: number): Opening | null {
  if ('$@'.includes(text.charAt(at - 1) || ' ')) return null; // was tried from its start
  let after = at;
  let dollars = 0;
  let isVerbatim = false;
  for (; ; after += 1) {
    const sign = text.charAt(after);
    if (sign === '$') dollars += 1;
    else if (sign === '@' && !isVerbatim) isVerbatim = true;
    else break;
  }
  const quotes = runLength(text, after, '"');
  if (quotes === 0) return null;
  const isRaw = quotes >= 3 && !isVerbatim;
  const count = isRaw ? quotes : 1;
  const form = cache.get(`c# ${dollars} ${isVerbatim ? '@' : ''}${count}`, () => {
    const hole = {
      open: '{'.repeat(isRaw ? dollars : 1),
      close: '}'.repeat(isRaw ? dollars : 1),
      isDoubled: !isRaw,
      hasFormat: true,
    };
    return new StringForm('"'.repeat(count), {
      escapes: isRaw || isVerbatim ? 'none' : 'all',
      isDoubled: isVerbatim,
      hasLines: isRaw || isVerbatim,
      holes: dollars > 0 ? [hole] : [],
    });
  });
  return { form, length: after - at + count };
}

/** Swift: `#"…\#(x)…"#` and `#/…/#` with any number of `#`. */
export function openingInSwift(text: string, at: number): Opening | null {
  if (text.charAt(at - 1) === '#') return null; // was tried from its start
  const fence = '#'.repeat(runLength(text, at, '#'));
  const after = at + fence.length;
  const quote = ['"""', '"', '/'].find((each) => text.startsWith(each, after));
  if (quote === undefined) return null;
  const form = cache.get(`swift ${quote}${fence.length}`, () => {
    const hole = { open: `\\${fence}(`, close: ')' };
    return new StringForm(quote + fence, {
      escapes: 'none',
      hasLines: quote !== '"',
      holes: quote === '/' ? [] : [hole],
    });
  });
  return { form, length: fence.length + quote.length };
}

const HEREDOC_OF_PHP = /<<<[ \t]*(["']?)([A-Za-z_]\w{0,200})\1[ \t]*\r?\n/y;

/** PHP's texts up to a word on a line of its own; quotes around the word tell whether variables are read. */
export function openingInPhp(text: string, at: number): Opening | null {
  HEREDOC_OF_PHP.lastIndex = at;
  const found = HEREDOC_OF_PHP.exec(text);
  if (found === null) return null;
  const [all, quote = '', word = ''] = found;
  const form = cache.get(`php ${quote}${word}`, () =>
    heredocForm(word, 'any', quote === "'" ? null : 'php', false),
  );
  return { form, length: all.length };
}

export const PHP_HOLES = [
  { open: '{$', close: '}' },
  { open: '${', close: '}' },
];
export const RUBY_HOLES = [{ open: '#{', close: '}' }];
export const SHELL_HOLES = [
  { open: '$(', close: ')' },
  { open: '${', close: '}' },
  { open: '`', close: '`' },
];

const HOLES = { php: PHP_HOLES, ruby: RUBY_HOLES, shell: SHELL_HOLES };

/** @param language null where nothing in the text is read as code or as an escape */
export function heredocForm(
  word: string,
  indent: 'none' | 'tabs' | 'any',
  language: 'php' | 'ruby' | 'shell' | null,
  isWholeLine: boolean,
): StringForm {
  return new StringForm('', {
    escapes: language === null ? 'none' : 'all',
    hasLines: true,
    holes: language === null ? [] : HOLES[language],
    names: language === 'ruby' ? null : language,
    terminator: { word, indent, isWholeLine },
  });
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const PERCENT = /%([wWiIqQrsx]?)([^\w\s])/y;

/** Ruby: `%w[…]`, `%(…)`, `%r{…}`. Whether a percent sign is one of these depends on what is before it. */
export function openingInRuby(text: string, at: number): Opening | null {
  PERCENT.lastIndex = at;
  const found = PERCENT.exec(text);
  if (found === null) return null;
  const [all, letter = '', open = ''] = found;
  const form = cache.get(`ruby ${letter}${open}`, () => {
    const close = CLOSING[open];
    return new StringForm(close ?? open, {
      hasLines: true,
      holes: 'wiqs'.includes(letter) && letter !== '' ? [] : RUBY_HOLES,
      nests: close === undefined ? '' : open,
      hasFlags: letter === 'r',
    });
  });
  return { form, length: all.length };
}

/** A shell: `$'…'` with escapes. */
export function openingInShell(text: string, at: number): Opening | null {
  return text.startsWith("$'", at) ? { form: ANSI_C, length: 2 } : null;
}
const ANSI_C = new StringForm("'", { hasLines: true });
