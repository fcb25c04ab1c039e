import assert from 'node:assert/strict';
import { SmileClient } from '../../src/core/smile/client';
import type { Credentials } from '../../src/core/smile/credentials';
import type { HttpRequest, HttpResponse } from '../../src/core/smile/http';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { FakeClock, FakeHttp, hang, response } from '../support/fakes';

const CREDENTIALS: Credentials = {
  partnerId: '0085',
  apiKey: 'sandbox-key-123',
  baseUrl: 'https://testapi.smileidentity.com/v1',
};
const JOB_ID = 'job_01m45mn5m0enwb31m7wv7rmj1f';
const USER_ID = 'user_01m45mn5kzenwb31m7wv7rmj1f';
const REQUEST = { userId: null, jobId: JOB_ID, history: false, imageLinks: false };
const BASE = 'https://testapi.smileidentity.com/v3';
const MINUTE = 60_000;
const never = new AbortController().signal;

type Reply = HttpResponse | Error | Promise<HttpResponse | Error>;

const encoded = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token that ends in 15 minutes, as Smile ID's do. */
const tokenAt = (now: Date, name = 'a'): string => {
  const iat = Math.floor(now.getTime() / 1000);
  return `${encoded({ alg: 'HS256' })}.${encoded({ iat, exp: iat + 900, name })}.x`;
};

const status = (word: string, message = 'Job completed'): Record<string, unknown> => ({
  status: word,
  job_id: JOB_ID,
  user_id: word === 'not_found' ? 'unknown' : USER_ID,
  message,
  created_at: '2026-10-05T09:00:30.000Z',
});

/** A server whose token endpoint and status endpoint reply as given; by default a new token each time. */
function serverOf(reply: (request: HttpRequest, attempt: number) => Reply, token?: () => Reply) {
  const clock = new FakeClock();
  const attempts = { token: 0, other: 0 };
  const http = new FakeHttp([
    (request) => {
      if (!request.url.endsWith('/token')) return reply(request, (attempts.other += 1));
      attempts.token += 1;
      return token?.() ?? response({ token: tokenAt(clock.now(), String(attempts.token)) });
    },
  ]);
  const client = new SmileClient(http, clock, () => MINUTE);
  const lookUp = (cancel = never): Promise<JobStatusOutcome> =>
    client.jobStatus(CREDENTIALS, REQUEST, cancel);
  return { client, clock, http, attempts, lookUp };
}

const essence = (outcome: JobStatusOutcome): unknown =>
  outcome.kind === 'answered'
    ? [outcome.job.verdict, outcome.job.status, outcome.job.complete, outcome.signature]
    : outcome.kind === 'refused'
      ? [outcome.kind, outcome.httpStatus, outcome.message]
      : outcome.kind;

describe('A lookup by API v3', () => {
  it('takes a token for the key, and sends the token with the job ID alone', async () => {
    const { http, clock, lookUp } = serverOf(() => response(status('clear')));
    const outcome = await lookUp();
    assert.deepEqual(
      http.requests.map(({ method, url, headers, body }) => ({ method, url, headers, body })),
      [
        {
          method: 'POST',
          url: `${BASE}/token`,
          headers: { 'smileid-partner-id': '85', 'smileid-api-key': 'sandbox-key-123' },
          body: undefined,
        },
        {
          method: 'GET',
          url: `${BASE}/status/${JOB_ID}`,
          headers: { Accept: 'application/json', 'SmileID-Token': tokenAt(clock.now(), '1') },
          body: undefined,
        },
      ],
    );
    assert.deepEqual(outcome, {
      kind: 'answered',
      job: {
        api: 'v3',
        document: 'status',
        userId: USER_ID,
        jobId: JOB_ID,
        smileJobId: null,
        jobType: null,
        product: null,
        status: 'clear',
        reason: null,
        complete: true,
        success: null,
        verdict: 'approved',
        result: {
          code: null,
          text: 'Job completed',
          type: null,
          final: null,
          machine: null,
          confidence: null,
          source: null,
          timestamp: null,
          actions: [],
        },
        history: [],
        images: [],
        notes: [],
      },
      signature: 'unsigned',
      raw: status('clear'),
    });
  });

  const ROWS: readonly [httpStatus: number, body: unknown, expected: unknown][] = [
    [200, status('clear'), ['approved', 'clear', true, 'unsigned']],
    [200, status('attention'), ['attention', 'attention', true, 'unsigned']],
    [200, status('block'), ['rejected', 'block', true, 'unsigned']],
    [200, status('error'), ['error', 'error', true, 'unsigned']],
    [
      202,
      status('processing', 'Job is still processing'),
      ['pending', 'processing', false, 'unsigned'],
    ],
    [202, status('Accepted'), ['pending', 'accepted', false, 'unsigned']],
    [404, status('not_found', 'Job not found'), ['unknown', 'not_found', null, 'unsigned']],
    [200, status('under_review'), ['unknown', 'under_review', null, 'unsigned']],
    [
      200,
      status('complete', 'Verification completed with state: block'),
      ['rejected', 'block', true, 'unsigned'],
    ],
    [200, status('complete', 'Verification completed'), ['unknown', 'complete', null, 'unsigned']],
    [400, { status: 'Bad Request', message: 'no' }, ['refused', 400, 'no']],
    [403, { status: 'Forbidden', message: 'no' }, ['refused', 403, 'no']],
    [404, { message: 'Not Found' }, ['refused', 404, 'Not Found']],
    [404, { status: 'Not Found', message: 'Job not found' }, ['refused', 404, 'Job not found']],
    [500, { status: 'Internal Server Error', message: 'no' }, ['refused', 500, 'no']],
    [
      413,
      { status: 'payload_too_large', message: 'no', job_id: null, user_id: null },
      ['refused', 413, 'no'],
    ],
    [200, { status: 'Bad Request', message: 'no' }, ['refused', 200, 'no']],
    [200, { message: 'hello' }, ['refused', 200, 'hello']],
    [200, { status: 'clear', message: 'no job ID' }, ['refused', 200, 'no job ID']],
    [
      200,
      status('complete', 'not in state: clear, state: block'),
      ['unknown', 'complete', null, 'unsigned'],
    ],
    [200, '<html></html>', 'unreadable'],
    [504, '', 'unreadable'],
    [302, '', 'unreadable'],
  ];
  for (const [httpStatus, body, expected] of ROWS) {
    it(`reads HTTP ${httpStatus} with ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const { lookUp } = serverOf(() => response(body, httpStatus));
      assert.deepEqual(essence(await lookUp()), expected);
    });
  }

  it('never sends key or token to the target of a redirect', async () => {
    const moved = (): HttpResponse => response('', 307, { location: 'https://elsewhere.example/' });
    const ofToken = serverOf(() => response({}), moved);
    const ofStatus = serverOf(moved);
    assert.deepEqual(
      [essence(await ofToken.lookUp()), essence(await ofStatus.lookUp())],
      ['unreachable', 'unreachable'],
    );
    assert.deepEqual(
      [...ofToken.http.requests, ...ofStatus.http.requests].map(({ url }) => new URL(url).pathname),
      ['/v3/token', '/v3/token', `/v3/status/${JOB_ID}`],
    );
  });

  it('shares a token among callers until a minute before its end', async () => {
    const { attempts, clock, lookUp } = serverOf(() => response(status('clear')));
    await Promise.all([lookUp(), lookUp(), lookUp()]);
    assert.deepEqual(attempts, { token: 1, other: 3 });
    clock.pass(14 * MINUTE - 1000);
    await lookUp();
    assert.deepEqual(attempts, { token: 1, other: 4 });
    clock.pass(1000);
    await lookUp();
    assert.deepEqual(attempts, { token: 2, other: 5 });
  });

  it('uses a token once if it does not say when it ends', async () => {
    const { attempts, lookUp } = serverOf(
      () => response(status('clear')),
      () => response({ token: 'opaque' }),
    );
    await lookUp();
    await lookUp();
    assert.deepEqual(attempts, { token: 2, other: 2 });
  });

  it('takes a new token at once for another key of the same partner', async () => {
    const { attempts, client, lookUp } = serverOf(() => response(status('clear')));
    await lookUp();
    await client.jobStatus({ ...CREDENTIALS, apiKey: 'rotated' }, REQUEST, never);
    assert.deepEqual(attempts, { token: 2, other: 2 });
  });

  it('takes a new token, once, if one is not accepted', async () => {
    const unauthorized = response({ status: 'Unauthorized', message: 'no' }, 401);
    const once = serverOf((_, attempt) =>
      attempt === 1 ? unauthorized : response(status('clear')),
    );
    assert.deepEqual(essence(await once.lookUp()), ['approved', 'clear', true, 'unsigned']);
    assert.deepEqual(once.attempts, { token: 2, other: 2 });
    const always = serverOf(() => unauthorized);
    assert.deepEqual(essence(await always.lookUp()), ['refused', 401, 'no']);
    assert.deepEqual(always.attempts, { token: 2, other: 2 });
  });

  it('goes on for the other callers if the one that began the token request cancels', async () => {
    let release = (): void => undefined;
    const { clock, attempts, lookUp } = serverOf(
      () => response(status('clear')),
      () =>
        new Promise((resolve) => {
          release = () => {
            resolve(response({ token: tokenAt(clock.now()) }));
          };
        }),
    );
    const first = new AbortController();
    const both = [lookUp(first.signal), lookUp()] as const;
    first.abort();
    assert.deepEqual(await both[0], { kind: 'cancelled', cause: 'stopped' });
    release();
    assert.deepEqual(essence(await both[1]), ['approved', 'clear', true, 'unsigned']);
    assert.deepEqual(attempts, { token: 1, other: 1 });
  });

  it('can be canceled while it waits for a token, and begins anew afterwards', async () => {
    let isStuck = true;
    const clock = new FakeClock();
    const http = new FakeHttp([
      (request) =>
        !request.url.endsWith('/token')
          ? response(status('clear'))
          : isStuck
            ? hang(request)
            : response({ token: tokenAt(clock.now()) }),
    ]);
    const client = new SmileClient(http, clock, () => MINUTE);
    const cancel = new AbortController();
    const outcome = client.jobStatus(CREDENTIALS, REQUEST, cancel.signal);
    cancel.abort();
    assert.deepEqual(await outcome, { kind: 'cancelled', cause: 'stopped' });
    isStuck = false;
    assert.deepEqual(essence(await client.jobStatus(CREDENTIALS, REQUEST, never)), [
      ...['approved', 'clear', true, 'unsigned'],
    ]);
  });

  it('repeats token and status requests after failures that pass, and says what did not', async () => {
    const busy = response({ status: 'Service Unavailable', message: 'busy' }, 503);
    const recovered = serverOf((_, attempt) => (attempt < 3 ? busy : response(status('block'))));
    assert.deepEqual(essence(await recovered.lookUp()), ['rejected', 'block', true, 'unsigned']);
    assert.deepEqual(recovered.attempts, { token: 1, other: 3 });
    const down = serverOf(
      () => response(status('clear')),
      () => busy,
    );
    assert.deepEqual(essence(await down.lookUp()), ['refused', 503, 'busy']);
    assert.deepEqual(down.attempts, { token: 3, other: 0 });
  });

  const NO_TOKEN: readonly [reply: HttpResponse, expected: unknown][] = [
    [
      response({ status: 'Unauthorized', message: 'Invalid authentication credentials.' }, 401),
      ['refused', 401, 'Invalid authentication credentials.'],
    ],
    [response('<html></html>', 502), 'unreadable'],
    [response({ jwt: 'x' }), ['refused', 200, 'The response to the token request has no token.']],
    [
      response({ token: 'line\nbreak' }),
      ['refused', 200, 'The response to the token request has no token.'],
    ],
  ];
  for (const [reply, expected] of NO_TOKEN) {
    it(`ends with ${JSON.stringify(expected)} if there is no token`, async () => {
      const { attempts, lookUp } = serverOf(
        () => response(status('clear')),
        () => reply,
      );
      assert.deepEqual(essence(await lookUp()), expected);
      assert.equal(attempts.other, 0);
    });
  }

  it('has neither key nor token in its outcome, unless the server repeats them in its body', async () => {
    for (const reply of [response(status('clear')), response({ message: 'no' }, 500)]) {
      const { clock, lookUp } = serverOf(() => reply);
      const text = JSON.stringify(await lookUp());
      assert.deepEqual(
        ['sandbox-key-123', tokenAt(clock.now(), '1')].filter((secret) => text.includes(secret)),
        [],
      );
    }
  });

  it('keeps neither, although the server repeats them in an error', async () => {
    const refused = (secret: string): HttpResponse =>
      response({ status: 'Forbidden', message: `not for ${secret}` }, 403);
    const ofToken = serverOf(
      () => response(status('clear')),
      () => refused('sandbox-key-123'),
    );
    const ofStatus = serverOf((request) => refused(request.headers?.['SmileID-Token'] ?? ''));
    for (const { lookUp } of [ofToken, ofStatus]) {
      const outcome = await lookUp();
      assert.ok(outcome.kind === 'refused');
      assert.deepEqual(
        [outcome.message, outcome.raw.message],
        ['not for [redacted]', 'not for [redacted]'],
      );
    }
    const renamed = serverOf(
      () => response(status('clear')),
      () => response({ access_token: 'a-token-of-another-name' }),
    );
    assert.ok(!JSON.stringify(await renamed.lookUp()).includes('a-token-of-another-name'));
  });

  it('forgets tokens when profiles change', async () => {
    const { attempts, client, lookUp } = serverOf(() => response(status('clear')));
    await lookUp();
    client.forgetTokens();
    await lookUp();
    assert.deepEqual(attempts, { token: 2, other: 2 });
  });

  it('takes the status of another job for no verdict on this one', async () => {
    const other = { ...status('clear'), job_id: 'job_01m45mrwgpfsw9nzadq97rza20' };
    const outcome = await serverOf(() => response(other)).lookUp();
    assert.ok(outcome.kind === 'answered');
    assert.deepEqual(
      [outcome.job.verdict, outcome.job.complete, outcome.job.notes],
      ['unknown', null, ['The response has another job ID than the request.']],
    );
  });

  it('goes to the v3 of a local server, whatever path its address has', async () => {
    for (const [baseUrl, expected] of [
      ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v3/token'],
      ['http://127.0.0.1:8080/stub/v1', 'http://127.0.0.1:8080/stub/v3/token'],
      ['http://127.0.0.1:8080/stub', 'http://127.0.0.1:8080/stub/v3/token'],
    ] as const) {
      const { client, http } = serverOf(() => response(status('clear')));
      await client.jobStatus({ ...CREDENTIALS, baseUrl }, REQUEST, never);
      assert.equal(http.requests[0]?.url, expected);
    }
  });
});

describe('A replay of a webhook', () => {
  const accepted = response({ status: 'accepted', message: 'queued' }, 202);

  it('is requested without a body, or with the address as the only field of a form', async () => {
    const { client, http, clock } = serverOf(() => accepted);
    const stored = await client.replay(CREDENTIALS, JOB_ID, null, never);
    const given = await client.replay(CREDENTIALS, JOB_ID, 'https://me.example/hook?a=1', never);
    assert.deepEqual([stored, given], Array(2).fill({ kind: 'accepted' }));
    const [, first, second] = http.requests;
    assert.deepEqual(
      { method: first?.method, url: first?.url, headers: first?.headers, body: first?.body },
      {
        method: 'POST',
        url: `${BASE}/replay/${JOB_ID}`,
        headers: { Accept: 'application/json', 'SmileID-Token': tokenAt(clock.now(), '1') },
        body: undefined,
      },
    );
    const form = await new Response(second?.body, {
      headers: { 'Content-Type': second?.headers?.['Content-Type'] ?? '' },
    }).formData();
    assert.deepEqual([...form], [['callback_url', 'https://me.example/hook?a=1']]);
  });

  it('is sent once, whatever fails: each would reach the receiver', async () => {
    for (const failure of [response({ message: 'busy' }, 503), response({}, 500)]) {
      const { client, attempts } = serverOf(() => failure);
      const outcome = await client.replay(CREDENTIALS, JOB_ID, null, never);
      assert.equal(outcome.kind, 'refused');
      assert.deepEqual(attempts, { token: 1, other: 1 });
    }
  });
});
