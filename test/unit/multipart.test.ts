import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MultipartReader, type Form } from '../../src/node/simulator/multipart';
import { assertLinear } from '../support/growth';

type Read = Form | 'malformed' | 'too large';

function read(contentType: string, body: Buffer, pieces: readonly number[] = []): Read {
  const reader = MultipartReader.of(contentType) ?? assert.fail(contentType);
  let at = 0;
  for (const size of pieces) {
    reader.push(body.subarray(at, at + size));
    at += size;
  }
  reader.push(body.subarray(at));
  return reader.end();
}

const OF_X = 'multipart/form-data; boundary=X';
const readText = (text: string, contentType = OF_X): Read =>
  read(contentType, Buffer.from(text.replaceAll('\n', '\r\n')));

/** What Node's own FormData makes of it. */
async function encoded(form: FormData): Promise<{ type: string; body: Buffer }> {
  const response = new Response(form);
  const type = response.headers.get('content-type') ?? '';
  return { type, body: Buffer.from(await response.arrayBuffer()) };
}

const part = (name: string, value = ''): string =>
  `--X\nContent-Disposition: form-data; name="${name}"\n\n${value}\n`;

describe('The multipart reader', () => {
  it('reads what Node sends, in whatever pieces it comes', async () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/);
    // A boundary of Node starts with these characters, and so may a text.
    const value = fc.string({ unit: fc.constantFrom('\r', '\n', '-', 'X', 'é', '"', ';') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, value), { maxLength: 5 }),
        fc.array(fc.tuple(name, fc.uint8Array({ maxLength: 200 })), { maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 40 }),
        async (texts, files, pieces) => {
          const form = new FormData();
          for (const [key, text] of texts) form.append(key, text);
          for (const [key, bytes] of files) {
            form.append(key, new Blob([bytes], { type: 'image/jpeg' }), `${key}.jpg`);
          }
          const { type, body } = await encoded(form);
          const byName = new Map<string, { type: string; bytes: number }[]>();
          for (const [key, { length }] of files) {
            byName.set(key, [...(byName.get(key) ?? []), { type: 'image/jpeg', bytes: length }]);
          }
          assert.deepEqual(read(type, body, pieces), {
            // FormData sends each line break of a text as two characters.
            texts: new Map(
              texts.map(([key, text]) => [key, text.replace(/\r\n|\r|\n/g, '\r\n')] as const),
            ),
            files: byName,
            bytes: body.length,
          });
        },
      ),
    );
  });

  it('reads boundaries in quotes, empty parts, and what comes after the end', () => {
    // a boundary inside a text ends it
    assert.equal(readText(`${part('a')}${part('b', 'x\n--Xy')}--X--\nepilogue`), 'malformed');
    const { bytes, ...form } = formOf(
      readText(
        `${part('a')}${part('b', 'x\n--y')}--X--\nepilogue`,
        'Multipart/Form-Data;boundary="X"',
      ),
    );
    assert.ok(bytes > 100);
    assert.deepEqual(form, {
      texts: new Map([
        ['a', ''],
        ['b', 'x\r\n--y'],
      ]),
      files: new Map(),
    });
  });

  it('keeps the last of several texts of one name', () => {
    const { texts } = formOf(readText(`${part('a', '1')}${part('a', '2')}--X--`));
    assert.deepEqual(texts, new Map([['a', '2']]));
  });

  it('takes a part with a file name for a file, even without a type', () => {
    const { texts, files } = formOf(
      readText('--X\ncontent-disposition: form-data; name="a"; filename="b"\n\nabc\n--X--'),
    );
    assert.deepEqual([texts.size, files], [0, new Map([['a', [{ type: '', bytes: 3 }]]])]);
  });

  for (const [what, text, contentType] of [
    ['an empty body', ''],
    ['a type without a boundary', `${part('a')}--X--`, 'multipart/form-data'],
    ['another boundary', `${part('a')}--X--`, 'multipart/form-data; boundary=Y'],
    ['something before the first boundary', `hello\n${part('a')}--X--`],
    ['no last boundary', part('a')],
    ['a last boundary that is cut off', `${part('a')}--X-`],
    ['a part without a name', '--X\nContent-Disposition: form-data\n\n\n--X--'],
    ['a part of another kind', '--X\nContent-Disposition: attachment; name="a"\n\n\n--X--'],
    ['a part without headers', '--X\n\nabc\n--X--'],
    ['text after a boundary', '--X hello\nContent-Disposition: form-data; name="a"\n\n\n--X--'],
    ['headers without an end', `--X\nContent-Disposition: form-data; name="a"${'x'.repeat(9000)}`],
    ['more than 100 parts', `${part('a').repeat(101)}--X--`],
  ] as const) {
    it(`does not take ${what}`, () => {
      assert.equal(readText(text, contentType), 'malformed');
    });
  }

  it('takes texts of 64 KB together, and not more', () => {
    const half = 'x'.repeat(32 * 1024);
    const form = (more: string): Read =>
      readText(`${part('a', half)}${part('b', half + more)}--X--`);
    assert.deepEqual([formOf(form('')).texts.size, form('x')], [2, 'too large']);
  });

  it('is for no other type', () => {
    for (const type of [
      '',
      'application/json',
      'multipart/mixed; boundary=X',
      'xmultipart/form-data',
    ]) {
      assert.equal(MultipartReader.of(type), null, type);
    }
  });

  it('reads in time that grows as the body does, also if it is full of half boundaries', () => {
    const head = '--X\nContent-Disposition: form-data; name="a"; filename="b"\n\n';
    assertLinear({
      size: 500_000,
      input: (size) => Buffer.from(`${head}${'\n--'.repeat(size)}\n--X--`.replaceAll('\n', '\r\n')),
      run: (body) => read(OF_X, body, Array<number>(body.length >> 10).fill(1024)),
    });
  });
});

function formOf(result: Read): Form {
  return typeof result === 'object' ? result : assert.fail(result);
}
