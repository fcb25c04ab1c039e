import fc from 'fast-check';

/** How much is tried: about 20,000 cases in `npm test`, more with `FUZZ_FACTOR=25` (`npm run test:all`). */
const FACTOR = Number(process.env.FUZZ_FACTOR ?? 1);

export const cases = (count: number): fc.Parameters<unknown> => ({ numRuns: count * FACTOR });

/** Texts that have broken readers of texts before. */
const HOSTILE_TEXTS = [
  ...['', ' ', '\0', '\u2028', '\u202e', '\ud800', '\r', '\\', '"', "'", '`', '../../x', '%00'],
  ...['__proto__', 'constructor', 'toString', 'NaN', '-0', '1e400', '0810', '810', '٠٨١٠', 'null'],
  ...['<img src=x onerror=alert(1)>', '[a](command:b)', '$(trash)', 'javascript:alert(1)', '{{x}}'],
];
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...HOSTILE_TEXTS).map((text) => text.repeat(3000)),
);

/** Any JSON value, of which many are hostile texts or contain them under keys that are read. */
export function hostileJson(keys: readonly string[]): fc.Arbitrary<unknown> {
  const key = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...keys) },
    { weight: 1, arbitrary: hostileText },
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      hostileText,
      fc.constantFrom<unknown>(null, true, false, 0, -1, 810, 1e21, Number.MAX_SAFE_INTEGER),
      fc.dictionary(key, tie('value'), { maxKeys: 8 }),
      fc.array(tie('value'), { maxLength: 6 }),
    ),
  }));
  return value;
}

/** A text with some of its pieces repeated, dropped, moved or replaced by hostile ones. */
export function mutantOf(texts: readonly string[]): fc.Arbitrary<string> {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    by: fc.oneof(
      fc.constant(''),
      fc.constantFrom('"', "'", '`', '(', ')', '{', '}', '[', ']', '\\', '/*', '//', '#', '\n'),
      hostileText,
    ),
    times: fc.integer({ min: 1, max: 3 }),
  });
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([text, changes]) =>
      changes.reduce((before, { at, length, by, times }) => {
        const start = Math.floor(at * before.length);
        return before.slice(0, start) + by.repeat(times) + before.slice(start + length);
      }, text),
    );
}
