import * as l10n from '../l10n';
import { Fields, kindOf, type JsonObject } from './fields';
import { resultObjectOf } from './jobStatusResponse';
import type { FetchedImage } from './image';
import type { Steps } from '../slicedWork';
import { MAX_IMAGE_BYTES, imageOf, tooLarge } from './image';
import { imageTypeOf } from './imageType';

/** What replaces an image that was dropped. */
const DROPPED_IMAGE = '[dropped]';

/** `Photo` is the ID authority's image, `Document` that of the card. */
const NAMES = ['Photo', 'Document'] as const;

/**
 * The names of the images that a result contains as base64 text. None is decoded for that. Takes a job status
 * response, an entry of its history or the body of a callback. What is missing, empty or "Not Available" is left out.
 */
export const embeddedImageNames = (raw: Readonly<Record<string, unknown>>): readonly string[] =>
  NAMES.filter((name) => imageFieldOf(raw, name) !== undefined);

/** One of these images; undefined if there is none with that name. */
export function embeddedImageOf(
  raw: Readonly<Record<string, unknown>>,
  name: string,
): FetchedImage | undefined {
  const known = NAMES.find((each) => each === name);
  const value = known && imageFieldOf(raw, known);
  if (value === undefined) return undefined;
  if (typeof value !== 'string')
    return failed(l10n.t('{0} is {1}, not base64 text.', name, kindOf(value)));
  return value === DROPPED_IMAGE ? dropped() : decoded(value);
}

/** The field as sent, without blanks around it; undefined if it is empty. */
function imageFieldOf(
  raw: Readonly<Record<string, unknown>>,
  name: (typeof NAMES)[number],
): unknown {
  const fields = new Fields(resultObjectOf(raw), () => undefined);
  const value = fields.unknown(name, name.toLowerCase());
  const text = typeof value === 'string' ? value.trim() : value;
  return text === '' || text === 'Not Available' ? undefined : text;
}

/** Shorter text of these letters may be a number or a name. */
const MIN_DATA_LENGTH = 200;
/** Of a longer text only the start is checked: checking all of it takes as long as parsing it. */
const JUDGED_LENGTH = 4000;
/** The first letters of JPEG, PNG and WebP in base64; most texts begin with others. */
const IMAGE_START = /^[/_iU]/;

/** "image, 120 KB" or "data, 5 KB" for base64 text, which users cannot read; else null. */
export function embeddedDataLabel(text: string): string | null {
  const base64 = base64In(text);
  if (base64.length < MIN_DATA_LENGTH && !IMAGE_START.test(base64)) return null;
  const head = bytesOf(base64.slice(0, 100).replace(/\s/g, '').slice(0, 16));
  const isImage = head !== null && imageTypeOf(head) !== null;
  const start = base64.slice(0, JUDGED_LENGTH);
  const isData = base64.length >= MIN_DATA_LENGTH && /^[A-Za-z0-9+/=_\r\n-]+$/.test(start);
  if (!isImage && !isData) return null;
  const size = Math.ceil(sizeOf(base64) / 1024);
  return isImage ? l10n.t('image, {0} KB', size) : l10n.t('data, {0} KB', size);
}

function decoded(text: string): FetchedImage {
  const base64 = base64In(text).replace(/\s/g, '');
  // Two letters may be padding.
  if (sizeOf(base64) > MAX_IMAGE_BYTES + 2) return tooLarge();
  const bytes = bytesOf(base64);
  return bytes
    ? imageOf(bytes)
    : failed(l10n.t('This is not base64 text; there is no image in it.'));
}

/** The text without the start of a data URL. */
const base64In = (text: string): string => text.replace(/^\s*data:[^,]{0,200},/i, '').trim();

/** The number of bytes in base64 text. */
const sizeOf = (base64: string): number => Math.floor((base64.length * 3) / 4);

/** Of the standard and of the URL-safe alphabet (RFC 4648, sections 4 and 5); null for other text. */
function bytesOf(base64: string): Uint8Array | null {
  let letters: string;
  try {
    letters = atob(base64.replace(/-/g, '+').replace(/_/g, '/'));
  } catch {
    return null; // the caller reports that this is not base64
  }
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

const failed = (reason: string): FetchedImage => ({ kind: 'failed', reason });

const dropped = (): FetchedImage => ({
  kind: 'expired',
  reason: l10n.t('This image came inside the response and was dropped. Refresh to get it again.'),
});

/**
 * A response without the images inside it, at any level; the response itself if there are none. Not recursive,
 * so no nesting is too deep.
 */
export function* withoutEmbeddedImagesSteps(raw: JsonObject): Steps<JsonObject> {
  const copy = { ...raw };
  const copies: object[] = [copy];
  let dropped = false;
  for (let part = copies.pop(); part; part = copies.pop()) {
    for (const [key, value] of Object.entries(part) as [string, unknown][]) {
      if (typeof value === 'string' && embeddedDataLabel(value) !== null) {
        Reflect.set(part, key, DROPPED_IMAGE);
        dropped = true;
      } else if (typeof value === 'object' && value !== null) {
        const inner = Array.isArray(value) ? [...(value as readonly unknown[])] : { ...value };
        Reflect.set(part, key, inner);
        copies.push(inner);
      }
      yield;
    }
  }
  return dropped ? copy : raw;
}
