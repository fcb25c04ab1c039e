/** How a text that is not ours is shown: on one line, in the order in which it is written, and not too long. */

const LONGEST = 500;

/**
 * Control characters that separate words; the others, and marks that change the reading direction, separate
 * nothing.
 */
const GAPS = /[\t-\r\u0085\p{Zl}\p{Zp}]+/gu;
const MARKS = /[\p{Cc}\p{Bidi_C}]/gu;
/** Single surrogates, which no address and no file can contain. */
const HALVES = /\p{Cs}/gu;

/** One line without control characters and bidirectional marks, which can make a text look like another one. */
export function withoutMarks(text: string): string {
  return text.replace(GAPS, ' ').replace(MARKS, '').replace(HALVES, '\ufffd');
}

/** A text of a server for display: without marks, with at most 500 characters. */
export function shownText(text: string): string {
  // Only the beginning of a long text is read, and more only if that contained nothing but marks and spaces.
  for (let length = 4 * LONGEST; ; length *= 8) {
    const line = withoutMarks(text.slice(0, length)).trim();
    if (line.length > LONGEST) {
      // A surrogate pair stays whole.
      return `${line.slice(0, LONGEST - 1).replace(/[\ud800-\udbff]$/, '')}…`;
    }
    if (length >= text.length) return line;
  }
}

/** A text that is compared with others, such as an ID: as it is, unless it is longer than any of them can be. */
export const boundedText = (text: string): string =>
  text.length <= LONGEST ? text : shownText(text);

export const shownIfAny = (text: string | null | undefined): string | null =>
  text == null ? null : shownText(text);

/**
 * A text for places in which VS Code makes links of `[text](command:id)`, which run any command, and icons of
 * `$(name)`: notifications, prompts, quick picks, the status bar. A visible space breaks both. An invisible character
 * would, too, but would be copied with the text unseen.
 */
export function inert(text: string): string {
  return withoutMarks(text).replace(/(?<=[\]$])(?=\()/g, ' ');
}
