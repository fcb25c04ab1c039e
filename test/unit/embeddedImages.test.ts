import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  embeddedImageNames,
  embeddedImageOf,
  withoutEmbeddedImagesSteps,
} from '../../src/core/smile/embeddedImages';
import type { FetchedImage } from '../../src/core/smile/image';
import { base64Of, type DrawingName } from '../../src/node/simulator/images';
import { KYC_VALIDATED, WITH_BASE64_IMAGES } from '../../src/node/simulator/results';
import { resultOf } from '../support/steps';

const bytesOf = (name: DrawingName): Uint8Array =>
  new Uint8Array(Buffer.from(base64Of(name), 'base64'));

const DROPPED_IMAGE = '[dropped]';

/** All images inside a response, by name, as the panel gets one after the other. */
const embeddedImagesOf = (raw: Readonly<Record<string, unknown>>) =>
  embeddedImageNames(raw).map((name) => ({ name, image: embeddedImageOf(raw, name) }));

const ID_PHOTO: FetchedImage = {
  kind: 'image',
  type: 'image/jpeg',
  bytes: bytesOf('idPhoto'),
};
const CARD: FetchedImage = { kind: 'image', type: 'image/png', bytes: bytesOf('cardFront') };
const BOTH = [
  { name: 'Photo', image: ID_PHOTO },
  { name: 'Document', image: CARD },
];

const reasonFor = (Photo: unknown): unknown => {
  const [found] = embeddedImagesOf({ Photo });
  return found?.image?.kind === 'failed' ? found.image.reason : found?.image?.kind;
};

describe('The images inside a response', () => {
  it('decodes Photo and Document of a response, of a flat entry, and in snake_case', () => {
    const { Photo, Document } = WITH_BASE64_IMAGES.fields;
    assert.deepEqual(embeddedImagesOf({ result: WITH_BASE64_IMAGES.fields }), BOTH);
    assert.deepEqual(embeddedImagesOf(WITH_BASE64_IMAGES.fields), BOTH);
    assert.deepEqual(embeddedImagesOf({ result: { photo: Photo, document: Document } }), BOTH);
  });

  it('reads data URLs, line breaks, spaces, the URL-safe alphabet and missing padding', () => {
    const text = base64Of('cardFront');
    for (const Document of [
      `data:image/png;base64,${text}`,
      `\n DATA:image/jpeg;name=x;base64, ${text}`,
      text.replace(/.{76}/g, '$&\r\n'),
      text.replace(/.{10}/g, '$& '),
      text.replaceAll('+', '-').replaceAll('/', '_'),
      text.replace(/=+$/, ''),
    ]) {
      assert.deepEqual(embeddedImagesOf({ Document }), [{ name: 'Document', image: CARD }]);
    }
  });

  it('leaves out what is missing, empty or not available', () => {
    assert.deepEqual(embeddedImagesOf({ result: KYC_VALIDATED.fields }), []);
    assert.deepEqual(embeddedImagesOf({ result: { Photo: null, Document: ' \n' } }), []);
    assert.deepEqual(embeddedImagesOf({ result: 'No zip uploaded yet' }), []);
    assert.deepEqual(embeddedImagesOf({}), []);
  });

  it('says why an image cannot be shown', () => {
    const noImage = 'This is not a JPEG, PNG or WebP image; it is not shown.';
    const noBase64 = 'This is not base64 text; there is no image in it.';
    assert.deepEqual(
      [
        reasonFor(base64Of('gif')),
        reasonFor(btoa('<svg onload="alert(1)"/>')),
        reasonFor('data:image/png;base64,'),
        reasonFor('Photo of Ada!'),
        reasonFor('A'),
        reasonFor(7),
        reasonFor({ url: 'x' }),
        reasonFor(['x']),
      ],
      [
        noImage,
        noImage,
        noImage,
        noBase64,
        noBase64,
        'Photo is a number, not base64 text.',
        'Photo is an object, not base64 text.',
        'Photo is a list, not base64 text.',
      ],
    );
  });

  it('takes images of up to 10 MB and no larger', () => {
    const size = 10 * 1024 * 1024;
    const largest = Buffer.alloc(size);
    largest.set(bytesOf('idPhoto'));
    assert.equal(reasonFor(largest.toString('base64')), 'image');
    assert.equal(
      reasonFor(Buffer.concat([largest, Buffer.alloc(1)]).toString('base64')),
      'The image is larger than 10 MB; it is not shown.',
    );
    assert.equal(
      reasonFor('/9j/'.repeat(4 * 1024 * 1024)),
      'The image is larger than 10 MB; it is not shown.',
    );
  });

  it('throws for no text, and returns any bytes after the header of a JPEG without a size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (tail, text) => {
        const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xda, ...tail]);
        assert.deepEqual(embeddedImagesOf({ Photo: Buffer.from(bytes).toString('base64url') }), [
          { name: 'Photo', image: { kind: 'image', type: 'image/jpeg', bytes } },
        ]);
        assert.ok(embeddedImagesOf({ Photo: text }).length <= 1);
      }),
    );
  });
});

describe('A response whose images are dropped', () => {
  /** Nests a value in so many levels of objects and lists, in turn. */
  const nested = (value: unknown, levels: number): unknown => {
    let outer = value;
    for (let level = 0; level < levels; level += 1) outer = level % 2 ? [outer] : { in: outer };
    return outer;
  };
  const inside = (value: unknown, levels: number): unknown => {
    let inner = value;
    for (let level = 0; level < levels; level += 1) {
      inner = Object.values(inner as Record<string, unknown>)[0];
    }
    return inner;
  };

  it('contains none of them, however deep they were', () => {
    for (const levels of [0, 30, 31, 200, 100_000]) {
      const raw = { deep: nested(base64Of('idPhoto'), levels) };
      assert.equal(
        inside(resultOf(withoutEmbeddedImagesSteps(raw)).deep, levels),
        DROPPED_IMAGE,
        `${levels}`,
      );
      assert.equal(inside(raw.deep, levels), base64Of('idPhoto'), 'the response itself is changed');
    }
  });

  it('keeps everything else, and is the response itself if it contains no image', () => {
    const { Photo, Document } = WITH_BASE64_IMAGES.fields;
    const rest = { list: [1, null, 'a', [{}]], ['__proto__']: { own: true }, text: 'iVB or /9j' };
    assert.deepEqual(
      resultOf(withoutEmbeddedImagesSteps({ ...rest, Photo, history: [{ Document }] })),
      {
        ...rest,
        Photo: DROPPED_IMAGE,
        history: [{ Document: DROPPED_IMAGE }],
      },
    );
    assert.equal(resultOf(withoutEmbeddedImagesSteps(rest)), rest);
  });

  it('still has their names, and says that they were dropped', () => {
    const left = resultOf(withoutEmbeddedImagesSteps({ result: WITH_BASE64_IMAGES.fields }));
    const reason = 'This image came inside the response and was dropped. Refresh to get it again.';
    assert.deepEqual(embeddedImageNames(left), ['Photo', 'Document']);
    assert.deepEqual(
      embeddedImagesOf(left),
      ['Photo', 'Document'].map((name) => ({ name, image: { kind: 'expired', reason } })),
    );
  });
});
