import type { TextEdit } from './finding';
import type { Source } from './source';

/** The edit, with an import before what `place` finds unless it is there already. */
export function withImport(
  source: Source,
  edit: TextEdit,
  present: RegExp,
  text: string,
  place: RegExp,
): TextEdit[] | null {
  if (source.says(present)) return [edit];
  const at = source.placeOf(place);
  return at < 0 || at > edit.start ? null : [{ start: at, end: at, text }, edit];
}
