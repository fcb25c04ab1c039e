/** A part of a text, by offsets; `end` is behind it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** In characters; what a pattern finds may be longer where it ends on its line. */
const LONGEST_MATCH = 400;

/**
 * What a pattern finds in a text that begins within a stretch of whole lines.
 * @param word stands on the line where each match begins: to look for it first is much quicker
 */
export function* matchesIn(
  text: string,
  pattern: RegExp,
  stretch: Stretch,
  word?: RegExp,
): Generator<RegExpExecArray> {
  const sought = new RegExp(pattern);
  for (const { start, end } of word ? linesWith(text, word, stretch) : [stretch]) {
    const last = text.indexOf('\n', end + LONGEST_MATCH);
    const near = text.slice(start, last < 0 ? text.length : last + 1);
    sought.lastIndex = 0;
    for (let match = sought.exec(near); match !== null; match = sought.exec(near)) {
      if (start + match.index >= end) break;
      if (match[0] === '') sought.lastIndex += 1;
      match.index += start;
      yield match;
    }
  }
}

/** Lines that hold a word, those near each other as one stretch, so that nothing is read many times. */
function* linesWith(text: string, word: RegExp, { start, end }: Stretch): Generator<Stretch> {
  const sought = new RegExp(word, 'gi');
  const within = text.slice(0, end);
  sought.lastIndex = start;
  let lines: Stretch | null = null;
  for (let found = sought.exec(within); found !== null; found = sought.exec(within)) {
    const next = text.indexOf('\n', found.index);
    const lineEnd = next < 0 ? text.length : next;
    if (lines !== null && found.index < lines.end + LONGEST_MATCH) {
      lines = { start: lines.start, end: lineEnd };
    } else {
      if (lines !== null) yield lines;
      lines = { start: text.lastIndexOf('\n', found.index) + 1, end: lineEnd };
    }
    sought.lastIndex = Math.max(sought.lastIndex, lineEnd);
  }
  if (lines !== null) yield lines;
}
