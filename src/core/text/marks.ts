import type { Range } from './range';
import { indexAfter, type Regions } from './regions';
import type { Tokens } from './tokens';

/** A sign in a text, and whose it is. */
export interface Mark extends Range {
  readonly isOurs: boolean;
}

/** Tells whose a position is in a text that has signs of other services. */
export class Marks {
  private readonly inCode = new Row();
  private readonly inComments = new Row();
  /** Of a region, the innermost one around it, or itself, that has signs in code; -1 for none. */
  private readonly deciding = new Map<number, number>();

  /**
   * @param tokens null where nothing is a comment
   * @param isOurPath whether the path of the file names Smile ID, and no other service
   */
  constructor(
    marks: readonly Mark[],
    tokens: Tokens | null,
    private readonly regions: Regions,
    private readonly isOurPath: boolean,
  ) {
    for (const mark of [...marks].sort((one, other) => one.start - other.start)) {
      const isComment = tokens?.kindAt(tokens.indexAt(mark.start)) === 'comment';
      (isComment ? this.inComments : this.inCode).add(mark);
    }
  }

  areOthersAt(offset: number): boolean {
    const region = this.decidingFor(this.regions.innermostAt(offset));
    if (region >= 0) return this.inCode.isOursAt(offset, this.regions.rangeOf(region)) === false;
    if (this.isOurPath && !this.inCode.hasOurs) return false;
    return (this.inCode.isOursAt(offset) ?? this.inComments.isOursAt(offset)) === false;
  }

  private decidingFor(innermost: number): number {
    const without: number[] = [];
    let region = innermost;
    let found: number | undefined;
    for (; region >= 0; region = this.regions.parentOf(region)) {
      found = this.deciding.get(region);
      if (found !== undefined || this.inCode.hasAny(this.regions.rangeOf(region))) break;
      without.push(region);
    }
    const deciding = found ?? region;
    for (const each of without) this.deciding.set(each, deciding);
    return deciding;
  }
}

const EVERYWHERE: Range = { start: 0, end: Infinity };

/** Signs in their order. */
class Row {
  hasOurs = false;
  private readonly starts: number[] = [];
  private readonly marks: Mark[] = [];

  add(mark: Mark): void {
    this.starts.push(mark.start);
    this.marks.push(mark);
    this.hasOurs ||= mark.isOurs;
  }

  hasAny({ start, end }: Range): boolean {
    const next = this.starts[indexAfter(this.starts, start - 1)];
    return next !== undefined && next < end;
  }

  /** Whether the nearest sign in a range is Smile ID's; null where the range has none. */
  isOursAt(offset: number, { start, end }: Range = EVERYWHERE): boolean | null {
    const next = indexAfter(this.starts, offset);
    let nearest: { readonly isOurs: boolean; readonly distance: number } | null = null;
    for (const mark of [this.marks[next - 1], this.marks[next]]) {
      if (mark === undefined || mark.start < start || mark.start >= end) continue;
      const distance = Math.max(mark.start - offset, offset - mark.end, 0);
      if (nearest === null || distance < nearest.distance)
        nearest = { isOurs: mark.isOurs, distance };
    }
    return nearest?.isOurs ?? null;
  }
}
