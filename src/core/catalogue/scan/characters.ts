const char = (one: string): number => one.charCodeAt(0);

export const NEWLINE = char('\n');
export const BACKSLASH = char('\\');

/** What a character can be, one bit each; looked up by its code, since this runs for every number. */
export const QUOTE = 1;
export const OPENER = 2;
export const CLOSER = 4;
export const WORD = 8;
export const DIGIT = 16;
/** What digits may follow and precede; leaves out times, dates, decimals, prices, longer numbers. */
export const BEFORE_DIGITS = 32;
export const AFTER_DIGITS = 64;
/** What stands before digits that a name may be beside. */
export const LINK = 128;
const KINDS = kindsOfCharacters();

function kindsOfCharacters(): Uint8Array {
  const kinds = new Uint8Array(128);
  const mark = (characters: string, kind: number): void => {
    for (const one of characters) kinds[char(one)] = (kinds[char(one)] ?? 0) | kind;
  };
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  mark('"\'`', QUOTE);
  mark('([{', OPENER);
  mark(')]}', CLOSER);
  mark(`${letters}${letters.toUpperCase()}0123456789_$`, WORD);
  mark('0123456789', DIGIT);
  mark(' \t\n\r=:([{,>|!"\'`/?', BEFORE_DIGITS);
  mark(' \t\n\r=:)]},;|<!"\'`/\\?.&', AFTER_DIGITS);
  mark('=:>([?|', LINK);
  return kinds;
}

export function is(kind: number, code: number): boolean {
  return code < 128 && ((KINDS[code] ?? 0) & kind) !== 0;
}
