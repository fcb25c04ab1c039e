import { withoutMarks } from './shownText';

/** What Markdown reads, and the beginnings of addresses, which it makes links of by itself. */
const SIGNS = /[\\`*_{}[\]()#+\-!~|<>&$@]|:(?=\/\/)|(?<=\bwww)\./gi;

/**
 * Text as Markdown that shows just this text in a hover or a tooltip. VS Code's Markdown preview reads these
 * entities before it looks for addresses (seen in 1.105): no text that is not ours belongs there.
 * MarkdownString.appendText would make every space a non-breaking one, and long sentences would break in the
 * middle of words.
 */
export function plain(text: string): string {
  return withoutMarks(text)
    .replace(SIGNS, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\s+/g, ' ');
}
