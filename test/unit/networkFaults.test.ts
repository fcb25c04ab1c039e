import assert from 'node:assert/strict';
import https from 'node:https';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { systemClock, type Clock } from '../../src/core/clock';
import { reportOf } from '../../src/core/report/jobReport';
import { SmileClient } from '../../src/core/smile/client';
import type { HttpClient } from '../../src/core/smile/http';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { FetchAdapter } from '../../src/node/http/fetchAdapter';
import { NodeHttpClient } from '../../src/node/http/httpClient';
import { NodeFetchAdapter } from '../../src/node/http/nodeFetchAdapter';
import { makeCertificate } from '../../src/node/simulator/certificate';
import { SteppedClock } from '../support/fakes';
import { fetchTrusting } from '../support/fetchTrusting';
import { startRawServer, type RawServer } from '../support/rawServer';

/**
 * What can go wrong on the way, on real sockets of this machine: each row says what a server sends, and what a user
 * sees. `TEST_LONG=1` adds bodies of many megabytes, cuts at every byte, and random damage.
 */
const LONG = process.env.TEST_LONG !== undefined;

const API_KEY = 'key-that-must-not-leak';
const REQUEST = { userId: 'user-1', jobId: 'job-1', history: false, imageLinks: false };
const LIMIT = 60_000;
const never = new AbortController().signal;

/** The time limit is real; there is no wait between two attempts. */
const impatient: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => (ms === LIMIT ? systemClock.sleep(ms, signal) : Promise.resolve()),
};

const jobStatus = (
  host: string,
  http: HttpClient,
  { scheme = 'http', clock = impatient } = {},
): Promise<JobStatusOutcome> =>
  new SmileClient(http, clock, () => LIMIT).jobStatus(
    { partnerId: '085', apiKey: API_KEY, baseUrl: `${scheme}://${host}/v1` },
    REQUEST,
    never,
  );

/** How a request is sent. */
interface Route {
  /** As the extension sends it. */
  readonly http: HttpClient;
  /** Through one adapter only, which accepts certificates of this authority, and only for the right host. */
  readonly strict: (ca?: string) => Promise<HttpClient>;
}

const BY_FETCH = 'by fetch';
const ROUTES: Readonly<Record<string, Route>> = {
  [BY_FETCH]: {
    http: new NodeHttpClient(),
    strict: async (ca) => new FetchAdapter(ca === undefined ? fetch : await fetchTrusting(ca)),
  },
  'by node-fetch, if fetch is not patched': {
    http: new NodeHttpClient(() => false),
    strict: (ca) => {
      https.globalAgent.options.ca = ca;
      return Promise.resolve(new NodeFetchAdapter(() => false));
    },
  },
};

/** The parsers of both adapters find the same faults, and not always call them the same. */
const PARSER_CODE = / \((HPE_|UND_ERR_|ERR_ASSERTION)[A-Z_]*\)/;

/** An outcome without what this table is not about: the job, the body, codes, and limits in megabytes. */
type Summary = Readonly<Record<string, unknown>>;

function summaryOf(outcome: JobStatusOutcome, host: string): Summary {
  const everything = JSON.stringify({ ...outcome, report: reportOf(outcome) });
  assert.ok(!everything.includes(API_KEY), 'The API key leaked.');
  switch (outcome.kind) {
    case 'answered':
      return { kind: outcome.kind, signature: outcome.signature };
    case 'refused': {
      const { kind, httpStatus, code, message } = outcome;
      return { kind, httpStatus, code, message };
    }
    case 'unreachable': {
      const { kind, cause, message } = outcome;
      return {
        kind,
        cause,
        message: message.replaceAll(host, 'HOST').replace(PARSER_CODE, ''),
      };
    }
    case 'unreadable': {
      const { kind, httpStatus, bodyKind, message } = outcome;
      return { kind, httpStatus, bodyKind, message: message.replace(/\d+ MB/, 'N MB') };
    }
    case 'cancelled':
      return { kind: outcome.kind };
  }
}

const answered: Summary = { kind: 'answered', signature: 'missing' };
const refused = (httpStatus: number, code: string | null, message: string): Summary => ({
  kind: 'refused',
  httpStatus,
  code,
  message,
});
const unreachable = (cause: string, message: string): Summary => ({
  kind: 'unreachable',
  cause,
  message,
});
const unreadable = (bodyKind: string, message: string, httpStatus = 200): Summary => ({
  kind: 'unreadable',
  httpStatus,
  bodyKind,
  message,
});

const notHttp = unreachable('other', 'What responds at HOST does not speak HTTP.');
const brokenHttp = unreachable('other', 'The response of HOST breaks the rules of HTTP.');
const closed = unreachable('reset', 'The connection to HOST was closed before a response came.');
const lost = (bodyKind: string): Summary =>
  unreadable(bodyKind, 'The connection ended before the whole response had arrived.');
const badEncoding = unreadable(
  'damaged',
  'The response could not be decompressed: its Content-Encoding is wrong, or its data is damaged.',
);
const badBody = unreadable(
  'damaged',
  'The response breaks the rules of HTTP, so its body could not be read.',
);
const cutOff = unreadable('cut-off JSON', 'The response is not a complete JSON object.');
const empty = (httpStatus = 200): Summary =>
  unreadable('empty', 'The response is empty.', httpStatus);
const html = (httpStatus = 200): Summary =>
  unreadable('html', 'The response is a web page, not JSON.', httpStatus);
const xml = unreadable('xml', 'The response is XML, not JSON.');
const plain = unreadable('text', 'The response is plain text, not JSON.');
const binary = unreadable('binary', 'The response is binary data, not JSON.');
const notAnObject = unreadable('json', 'The response is not a JSON object.');
const redirect = (httpStatus: number, target: string): Summary =>
  unreachable(
    'other',
    `The server responded with a redirect to ${target} (HTTP ${httpStatus}). Redirects are refused: a signed request goes to the address of the profile only.`,
  );
const switched = unreachable(
  'other',
  'HOST responded by switching to another protocol (HTTP 101).',
);

const JOB = '{"job_complete":false,"job_success":false,"result":"No zip uploaded yet"}';
const PAGE = '<!DOCTYPE html><title>502 Bad Gateway</title>';

type Bytes = string | Buffer;
/** `byFetch`: what some versions of undici report instead, which is also right. */
type Row = readonly [
  name: string,
  sent: Bytes | ((socket: Socket) => void),
  outcome: Summary,
  ...byFetch: Summary[],
];

const head = (status: number, ...headers: readonly string[]): string =>
  [`HTTP/1.1 ${status} Status`, ...headers, '', ''].join('\r\n');
const join = (...parts: readonly Bytes[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
const whole = (body: Bytes, status = 200, ...headers: readonly string[]): Buffer =>
  join(head(status, `Content-Length: ${Buffer.byteLength(body)}`, ...headers), body);
const encoded = (encoding: string, body: Bytes): Buffer =>
  whole(body, 200, `Content-Encoding: ${encoding}`);
const chunked = (...chunks: readonly string[]): string =>
  head(200, 'Transfer-Encoding: chunked') + chunks.join('');
const thenEnd =
  (bytes: Bytes) =>
  (socket: Socket): void => {
    socket.end(bytes);
  };

function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

const GZIP = gzipSync(JOB);

const FRAMING: readonly Row[] = [
  ['a response that is as it should be', whole(JOB), answered],
  [
    'one in chunks',
    chunked(
      '5\r\n{"job\r\n',
      `${(JOB.length - 5).toString(16)}\r\n${JOB.slice(5)}\r\n`,
      '0\r\n\r\n',
    ),
    answered,
  ],
  ['one of HTTP 1.0 without a length', thenEnd(`HTTP/1.0 200 OK\r\n\r\n${JOB}`), answered],
  [
    'one after 100 Continue and 103 Early Hints',
    join(head(100), head(103, 'Link: </x>'), whole(JOB)),
    answered,
  ],
  [
    '1,900 headers',
    whole(JOB, 200, ...Array.from({ length: 1900 }, (_, at) => `X${at}: a`)),
    answered,
  ],
  ['a header that is not ASCII', whole(JOB, 200, 'X: é中'), answered],
  [
    'headers of 20 KB',
    whole(JOB, 200, `X: ${'a'.repeat(20_000)}`),
    unreachable('other', 'The headers of the response of HOST are too large.'),
  ],
  ['two lengths', join(head(200, 'Content-Length: 2', 'Content-Length: 3'), '{}'), brokenHttp],
  [
    'a length beside chunks',
    join(head(200, 'Content-Length: 2', 'Transfer-Encoding: chunked'), '{}'),
    brokenHttp,
  ],
  ['a negative length', join(head(200, 'Content-Length: -2'), '{}'), brokenHttp],
  ['a length in words', join(head(200, 'Content-Length: two'), '{}'), brokenHttp],
  ['a folded header', whole(JOB, 200, 'X: a', ' b'), brokenHttp, answered],
  ['a NUL in a header', whole(JOB, 200, 'X: a\0b'), brokenHttp],
  ['a space in the name of a header', whole(JOB, 200, 'X Y: a'), brokenHttp, answered],
  ['lines that end in LF alone', whole(JOB).toString().replaceAll('\r', ''), brokenHttp],
  ['a status in words', 'HTTP/1.1 abc OK\r\n\r\n', brokenHttp],
  ['a status of two digits', 'HTTP/1.1 99 OK\r\n\r\n', brokenHttp],
  ['a status of four digits', 'HTTP/1.1 1000 OK\r\n\r\n', brokenHttp],
  ['the banner of SSH', 'SSH-2.0-OpenSSH_9.2\r\n', notHttp],
  ['the banner of SSH, and the end', thenEnd('SSH-2.0-OpenSSH_9.2\r\n'), notHttp],
  ['the banner of a mail server', '220 mail.example ESMTP\r\n', notHttp],
  ['the reply of Redis', "-ERR unknown command 'POST'\r\n", notHttp],
  ['a TLS alert', Buffer.from([0x15, 3, 1, 0, 2, 2, 40]), notHttp],
  ['101 with an upgrade', head(101, 'Upgrade: websocket', 'Connection: Upgrade'), switched],
  ['101 without one', head(101), switched],
  ['the end at once', thenEnd(''), closed],
  ['a reset at once', (socket) => socket.resetAndDestroy(), closed],
  ['the end within the status line', thenEnd('HTTP/1.1 20'), closed],
  ['the end within the headers', thenEnd('HTTP/1.1 200 OK\r\nContent-Le'), closed],
  ['the end after 102 Processing', thenEnd(head(102)), closed],
  ['the end before the body', thenEnd(head(200, 'Content-Length: 100')), lost('empty')],
  [
    'the end within the body',
    thenEnd(join(head(200, 'Content-Length: 100'), '{"job_')),
    lost('cut-off JSON'),
  ],
  ['the end within a chunk', thenEnd(chunked('9\r\n{"job_')), lost('cut-off JSON')],
  ['the end before the last chunk', thenEnd(chunked('2\r\n{}\r\n')), lost('cut-off JSON')],
  ['a chunk without a size', chunked('zz\r\n{}\r\n0\r\n\r\n'), badBody],
  ['a chunk without a size after a good one', chunked('2\r\n{}\r\nzz\r\n'), badBody],
  ['more than its length says', join(whole('{}'), 'HTTQ'), badBody, answered],
];

const ENCODINGS: readonly Row[] = [
  ['gzip', encoded('gzip', GZIP), answered],
  ['gzip, written large', encoded('GZIP', GZIP), answered],
  ['deflate', encoded('deflate', deflateSync(JOB)), answered],
  ['raw deflate', encoded('deflate', deflateRawSync(JOB)), answered],
  ['Brotli', encoded('br', brotliCompressSync(JOB)), answered],
  ['identity', encoded('identity', JOB), answered],
  ['gzip that is plain', encoded('gzip', JOB), badEncoding],
  ['deflate that is plain', encoded('deflate', JOB), badEncoding],
  ['Brotli that is plain', encoded('br', JOB), badEncoding],
  ['gzip with a wrong CRC', encoded('gzip', damaged(GZIP, GZIP.length - 6)), badEncoding],
  ['gzip with junk behind it', encoded('gzip', join(GZIP, 'junk')), badEncoding],
  [
    'Brotli that breaks off',
    encoded('br', brotliCompressSync(JOB).subarray(0, 20)),
    badEncoding,
    empty(),
  ],
  ['gzip that breaks off', encoded('gzip', GZIP.subarray(0, 30)), cutOff],
  [
    'gzip whose connection ended before anything could be decompressed',
    thenEnd(join(head(200, 'Content-Length: 500', 'Content-Encoding: gzip'), GZIP.subarray(0, 10))),
    lost('empty'),
  ],
  ['an encoding that was not requested', encoded('zstd', 'abc'), badEncoding],
  ['two encodings', encoded('gzip, gzip', gzipSync(GZIP)), badEncoding],
  ['gzip that does not say so', whole(GZIP), binary],
];

const FORMATS: readonly Row[] = [
  ['nothing', whole(''), empty()],
  ['white space', whole(' \r\n '), empty()],
  ['a web page', whole(PAGE), html()],
  ['a web page without a doctype', whole('\n<html><body>Hello'), html()],
  ['XML', whole('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'), xml],
  ['XML without a declaration', whole('<Error/>'), xml],
  ['XHTML as XML', whole('<?xml version="1.0"?><html/>'), xml],
  ['plain text', whole('upstream connect error'), plain],
  ['plain text in Latin-1', whole(Buffer.from('accès refusé', 'latin1')), plain],
  ['YAML', whole('job_complete: true'), plain],
  ['CSV', whole('a,b\n1,2'), plain],
  ['JSONP', whole('callback({"a":1})'), plain],
  ['a form', whole('job_complete=true&code=2302'), plain],
  ['a PNG', whole(Buffer.from('89504e470d0a1a0a0000', 'hex')), binary],
  ['JSON in UTF-16', whole(Buffer.from(JOB, 'utf16le')), binary],
  ['JSON with a byte order mark', whole(`\ufeff${JOB}`), answered],
  ['two lines of JSON', whole(`${JOB}\n${JOB}`), cutOff],
  ['JSON with a comment', whole('{/* x */}'), cutOff],
  ['JSON with single quotes', whole("{'a':1}"), cutOff],
  ['a list', whole('[{"job_complete":true}]'), notAnObject],
  ['null', whole('null'), notAnObject],
  ['a number', whole('2302'), notAnObject],
  ['a text', whole('"approved"'), notAnObject],
];

/** A request of a job status is responded to with a job or with an error, whatever the HTTP status. */
const SHAPES: readonly (readonly [body: unknown, outcome: Summary])[] = [
  [{ error: 'Not found', code: '2205', result: null }, refused(200, '2205', 'Not found')],
  [{ error: 'Not found', code: 2205 }, refused(200, '2205', 'Not found')],
  [{ error: 'no', code: '2205', job_complete: false }, refused(200, '2205', 'no')],
  [{ error: 'no', code: '2205', result: {}, job_complete: null }, refused(200, '2205', 'no')],
  [{ error: ' no ', success: false }, refused(200, null, 'no')],
  [{ error: { message: 'no', code: '2213' } }, refused(200, '2213', 'no')],
  [{ error: true, message: 'no' }, refused(200, null, 'no')],
  [{ errors: ['one', 'two'] }, refused(200, null, 'one')],
  [{ errors: [{ code: '2213', message: 'no' }] }, refused(200, '2213', 'no')],
  [{ errors: { detail: 'no' } }, refused(200, null, 'no')],
  [{ message: 'Internal server error' }, refused(200, null, 'Internal server error')],
  [{ Message: 'User is not authorized' }, refused(200, null, 'User is not authorized')],
  [{ message: ['one', 'two'], statusCode: 400 }, refused(200, null, 'one')],
  [{ code: '2205', message: 'not authorized' }, refused(200, '2205', 'not authorized')],
  [{ code: '2304' }, refused(200, '2304', 'Error 2304')],
  [{ status: 'Unauthorized', message: 'no' }, refused(200, null, 'no')],
  [{ message: 'no', job_id: null, user_id: null }, refused(200, null, 'no')],
  [{}, answered],
  [{ ok: true }, answered],
  [{ error: null, job_complete: true, result: { ResultCode: '0810' } }, answered],
  [{ error: '', job_complete: true, code: '2302' }, answered],
  [{ error: 'odd', result: { ResultCode: '0810' } }, answered],
  [{ error: 'odd', result: 'No zip uploaded yet' }, answered],
  [{ errors: [], job_complete: false }, answered],
  [{ message: 'ok', job_complete: true, job_success: true, code: '2302' }, answered],
  [{ message: 'ok', Result: { ResultCode: '0810' } }, answered],
  [{ code: '2302' }, answered],
  [{ message: { message: { message: { message: { message: { message: 'deep' } } } } } }, answered],
];

const STATUSES = [
  ...[200, 201, 202, 203, 206, 207, 226, 299, 300, 304, 305, 306, 310, 399, 400, 401, 402, 403],
  ...[404, 405, 406, 407, 408, 409, 410, 413, 415, 418, 421, 422, 424, 429, 451, 499, 500, 501],
  ...[502, 503, 504, 505, 511, 520, 599, 600, 999],
];

const REDIRECTS = [301, 302, 303, 307, 308];

for (const [name, route] of Object.entries(ROUTES)) {
  describe(`A fault of the network, ${name},`, () => {
    const { http, strict } = route;
    let server: RawServer;

    before(async () => {
      server = await startRawServer();
    });
    after(() => server.stop());

    const send = (sent: Row[1]): void => {
      server.respond = (socket) => {
        if (typeof sent === 'function') sent(socket);
        else socket.write(sent);
      };
    };
    const outcomeOf = async (sent: Row[1]): Promise<Summary> => {
      send(sent);
      return summaryOf(await jobStatus(server.host, http), server.host);
    };
    const check = (rows: readonly Row[]): void => {
      for (const [title, sent, outcome, ...byFetch] of rows) {
        it(title, async () => {
          const actual = await outcomeOf(sent);
          const others = name === BY_FETCH ? byFetch : [];
          const expected = others.find((other) => isDeepStrictEqual(other, actual)) ?? outcome;
          assert.deepEqual(actual, expected);
        });
      }
    };

    describe('in the framing of a response is reported as what it is:', () => {
      check(FRAMING);
    });
    describe('in the encoding of a body is reported as what it is:', () => {
      check(ENCODINGS);
    });
    describe('in the format of a body is reported as what it is:', () => {
      check(FORMATS);
    });

    describe('in what JSON says is reported in the words of the server:', () => {
      check(
        SHAPES.map(([body, outcome]) => [
          JSON.stringify(body),
          whole(JSON.stringify(body)),
          outcome,
        ]),
      );
    });

    for (const status of STATUSES) {
      it(`is reported by the body if the status is ${status}`, async () => {
        const noBody = status === 304;
        const error = JSON.stringify({ error: 'no', code: '2212' });
        assert.deepEqual(
          {
            error: await outcomeOf(whole(noBody ? '' : error, status)),
            job: await outcomeOf(whole(noBody ? '' : JOB, status)),
            empty: await outcomeOf(whole('', status)),
            page: await outcomeOf(whole(noBody ? '' : PAGE, status)),
          },
          {
            error: noBody ? empty(status) : refused(status, '2212', 'no'),
            job: noBody
              ? empty(status)
              : status < 300
                ? answered
                : refused(status, null, `HTTP ${status}`),
            empty: empty(status),
            page: noBody ? empty(status) : html(status),
          },
        );
      });
    }

    for (const status of REDIRECTS) {
      it(`is called a redirect if status ${status} names an address, and only then`, async () => {
        const targets = {
          'https://evil.example/?secret': 'https://evil.example',
          '/elsewhere': 'another path (hidden: it may contain secrets)',
          '//b.example/x?key=1': 'b.example',
          'javascript:x': 'another address',
          '': 'another address',
          'http://[bad': 'another address',
        };
        for (const [location, target] of Object.entries(targets)) {
          const sent = whole(JOB, status, `Location: ${location}`);
          assert.deepEqual(await outcomeOf(sent), redirect(status, target), location);
        }
        assert.deepEqual(await outcomeOf(whole(PAGE, status)), html(status));
      });
    }

    it('is retried after the time of Retry-After, if it has one', async () => {
      const waits: number[] = [];
      const clock: Clock = {
        ...impatient,
        sleep: (ms, signal) => {
          if (ms !== LIMIT) waits.push(ms);
          return impatient.sleep(ms, signal);
        },
      };
      for (const value of ['7', 'soon', '-7', '86400', '0']) {
        send(whole('{"error":"no"}', 503, `Retry-After: ${value}`));
        const outcome = await jobStatus(server.host, http, { clock });
        assert.equal(outcome.kind, 'refused');
      }
      assert.deepEqual(waits, [7000, 7000, 400, 1200, 400, 1200, 400, 1200]);
    });

    describe('that keeps a request waiting ends with the time limit:', () => {
      for (const [title, sent] of [
        ['before the response', ''],
        ['within the headers', 'HTTP/1.1 200 OK\r\nContent-'],
        ['before the body', head(200, 'Content-Length: 100')],
        ['within the body', join(head(200, 'Content-Length: 100'), '{"job_')],
        ['within a chunk', chunked('9\r\n{"job_')],
        [
          'within gzip',
          join(head(200, 'Content-Length: 500', 'Content-Encoding: gzip'), GZIP.subarray(0, 30)),
        ],
        ['after a body without an end', join(head(200), JOB)],
        [
          'after a transfer encoding that is not known',
          join(head(200, 'Transfer-Encoding: foo'), JOB),
        ],
      ] as const) {
        it(title, async () => {
          const clock = new SteppedClock();
          const stalled = new Promise((resolve) => {
            send((socket) => socket.write(sent, resolve));
          });
          const outcome = jobStatus(server.host, http, { clock });
          await stalled;
          clock.step();
          assert.deepEqual(
            summaryOf(await outcome, server.host),
            unreachable('timeout', 'No complete response came within 60 seconds.'),
          );
        });
      }
    });

    describe('of a secure connection is reported as what it is:', () => {
      const insecure = (reason: string): Summary =>
        unreachable('tls', `No secure connection to HOST: ${reason}.`);
      const noTls = insecure(
        'what responds there does not speak TLS; its address may begin with http://',
      );
      const alert = insecure('the server does not agree to the connection (TLS alert)');

      for (const [title, sent, outcome] of [
        ['a response in plain HTTP', thenEnd(whole('{}', 400)), noTls],
        ['the banner of SSH', thenEnd('SSH-2.0-OpenSSH_9.2\r\n'), noTls],
        ['a record that is too long', thenEnd(Buffer.from([0x16, 3, 3, 0xff, 0xff, 2, 40])), noTls],
        ['an alert', thenEnd(Buffer.from([0x15, 3, 3, 0, 2, 2, 40])), alert],
        ['an alert about the version', thenEnd(Buffer.from([0x15, 3, 3, 0, 2, 2, 70])), alert],
        ['the end', thenEnd(''), closed],
        ['a reset', (socket: Socket) => socket.resetAndDestroy(), closed],
      ] as const) {
        it(title, async () => {
          const raw = await startRawServer(() => true);
          raw.respond = sent;
          try {
            for (const client of [http, await strict()]) {
              const summary = summaryOf(
                await jobStatus(raw.host, client, { scheme: 'https' }),
                raw.host,
              );
              assert.deepEqual(summary, outcome);
            }
          } finally {
            await raw.stop();
          }
        });
      }

      const DAY = 24 * 3_600_000;
      const certificates = [
        [
          'a certificate that has expired',
          { from: -2 * DAY, until: -DAY },
          true,
          insecure('its certificate has expired'),
        ],
        [
          'a certificate that is not valid yet',
          { from: DAY, until: 2 * DAY },
          true,
          insecure('its certificate is not valid yet'),
        ],
        ['a self-signed certificate', {}, false, insecure('its certificate is self-signed')],
        [
          'a certificate for another host',
          { host: 'other.example' },
          true,
          insecure('its certificate is for another host'),
        ],
        ['a certificate that is trusted', {}, true, answered],
      ] as const;

      for (const [title, options, isTrusted, outcome] of certificates) {
        it(title, async () => {
          const { key, cert } = await makeCertificate(options);
          const secure = createServer({ key, cert }, (socket) => {
            socket.on('error', () => undefined);
            socket.once('data', () => socket.end(whole(JOB)));
          });
          await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
          const address = secure.address();
          assert.ok(typeof address === 'object' && address);
          const host = `127.0.0.1:${address.port}`;
          const before = https.globalAgent.options.ca;
          const statusBy = async (client: HttpClient): Promise<Summary> =>
            summaryOf(await jobStatus(host, client, { scheme: 'https' }), host);
          try {
            const client = await strict(isTrusted ? cert : undefined);
            assert.deepEqual(await statusBy(client), outcome);
            // a server on this machine may use any certificate
            assert.deepEqual(await statusBy(http), answered);
          } finally {
            https.globalAgent.options.ca = before;
            https.globalAgent.destroy();
            secure.close();
          }
        });
      }
    });

    if (!LONG) return;

    describe('that is large or random', () => {
      const MEGABYTE = 1024 ** 2;
      const tooLarge = unreadable(
        'too large',
        'The response is larger than N MB; reading stopped.',
      );

      it('is cut off if the body is too large, or becomes too large when it is decompressed', async () => {
        const large = `{"a":"${'x'.repeat(30 * MEGABYTE)}"}`;
        for (const sent of [
          whole(large),
          chunked(`${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`),
          encoded('gzip', gzipSync(large)),
          encoded('br', brotliCompressSync(large)),
        ]) {
          assert.deepEqual(await outcomeOf(sent), tooLarge);
        }
      });

      it('is never a job if a response ends before its last byte', async () => {
        const responses = [
          whole(JOB),
          Buffer.from(chunked(`${JOB.length.toString(16)}\r\n${JOB}\r\n`, '0\r\n\r\n')),
          encoded('gzip', GZIP),
          encoded('deflate', deflateSync(JOB)),
          encoded('br', brotliCompressSync(JOB)),
        ];
        for (const response of responses) {
          for (let end = 0; end < response.length; end += 1) {
            const { kind } = await outcomeOf(thenEnd(response.subarray(0, end)));
            assert.ok(kind === 'unreachable' || kind === 'unreadable', `byte ${end}`);
          }
        }
      });

      it('is an outcome with a next step, whatever the bytes', async () => {
        // with fetch, only this time limit may end a damaged body
        const short: Clock = {
          ...impatient,
          sleep: (ms, signal) => systemClock.sleep(ms === LIMIT ? 250 : 0, signal),
        };
        const responses = fc.constantFrom(
          whole(JOB),
          encoded('gzip', GZIP),
          encoded('br', brotliCompressSync(JOB)),
        );
        const edits = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 5 });
        await fc.assert(
          fc.asyncProperty(responses, edits, async (response, changes) => {
            const bytes = Buffer.from(response);
            for (const [at, value] of changes) bytes.writeUInt8(value, at % bytes.length);
            send(thenEnd(bytes));
            const outcome = await jobStatus(server.host, http, { clock: short });
            summaryOf(outcome, server.host);
            assert.match(reportOf(outcome).nextStep, /^[A-Z].*\.$/s);
          }),
          { numRuns: 5000 },
        );
      });
    });
  });
}
