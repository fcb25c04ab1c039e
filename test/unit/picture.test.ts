import assert from 'node:assert/strict';
import { HttpFailure, type HttpResponse } from '../../src/core/smile/http';
import { fetchPicture, type FetchedPicture } from '../../src/core/smile/picture';
import { FakeHttp, response } from '../support/fakes';

const LINK = 'https://testapi.smileidentity.com/selfie.jpg?sig=1';
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
