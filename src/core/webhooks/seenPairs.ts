/** What a pair of time and signature was seen with before. */
export type Sighting =
  | { readonly kind: 'new' }
  /** The same body came before: Smile ID, or someone else, sent it again. `times` counts this one, too. */
  | { readonly kind: 'repeat'; readonly first: number; readonly times: number }
  /** Another body came with it, then or before: at most one of both is the one that was signed for. */
  | {
      readonly kind: 'other body';
      /** One with the other body. */
      readonly other: number;
      /** All that came before with this pair, as far as they may be kept. */
      readonly before: readonly number[];
    };

/** Far more than the deliveries that are kept. */
const MOST = 5000;
/** As many copies of one as are kept at most, beside the first. */
const MOST_COPIES = 200;

interface Seen {
  readonly sha256: string;
  readonly first: number;
  copies: readonly number[];
  /** The first one with another body. */
  other: number | null;
  times: number;
}

/** The pairs of valid deliveries, as hashes, and the body that came first with each. */
export class SeenPairs {
  private readonly seen = new Map<string, Seen>();

  see(pairHash: string, number: number, sha256: string): Sighting {
    const seen = this.seen.get(pairHash);
    if (seen) return seeAgain(seen, number, sha256);
    this.seen.set(pairHash, { sha256, first: number, copies: [], other: null, times: 1 });
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= MOST) break;
      this.seen.delete(oldest);
    }
    return { kind: 'new' };
  }
}

function seeAgain(seen: Seen, number: number, sha256: string): Sighting {
  const { first, copies } = seen;
  seen.copies = [...copies, number].slice(-MOST_COPIES);
  const isFirst = sha256 === seen.sha256;
  if (!isFirst) seen.other ??= number;
  if (seen.other === null) {
    seen.times += 1;
    return { kind: 'repeat', first, times: seen.times };
  }
  // whichever of the two comes again: it is still not known which one was signed for
  return { kind: 'other body', other: isFirst ? seen.other : first, before: [first, ...copies] };
}
