import { argumentsOf, callAt } from './calls';
import type { CodeTree, TokenRange } from './codeTree';
import { headsIn, parametersOf, type Head } from './functions';
import { targetOf } from './keys';
import { bareName, namesIn } from './names';
import { stringAt } from './values';
import { wordSet } from './wordSet';

/** What is looked for. */
export interface Wanted {
  /** Whether a name of the text has the value by itself: `ResultCode`. */
  readonly name: (name: string) => boolean;
  /** Whether a list that a loop runs over has such values: `['0811', '0812']`. */
  readonly list?: (list: TokenRange) => boolean;
}

/** Where a name gets a value, and the names that the value may come from. */
interface Gift {
  readonly from: () => readonly string[];
  readonly at: number;
}

/** A function, and where its name is. */
interface Called {
  readonly scope: number;
  readonly head: Head;
  readonly calls: number[];
}

/** Where a name is known: a function with its parameters, or the file. */
interface Scope {
  readonly first: number;
  readonly last: number;
  readonly parent: number;
}

const LOOPED = wordSet(
  'forEach each map filter some every find flatMap any all any? all? each_with_index',
);
const DEEPEST = 100;

/**
 * The names that were given the value of a wanted name: aliases, parts of what is taken apart, names of loops, and
 * parameters of functions that are called with it in the same text. A name counts in the function where it was given,
 * a member in the whole text. Reads the text once, and of values only what is asked for.
 */
export class GivenNames {
  private readonly scopes: Scope[];
  /** By scope and name. */
  private readonly given = new Map<string, boolean>();
  private readonly gifts = new Map<string, Gift[]>();
  private readonly functions = new Map<string, Called>();
  private readonly calledBy = new Map<number, Called>();

  constructor(
    private readonly code: CodeTree,
    private readonly wanted: Wanted,
  ) {
    const heads = headsIn(code).filter(({ kind }) => kind === 'function');
    this.scopes = scopesOf(heads);
    heads.forEach((head, scope) => {
      const called = { scope, head, calls: [] };
      this.calledBy.set(scope, called);
      if (head.name !== '') this.functions.set(head.name, called);
      this.takeApart(head.parameters, scope);
    });
    for (let index = 0; index < code.length; index += 1) {
      const kind = code.tokens.kindAt(index);
      if (kind === 'punctuation') this.sign(index);
      else if (kind === 'word') {
        const word = code.textOf(index);
        if (word === 'of' || word === 'in' || word === 'as') this.loop(index);
        else if (LOOPED.has(word)) this.loopCall(index);
        this.functions.get(word)?.calls.push(index);
      }
    }
  }

  /** Whether a name was given such a value, as it is known at a token. */
  has(name: string, at: number): boolean {
    let scope = this.scopeAt(at);
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      if (this.isGivenIn(scope, name)) return true;
      if (scope < 0) return false;
      scope = this.scopes[scope]?.parent ?? -1;
    }
    return false;
  }

  /** Whether all of an expression has its value from a wanted name, or from one that was given it. */
  isGiven(range: TokenRange): boolean {
    return namesIn(this.code, range).some(
      (name) => this.wanted.name(name) || this.has(name, range.first),
    );
  }

  private scopeAt(token: number): number {
    let low = 0;
    let high = this.scopes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.scopes[middle]?.first ?? 0) <= token) low = middle + 1;
      else high = middle;
    }
    let scope = low - 1;
    for (let depth = 0; scope >= 0 && depth < DEEPEST; depth += 1) {
      if (token <= (this.scopes[scope]?.last ?? -1)) return scope;
      scope = this.scopes[scope]?.parent ?? -1;
    }
    return -1;
  }

  /** From the inside out; -1 is the file. */
  private scopesAt(token: number): number[] {
    const found: number[] = [];
    let scope = this.scopeAt(token);
    for (; scope >= 0 && found.length < DEEPEST; scope = this.scopes[scope]?.parent ?? -1)
      found.push(scope);
    return [...found, -1];
  }

  private give(name: string, from: Gift['from'], at: number, scope: number): void {
    if (name === '') return;
    const key = keyOf(scope, name);
    const gifts = this.gifts.get(key);
    if (gifts) gifts.push({ from, at });
    else this.gifts.set(key, [{ from, at }]);
  }

  private giveValue(name: string, value: TokenRange, at: number, scope: number): void {
    this.give(name, () => namesIn(this.code, value), at, scope);
  }

  private sign(index: number): void {
    const { code } = this;
    const sign = code.textOf(index);
    if (sign !== '=' && sign !== ':=' && sign !== '||=' && sign !== '??=') return;
    const target = targetOf(code, index);
    if (target < 0) return;
    const kind = code.tokens.kindAt(target);
    const pattern = kind === 'close' ? code.tokens.partnerOf(target) : -1;
    if (pattern >= 0 && code.textOf(target) !== ')') {
      this.takeApart(pattern, this.scopeAt(index));
      if (code.textOf(target) !== ']' || kind !== 'close') return;
    }
    if (kind !== 'word') return;
    const values = this.listed(code.after(index), 1);
    const targets = this.listed(target, -1);
    const pairs = values.length === targets.length ? targets.length : 1;
    for (let at = 0; at < pairs; at += 1) {
      const value = values[at];
      const word = targets[pairs - 1 - at]?.last ?? -1;
      if (value === undefined || code.tokens.kindAt(word) !== 'word') continue;
      const isMember = /^(?:\.|->|\?\.)$/.test(code.textOf(code.before(word)));
      const name = bareName(code.textOf(word));
      this.giveValue(name, value, value.first, isMember ? -1 : this.scopeAt(index));
    }
  }

  /** `a, b` from a token to the right, or to the left with the last one first. */
  private listed(from: number, step: 1 | -1): TokenRange[] {
    const { code } = this;
    const found: TokenRange[] = [];
    let start = from;
    let end = from;
    const add = (): void => {
      if (start >= 0)
        found.push(step > 0 ? { first: start, last: end } : { first: end, last: start });
    };
    for (let at = from, steps = 0; at >= 0 && steps < 300; steps += 1) {
      const next = step > 0 ? code.after(at) : code.before(at);
      end = at;
      // the rest of an `if` that gives a name: `if code := r.code; ok {`
      if (code.textOf(next) === ';' || (code.textOf(next) === '{' && code.hasStatements(next)))
        break;
      if (code.textOf(next) === ',') {
        add();
        start = step > 0 ? code.after(next) : code.before(next);
        at = start;
      } else at = next;
    }
    add();
    return found;
  }

  /** `{ ResultCode: code }`, `['ResultCode' => $code]`, and parameters that are taken apart. */
  private takeApart(opener: number, scope: number, depth = 0): void {
    const { code } = this;
    if (code.tokens.kindAt(opener) !== 'open' || depth > 8) return;
    for (const { first, last } of code.partsIn(opener)) {
      const pattern = /^[{[]$/.test(code.textOf(first)) ? first : -1;
      const sign = code.after(code.whole(first).last);
      if (pattern >= 0) this.takeApart(pattern, scope, depth + 1);
      if (!/^(?::|=>)$/.test(code.textOf(sign))) continue;
      const value = code.after(sign);
      const key = stringAt(code, first) ?? bareName(code.textOf(first));
      if (/^[{[]$/.test(code.textOf(value))) this.takeApart(value, scope, depth + 1);
      else if (code.tokens.kindAt(value) === 'word' && value <= last)
        this.give(bareName(code.textOf(value)), () => [key], first, scope);
    }
  }

  /** `for (const code of codes)`, `for code in codes`, `foreach ($codes as $code)` */
  private loop(sign: number): void {
    const { code } = this;
    const isPhp = code.textOf(sign) === 'as';
    const head =
      code.textOf(code.firstOf(sign)) === 'for'
        ? code.firstOf(sign)
        : code.before(code.openerOf(sign));
    if (!/^for(?:each)?$/.test(code.textOf(head))) return;
    const { first, last } = code.partOf(sign);
    const after = code.after(sign);
    let end = after;
    while (code.after(end) >= 0 && !/^[{:]$|^do$/.test(code.textOf(code.after(end))))
      end = code.after(end);
    const list = isPhp ? { first, last: code.before(sign) } : { first: after, last: end };
    this.loopOver(list, isPhp ? last : code.before(sign), sign);
  }

  private loopOver(list: TokenRange, name: number, at: number): void {
    const { code } = this;
    if (list.first < 0 || code.tokens.kindAt(name) !== 'word') return;
    const word = bareName(code.textOf(name));
    const scope = this.scopeAt(name);
    if (this.wanted.list?.(list) === true) this.given.set(keyOf(scope, word), true);
    else this.giveValue(word, list, at, scope);
  }

  /** `codes.forEach((code) => …)`, `codes.each do |code|` */
  private loopCall(method: number): void {
    const { code } = this;
    const joint = code.before(method);
    const open = code.after(method);
    if (!/^\??\.$/.test(code.textOf(joint)) || open < 0) return;
    let name = open + 1;
    while (/^[(|{]$|^(?:async|function|do)$/.test(code.textOf(name)) && name < open + 5) name += 1;
    const last = code.before(joint);
    const first = code.tokens.kindAt(last) === 'close' ? code.tokens.partnerOf(last) : last;
    if (first >= 0 && code.tokens.kindAt(name) === 'word')
      this.loopOver({ first, last }, name, first);
  }

  /** Gives the parameters of a function what it is called with. */
  private readCalls(scope: number): void {
    const called = this.calledBy.get(scope);
    if (called === undefined || called.calls.length === 0) return;
    this.calledBy.delete(scope);
    const parameters = parametersOf(this.code, called.head);
    for (const index of called.calls) {
      const call = callAt(this.code, index);
      if (call === null) continue;
      argumentsOf(this.code, call).forEach(({ name, range }, position) => {
        const parameter = name ?? parameters[position];
        if (parameter != null) this.giveValue(parameter, range, range.first, scope);
      });
    }
  }

  /** Follows all that the value may come from. Each name is followed once, whatever is asked for. */
  private isGivenIn(scope: number, name: string): boolean {
    const asked = keyOf(scope, name);
    const known = this.given.get(asked);
    if (known !== undefined || !this.mayBeGiven(asked, scope)) return known === true;
    const receivers = new Map<string, string[]>([[asked, []]]);
    const sure: string[] = [];
    // grows while it is read
    for (const key of receivers.keys()) {
      if (this.given.get(key) === true) sure.push(key);
      if (this.given.has(key)) continue;
      this.readCalls(Number.parseInt(key, 10));
      for (const { from, at } of this.gifts.get(key) ?? []) {
        for (const source of from()) {
          if (this.wanted.name(source)) sure.push(key);
          for (const visible of this.scopesAt(at)) {
            const sourceKey = keyOf(visible, source);
            if (!this.mayBeGiven(sourceKey, visible)) continue;
            const others = receivers.get(sourceKey);
            if (others) others.push(key);
            else receivers.set(sourceKey, [key]);
          }
        }
      }
    }
    for (const key of receivers.keys()) if (!this.given.has(key)) this.given.set(key, false);
    const spread = new Set(sure);
    for (const key of spread) {
      this.given.set(key, true);
      for (const receiver of receivers.get(key) ?? []) spread.add(receiver);
    }
    return this.given.get(asked) === true;
  }

  private mayBeGiven(key: string, scope: number): boolean {
    return this.gifts.has(key) || this.given.has(key) || this.calledBy.has(scope);
  }
}

const keyOf = (scope: number, name: string): string => `${scope} ${name}`;

/** In the order of their beginnings, each with the one around it. */
function scopesOf(heads: readonly Head[]): Scope[] {
  const scopes: Scope[] = [];
  for (const { parameters, body } of heads) {
    const first = parameters < 0 ? body.first : Math.min(parameters, body.first);
    let parent = scopes.length - 1;
    while (parent >= 0 && (scopes[parent]?.last ?? -1) < first)
      parent = scopes[parent]?.parent ?? -1;
    scopes.push({ first, last: body.last, parent });
  }
  return scopes;
}
