/** What opens code in a string, and what closes that code. */
export interface Hole {
  readonly open: string;
  readonly close: string;
  /** Whether the opening sign twice stands for itself. */
  readonly isDoubled?: boolean;
  /** Whether `:` in it begins a format, which is text. */
  readonly hasFormat?: boolean;
}

interface StringOptions {
  /** Whether a backslash makes an escape, or only keeps a quote from closing the string. */
  readonly escapes?: 'all' | 'kept' | 'none';
  /** The closing quote twice stands for itself. */
  readonly isDoubled?: boolean;
  readonly hasLines?: boolean;
  readonly holes?: readonly Hole[];
  /** Variables without brackets: `$name`, PHP's also with `[key]` or `->name`. */
  readonly names?: 'plain' | 'php' | 'shell' | null;
  /** The opening bracket that nests, as in Ruby's `%w((a) b)`. */
  readonly nests?: string;
  /** Of more quotes than it needs, the last ones close it. */
  readonly isGreedy?: boolean;
  /** Letters after the closing sign belong to it: `/x/i`. */
  readonly hasFlags?: boolean;
  /** The word on a line of its own that ends the text, and what may be before and after it there. */
  readonly terminator?: Terminator | null;
}

export interface Terminator {
  readonly word: string;
  readonly indent: 'none' | 'tabs' | 'any';
  readonly isWholeLine: boolean;
}

const NEWLINE = 10;
const BACKSLASH = 92;
const DOLLAR = 36;

/** How a string goes on after its opening quote, and how it ends. */
export class StringForm {
  readonly escapes: 'all' | 'kept' | 'none';
  readonly isDoubled: boolean;
  readonly hasLines: boolean;
  readonly holes: readonly Hole[];
  readonly names: 'plain' | 'php' | 'shell' | null;
  readonly nests: string;
  readonly isGreedy: boolean;
  readonly hasFlags: boolean;
  readonly terminator: Terminator | null;
  /** By character code: what is more than text. */
  readonly stops = new Uint8Array(128);

  constructor(
    readonly close: string,
    options: StringOptions = {},
  ) {
    this.escapes = options.escapes ?? 'all';
    this.isDoubled = options.isDoubled ?? false;
    this.hasLines = options.hasLines ?? false;
    this.holes = options.holes ?? [];
    this.names = options.names ?? null;
    this.nests = options.nests ?? '';
    this.isGreedy = options.isGreedy ?? false;
    this.hasFlags = options.hasFlags ?? false;
    this.terminator = options.terminator ?? null;
    const signs = [
      close,
      this.nests,
      ...this.holes.flatMap(({ open, isDoubled }) =>
        isDoubled === true ? [open, open === '{' ? '}' : ''] : [open],
      ),
    ];
    for (const sign of signs) if (sign !== '') this.stops[sign.charCodeAt(0)] = 1;
    if (!this.hasLines || this.terminator !== null) this.stops[NEWLINE] = 1;
    if (this.escapes !== 'none') this.stops[BACKSLASH] = 1;
    if (this.names !== null) this.stops[DOLLAR] = 1;
  }
}

/** A string that opens at some offset: how, and how many characters open it. */
export interface Opening {
  readonly form: StringForm;
  readonly length: number;
}

/** Remembers forms that depend on a text: fences, delimiters. Few of them occur in real code. */
export class FormCache {
  private readonly forms = new Map<string, StringForm>();

  get(key: string, make: () => StringForm): StringForm {
    const known = this.forms.get(key);
    if (known !== undefined) return known;
    if (this.forms.size >= 200) this.forms.clear();
    const form = make();
    this.forms.set(key, form);
    return form;
  }
}
