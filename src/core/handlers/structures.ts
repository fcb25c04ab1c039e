import { isKnownCode } from '../catalogue/catalogue';
import type { CodeTree, TokenRange } from '../text/codeTree';
import { isJoint } from '../text/names';
import { kindSet } from '../text/tokens';
import { wordSet } from '../text/wordSet';
import { codesWithin, type CodeToken } from './codeTokens';
import { Lists } from './lists';
import { isPlain, switchesIn, type Otherwise, type Switch } from './switches';

/** Code that may sort result codes into outcomes. Offsets in UTF-16 units. */
export interface Structure {
  readonly kind: 'switch' | 'statements' | 'list';
  readonly start: number;
  readonly end: number;
  /** Those that it sorts, in the order of the text. */
  readonly codes: readonly CodeToken[];
  /** The branch for everything else, of a switch over codes that has one. */
  readonly otherwise: Otherwise | null;
}

const WORDS = kindSet('word');
const CONDITIONS = wordSet('if elif elsif elseif else unless');
const FOUR_DIGITS = /^\d{4}$/;

/**
 * All structures of a text around an offset, or that begin on its line; smaller ones are not always first.
 *
 * @param codes all of the text
 */
export function structuresAround(
  code: CodeTree,
  codes: readonly CodeToken[],
  offset: number,
): Structure[] {
  return new StructureFinder(code, codes, offset).find();
}

class StructureFinder {
  private readonly lists: Lists;
  /** Of each token, the first one on its line. */
  private readonly lineFirsts: Int32Array;
  private readonly lineEnd: number;

  constructor(
    private readonly code: CodeTree,
    private readonly codes: readonly CodeToken[],
    private readonly offset: number,
  ) {
    this.lists = new Lists(code);
    this.lineFirsts = firstsOfLines(code);
    const end = code.tokens.text.indexOf('\n', offset);
    this.lineEnd = end < 0 ? Infinity : end;
  }

  find(): Structure[] {
    const switches = switchesIn(this.code).map((one) => ({
      ...one,
      labelled: one.labels.flatMap((label) => codesWithin(this.codes, label)),
    }));
    const inLabels = new Set(switches.flatMap(({ labelled }) => labelled));
    const others = this.codes.filter((one) => !inLabels.has(one));
    return [
      ...switches.flatMap((one) => this.ofSwitch(one, one.labelled)),
      ...this.ofStatements(others),
      ...this.ofLists(),
    ];
  }

  /** Whether the offset is in a range, or on the line where that begins. */
  private isAround(start: number, end: number): boolean {
    return start <= this.lineEnd && this.offset <= end;
  }

  private made(
    kind: Structure['kind'],
    { first, last }: TokenRange,
    codes: readonly CodeToken[],
    otherwise: Otherwise | null = null,
  ): Structure[] {
    const { tokens } = this.code;
    const start = tokens.startOf(first);
    const end = tokens.endOf(last);
    return this.isAround(start, end) ? [{ kind, start, end, codes, otherwise }] : [];
  }

  // --- switch, match, case, when ---

  private ofSwitch(one: Switch, labelled: readonly CodeToken[]): Structure[] {
    if (labelled.length === 0) return [];
    const { code } = this;
    const sorting = one.labels.filter((label) => codesWithin(labelled, label).length > 0);
    const plain = one.labels.filter((label) => isPlain(code, label));
    // What one label is, all are: those too far from the head to be found as codes alone.
    const known = new Set(labelled.map(({ at }) => at));
    const more = plain.flatMap(({ first, last }) => {
      const found: CodeToken[] = [];
      for (let at = first; at <= last; at += 1) {
        const text = code.textOf(at);
        const isText = code.tokens.kindAt(at) === 'text' && FOUR_DIGITS.test(text);
        if (isText && !known.has(at) && isKnownCode(text)) found.push({ code: text, at });
      }
      return found;
    });
    const all = [...labelled, ...more].sort((left, right) => left.at - right.at);
    const first = this.lineFirsts[one.first] ?? one.first;
    const isOverCodes = sorting.every((label) => plain.includes(label));
    return this.made('switch', { first, last: one.last }, all, isOverCodes ? one.otherwise : null);
  }

  // --- if, else if; statements with codes, one below the other ---

  private *ofStatements(codes: readonly CodeToken[]): Iterable<Structure> {
    const { code } = this;
    const coded = new Map<number, CodeToken[]>();
    for (const one of codes) {
      const first = code.firstOf(code.inStatement(one.at));
      const known = coded.get(first);
      if (known) known.push(one);
      else coded.set(first, [one]);
    }
    const conditional = this.conditional();
    for (const opener of new Set(Array.from(coded.keys(), (first) => code.openerOf(first)))) {
      let run: TokenRange[] = [];
      let isBody = false;
      for (const part of [...code.partsIn(opener), null]) {
        const isConditional = part !== null && conditional.has(part.first);
        if (part !== null && (coded.has(part.first) || isConditional || isBody)) {
          run.push(part);
          isBody = isConditional && this.lacksBody(part);
          continue;
        }
        yield* this.ofRun(run, coded, conditional);
        run = [];
      }
    }
  }

  /** The statements that have an `if` of their own, by their first token. */
  private conditional(): ReadonlySet<number> {
    const { code } = this;
    const { tokens } = code;
    const found = new Set<number>();
    for (let at = tokens.indexOf(WORDS, 0); at < code.length; at = tokens.indexOf(WORDS, at + 1)) {
      const isOwn = CONDITIONS.has(code.textOf(at)) && code.hasStatements(code.openerOf(at));
      if (isOwn && !isJoint(code, code.before(at))) found.add(code.firstOf(at));
    }
    return found;
  }

  /** Whether what runs for a condition is the next statement: on the next line, without a bracket. */
  private lacksBody({ last }: TokenRange): boolean {
    const { code } = this;
    const open = code.textOf(last) === ')' ? code.tokens.partnerOf(last) : -1;
    return CONDITIONS.has(code.textOf(open < 0 ? last : code.before(open)));
  }

  private ofRun(
    run: readonly TokenRange[],
    coded: ReadonlyMap<number, readonly CodeToken[]>,
    conditional: ReadonlySet<number>,
  ): Structure[] {
    const [head] = run;
    const end = run.at(-1);
    const sorting = run.filter(({ first }) => coded.has(first));
    const [only, another] = sorting;
    if (head === undefined || end === undefined || only === undefined) return [];
    const codes = sorting.flatMap(({ first }) => coded.get(first) ?? []);
    // one list is told by its brackets
    const isList = another === undefined && !conditional.has(only.first);
    if (isList && codes.every(({ at }) => this.lists.around(at) >= 0)) return [];
    return this.made('statements', { first: head.first, last: this.lastOf(end) }, codes);
  }

  /** The last token of a statement, with its block and the sign after it. */
  private lastOf({ first, last }: TokenRange): number {
    const { code } = this;
    // a block that ends with its indentation
    const head = code.language.blocks === 'indentation' ? code.closerOf(first) : -1;
    if (head >= 0 && code.tokens.kindAt(first) === 'word') return code.tokens.previousCode(head);
    const next = code.tokens.nextCode(last);
    return code.textOf(next) === ';' ? next : last;
  }

  // --- lists and tables ---

  private *ofLists(): Iterable<Structure> {
    const { lists, codes } = this;
    for (let index = 0; index < codes.length;) {
      const first = codes[index];
      const outer = first === undefined ? -1 : lists.around(first.at);
      if (first === undefined || outer < 0) {
        index += 1;
        continue;
      }
      const within = codesWithin(codes, lists.rangeOf(outer));
      index += Math.max(1, within.length);
      // the innermost list around the offset that has them all
      const last = within.at(-1)?.at ?? first.at;
      let open = lists.openerOf(first.at);
      let made = this.ofList(open, within);
      while (open !== outer && (lists.rangeOf(open).last < last || made.length === 0)) {
        open = this.code.openerOf(open);
        made = this.ofList(open, within);
      }
      yield* made;
    }
  }

  /** From the line on that it begins on; a bracket on a line of its own belongs to the line above. */
  private ofList(open: number, codes: readonly CodeToken[]): Structure[] {
    const { code, lineFirsts } = this;
    const isAlone = lineFirsts[open] === open;
    const named = isAlone ? Math.max(0, code.tokens.previousCode(open)) : open;
    const first = lineFirsts[named] ?? named;
    return this.made('list', { first, last: this.lists.rangeOf(open).last }, codes);
  }
}

function firstsOfLines({ tokens, length }: CodeTree): Int32Array {
  const firsts = new Int32Array(length);
  let first = 0;
  let isNew = true;
  let end = 0;
  for (let index = 0; index < length; index += 1) {
    const start = tokens.startOf(index);
    if (start > end && tokens.text.slice(end, start).includes('\n')) isNew = true;
    end = tokens.endOf(index);
    if (isNew && tokens.kindAt(index) !== 'comment') {
      first = index;
      isNew = false;
    }
    firsts[index] = first;
  }
  return firsts;
}
