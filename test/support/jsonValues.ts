import * as fc from 'fast-check';

const text = fc.oneof(
  fc.constantFrom(
    '0810',
    'Enroll User',
    '',
    'true',
    'None',
    'null',
    '12',
    '1e5',
    '[Object]',
    '...',
  ),
  fc.string({
    unit: fc.constantFrom(
      ...[
        '"',
        "'",
        '`',
        '\\',
        '/',
        '\n',
        '\r\n',
        '\t',
        '\0',
        '\u001b',
        '\u007f',
        '\u0085',
        '\u2028',
      ],
      ...[
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        ',',
        ';',
        ':',
        '=',
        '=>',
        '#',
        '//',
        '/*',
        '*/',
        '<',
        '>',
        '…',
      ],
      ...[
        '$',
        '#{',
        '${',
        '%',
        '@',
        '&',
        '“',
        '’',
        'é',
        'ß',
        '你',
        '😀',
        'a',
        'B',
        '0',
        ' ',
        '_',
        '-',
      ],
    ),
    maxLength: 12,
  }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

const number = fc.oneof(
  fc.integer(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom(1e21, 123456789012345680000, 1.5e-7, 810, 9007199254740991),
);

/** Objects that JSON can hold, with texts that are hard to quote. */
export const jsonObjects = (key: fc.Arbitrary<string> = text): fc.Arbitrary<object> =>
  fc
    .letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        text,
        number,
        fc.constantFrom(true, false, null),
        fc.array(tie('value'), { maxLength: 4 }),
        tie('object'),
      ),
      object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    }))
    .object.map((object): object => JSON.parse(JSON.stringify(object)) as object)
    .filter((object) => Object.keys(object).length > 0);
