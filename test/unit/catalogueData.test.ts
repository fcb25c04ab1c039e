import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import * as z from 'zod/mini';
import { CERTAINTIES } from '../../src/core/catalogue/types';
import { catalogueRows } from '../support/catalogueRows';
import { ROOT } from '../support/root';

const FOLDER = join(ROOT, 'src/core/catalogue');
const read = (name: string): unknown => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));

describe('The catalogue as data', () => {
  for (const name of ['codes', 'actions', 'jobTypes']) {
    it(`${name}.json follows its schema, and names it`, () => {
      const schema = z.record(z.string(), z.unknown()).parse(read(`${name}.schema.json`));
      const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);
      const data = z.looseObject({ $schema: z.string() }).parse(read(`${name}.json`));
      validate(data);
      assert.deepEqual(validate.errors ?? [], []);
      assert.equal(data.$schema, `./${name}.schema.json`);
    });

    it(`the schema of ${name}.json refuses unknown fields and wrong values`, () => {
      const schema = z.record(z.string(), z.unknown()).parse(read(`${name}.schema.json`));
      const validate = new Ajv({ strict: true }).compile(schema);
      const data = z.looseObject({}).parse(read(`${name}.json`));
      const [list = ''] = Object.keys(data).filter((key) => Array.isArray(data[key]));
      const [first, ...others] = z.array(z.looseObject({})).parse(data[list]);
      for (const change of [
        { sources: '' },
        { certainty: 'inferred' },
        { guess: true },
        { checked: 'August' },
      ]) {
        assert.equal(validate({ ...data, [list]: [{ ...first, ...change }, ...others] }), false);
      }
    });
  }

  it('gives every entry a source that is written out, a date, and a certainty that is not a guess', () => {
    const rows = catalogueRows();
    const stated = new Set<string>(CERTAINTIES);
    stated.delete('by the prefix rule'); // no entry has it
    assert.ok(rows.length > 120, `${rows.length} rows`);
    for (const { what, id, sources, date, certainty } of rows) {
      const name = `${what} ${id}`;
      assert.ok(sources.length > 0, name);
      for (const source of sources) assert.match(source, / |^https:/, name);
      assert.match(date, /^20\d\d-(?:0[1-9]|1[0-2])$/, name);
      assert.ok(stated.has(certainty), name);
    }
  });

  it('is printed as a table for review, as a whole or for one code', () => {
    const row = catalogueRows().find(({ id }) => id === '0820');
    assert.deepEqual(table('0820', '--markdown'), {
      status: 0,
      stdout: `| what | id | outcome | status | category | lifecycle | products | label | meaning | nextStep | resubmit | conflict | certainty | date | sources |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| result | 0820 | approved |  | Approved |  | SmartSelfie Authentication | Authenticate User / Machine Judgement - PASS | The machine matched the selfie with the enrolled one. | Let the user in. |  |  | documented | 2026-11 | ${row?.sources.join('; ') ?? ''} |

1 entry: 1 documented
`,
      stderr: '',
    });
    const { stdout } = table('--wide');
    const lines = stdout.trim().split('\n');
    assert.equal(lines.length, catalogueRows().length + 3);
    assert.deepEqual(table('9999'), {
      status: 1,
      stdout: '',
      stderr: 'The catalogue has no entry "9999".\n',
    });
  });
});

function table(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const script = join(ROOT, 'test/support/catalogueTable.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', script, ...args],
    { encoding: 'utf8', cwd: ROOT },
  );
  return { status, stdout, stderr };
}
