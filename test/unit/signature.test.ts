import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sign, verify } from '../../src/core/smile/signature';

const KEY = 'sandbox-key-123';
const TIME = '2024-01-01T00:00:00.000Z';

/** Another text than `text`: one character is exchanged. */
function altered(text: string, at: number): string {
  const index = at % text.length;
  return text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);
}

describe('The request signature', () => {
  for (const [partnerId, timestamp, signature] of [
    ['100', TIME, 'ux+vjiiqOzXyN8yn0ppx0PnicPvyjXmGQ6lDs0djYRw='],
    ['085', TIME, 'TNebGcXIWRcOec9Ik5uKncWPSVfRdZW5KHWUfn/UOLE='],
    ['100', '2022-10-27 13:25:52 +0000', 'hpSLJXeUYvBEYbYTYA0Z/d3mOqDU+93yaI3DDmvi+qw='],
  ] as const) {
    it(`of partner ${partnerId} at ${timestamp} is the published one`, async () => {
      assert.deepEqual(await sign(KEY, partnerId, timestamp), { timestamp, signature });
      assert.equal(await verify(KEY, partnerId, { timestamp, signature }), true);
    });
  }

  it('is always 44 characters of padded base64 and verifies', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (key, partnerId, timestamp) => {
        const signed = await sign(key, partnerId, timestamp);
        assert.match(signed.signature, /^[A-Za-z0-9+/]{43}=$/);
        assert.equal(await verify(key, partnerId, signed), true);
      }),
    );
  });

  it('keeps the leading zeros of a partner ID', async () => {
    const signed = await sign(KEY, '085', TIME);
    assert.equal(await verify(KEY, '85', signed), false);
  });

  it('is refused with another key, partner or time', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.nat(), async (key, partnerId, timestamp, at) => {
        const { signature } = await sign(key, partnerId, timestamp);
        const accepted = await Promise.all([
          verify(altered(key, at), partnerId, { timestamp, signature }),
          verify(key, altered(partnerId, at), { timestamp, signature }),
          verify(key, partnerId, { timestamp: altered(timestamp, at), signature }),
        ]);
        assert.deepEqual(accepted, [false, false, false]);
      }),
    );
  });

  it('is refused with any one bit flipped', async () => {
    const { signature } = await sign(KEY, '100', TIME);
    const bytes = Buffer.from(signature, 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      const forged = { timestamp: TIME, signature: flipped.toString('base64') };
      assert.equal(await verify(KEY, '100', forged), false, `bit ${bit}`);
    }
  });

  it('is refused in another length or alphabet', async () => {
    const { signature } = await sign(KEY, '100', TIME);
    const hex = Buffer.from(signature, 'base64').toString('hex');
    for (const other of ['', '=', signature.slice(0, -1), `${signature}=`, ` ${signature}`, hex]) {
      const forged = { timestamp: TIME, signature: other };
      assert.equal(await verify(KEY, '100', forged), false, other);
    }
  });
});
