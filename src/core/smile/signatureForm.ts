/** How the text of a signature differs from that of Smile ID, although its digest may be the right one. */
export type FormMistake = 'hex' | 'url-safe' | 'unpadded' | 'signature whitespace';

/** A digest of 32 bytes that a text is. */
interface WrittenDigest {
  /** In Base64, as Smile ID writes it: 44 characters. */
  readonly digest: string;
  readonly mistakes: readonly FormMistake[];
}

const HEX = /^[\da-f]{64}$/i;
const BASE64 = /^[\w+/-]{43}=?$/;
/** The form before HMAC: an encrypted digest and the digest, with `|` between them (`sec_key` of the SDKs). */
const SEC_KEY = /\|[\da-f]{64}$/i;

export const isSecKey = (signature: string): boolean => SEC_KEY.test(signature);

/** The digest that a text is, in any form; null if it is none. */
export function readSignature(signature: string): WrittenDigest | null {
  const text = signature.trim();
  const around: readonly FormMistake[] = text === signature ? [] : ['signature whitespace'];
  if (HEX.test(text)) {
    const bytes = text.match(/../g) ?? [];
    const digest = btoa(String.fromCharCode(...bytes.map((byte) => parseInt(byte, 16))));
    return { digest, mistakes: [...around, 'hex'] };
  }
  if (!BASE64.test(text)) return null;
  const isUrlSafe = /[-_]/.test(text);
  if (isUrlSafe && /[+/]/.test(text)) return null;
  const digest = text.replaceAll('-', '+').replaceAll('_', '/').padEnd(44, '=');
  // the last character has two bits that no byte needs: only one text is that of a digest
  if (btoa(atob(digest)) !== digest) return null;
  const isUnpadded = text.length < 44;
  const own: readonly FormMistake[] = isUrlSafe ? ['url-safe'] : isUnpadded ? ['unpadded'] : [];
  return { digest, mistakes: [...around, ...own] };
}
