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

/** A name that gets a value somewhere, and the names that the value may come from. */
interface Gift {
  readonly name: string;
  readonly scope: number;
  readonly from: readonly string[];
  readonly at: number;
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
const MOST_ROUNDS = 6;
const DEEPEST = 100;

/**
 * The names that were given the value of a wanted name: aliases, parts of what is taken apart, names of loops, and
 * parameters of functions that are called with it in the same text. A name counts in the function where it was given,
 * a member in the whole text. Reads the text once.
 */
export class GivenNames {
  private readonly scopes: Scope[];
  private readonly given = new Set<string>();
  private readonly gifts: Gift[] = [];

  constructor(
    private readonly code: CodeTree,
    private readonly wanted: Wanted,
  ) {
    const heads = headsIn(code).filter(({ kind }) => kind === 'function');
    this.scopes = scopesOf(heads);
    const functions = new Map<string, { scope: number; parameters: (string | null)[] }>();
    heads.forEach((head, index) => {
      if (head.name !== '')
        functions.set(head.name, { scope: index, parameters: parametersOf(code, head) });
      this.takeApart(head.parameters, index);
    });
    for (let index = 0; index < code.length; index += 1) {
      const kind = code.tokens.kindAt(index);
      if (kind === 'punctuation') this.sign(index);
      else if (kind === 'word') {
        const word = code.textOf(index);
        if (word === 'of' || word === 'in' || word === 'as') this.loop(index);
        else if (LOOPED.has(word)) this.loopCall(index);
        const called = functions.get(word);
        if (called) this.call(index, called);
      }
    }
    this.resolve();
  }

  /** Whether a name was given such a value, as it is known at a token. */
  has(name: string, at: number): boolean {
    let scope = this.scopeAt(at);
    for (let depth = 0; depth < DEEPEST; depth += 1) {
      if (this.given.has(`${scope} ${name}`)) return true;
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

  private give(name: string, from: readonly string[], at: number, scope = this.scopeAt(at)): void {
    if (name !== '' && from.length > 0) this.gifts.push({ name, scope, from, at });
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
      this.give(name, namesIn(code, value), value.first, isMember ? -1 : this.scopeAt(index));
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
        this.give(bareName(code.textOf(value)), [key], first, scope);
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
    if (this.wanted.list?.(list) === true) this.given.add(`${scope} ${word}`);
    else this.give(word, namesIn(code, list), at, scope);
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

  private call(
    index: number,
    {
      scope,
      parameters,
    }: { readonly scope: number; readonly parameters: readonly (string | null)[] },
  ): void {
    const call = callAt(this.code, index);
    if (call === null) return;
    argumentsOf(this.code, call).forEach(({ name, range }, position) => {
      const parameter = name ?? parameters[position];
      if (parameter == null) return;
      this.give(parameter, namesIn(this.code, range), range.first, scope);
    });
  }

  private resolve(): void {
    let left = this.gifts;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const before = this.given.size;
      const open: Gift[] = [];
      for (const gift of left) {
        const isGiven = gift.from.some((name) => this.wanted.name(name) || this.has(name, gift.at));
        if (isGiven) this.given.add(`${gift.scope} ${gift.name}`);
        else open.push(gift);
      }
      if (this.given.size === before) return;
      left = open;
    }
  }
}

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
