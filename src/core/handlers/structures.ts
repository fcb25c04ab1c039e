/** How far above a structure its head is read, in lines and in characters. */
const LINES_ABOVE = 60;
const REACH = 4000;
import type { BranchSign } from './branches';
import type { Language } from '../text/languages';
import type { Brackets, Region, Source } from './source';

/** Code that may sort result codes into outcomes. Offsets in UTF-16 units. */
export interface Structure {
  readonly kind: 'switch' | 'conditions' | 'list';
  readonly start: number;
  readonly end: number;
  /** Where it names what it handles. */
  readonly regions: readonly Region[];
  /** The branch for everything else, of a switch over codes that has one. */
  readonly otherwise: Otherwise | null;
}

export interface Otherwise {
  /** Where its label begins. */
  readonly at: number;
  /** What ends its label. */
  readonly sign: BranchSign;
  /** Where the first branch of the switch may begin. */
  readonly from: number;
}

/** The longest list or table that is taken for a handler; anything longer is data. */
const LONGEST_LIST = 50_000;
/** How much text above a list or a switch may name it. */
const HEAD = 1500;
/** How much is read of lists and of blocks that lie in each other, in characters: real ones are few. */
const MOST_READ = 2_000_000;
/** How long a condition may be. */
const LONGEST_CONDITION = 600;
/** What a block has and a table has not. */
const STATEMENT =
  /;|^\s*(?:return|if|for|while|const|let|var|val|def|function|func|fun|switch|when|case|try|throw|import|class)\b|^\s*[\w.$]+\s*:?=(?![=>])/m;
const CONDITION = /[=!]=|&&|\|\||[?;]|\b(?:and|or)\b/;
const NOT_A_LIST = /(?<![\w$.])(?:if|elif|elsif|while|for|switch|match|when|catch|return)\s*$/;

/** All structures of a source around a position, in no order. Reads the whole source once. */
export function structuresAround(source: Source, language: Language, offset: number): Structure[] {
  const around = (start: number, end: number): boolean =>
    source.lineStart(start) <= offset && offset <= end;
  const heads =
    language.blocks === 'brackets'
      ? braceSwitches(source, around)
      : language.blocks === 'end'
        ? rubyCases(source, around)
        : pythonMatches(source, around);
  return [...heads, ...conditionChains(source, language, around), ...listsAround(source, offset)];
}

/** Those that can be read within MOST_READ, the smallest first. What is above each code in them is read, too. */
function smallestFirst<Pair extends Brackets>(source: Source, pairs: readonly Pair[]): Pair[] {
  let read = 0;
  return pairs
    .map((pair) => ({ pair, size: pair.close - pair.open + HEAD * (1 + source.digitsIn(pair)) }))
    .sort((one, other) => one.size - other.size)
    .filter(({ size }) => (read += size) <= MOST_READ)
    .map(({ pair }) => pair);
}

// --- switch, match, case, when ---

/** Whether the position is within a stretch, or on the line where that begins. */
type Around = (start: number, end: number) => boolean;

function* braceSwitches(source: Source, around: Around): Iterable<Structure> {
  const { masked } = source;
  const found = source.brackets.flatMap(({ open, close }) => {
    const keyword = masked.charAt(open) === '{' ? switchBefore(source, open) : null;
    return keyword === null || !around(keyword, close + 1) ? [] : [{ open, close, keyword }];
  });
  for (const { open, close, keyword } of smallestFirst(source, found)) {
    const body = source.flat(open + 1, close);
    const isCases = /\bcase\b/.test(body);
    const labels = isCases ? caseLabels(body) : armLabels(body);
    const headFrom = Math.max(source.lineStart(keyword), open - HEAD);
    const head = source.text.slice(headFrom, open + 1);
    yield {
      kind: 'switch',
      start: source.firstOnLine(keyword),
      end: close + 1,
      ...handled(source, head, open + 1, labels, otherwiseIn(body, open + 1)),
    };
  }
}

/** Where the keyword stands whose block this brace opens, or null. */
function switchBefore(source: Source, open: number): number | null {
  const least = Math.max(0, open - 400);
  const before = source.masked.slice(least, open).trimEnd();
  const end = least + before.length;
  const call = before.endsWith(')') ? source.openerOf(end - 1) : null;
  if (call !== null) {
    const found = /(?<![\w$.>])(?:switch|match|when)\s*$/.exec(
      source.masked.slice(Math.max(0, call - 20), call),
    );
    if (found !== null) return Math.max(0, call - 20) + found.index;
  }
  // without brackets: `switch code {` in Go, `when {`, `code switch {` in C#
  const found = /(?<![\w$.>])(?:switch|when)\b[^\n{}]*$/.exec(before);
  return found === null ? null : end - before.length + found.index;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const stretch = ({ 0: text, index }: { 0: string; index: number }): Stretch => ({
  from: index,
  to: index + text.length,
});

/**
 * `case '0810':`, `case "0810", "0811" ->`
 *
 * @param sign what ends a label; flag g
 */
export function caseLabels(body: string, sign = /(?<!:):(?!:)|->|=>/g): Stretch[] {
  const labels: Stretch[] = [];
  const keyword = /\bcase\b/g;
  while (keyword.test(body)) {
    const from = keyword.lastIndex - 'case'.length;
    sign.lastIndex = keyword.lastIndex;
    // What no sign follows is no label, and neither is anything after it.
    if (!sign.test(body)) break;
    labels.push({ from, to: sign.lastIndex });
    keyword.lastIndex = sign.lastIndex;
  }
  return labels;
}

/** `'0810', '0811' =>`: from where the value of the arm before ends. */
function armLabels(body: string): Stretch[] {
  const labels: Stretch[] = [];
  const value = /\S[^,;\n]*/g;
  let from = 0;
  for (const { 0: arrow, index } of body.matchAll(/=>|->/g)) {
    const to = index + arrow.length;
    // an arrow in the value of an arm: a function
    if (to < from && !/^\s*$/.test(body.slice(to, from))) continue;
    labels.push({ from: from + (/^\s*/.exec(body.slice(from, to))?.[0].length ?? 0), to });
    value.lastIndex = to;
    from = value.test(body) ? value.lastIndex : body.length;
    if (body.charAt(from) === ',' || body.charAt(from) === ';') from += 1;
  }
  return labels;
}

function otherwiseIn(body: string, offset: number): Otherwise | null {
  const found = /(?<![\w$.])(?:default|else|_)\s*(:|->|=>)/.exec(body);
  const sign = found?.[1];
  if (found === null || (sign !== ':' && sign !== '->' && sign !== '=>')) return null;
  return { at: offset + found.index, sign, from: offset };
}

function* pythonMatches(source: Source, around: Around): Iterable<Structure> {
  const { masked } = source;
  for (const found of masked.matchAll(/^([ \t]*)match\b[^\n]*:[ \t]*$/gm)) {
    const indent = found[1]?.length ?? 0;
    const from = found.index + found[0].length;
    const end = blockEnd(masked, from, (own) => own > indent);
    if (!around(found.index, end)) continue;
    const body = source.flat(from, end);
    const labels = Array.from(body.matchAll(/^[ \t]*case\b[^:]*:/gm), stretch);
    yield {
      kind: 'switch',
      start: found.index + indent,
      end,
      ...handled(
        source,
        found[0],
        from,
        ownLevel(body, labels),
        lineIn(body, from, /^[ \t]*case\s+[a-z_]\w*\s*:/m, labels),
      ),
    };
  }
}

function* rubyCases(source: Source, around: Around): Iterable<Structure> {
  const { masked } = source;
  for (const found of masked.matchAll(
    /^([ \t]*)(?![ \t])(?:[^\n]*=[ \t]*|return[ \t]+)?case\b[^\n]*$/gm,
  )) {
    const from = found.index + found[0].length;
    const first = /^\s*\n([ \t]*)(?:when|in)\b/.exec(masked.slice(from, from + HEAD));
    const indent = first?.[1]?.length;
    if (indent === undefined) continue;
    const branch = /^(?:when|in|else)\b/;
    const last = blockEnd(
      masked,
      from,
      (own, code) => own > indent || (own === indent && branch.test(code)),
    );
    const close = /^\s*end\b/.exec(masked.slice(last, last + HEAD));
    if (close === null || !around(found.index, last + close[0].length)) continue;
    const body = source.flat(from, last);
    const labels = Array.from(
      body.matchAll(/^[ \t]*(?:when|in)\b[^]*?(?=\bthen\b|(?<![,|]\s*)\n|$(?![^]))/gm),
      stretch,
    );
    yield {
      kind: 'switch',
      start: found.index + (found[1]?.length ?? 0),
      end: last + close[0].length,
      ...handled(
        source,
        found[0],
        from,
        ownLevel(body, labels),
        lineIn(body, from, /^[ \t]*else\b/m, labels),
      ),
    };
  }
}

const indentOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;

/** Labels of the first one's indentation; those of switches within have more. */
function ownLevel(body: string, labels: readonly Stretch[]): Stretch[] {
  const indents = labels.map(({ from }) => indentOf(body.slice(from)));
  return labels
    .filter((_label, index) => indents[index] === indents[0])
    .map(({ from, to }) => ({ from: from + (indents[0] ?? 0), to }));
}

/** A label of codes alone: no conditions, no guards, no names. */
const PLAIN = /^(case|when|in)?(?:[\s\0"'`,|():]|\bor\b)*?(:|->|=>|then)?$/;

/**
 * What the labels of a switch handle. A plain label is read literal by literal, each as if it stood alone
 * below the head: how many there are, and what stands between them, does not matter then.
 */
function handled(
  source: Source,
  head: string,
  offset: number,
  labels: readonly Stretch[],
  otherwise: Otherwise | null,
): Pick<Structure, 'regions' | 'otherwise'> {
  const above = `${head.trimEnd()}\n${' '.repeat(indentOf(head) + 2)}`;
  const named = labels.filter(({ from, to }) =>
    /\d{4}/.test(source.text.slice(offset + from, offset + to)),
  );
  const read = named.map((label) => {
    const from = offset + label.from;
    const to = offset + label.to;
    const code = source.masked.slice(from, to);
    const plain = PLAIN.exec(code.trimEnd());
    return { from, to, code, plain };
  });
  const regions = read.flatMap(({ from, to, code, plain }): Region[] => {
    if (plain === null) return [{ before: above, from, to, after: '' }];
    const [, keyword = '', sign = ''] = plain;
    return Array.from(code.matchAll(/["'`]\0*["'`]/g), ({ 0: literal, index }) => ({
      before: `${above}${keyword} `,
      from: from + index,
      to: from + index + literal.length,
      after: ` ${sign}`,
    }));
  });
  return { regions, otherwise: read.every(({ plain }) => plain !== null) ? otherwise : null };
}

/** The branch for everything else where blocks are told by indentation: a line of the labels' own. */
function lineIn(
  body: string,
  offset: number,
  label: RegExp,
  labels: readonly Stretch[],
): Otherwise | null {
  const indent = labels[0] === undefined ? 0 : indentOf(body.slice(labels[0].from));
  for (const { 0: line, index } of body.matchAll(new RegExp(label, 'gm'))) {
    const own = indentOf(line);
    if (own === indent) return { at: offset + index + own, sign: '', from: offset };
  }
  return null;
}

/** Where the last line ends that belongs to a block; `from` is the end of the line above it. */
function blockEnd(
  masked: string,
  from: number,
  belongs: (indent: number, code: string, line: number) => boolean,
): number {
  let end = from;
  let at = from;
  while (at < masked.length) {
    const next = masked.indexOf('\n', at + 1);
    const lineEnd = next < 0 ? masked.length : next;
    const line = masked.slice(at + 1, lineEnd);
    const code = line.trim();
    if (code !== '') {
      if (!belongs(indentOf(line), code, at + 1)) break;
      end = at + 1 + line.trimEnd().length;
    }
    at = lineEnd;
  }
  return end;
}

// --- if, else if; several ifs, one below the other ---

const CONTINUES = /^(?:if\b|\}?\s*else\b|elif\b|elsif\b|elseif\b|[{})\]]|end\b)/;

/**
 * Told by indentation in every language: a chain goes on with lines that continue it at its own indentation,
 * and ends at the first that does not.
 */
function* conditionChains(source: Source, language: Language, around: Around): Iterable<Structure> {
  const { masked } = source;
  const taken = new Set<number>();
  for (const found of masked.matchAll(/^([ \t]*)if\b/gm)) {
    if (taken.has(found.index) || !around(found.index, Infinity)) continue;
    const indent = found[1]?.length ?? 0;
    const lines: number[] = [];
    const end = blockEnd(masked, found.index - 1, (own, code, line) => {
      if (own !== indent) return own > indent;
      if (!CONTINUES.test(code)) return false;
      lines.push(line);
      taken.add(line);
      return true;
    });
    if (!around(found.index, end)) continue;
    yield {
      kind: 'conditions',
      start: found.index + indent,
      end,
      regions: lines.flatMap((line) => conditionsOn(source, language, line)),
      otherwise: null,
    };
  }
}

/** The conditions that begin on a line. */
function conditionsOn(source: Source, language: Language, line: number): Region[] {
  const next = source.masked.indexOf('\n', line);
  const code = source.masked.slice(line, next < 0 ? undefined : next);
  return Array.from(code.matchAll(/\b(?:if|elif|elsif|elseif)\b\s*/g)).flatMap((found) => {
    const from = line + found.index;
    const first = from + found[0].length;
    const close = source.masked.charAt(first) === '(' ? source.closerOf(first) : null;
    if (close !== null && language.blocks === 'brackets') {
      return [{ before: '', from, to: close + 1, after: '' }];
    }
    const last = Math.min(source.masked.length, first + LONGEST_CONDITION);
    if (!/\d{4}/.test(source.text.slice(first, last))) return [];
    const end = CONDITION_END[language.blocks].exec(source.flat(first, last));
    return end === null ? [] : [{ before: '', from, to: first + end.index, after: '' }];
  });
}

const CONDITION_END: Readonly<Record<Language['blocks'], RegExp>> = {
  brackets: /\{/,
  indentation: /:/,
  end: /\bthen\b|(?<!(?:&&|\|\||,|\bor|\band)\s*)(?:\n|$)/,
};

// --- lists and tables ---

/** Brackets that may hold a list: which of all brackets they are, and where their first line begins. */
interface ListBrackets extends Brackets {
  readonly index: number;
  readonly start: number;
}

function listsAround(source: Source, offset: number): Structure[] {
  const near = source.brackets.flatMap(({ open, close }, index): ListBrackets[] => {
    if (offset > close + 1 || close - open > LONGEST_LIST) return [];
    // a bracket on a line of its own belongs to the line above
    const isAlone = source.firstOnLine(open) === open;
    const named = isAlone ? source.masked.slice(0, open).trimEnd().length - 1 : open;
    const first = source.firstOnLine(Math.max(0, named));
    if (offset < source.lineStart(first)) return [];
    return [{ open, close, index, start: Math.max(first, open - HEAD) }];
  });
  const literals = literalsAmong(source, near);
  return smallestFirst(
    source,
    near.filter(({ open }) => literals.has(open)),
  ).map((list) => listOf(source, list));
}

/** Where those brackets open that hold values and nothing else, at any depth. Each level is read once. */
function literalsAmong(source: Source, pairs: readonly ListBrackets[]): ReadonlySet<number> {
  const { brackets } = source;
  const literals = new Set<number>();
  let around: Brackets[] = [];
  let next = 0;
  for (const { index, close } of pairs) {
    next = Math.max(next, index);
    for (let pair = brackets[next]; pair !== undefined && pair.open < close;) {
      while ((around.at(-1)?.close ?? Infinity) < pair.open) around.pop();
      if (isLiteral(source, pair)) {
        literals.add(pair.open);
        around.push(pair);
      } else {
        for (const { open } of around) literals.delete(open);
        around = [];
      }
      next += 1;
      pair = brackets[next];
    }
  }
  return literals;
}

function listOf(source: Source, { open, close, index, start }: ListBrackets): Structure {
  const { brackets, masked, text } = source;
  const headFrom = Math.max(source.lineStart(Math.max(0, start - HEAD)), start - 2 * HEAD);
  const regions: Region[] = [];
  /** The brackets in the list that are open where a line begins. */
  const heads: Brackets[] = [];
  const leave = (at: number): void => {
    while ((heads.at(-1)?.close ?? Infinity) < at) heads.pop();
  };
  let inner = index + 1;
  let line = source.lineStart(start);
  while (line <= close) {
    const next = masked.indexOf('\n', line);
    const lineEnd = next < 0 ? masked.length : next;
    const from = Math.max(start, source.firstOnLine(Math.min(lineEnd, line + 400)));
    const to = Math.min(lineEnd, close + 1);
    for (let one = brackets[inner]; one !== undefined && one.open < line; one = brackets[inner]) {
      leave(one.open);
      heads.push(one);
      inner += 1;
    }
    leave(from);
    if (lineEnd > open && /\d{4}/.test(text.slice(from, to))) {
      const above = [
        text.slice(headFrom, Math.min(open + 1, line)).trimEnd(),
        ...heads
          .slice(-LINES_ABOVE)
          .map((one) =>
            text.slice(Math.max(source.lineStart(one.open), one.open - 400), one.open + 1),
          ),
      ];
      const indent = masked.slice(Math.max(line, from - 400), from);
      regions.push({ before: `${above.join('\n').slice(-REACH)}\n${indent}`, from, to, after: '' });
    }
    line = lineEnd + 1;
  }
  return { kind: 'list', start, end: close + 1, regions, otherwise: null };
}

/** Whether brackets hold values, not statements, conditions or the branches of a switch. */
function isLiteral(source: Source, { open, close }: Brackets): boolean {
  const own = source.outline(open + 1, close);
  switch (source.masked.charAt(open)) {
    case '{':
      return !STATEMENT.test(own) && switchBefore(source, open) === null;
    case '(':
      return (
        !CONDITION.test(own) && !NOT_A_LIST.test(source.masked.slice(Math.max(0, open - 20), open))
      );
    default:
      return true;
  }
}
