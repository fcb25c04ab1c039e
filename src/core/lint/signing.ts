import { hasSign, namesOtherService } from '../text/relevance';
import type { Source } from './source';

export const HMAC = /hmac|\bmac\b|doFinal/i;
/** A key under such a name is another one than Smile ID's. */
const OTHER_KEY = /secret|pepper|salt|webhook_?key|passw|token|signing_?key|fingerprint/i;

/** Whether what is signed at a position is signed for Smile ID, as far as its function tells. */
export function isSignedForSmile(source: Source, at: number): boolean {
  const unit = source.slice(source.unitAt(at));
  // Two handlers may look like one unit: what another vendor signs must never be touched.
  if (namesOtherService(source.near(at, 3))) return false;
  if (unit.includes('sid_request')) return true;
  return hasSign(unit) && !namesOtherService(unit) && !OTHER_KEY.test(source.near(at, 3));
}
