/** What a pair of time and signature was seen with before. */
export type Sighting =
  | { readonly kind: 'new' }
  /** The same body came before: Smile ID, or someone else, sent it again. `times` counts this one, too. */
  | { readonly kind: 'repeat'; readonly first: number; readonly times: number }
  /** Another body came with it: at most one of both is the one that was signed for. */
  | { readonly kind: 'other body'; readonly first: number };

/** Far more than the deliveries that are kept. */
const MOST = 5000;

/** The pairs of valid deliveries, as hashes, and the body that came first with each. */
export class SeenPairs {
  private readonly seen = new Map<
    string,
    { readonly number: number; readonly sha256: string; times: number }
  >();

  see(pairHash: string, number: number, sha256: string): Sighting {
    const before = this.seen.get(pairHash);
    if (before) {
      const { number: first } = before;
      if (before.sha256 !== sha256) return { kind: 'other body', first };
      before.times += 1;
      return { kind: 'repeat', first, times: before.times };
    }
    this.seen.set(pairHash, { number, sha256, times: 1 });
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= MOST) break;
      this.seen.delete(oldest);
    }
    return { kind: 'new' };
  }
}
