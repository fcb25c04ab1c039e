import type { Finding } from './finding';
import type { Stretch } from './search';
import type { Source } from './source';

/** Further than any rule looks from the place of a finding, in characters. */
const REACH = 8000;

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

/** Null where a comment or a text in quotes begins or ends elsewhere now, which changes what follows. */
function changeBetween(earlier: Source, source: Source): Change | null {
  const { text } = source;
  const most = Math.min(text.length, earlier.text.length);
  let same = 0;
  while (same < most && text.charCodeAt(same) === earlier.text.charCodeAt(same)) same += 1;
  const shift = text.length - earlier.text.length;
  let from = text.length;
  const least = same + Math.max(0, shift);
  while (from > least && text.charCodeAt(from - 1) === earlier.text.charCodeAt(from - 1 - shift))
    from -= 1;
  for (const [was, is] of [
    [earlier.code, source.code],
    [earlier.bare, source.bare],
  ] as const) {
    if (was.slice(0, same) !== is.slice(0, same) || was.slice(from - shift) !== is.slice(from))
      return null;
  }
  const affected = widened({ start: same, end: from }, text.length);
  const replaced = { start: same, end: from - shift };
  return { affected, before: widened(replaced, earlier.text.length), replaced, shift };
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
