import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scanBody, type BodyScan } from '../../src/core/smile/bodyScan';
import { assertLinear } from '../support/growth';

const scan = (text: string, most = Infinity): BodyScan | null =>
  scanBody(new TextEncoder().encode(text), most);
const digestOf = (value: unknown): string | undefined => scan(JSON.stringify(value))?.digest;

/** The same counts, by walking the parsed value. */
function counted(value: unknown): { values: number; levels: number } {
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
  const counts = inner.map(counted);
  return {
    values: counts.reduce((sum, { values }) => sum + values, 1),
    levels:
      typeof value === 'object' && value !== null
        ? 1 + Math.max(0, ...counts.map(({ levels }) => levels))
        : 0,
  };
}

describe('scanBody', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', '}', ':', 'a', 'é', '😀', '\n') }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 6 },
      text,
      fc.constantFrom(0, -1.5e-7, true, false, null),
      fc.array(tie('json'), { maxLength: 6 }),
      fc.dictionary(text, tie('json'), { maxKeys: 6 }),
    ),
  }));

  it('counts the values and levels of any JSON text, however it is spaced', () => {
    fc.assert(
      fc.property(json, fc.constantFrom('', ' ', '\n\t\r'), (value, space) => {
        const { values, levels } = scan(JSON.stringify(value, null, space)) ?? {};
        assert.deepEqual({ values, levels }, counted(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('stops if there are more values than its limit', () => {
    const body = '[1,{"a":[],"b":"x"}]';
    assert.deepEqual([scan(body, 5)?.values, scan(body, 4)], [5, null]);
  });

  it('returns anything or null for a text that is not JSON, and never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), text, (bytes, other) => {
        scanBody(bytes, 100);
        scan(other, 100);
      }),
    );
  });

  it('has one digest for responses that differ only in times, signatures and links', () => {
    const response = (time: unknown, link: string): unknown => ({
      timestamp: time,
      Signature: String(time),
      sec_key: 'k'.repeat(String(time).length),
      history: [{ timestamp: time, ResultCode: '0810' }],
      image_links: { selfie_image: `https://example.invalid/${link}` },
    });
    assert.equal(digestOf(response('12:00', 'a')), digestOf(response('later than 12:00', 'abc')));
    assert.equal(digestOf(response(1, 'a')), digestOf(response(1234567890, 'b')));
  });

  it('has another digest if anything else differs', () => {
    const seen = new Set<string | undefined>();
    const bodies = [
      ...[{}, { a: 1 }, { a: 2 }, { a: '1' }, { b: 1 }, { a: 1, b: 1 }, [{ a: 1 }]],
      ...[{ timestamps: 'a' }, { timestamps: 'b' }, { time: 'a' }, { time: 'b' }],
      ...[{ timestamp: ['a'] }, { timestamp: ['b'] }, { timestamp: 'a', x: 'b' }],
      ...[{ x: 'a http://' }, { x: 'b http://' }, { http: 'a' }, { http: 'b' }],
      ...Array.from({ length: 100 }, (_, at) => ({ a: 'x'.repeat(at + 10) })),
      ...Array.from({ length: 100 }, (_, at) => ({
        a: `${'x'.repeat(at)}y${'x'.repeat(99 - at)}`,
      })),
    ];
    for (const body of bodies) seen.add(digestOf(body));
    assert.equal(seen.size, bodies.length);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        fc.nat(),
        fc.nat({ max: 7 }),
        (bytes, at, bit) => {
          const other = bytes.slice();
          const place = at % bytes.length;
          other[place] = (other[place] ?? 0) ^ (1 << bit);
          const quoted = (one: Uint8Array): string | undefined =>
            digestOf(Buffer.from(one).toString('hex'));
          assert.notEqual(quoted(bytes), quoted(other));
        },
      ),
    );
  });

  it('takes time in proportion to the text', () => {
    for (const piece of [
      '"',
      '\\',
      '\\"',
      '"\\\\",',
      '[',
      '{"a":',
      '1,',
      ' ',
      'http:',
      '"http:",',
      '"timestamp":1,',
    ]) {
      assertLinear({
        size: 2_000_000,
        input: (size) => new TextEncoder().encode(`["${piece.repeat(size / piece.length)}`),
        run: (bytes) => scanBody(bytes, Infinity),
        what: piece,
      });
    }
  });
});
