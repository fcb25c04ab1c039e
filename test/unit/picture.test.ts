import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpFailure, type HttpResponse } from '../../src/core/smile/http';
import { fetchPicture, pictureSize, type FetchedPicture } from '../../src/core/smile/picture';
import { base64Of, type DrawingName } from '../../src/node/simulator/pictures';
import { FakeHttp, response } from '../support/fakes';

const LINK = 'https://images.smileidentity.com/selfie.jpg?sig=1';
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2]);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const WEBP = new TextEncoder().encode('RIFF1234WEBPVP8 ');

async function fetched(reply: HttpResponse | Error, link = LINK): Promise<FetchedPicture> {
  const http = new FakeHttp([() => reply]);
  return await fetchPicture(http, link, 'sandbox', new AbortController().signal);
}
const withBytes = (body: Uint8Array, cut: HttpResponse['cut'] = null): HttpResponse => ({
  status: 200,
  headers: new Map([['content-type', 'image/gif']]),
  body,
  cut,
});

describe('fetchPicture', () => {
  it('tells JPEG, PNG and WebP by their bytes, whatever the server calls them', async () => {
    assert.deepEqual(
      [
        await fetched(withBytes(JPEG)),
        await fetched(withBytes(PNG)),
        await fetched(withBytes(WEBP)),
      ],
      [
        { kind: 'picture', type: 'image/jpeg', bytes: JPEG },
        { kind: 'picture', type: 'image/png', bytes: PNG },
        { kind: 'picture', type: 'image/webp', bytes: WEBP },
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
        reason: 'This is no JPEG, PNG or WebP picture; it is not shown.',
      });
    });
  }

  it('says that a link has expired, is refused, broken off, too large or out of reach', async () => {
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
          reason: 'The link to this picture has expired. Refresh for a new one.',
        },
        { kind: 'failed', reason: 'The picture could not be fetched (HTTP 404).' },
        { kind: 'failed', reason: 'The picture could not be fetched (HTTP 302).' },
        { kind: 'failed', reason: 'The picture is larger than 10 MB; it is not shown.' },
        { kind: 'failed', reason: 'The connection ended before the whole picture had arrived.' },
        { kind: 'failed', reason: 'No such host.' },
      ],
    );
  });

  it('follows no link to an unknown host, and sends nothing there', async () => {
    const http = new FakeHttp([() => withBytes(JPEG)]);
    const signal = new AbortController().signal;
    const picture = await fetchPicture(http, 'https://evil.example/a.jpg', 'sandbox', signal);
    assert.deepEqual(picture, {
      kind: 'failed',
      reason:
        'The link points to evil.example, which is not a known Smile ID host; it is not followed.',
    });
    assert.deepEqual(http.requests, []);
  });
});

describe('pictureSize', () => {
  const drawing = (name: DrawingName): Uint8Array =>
    new Uint8Array(Buffer.from(base64Of(name), 'base64'));
  const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
  const riff = (chunk: string, data: string): Uint8Array =>
    new Uint8Array(
      Buffer.concat([Buffer.from(`RIFF\0\0\0\0WEBP${chunk}\0\0\0\0`, 'latin1'), bytes(data)]),
    );

  it('reads the size of the drawings in every format', () => {
    const sizes = (['selfie', 'idPhoto', 'cardFront', 'cardBack'] as const).map((name) =>
      pictureSize(drawing(name)),
    );
    assert.deepEqual(sizes, [
      { width: 480, height: 600 },
      { width: 240, height: 300 },
      { width: 640, height: 404 },
      { width: 640, height: 404 },
    ]);
  });

  it('reads all three kinds of WebP', () => {
    assert.deepEqual(
      [
        // 0x4280 and 0x8194: the upper two bits are a scale, not part of the size
        pictureSize(riff('VP8 ', '0000009d012a80429481')),
        pictureSize(riff('VP8L', '2f7fc2640000')),
        pictureSize(riff('VP8X', '000000007f0200930100')),
      ],
      [
        { width: 640, height: 404 },
        { width: 640, height: 404 },
        { width: 640, height: 404 },
      ],
    );
  });

  it('finds the frame of a JPEG behind other segments and fill bytes, not a table or a scan', () => {
    const tables = 'ffd8ffe000040000ffffc400040000ffcc00040000';
    assert.deepEqual(
      [
        pictureSize(bytes(`${tables}ffc2001108019402800301`)),
        pictureSize(bytes(`${tables}ffda00040000ffc0001108019402800301`)),
        pictureSize(bytes('ffd8ffe0000000ffc0001108019402800301')),
        pictureSize(bytes('ffd8ffc0001108000002800301')),
      ],
      [{ width: 640, height: 404 }, null, null, null],
    );
  });

  it('gives nothing for other formats, and for the headers that are not as they should be', () => {
    for (const other of [
      drawing('gif'),
      new Uint8Array(),
      bytes('89504e470d0a1a0a0000000d4142434400000280000001940806'),
      bytes('89504e470d0a1a0a0000000d494844520000000000000194'),
      riff('VP8 ', '000000000000800294010000'),
      riff('VP8L', '007fc2640000'),
      riff('ALPH', '00000000000000000000'),
    ]) {
      assert.equal(pictureSize(other), null);
    }
  });

  it('throws for no bytes, and gives the whole size or none for any that are cut off', () => {
    for (const name of ['selfie', 'idPhoto', 'cardFront'] as const) {
      const whole = drawing(name);
      const size = pictureSize(whole);
      for (let length = 0; length <= Math.min(whole.length, 2000); length += 1) {
        const cut = pictureSize(whole.subarray(0, length));
        if (cut !== null) assert.deepEqual(cut, size, `${name} cut at ${length}`);
      }
    }
    const head = fc.constantFrom(
      [0xff, 0xd8],
      [...PNG.subarray(0, 8)],
      ...['VP8 ', 'VP8L', 'VP8X'].map((chunk) => [...riff(chunk, '')]),
    );
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const size = pictureSize(new Uint8Array([...start, ...rest]));
        assert.ok(size === null || (size.width > 0 && size.height > 0));
      }),
      { numRuns: 2000 },
    );
  });
});
