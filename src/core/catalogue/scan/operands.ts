import { BACKSLASH, isCloser, isOpener, isQuote, isWord } from './characters';
import type { NameStrength } from './codeNames';
import { OPERAND, Surroundings } from './surroundings';
import {
  BEFORE_BARE_CODE,
  BEFORE_VARIABLE,
  CONVERSIONS,
  HOLDERS,
  SAME_VALUE,
  TYPE_WORDS,
} from './vocabulary';

const TYPE = /^\s*[A-Za-z[{(][\w\s.<>,?|[\]{}:;&]*$/;

/** Tells how surely an expression stands for what is looked for, by the names in it. */
export abstract class Operands extends Surroundings {
  /** Expressions on a line that may be over such a name; flag g. */
  protected abstract readonly expressions: RegExp;

  /** How surely a name stands for what is looked for. */
  protected abstract rate(name: string): NameStrength;

  /**
   * How surely the expression that ends here is a code: `result.ResultCode`, `$r['ResultCode']`,
   * `json.get("ResultCode")`, `getResultCode()`, `String(resultCode).trim()`.
   */
  protected operand(end: number, depth: number): NameStrength {
    const { text } = this;
    let at = this.blanksBefore(end + 1);
    const least = Math.max(this.floor, end - OPERAND);
    if (depth > 3) return 0;
    while (at >= least) {
      const sign = text.charAt(at);
      if (sign === '!' || sign === '?') {
        at -= 1;
      } else if (isQuote(text.charCodeAt(at))) {
        return this.key(at);
      } else if (sign === ']' || sign === ')') {
        const inner = this.blanksBefore(at);
        const open = this.openerOf(at);
        if (open < least) return 0;
        if (isQuote(text.charCodeAt(inner))) {
          const strength = this.key(inner);
          if (strength > 0) return strength === 2 ? 2 : this.held(1, open - 1);
        }
        const symbol = this.wordEndingAt(inner);
        if (symbol !== '' && text.charAt(inner - symbol.length) === ':') {
          const strength = this.rate(symbol);
          if (strength > 0) return strength;
        }
        if (sign === ']') return 0;
        const name = this.wordEndingAt(open - 1);
        const strength = this.rate(name);
        if (strength > 0) return strength;
        const before = open - name.length - 1;
        if (SAME_VALUE.has(name) && text.charAt(before) === '.') {
          at = before - 1;
        } else if (name === '' || CONVERSIONS.has(name)) {
          return this.wrapped(open + 1, at, depth);
        } else {
          return 0;
        }
      } else {
        const name = this.wordEndingAt(at);
        if (name === '') return 0;
        const strength = this.rate(name);
        const before = at - name.length;
        if (strength > 0) return this.held(strength, before);
        if (!SAME_VALUE.has(name) || text.charAt(before) !== '.') return 0;
        at = before - 1;
      }
    }
    return 0;
  }

  protected operandAhead(from: number): NameStrength {
    const { text } = this;
    let depth = 0;
    let at = from;
    for (; at < from + OPERAND && at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isOpener(code)) depth += 1;
      else if (isCloser(code)) depth -= 1;
      if (depth < 0 || (depth === 0 && ' \t\n;,{&|'.includes(text.charAt(at)))) break;
    }
    return this.operand(at - 1, 0);
  }

  /** `(body.ResultCode as string)`, `(resultCode ?? '')` */
  protected wrapped(from: number, to: number, depth: number): NameStrength {
    const inner = this.text.slice(from, to);
    const cut = inner.search(/\s+as\s|\s*(?:\?\?|\|\|)/);
    return this.operand(cut < 0 ? to - 1 : from + cut - 1, depth + 1);
  }

  /** The strength of a quoted key whose closing quote is here. */
  protected key(end: number): NameStrength {
    const { text } = this;
    const quote = text.charAt(end);
    let last = end;
    while (text.charCodeAt(last - 1) === BACKSLASH) last -= 1;
    const near = text.slice(Math.max(0, last - 66), last);
    return this.rate(near.slice(near.lastIndexOf(quote) + 1));
  }

  /** A bare `code` counts only where what holds it can hold one of Smile ID's. */
  protected held(strength: NameStrength, before: number): NameStrength {
    if (strength !== 1) return strength;
    const { text } = this;
    let at = before;
    if (text.charAt(at) === '>' && text.charAt(at - 1) === '-') at -= 2;
    else if (text.charAt(at) === '.') at -= 1;
    else return this.qualified(at);
    if (text.charAt(at) === '?' || text.charAt(at) === '&' || text.charAt(at) === '!') at -= 1;
    return isWord(text.charCodeAt(at)) ? this.heldBy(at) : 1;
  }

  /** "result code" in two words is one name; "door code" is another's. */
  protected qualified(before: number): NameStrength {
    const { text } = this;
    const sign = text.charAt(before);
    if (sign !== ' ' && sign !== '-') return 1;
    const word = this.wordEndingAt(this.blanksBefore(before)).toLowerCase();
    if (word === 'result' || word === 'smile') return 2;
    return word === '' || BEFORE_BARE_CODE.has(word) || BEFORE_VARIABLE.has(word) ? 1 : 0;
  }

  protected heldBy(at: number): NameStrength {
    const words = this.wordEndingAt(at).match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
    return HOLDERS.has((words.at(-1) ?? '').toLowerCase()) ? 1 : 0;
  }

  /** How surely a `switch` is over such a name. */
  protected subject(line: string): NameStrength {
    let best: NameStrength = 0;
    for (const [name] of line.matchAll(this.expressions)) {
      const parts = name.split(/[^\w]+/).filter((part) => part !== '');
      const strength = this.rate(parts.at(-1) ?? '');
      const holder = parts.at(-2);
      if (strength === 1 && holder !== undefined && !HOLDERS.has(holder.toLowerCase())) continue;
      if (strength > best) best = strength;
    }
    return best;
  }

  /** `name: Type` or `name Type` before an equals sign. */
  protected typedName(end: number): NameStrength {
    const { text } = this;
    let nesting = 0;
    for (let at = end; at > end - OPERAND && at >= this.floor; at -= 1) {
      const sign = text.charAt(at);
      if (sign === '>' || sign === '}' || sign === ')' || sign === ']') nesting += 1;
      else if (sign === '<' || sign === '{' || sign === '(' || sign === '[') nesting -= 1;
      if (nesting < 0 || sign === '\n' || (nesting === 0 && (sign === ',' || sign === ';'))) break;
      if (sign === ':' && nesting === 0) {
        const type = text.slice(at + 1, end + 1);
        if (!TYPE.test(type)) return 0;
        return this.subject(type) === 2 ? 2 : this.operand(at - 1, 0);
      }
    }
    const type = this.wordEndingAt(end);
    return TYPE_WORDS.has(type) ? this.operand(end - type.length, 0) : 0;
  }

  /** `expect(job.result_code).to eq '0810'` */
  protected expected(before: number): NameStrength {
    const call = /\.\s*(?:to|not_to|to_not|should)\s+$/.exec(this.lineUpTo(before + 1, 40));
    return call === null ? 0 : this.operand(before - call[0].length, 0);
  }
}
