import { sha256 } from '../sha256';
import type { SignedTime } from './signature';

const MOST = 500;

/**
 * Two pairs are the same if their hashes are; the pair itself is a credential, which need not be kept. The signature alone
 * counts: nothing separates the signed parts, so a zero at the front of the partner ID can be moved to the end of the time,
 * and the same signature is valid for both times.
 */
export const pairHash = ({ signature }: SignedTime): Promise<string> =>
  sha256(new TextEncoder().encode(signature));

/**
 * The last pairs of time and signature that this extension has sent in requests, as hashes. Requests of API v1 and
 * webhooks are signed alike, so that a pair from a log can make a forged webhook look valid.
 */
export class SignedPairs {
  private readonly hashes = new Set<string>();

  async add(pair: SignedTime): Promise<void> {
    this.hashes.add(await pairHash(pair));
    for (const oldest of this.hashes) {
      if (this.hashes.size <= MOST) break;
      this.hashes.delete(oldest);
    }
  }

  async has(pair: SignedTime): Promise<boolean> {
    return this.hashes.size > 0 && this.hashes.has(await pairHash(pair));
  }
}
