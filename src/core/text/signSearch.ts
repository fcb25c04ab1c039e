import type { Range } from './range';
import type { Sign } from './signs';

/** A search for any of some signs: each by itself, which is several times as fast as one expression for all. */
export class SignSearch {
  private readonly once: readonly RegExp[];
  private readonly all: readonly RegExp[];

  constructor(signs: readonly Pick<Sign, 'pattern' | 'isExact'>[]) {
    const flagsOf = ({ isExact }: Pick<Sign, 'isExact'>): string => (isExact === true ? '' : 'i');
    this.once = signs.map((sign) => new RegExp(sign.pattern, flagsOf(sign)));
    this.all = signs.map((sign) => new RegExp(sign.pattern, `${flagsOf(sign)}g`));
  }

  isIn(text: string): boolean {
    return this.once.some((sign) => sign.test(text));
  }

  /** Where they are, those of each sign in their order. */
  allIn(text: string): Range[] {
    return this.all.flatMap((sign) =>
      Array.from(text.matchAll(sign), ({ 0: found, index }) => ({
        start: index,
        end: index + found.length,
      })),
    );
  }
}
