import assert from 'node:assert/strict';
import type { Arrival } from '../../src/core/webhooks/delivery';
import { deliveryText } from '../../src/core/webhooks/deliveryText';
import { answerWords, deliveryWords, signatureWords } from '../../src/core/webhooks/deliveryWords';
import { behaviorWords, refusedWords } from '../../src/core/webhooks/receiverWords';
import { arrivalOf, at, CLEAR, newDeliveries, received, v3Headers } from '../support/webhooks';

const shown = async (...arrivals: readonly Arrival[]) =>
  (await received(...arrivals)).map(deliveryWords).reverse();

describe('The words for a delivery', () => {
  it('are what it says, and how often it came', async () => {
    const headers = await v3Headers();
    const again = arrivalOf(CLEAR, headers);
    const anew = arrivalOf(CLEAR, await v3Headers(at(1)));
    const block = arrivalOf({ ...CLEAR, status: 'block' }, await v3Headers(at(2)));
    assert.deepEqual(await shown(again, again, again, anew, block), [
      { label: 'Approved', remarks: [] },
      { label: 'Approved', remarks: ['try 2'] },
      { label: 'Approved', remarks: ['try 3'] },
      { label: 'Approved', remarks: ['same as #1'] },
      { label: 'Rejected', remarks: [] },
    ]);
  });

  it('begin with what is wrong, and never with a result that is not proven', async () => {
    const headers = await v3Headers(at(3));
    const forged = { ...headers, 'response-signature': 'AAAA' };
    assert.deepEqual(
      await shown(
        arrivalOf(CLEAR, forged),
        arrivalOf({ ...CLEAR, status: 'block' }),
        arrivalOf(CLEAR, headers),
        arrivalOf({ ...CLEAR, status: 'block' }, headers),
        arrivalOf('{"status":', { 'content-type': 'text/html' }),
      ),
      [
        { label: 'Signature invalid', remarks: ['says Approved'] },
        { label: 'Not signed', remarks: ['says Rejected'] },
        { label: 'Signature reused', remarks: ['says Approved'] },
        { label: 'Signature reused', remarks: ['says Rejected'] },
        { label: 'Not signed', remarks: ['Not readable', 'not application/json'] },
      ],
    );
  });

  it('say that a signed one cannot be read, or is of another kind', async () => {
    assert.deepEqual(
      await shown(
        arrivalOf('{', await v3Headers(at(1))),
        arrivalOf({ hello: 1 }, await v3Headers(at(2))),
        arrivalOf({ error: 'No', code: '2204' }, await v3Headers(at(3))),
      ),
      [
        { label: 'Not readable', remarks: [] },
        { label: 'Unknown content', remarks: [] },
        { label: 'Error response', remarks: [] },
      ],
    );
  });

  it('name the signature and what was answered', async () => {
    const [delivery] = await received(arrivalOf(CLEAR, await v3Headers()));
    assert.ok(delivery);
    assert.deepEqual(
      [
        signatureWords(delivery),
        ...(['valid', 'invalid', 'missing', 'unsigned', 'unknown'] as const).map((signature) =>
          signatureWords({ signature, signedBy: null }),
        ),
        ...[
          null,
          { kind: 'status', status: 503, afterMs: 1 } as const,
          { kind: 'dropped', afterMs: 1 } as const,
          { kind: 'client left', afterMs: 1 } as const,
        ].map(answerWords),
      ],
      [
        'signed by Acme',
        ...['signature valid', 'signature invalid', 'not signed', 'never signed'],
        ...['signature not checked', 'no response yet', 'HTTP 503', 'connection closed'],
        'sender did not wait',
      ],
    );
  });
});

describe('The words for the receiver', () => {
  it('say how it responds', () => {
    assert.deepEqual(
      [
        { kind: 'answer', status: 500, delayMs: 0 } as const,
        { kind: 'answer', status: 200, delayMs: 40_000 } as const,
        { kind: 'drop', delayMs: 0 } as const,
        { kind: 'endpoint', delayMs: 0, responseTo: () => Promise.resolve(null) } as const,
      ].map(behaviorWords),
      ['HTTP 500', 'HTTP 200 after 40 s', 'no response', 'what your endpoint responds'],
    );
  });

  it('have a reason for each kind of refusal', () => {
    const { deliveries } = newDeliveries();
    const { refused } = deliveries.counts;
    const all = Object.fromEntries(Object.keys(refused).map((kind) => [kind, 2]));
    assert.equal(refusedWords(refused), '');
    const words = refusedWords({ ...refused, ...all }).split(', ');
    assert.deepEqual(
      [words.length, new Set(words).size, words[0]],
      [Object.keys(refused).length, Object.keys(refused).length, '2 × wrong path'],
    );
  });
});

describe('The text of a delivery that no panel can show', () => {
  it('says why, and has headers and body without what may be personal or can sign', async () => {
    const signed = await v3Headers();
    const headers = { 'content-type': 'text/plain', ...signed, cookie: 'a=secret' };
    const [delivery] = await received(arrivalOf('status clear of Ada Lovelace', headers));
    assert.ok(delivery);
    const { redacted, personal } = await deliveryText(delivery);
    const signature = String(signed['response-signature']);
    assert.deepEqual(redacted.split('\n').slice(1), [
      '',
      'The content type is not application/json.',
      'The body is not a JSON object: Text, 28 bytes.',
      '',
      'Signature: signed by Acme',
      'Response: no response yet',
      'Body: 28 bytes',
      `SHA-256: ${delivery.sha256}`,
      '',
      'Headers:',
      '  content-type: text/plain',
      '  response-timestamp: 2026-03-01T12:00:00.000Z',
      `  response-signature: [redacted], length ${signature.length}`,
      '  job-id: [redacted], length 30',
      '  cookie: [redacted], length 8',
      '',
      'Body, without what may be personal:',
      'status clear of [redacted]',
    ]);
    assert.ok(personal.endsWith('\nstatus clear of Ada Lovelace'));
    for (const secret of [signature, 'a=secret']) assert.ok(!personal.includes(secret));
  });

  it('shows JSON of another kind by its fields, redacted', async () => {
    const [delivery] = await received(arrivalOf({ hello: 'Ada', code: '0810' }));
    assert.ok(delivery);
    const { redacted } = await deliveryText(delivery);
    assert.ok(redacted.includes('a JSON object, but none that Smile ID is known to send'));
    assert.ok(redacted.endsWith('{\n  "field_1": "[redacted]",\n  "code": "0810"\n}\n'));
  });
});
