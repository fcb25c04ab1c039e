/** What a character is, told by its UTF-16 code: looked up in a table, since this runs for every number. */

const char = (one: string): number => one.charCodeAt(0);

export const NEWLINE = char('\n');
export const BACKSLASH = char('\\');

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const KINDS = new Uint8Array(128);

/** A test for some characters of ASCII; each of them has one bit in the table. */
function kind(bit: number, characters: string): (code: number) => boolean {
  for (const one of characters) KINDS[char(one)] = (KINDS[char(one)] ?? 0) | bit;
  return (code) => code < 128 && ((KINDS[code] ?? 0) & bit) !== 0;
}

export const isQuote = kind(1, '"\'`');
export const isOpener = kind(2, '([{');
export const isCloser = kind(4, ')]}');
export const isWord = kind(8, `${LETTERS}${LETTERS.toUpperCase()}0123456789_$`);
export const isDigit = kind(16, '0123456789');
/** What digits may follow and precede; leaves out times, dates, decimals, prices, longer numbers. */
export const mayPrecede = kind(32, ' \t\n\r=:([{,>|!"\'`/?');
export const mayFollow = kind(64, ' \t\n\r=:)]},;|<!"\'`/\\?.&');
/** What stands before digits that a name may be beside. */
export const isLink = kind(128, '=:>([?|');
