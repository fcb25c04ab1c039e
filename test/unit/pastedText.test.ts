import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { parseBody } from '../../src/core/smile/parseBody';
import { readPastedText, type PastedValue } from '../../src/core/smile/pastedText';
import { READING_LIMITS } from '../../src/core/smile/readingLimits';
import { mayBeResponse } from '../../src/core/smile/responseLikeness';
import { jsonObjects } from '../support/jsonValues';
import { assertLinear } from '../support/growth';

const RESULT = {
  ResultCode: '0810',
  ResultText: 'Enroll User',
  SmileJobID: '0000000123',
  job_complete: true,
  ConfidenceValue: null,
  Actions: { Liveness_Check: 'Passed' },
  PartnerParams: { job_id: 'j-1', user_id: "it's", job_type: 1 },
};
const JSON_RESULT = JSON.stringify(RESULT);

const read = (text: string): readonly PastedValue[] => readPastedText(text).values;
const valuesOf = (text: string): unknown[] => read(text).map(({ value }) => value);
/** What is said of the only value. */
function only(text: string): PastedValue {
  const values = read(text);
  assert.equal(values.length, 1, inspect(values));
  return values[0] ?? assert.fail();
}
const told = (text: string): Omit<PastedValue, 'range' | 'headers'> => {
  const { value, form, cutOff, notes } = only(text);
  return { value, form, cutOff, notes };
};
const json = (value: object, ...notes: string[]) => ({ value, form: 'JSON', cutOff: false, notes });

describe('A pasted text', () => {
  it('is read as JSON, also with a byte order mark, in a list, or one value a line', () => {
    assert.deepEqual(told(JSON_RESULT), json(RESULT));
    assert.deepEqual(told(`\ufeff ${JSON.stringify(RESULT, null, 2)}\r\n`), json(RESULT));
    assert.deepEqual(valuesOf('[{"a":1}, 2, [{"b":[]}], {"c":{}}]'), [
      { a: 1 },
      { b: [] },
      { c: {} },
    ]);
    assert.deepEqual(valuesOf('{"a":1}\n{"b":2}\r\n\n{"c":3}'), [{ a: 1 }, { b: 2 }, { c: 3 }]);
  });

  it('gives every JSON object as it is, and the same inside a line of a log', () => {
    fc.assert(
      fc.property(jsonObjects(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        assert.deepEqual(told(text), json(value));
        const line = `2026-10-05T12:00:00.123Z [INFO] (web.1) response=${text} took 3ms "ok" it's {done}`;
        assert.deepEqual(told(line), json(value));
      }),
    );
  });

  it('may have the signs of a dump in its strings', () => {
    for (const value of [
      { a: [['']], ']:': '0810' },
      { a: ['b', ']:'], c: ['"]=>', ']=>'] },
      { a: ['b"]:', ']=>'], ']:c': 'd' },
    ]) {
      assert.deepEqual(told(JSON.stringify(value)), json(value));
    }
  });

  it('is found at its place in a log, however many there are', () => {
    const line = `INFO got ${JSON_RESULT}; sent {"id":7}\n`;
    const text = line.repeat(2);
    assert.deepEqual(
      read(text).map(({ range: { start, end } }) => text.slice(start, end)),
      [JSON_RESULT, '{"id":7}', JSON_RESULT, '{"id":7}'],
    );
  });

  it('may be a string that contains JSON, escaped up to three times', () => {
    const once = JSON.stringify(JSON_RESULT);
    const twice = JSON.stringify(once);
    const thrice = JSON.stringify(twice);
    for (const text of [once, twice, thrice, `body: ${twice}, status: 200`]) {
      assert.deepEqual(told(text), json(RESULT, 'inside a string'));
    }
    assert.deepEqual(valuesOf(JSON.stringify(thrice)), []);
    const pretty = JSON.stringify(JSON.stringify(RESULT, null, 2));
    assert.deepEqual(told(pretty), json(RESULT, 'inside a string'));
    assert.deepEqual(told(`VALUES (1,'${JSON_RESULT.replaceAll('"', '\\"')}','x')`).value, RESULT);
  });

  it('may come from a spreadsheet, a page of HTML, a comment, a mail or the logs of several services', () => {
    const lines = JSON.stringify(RESULT, null, 2).split('\n');
    for (const text of [
      `id,body\n7,"${JSON_RESULT.replaceAll('"', '""')}",2026\n`,
      `<pre>${JSON_RESULT.replaceAll('"', '&quot;')}</pre>`,
      `function f() {\n${lines.map((line) => `  // ${line}\n`).join('')}}`,
      ['/**', ...lines.map((line) => ` * ${line}`), ' */'].join('\n'),
      lines.map((line) => `> ${line}`).join('\n'),
      ['starting', ...lines].map((line) => `web-1  | ${line}`).join('\n'),
      lines.map((line, at) => `${at + 1}\n${line}`).join('\n'),
    ]) {
      assert.deepEqual(told(text).value, RESULT, text);
    }
  });

  it('tolerates trailing and missing commas, comments, any quotes and text without quotes', () => {
    assert.deepEqual(
      told('{"a": 1, // one\n "b": [1, 2,], /* two */ "c": {"d": null,},}'),
      json({ a: 1, b: [1, 2], c: { d: null } }, 'trailing commas', 'comments'),
    );
    assert.deepEqual(
      told('{"a": {"x": 1}\n "b": 2}'),
      json({ a: { x: 1 }, b: 2 }, 'missing commas'),
    );
    assert.deepEqual(
      told('{“a”: “it’s it”, ”b“: ‘x’, “c": 1}'),
      json({ a: 'it’s it', b: 'x', c: 1 }, 'single quotes', 'curly quotes'),
    );
    assert.deepEqual(told('{"a": NaN, "b": <your id>, "c": clear}'), {
      ...json({ a: 'NaN', b: '<your id>', c: 'clear' }, 'text without quotes'),
    });
    assert.deepEqual(told(`{status: 'clear', "reason": null}`), {
      ...{ value: { status: 'clear', reason: null }, form: 'JavaScript', cutOff: false },
      notes: ['JavaScript notation'],
    });
    assert.deepEqual(told('{"a": "one\ntwo", "b": "C:\\Users"}').value, {
      a: 'one\ntwo',
      b: 'C:\\Users',
    });
  });

  it('keeps every digit of numbers that JSON cannot hold', () => {
    const text =
      '{"ResultCode": 0810, "SmileJobID": 12345678901234567890123, "n": -0.5e3, "big": 1e400}';
    assert.deepEqual(told(text), {
      ...json({ ResultCode: '0810', SmileJobID: '12345678901234567890123', n: -500, big: '1e400' }),
      notes: ['numbers read as text, so that no digit is lost'],
    });
  });

  it('says which fields an object has more than once, and gives the last, as for a response', () => {
    const note = 'More than once in one object: ResultCode. The last value is read.';
    const body = '{"ResultCode": "0811", "ResultText": "x", "ResultCode": "0810"}';
    const parsed = parseBody(new TextEncoder().encode(body), body);
    assert.ok(typeof parsed === 'object');
    assert.deepEqual(parsed, { raw: { ResultText: 'x', ResultCode: '0810' }, notes: [note] });
    for (const text of [
      body,
      body.replaceAll('"', "'"),
      JSON.stringify(body),
      '{"ResultCode": "0811", "ResultText": "x", "Result\\u0043ode": "0810",}',
      "{ResultCode: '0811', ResultText: 'x', ResultCode: '0810'}",
      "array('ResultCode' => '0811', 'ResultText' => 'x', 'ResultCode' => '0810')",
      '{"ResultCode"=>"0811", "ResultText"=>"x", "ResultCode"=>"0810"}',
      "OrderedDict([('ResultCode', '0811'), ('ResultText', 'x'), ('ResultCode', '0810')])",
      "[Job(ResultCode='0811', ResultText='x', ResultCode='0810')]",
      '"ResultCode": "0811", "ResultText": "x", "ResultCode": "0810"',
      'Array\n(\n[ResultCode] => 0811\n[ResultText] => x\n[ResultCode] => 0810\n)\n',
    ]) {
      const { value, notes } = only(text);
      assert.deepEqual(
        [value, notes.filter((each) => each.includes('once'))],
        [parsed.raw, parsed.notes],
        text,
      );
    }
  });

  it('says so of a response that another one replaces in its wrapper, without names that may be data', () => {
    const rejected = JSON.stringify(JSON.stringify({ ...RESULT, ResultCode: '0811' }));
    const text = `{"body": ${rejected}, "body": ${JSON.stringify(JSON_RESULT)}}`;
    const { value, notes } = only(text);
    assert.deepEqual(
      [value, notes],
      [
        RESULT,
        [
          'inside a string',
          'More than once in one object: an unknown field. The last value is read.',
        ],
      ],
    );
  });

  it('says of every JSON object that has a field more than once, and of no other, that it has', () => {
    const objects = jsonObjects();
    fc.assert(
      fc.property(objects, objects, fc.nat(), (first, second, at) => {
        const keys = Object.keys(first);
        const key = keys[at % keys.length] ?? assert.fail();
        const text = `${JSON.stringify(first).slice(0, -1)},${JSON.stringify(key)}:${JSON.stringify(second)}}`;
        const value = { ...first, [key]: second };
        const parsed = parseBody(new TextEncoder().encode(text), text);
        assert.ok(typeof parsed === 'object');
        const pasted = only(text);
        assert.deepEqual([pasted.value, pasted.notes], [parsed.raw, parsed.notes]);
        assert.deepEqual([parsed.raw, parsed.notes.length], [value, 1]);
        const plain = JSON.stringify(value);
        assert.deepEqual(parseBody(new TextEncoder().encode(plain), plain), {
          raw: value,
          notes: [],
        });
      }),
    );
  });

  it('is a Python dump', () => {
    const text = `{'ResultCode': u'0810', 'ok': True, 'no': None, 'pair': (1, "it's"), 'one': ('x',),
      'at': datetime.datetime(2026, 10, 5, 12, 0, tzinfo=datetime.timezone.utc),
      'score': Decimal('99.50'), 'path': 'C:\\\\x\\u00e9', 'long': ('two '\n 'parts'),
      'more': OrderedDict([('a', 1), ('b', OrderedDict())]), 'set': {1, 2}}`;
    assert.deepEqual(told(text), {
      value: {
        ...{ ResultCode: '0810', ok: true, no: null, pair: [1, "it's"], one: ['x'] },
        at: 'datetime.datetime(2026, 10, 5, 12, 0, tzinfo=datetime.timezone.utc)',
        ...{ score: '99.50', path: 'C:\\xé', long: 'two parts' },
        ...{ more: { a: 1, b: 'OrderedDict()' }, set: [1, 2] },
      },
      ...{ form: 'Python', cutOff: false, notes: ['a Python dump'] },
    });
  });

  it('is a PHP dump, by print_r, var_dump, var_export, or the dump of Laravel', () => {
    const php = (value: object) => ({ value, form: 'PHP', cutOff: false, notes: ['a PHP dump'] });
    const printed = `stdClass Object
(
    [job_complete] => 1
    [job_success] => 
    [result] => Array
        (
            [ResultCode] => 0810
            [Address] => 1 Road (near [x])
Lagos
            [list] => Array
                (
                    [0] => a
                    [1] => b
                )

            [none] => Array
                (
                )

        )

    [name:protected] => x
)
`;
    const value = {
      ...{ job_complete: true, job_success: false },
      result: {
        ResultCode: '0810',
        Address: '1 Road (near [x])\nLagos',
        list: ['a', 'b'],
        none: [],
      },
      name: 'x',
    };
    assert.deepEqual(told(printed), php(value));
    assert.deepEqual(told(`log: ${printed} done {"x"}`), php(value));
    assert.deepEqual(
      told(
        'Array ( [ResultCode] => 0810 [ResultText] => Enroll User (ok) [Source] => [a] => Array ( [0] => 1 ) )',
      ).value,
      { ResultCode: '0810', ResultText: 'Enroll User (ok)', Source: '', a: ['1'] },
    );
    assert.deepEqual(
      told(`object(stdClass)#1 (4) {
  ["ResultCode"]=>
  string(4) "0810"
  ["text"]=>
  string(13) "a "quoted" é"
  ["n"]=>
  float(1.5)
  ["list"]=>
  array(2) {
    [0]=>
    bool(true)
    [1]=>
    NULL
  }
}`),
      php({ ResultCode: '0810', text: 'a "quoted" é', n: 1.5, list: [true, null] }),
    );
    assert.deepEqual(
      told(String.raw`array (
  'ResultCode' => '0810',
  'text' => 'it\'s C:\new',
  'o' => (object) array(
     'n' => 1.0E+25,
  ),
  'c' => App\Job::__set_state(array('id' => 7)),
  'none' => NULL,
)`),
      php({ ResultCode: '0810', text: "it's C:\\new", o: { n: 1e25 }, c: { id: 7 }, none: null }),
    );
    assert.deepEqual(
      told(`array:2 [▼
  "ResultCode" => "0810"
  "o" => {#12
    +"n": 1
  }
]`),
      php({ ResultCode: '0810', o: { n: 1 } }),
    );
  });

  it('is a dump of Node, of which parts may be missing', () => {
    const deep = {
      a: { b: { c: { d: 1 } } },
      list: Array.from({ length: 105 }, () => 1),
      m: new Map([['k', 1]]),
    };
    assert.deepEqual(told(inspect(deep)), {
      value: { a: { b: {} }, list: Array.from({ length: 100 }, () => 1), m: { k: 1 } },
      form: 'JavaScript',
      cutOff: true,
      notes: ['JavaScript notation', 'cut off'],
    });
    class Job {
      id = 7n;
      at = new Date(0);
      f = (): void => undefined;
    }
    assert.deepEqual(
      told(
        inspect({ job: new Job(), bare: Object.setPrototypeOf({ x: undefined }, null) as unknown }),
      ).value,
      {
        job: { id: '7', at: '1970-01-01T00:00:00.000Z' },
        bare: { x: null },
      },
    );
  });

  it('is what Ruby, Java, Dart and Swift print', () => {
    for (const [text, form] of [
      [
        '{"ResultCode"=>"0810", :ok=>true, "none"=>nil, "n"=>{"at"=>2026-10-05 12:00:00 UTC}}',
        'Ruby',
      ],
      ['{ResultCode=0810, ok=true, none=null, n={at=2026-10-05 12:00:00 UTC}}', 'Java'],
      ['{ResultCode: 0810, ok: true, none: null, n: {at: 2026-10-05 12:00:00 UTC}}', 'JavaScript'],
      [
        '["ResultCode": "0810", "ok": true, "none": nil, "n": ["at": "2026-10-05 12:00:00 UTC"]]',
        'Ruby',
      ],
    ] as const) {
      const value = {
        ResultCode: '0810',
        ok: true,
        none: null,
        n: { at: '2026-10-05 12:00:00 UTC' },
      };
      assert.deepEqual([only(text).value, only(text).form], [value, form], text);
    }
  });

  it('is cut off anywhere, and gives what is there', () => {
    assert.deepEqual(told('{"a": {"b": "xy'), {
      ...json({ a: { b: 'xy' } }, 'cut off'),
      cutOff: true,
    });
    assert.deepEqual(told('{"a": 1, "b": "\\u00'), {
      ...json({ a: 1, b: '' }, 'cut off'),
      cutOff: true,
    });
    // The next line of a log does not belong to it.
    assert.deepEqual(
      read(`INFO {"a": "xy\nINFO {"b": 2}\nINFO {"c": [1,\nINFO {"d": 4}`).map(
        ({ value, cutOff }) => [value, cutOff],
      ),
      [
        [{ a: 'xy' }, true],
        [{ b: 2 }, false],
        [{ c: [1] }, true],
        [{ d: 4 }, false],
      ],
    );
    // The start is missing.
    const { value, cutOff } = only(
      `job_id": "j"},\n  "ResultCode": "0810",\n  "Actions": {"A": "Passed"}\n}`,
    );
    assert.deepEqual([value, cutOff], [{ ResultCode: '0810', Actions: { A: 'Passed' } }, true]);
    assert.deepEqual(only('  [ResultCode] => 0810\n  [ResultText] => Enroll User\n)').value, {
      ResultCode: '0810',
      ResultText: 'Enroll User',
    });
  });

  it('gives, of any beginning of a text, a beginning of its value, and never fails', () => {
    const isStart = (part: unknown, whole: unknown): boolean => {
      if (typeof part === 'string') return String(whole).startsWith(part);
      if (typeof part === 'number') return typeof whole === 'number';
      if (typeof part !== 'object' || part === null) return part === whole;
      const full = new Map<string, unknown>(Object.entries(Object(whole) as object));
      return Object.entries(part).every(
        ([key, value]) => full.has(key) && isStart(value, full.get(key)),
      );
    };
    const forms = [
      (value: object) => JSON.stringify(value),
      (value: object) => JSON.stringify(value, null, 2),
      (value: object) => inspect(value, { depth: Infinity }),
    ];
    fc.assert(
      fc.property(jsonObjects(), fc.constantFrom(...forms), fc.nat(), (fields, form, at) => {
        // with a plain first key: in an unfinished one, a bracket may be the beginning of a value
        const value = { first: null, ...fields };
        const text = form(value);
        const cut = text.slice(0, at % (text.length + 1));
        const [first] = read(cut);
        assert.ok(isStart(first?.value ?? {}, value), inspect([cut, first], { depth: 9 }));
        if (cut.length < text.length && first) assert.equal(first.cutOff, true, cut);
      }),
      { numRuns: 500 },
    );
  });

  it('may hold the response in a wrapper, whose headers count', () => {
    const headers = {
      'Response-Signature': 'abc=',
      'Content-Type': 'application/json',
      Authorization: 'x',
    };
    const known = { 'response-signature': 'abc=', 'content-type': 'application/json' };
    const body = { status: 'clear', reason: null, product: 'enhanced_kyc' };
    for (const [text, expected] of [
      [JSON.stringify({ level: 'info', message: `got ${JSON.stringify(body)}` }), null],
      [JSON.stringify({ headers, body: JSON.stringify(body), isBase64Encoded: false }), known],
      [
        JSON.stringify({
          multiValueHeaders: {
            'Response-Signature': ['abc='],
            'Content-Type': ['application/json'],
          },
          body,
        }),
        known,
      ],
      [
        inspect(
          { req: { rawHeaders: Object.entries(headers).flat(), method: 'POST', body } },
          { depth: 9 },
        ),
        known,
      ],
      [`{'META': {'HTTP_RESPONSE_SIGNATURE': 'abc='}, 'data': ${JSON.stringify(body)}}`, null],
      [
        `HTTP/2 200\r\ncontent-type: application/json\r\nresponse-signature: abc=\r\n\r\n${JSON.stringify(body)}`,
        known,
      ],
      [
        `< Content-Type: application/json\n< Response-Signature: abc=\n<\n* done\n${JSON.stringify(body)}`,
        known,
      ],
      [`headers=${JSON.stringify(headers)} body=${JSON.stringify(body)}`, known],
      [
        `INFO response-signature=abc= POST ${JSON.stringify(body)}`,
        { 'response-signature': 'abc=' },
      ],
    ] as const) {
      const { value, headers: found } = only(text);
      assert.deepEqual([value, found], [body, expected], text);
    }
    assert.deepEqual(valuesOf(JSON.stringify(headers)), [headers]);
    const records = [
      { body: JSON_RESULT },
      { body: '{"status":"Bad Request","message":"no"}' },
      { body: 'x' },
    ];
    assert.deepEqual(valuesOf(JSON.stringify({ Records: records })), [
      RESULT,
      { status: 'Bad Request', message: 'no' },
    ]);
  });

  it('has no value where it is source code or prose', () => {
    for (const text of [
      'if (a) { return b; }',
      'import { a, b } from "c"; for (;;) {}',
      '[2026-10-05] [INFO] {code} (see [1]) {}',
      'a {b} [c] "d": e',
      '{ /* nothing */ }',
      '',
    ]) {
      assert.deepEqual(readPastedText(text), { values: [], truncated: false }, text);
    }
    assert.deepEqual(valuesOf(`function f() { // as {"a": 1}\n  const x = {"b": 2}; }`), [
      { a: 1 },
      { b: 2 },
    ]);
  });

  it('never changes the prototype of an object', () => {
    for (const text of [
      '{"__proto__": {"a": 1}}',
      "{'__proto__': {'a': 1},}",
      inspect(JSON.parse('{"__proto__":{"a":1}}')),
    ]) {
      const { value } = only(text);
      assert.deepEqual(
        [Object.keys(value), Object.hasOwn(value, 'a'), value.a],
        [['__proto__'], false, undefined],
      );
    }
  });

  it('is read within limits', () => {
    const many = '{"a":1}\n'.repeat(300);
    assert.deepEqual(
      [readPastedText(many).values.length, readPastedText(many).truncated],
      [READING_LIMITS.pastedValues, true],
    );
    // What may be a response is not lost among other values.
    const last = readPastedText(many + JSON_RESULT);
    assert.deepEqual(
      [last.values.length, last.values.at(-1)?.value],
      [READING_LIMITS.pastedValues, RESULT],
    );
    const wide = readPastedText(`{"a":[${'1,'.repeat(READING_LIMITS.values + 9)}1]}`);
    assert.deepEqual([wide.truncated, wide.values.length, wide.values[0]?.cutOff], [true, 1, true]);
    const long = readPastedText(`${JSON_RESULT}${' '.repeat(READING_LIMITS.bytes)}{"b":1}`);
    assert.deepEqual([long.truncated, long.values.length], [true, 1]);
  });

  it('may be nested as deep as it likes', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['{a:[', ']}'],
      ['{"a":(', ')}'],
      ['f(', ')'],
    ] as const) {
      readPastedText(open.repeat(100_000) + '1' + close.repeat(100_000));
      readPastedText(`{"a":${open.repeat(100_000)}`);
    }
    const deep = only(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    assert.deepEqual(deep.notes, ['Objects and lists nested deeper than 200 levels are left out.']);
  });

  it('is read in time proportional to its length, at its real size', () => {
    for (const piece of [
      `INFO ${JSON_RESULT} took 3ms\n`,
      "{'a': 'b\n",
      '{"a":[1, "x\n',
      '{\\"a\\": 1}, ',
      '[k] => v\n',
    ]) {
      assertLinear({
        what: piece,
        size: 400_000,
        input: (size) => piece.repeat(size / piece.length),
        run: readPastedText,
      });
    }
  });

  it('never fails, whatever it is', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '(',
        ')',
        '"',
        "'",
        '`',
        '“',
        '”',
        '\\',
        '\\"',
        ',',
        ':',
        '=>',
        '=',
        '\n',
        ' ',
      ],
      ...[
        'a',
        '"a":',
        '[a] => ',
        'Array\n(\n',
        'array(',
        'string(3) "',
        'array(1) {',
        '["a"]=>',
        '...',
        '//',
        '/*',
        '#',
      ],
      ...[
        "u'x'",
        'None',
        '0810',
        '-',
        '{""a"":',
        '{&quot;a&quot;',
        '// ',
        '* ',
        '[Object]',
        '"""',
        '+',
        '<',
        '\ud83d',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        for (const { value, range } of readPastedText(text).values) {
          assert.ok(range.start < range.end && range.end <= text.length, text);
          JSON.stringify(value);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('A text that may be a response', () => {
  it('is one that names a field of one', () => {
    for (const text of [
      JSON_RESULT,
      "{'result_code': 1}",
      '{"status":"clear","job_id":"x","message":"y"}',
      '{"error":"x","code":"2215"}',
      '{status: "Bad Request", message: "consent is required"}',
      '[SmileJobID] => 1',
    ]) {
      assert.equal(mayBeResponse(text), true, text);
    }
    for (const text of [
      '',
      '{"status":"ok"}',
      '{"error":"x","code":"500"}',
      'the result is a code',
    ]) {
      assert.equal(mayBeResponse(text), false, text);
    }
  });
});
