import type { ImageType } from './imageType';

/** The size in the header of an image, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Null if there is no size, so that nothing can show the image. */
export function imageSizeOf(bytes: Uint8Array, type: ImageType): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return SIZES[type](view);
  } catch (error) {
    if (error instanceof RangeError) return null; // the header is cut off
    throw error;
  }
}

/** By format. Each reads beyond the end if the header is cut off, which is a RangeError. */
const SIZES: Readonly<Record<ImageType, (view: DataView) => ImageSize | null>> = {
  // PNG specification, 11.2.1: IHDR is the first chunk.
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
};

/** ITU-T T.81, annex B: the size is in the frame header, whose markers are C0 to CF without C4, C8 and CC. */
function jpegSize(view: DataView): ImageSize | null {
  let at = 2;
  for (;;) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0xff;
    // What is between segments is skipped, as decoders do.
    if (marker === 0xff) at += 1;
    // These have no length: reading the next bytes as one would hide the frame.
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xda)
      return null; // the image itself begins, without a frame
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

/** RFC 9649: lossy (section 2.5, and RFC 6386, 9.1), lossless (3.4) and extended (2.7). */
function webpSize(view: DataView): ImageSize | null {
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 "
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case 0x5650384c: {
      // "VP8L"
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // "VP8X"
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return null;
  }
}
