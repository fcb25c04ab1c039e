/** What is known of a JSON text before it is parsed. */
export interface BodyScan {
  /** Strings, numbers, flags, nulls, objects and lists; names of fields do not count. */
  readonly values: number;
  /** How deep objects and lists are nested. */
  readonly levels: number;
  /**
   * The same for two responses that differ only in what changes with every response: times, signatures and
   * links. It distinguishes responses of one job; security does not depend on it.
   */
  readonly digest: string;
}

const BLANK = 0x20;
const CASE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Words that may appear in a text, in upper or lower case. */
class Words {
  /** With the bit set in which upper and lower case differ. */
  private readonly words: readonly (readonly number[])[];
  /** First bytes of the words: nearly all texts begin with another one. */
  private readonly starts = new Uint8Array(256);

  constructor(...words: readonly string[]) {
    this.words = words.map((word) =>
      [...new TextEncoder().encode(word)].map((byte) => byte | CASE),
    );
    for (const [start] of this.words) if (start !== undefined) this.starts[start] = 1;
  }

  areAt(bytes: Uint8Array, from: number): boolean {
    return (
      this.starts[(bytes[from] ?? 0) | CASE] === 1 &&
      this.words.some((word) =>
        word.every((byte, index) => ((bytes[from + index] ?? 0) | CASE) === byte),
      )
    );
  }
}

/** Fields that have another value in each response, up to their closing quotes. */
const CHANGING_FIELDS = new Words('timestamp"', 'signature"', 'sec_key"', 'seckey"');
/** The beginnings of values that are signed again for each response. */
const LINKS = new Words('http:', 'https:');

/**
 * Reads a body once, byte by byte, since parsing it may need far more memory than its size. For a text that is not
 * JSON the result means nothing; the parser rejects it.
 *
 * @returns null as soon as there are more values than `mostValues`
 */
export function scanBody(body: Uint8Array, mostValues: number): BodyScan | null {
  const bytes = body.subarray(afterMark(body));
  const digest = new Digest(bytes);
  let values = 1;
  let level = 0;
  let levels = 0;
  let isFirst = false; // the object or list that was opened last is empty so far
  let isChanging = false; // the next value belongs to a changing field
  let textFrom = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte <= BLANK) continue;
    const wasFirst = isFirst;
    const wasChanging = isChanging;
    isFirst = false;
    isChanging = false;
    if (wasFirst && byte !== CLOSE_LIST && byte !== CLOSE_OBJECT) values += 1;
    switch (byte) {
      case QUOTE:
        textFrom = at + 1;
        at = endOfString(bytes, textFrom);
        if (wasChanging || LINKS.areAt(bytes, textFrom)) digest.skip(textFrom, at);
        break;
      case COLON:
        isChanging = CHANGING_FIELDS.areAt(bytes, textFrom);
        break;
      case COMMA:
        values += 1;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        level += 1;
        levels = Math.max(levels, level);
        isFirst = true;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        level -= 1;
        break;
      default: {
        const to = endOfWord(bytes, at);
        if (wasChanging) digest.skip(at, to);
        at = to - 1;
      }
    }
    if (values > mostValues) return null;
  }
  return { values, levels, digest: digest.end() };
}

/** Where the text begins: after the byte order mark of UTF-8, as for the decoder. */
const afterMark = ([first, second, third]: Uint8Array): number =>
  first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;

/** After this many bytes, a search for the next quote is faster than looking at each byte. */
const SHORT = 64;

/** Where the quote is that ends a string, or the end of the text. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const far = at + SHORT;
    for (; at < far; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) at += 1;
      else if (byte === undefined) return bytes.length;
    }
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length;
    let backslashes = 0;
    while (quote - backslashes > at && bytes[quote - backslashes - 1] === BACKSLASH) {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) return quote;
    at = quote + 1;
  }
}

/** Where a number, `true`, `false` or `null` ends. */
function endOfWord(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte <= BLANK || byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT) break;
  }
  return at;
}

/** A digest of the bytes that are not skipped. It reads eight at a time, since one at a time would be slow. */
class Digest {
  private readonly view: DataView;
  private even = 1;
  private odd = 2;
  private kept = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  skip(from: number, to: number): void {
    this.take(this.kept, from);
    this.kept = to;
  }

  end(): string {
    this.take(this.kept, this.bytes.length);
    return [this.even, this.odd].map((half) => (half >>> 0).toString(16)).join(' ');
  }

  private take(from: number, to: number): void {
    const { view } = this;
    // As integers of 32 bits from the start: other numbers take four times as long.
    let even = this.even | 0;
    let odd = this.odd | 0;
    let at = from;
    for (; at + 8 <= to; at += 8) {
      even = mixed(even, view.getInt32(at));
      odd = mixed(odd, view.getInt32(at + 4));
    }
    for (; at < to; at += 1) odd = mixed(odd, view.getUint8(at));
    this.even = mixed(even, to - from); // the position of a skipped part matters, too
    this.odd = odd;
  }
}

/** Another word always gives another hash, and so does another hash before it (constants of MurmurHash3). */
function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x85ebca6b);
  return product ^ (product >>> 15);
}
