import { Fields, kindOf, type JsonObject } from './fields';
import { resultObjectOf } from './jobStatusAnswer';
import type { FetchedPicture } from './picture';
import { MAX_PICTURE_BYTES, pictureOf, pictureTypeOf, TOO_LARGE } from './picture';

/** What stands in place of a picture that was dropped. */
export const DROPPED_PICTURE = '[dropped]';

/** A picture that stands inside the answer, or the sentence that says why it cannot be shown. */
export interface EmbeddedPicture {
  readonly name: 'Photo' | 'Document';
  readonly picture: FetchedPicture;
}

/**
 * The pictures that a result carries as base64 text: `Photo` is the ID authority's, `Document` that of the
 * card. Takes a job status answer, an entry of its history or a callback's body. What is missing, empty or
 * "Not Available" is left out.
 */
export function embeddedPicturesOf(raw: Readonly<Record<string, unknown>>): EmbeddedPicture[] {
  const fields = new Fields(resultObjectOf(raw), () => undefined);
  return (['Photo', 'Document'] as const).flatMap((name) => {
    const value = fields.unknown(name, name.toLowerCase());
    if (value === undefined) return [];
    if (typeof value !== 'string') {
      return [{ name, picture: failed(`${name} is ${kindOf(value)}, not base64 text.`) }];
    }
    const text = value.trim();
    if (text === DROPPED_PICTURE) return [{ name, picture: DROPPED }];
    return text === '' || text === 'Not Available' ? [] : [{ name, picture: decoded(text) }];
  });
}

/** Shorter text of these letters may be a number or a name. */
const MIN_DATA_LENGTH = 200;

/** "picture, 120 KB" or "data, 5 KB" for base64 text, which is nothing for people to read; else null. */
export function embeddedDataLabel(text: string): string | null {
  const base64 = base64In(text);
  const head = bytesOf(base64.slice(0, 100).replace(/\s/g, '').slice(0, 16));
  const isPicture = head !== null && pictureTypeOf(head) !== null;
  const isData = base64.length >= MIN_DATA_LENGTH && /^[A-Za-z0-9+/=_\r\n-]+$/.test(base64);
  if (!isPicture && !isData) return null;
  return `${isPicture ? 'picture' : 'data'}, ${Math.ceil(sizeOf(base64) / 1024)} KB`;
}

function decoded(text: string): FetchedPicture {
  const base64 = base64In(text).replace(/\s/g, '');
  // Two letters may be padding.
  if (sizeOf(base64) > MAX_PICTURE_BYTES + 2) return TOO_LARGE;
  const bytes = bytesOf(base64);
  return bytes ? pictureOf(bytes) : failed('This is no base64 text; there is no picture in it.');
}

/** The text without the start of a data URL. */
const base64In = (text: string): string => text.replace(/^\s*data:[^,]{0,200},/i, '').trim();

/** Bytes that so much base64 text stands for. */
const sizeOf = (base64: string): number => Math.floor((base64.length * 3) / 4);

/** Of the standard and of the URL-safe alphabet (RFC 4648, sections 4 and 5); null for other text. */
function bytesOf(base64: string): Uint8Array | null {
  let letters: string;
  try {
    letters = atob(base64.replace(/-/g, '+').replace(/_/g, '/'));
  } catch {
    return null; // the caller says that this is no base64
  }
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

const failed = (reason: string): FetchedPicture => ({ kind: 'failed', reason });

const DROPPED: FetchedPicture = {
  kind: 'expired',
  reason: 'This picture came inside the answer and was dropped. Refresh to get it again.',
};

/** An answer without the pictures inside it, wherever they stand. */
export function withoutEmbeddedPictures(raw: JsonObject): JsonObject {
  const strip = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string')
      return embeddedDataLabel(value) === null ? value : DROPPED_PICTURE;
    if (typeof value !== 'object' || value === null || depth > 30) return value;
    if (Array.isArray(value)) return value.map((entry) => strip(entry, depth + 1));
    return stripped({ ...value }, depth + 1);
  };
  const stripped = (object: JsonObject, depth: number): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, field]) => [key, strip(field, depth)]));
  return stripped(raw, 0);
}
