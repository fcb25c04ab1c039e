/**
 * Text as Markdown that shows just this text. MarkdownString.appendText would make every space a
 * non-breaking one, and long sentences would break in the middle of words.
 */
export function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-!~|<>&$]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\s+/g, ' ');
}
