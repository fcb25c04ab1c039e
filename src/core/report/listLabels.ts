import { withoutMarks } from '../harmlessText';

/** Longer ones leave no room for anything beside them in a narrow side bar. */
const LONGEST_WHOLE = 16;
const HEAD = 4;
/** Six characters of a random UUID are the same in two of 200 once in 800 lists. */
const TAIL = 6;

/** What a row of a list is called. */
export interface ListLabel {
  /** Shortened, and another one for each row. */
  readonly label: string;
  /** For screen readers. */
  readonly whole: string;
}

/**
 * The labels of a list. Job IDs are shortened as far as they still differ; rows with the same ID also have the first of
 * their other texts that differs.
 * @param rows what may tell each row from the others, its ID first: user ID, profile, …
 */
export function listLabels(rows: readonly (readonly string[])[]): readonly ListLabel[] {
  const shown = rows.map((texts) => texts.map(withoutMarks));
  const byId = new Map<string, (readonly string[])[]>();
  for (const texts of shown) {
    const [id = ''] = texts;
    const same = byId.get(id);
    if (same) same.push(texts);
    else byId.set(id, [texts]);
  }
  const short = shortIds([...byId.keys()]);
  const labels = new Map<readonly string[], ListLabel>();
  for (const [id, same] of byId) {
    const differing = (same[0] ?? []).findIndex(
      (_, column) => new Set(same.map((texts) => texts[column])).size > 1,
    );
    const more = differing < 0 ? [] : listLabels(same.map((texts) => texts.slice(differing)));
    same.forEach((texts, index) => {
      labels.set(texts, {
        label: joined(short.get(id), more[index]?.label),
        whole: joined(id, more[index]?.whole),
      });
    });
  }
  return shown.map((texts) => labels.get(texts) ?? { label: '', whole: '' });
}

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

/** The short forms of different IDs: their ends grow until all differ. */
function shortIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const tails = new Map(ids.map((id) => [id, TAIL]));
  for (;;) {
    const forms = new Map(Array.from(tails, ([id, tail]) => [id, shortId(id, tail)]));
    const count = new Map<string, number>();
    for (const form of forms.values()) count.set(form, (count.get(form) ?? 0) + 1);
    const ambiguous = ids.filter((id) => {
      const form = forms.get(id) ?? id;
      return form !== id && count.get(form) !== 1;
    });
    if (ambiguous.length === 0) return forms;
    for (const id of ambiguous) tails.set(id, 2 * (tails.get(id) ?? TAIL));
  }
}

/**
 * An ID, shortened in its middle: `9b2f…3d6a55`. IDs of one kind may differ only at the beginning (UUIDv1), only at the
 * end (API v3, UUIDv7, counters), or anywhere. An ID without digits consists of words and stays as it is.
 */
function shortId(id: string, tail: number): string {
  const characters = Array.from(id);
  if (characters.length <= Math.max(LONGEST_WHOLE, HEAD + 1 + tail) || !/\d/.test(id)) return id;
  return `${characters.slice(0, HEAD).join('')}…${characters.slice(-tail).join('')}`;
}
