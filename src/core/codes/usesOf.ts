import { argumentsOf, callAround, callAt, type Argument, type Call } from '../text/calls';
import type { CodeTree, TokenRange } from '../text/codeTree';
import { keysOf } from '../text/keys';
import {
  bareName,
  calleeOf,
  isJoint,
  isKeyword,
  isOperandBefore,
  operandTo,
  SAME_VALUE,
} from '../text/names';
import { stringAt } from '../text/values';
import type { NameStrength } from './codeNames';
import { Operands, type Naming } from './operands';
import {
  ASKERS,
  BETWEEN_ARGUMENTS,
  COMPARERS,
  COMPARES,
  LABELS,
  LOOKUPS,
  SWITCHES,
  WRAPPERS,
} from './vocabulary';

/** How a value is used, and how surely what it belongs to says what it is. */
export interface Use {
  readonly kind:
    | ('value' | 'comparison' | 'list' | 'key' | 'case' | 'argument' | 'loop')
    | ('table read by a code' | 'comment table' | 'words' | 'none');
  readonly strength: NameStrength;
  /** Beside a name or against it; else in a list, a case or a call. */
  readonly isDirect: boolean;
}

export const NO_USE: Use = { kind: 'none', strength: 0, isDirect: false };

/** What only the whole text knows. */
export interface Surroundings {
  /** Whether the table that a bracket opens is read with such a value. */
  readonly isReadBy: (table: number) => boolean;
  /** How surely the parameters of a function of the text are such values. */
  readonly rateParameter: (call: Call, position: number) => NameStrength;
}

/** Without the sign of Ruby's questions: `include?`. */
const plainName = (name: string): string => name.replace(/[?!]$/, '');
interface ReadCall {
  readonly call: Call;
  readonly list: readonly Argument[];
  /** By its first token: where an argument is in the list. */
  readonly positions: ReadonlyMap<number, number>;
}

const LAST_WORD = /[A-Z]?[a-z]+$|[A-Z]+$/;
const BETWEEN_VALUES = /^(?:,|\|{1,2}|\/|or|and|OR|AND)$/;
const MOST_SIBLINGS = 400;
const MOST_TOKENS = 60;
const DEEPEST = 12;
const MOST_KEYS = 4;
/** Arguments that a call compares with the others, at most. */
const MOST_COMPARED = 6;

/** The stronger one of two uses, the first one if they are alike. */
const stronger = (one: Use, other: Use): Use => (other.strength > one.strength ? other : one);

/** Tells what the values of a text belong to: what they are compared with, listed under, given to. */
export class Uses {
  private readonly operands: Operands;
  /** By the first token of a value, and by the last one of a list. */
  private readonly uses = new Map<number, Use>();
  private readonly lists = new Map<number, Use>();
  private readonly calls = new Map<number, ReadCall | null>();
  private readonly siblings = new Map<number, number>();
  /** By what opens a list: what its elements belong to. */
  private readonly keyed = new Map<number, Use>();

  constructor(
    private readonly code: CodeTree,
    private readonly naming: Naming,
    private readonly surroundings: Surroundings,
  ) {
    this.operands = new Operands(code, naming);
  }

  /** @param value a number, a string with its quotes, or a word without them */
  of(value: TokenRange): Use {
    const start = this.firstSibling(value.first);
    if (start !== value.first) {
      const sibling = this.uses.get(start) ?? this.of(this.code.whole(start));
      if (sibling.strength > 0) return { ...sibling, isDirect: false };
    }
    let found = this.underKeys(value);
    if (found.strength < 2) found = stronger(found, this.around(value, 0));
    this.uses.set(value.first, found);
    return found;
  }

  /** What a value or the list around it is compared with, or is given to. Of each list it is found once. */
  private around(value: TokenRange, depth: number): Use {
    const range = this.withCalls(value);
    let found = stronger(this.comparedOnRight(range), this.comparedOnLeft(range));
    found = stronger(found, this.inCall(range));
    if (found.strength === 2) return found;
    const outer = depth < DEEPEST ? this.outward(range) : null;
    if (outer === null) return found;
    const known = this.lists.get(outer.last) ?? this.around(outer, depth + 1);
    this.lists.set(outer.last, known);
    return stronger(found, { ...known, isDirect: false });
  }

  private named(kind: Use['kind'], strength: NameStrength, isDirect = true): Use {
    return strength > 0 ? { kind, strength, isDirect } : NO_USE;
  }

  // --- what a value is given to ---

  private underKeys(value: TokenRange): Use {
    const { code } = this;
    const opener = code.openerOf(value.first);
    const part = code.partOf(value.first);
    const isElement =
      opener >= 0 &&
      part.first === value.first &&
      part.last === value.last &&
      /^[[{(]$/.test(code.textOf(opener));
    if (!isElement) return this.readKeys(value);
    const known = this.keyed.get(opener) ?? this.readKeys(value);
    this.keyed.set(opener, known);
    return known;
  }

  private readKeys(value: TokenRange): Use {
    const { code, naming } = this;
    const own = this.ownKey(value.first);
    if (own.strength >= 1) return own;
    if (!this.mayHaveKey(value.first)) return NO_USE;
    let found = NO_USE;
    for (const { name, at, as } of keysOf(code, value.first).slice(0, MOST_KEYS)) {
      if (this.isComputed(at)) return NO_USE;
      const isOwn = as === 'value' || as === 'choice';
      const strength = this.operands.rateName(name, at);
      const isLoop = as === 'element' && this.isLoop(at, value.first);
      const kind = isOwn ? 'value' : isLoop ? 'loop' : as === 'element' ? 'list' : 'key';
      found = stronger(found, this.named(kind, strength, as === 'value'));
      if (found.strength >= 1 || (as !== 'element' && naming.isOtherKey(name))) return found;
    }
    return stronger(found, stronger(this.inLookup(value), this.typed(value)));
  }

  /** `"ResultCode": "0810"`: most values have their key right before them. */
  private ownKey(first: number): Use {
    const { code } = this;
    const sign = code.before(first);
    if (sign < 0 || !/^(?::|=>?|:=)$/.test(code.textOf(sign))) return NO_USE;
    const last = code.before(sign);
    const kind = code.tokens.kindAt(last);
    if (kind === 'word')
      return this.named('value', this.operands.rateName(bareName(code.textOf(last)), last));
    if (kind !== 'endQuote') return NO_USE;
    return this.named('value', this.naming.rate(stringAt(code, code.tokens.partnerOf(last)) ?? ''));
  }

  /** Whether a name is that of a loop over the list that a value is in. */
  private isLoop(name: number, value: number): boolean {
    const { code } = this;
    if (name > value) return true;
    const heads = [code.firstOf(name), code.before(code.openerOf(name))];
    return heads.some((head) => /^for(?:each)?$/.test(code.textOf(head)));
  }

  /** `ports[resultCode] = 8080`: what is under a code is none. */
  private isComputed(at: number): boolean {
    const { code } = this;
    const isIndex = code.textOf(at) === '[' && isOperandBefore(code, at);
    return isIndex && code.tokens.kindAt(at + 1) === 'word';
  }

  /** In words, a name is right before its value; in code, there may be more between them. */
  private mayHaveKey(first: number): boolean {
    const { code } = this;
    if (code.language.layout !== 'prose' || code.openerOf(first) >= 0) return true;
    return /^(?:[=:?|,]|=>|:=|\?\?|\|\|)$/.test(code.textOf(code.before(this.firstSibling(first))));
  }

  /** A key of a table that is read with such a value. */
  private inLookup({ first }: TokenRange): Use {
    const { code } = this;
    let opener = code.openerOf(first);
    for (let depth = 0; opener >= 0 && depth < 3; depth += 1) {
      if (code.hasStatements(opener) && code.language.layout !== 'yaml') return NO_USE;
      if (this.surroundings.isReadBy(opener))
        return { kind: 'table read by a code', strength: 2, isDirect: false };
      opener = code.openerOf(opener);
    }
    return NO_USE;
  }

  /** `const x: Record<ResultCode, string> = {`, `new Map<ResultCode, string>([` */
  private typed({ first }: TokenRange): Use {
    const { code } = this;
    let opener = first;
    for (let depth = 0; opener >= 0 && depth < 4; depth += 1) {
      let at = code.before(opener);
      for (let steps = 0; at >= 0 && steps < MOST_TOKENS; steps += 1, at = code.before(at)) {
        if (code.tokens.kindAt(at) !== 'word' || this.naming.rate(code.textOf(at)) < 2) continue;
        if (/^[<:]$/.test(code.textOf(code.before(at)))) return this.named('list', 2, false);
      }
      opener = code.openerOf(opener);
      if (code.hasStatements(opener)) break;
    }
    return NO_USE;
  }

  // --- what a value is compared with ---

  /** The value with the calls on it that give it back. */
  private withCalls({ first, last }: TokenRange): TokenRange {
    const { code } = this;
    let end = last;
    for (let links = 0; links < 5; links += 1) {
      const joint = code.after(end);
      const member = joint >= 0 && isJoint(code, joint) ? code.after(joint) : -1;
      if (!SAME_VALUE.has(code.textOf(member))) break;
      const open = code.after(member);
      end = code.textOf(open) === '(' ? code.tokens.partnerOf(open) : member;
      if (end < 0) return { first, last };
    }
    return { first, last: end };
  }

  private comparedOnRight({ last }: TokenRange): Use {
    const { code, operands } = this;
    const sign = code.after(last);
    if (sign < 0) return NO_USE;
    const isAsked = isJoint(code, sign);
    if (!isAsked) {
      const next = code.textOf(sign) === 'not' ? code.after(sign) : sign;
      if (!COMPARES.has(code.textOf(next)) || code.textOf(next) === '=') return NO_USE;
      return this.named('comparison', operands.rateFrom(code.after(next)));
    }
    const member = code.after(sign);
    const name = plainName(code.textOf(member));
    if (!COMPARERS.has(name) && !ASKERS.has(name)) return NO_USE;
    const call = callAt(code, member);
    const argument = call === null ? undefined : argumentsOf(code, call)[0];
    return argument === undefined
      ? NO_USE
      : this.named('comparison', operands.rateIn(argument.range));
  }

  private comparedOnLeft({ first }: TokenRange): Use {
    const { code, operands } = this;
    const start = this.firstSibling(first);
    const sign = code.before(start);
    const text = code.textOf(sign);
    if (sign < 0 || text === ',') return this.inArm(start);
    if (LABELS.has(text) && (code.before(sign) < 0 || text === 'case' || text === 'when'))
      return this.inCase(sign);
    if (text === '>' || text === 'eq' || text === 'equal') {
      const before = code.before(sign);
      const isTag = text === '>' && code.textOf(code.before(before)) === '<';
      return this.named(
        'comparison',
        isTag ? this.naming.rate(code.textOf(before)) : operands.rateTo(code.before(before)),
      );
    }
    if (!COMPARES.has(text)) return NO_USE;
    let last = code.before(sign);
    while (/^(?:is|not|NOT|!)$/.test(code.textOf(last))) last = code.before(last);
    return this.named(
      text === '=' ? 'value' : 'comparison',
      operands.rateTo(last),
      start === first,
    );
  }

  /** Of values with `,`, `|` or "or" between them, where the first one begins. */
  private firstSibling(first: number): number {
    const { code } = this;
    let start = first;
    for (let steps = 0; steps < MOST_SIBLINGS; steps += 1) {
      const known = this.siblings.get(start);
      if (known !== undefined) {
        start = known;
        break;
      }
      const sign = code.before(start);
      if (sign < 0 || !BETWEEN_VALUES.test(code.textOf(sign))) break;
      const before = code.before(sign);
      // the first line of a type in several
      if (before < 0) {
        if (code.textOf(sign) === '|') start = sign;
        break;
      }
      const { first: sibling } = code.whole(before);
      if (!this.naming.isValue(stringAt(code, sibling) ?? code.textOf(sibling))) break;
      start = sibling;
    }
    this.siblings.set(first, start);
    return start;
  }

  /** `case '0810':`, and `when '0810'` of Ruby, whose subject is before it. */
  private inCase(label: number): Use {
    const { code } = this;
    let at = code.language.blocks === 'end' ? code.before(label) : -1;
    for (let steps = 0; at >= 0 && steps < MOST_SIBLINGS; at = code.before(at), steps += 1) {
      if (code.textOf(at) !== 'case') continue;
      return this.named('case', this.subject(at, code.after(this.endOfLine(at))), false);
    }
    return this.inArm(label);
  }

  private endOfLine(from: number): number {
    const { code } = this;
    const { tokens } = code;
    let at = from;
    for (let steps = 0; steps < MOST_TOKENS; steps += 1) {
      const next = code.after(at);
      const end = tokens.endOf(code.whole(at).last);
      if (next < 0 || tokens.text.slice(end, tokens.startOf(next)).includes('\n')) break;
      at = next;
    }
    return at;
  }

  /** A label of the `switch`, `match` or `when` whose braces it is in. */
  private inArm(index: number): Use {
    const { code } = this;
    const opener = code.openerOf(index);
    if (opener < 0) return NO_USE;
    const isWord = code.tokens.kindAt(opener) === 'word';
    let at = isWord ? opener : code.firstOf(opener);
    for (let steps = 0; at >= 0 && steps < MOST_TOKENS; at = code.after(at), steps += 1) {
      if (!isWord && at >= opener) break;
      if (SWITCHES.has(code.textOf(at)) && code.tokens.kindAt(at) === 'word') {
        const isFirst = code.textOf(code.after(at)) !== '{';
        const end = isWord ? code.partOf(opener).last : opener;
        return this.named(
          'case',
          this.subject(
            isFirst ? at : code.firstOf(opener),
            isWord ? this.colonAfter(at, end) : end,
          ),
          false,
        );
      }
    }
    return NO_USE;
  }

  private colonAfter(from: number, last: number): number {
    const { code } = this;
    for (let at = from; at >= 0 && at <= last; at = code.after(at))
      if (code.textOf(at) === ':') return at;
    return last;
  }

  /** How surely a `switch` is over such a value, by the names between two tokens. */
  private subject(first: number, end: number): NameStrength {
    const { code } = this;
    let best: NameStrength = 0;
    const last = end < 0 ? code.length : Math.min(end, first + MOST_TOKENS);
    for (let at = first; at < last; at += 1) {
      const kind = code.tokens.kindAt(at);
      const name = kind === 'quote' ? (stringAt(code, at) ?? '') : bareName(code.textOf(at));
      if (kind !== 'quote' && kind !== 'word') continue;
      const strength = kind === 'quote' ? this.naming.rate(name) : this.operands.rateTo(at);
      if (strength > best) best = strength;
    }
    return best;
  }

  // --- what a value is an argument of ---

  private inCall(range: TokenRange): Use {
    const { code, operands } = this;
    const opener = code.openerOf(range.first);
    const sign = code.textOf(opener);
    if (sign === '[' && isOperandBefore(code, opener) && code.before(range.first) < 0)
      return this.named('key', operands.rateTo(code.before(opener)), false);
    const read = this.callWith(range.first, opener);
    if (read === null) return NO_USE;
    const { call, list } = read;
    const position = read.positions.get(this.startOfArgument(call, range.first)) ?? -1;
    const own = list[position];
    if (own?.range.first !== this.firstSibling(range.first)) return NO_USE;
    const name = plainName(call.name);
    let found = NO_USE;
    if (BETWEEN_ARGUMENTS.has(name)) {
      for (const other of list.slice(0, MOST_COMPARED))
        if (other !== own)
          found = stronger(found, this.named('comparison', operands.rateIn(other.range), false));
    }
    const joint = code.before(call.at);
    const isCompared = COMPARERS.has(name);
    if ((isCompared || LOOKUPS.has(name)) && joint >= 0) {
      const receiver = isJoint(code, joint)
        ? operands.rateTo(code.before(joint))
        : operands.rateTo(joint);
      found = stronger(found, this.named(isCompared ? 'comparison' : 'list', receiver, isCompared));
    }
    const isTable = code.textOf(range.first) === '{';
    if (own.name === null && !isTable) {
      found = stronger(found, this.named('argument', operands.rateName(name, call.at), false));
      found = stronger(
        found,
        this.named('argument', this.surroundings.rateParameter(call, position), false),
      );
    }
    return found;
  }

  /** The call that has a value among its arguments. One with brackets is read once, however many it has. */
  private callWith(first: number, opener: number): ReadCall | null {
    const { code } = this;
    if (code.textOf(opener) !== '(')
      return code.language.hasCommands ? this.readCall(callAround(code, first)) : null;
    const known = this.calls.get(opener);
    if (known !== undefined) return known;
    const read = this.readCall(callAt(code, opener));
    this.calls.set(opener, read);
    return read;
  }

  private readCall(call: Call | null): ReadCall | null {
    if (call === null) return null;
    const list = argumentsOf(this.code, call);
    const starts = list.map(({ range }) => this.startOfArgument(call, range.first));
    return { call, list, positions: new Map(starts.map((start, at) => [start, at])) };
  }

  /** With its name, if it has one; the arguments of a command are one part. */
  private startOfArgument({ open }: Call, first: number): number {
    return open < 0 ? this.firstSibling(first) : this.code.firstOf(first);
  }

  /** The list, the brackets or the call around a value that is alone in them; null if it is not. */
  private outward(range: TokenRange): TokenRange | null {
    const { code } = this;
    const { tokens } = code;
    const opener = code.openerOf(range.first);
    const start = code.before(this.firstSibling(range.first));
    if (opener < 0 || tokens.kindAt(opener) !== 'open' || code.hasStatements(opener)) return null;
    if (start >= 0 && !/^(?:\.\.\.|\*|in|IN|not|!in)$/.test(code.textOf(start))) return null;
    const last = tokens.partnerOf(opener);
    const sign = code.textOf(opener);
    if (last < 0) return null;
    if (sign === '(') {
      const callee = calleeOf(code, opener);
      if (callee < 0 || isKeyword(code, callee) || /^(?:in|IN|not|NOT)$/i.test(code.textOf(callee)))
        return { first: opener, last };
      const { first } = operandTo(code, callee);
      const isNew = code.textOf(code.before(first)) === 'new';
      const word = LAST_WORD.exec(code.textOf(callee).slice(-20))?.[0] ?? '';
      const isWrapper =
        isNew ||
        (COMPARERS.has(code.textOf(callee)) && first === callee) ||
        WRAPPERS.has(word.toLowerCase()) ||
        /^[A-Z]/.test(code.textOf(callee));
      return isWrapper ? { first: isNew ? code.before(first) : first, last } : null;
    }
    if (sign === '[')
      return isOperandBefore(code, opener) && !isKeyword(code, code.before(opener))
        ? null
        : { first: opener, last };
    let first = opener;
    for (let steps = 0; steps < MOST_TOKENS; steps += 1) {
      const before = code.before(first);
      const isType =
        before >= 0 &&
        (/^[\][<>.,*)(]$/.test(code.textOf(before)) || tokens.kindAt(before) === 'word') &&
        !isKeyword(code, before);
      if (!isType) break;
      first = before;
    }
    return { first, last };
  }
}
