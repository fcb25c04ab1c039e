import { CASE, CURLY, Cursor, isWideLetter, isWordCode, ROUND, SQUARE } from './cursor';
import { beginsCommand, endsOperandInRuby, endsOperandInScript } from './expressions';
import type { Language } from './languages';
import { opensElement, readMarkup } from './markup';
import { heredocForm } from './openings';
import { operatorLength } from './operators';
import { readSettings } from './settings';
import { StringForm } from './stringForm';
import { KIND, type Tokens } from './tokens';
import { readYaml } from './yaml';

const SPACE = 1;
const NEWLINE = 2;
const WORD = 3;
const DIGIT = 4;
const OPEN = 5;
const CLOSE = 6;
/** What may begin a comment, a string or something else that not every language has. */
const SPECIAL = 7;

/** By character code, what to do with a character of code. */
function classesOf(language: Language): Uint8Array {
  const classes = new Uint8Array(128);
  for (let code = 0; code < 128; code += 1) {
    if (code >= 48 && code <= 57) classes[code] = DIGIT;
    else if (isWordCode(code)) classes[code] = WORD;
    else if (code <= 32) classes[code] = SPACE;
  }
  const set = (signs: string, value: number): void => {
    for (const sign of signs) classes[sign.charCodeAt(0)] = value;
  };
  set('\n', NEWLINE);
  set('([{', OPEN);
  set(')]}', CLOSE);
  const { layout, markup, regexps, unusual } = language;
  const first = (sign: string): string => sign.charAt(0);
  const special = [
    ...language.lineComments.map(first),
    ...language.strings.map(([open]) => first(open)),
    language.blockComments === 'none' ? '' : '/',
    unusual?.signs ?? '',
    language.wordQuote,
    regexps === 'none' ? '' : '/',
    regexps === 'ruby' ? '?<$=' : '',
    layout === 'shell' ? '$\\`' : '',
    language.heredocs === 'none' ? '' : '<',
    layout === 'prose' ? '\\"\'' : '',
    markup === 'none' ? '' : '<?',
    language.hasDirectives ? '#' : '',
  ];
  set(special.join(''), SPECIAL);
  set(language.wordSigns, WORD);
  return classes;
}

const CLASSES = new Map<Language, Uint8Array>();
const PROSE_ESCAPED = new StringForm('\\"', { escapes: 'none' });
const SCRIPT_END = '</script';
const HEREDOC_OF_RUBY = /<<([~-]?)(["'`]?)([A-Za-z_]\w{0,200})\2/y;
const HEREDOC_OF_SHELL =
  /<<(-?)[ \t]{0,20}(?:(["'])([^"'\n]{1,200})\2|\\?([A-Za-z_][\w.-]{0,200}))/y;
const RUBY_REGEXP = new StringForm('/', {
  hasLines: true,
  holes: [{ open: '#{', close: '}' }],
  hasFlags: true,
});
const RUBY_BLOCK_COMMENT = /=begin(?![^\s])/y;
const PHP_TAG = /<\?(?:php\b|=|(?=\s))/gi;
const PAGE_START = /^\s*[<@]/;
const DIRECTIVE_WITH_TEXT = /#[ \t]*(?:end)?(?:region|error|warning)\b/y;

/** Part of a text, from the start of a line. The lexer takes that line for code. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a text, read once from its start to its end. Nothing in a text makes it fail: what is not closed
 * ends with its line, its code or the text.
 */
export function tokensOf(
  text: string,
  language: Language,
  { start, end }: Window = { start: 0, end: text.length },
): Tokens {
  const cursor = new Cursor(text, start, Math.min(end, text.length));
  switch (language.layout) {
    case 'yaml':
      readYaml(cursor, language);
      break;
    case 'settings':
      readSettings(cursor, language);
      break;
    default:
      new Lexer(cursor, language).run();
  }
  return cursor.out.finish();
}

/** How far back a window looks for a line that surely is code. */
const LOOK_BACK = 20_000;
const UNINDENTED = /\n[ \t]*\r?\n(?=[A-Za-z@<#])/g;

/**
 * A window around an offset of a huge text: it begins at a line without indentation after an empty one, if there is
 * one, since such a line seldom is inside of a string or comment.
 */
export function windowAround(text: string, offset: number, reach: number): Window {
  const from = Math.max(0, offset - reach);
  const end = text.indexOf('\n', offset + reach);
  const window = { start: 0, end: end < 0 ? text.length : end };
  if (from === 0) return window;
  const first = Math.max(0, from - LOOK_BACK);
  let start = text.lastIndexOf('\n', from) + 1;
  if (start < first) start = from; // in a line without end
  for (const { index, 0: all } of text.slice(first, from).matchAll(UNINDENTED))
    start = first + index + all.length;
  return { ...window, start };
}

class Lexer {
  private readonly classes: Uint8Array;
  /** By the sign: up to where no regular expression or string of a line is closed. */
  private readonly unclosedUntil = new Map<string, number>();
  private readonly isShell: boolean;
  private readonly isRuby: boolean;
  private readonly hasPrefixes: boolean;

  constructor(
    private readonly cursor: Cursor,
    private readonly language: Language,
  ) {
    const classes = CLASSES.get(language) ?? classesOf(language);
    CLASSES.set(language, classes);
    this.classes = classes;
    this.isShell = language.layout === 'shell';
    this.isRuby = language.regexps === 'ruby';
    this.hasPrefixes = language.withPrefix !== null;
  }

  run(): void {
    const { cursor, language, classes } = this;
    const { text, end } = cursor;
    if (text.startsWith('#!', cursor.at) && cursor.at === 0) this.lineComment();
    if (language.markup === 'php') this.php();
    if (language.markup === 'page') readMarkup(cursor, { inTag: false, depth: 0, isPage: true });
    const isSimple = !this.isShell && !this.isRuby && !this.hasPrefixes;
    while (cursor.at < end) {
      const { at } = cursor;
      const code = text.charCodeAt(at);
      const kind = code < 128 ? classes[code] : isWideLetter(code) ? WORD : SPACE;
      switch (kind) {
        case SPACE: {
          let after = at + 1;
          while (text.charCodeAt(after) === 32) after += 1;
          cursor.at = after;
          break;
        }
        case NEWLINE:
          if (cursor.top !== null) cursor.endLine();
          cursor.at = at + 1;
          if (cursor.heredocs.items.length > 0) this.heredoc();
          break;
        case WORD:
          if (isSimple) cursor.add(KIND.word, this.wordEnd(at + 1));
          else this.word();
          break;
        case DIGIT:
          this.number();
          break;
        case OPEN:
          cursor.openBracket(code === 40 ? ROUND : code === 91 ? SQUARE : CURLY, 1);
          break;
        case CLOSE:
          this.close(code);
          break;
        case SPECIAL:
          if (!this.special(code)) this.operator(code);
          break;
        default:
          this.operator(code);
      }
    }
    while (cursor.top !== null) {
      const frame = cursor.leaveFrame(0);
      if (frame?.resume === 'string')
        cursor.continueString(frame.form ?? RUBY_REGEXP, frame.quote, 0);
    }
  }

  private wordEnd(from: number): number {
    const { text, end } = this.cursor;
    const { classes } = this;
    let after = from;
    while (after < end) {
      const code = text.charCodeAt(after);
      if (code < 128) {
        const kind = classes[code];
        if (kind !== WORD && kind !== DIGIT) break;
      } else if (!isWideLetter(code)) break;
      after += 1;
    }
    return after;
  }

  private word(): void {
    const { cursor } = this;
    const { text, at } = cursor;
    let end = this.wordEnd(at + 1);
    const next = text.charCodeAt(end);
    if (this.hasPrefixes && end - at <= 2 && (next === 34 || next === 39)) {
      if (this.string(text.slice(at, end), end)) return;
    }
    if (this.isRuby) {
      if (next === 63 || next === 33) {
        const after = text.slice(end + 1, end + 3);
        if (!after.startsWith('=') || /^=[=~>]/.test(after)) end += 1;
      }
      if (text.startsWith('__END__', at) && end === at + 7 && text.charCodeAt(at - 1) === 10) {
        cursor.add(KIND.comment, cursor.end);
        return;
      }
    }
    if (this.isShell && end === at + 4) this.shellCase(text.slice(at, end), end);
    cursor.add(KIND.word, end);
  }

  /** The patterns of a shell's `case` are followed by a bracket that was not opened. */
  private shellCase(word: string, end: number): void {
    const { cursor } = this;
    if (word !== 'case' && word !== 'esac') return;
    if (!beginsCommand(cursor.out, cursor.at)) return;
    const next = cursor.text.charAt(end);
    if (word === 'case' && (next === ' ' || next === '\t')) cursor.enter(CASE, cursor.out.length);
    else if (word === 'esac' && cursor.isOpen(CASE)) {
      while (cursor.innermostType !== CASE) cursor.leave();
      cursor.leave();
    }
  }

  private number(): void {
    const { cursor } = this;
    const { text, at } = cursor;
    let end = this.wordEnd(at + 1);
    for (;;) {
      const next = text.charCodeAt(end);
      const after = text.charCodeAt(end + 1);
      const isDigit = after >= 48 && after <= 57;
      const last = text.charCodeAt(end - 1) | 32;
      if (next === 46 && isDigit && !this.isShell) end = this.wordEnd(end + 1);
      else if (
        (next === 43 || next === 45) &&
        isDigit &&
        last === 101 &&
        text.charCodeAt(at + 1) !== 120
      )
        end = this.wordEnd(end + 1);
      else break;
    }
    cursor.add(KIND.number, end);
  }

  private operator(code: number): void {
    const { cursor } = this;
    cursor.add(KIND.punctuation, cursor.at + operatorLength(cursor.text, cursor.at));
    const { top } = cursor;
    if (code === 58 && top?.hasFormat === true && cursor.open === top.floor)
      cursor.continueFormat();
  }

  private close(code: number): void {
    const { cursor } = this;
    const type = code === 41 ? ROUND : code === 93 ? SQUARE : CURLY;
    const { top } = cursor;
    if (
      top !== null &&
      code === top.close.charCodeAt(0) &&
      !cursor.isOpen(type) &&
      !(type === ROUND && cursor.innermostType === CASE) &&
      cursor.text.startsWith(top.close, cursor.at)
    )
      this.leave(top.close.length);
    else if (type === ROUND && cursor.innermostType === CASE)
      cursor.add(KIND.punctuation, cursor.at + 1);
    else cursor.closeBracket(type);
  }

  /** Goes on with what the code that ends here was in. */
  private leave(length: number): void {
    const { cursor } = this;
    const frame = cursor.leaveFrame(length);
    switch (frame?.resume) {
      case 'string':
        if (frame.form) cursor.continueString(frame.form, frame.quote, frame.depth);
        break;
      case 'format':
        cursor.continueFormat();
        break;
      case 'children':
      case 'tag':
      case 'page':
        readMarkup(cursor, {
          inTag: frame.resume === 'tag',
          depth: frame.depth,
          isPage: frame.resume === 'page',
        });
        break;
      default:
    }
  }

  /** False if what is here is an operator. */
  private special(code: number): boolean {
    const { cursor, language } = this;
    switch (code) {
      case 47: // /
        return this.slash();
      case 35: // #
        return this.hash() || this.unusual();
      case 60: // <
        return this.angle();
      case 63: // ?
        return this.question();
      case 92: // backslash
        if (this.isShell) cursor.add(KIND.escape, Math.min(cursor.end, cursor.at + 2));
        else return this.prose('\\"', PROSE_ESCAPED);
        return true;
      case 36: // $
        return this.unusual() || this.dollar();
      case 37: // %
        return !endsOperandInRuby(cursor.out, cursor.at, 1) && this.unusual();
      case 61: // =
        return this.rubyBlockComment();
      case 96: // a backtick
        if (language.wordQuote !== '') return this.quotedWord();
        if (!this.isShell) return this.string('', cursor.at);
        if (cursor.top?.close === '`') this.leave(1);
        else cursor.enterFrame('code', 1, { close: '`' });
        return true;
      default:
        if (language.layout === 'prose') {
          const sign = cursor.text.charAt(cursor.at);
          const form = language.strings.find(([open]) => open === sign)?.[1];
          return form !== undefined && this.prose(sign, form);
        }
        if (this.isShell && code === 39 && this.isLiteralQuote()) return false;
        if (this.unusual()) return true;
        for (const sign of language.lineComments)
          if (code === sign.charCodeAt(0) && cursor.text.startsWith(sign, cursor.at)) {
            this.lineComment();
            return true;
          }
        return this.string('', cursor.at);
    }
  }

  /** The string whose quote is at an offset, after a prefix that begins here. */
  private string(prefix: string, quoteAt: number): boolean {
    const { cursor, language } = this;
    for (const [open, plain] of language.strings) {
      if (!cursor.text.startsWith(open, quoteAt)) continue;
      const form = prefix === '' ? plain : (language.withPrefix?.(prefix, open) ?? null);
      if (form === null) return false;
      cursor.string(form, quoteAt + open.length - cursor.at);
      return true;
    }
    return false;
  }

  private quotedWord(): boolean {
    const { cursor } = this;
    const { text, at } = cursor;
    if (at < (this.unclosedUntil.get('`') ?? -1)) return false;
    let after = at + 1;
    while (after < cursor.end && text.charCodeAt(after) !== 96 && text.charCodeAt(after) !== 10)
      after += 1;
    if (text.charCodeAt(after) === 96) cursor.add(KIND.word, Math.min(after + 1, cursor.end));
    else this.unclosedUntil.set('`', after);
    return after < cursor.at;
  }

  private unusual(): boolean {
    const { cursor } = this;
    const { unusual } = this.language;
    if (unusual?.signs.includes(cursor.text.charAt(cursor.at)) !== true) return false;
    const opening = unusual.open(cursor.text, cursor.at);
    if (opening === null) return false;
    cursor.string(opening.form, opening.length);
    return true;
  }

  private slash(): boolean {
    const { cursor, language } = this;
    const { text, at } = cursor;
    const next = text.charCodeAt(at + 1);
    if (next === 47 && language.lineComments.includes('//')) {
      this.lineComment();
      return true;
    }
    if (next === 42 && language.blockComments !== 'none') {
      this.blockComment();
      return true;
    }
    if (language.regexps === 'script') return this.regexp();
    if (!this.isRuby || endsOperandInRuby(cursor.out, at, 1)) return false;
    cursor.string(RUBY_REGEXP, 1);
    return true;
  }

  private lineComment(): void {
    const { cursor, language } = this;
    const { text, at } = cursor;
    const line = text.indexOf('\n', at);
    let end = line < 0 || line > cursor.end ? cursor.end : line;
    if (text.charCodeAt(end - 1) === 13) end -= 1;
    if (language.markup === 'php') {
      const close = text.slice(at, end).indexOf('?>');
      if (close >= 0) end = at + close;
    }
    cursor.add(KIND.comment, end);
  }

  private blockComment(): void {
    const { cursor } = this;
    const { text } = cursor;
    let close = text.indexOf('*/', cursor.at + 2);
    if (this.language.blockComments === 'nested') {
      const sign = /\/\*|\*\//g;
      sign.lastIndex = cursor.at + 2;
      let depth = 1;
      while (depth > 0) {
        const found = sign.exec(text);
        close = found?.index ?? -1;
        if (found === null) break;
        depth += found[0] === '/*' ? 1 : -1;
      }
    }
    cursor.add(KIND.comment, close < 0 ? cursor.end : Math.min(close + 2, cursor.end));
  }

  /** A regular expression of JavaScript; it ends in its line. */
  private regexp(): boolean {
    const { cursor } = this;
    const { text, at, end } = cursor;
    if (at < (this.unclosedUntil.get('/') ?? -1) || endsOperandInScript(cursor.out)) return false;
    let isClass = false;
    let after = at + 1;
    for (; after < end; after += 1) {
      const code = text.charCodeAt(after);
      if (code === 10) break;
      if (code === 92) after += 1;
      else if (code === 91) isClass = true;
      else if (code === 93) isClass = false;
      else if (code === 47 && !isClass) {
        cursor.add(KIND.regexp, this.wordEnd(after + 1));
        return true;
      }
    }
    this.unclosedUntil.set('/', after);
    return false;
  }

  private hash(): boolean {
    const { cursor, language } = this;
    const { text, at } = cursor;
    if (language.hasDirectives) {
      DIRECTIVE_WITH_TEXT.lastIndex = at;
      if (!DIRECTIVE_WITH_TEXT.test(text)) return false;
      this.lineComment();
      return true;
    }
    if (!language.lineComments.includes('#')) return false;
    if (language.markup === 'php' && text.charAt(at + 1) === '[') return false;
    if (this.isShell) {
      const before = at === 0 ? '\n' : text.charAt(at - 1);
      if (!' \t\n\r;&|(`'.includes(before)) return false;
      if (cursor.top?.close === '}' && cursor.open === cursor.top.floor) return false;
    }
    this.lineComment();
    return true;
  }

  private angle(): boolean {
    const { cursor, language } = this;
    const { text, at } = cursor;
    if (cursor.top?.close === SCRIPT_END && text.startsWith(SCRIPT_END, at)) {
      this.leave(0);
      return true;
    }
    if (language.markup === 'jsx') {
      if (!opensElement(cursor) || endsOperandInScript(cursor.out)) return false;
      readMarkup(cursor, { inTag: false, depth: 0, isPage: false });
      return true;
    }
    if (language.heredocs !== 'none' && text.charAt(at + 1) === '<') return this.heredocMark();
    return this.unusual();
  }

  /** `<<ID`: the text begins at the next line. */
  private heredocMark(): boolean {
    const { cursor } = this;
    const { out, text, at } = cursor;
    if (this.language.heredocs === 'shell') {
      if (text.charAt(at + 2) === '<') {
        cursor.add(KIND.punctuation, at + 3);
        return true;
      }
      HEREDOC_OF_SHELL.lastIndex = at;
      const found = HEREDOC_OF_SHELL.exec(text);
      if (found === null || this.isInArithmetic()) return false;
      const [all, dash = '', , quoted, bare = ''] = found;
      const isRaw = quoted !== undefined || all.includes('\\');
      const indent = dash === '' ? 'none' : 'tabs';
      const form = heredocForm(quoted ?? bare, indent, isRaw ? null : 'shell', true);
      cursor.heredocs.items.push({ mark: cursor.add(KIND.punctuation, at + all.length), form });
      return true;
    }
    HEREDOC_OF_RUBY.lastIndex = at;
    const found = HEREDOC_OF_RUBY.exec(text);
    if (found === null) return false;
    const [all, dash = '', quote = '', word = ''] = found;
    if (dash === '' && quote === '' && !/^[A-Z]/.test(word)) return false;
    if (endsOperandInRuby(out, at, 2) || out.textOf(out.lastCode) === 'class') return false;
    const indent = dash === '' ? 'none' : 'any';
    const form = heredocForm(word, indent, quote === "'" ? null : 'ruby', true);
    cursor.heredocs.items.push({ mark: cursor.add(KIND.punctuation, at + all.length), form });
    return true;
  }

  private isInArithmetic(): boolean {
    const { cursor } = this;
    const { out, innermost } = cursor;
    if (cursor.innermostType !== ROUND) return false;
    const before = innermost - 1;
    return out.kindOf(before) === KIND.open && out.endOf(before) === out.startOf(innermost);
  }

  /** At the start of a line, that which the lines before still wait for. */
  private heredoc(): void {
    const { cursor } = this;
    const { items, next } = cursor.heredocs;
    const first = items[next];
    if (next + 1 < items.length) cursor.heredocs.next = next + 1;
    else cursor.heredocs = { items: [], next: 0 };
    if (first !== undefined) cursor.heredoc(first);
  }

  private question(): boolean {
    const { cursor } = this;
    const { text, at, out } = cursor;
    if (this.language.markup === 'php' && text.charAt(at + 1) === '>') {
      cursor.add(KIND.punctuation, at + 2);
      this.php();
      return true;
    }
    if (!this.isRuby) return false;
    // a character: ?a
    const isEscape = text.charAt(at + 1) === '\\';
    const length = isEscape ? 2 : 1;
    if (/\s/.test(text.charAt(at + 1)) || isWordCode(text.charCodeAt(at + 1 + length)))
      return false;
    if (at + 1 >= cursor.end || endsOperandInRuby(out, at, 1)) return false;
    const quote = cursor.add(KIND.quote, at + 1);
    cursor.add(isEscape ? KIND.escape : KIND.text, Math.min(cursor.end, at + 1 + length));
    out.pair(quote, cursor.add(KIND.endQuote, cursor.at));
    return true;
  }

  /** Text of a page up to PHP's next tag; an excerpt without any tag is code. */
  private php(): void {
    const { cursor } = this;
    PHP_TAG.lastIndex = cursor.at;
    const found = PHP_TAG.exec(cursor.text);
    if (found === null && cursor.out.length === 0 && !PAGE_START.test(cursor.text.slice(0, 200)))
      return;
    const end = Math.min(found?.index ?? cursor.end, cursor.end);
    if (end > cursor.at) cursor.add(KIND.markup, end);
    if (found !== null && end < cursor.end) cursor.add(KIND.punctuation, end + found[0].length);
  }

  private dollar(): boolean {
    const { cursor } = this;
    const { text, at } = cursor;
    const next = text.charAt(at + 1);
    if (this.isRuby) {
      if (!'\'"`/!@&~+*$?:;<>,.\\'.includes(next) || next === '') return false;
      cursor.add(KIND.word, at + 2);
      return true;
    }
    if (!this.isShell) return false;
    if (next === '(' || next === '{') {
      cursor.enterFrame('code', 2, { close: next === '(' ? ')' : '}' });
      return true;
    }
    let end = at + 1;
    while (end < cursor.end && isWordCode(text.charCodeAt(end))) end += 1;
    if (end === at + 1 && '?#@*!$-'.includes(next) && next !== '') end += 1;
    if (end === at + 1) return false;
    cursor.add(KIND.word, end);
    return true;
  }

  /** A single quote in `"${name:-it's}"`; after `#`, `%` and `/`, it opens a string there, too. */
  private isLiteralQuote(): boolean {
    const { out, top, open } = this.cursor;
    if (top?.close !== '}' || top.resume !== 'string' || open > top.floor) return false;
    return !/^[#%/^,]/.test(out.textOf(top.token + 2));
  }

  private rubyBlockComment(): boolean {
    const { cursor } = this;
    const { text, at } = cursor;
    RUBY_BLOCK_COMMENT.lastIndex = at;
    const isLineStart = at === 0 || text.charCodeAt(at - 1) === 10;
    if (!this.isRuby || !isLineStart || !RUBY_BLOCK_COMMENT.test(text)) return false;
    const close = text.indexOf('\n=end', at);
    const line = close < 0 ? -1 : text.indexOf('\n', close + 1);
    cursor.add(KIND.comment, line < 0 ? cursor.end : Math.min(line, cursor.end));
    return true;
  }

  /** A string in text that is no code: only if it is closed in its line, and an apostrophe is none. */
  private prose(sign: string, form: StringForm): boolean {
    const { cursor } = this;
    const { text, at, end } = cursor;
    if (!text.startsWith(sign, at) || at < (this.unclosedUntil.get(sign) ?? -1)) return false;
    const isSingle = sign === "'";
    if (isSingle && isWordCode(text.charCodeAt(at - 1))) return false;
    let after = at + sign.length;
    for (; after < end && text.charCodeAt(after) !== 10; after += 1) {
      if (text.startsWith(sign, after)) {
        if (isSingle && isWordCode(text.charCodeAt(after + 1))) return false;
        cursor.string(form, sign.length);
        return true;
      } else if (text.charCodeAt(after) === 92) after += 1;
    }
    this.unclosedUntil.set(sign, after);
    return false;
  }
}
