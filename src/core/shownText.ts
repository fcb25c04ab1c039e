/** What a text that is not ours may look like on screen: one line, in the order it is written, and not without end. */

const LONGEST = 500;

/** Controls that part words; the others, and the marks that turn the reading order, part nothing. */
const GAPS = /[\t-\r\u0085\p{Zl}\p{Zp}]+/gu;
const MARKS = /[\p{Cc}\p{Bidi_C}]/gu;
/** Halves of a character, which no address and no file can hold. */
const HALVES = /\p{Cs}/gu;

/** One line without control characters and bidirectional marks, which make a text look like another one. */
export function withoutMarks(text: string): string {
  return text.replace(GAPS, ' ').replace(MARKS, '').replace(HALVES, '\ufffd');
}

/** A text of a server as it is shown: without marks, in at most 500 characters. */
export function shownText(text: string): string {
  // Of a long text only the beginning is read, and more of it only where that was nothing but marks and spaces.
  for (let length = 4 * LONGEST; ; length *= 8) {
    const line = withoutMarks(text.slice(0, length)).trim();
    if (line.length > LONGEST) {
      // A character of two halves stays whole.
      return `${line.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…`;
    }
    if (length >= text.length) return line;
  }
}

export const shownIfAny = (text: string | null | undefined): string | null =>
  text == null ? null : shownText(text);

/**
 * A text for places where VS Code makes links of `[text](command:id)`, which run any command, and icons of `$(name)`:
 * notifications, prompts, lists to choose from, the status bar. A visible space breaks both. An invisible
 * character would do the same, but would go along unseen when the text is copied.
 */
export function inert(text: string): string {
  return withoutMarks(text).replace(/(?<=[\]$])(?=\()/g, ' ');
}
