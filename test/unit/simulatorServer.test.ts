import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { sign } from '../../src/core/smile/signature';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Form } from '../../src/node/simulator/multipart';
import { MAX_JOBS } from '../../src/node/simulator/requestCounts';
import { Simulation } from '../../src/node/simulator/simulation';
import type { Simulator } from '../../src/node/simulator/simulator';
import { MAX_SUBMITTED } from '../../src/node/simulator/v3Jobs';
import { MAX_TOKENS } from '../../src/node/simulator/v3Tokens';
import { SteppedClock } from '../support/fakes';
import { until } from '../support/until';

const never = new AbortController().signal;

/** The body of a job status request that is signed for now. */
async function signedBody(jobId: string, userId = 'user-1', now = new Date()): Promise<string> {
  return JSON.stringify({
    partner_id: SIMULATOR_PARTNER_ID,
    ...(await sign(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, now.toISOString())),
    user_id: userId,
    job_id: jobId,
  });
}

describe('The server of the simulator', () => {
  let simulator: Simulator;
  let port: number;

  beforeEach(async () => {
    simulator = await startSimulator();
    port = Number(new URL(simulator.url).port);
  });
  afterEach(() => simulator.stop());

  interface Reply {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }

  async function send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body = '',
  ): Promise<Reply> {
    return await new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (reply) => {
        let text = '';
        reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
        reply.on('end', () => {
          resolve({ status: reply.statusCode, headers: reply.headers, body: text });
        });
      });
      request.on('error', reject).end(body);
    });
  }

  const statuses = async (headers: Readonly<Record<string, string>>) =>
    await Promise.all([
      send('GET', '/scenarios', headers).then(({ status }) => status),
      send('POST', '/v1/job_status', headers, await signedBody('approved')).then(
        ({ status }) => status,
      ),
      send('OPTIONS', '/v1/job_status', headers).then(({ status }) => status),
      send('GET', '/nothing', headers).then(({ status }) => status),
    ]);

  it('responds to the names of this machine in Host, and to no other', async () => {
    for (const host of [`127.0.0.1:${port}`, '127.0.0.1', 'LOCALHOST:1', '[::1]:80']) {
      assert.deepEqual(await statuses({ host }), [200, 200, 404, 404], host);
    }
    for (const host of [
      ...[
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1.evil.example',
        'localhost.evil.example',
      ],
      ...['evil.example@127.0.0.1', '127.0.0.2', '0.0.0.0', '127.1', '[::]', 'localhost:x'],
    ]) {
      assert.deepEqual(await statuses({ host }), [403, 403, 403, 403], host);
    }
  });

  it('responds to no web page: not if there is an Origin, not even its own', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${port}`, '']) {
      const headers = { origin, host: `127.0.0.1:${port}` };
      assert.deepEqual(await statuses(headers), [403, 403, 403, 403], origin);
    }
    const { headers } = await send('GET', '/scenarios', { origin: 'https://evil.example' });
    assert.deepEqual(
      [headers.connection, Object.keys(headers).filter((name) => name.startsWith('access-'))],
      ['close', []],
    );
  });

  describe('if a body is over the limit', () => {
    const PIECE = 'x'.repeat(0x4000);
    const CHUNKS = {
      framing: 'Transfer-Encoding: chunked',
      piece: `4000\r\n${PIECE}\r\n`,
    };
    const ANNOUNCED = { framing: 'Content-Length: 999999999', piece: PIECE };

    /** @returns what came back until the connection was closed, and how many bytes had been sent by then */
    async function sendPieces(
      { framing, piece }: typeof CHUNKS,
      pieces: number,
    ): Promise<{ readonly reply: string; readonly sent: number }> {
      const socket = connect(port, '127.0.0.1');
      let reply = '';
      socket.on('data', (chunk) => (reply += chunk.toString()));
      socket.on('error', () => undefined); // it is closed while this side still sends
      socket.write(`POST /v1/job_status HTTP/1.1\r\nHost: 127.0.0.1\r\n${framing}\r\n\r\n`);
      const more = (left: number): void => {
        if (left === 0 || !socket.writable) return;
        socket.write(piece, () => {
          setImmediate(() => {
            more(left - 1);
          });
        });
      };
      more(pieces);
      await new Promise((resolve) => socket.on('close', resolve));
      return { reply, sent: socket.bytesWritten };
    }

    it('responds at once, and closes the connection', async () => {
      for (const { reply } of [await sendPieces(CHUNKS, 5), await sendPieces(ANNOUNCED, 0)]) {
        assert.match(reply, /^HTTP\/1\.1 413 [^]*\r\nConnection: close\r\n[^]*"Request Too Long"/);
      }
    });

    it('reads no more of it', async () => {
      for (const framing of [CHUNKS, ANNOUNCED]) {
        const { sent } = await sendPieces(framing, Infinity);
        assert.ok(sent < 10 * 1024 * 1024, `${sent} bytes were sent`);
      }
    });
  });

  it('takes a body up to the limit', async () => {
    const body = `${await signedBody('approved')}${' '.repeat(60_000)}`;
    assert.equal((await send('POST', '/v1/job_status', {}, body)).status, 200);
  });

  it('gives no warning under many requests at once, and ends them all when it stops', async () => {
    const warnings: string[] = [];
    const warn = ({ name }: Error): void => {
      warnings.push(name);
    };
    process.on('warning', warn);
    const clock = new SteppedClock(Date.now());
    const busy = await startSimulator({ clock });
    try {
      const url = `${busy.url}/job_status`;
      const requests = Array.from({ length: 50 }, async (_, at) =>
        fetch(url, { method: 'POST', body: await signedBody('slow-600', `user-${at}`) }),
      );
      const ended = Promise.allSettled(requests);
      await until('all requests', () => (clock.waiting === 50 ? true : undefined));
      await busy.stop();
      const rejected = (await ended).filter(({ status }) => status === 'rejected');
      await new Promise((resolve) => setImmediate(resolve)); // warnings come a moment later
      assert.deepEqual([rejected.length, clock.waiting, warnings], [50, 0, []]);
    } finally {
      process.off('warning', warn);
      await busy.stop();
    }
  });
});

describe('What the simulator remembers', () => {
  it('is the jobs requested last, so that its memory is bounded', async () => {
    const clock = new SteppedClock(Date.now());
    const simulation = new Simulation(SIMULATOR_PARTNER_ID, SIMULATOR_API_KEY, clock);
    const url = new URL('http://127.0.0.1/v1/job_status');
    const signed = await signedBody('pending-1', 'USER', clock.now());
    const isPending = async (userId: string): Promise<boolean> => {
      const body = signed.replace('USER', userId);
      const response = await simulation.respond(
        { method: 'POST', url, headers: {}, body, form: null },
        never,
      );
      return String(response?.body).includes('"job_complete":false');
    };
    const first = [await isPending('first'), await isPending('first')];
    const second = [await isPending('second')];
    for (let at = 0; at < MAX_JOBS - 1; at += 1) await isPending(`user-${at}`);
    second.push(await isPending('second'));
    assert.deepEqual(
      { first: [...first, await isPending('first')], second },
      { first: [true, false, true], second: [true, false] },
    );
  });

  it('is the tokens granted last, and the jobs submitted last', async () => {
    const clock = new SteppedClock(Date.now());
    const simulation = new Simulation(SIMULATOR_PARTNER_ID, SIMULATOR_API_KEY, clock);
    const send = async (
      method: string,
      path: string,
      headers: Readonly<Record<string, string>>,
      form: Form | null = null,
    ) => {
      const url = new URL(path, 'http://127.0.0.1');
      const request = { method, url, headers, body: '', form };
      return (await simulation.respond(request, never)) ?? assert.fail();
    };
    const granted = async (): Promise<string> => {
      const credentials = { 'smileid-partner-id': '85', 'smileid-api-key': SIMULATOR_API_KEY };
      const { body } = await send('POST', '/v3/token', credentials);
      return /"token":"([^"]+)"/.exec(String(body))?.[1] ?? '';
    };
    const texts = new Map([
      ...['country', 'id_type', 'id_number'].map((name) => [name, 'NG'] as const),
      ['user_details', JSON.stringify({ given_names: 'A', last_name: 'Lockhart', email: 'a@b.c' })],
      [
        'consent',
        JSON.stringify({
          granted: true,
          granted_at: clock.now().toISOString(),
          notice_language: 'EN',
          notice_privacy_policy_url: 'https://example.com',
        }),
      ],
    ]);
    const submitted = async (token: string): Promise<string> => {
      const form = { texts, files: new Map(), bytes: 500 };
      const { body } = await send('POST', '/v3/enhanced_kyc', { 'smileid-token': token }, form);
      return /job_\w{26}/.exec(String(body))?.[0] ?? '';
    };
    const statusOf = async (jobId: string, token: string): Promise<number> =>
      (await send('GET', `/v3/status/${jobId}`, { 'smileid-token': token })).status;

    const [lost, kept] = [await granted(), await granted()];
    for (let count = 0; count < MAX_TOKENS - 1; count += 1) await granted();
    const [lostJob, keptJob] = [await submitted(kept), await submitted(kept)];
    for (let count = 0; count < MAX_SUBMITTED - 1; count += 1) await submitted(kept);
    assert.deepEqual(
      [await statusOf(keptJob, lost), await statusOf(keptJob, kept), await statusOf(lostJob, kept)],
      [401, 202, 404],
    );
    simulation.stop();
  });
});
