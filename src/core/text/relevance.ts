import { languageOf, PROSE, type Language } from './languages';
import { tokensOf } from './lexer';
import { Marks, type Mark } from './marks';
import type { Range } from './range';
import { Regions } from './regions';
import { SignSearch } from './signSearch';
import { OTHERS_WITH_CODES, OTHERS_WITH_KEYS, SMILE_SIGNS, V3_SIGNS, type Sign } from './signs';
import type { Strength } from './signs';
import type { Tokens } from './tokens';

const withStrength = (wanted: Strength): readonly Sign[] =>
  SMILE_SIGNS.filter(({ strength }) => strength === wanted);
const asSigns = (patterns: readonly string[]): readonly Pick<Sign, 'pattern'>[] =>
  patterns.map((pattern) => ({ pattern }));

const SURE = new SignSearch(withStrength('sure'));
const MAYBE = withStrength('maybe').map((sign) => new SignSearch([sign]));
const OURS = new SignSearch([...withStrength('sure'), ...withStrength('maybe')]);
const ANY_V3 = new SignSearch([
  ...SMILE_SIGNS.filter(({ isV3 }) => isV3 === true),
  { pattern: V3_SIGNS },
]);
const OTHERS = new SignSearch(asSigns(OTHERS_WITH_CODES));
const ANY_OTHERS = new SignSearch(asSigns([...OTHERS_WITH_CODES, ...OTHERS_WITH_KEYS]));
/** In a path, the word alone says it. */
const SMILE_PATH = /smile/i;
const RESULT_CODE = /\b(?:get)?ResultCode\b/;
/** Most texts do not even have the letters. */
const namesResultCode = (text: string): boolean =>
  text.includes('ResultCode') && RESULT_CODE.test(text);

/** Whether a name or a piece of text has a sign of Smile ID at all: for what was found by other means. */
export const hasSign = (text: string): boolean => OURS.isIn(text);

/** Whether a text names another service that has keys, signatures or codes. */
export const namesOtherService = (text: string): boolean => ANY_OTHERS.isIn(text);

const ownedBy = (search: SignSearch, text: string, isOurs: boolean): readonly Mark[] =>
  search.allIn(text).map((range) => ({ ...range, isOurs }));

/** Characters of a line that are read beside a code. */
const BESIDE = 120;
/** Brackets around a code whose heads are read, such as those of a list in a call. */
const HEADS = 3;

/**
 * Whether a text concerns Smile ID, by the signs in it: the one gate of all features. Surely, by one sure sign; maybe, by
 * two different ones that others may have, too. Where a text also has signs of other services with codes, those in the
 * same function or object decide, the nearer one first; what is in comments counts last.
 */
export class Relevance {
  private readonly language: Language;
  private foundStrength: Strength | null = null;
  /** Null where no other service has a sign. */
  private foundMarks: Marks | null | undefined;
  private foundRegions: Regions | null = null;
  private foundTokens: Tokens | null = null;
  private foundV3: boolean | null = null;
  private foundResultCode: boolean | null = null;

  /**
   * @param languageId VS Code's
   * @param path of the file, as the workspace shows it
   */
  constructor(
    readonly text: string,
    languageId = '',
    private readonly path = '',
  ) {
    this.language = languageOf(languageId) ?? PROSE;
  }

  /** Of the whole text. */
  get strength(): Strength {
    return (this.foundStrength ??= this.readStrength());
  }

  strengthAt(offset: number): Strength {
    return this.isOthersAt(offset) ? 'none' : this.strength;
  }

  /** Whether a position belongs to another service. */
  isOthersAt(offset: number): boolean {
    return this.marks?.areOthersAt(offset) ?? false;
  }

  /** Whether a position concerns Smile ID, and its API v3, where `status` and `reason` are Smile ID's. */
  mentionAt(offset: number): { readonly smile: boolean; readonly v3: boolean } {
    const smile = this.strengthAt(offset) !== 'none';
    return { smile, v3: smile && (this.foundV3 ??= ANY_V3.isIn(this.text)) };
  }

  /** Whether `ResultCode` is the key of a value, is compared with it, or has it in its cases or its list. */
  isResultCode({ start, end }: Range): boolean {
    const { text } = this;
    if (!(this.foundResultCode ??= namesResultCode(text)) || this.isOthersAt(start)) return false;
    const before = text.slice(Math.max(0, start - BESIDE), start);
    const statement = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf(';')) + 1);
    if (namesResultCode(statement) || namesResultCode(this.restOfStatement(end))) return true;
    if (this.language.layout === 'prose') return false;
    const { regions } = this;
    let region = regions.innermostAt(start);
    for (let count = 0; count < HEADS && region >= 0; count += 1) {
      const head = regions.headOf(region);
      if (namesResultCode(text.slice(head.start, head.end))) return true;
      if (namesResultCode(this.restOfStatement(regions.rangeOf(region).end))) return true;
      region = regions.parentOf(region);
    }
    return false;
  }

  private restOfStatement(offset: number): string {
    return /^[^\n;{]*/.exec(this.text.slice(offset, offset + BESIDE))?.[0] ?? '';
  }

  /** Whether a value is text. In YAML and in logs it needs no quotes. */
  isText({ start, end }: Range): boolean {
    const { layout } = this.language;
    if (layout === 'yaml' || layout === 'prose') return true;
    return /["'`\\]/.test(this.text.charAt(start - 1)) && /["'`\\]/.test(this.text.charAt(end));
  }

  private readStrength(): Strength {
    if (SMILE_PATH.test(this.path) || SURE.isIn(this.text)) return 'sure';
    let count = 0;
    for (const sign of MAYBE) {
      if (sign.isIn(this.text)) count += 1;
      if (count === 2) return 'maybe';
    }
    return 'none';
  }

  private get marks(): Marks | null {
    if (this.foundMarks === undefined)
      this.foundMarks = OTHERS.isIn(this.text)
        ? new Marks(
            [...ownedBy(OURS, this.text, true), ...ownedBy(OTHERS, this.text, false)],
            this.language.layout === 'prose' ? null : this.tokens,
            this.regions,
            SMILE_PATH.test(this.path) && !OTHERS.isIn(this.path),
          )
        : null;
    return this.foundMarks;
  }

  private get regions(): Regions {
    return (this.foundRegions ??=
      this.language.blocks === 'brackets'
        ? Regions.inBrackets(this.tokens)
        : Regions.inLines(this.text));
  }

  private get tokens(): Tokens {
    return (this.foundTokens ??= tokensOf(this.text, this.language));
  }
}
