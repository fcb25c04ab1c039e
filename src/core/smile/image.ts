import * as l10n from '../l10n';
import type { Environment } from './environment';
import { checkImageUrl } from './imageHosts';
import { HttpFailure, type Cut, type HttpClient } from './http';
import { imageSizeOf } from './imageSize';
import { imageTypeOf, type ImageType } from './imageType';

/** An image fetched into memory, or the sentence that says why there is none. */
export type FetchedImage =
  | { readonly kind: 'image'; readonly type: ImageType; readonly bytes: Uint8Array }
  | { readonly kind: 'expired'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;
/** A few bytes can claim any size, and showing an image takes four bytes for each pixel: 200 MB at most. */
const MAX_PIXELS = 50_000_000;
export const tooLarge = (): FetchedImage =>
  failed(l10n.t('The image is larger than 10 MB; it is not shown.'));

/** Bytes as an image, if they are one that can be shown. */
export function imageOf(bytes: Uint8Array): FetchedImage {
  if (bytes.length > MAX_IMAGE_BYTES) return tooLarge();
  const type = imageTypeOf(bytes);
  if (type === null)
    return failed(l10n.t('This is not a JPEG, PNG or WebP image; it is not shown.'));
  const { width, height } = imageSizeOf(bytes, type) ?? { width: 0, height: 0 };
  if (width * height > MAX_PIXELS) {
    const size = [width, height].map((side) => side.toLocaleString('en-US')).join(' x ');
    return failed(l10n.t('The image has {0} pixels, more than 50 million; it is not shown.', size));
  }
  return { kind: 'image', type, bytes };
}

/**
 * Fetches an image that a response links to. The links are signed and expire: they are followed at
 * once, only to known hosts, and never stored.
 */
export async function fetchImage(
  http: HttpClient,
  link: string,
  environment: Environment,
  signal: AbortSignal,
): Promise<FetchedImage> {
  const url = checkImageUrl(link, environment);
  if (!url.ok) return { kind: 'failed', reason: url.reason };
  try {
    const { status, body, cut } = await http.send({
      method: 'GET',
      url: url.value.href,
      maxBytes: MAX_IMAGE_BYTES,
      signal,
    });
    if (status === 403) {
      return {
        kind: 'expired',
        reason: l10n.t('The link to this image has expired. Refresh for a new one.'),
      };
    }
    if (status !== 200) return failed(l10n.t('The image could not be fetched (HTTP {0}).', status));
    if (cut === 'too large') return tooLarge();
    if (cut !== null) return failed(whyCut(cut));
    return imageOf(body);
  } catch (error) {
    if (signal.aborted) return failed(l10n.t('Stopped.'));
    if (error instanceof HttpFailure) return failed(error.message);
    throw error;
  }
}

const whyCut = (cut: Exclude<Cut, 'too large'>): string =>
  ({
    'connection lost': l10n.t('The connection ended before the whole image had arrived.'),
    'bad encoding': l10n.t(
      'The image could not be decompressed: its Content-Encoding is wrong, or it is damaged.',
    ),
    'not HTTP': l10n.t('The response breaks the rules of HTTP, so the image could not be read.'),
  })[cut];

const failed = (reason: string): FetchedImage => ({ kind: 'failed', reason });
