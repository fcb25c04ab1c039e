import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Attempts, hasPassed, replayVerdict } from '../../src/core/webhooks/attempts';
import type { Attempt, AttemptOutcome } from '../../src/core/webhooks/attempts';
import { replayVerdictText } from '../../src/core/webhooks/endpointWords';
import type { DeliveryNote } from '../../src/core/webhooks/delivery';
import {
  expectedOf,
  Forwarding,
  type ReceivedDelivery,
  type WebhookSender,
} from '../../src/core/webhooks/forwarding';
import type { SignatureState } from '../../src/core/smile/outcome';
import { Endpoint } from '../../src/node/webhooks/endpoint';
import { systemClock } from '../../src/core/clock';
import { FakeClock, MemoryLog } from '../support/fakes';
import { freeAddress, startStub, type StubServer } from '../support/stubServer';
import { until } from '../support/until';

const responded = (status: number): AttemptOutcome => ({
  kind: 'responded',
  status,
  ms: 5,
  headers: {},
  body: '',
  isCut: false,
});
const MOVED: AttemptOutcome = { kind: 'redirected', status: 302, ms: 5, location: null };
const LATE: AttemptOutcome = { kind: 'failed', cause: 'timeout', ms: 35_000 };
const STOPPED: AttemptOutcome = { kind: 'stopped' };
const REFUSED: AttemptOutcome = { kind: 'not allowed', refusal: 'not private' };

const attempt = (outcome: AttemptOutcome, url = 'http://localhost:3000/'): Attempt => ({
  kind: 'replay',
  url,
  at: new Date('2026-03-01T12:00:00.000Z'),
  outcome,
});

describe('A replay', () => {
  it('fixes, regresses, still fails or still passes, against the last attempt', () => {
    const fails = [responded(500), responded(404), MOVED, LATE];
    const passes = [responded(200), responded(204)];
    for (const failing of fails) {
      for (const passing of passes) {
        assert.deepEqual(
          [
            replayVerdict(failing, passing),
            replayVerdict(passing, failing),
            replayVerdict(failing, failing),
            replayVerdict(passing, passing),
          ],
          ['fixed', 'regressed', 'still failing', 'still passing'],
        );
      }
    }
  });

  it('of a webhook that must be refused passes with 4xx', () => {
    const all = [responded(200), responded(401), responded(500), MOVED, LATE];
    assert.deepEqual(
      [
        all.map((each) => hasPassed(each, 'refused')),
        all.map((each) => hasPassed(each, 'either')),
        all.map((each) => hasPassed(each)),
      ],
      [
        [false, true, false, false, false],
        [true, true, false, false, false],
        [true, false, false, false, false],
      ],
    );
    assert.equal(replayVerdict(responded(200), responded(401), 'refused'), 'fixed');
  });

  it('that did not take place has no verdict', () => {
    for (const none of [STOPPED, REFUSED]) {
      assert.deepEqual(
        [replayVerdict(none, responded(200)), replayVerdict(responded(200), none)],
        [null, null],
      );
    }
  });

  it('is said in words', () => {
    assert.deepEqual(
      (['fixed', 'regressed', 'still failing', 'still passing'] as const).map(replayVerdictText),
      [
        'Fixed: the attempt before failed.',
        'Regressed: the attempt before passed.',
        'Still failing, as in the attempt before.',
        'Still passing, as in the attempt before.',
      ],
    );
  });
});

describe('The attempts of deliveries', () => {
  it('are compared with the last one at the same address that took place', () => {
    const attempts = new Attempts(new MemoryLog());
    const other = 'http://localhost:4000/';
    assert.deepEqual(
      [
        attempts.add('1', attempt(responded(500))),
        attempts.add('1', attempt(responded(200), other)),
        attempts.add('1', attempt(STOPPED)),
        attempts.add('1', attempt(responded(200))),
        attempts.add('2', attempt(responded(500))),
        attempts.add('1', attempt(responded(500), other)),
      ],
      [null, null, null, 'fixed', null, 'regressed'],
    );
    assert.equal(attempts.of('1').length, 5);
    assert.deepEqual(
      attempts.of('1').map(({ verdict }) => verdict),
      [null, null, null, 'fixed', 'regressed'],
    );
    attempts.clear();
    assert.deepEqual([attempts.of('1'), attempts.of('2')], [[], []]);
  });

  it('are kept of the 200 deliveries that were tried last, 20 of each', () => {
    const attempts = new Attempts(new MemoryLog());
    for (let count = 0; count < 30; count += 1)
      attempts.add('first', attempt(responded(200 + count)));
    assert.deepEqual(
      attempts.of('first').map(({ outcome }) => outcome.kind === 'responded' && outcome.status),
      Array.from({ length: 20 }, (_, index) => 210 + index),
    );
    for (let count = 0; count < 199; count += 1) attempts.add(`${count}`, attempt(responded(200)));
    attempts.add('first', attempt(responded(200)));
    attempts.add('last', attempt(responded(200)));
    assert.deepEqual(
      ['first', '0', '1', 'last'].map((id) => attempts.of(id).length),
      [20, 0, 1, 1],
    );
  });
});

describe('What a handler should do with a delivery', () => {
  it('is to accept what is verified, and to refuse what has no valid signature', () => {
    const alarm = { kind: 'other body', isAlarm: true, label: '', text: '' } as const;
    const of = (signature: SignatureState, notes: readonly DeliveryNote[] = []) =>
      expectedOf({ signature, notes });
    assert.deepEqual(
      [of('valid'), of('invalid'), of('missing'), of('unknown'), of('valid', [alarm])],
      // it may have the key that is not stored here, and need not know which body was first
      ['accepted', 'refused', 'refused', 'either', 'either'],
    );
  });
});

describe('A delivery that is passed on', () => {
  const BYTES = Uint8Array.from([0x7b, 0x22, 0xff, 0x5c, 0x2f, 0x0d, 0x0a, 0x7d]);
  const DELIVERY: ReceivedDelivery = {
    id: '1',
    body: BYTES,
    expected: 'accepted',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'response-signature': 'a+b/c=',
      'response-timestamp': '2026-03-01T12:00:00.000Z',
      'job-id': 'job_1',
      'user-id': 'user_1',
      'api-version': 'v3.952.0',
      'user-agent': 'axios',
      host: 'tunnel.example',
      cookie: 'session=secret',
      authorization: 'Bearer secret',
      'smileid-api-key': 'secret',
      'smileid-token': 'secret',
      'x-forwarded-for': '203.0.113.1',
      'content-length': '1',
      'transfer-encoding': 'chunked',
      connection: 'keep-alive',
    },
  };
  let stub: StubServer;
  let attempts: Attempts;
  let forwarding: Forwarding;
  let status: number;
  let release: (() => void) | null;
  const got: { hash: string; headers: Record<string, unknown> }[] = [];

  beforeEach(async () => {
    got.length = 0;
    status = 200;
    release = null;
    attempts = new Attempts(new MemoryLog());
    forwarding = new Forwarding(new Endpoint(systemClock), attempts, new FakeClock());
    stub = await startStub((request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => hash.update(chunk));
      request.on('end', () => {
        got.push({ hash: hash.digest('hex'), headers: request.headers });
        const respond = () => response.writeHead(status).end('of the handler');
        if (release) release = respond;
        else respond();
      });
    });
  });
  afterEach(() => stub.stop());
  const url = () => new URL('/hook', stub.url);

  it('has the same bytes, and the headers that Smile ID sends', async () => {
    await forwarding.forward('1', () => DELIVERY, url());
    await forwarding.attempt('replay', DELIVERY, url());
    const { host } = url();
    const same = {
      hash: createHash('sha256').update(BYTES).digest('hex'),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'response-signature': 'a+b/c=',
        'response-timestamp': '2026-03-01T12:00:00.000Z',
        'job-id': 'job_1',
        'user-id': 'user_1',
        'api-version': 'v3.952.0',
        'user-agent': 'axios',
        host,
        'content-length': '8',
        connection: 'close',
      },
    };
    assert.deepEqual(got, [same, same]);
  });

  it('is right when refused, if it has no valid signature', async () => {
    const forged: ReceivedDelivery = { ...DELIVERY, expected: 'refused' };
    await forwarding.attempt('replay', forged, url());
    status = 401;
    assert.equal((await forwarding.attempt('replay', forged, url())).verdict, 'fixed');
  });

  it('is an attempt, once the handler has responded', async () => {
    status = 500;
    release = () => undefined;
    const waiting = release;
    const made = forwarding.forward('1', () => DELIVERY, url());
    await until('the handler', () => (release === waiting ? undefined : release));
    assert.deepEqual(attempts.of('1'), []);
    release();
    const whole = (await made) ?? assert.fail();
    assert.deepEqual(attempts.of('1'), [whole]);
    const { outcome, ...attempt } = whole;
    const { ms, ...responded } = outcome.kind === 'responded' ? outcome : assert.fail();
    assert.ok(ms >= 0);
    assert.deepEqual(
      { attempt, responded },
      {
        attempt: {
          kind: 'forward',
          url: url().href,
          at: new Date('2026-03-01T12:00:00.000Z'),
          verdict: null,
        },
        responded: {
          kind: 'responded',
          status: 500,
          headers: {},
          body: 'of the handler',
          isCut: false,
        },
      },
    );
  });

  it('has the response of the handler, also later, 502 if there is none, and null if it was not passed on', async () => {
    const through = async (id: string, target: URL) => {
      const made = forwarding.forward(id, () => ({ ...DELIVERY, id }), target);
      const during = await forwarding.responseTo(id);
      await made;
      assert.deepEqual(await forwarding.responseTo(id), during);
      return during;
    };
    status = 401;
    const refused = await through('1', url());
    status = 302;
    const moved = await through('2', url());
    const nobody = await through('3', new URL(await freeAddress()));
    const foreign = await through('4', new URL('https://example.com/'));
    await forwarding.attempt('replay', { ...DELIVERY, id: '5' }, url());
    assert.deepEqual(
      [refused, moved, nobody, foreign, await forwarding.responseTo('5')],
      [
        { status: 401, body: 'of the handler' },
        { status: 302, body: '' },
        { status: 502, body: '' },
        { status: 502, body: '' },
        null,
      ],
    );
  });

  it('shows in a replay whether the handler is fixed', async () => {
    status = 500;
    await forwarding.forward('1', () => DELIVERY, url());
    const verdicts: unknown[] = [];
    for (status of [500, 200, 200, 404]) {
      verdicts.push((await forwarding.attempt('replay', DELIVERY, url())).verdict);
    }
    assert.deepEqual(verdicts, ['still failing', 'fixed', 'still passing', 'regressed']);
  });

  it('is not waited for any more once it ends', async () => {
    release = () => undefined;
    const waiting = release;
    const made = forwarding.attempt('replay', DELIVERY, url());
    await until('the handler', () => (release === waiting ? undefined : release));
    forwarding.dispose();
    const { outcome, verdict } = await made;
    assert.deepEqual([outcome, verdict], [STOPPED, null]);
  });

  it('waits while 20 others are passed on, without its body, and is not sent if it is not wanted then', async () => {
    const ends: (() => void)[] = [];
    const read: string[] = [];
    const sender: WebhookSender = {
      post: () =>
        new Promise((resolve) => {
          ends.push(() => {
            resolve(STOPPED);
          });
        }),
    };
    const many = new Forwarding(sender, new Attempts(new MemoryLog()), new FakeClock());
    const made = Array.from({ length: 50 }, (_, at) => {
      const id = String(at);
      const wanted = () => {
        read.push(id);
        return at < 25 ? { ...DELIVERY, id } : null;
      };
      return many.forward(id, wanted, url());
    });
    const first = read.length;
    const kept: number[] = [first, ends.length];
    for (let at = 0; at < 25; at += 1) (await until('one to be sent', () => ends[at]))();
    const outcomes = await Promise.all(made);
    assert.deepEqual(
      [...kept, read.length, outcomes.filter((one) => one !== null).length],
      [20, 20, 50, 25],
    );
  });
});
