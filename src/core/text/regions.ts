import type { Range } from './range';
import type { Tokens } from './tokens';

/**
 * The parts of a text that lie in each other: what is in brackets, with what is before them on their line; or what is
 * indented, with the line above it. Each is known by its index; -1 is the whole text.
 */
export class Regions {
  /** Where another region becomes the innermost one, and which. */
  private readonly changes: number[] = [];
  private readonly innermost: number[] = [];
  private readonly parents: number[] = [];
  /** Undefined where it was not needed yet: heads take more time than brackets. */
  private readonly starts: (number | undefined)[] = [];
  private readonly bodies: number[] = [];
  private readonly ends: number[] = [];

  private constructor(private readonly findStart: (body: number) => number) {}

  static inBrackets(tokens: Tokens): Regions {
    const regions = new Regions((body) => headStart(tokens, tokens.indexAt(body)));
    regions.readBrackets(tokens);
    return regions;
  }

  static inLines(text: string): Regions {
    const regions = new Regions((body) => body);
    regions.readLines(text);
    return regions;
  }

  innermostAt(offset: number): number {
    return this.innermost[indexAfter(this.changes, offset) - 1] ?? -1;
  }

  parentOf(region: number): number {
    return this.parents[region] ?? -1;
  }

  rangeOf(region: number): Range {
    return { start: this.startOf(region), end: this.ends[region] ?? Infinity };
  }

  /** What is before the brackets, or above what is indented. */
  headOf(region: number): Range {
    return { start: this.startOf(region), end: this.bodies[region] ?? 0 };
  }

  private startOf(region: number): number {
    return (this.starts[region] ??= this.findStart(this.bodies[region] ?? 0));
  }

  private add(parent: number, start: number | undefined, body: number): number {
    this.parents.push(parent);
    this.starts.push(start);
    this.bodies.push(body);
    return this.ends.push(Infinity) - 1;
  }

  private change(at: number, region: number): void {
    this.changes.push(at);
    this.innermost.push(region);
  }

  private readBrackets(tokens: Tokens): void {
    let region = -1;
    for (let index = 0; index < tokens.length; index += 1) {
      const partner = tokens.partnerOf(index);
      const kind = tokens.kindAt(index);
      if (kind === 'open' && partner > index) {
        region = this.add(region, undefined, tokens.startOf(index));
        this.ends[region] = tokens.endOf(partner);
        this.change(tokens.startOf(index), region);
      } else if (kind === 'close' && partner >= 0 && partner < index) {
        region = this.parentOf(region);
        this.change(tokens.endOf(index), region);
      }
    }
  }

  private readLines(text: string): void {
    const open: { readonly region: number; readonly indent: number }[] = [];
    const isOut = (indent: number): boolean => (open.at(-1)?.indent ?? -1) >= indent;
    for (const { 0: line, index, 1: margin = '' } of text.matchAll(/^([ \t]*)\S[^\n]*/gm)) {
      for (; isOut(margin.length); open.pop()) this.ends[open.at(-1)?.region ?? -1] = index;
      const region = this.add(open.at(-1)?.region ?? -1, index, index + line.length);
      this.change(index, region);
      open.push({ region, indent: margin.length });
    }
  }
}

/** In tokens: heads of functions are shorter, and what machines write has no end. */
const LONGEST_HEAD = 40;

/** Where the line begins that a bracket belongs to: of what is before it, from the opening bracket of a parameter list. */
function headStart(tokens: Tokens, open: number): number {
  const { text } = tokens;
  const isOnNextLine = (before: number, index: number): boolean =>
    text.slice(tokens.endOf(before), tokens.startOf(index)).includes('\n');
  let first = open;
  for (let count = 0; count < LONGEST_HEAD; count += 1) {
    const before = tokens.previousCode(first);
    const sign = tokens.textOf(before);
    if (before < 0 || sign === ';' || sign === ',' || sign === '}') break;
    if (tokens.kindAt(before) === 'open' && tokens.partnerOf(before) > open) break;
    // a brace may be on a line of its own
    if (first !== open && isOnNextLine(before, first)) break;
    const partner = tokens.kindAt(before) === 'close' ? tokens.partnerOf(before) : -1;
    first = partner >= 0 && partner < before ? partner : before;
  }
  return tokens.startOf(first);
}

/** How many of some sorted numbers are not above a limit. */
export function indexAfter(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
