import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { BlockList, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { systemClock, type Clock } from '../../src/core/clock';
import type { AttemptOutcome } from '../../src/core/webhooks/attempts';
import { checkEndpoint, isPrivateAddress } from '../../src/core/webhooks/endpointAddress';
import { healthProblem, nextOfSmileID, outcomeText } from '../../src/core/webhooks/endpointWords';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { Endpoint, type EndpointOptions } from '../../src/node/webhooks/endpoint';
import { SteppedClock } from '../support/fakes';
import { startRawServer, type RawServer } from '../support/rawServer';
import { freeAddress, startStub, type StubServer } from '../support/stubServer';
import { until } from '../support/until';

const never = new AbortController().signal;
const WEBHOOK = { body: '{"ResultCode":"0810"}', headers: { 'Content-Type': 'application/json' } };

/** Time stands still while something is sent, so that durations are known; a probe of a silent port ends at once. */
const still: Clock = {
  now: () => new Date('2026-03-01T12:00:00.000Z'),
  sleep: (ms, signal) => systemClock.sleep(ms === 2000 ? 50 : ms, signal),
};
const endpoint = (options?: EndpointOptions, clock = still): Endpoint =>
  new Endpoint(clock, options);

const post = (
  url: string,
  {
    options,
    webhook = WEBHOOK,
  }: { options?: EndpointOptions; webhook?: Parameters<Endpoint['post']>[1] } = {},
): Promise<AttemptOutcome> => endpoint(options).post(new URL(url), webhook, never);

const healthOf = async (url: string, options?: EndpointOptions): Promise<string | null> =>
  healthProblem(await endpoint(options).health(new URL(url), never), new URL(url));

const failed = (cause: string) => ({ kind: 'failed', cause, ms: 0 });
const refused = (refusal: string) => ({ kind: 'not allowed', refusal });
const responded = (status: number, body = '', more = {}) => ({
  kind: 'responded',
  status,
  ms: 0,
  headers: {},
  body,
  isCut: false,
  ...more,
});

/** Counts how often the time is taken: when an attempt begins, and when its status comes. */
class CountedClock extends SteppedClock {
  reads = 0;

  override now(): Date {
    this.reads += 1;
    return super.now();
  }
}

describe('The endpoint of test webhooks', () => {
  let stub: StubServer | undefined;
  let raw: RawServer | undefined;

  afterEach(async () => {
    await stub?.stop();
    await raw?.stop();
    stub = undefined;
    raw = undefined;
  });

  async function handler(
    respond: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<string> {
    stub = await startStub(respond);
    return new URL('/hook?a=1&b=%20', stub.url).href;
  }

  async function rawServer(respond: RawServer['respond']): Promise<string> {
    raw = await startRawServer();
    raw.respond = respond;
    return `http://${raw.host}/hook`;
  }

  it('gets exactly these bytes and headers, at the whole address', async () => {
    const got: unknown[] = [];
    const url = await handler((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, rawHeaders } = request;
        got.push({ method, path, rawHeaders, body: Buffer.concat(chunks) });
        response.end();
      });
    });
    const body = Uint8Array.from([0x7b, 0xff, 0x00, 0xe2, 0x82, 0x7d]);
    await post(url, {
      webhook: { body, headers: { 'Job-ID': 'x', 'Response-Signature': 'a+b=' } },
    });
    await post(url, { webhook: { body: '{"name":"Zoë €"}', headers: {} } });
    const host = new URL(url).host;
    const own = (length: number) => [
      'Host',
      host,
      'Content-Length',
      String(length),
      'Connection',
      'close',
    ];
    assert.deepEqual(got, [
      {
        method: 'POST',
        path: '/hook?a=1&b=%20',
        rawHeaders: ['Job-ID', 'x', 'Response-Signature', 'a+b=', ...own(6)],
        body: Buffer.from(body),
      },
      {
        method: 'POST',
        path: '/hook?a=1&b=%20',
        rawHeaders: own(19),
        body: Buffer.from('{"name":"Zoë €"}'),
      },
    ]);
  });

  it('is shown with status, explaining headers and body of its response', async () => {
    const url = await handler((_request, response) => {
      response.writeHead(422, {
        'content-type': 'text/html',
        'set-cookie': 'id=secret',
        'x-own': '1',
      });
      response.end('<h1>No</h1>');
    });
    assert.deepEqual(
      await post(url),
      responded(422, '<h1>No</h1>', { headers: { 'content-type': 'text/html' } }),
    );
  });

  it('is read up to 8 KB, and then the connection ends', async () => {
    let closed = false;
    const url = await handler((_request, response) => {
      response.on('close', () => (closed = true));
      const more = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    assert.deepEqual(await post(url), responded(200, 'x'.repeat(8192), { isCut: true }));
    await until('the end of the connection', () => closed || undefined);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`is not left for the target of a redirect (${status})`, async () => {
      const url = await handler((_request, response) => {
        response.writeHead(status, { location: '/elsewhere' }).end('moved');
      });
      assert.deepEqual(await post(url), {
        kind: 'redirected',
        status,
        ms: 0,
        location: '/elsewhere',
      });
      assert.deepEqual(stub?.requests, ['POST /hook?a=1&b=%20']);
    });
  }

  it('may respond with any status', async () => {
    for (const status of [200, 204, 304, 404, 500]) {
      const url = await handler((_request, response) => response.writeHead(status).end());
      assert.deepEqual(await post(url), responded(status));
      await stub?.stop();
    }
    const url = await rawServer((socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    );
    assert.deepEqual(await post(url), responded(101));
  });

  it('that hangs fails after 35 seconds, whether its name, its status or its TLS does not come', async () => {
    for (const [scheme, name] of [
      ['http', false],
      ['https', false],
      ['http', true],
    ] as const) {
      raw = await startRawServer(() => false);
      const clock = new SteppedClock();
      const options = {
        confirmed: new Set([`name.example:${raw.host.split(':')[1] ?? ''}`]),
        resolve: () => new Promise<string[]>(() => undefined),
      };
      const host = name ? raw.host.replace('127.0.0.1', 'name.example') : raw.host;
      const sent = endpoint(options, clock).post(new URL(`${scheme}://${host}/`), WEBHOOK, never);
      await until('the limit', () => clock.waiting === 1 || undefined);
      clock.step();
      assert.deepEqual(await sent, { ...failed('timeout'), ms: 35_000 });
      assert.equal(clock.waiting, 0);
      await raw.stop();
    }
  });

  it('that hangs after its status has responded', async () => {
    const clock = new CountedClock();
    const url = await handler((_request, response) => {
      response.write('so far');
    });
    const sent = endpoint({}, clock).post(new URL(url), WEBHOOK, never);
    await until('the status, whose time is taken', () => clock.reads === 2 || undefined);
    clock.step();
    assert.deepEqual(await sent, responded(200, 'so far', { isCut: true }));
  });

  it('is left when the user stops the attempt, also before it began', async () => {
    const stop = new AbortController();
    const url = await handler(() => {
      stop.abort();
    });
    const sent = () => endpoint().post(new URL(url), WEBHOOK, stop.signal);
    assert.deepEqual([await sent(), await sent()], [{ kind: 'stopped' }, { kind: 'stopped' }]);
    assert.equal(stub?.requests.length, 1);
  });

  it('fails in its own way where it resets, speaks something else, or is not there', async () => {
    const reset = await rawServer((socket) => socket.resetAndDestroy());
    assert.deepEqual(await post(reset), failed('reset'));
    await raw?.stop();
    const closing = await rawServer((socket) => socket.end());
    assert.deepEqual(await post(closing), failed('reset'));
    await raw?.stop();
    const ssh = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
    assert.deepEqual(await post(ssh), failed('not HTTP'));
    const url = await freeAddress();
    assert.deepEqual(await post(url), failed('refused'));
    assert.deepEqual(await post(url.replace('http:', 'https:')), failed('refused'));
    assert.equal(await healthOf(url), `Nothing listens on port ${new URL(url).port}.`);
    assert.equal(
      await healthOf(url.replace('127.0.0.1', 'localhost')),
      `Nothing listens on port ${new URL(url).port}.`,
    );
  });

  it('that expects TLS is told from one that does not, in both directions', async () => {
    const tls = await makeCertificate();
    const server = createTlsServer({ ...tls }, (_request, response) => response.end('ok'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const plain = await handler((_request, response) => response.end('ok'));
    const asTls = plain.replace('http:', 'https:');
    try {
      assert.deepEqual(
        [
          await post(`https://127.0.0.1:${port}/`),
          await post(`https://localhost:${port}/`),
          await post(`http://127.0.0.1:${port}/`),
          await post(asTls),
        ],
        [
          responded(200, 'ok'),
          responded(200, 'ok'),
          failed('tls expected'),
          failed('http expected'),
        ],
      );
      assert.deepEqual(
        [
          await healthOf(`https://127.0.0.1:${port}/`),
          await healthOf(plain),
          await healthOf(`http://127.0.0.1:${port}/`),
          await healthOf(asTls),
        ],
        [
          null,
          null,
          `Port ${port} expects TLS: the address must begin with https://.`,
          `Port ${new URL(plain).port} does not speak TLS: the address must begin with http://.`,
        ],
      );
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  it('named localhost is found at either address, and health says if it is at that of IPv6 only', async () => {
    const ipv6 = await new Promise<boolean>((resolve) => {
      const probe = createServer().listen(0, '::1');
      probe.once('listening', () =>
        probe.close(() => {
          resolve(true);
        }),
      );
      probe.once('error', () => {
        resolve(false);
      });
    });
    for (const host of ipv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']) {
      const server = createServer((_request, response) => response.end(host));
      await new Promise<void>((done) => server.listen(0, host, done));
      const { port } = server.address() as AddressInfo;
      assert.deepEqual(await post(`http://localhost:${port}/`), responded(200, host));
      assert.equal(
        await healthOf(`http://localhost:${port}/`),
        host === '::1'
          ? 'It listens on ::1 only: programs that connect to the IPv4 address of localhost do not reach it.'
          : null,
      );
      const other = host === '::1' ? '127.0.0.1' : '[::1]';
      assert.equal(
        await healthOf(`http://${other}:${port}/`),
        `Nothing listens on port ${port} of ${other}, but something does at ${host}: enter localhost in its place.`,
      );
      await new Promise((done) => server.close(done));
    }
  });

  it('must be on this machine, or be private and confirmed', async () => {
    const none = { resolve: () => assert.fail('nothing is resolved') };
    for (const [url, refusal] of [
      ['ftp://127.0.0.1/', 'not http'],
      ['http://user@127.0.0.1/', 'has credentials'],
      ['http://:secret@127.0.0.1/', 'has credentials'],
      ['http://192.168.1.5/', 'not confirmed'],
      ['http://127.0.0.2/', 'not confirmed'],
      ['http://[fd00::1]/', 'not confirmed'],
      ['http://laptop.local/', 'not confirmed'],
      ['http://localhost.example.com/', 'not confirmed'],
      ['http://0.0.0.0/', 'not private'],
      ['http://8.8.8.8/', 'not private'],
      ['http://[2001:db8::1]/', 'not private'],
      ['http://[::ffff:8.8.8.8]/', 'not private'],
    ] as const) {
      assert.deepEqual(await post(url, { options: none }), refused(refusal), url);
      assert.deepEqual(await endpoint(none).health(new URL(url), never), refused(refusal), url);
    }
    const all = { has: () => true };
    for (const url of ['http://8.8.8.8/', 'http://[::ffff:8.8.8.8]/', 'http://172.32.0.1/']) {
      assert.deepEqual(
        await post(url, { options: { confirmed: all } }),
        refused('not private'),
        url,
      );
    }
  });

  it('is confirmed by host and port', async () => {
    const asked: string[] = [];
    const confirmed = {
      has: (host: string) => {
        asked.push(host);
        return false;
      },
    };
    for (const url of [
      'http://192.168.1.5:3000/x',
      'https://laptop.local/',
      'http://[fd00::1]:80/',
    ]) {
      await post(url, { options: { confirmed } });
      const checked = checkEndpoint(url);
      assert.ok(checked.ok);
      assert.equal(checked.value.confirm, asked.at(-1));
    }
    assert.deepEqual(asked, ['192.168.1.5:3000', 'laptop.local', '[fd00::1]']);
  });

  it('is connected to at the address that its name had, which is resolved once (DNS rebinding)', async () => {
    const url = await handler((request, response) => response.end(request.headers.host));
    const { port } = new URL(url);
    const host = `dev.example:${port}`;
    const names: string[] = [];
    const answers = [['127.0.0.1'], ['93.184.216.34'], ['127.0.0.1', '93.184.216.34'], []];
    const options = {
      confirmed: new Set([host]),
      resolve: (name: string) => {
        names.push(name);
        return Promise.resolve(answers[names.length - 1] ?? assert.fail('resolved too often'));
      },
    };
    const sent: AttemptOutcome[] = [];
    while (sent.length < answers.length) sent.push(await post(`http://${host}/`, { options }));
    assert.deepEqual(sent, [
      responded(200, host),
      refused('not private'),
      refused('not private'),
      failed('unresolved'),
    ]);
    assert.deepEqual(names, ['dev.example', 'dev.example', 'dev.example', 'dev.example']);
    const unknown = { ...options, resolve: () => Promise.reject(new Error('ENOTFOUND')) };
    assert.deepEqual(await post(`http://${host}/`, { options: unknown }), failed('unresolved'));
  });

  it('never gets an API key, in whatever part of a webhook it is', async () => {
    const url = await handler((_request, response) => response.end());
    const key = 'a-key-that-must-not-leave';
    // with half of a character, at which Node itself fails if it looks for the text in bytes
    const keys = () => Promise.resolve(['short', '\ud800-is-no-character', key]);
    const bytes = new TextEncoder();
    for (const webhook of [
      { body: `{"a":"${key}"}`, headers: {} },
      { body: bytes.encode(`x${key}x`), headers: {} },
      { body: '', headers: { 'x-key': `Bearer ${key}` } },
      { body: '', headers: { [key]: '1' } },
    ]) {
      assert.deepEqual(
        await post(url, { options: { keys }, webhook }),
        refused('contains API key'),
      );
    }
    for (const query of [key, key.replace('key', '%6Bey')]) {
      const withKey = new URL(`?key=${query}`, url);
      assert.deepEqual(
        await post(withKey.href, { options: { keys } }),
        refused('contains API key'),
      );
    }
    const unknown = { keys: () => Promise.reject(new Error('the keyring is locked')) };
    assert.deepEqual(await post(url, { options: unknown }), refused('keys unknown'));
    const harmless = { body: 'short', headers: {} };
    assert.deepEqual(await post(url, { options: { keys }, webhook: harmless }), responded(200));
    assert.equal(stub?.requests.length, 1);
  });

  it('leaves no connection behind', async () => {
    const url = await handler((_request, response) => response.end('ok'));
    const before = process
      .getActiveResourcesInfo()
      .filter((name) => name === 'TCPSocketWrap').length;
    await post(url);
    await healthOf(url);
    await until('the end of all connections', () => {
      const now = process
        .getActiveResourcesInfo()
        .filter((name) => name === 'TCPSocketWrap').length;
      return now <= before || undefined;
    });
  });
});

describe('A private address', () => {
  const PRIVATE = new BlockList();
  for (const [net, prefix] of [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['169.254.0.0', 16],
    ['127.0.0.0', 8],
  ] as const) {
    PRIVATE.addSubnet(net, prefix);
    PRIVATE.addSubnet(`::ffff:${net}`, 96 + prefix, 'ipv6');
  }
  PRIVATE.addSubnet('fc00::', 7, 'ipv6');
  PRIVATE.addSubnet('fe80::', 10, 'ipv6');
  PRIVATE.addAddress('::1', 'ipv6');

  it('is what Node finds in the same ranges, for any address', () => {
    const near = fc.constantFrom(10, 127, 172, 192, 169);
    const v4 = fc
      .tuple(
        fc.oneof(near, fc.nat(255)),
        fc.oneof(fc.constantFrom(16, 31, 168, 254), fc.nat(255)),
        fc.nat(255),
        fc.nat(255),
      )
      .map((bytes) => bytes.join('.'));
    const group = fc.oneof(
      fc.constantFrom('fc00', 'fdff', 'fe80', 'febf', 'fec0', 'ffff', '0'),
      fc.nat(0xffff).map((n) => n.toString(16)),
    );
    const v6 = fc.oneof(
      fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
      fc.tuple(group, group).map(([first, last]) => `${first}::${last}`),
      v4.map((address) => `::ffff:${address}`),
      fc.constantFrom('::', '::1', '0:0:0:0:0:0:0:1'),
    );
    fc.assert(
      fc.property(v4, (address) => {
        assert.equal(isPrivateAddress(address), PRIVATE.check(address, 'ipv4'), address);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(v6, (address) => {
        assert.equal(isPrivateAddress(address), PRIVATE.check(address, 'ipv6'), address);
      }),
      { numRuns: 1000 },
    );
  });

  it('may name its network card, and is nothing else than an address', () => {
    assert.deepEqual(
      [
        'fe80::1%eth0',
        '::1%lo',
        '2001:db8::1%eth0',
        '10.0.0.256',
        '10.0.0',
        'localhost',
        '',
        '[::1]',
      ].map(isPrivateAddress),
      [true, true, false, false, false, false, false, false],
    );
  });

  it('is checked when the user enters it, in whatever spelling', () => {
    const outcome = (text: string) => {
      const checked = checkEndpoint(text);
      return checked.ok ? checked.value.confirm : checked.reason.split(' ').slice(0, 3).join(' ');
    };
    assert.deepEqual(
      [
        ...[
          'http://localhost:3000/hook',
          ' https://127.0.0.1/ ',
          'http://[::1]:80',
          'http://2130706433/',
        ],
        ...[
          'http://0x7f.2',
          'http://192.168.1.5',
          'http://3232235781:1',
          'http://134744072/',
          'http://name/',
        ],
        ...['localhost:3000', 'file:///etc/passwd', 'http://a:b@localhost/'],
      ].map(outcome),
      [
        ...[null, null, null, null],
        ...['127.0.0.2', '192.168.1.5', '192.168.1.5:1', 'Test webhooks go', 'name'],
        ...['Enter an address', 'Enter an address', 'The address must'],
      ],
    );
  });
});

describe('What Smile ID would do next', () => {
  const accepted = {
    kind: 'responded',
    status: 204,
    ms: 1,
    headers: {},
    body: '',
    isCut: false,
  } as const;
  const refusal = { ...accepted, status: 401 };
  const late = { kind: 'failed', cause: 'timeout', ms: 35_000 } as const;
  const moved = { kind: 'redirected', status: 302, ms: 1, location: null } as const;

  it('is nothing after any 2xx within 35 seconds, else up to three more tries for v3', () => {
    const of = (outcome: AttemptOutcome, tries: number) => nextOfSmileID('v3', outcome, tries);
    assert.deepEqual(
      [of(accepted, 1), of(refusal, 1), of(late, 2), of(moved, 3), of(late, 4)],
      [
        'Smile ID is done: it wants any 2xx within 35 s.',
        'Smile ID tries up to 3 more times, since it wants any 2xx within 35 s.',
        'Smile ID tries up to 2 more times, since it wants any 2xx within 35 s.',
        'Smile ID tries once more, since it wants any 2xx within 35 s.',
        'Smile ID gives up after 4 tries. It sends the webhook again when you resend it.',
      ],
    );
  });

  it('is not documented for v1, and nothing where nothing was sent', () => {
    assert.match(nextOfSmileID('v1', late, 1), /not documented/);
    assert.match(nextOfSmileID('v1', accepted, 1), /does not document/);
    assert.deepEqual(
      [{ kind: 'stopped' } as const, { kind: 'not allowed', refusal: 'not private' } as const].map(
        (outcome) => nextOfSmileID('v3', outcome, 1),
      ),
      ['', ''],
    );
  });

  it('is said beside what came of an attempt', () => {
    const url = new URL('https://localhost/smile/hook?key=secret');
    const text = (outcome: AttemptOutcome) => outcomeText(outcome, url);
    assert.deepEqual(
      [
        { ...accepted, ms: 1234 },
        { ...accepted, status: 404 },
        { ...accepted, status: 405, ms: 12_345 },
        moved,
        { ...moved, location: '/\u202eelsewhere' },
        late,
        ...(['refused', 'http expected', 'unresolved'] as const).map((cause) => ({
          kind: 'failed' as const,
          cause,
          ms: 0,
        })),
      ].map(text),
      [
        'HTTP 204 after 1.2 s.',
        'The path /smile/hook gives HTTP 404 after 1 ms: no route has it.',
        'The path /smile/hook gives HTTP 405 after 12 s: it takes no POST.',
        'HTTP 302: a redirect, which is not followed.',
        'HTTP 302: a redirect to /elsewhere, which is not followed.',
        'No response within 35 s.',
        'Nothing listens on port 443.',
        'Port 443 does not speak TLS: the address must begin with http://.',
        'The name localhost cannot be resolved.',
      ],
    );
  });
});
