import { kindSet, type Tokens } from '../text/tokens';
import type { Finding } from './finding';
import type { Stretch } from './search';
import type { Source } from './source';

/** Further than any rule looks from the place of a finding, in characters. */
const REACH = 8000;

const BRACKETS = kindSet('open', 'close');

/** What was changed since a file was last checked. */
interface Change {
  /** What may be found differently now: the changed text, and all that may look at it. */
  readonly affected: Stretch;
  /** The same in the text as it was. */
  readonly before: Stretch;
  /** Where the changed text began and ended in the text as it was. */
  readonly replaced: Stretch;
  /** How far all that follows has moved. */
  readonly shift: number;
}

/**
 * Bounds a check to what was changed since an earlier one, by setting where the rules look.
 *
 * @param findings the earlier ones
 * @returns joins what the rules find now with what the earlier check found elsewhere; null where everything
 *   has to be looked at, since what a rule asks of the whole file has another answer now
 */
export function boundToChange(
  earlier: Source,
  findings: readonly Finding[],
  source: Source,
): ((found: readonly Finding[]) => readonly Finding[]) | null {
  // In data, what belongs together may be far apart; such files are short.
  if (source.isData || !source.isLike(earlier)) return null;
  const change = changeBetween(earlier, source);
  if (change === null || !source.agreesWith(earlier)) return null;
  const kept: Finding[] = [];
  for (const finding of findings) {
    if (isIn(change.before, finding.start)) continue;
    const moved = movedBy(change, finding);
    if (moved === null) return null;
    kept.push(moved);
  }
  source.region = inLines(source.text, widened(change.affected, source.text.length));
  return (found) => [...kept, ...found.filter(({ start }) => isIn(change.affected, start))];
}

/** Null where a comment, a string or brackets begin or end elsewhere now, which changes what is around them. */
function changeBetween(earlier: Source, source: Source): Change | null {
  const { text } = source;
  const least = Math.min(text.length, earlier.text.length);
  const shift = text.length - earlier.text.length;
  const same = longestSame(
    least,
    (from, to) => text.slice(from, to) === earlier.text.slice(from, to),
  );
  const from =
    text.length -
    longestSame(least - same, (after, before) => {
      const [start, end] = [text.length - before, text.length - after];
      return text.slice(start, end) === earlier.text.slice(start - shift, end - shift);
    });
  for (const [was, is] of [
    [earlier.code, source.code],
    [earlier.bare, source.bare],
  ] as const) {
    if (was.slice(0, same) !== is.slice(0, same) || was.slice(from - shift) !== is.slice(from))
      return null;
  }
  const affected = widened({ start: same, end: from }, text.length);
  const replaced = { start: same, end: from - shift };
  const before = widened(replaced, earlier.text.length);
  const change = { affected, before, replaced, shift };
  return hasSameBrackets(earlier.tokens, source.tokens, change) ? change : null;
}

/** The most characters that are the same, by parts of which each is compared at once. */
function longestSame(most: number, isSame: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether all brackets have the partners that they had, but for those that only what is affected looks at. */
function hasSameBrackets(was: Tokens, is: Tokens, { replaced, shift }: Change): boolean {
  const added = is.length - was.length;
  const first = was.indexAt(replaced.start - REACH / 2);
  const last = was.indexAt(replaced.end + REACH / 2);
  if (
    is.indexAt(replaced.start - REACH / 2) !== first ||
    is.indexAt(replaced.end + shift + REACH / 2) !== last + added
  )
    return false;
  const moved = (at: number): number =>
    at < replaced.start ? at : at < replaced.end ? NaN : at + shift;
  for (let index = -1; index < was.length;) {
    index = was.indexOf(BRACKETS, index + 1);
    if (index >= first && index < last) index = was.indexOf(BRACKETS, last);
    const now = index < first ? index : index + added;
    const partner = was.partnerOf(index);
    const partnerNow = is.partnerOf(now);
    if (partner < 0 || partnerNow < 0) {
      if (partner !== partnerNow || was.kindAt(index) !== is.kindAt(now)) return false;
    } else if (moved(was.startOf(partner)) !== is.startOf(partnerNow)) return false;
  }
  return true;
}

const widened = ({ start, end }: Stretch, length: number): Stretch => ({
  start: Math.max(0, start - REACH),
  end: Math.min(length, end + REACH),
});

const isIn = ({ start, end }: Stretch, at: number): boolean => start <= at && at < end;

function inLines(text: string, { start, end }: Stretch): Stretch {
  const next = text.indexOf('\n', end);
  return {
    start: text.lastIndexOf('\n', start - 1) + 1,
    end: next < 0 ? text.length : next,
  };
}

/** Null where what was found, or what a fix changes, was itself changed. */
function movedBy({ replaced, shift }: Change, finding: Finding): Finding | null {
  const isTouched = ({ start, end }: Stretch): boolean =>
    end > replaced.start && start < replaced.end;
  if ([finding, ...finding.fixes.flatMap(({ edits }) => edits)].some(isTouched)) return null;
  const moved = <Place extends Stretch>(place: Place): Place => {
    const by = place.start < replaced.end ? 0 : shift;
    return { ...place, start: place.start + by, end: place.end + by };
  };
  const fixes = finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(moved) }));
  return { ...moved(finding), fixes };
}
