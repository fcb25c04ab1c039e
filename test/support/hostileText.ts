import * as fc from 'fast-check';

/** What VS Code reads as a link in notifications and prompts (its linkedText.ts), up to where that is certain. */
export const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;
/** What VS Code reads as an icon in lists and in the status bar (its iconLabels.ts). */
export const ICON = /\$\([A-Za-z0-9~-]+\)/;
/** Control characters, line ends, and what changes the reading order. */
export const MARK = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/u;

const PIECES = [
  '[Sign in](command:workbench.action.quit)',
  '[Open](command:vscode.open?%5B%22x%22%5D "a title")',
  '[x](HTTPS://evil.example/?a=1)',
  '[](file:///etc/passwd)',
  ...['[a]', '](command:x)', '(command:x)', '[', ']', '(', ')', '\\'],
  ...['$(bug)', '$(sync~spin)', '$', '\\$(error)'],
  ...['\u202e', '\u202a', '\u2066', '\u2069', '\u200f', '\u061c', '\0', '\u0007', '\u009b'],
  ...['\r\n', '\n', '\t', '\u2028', '\u0085', ' '],
  ...['<img src="https://evil.example/i.png">', '![i](https://evil.example/i.png)', '<b>', '&lt;'],
  ...['https://evil.example', 'www.evil.example', 'ada@evil.example', '`', '**', '|', '# ', '- '],
  ...['job-1', 'Approved', '🙂', '\ud83d', 'é', 'محمد', '%s', '${x}'],
];

/** Texts that try to be a link, an icon, a heading, or another text than they are. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
      { weight: 1, arbitrary: fc.constant('long '.repeat(200)) },
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((pieces) => pieces.join(''));

/** Such a text as an ID that may be sent, or as the name of a profile. */
export const hostileId: fc.Arbitrary<string> = hostileText.map(
  (text) =>
    `j${text
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')
      .slice(0, 200)
      .trimEnd()}`,
);

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
