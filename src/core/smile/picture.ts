import { checkPictureUrl, type Environment } from './environment';
import { HttpFailure, type HttpClient } from './http';

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** A picture fetched into memory, or the sentence that says why there is none. */
export type FetchedPicture =
  | { readonly kind: 'picture'; readonly type: PictureType; readonly bytes: Uint8Array }
  | { readonly kind: 'expired'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
export const TOO_LARGE: FetchedPicture = {
  kind: 'failed',
  reason: 'The picture is larger than 10 MB; it is not shown.',
};

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** The format by the first bytes; names and content types are not believed. */
export function pictureTypeOf(bytes: Uint8Array): PictureType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  return null;
}

/** Bytes as a picture, if they are one that can be shown. */
export function pictureOf(bytes: Uint8Array): FetchedPicture {
  if (bytes.length > MAX_PICTURE_BYTES) return TOO_LARGE;
  const type = pictureTypeOf(bytes);
  return type === null
    ? failed('This is no JPEG, PNG or WebP picture; it is not shown.')
    : { kind: 'picture', type, bytes };
}

export interface PictureSize {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/**
 * The size that a picture's header states; null for other formats and where the header is cut off or
 * wrong. The picture is not decoded, nor turned as its Exif orientation says.
 * Sources: PNG (W3C), section 11.2.1; JPEG (ITU-T T.81), annex B.2; WebP (RFC 9649), sections 2.5 to 2.7.
 */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  switch (pictureTypeOf(bytes)) {
    case 'image/png':
      return ascii(bytes, 12, 16) === 'IHDR'
        ? sizeOf(bigEndian(bytes, 16, 4), bigEndian(bytes, 20, 4))
        : null;
    case 'image/jpeg':
      return jpegSize(bytes);
    case 'image/webp':
      return webpSize(bytes);
    case null:
      return null;
  }
}

function jpegSize(bytes: Uint8Array): PictureSize | null {
  let at = 2;
  while (bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return sizeOf(bigEndian(bytes, at + 7, 2), bigEndian(bytes, at + 5, 2));
    // The frame header comes before the first scan; a segment's length counts its own two bytes.
    const length = bigEndian(bytes, at + 2, 2);
    if (marker === 0xda || !(length >= 2)) return null;
    at += 2 + length;
  }
  return null;
}

function webpSize(bytes: Uint8Array): PictureSize | null {
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return ascii(bytes, 23, 26) === '\x9d\x01\x2a'
        ? sizeOf(littleEndian(bytes, 26, 2) % 0x4000, littleEndian(bytes, 28, 2) % 0x4000)
        : null;
    case 'VP8L': {
      const bits = littleEndian(bytes, 21, 4);
      return bytes[20] === 0x2f
        ? sizeOf((bits % 0x4000) + 1, (Math.floor(bits / 0x4000) % 0x4000) + 1)
        : null;
    }
    case 'VP8X':
      return sizeOf(littleEndian(bytes, 24, 3) + 1, littleEndian(bytes, 27, 3) + 1);
    default:
      return null;
  }
}

/** NaN where the bytes end too early; arithmetic on it stays NaN, which is no size. */
function bigEndian(bytes: Uint8Array, start: number, count: number): number {
  let number = 0;
  for (let at = start; at < start + count; at += 1) number = number * 256 + (bytes[at] ?? NaN);
  return number;
}

const littleEndian = (bytes: Uint8Array, start: number, count: number): number =>
  bigEndian(bytes.slice(start, start + count).reverse(), 0, count);

const sizeOf = (width: number, height: number): PictureSize | null =>
  width > 0 && height > 0 ? { width, height } : null;

/**
 * Fetches a picture that an answer links to. The links are signed and expire: they are followed at once,
 * only to known hosts, and never stored.
 */
export async function fetchPicture(
  http: HttpClient,
  link: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<FetchedPicture> {
  const url = checkPictureUrl(link, environment);
  if (!url.ok) return { kind: 'failed', reason: url.reason };
  try {
    const { status, body, cut } = await http.send({
      method: 'GET',
      url: url.value.href,
      maxBytes: MAX_PICTURE_BYTES,
      signal,
    });
    if (status === 403) {
      return {
        kind: 'expired',
        reason: 'The link to this picture has expired. Refresh for a new one.',
      };
    }
    if (status !== 200) return failed(`The picture could not be fetched (HTTP ${status}).`);
    if (cut === 'too large') return TOO_LARGE;
    if (cut !== null) return failed('The connection ended before the whole picture had arrived.');
    return pictureOf(body);
  } catch (error) {
    if (signal.aborted) return failed('Stopped.');
    if (error instanceof HttpFailure) return failed(error.message);
    throw error;
  }
}

const failed = (reason: string): FetchedPicture => ({ kind: 'failed', reason });
