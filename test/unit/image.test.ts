import assert from 'node:assert/strict';
import { HttpFailure, type HttpResponse } from '../../src/core/smile/http';
import { fetchImage, imageOf, type FetchedImage } from '../../src/core/smile/image';
import { FakeHttp, response } from '../support/fakes';
import { assertLinear } from '../support/growth';

const LINK = 'https://testapi.smileidentity.com/selfie.jpg?sig=1';
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2]);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const WEBP = new TextEncoder().encode('RIFF1234WEBPVP8 ');

async function fetched(reply: HttpResponse | Error, link = LINK): Promise<FetchedImage> {
  const http = new FakeHttp([() => reply]);
  return await fetchImage(http, link, 'sandbox', new AbortController().signal);
}
const withBytes = (body: Uint8Array, cut: HttpResponse['cut'] = null): HttpResponse => ({
  status: 200,
  headers: new Map([['content-type', 'image/gif']]),
  body,
  cut,
});

describe('fetchImage', () => {
  it('recognizes JPEG, PNG and WebP by their bytes, whatever the server calls them', async () => {
    assert.deepEqual(
      [
        await fetched(withBytes(JPEG)),
        await fetched(withBytes(PNG)),
        await fetched(withBytes(WEBP)),
      ],
      [
        { kind: 'image', type: 'image/jpeg', bytes: JPEG },
        { kind: 'image', type: 'image/png', bytes: PNG },
        { kind: 'image', type: 'image/webp', bytes: WEBP },
      ],
    );
  });

  for (const [name, body] of [
    ['SVG', '<svg onload="alert(1)"/>'],
    ['HTML', '<html>'],
    ['GIF', 'GIF89a'],
    ['nothing', ''],
  ] as const) {
    it(`refuses ${name}`, async () => {
      assert.deepEqual(await fetched(withBytes(new TextEncoder().encode(body))), {
        kind: 'failed',
        reason: 'This is not a JPEG, PNG or WebP image; it is not shown.',
      });
    });
  }

  it('says that a link has expired, or that an image is refused, incomplete, too large or unreachable', async () => {
    assert.deepEqual(
      [
        await fetched(response('', 403)),
        await fetched(response('', 404)),
        await fetched(response('', 302, { location: 'https://evil.example' })),
        await fetched(withBytes(JPEG, 'too large')),
        await fetched(withBytes(JPEG, 'connection lost')),
        await fetched(new HttpFailure('dns', 'No such host.')),
      ],
      [
        {
          kind: 'expired',
          reason: 'The link to this image has expired. Refresh for a new one.',
        },
        { kind: 'failed', reason: 'The image could not be fetched (HTTP 404).' },
        { kind: 'failed', reason: 'The image could not be fetched (HTTP 302).' },
        { kind: 'failed', reason: 'The image is larger than 10 MB; it is not shown.' },
        { kind: 'failed', reason: 'The connection ended before the whole image had arrived.' },
        { kind: 'failed', reason: 'No such host.' },
      ],
    );
  });

  it('follows no link to an unknown host, and sends nothing there', async () => {
    const http = new FakeHttp([() => withBytes(JPEG)]);
    const signal = new AbortController().signal;
    const image = await fetchImage(http, 'https://evil.example/a.jpg', 'sandbox', signal);
    assert.deepEqual(image, {
      kind: 'failed',
      reason:
        'The link points to evil.example, which is not a known Smile ID host; it is not followed.',
    });
    assert.deepEqual(http.requests, []);
  });
});

describe('imageOf', () => {
  const ascii = (text: string): number[] => [...new TextEncoder().encode(text)];
  const word = (value: number): number[] => [24, 16, 8, 0].map((bits) => (value >>> bits) & 0xff);
  const half = (value: number): number[] => word(value).slice(2);
  const little = (value: number, bytes: number): number[] => word(value).reverse().slice(0, bytes);
  const riff = (chunk: string, ...content: readonly number[]): number[] => [
    ...ascii('RIFF'),
    ...little(100, 4),
    ...ascii(`WEBP${chunk}`),
    ...little(content.length, 4),
    ...content,
  ];
  const frame = (width: number, height: number): number[] => [
    ...[0xff, 0xc2, 0, 11, 8],
    ...half(height),
    ...half(width),
    ...[1, 1, 0x11, 0],
  ];
  /** The header of each kind of image, with the size that it claims. */
  const HEADERS: Readonly<Record<string, (width: number, height: number) => number[]>> = {
    PNG: (width, height) => [
      ...[0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a, ...word(13), ...ascii('IHDR')],
      ...[...word(width), ...word(height), 8, 6, 0, 0, 0],
    ],
    JPEG: (width, height) => [
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0xff, 0xc0],
      ...[0xff, 0xff, 0xc4, 0, 3, 9, 7, 7],
      ...frame(width, height),
    ],
    'lossy WebP': (width, height) =>
      riff('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, ...little(width, 2), ...little(height, 2)),
    'lossless WebP': (width, height) =>
      riff('VP8L', 0x2f, ...little((width - 1) | ((height - 1) << 14), 4)),
    'extended WebP': (width, height) =>
      riff('VP8X', 0, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)),
  };

  for (const [name, header] of Object.entries(HEADERS)) {
    it(`accepts a ${name} of 50 million pixels, and refuses one that claims more`, () => {
      const shown = (width: number, height: number): unknown => {
        const image = imageOf(new Uint8Array(header(width, height)));
        return image.kind === 'image' ? 'shown' : image.reason;
      };
      assert.deepEqual(
        [shown(8000, 6250), shown(8000, 6251), shown(16_000, 16_000)],
        [
          'shown',
          'The image has 8,000 x 6,251 pixels, more than 50 million; it is not shown.',
          'The image has 16,000 x 16,000 pixels, more than 50 million; it is not shown.',
        ],
      );
    });
  }

  it('refuses a PNG that claims 30,000 x 30,000 pixels, or the most that the format can', () => {
    const reasons = [30_000, 2 ** 31 - 1].map((side) => {
      const image = imageOf(new Uint8Array(HEADERS.PNG?.(side, side) ?? []));
      return image.kind === 'image' ? 'shown' : image.reason;
    });
    assert.deepEqual(reasons, [
      'The image has 30,000 x 30,000 pixels, more than 50 million; it is not shown.',
      'The image has 2,147,483,647 x 2,147,483,647 pixels, more than 50 million; it is not shown.',
    ]);
  });

  it('takes time in proportion to the bytes, whatever a JPEG has in place of segments', () => {
    for (const filler of [0xff, 0x00, 0xe0]) {
      assertLinear({
        size: 4_000_000,
        input: (size) => new Uint8Array(size).fill(filler).fill(0xff, 0, 3).fill(0xd8, 1, 2),
        run: imageOf,
        what: `a JPEG of ${filler}`,
      });
    }
  });
});
