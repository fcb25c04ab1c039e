import { NEWLINE, isCloser, isOpener, isQuote, isWord } from './characters';
import { LinesAbove, NESTING } from './linesAbove';
import { listed, named, NOTHING_AT, stronger, type Node, type Owner } from './owner';
import { AHEAD, OPERAND } from './surroundings';
import { ASKS, BETWEEN_ARGUMENTS, COMPARERS, DECLARES, LOOKUPS, WRAPPERS } from './vocabulary';

const CONSTANT_CALL = /^\s*[A-Z][A-Z0-9_]*\(\s*$/;

/** Tells what the bracket belongs to that a value is in: a call, a list, a table, a `switch`. */
export abstract class Brackets extends LinesAbove {
  protected abstract leftOf(node: Node, depth: number): Owner;
  protected abstract afterWord(at: number, node: Node, depth: number): Owner;

  /** Finds the bracket of the list, the call or the table that a value is in, on the same line. */
  protected inList(at: number, node: Node, depth: number): Owner {
    const { text } = this;
    const least = Math.max(this.floor, at - 1500);
    let nesting = 0;
    for (let index = at - 1; index >= least; index -= 1) {
      const code = text.charCodeAt(index);
      if (code === NEWLINE) return NOTHING_AT(index);
      if (isQuote(code)) index = this.quoteBefore(index, least);
      else if (isCloser(code)) nesting += 1;
      else if (isOpener(code)) {
        if (nesting === 0) return this.inBracket(index, node, depth);
        nesting -= 1;
      }
    }
    return NOTHING_AT(least);
  }

  /** What a bracket belongs to, read from what stands before it. */
  protected override inBracket(open: number, node: Node, depth: number): Owner {
    const { text } = this;
    if (depth > NESTING || open < this.floor) return NOTHING_AT(open);
    let end = this.blanksBefore(open);
    const list: Node = { from: open, to: this.closerOf(open, node.to) };
    if (this.isLineStart(end)) {
      // a brace on a line of its own belongs to the line above
      if (text.charAt(open) !== '{' || !this.isAlone(open)) {
        return stronger(this.atLineStart(open, 'element', depth + 1), this.askedOf(list));
      }
      end = this.skipUp(end);
      if (end < this.floor) return NOTHING_AT(open);
    }
    const line = this.lineUpTo(end + 1, OPERAND);
    if (text.charAt(open) === '{') {
      const head = this.headed(line, end);
      if (head !== null) return head;
    }
    const code = text.charCodeAt(end);
    if (isWord(code) || text.charAt(end) === '?' || '>])'.includes(text.charAt(end))) {
      if (!(text.charAt(end) === '>' && '=-'.includes(text.charAt(end - 1)))) {
        return stronger(this.called(end, open, list, node, line, depth), this.askedOf(list));
      }
    }
    return stronger(listed(this.leftOf(list, depth + 1)), this.askedOf(list));
  }

  /** `switch (resultCode) {` and `enum ResultCode {`; null where the line is neither. */
  protected headed(line: string, end: number): Owner | null {
    const strength = ASKS.test(line) ? this.subject(line) : null;
    if (strength !== null) return { strength, direct: false, origin: end - OPERAND };
    const declared = DECLARES.exec(line)?.[1];
    if (declared === undefined) return null;
    return { strength: this.rate(declared), direct: false, origin: end - OPERAND };
  }

  /** The bracket of a call, an index or a typed list: `Set.of(`, `equals(`, `RESULT_CODES[`, `[]string{`. */
  protected called(
    end: number,
    open: number,
    list: Node,
    node: Node,
    line: string,
    depth: number,
  ): Owner {
    const { text } = this;
    const origin = end - OPERAND;
    let last = end;
    if (text.charAt(last) === '?') last -= 1; // Ruby's include?
    if (text.charAt(last) === ')') last = this.openerOf(last) - 1; // new Dictionary<...>() {
    if (text.charAt(last) === '>') {
      const types = this.openerOf(last);
      const typed = this.subject(text.slice(types + 1, last));
      if (typed === 2) return { strength: 2, direct: false, origin };
      last = types - 1;
      if (!isWord(text.charCodeAt(last))) {
        return listed(this.leftOf({ from: types, to: list.to }, depth + 1));
      }
    }
    const name = this.wordEndingAt(last);
    const start = last - name.length;
    if (name === 'in' || name === 'IN' || name === 'not' || name === 'is') {
      return listed(this.afterWord(end, list, depth + 1));
    }
    if (name === 'case' || name === 'when') return this.afterWord(end, list, depth + 1);
    const strength = this.rate(name);
    if (strength > 0 && text.charAt(open) !== '{') {
      return { strength: this.held(strength, start), direct: false, origin };
    }
    if (text.charAt(open) === '(') {
      if (COMPARERS.has(name) || LOOKUPS.has(name)) {
        const object =
          text.charAt(start) === '.' ? this.operand(start - 1, 0) : this.expected(start);
        if (object > 0) return { strength: object, direct: COMPARERS.has(name), origin };
      }
      if (BETWEEN_ARGUMENTS.has(name)) {
        const owner = this.amongArguments(open, node, origin);
        if (owner.strength > 0) return owner;
      }
      if (COMPARERS.has(name) && text.charAt(start) !== '.') {
        return listed(this.leftOf({ from: start + 1, to: list.to }, depth + 1));
      }
      if (CONSTANT_CALL.test(`${line}(`)) return this.atLineStart(start + 1, 'member', depth + 1);
    }
    const isWords = name.length === 1 && text.charAt(start) === '%';
    if (!isWords && !WRAPPERS.test(name) && !/^[A-Z]/.test(name) && text.charAt(last) !== ']') {
      return NOTHING_AT(origin);
    }
    if (text.charAt(open) === '{' && !/\bnew\b|\]|\bof\b|^$/.test(line.slice(-40)) && depth > 2) {
      return NOTHING_AT(origin);
    }
    const owner = listed(this.leftOf({ from: this.chainStart(last), to: list.to }, depth + 1));
    return isWords ? { ...owner, isText: true } : owner;
  }

  /** `in_array($resultCode, ['0810'])`, `assertEquals('0810', resultCode)` */
  protected amongArguments(open: number, argument: Node, origin: number): Owner {
    const { text } = this;
    const before = text.slice(open + 1, argument.from);
    for (let at = before.lastIndexOf(','); at > 0; at = before.lastIndexOf(',', at - 1)) {
      const strength = this.operand(this.blanksBefore(open + 1 + at), 0);
      if (strength > 0) return { strength, direct: false, origin };
    }
    const next = /^\s*,\s*/.exec(text.slice(argument.to, argument.to + 20));
    const strength = next === null ? 0 : this.operandAhead(argument.to + next[0].length);
    return { strength, direct: false, origin };
  }

  /** `[...]` asked whether it holds a code: `.includes(resultCode)`. */
  protected askedOf(list: Node): Owner {
    const next = this.text.charAt(list.to);
    if (next !== '.' && next !== ')' && next !== ' ') return NOTHING_AT(list.from);
    const rest = this.lineFrom(list.to, AHEAD);
    const asked =
      /^\)*\s*\.\s*(?:includes|contains|Contains|include\?|member\?|indexOf|has|any)\s*\(?\s*/.exec(
        rest,
      );
    if (asked === null) return NOTHING_AT(list.from);
    return named(this.operandAhead(list.to + asked[0].length), list.from);
  }

  /** `switch (...) { case` on one line, or the lines above for the head of a `case`. */
  protected inSwitch(node: Node, depth: number): Owner {
    const line = this.lineUpTo(node.from, OPERAND);
    const inline = /\b(?:switch|match|when|select)\b(?=.*\b(?:case|when)\b)/.exec(line);
    if (inline !== null) {
      const strength = this.subject(line.slice(inline.index));
      return { strength, direct: false, origin: node.from - OPERAND };
    }
    return this.atLineStart(
      node.from,
      /^\s*(?:case|when|is|in)\b/.test(line) ? 'label' : 'element',
      depth,
    );
  }
}
