import { isKnownCode } from './catalogue';
import type { CodeSpan } from './types';

/**
 * Finds result and error codes in a text: four digits count only where they are used as a code. That is
 * beside a name for one (`"ResultCode": "0810"`), compared with one (`'0810' === resultCode`), or in a list,
 * a map, a `case` or an arm that belongs to one. Everything else (years, ports, prices, ...) is not a code,
 * quoted or not.
 *
 * A name that can mean nothing else (ResultCode, result_code, smileCode) takes any four digits; the bare
 * name `code`, lists and cases take only digits that the catalogue knows.
 */
export function findCodes(text: string, languageId?: string): CodeSpan[] {
  const spans: CodeSpan[] = [];
  const reader = new Reader(text, languageId);
  const candidates = new RegExp(CANDIDATE);
  for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
    const { index, 0: code } = match;
    if (reader.isCode(index, code)) spans.push({ code, start: index, end: index + 4 });
  }
  return spans;
}

/** Lines of an editor, as a hover reads them. */
export interface Lines {
  readonly lineCount: number;
  lineAt(line: number): string;
}

/** How far a `case` or a list may be from the name it belongs to. */
const LINES_AROUND = 60;
/** How much of a line is looked at on each side: logs have lines of many megabytes. */
const NEAR = 400;

/**
 * The code at a position, by the same rules. Reads the line alone; only where the digits may belong to a
 * list or a `case` does it read up to 60 lines above and below.
 */
export function codeAt(
  lines: Lines,
  line: number,
  character: number,
  languageId?: string,
): CodeSpan | null {
  const whole = lines.lineAt(line);
  const from = Math.max(0, character - NEAR);
  const near = whole.slice(from, character + NEAR);
  for (const { index, 0: code } of near.matchAll(CANDIDATE)) {
    const start = from + index;
    if (character < start || character > start + 4) continue;
    let found = new Reader(near, languageId).isCode(index, code);
    if (!found && isKnownCode(code)) {
      const [text, at] = around(lines, line, near, index);
      found = new Reader(text, languageId).isCode(at, code);
    }
    return found ? { code, start, end: start + 4 } : null;
  }
  return null;
}

/** The text around a position, and the position in it. */
function around(lines: Lines, line: number, near: string, index: number): [string, number] {
  const cut = (number: number): string => lines.lineAt(number).slice(0, NEAR);
  const above: string[] = [];
  for (let number = Math.max(0, line - LINES_AROUND); number < line; number += 1) {
    above.push(cut(number));
  }
  const below: string[] = [];
  const last = Math.min(lines.lineCount - 1, line + LINES_AROUND);
  for (let number = line + 1; number <= last; number += 1) below.push(cut(number));
  const before = above.length === 0 ? '' : `${above.join('\n')}\n`;
  return [[before + near, ...below].join('\n'), before.length + index];
}

/** Four digits with neighbours that a code may have; rules out times, dates, decimals and longer numbers. */
const CANDIDATE = /(?<=[\s"'`=:([{,>|]|^)\d{4}(?=[\s"'`\\,;)\]}:&<|]|\.(?:\s|$)|\.\w+[?(]|$)/g;

/** How far back a list or `switch` may begin, and how far ahead a question after a list may stand. */
const REACH = 2000;
const AHEAD = 600;
/** How far a name stands from its code on the same line, at most. */
const NAME_BEFORE = 160;
const NAME_AFTER = 100;

// --- beside a name, or compared with one ---

/** A name that can mean nothing else, up to and with "code". */
const STRONG = /(?:result|smile[_\- ]?(?:id)?)[_\- ]?code$/i;
/** A name that says of its list what the codes in it have in common. */
const LIST =
  /(?:^|[^A-Za-z])(?:approved?|pass(?:ed|ing)?|success(?:ful)?|accept(?:ed)?|provisional|pending|reject(?:ed|ion)?|fail(?:ed|ure|ing)?|final|terminal|retry(?:able)?|review|ok|known|all|valid|kyc)[_ ]?code$/i;
const LIST_CAMEL =
  /(?:[Aa]pproved?|[Pp]ass(?:ed|ing)?|[Ss]uccess(?:ful)?|[Aa]ccept(?:ed)?|[Pp]rovisional|[Pp]ending|[Rr]eject(?:ed|ion)?|[Ff]ail(?:ed|ure|ing)?|[Ff]inal|[Rr]etry(?:able)?|[Rr]eview|[Vv]alid)Code$/;
/** The bare name. Other things have it too; the word before it must not make it another code. */
const WEAK = /(?:^|[^A-Za-z\d_\-])(?:error[_ ]?)?code$/i;
const OTHER =
  /\b(?:exit|status|zip|postal|post|country|area|pin|dial|dialling|dialing|otp|http|promo|coupon|voucher|currency|language|security|access|sms|close|sort|bank|branch|colou?r|key|qr|activation|verification|confirmation|invite|return|response|reason|sql|ora|door|state|region|product|order|item|source|this|unicode|ascii|gate|discount)[ _-]code$/i;

/** What may stand between a name and its code: quotes, brackets, operators, calls that compare. */
const LINK =
  /^s?(?:\\?["'`]|[\])(?!=<>:.{[\s]|\b(?:equals(?:IgnoreCase)?|eql|is|not|in|was|were|to|eq|of|trim|strip|toString|to_s|string|str|as|or|and|value|get|asText|toBe|toEqual|toStrictEqual|isEqualTo|shouldBe|equal)\b)*$/i;
/** The same with other codes in between: a list on one line. */
const LIST_LINK =
  /^\w{0,16}(?:\\?["'`]|[\])(?!=<>:.,{[|\s]|\b(?:equals(?:IgnoreCase)?|eql|is|not|in|was|were|to|eq|of|as|or|and|new|Set|HashSet|List|Arrays|asList|frozenset|set|listOf|setOf|arrayOf|array|string|const|final)\b|\b\d{4}\b)*$/i;

/** Between a code and the name it is compared with. */
const COMPARED =
  /^\\?["'`]?\)?\s*(?:[=!]==?|\.(?:equals(?:IgnoreCase)?|eql\?|==)\s*\(?|\bin\b|\bnot in\b|\bis\b)\s*[^\n;&|]*$/i;
const ARGUMENT = /^["'`]\s*,\s*[\w$.>()[\]"'`-]*$/;

/** Words that only a text about Smile ID's answers holds. */
const SMILE_WORD = /smile|job_?(?:status|complete|success|id)|result_?(?:code|text)|kyc|sid_/i;

// --- in a list, a map, a case or an arm ---

const OWNER_LINK =
  /^\w{0,16}["'`]?\]?\s*(?::\s*[\w<>[\], ]+?)?\s*(?:(?::?=>?|:|in|not in|==|,)\s*)?[\w.:<>[\], ]{0,60}[\s([{]*$/;
/** Between a list and the name that is looked for in it. */
const MEMBER_LINK =
  /^\s*[)\]}]*\s*(?:\.(?:includes|contains|include\?|indexOf|has|member\?|any\?)\s*\(?|\bin\b|,)\s*[^\n;]*$/i;
/** The line up to the digits: a `case` of some language, or an arm without a keyword. */
const CASE = /^\s*(?:(?:case|when|is)\b[^:=;{}]*|[|,]?[\s"'`\d,|]*)$/;
const KEYWORD = /^\s*(?:case|when|is)\b/;
const ARM = /^["'`]?[\s"'`\d,|]*(?:->|=>|:)/;
const ENTRY = /(?:^|[\n,{[])\s*["'`]?$/;
const ONLY_CODES = /^(?:[\s"'`,|([{]|\d{4}|\/\/[^\n]*|#[^\n]*|\/\*[^*]*\*\/)*$/;
const HEAD = /\b(?:switch|match|when|case|select)\b/;
const HEAD_ARM = /^\s*(?:case|when|is)\b[^(]*(?::|->|=>|then\b)|^\s*when\s+["'\d]/;
const SAME_LIST = /^["'`][\s,|]*["'`]$|^[\s,|]{1,12}$/;
const SAME_SWITCH = /^["'`]?\)?:(?!.*\b(?:switch|match|when|select)\b)[^{}]*\n\s*case\s+["'`]?$/s;
const CLOSERS = ')]}';
const OPENERS = '([{';

/** Decides candidate by candidate; neighbours in a list share one decision. */
class Reader {
  private readonly names = /code/gi;
  private next = -1;
  /** From here to `next` there is no name. */
  private nameless = Infinity;
  private last = -Infinity;
  private lastListed = false;

  constructor(
    private readonly text: string,
    private readonly languageId: string | undefined,
  ) {}

  isCode(index: number, code: string): boolean {
    const known = isKnownCode(code);
    const before = lastName(this.text, index, known ? NAME_BEFORE : NAME_BEFORE / 4);
    if (before >= 0 && this.isNamed(index, before + 4, known)) return true;
    const after = this.nextName(index);
    if (after - index <= NAME_AFTER && this.isCompared(index, after + 4, known)) return true;
    return known && this.isListed(index, after);
  }

  /** Where the next "code" begins; Infinity where there is none. Each is sought once. */
  private nextName(index: number): number {
    if (this.next < index) {
      this.names.lastIndex = index;
      this.nameless = index;
      this.next = this.names.exec(this.text)?.index ?? Infinity;
    }
    return this.next;
  }

  private isNamed(index: number, nameEnd: number, known: boolean): boolean {
    const link = this.text.slice(nameEnd, index);
    if (link.includes('\n')) return false;
    const direct = LINK.test(link);
    if (!direct && !(known && LIST_LINK.test(link))) return false;
    const kind = this.nameAt(nameEnd);
    if (kind === 'strong') return direct || !/,\s*$/.test(link) || /\d\D*$/.test(link);
    if (kind === null || !known) return false;
    return kind === 'list' || this.isClear(index);
  }

  private isCompared(index: number, nameEnd: number, known: boolean): boolean {
    const link = this.text.slice(index + 4, nameEnd);
    const words = /\w*[_\- ]?code$/i.exec(link)?.[0].length ?? 0;
    const between = link.slice(0, link.length - words);
    const compared = COMPARED.test(between);
    if (!compared && !(known && ARGUMENT.test(between))) return false;
    const kind = this.nameAt(nameEnd);
    if (kind === 'strong') return true;
    return known && kind !== null && (kind === 'list' || this.isClear(index));
  }

  private nameAt(end: number): 'strong' | 'list' | 'weak' | null {
    if (/[^\w\s-]/.test(this.text.charAt(end - 5))) return 'weak';
    const name = this.text.slice(Math.max(0, end - 28), end);
    if (STRONG.test(name)) return 'strong';
    if (LIST.test(name) || LIST_CAMEL.test(name)) return 'list';
    return WEAK.test(name) && !OTHER.test(name) ? 'weak' : null;
  }

  /**
   * Whether the bare name `code` means Smile ID's: codes are text there, so a plain number (as WebSocket
   * and database codes are) counts only in data, and where the line speaks of Smile ID.
   */
  private isClear(index: number): boolean {
    const { text, languageId } = this;
    if (/["'`0]/.test(text.charAt(index - 1) + text.charAt(index))) return true;
    if (languageId === 'json' || languageId === 'jsonc' || languageId === 'yaml') return true;
    if (!text.startsWith('1', index)) return true; // such codes begin with 1
    const before = text.slice(Math.max(0, index - NAME_BEFORE), index);
    const after = text.slice(index, index + NAME_AFTER);
    const line = before.slice(before.lastIndexOf('\n') + 1) + after.replace(/\n[^]*/, '');
    return SMILE_WORD.test(line);
  }

  /** Whether the digits belong to a list or a case of codes. They must be known already. */
  private isListed(index: number, after: number): boolean {
    const { text, last } = this;
    this.last = index;
    // Digits that follow digits in the same list or switch belong to the same thing.
    const between = index - last < 200 ? text.slice(last + 4, index) : null;
    if (between !== null && (SAME_LIST.test(between) || SAME_SWITCH.test(between))) {
      return this.lastListed;
    }
    this.lastListed = false;
    if (
      after - index > AHEAD &&
      (index - REACH >= this.nameless || lastName(text, index, REACH) < 0)
    ) {
      return false;
    }
    const near = text.slice(Math.max(0, index - REACH), index);
    const line = near.slice(near.lastIndexOf('\n') + 1);
    this.lastListed = this.isCase(index, near, line) || this.isInList(index, near);
    return this.lastListed;
  }

  /** Looks up for the `switch` (or `match`, `when`, ...) that a case belongs to. */
  private isCase(index: number, near: string, line: string): boolean {
    if (!CASE.test(line)) return false;
    if (!KEYWORD.test(line) && !ARM.test(this.text.slice(index + 4, index + 120))) return false;
    const indent = indentOf(line);
    let end = near.length - line.length - 1;
    for (let count = 0; count < LINES_AROUND && end > 0; count += 1) {
      const start = near.lastIndexOf('\n', end - 1) + 1;
      const above = near.slice(start, end);
      end = start - 1;
      if (above.trim() === '' || indentOf(above) > indent) continue;
      if (HEAD.test(above) && !HEAD_ARM.test(above)) return this.speaksOfCode(above);
    }
    return false;
  }

  private speaksOfCode(line: string): boolean {
    for (const { index } of line.matchAll(/code/gi)) {
      const name = line.slice(0, index + 4);
      if (STRONG.test(name) || (WEAK.test(name) && !OTHER.test(name))) return true;
    }
    return false;
  }

  /** Looks for the bracket around the digits, and for a name before it or a question after it. */
  private isInList(index: number, near: string): boolean {
    let depth = 0;
    for (let at = near.length - 1; at >= 0; at -= 1) {
      const char = near.charAt(at);
      if (char === ';' && depth === 0) return false;
      if (CLOSERS.includes(char)) depth += 1;
      if (!OPENERS.includes(char)) continue;
      if (depth > 0) {
        depth -= 1;
        continue;
      }
      const between = near.slice(at + 1);
      if (!ONLY_CODES.test(between) && !(char !== '(' && ENTRY.test(between))) return false;
      if (this.isOwned(near.slice(Math.max(0, at - 160), at))) return true;
      // `new Set([ ... ])`: the name stands before the outer bracket. Else only a question may follow.
      if (!/[([{]\s*$|[\w>]\s*$/.test(near.slice(0, at)) || char === '{') break;
    }
    return this.isAskedFor(index);
  }

  /** Whether a list that opens behind `before` has a name of codes. */
  private isOwned(before: string): boolean {
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const at = lastName(line, line.length, line.length);
    if (at < 0 || !OWNER_LINK.test(line.slice(at + 4).replace(/^s/i, ''))) return false;
    const name = line.slice(0, at + 4);
    return (
      STRONG.test(name) ||
      LIST.test(name) ||
      LIST_CAMEL.test(name) ||
      (WEAK.test(name) && !OTHER.test(name))
    );
  }

  /** `['0810', ...].includes(resultCode)` and its kin. */
  private isAskedFor(index: number): boolean {
    const ahead = this.text.slice(index, index + AHEAD);
    const close = /[\])}]/.exec(ahead);
    if (!close) return false;
    const rest = ahead.slice(close.index, close.index + 160);
    const name = /code/i.exec(rest);
    if (!name) return false;
    const question = rest.slice(0, name.index + 4).replace(/\w*[_\- ]?code$/i, '');
    const kind = this.nameAt(index + close.index + name.index + 4);
    return kind !== null && MEMBER_LINK.test(question);
  }
}

/** Where the last "code" before a position begins, at most `reach` characters back; -1 without one. */
function lastName(text: string, index: number, reach: number): number {
  for (let at = index - 4; at >= 0 && at >= index - reach; at -= 1) {
    // Bit 5 tells upper from lower case in ASCII; "c", "o", "d", "e" have no other neighbours in it.
    if (
      (text.charCodeAt(at) | 32) === 99 &&
      (text.charCodeAt(at + 1) | 32) === 111 &&
      (text.charCodeAt(at + 2) | 32) === 100 &&
      (text.charCodeAt(at + 3) | 32) === 101
    ) {
      return at;
    }
  }
  return -1;
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
