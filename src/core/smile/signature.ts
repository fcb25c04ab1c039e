import type { JsonObject } from './fields';

/**
 * Smile ID's request signature: base64(HMAC-SHA256(apiKey, timestamp + partnerId + "sid_request")), the
 * key being the text as given (not base64-decoded). Source: smileidentity/smile-identity-core-js
 * src/signature.ts and the official "Generating a signature" page.
 */
export const CONSTANT = 'sid_request';

const utf8 = new TextEncoder();

export interface SignedTime {
  /** Exactly the text that was signed; it must be sent byte for byte. */
  readonly timestamp: string;
  /** Base64, 44 characters. */
  readonly signature: string;
}

/** Makes digests with one key: base64(HMAC-SHA256(key, message)). A key of no bytes cannot make any. */
export async function digester(
  key: Uint8Array<ArrayBuffer>,
): Promise<(message: string) => Promise<string>> {
  const imported = await crypto.subtle.importKey(
    'raw',
    key,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return async (message) => {
    const bytes = await crypto.subtle.sign('HMAC', imported, utf8.encode(message));
    return btoa(String.fromCharCode(...new Uint8Array(bytes)));
  };
}

/** The signature in a body of API v1, with the raw time; a number is signed as its decimal text (Ruby SDK). */
export function signatureIn({ timestamp, signature }: JsonObject): SignedTime | null {
  if (typeof signature !== 'string' || signature === '') return null;
  if (typeof timestamp !== 'string' && typeof timestamp !== 'number') return null;
  return { timestamp: String(timestamp), signature };
}

/** Signs `timestamp` for `partnerId`. Leading zeros of the partner ID are part of what is signed. */
export async function sign(
  apiKey: string,
  partnerId: string,
  timestamp: string,
): Promise<SignedTime> {
  const digest = await digester(utf8.encode(apiKey));
  return { timestamp, signature: await digest(`${timestamp}${partnerId}${CONSTANT}`) };
}

/**
 * Whether `signature` is the signature of the raw text `timestamp`; compared in constant time. The
 * timestamp must be the text as received: parsing and formatting it again changes the bytes.
 */
export async function verify(
  apiKey: string,
  partnerId: string,
  { timestamp, signature }: SignedTime,
): Promise<boolean> {
  const expected = await sign(apiKey, partnerId, timestamp);
  if (signature.length !== expected.signature.length) return false;
  let difference = 0;
  for (let index = 0; index < signature.length; index += 1) {
    difference |= signature.charCodeAt(index) ^ expected.signature.charCodeAt(index);
  }
  return difference === 0;
}
