import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readPastedText } from '../../src/core/smile/pastedText';
import { jsonObjects } from '../support/jsonValues';
import { hasTool, output } from '../support/languageTools';

const END = '=== end of value ===';

/** How a language prints a value; the program prints each value of a list, with END after it. */
interface Dump {
  readonly language: string;
  readonly command: string;
  readonly fileName: string;
  readonly by: string;
  /** Code around the values, which are a list in JSON, in base64. */
  readonly program: (values: string) => string;
  readonly form: string;
  readonly keys?: fc.Arbitrary<string>;
}

const python =
  (print: string) =>
  (values: string): string =>
    `import base64, json, pprint
for value in json.loads(base64.b64decode('${values}')):
    ${print}
    print('${END}')`;
const php =
  (print: string) =>
  (values: string): string =>
    `<?php foreach (json_decode(base64_decode('${values}')) as $value) { ${print}; echo "\\n${END}\\n"; }`;
const ruby =
  (print: string) =>
  (values: string): string =>
    `require 'json'; require 'pp'
JSON.parse('${values}'.unpack1('m')).each { |value| ${print}; puts '${END}' }`;
const node =
  (print: string) =>
  (values: string): string =>
    `const { inspect } = require('node:util');
const options = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
for (const value of JSON.parse(Buffer.from('${values}', 'base64'))) { ${print}; console.log('${END}'); }`;

/** Without what PHP forbids in names, and what var_dump does not escape. */
const plainKeys = fc.oneof(
  fc.constantFrom('Result', 'a b', '0', '1', '10', 'é', "it's", 'x-y', '__proto__', '$ref'),
  fc.string({
    unit: fc.constantFrom('a', 'Z', '_', '9', ' ', '.', '😀'),
    minLength: 1,
    maxLength: 6,
  }),
);

const DUMPS: readonly Dump[] = [
  ...[
    { by: 'print', program: python('print(value)') },
    { by: 'pprint', program: python('pprint.pprint(value, width=40)') },
  ].map((dump) => ({
    ...{ language: 'python', command: 'python3', fileName: 'dump.py', form: 'Python' },
    ...dump,
  })),
  ...[
    { by: 'var_dump', program: php('var_dump($value)') },
    { by: 'var_export', program: php('var_export($value)') },
  ].map((dump) => ({
    ...{ language: 'php', command: 'php', fileName: 'dump.php', form: 'PHP', keys: plainKeys },
    ...dump,
  })),
  ...[
    { by: 'p', program: ruby('p value') },
    { by: 'pp', program: ruby('pp value') },
  ].map((dump) => ({
    ...{ language: 'ruby', command: 'ruby', fileName: 'dump.rb', form: 'Ruby' },
    ...dump,
  })),
  ...[
    { by: 'inspect', program: node('console.log(inspect(value, options))') },
    {
      by: 'inspect on one line',
      program: node('console.log(inspect(value, { ...options, breakLength: Infinity }))'),
    },
  ].map((dump) => ({
    ...{
      language: 'javascript',
      command: process.execPath,
      fileName: 'dump.cjs',
      form: 'JavaScript',
    },
    ...dump,
  })),
];

const dumpsOf = ({ command, fileName, program }: Dump, values: readonly object[]): string[] =>
  output(command, fileName, program(Buffer.from(JSON.stringify(values)).toString('base64')))
    .split(`${END}\n`)
    .slice(0, -1);

describe('A value that a program prints', () => {
  for (const dump of DUMPS) {
    it(`is read back as it was, from ${dump.by} of ${dump.language}`, function () {
      if (!hasTool(dump.language)) this.skip();
      const values = fc.sample(jsonObjects(dump.keys), 400);
      for (const [at, text] of dumpsOf(dump, values).entries()) {
        const { values: read, truncated } = readPastedText(text);
        assert.deepEqual(
          { read: read.map(({ value, cutOff }) => ({ value, cutOff })), truncated },
          { read: [{ value: values[at], cutOff: false }], truncated: false },
          text,
        );
      }
    });
  }
});
