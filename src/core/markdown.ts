import { withoutMarks } from './harmlessText';

/** What Markdown interprets, and the beginnings of addresses, of which it makes links by itself. */
const SIGNS = /[\\`*_{}[\]()#+\-!~|<>&$@]|:(?=\/\/)|(?<=\bwww)\./gi;

/**
 * Text as Markdown that shows exactly this text in a hover or a tooltip. VS Code's Markdown preview decodes
 * these entities before it looks for addresses (seen in 1.105): text that is not ours must not be put there.
 * MarkdownString.appendText would make every space a non-breaking one, and long sentences would break in the
 * middle of words.
 */
export function plain(text: string): string {
  return withoutMarks(text)
    .replace(SIGNS, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\s+/g, ' ');
}
