/** Signs of two characters that are one operator in some language, and those of three that begin with one. */
const PAIRS = [
  ...[
    '==',
    '!=',
    '<=',
    '>=',
    '=>',
    '->',
    ':=',
    '::',
    '&&',
    '||',
    '??',
    '?.',
    '?:',
    '&.',
    '=~',
    '!~',
  ],
  ...['+=', '-=', '*=', '/=', '%=', '.=', '|=', '&=', '^=', '++', '--', '**', '..', ';;', '<-'],
];
const TRIPLES = new Set([
  ...['===', '!==', '...', '..<', '??=', '||=', '&&=', '<=>', '?->', '**=', '?..'],
]);

const pairs = new Uint8Array(128 * 128);
for (const pair of PAIRS) pairs[pair.charCodeAt(0) * 128 + pair.charCodeAt(1)] = 1;
const thirds = new Uint8Array(128 * 128);
for (const triple of TRIPLES) thirds[triple.charCodeAt(0) * 128 + triple.charCodeAt(1)] = 1;

/** How many characters of the operator that begins at an offset belong to it: one to three. */
export function operatorLength(text: string, at: number): number {
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  if (!(first < 128 && second < 128)) return 1;
  const index = first * 128 + second;
  if (thirds[index] === 1 && TRIPLES.has(text.slice(at, at + 3))) return 3;
  return pairs[index] === 1 ? 2 : 1;
}
