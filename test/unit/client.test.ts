import assert from 'node:assert/strict';
import { SmileClient } from '../../src/core/smile/client';
import { textOf } from '../../src/core/smile/responseBody';
import type { Credentials } from '../../src/core/smile/credentials';
import { HttpFailure, type HttpRequest, type HttpResponse } from '../../src/core/smile/http';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import { sign, verify } from '../../src/core/smile/signature';
import { FakeClock, FakeHttp, hang, response } from '../support/fakes';

const CREDENTIALS: Credentials = {
  partnerId: '085',
  apiKey: 'sandbox-key-123',
  baseUrl: 'https://testapi.smileidentity.com/v1',
};
const REQUEST = { userId: 'u-1', jobId: 'j-1', history: false, imageLinks: false };
const never = new AbortController().signal;

type Reply = (request: HttpRequest) => HttpResponse | Error | Promise<HttpResponse | Error>;

function clientOf(...replies: Reply[]): { client: SmileClient; http: FakeHttp; clock: FakeClock } {
  const http = new FakeHttp(replies);
  const clock = new FakeClock();
  return { client: new SmileClient(http, clock, () => 60_000), http, clock };
}

async function outcomeOf(...replies: Reply[]): Promise<JobStatusOutcome> {
  return await clientOf(...replies).client.jobStatus(CREDENTIALS, REQUEST, never);
}

const bodyOf = (request: HttpRequest | undefined): Record<string, unknown> =>
  JSON.parse(request?.body ?? '') as Record<string, unknown>;

const PENDING = { job_complete: false, job_success: false, result: 'No zip uploaded yet' };
const text =
  (body: string, status = 200, type = 'text/html'): (() => HttpResponse) =>
  () =>
    response(body, status, { 'content-type': type });

describe('SmileClient', () => {
  it('sends the documented body, signed for the moment of sending, to the job_status endpoint', async () => {
    const { client, http, clock } = clientOf(() => response(PENDING));
    await client.jobStatus(CREDENTIALS, { ...REQUEST, history: true, imageLinks: true }, never);
    const [request] = http.requests;
    const timestamp = clock.now().toISOString();
    assert.deepEqual(
      { method: request?.method, url: request?.url, body: bodyOf(request) },
      {
        method: 'POST',
        url: 'https://testapi.smileidentity.com/v1/job_status',
        body: {
          partner_id: '085',
          ...(await sign('sandbox-key-123', '085', timestamp)),
          user_id: 'u-1',
          job_id: 'j-1',
          image_links: true,
          history: true,
        },
      },
    );
  });

  it('sends IDs with spaces, quotes and emoji unchanged', async () => {
    const ids = { userId: 'Ada "the" user', jobId: "job 'ü' 🙂" };
    const { client, http } = clientOf(() => response(PENDING));
    const outcome = await client.jobStatus(CREDENTIALS, { ...REQUEST, ...ids }, never);
    const { user_id, job_id } = bodyOf(http.requests[0]);
    assert.deepEqual({ userId: user_id, jobId: job_id }, ids);
    assert.ok(outcome.kind === 'answered');
    assert.deepEqual({ userId: outcome.job.userId, jobId: outcome.job.jobId }, ids);
  });

  it('tries at most three times on connection errors, each time with a fresh timestamp and signature', async () => {
    const { client, http, clock } = clientOf(() => new HttpFailure('reset', 'closed'));
    const outcome = await client.jobStatus(CREDENTIALS, REQUEST, never);
    assert.deepEqual(outcome, { kind: 'unreachable', cause: 'reset', message: 'closed' });
    assert.deepEqual(clock.waits, [400, 1200]);
    const sent = http.requests.map(bodyOf);
    assert.equal(new Set(sent.map(({ timestamp }) => timestamp)).size, 3);
    assert.equal(new Set(sent.map(({ signature }) => signature)).size, 3);
    for (const { timestamp, signature } of sent) {
      const signed = { timestamp: String(timestamp), signature: String(signature) };
      assert.ok(await verify(CREDENTIALS.apiKey, CREDENTIALS.partnerId, signed));
    }
  });

  for (const status of [429, 502, 503, 504]) {
    it(`sends the request again after HTTP ${status}, and returns the response that comes then`, async () => {
      const outcome = await outcomeOf(text('<html>', status), text('<html>', status), () =>
        response(PENDING),
      );
      assert.equal(outcome.kind, 'answered');
    });
  }

  for (const status of [400, 401, 403, 404, 500]) {
    it(`sends only one request if the response is HTTP ${status}`, async () => {
      const { client, http } = clientOf(() => response({ error: 'no', code: '2212' }, status));
      await client.jobStatus(CREDENTIALS, REQUEST, never);
      assert.equal(http.requests.length, 1);
    });
  }

  for (const cause of ['tls', 'proxy', 'other'] as const) {
    it(`sends only one request if the connection fails for a lasting reason: ${cause}`, async () => {
      const { client, http } = clientOf(() => new HttpFailure(cause, 'no'));
      const outcome = await client.jobStatus(CREDENTIALS, REQUEST, never);
      assert.deepEqual(outcome, { kind: 'unreachable', cause, message: 'no' });
      assert.equal(http.requests.length, 1);
    });
  }

  it('waits as long as Retry-After says', async () => {
    const { client, clock } = clientOf(
      () => response({}, 429, { 'retry-after': '7' }),
      () => response(PENDING),
    );
    await client.jobStatus(CREDENTIALS, REQUEST, never);
    assert.deepEqual(clock.waits, [7000]);
  });

  it('ignores any other Retry-After, and one with a status that it does not belong to', async () => {
    const retryAtOf = async (status: number, text: string) => {
      const outcome = await outcomeOf(() =>
        response({ error: 'no' }, status, { 'retry-after': text }),
      );
      assert.ok(outcome.kind === 'refused');
      return outcome.retryAt;
    };
    for (const text of ['-5', '1.5', 'foo 5', '', '5 minutes', 'Sun, 01 Mar 2020 12:00:09 GMT']) {
      assert.equal(await retryAtOf(429, text), null, text);
    }
    for (const text of ['Mon, 99 Xyz 2024 25:61:61 GMT', 'Mit, 05 Okt 2026 10:00:00 GMT']) {
      assert.equal(await retryAtOf(429, text), null, text);
    }
    assert.equal(await retryAtOf(400, '3600'), null);
    assert.notEqual(await retryAtOf(503, '3600'), null);
    const page = await outcomeOf(() => response('<html>', 429, { 'retry-after': '3600' }));
    assert.ok(page.kind === 'unreadable' && page.retryAt !== null);
  });

  it('understands a Retry-After that is a date', async () => {
    const { client, clock } = clientOf(
      () => response({}, 503, { 'retry-after': 'Sun, 01 Mar 2026 12:00:09 GMT' }),
      () => response(PENDING),
    );
    await client.jobStatus(CREDENTIALS, REQUEST, never);
    assert.deepEqual(clock.waits, [9000]);
  });

  it('does not wait for a Retry-After beyond the time limit, but says when to retry', async () => {
    const { client, clock } = clientOf(() =>
      response({ error: 'Too many requests', code: '429' }, 429, { 'retry-after': '3600' }),
    );
    const outcome = await client.jobStatus(CREDENTIALS, REQUEST, never);
    assert.deepEqual(clock.waits, []);
    assert.deepEqual(outcome, {
      kind: 'refused',
      httpStatus: 429,
      code: '429',
      message: 'Too many requests',
      requestId: null,
      retryAt: new Date(clock.now().getTime() + 3_600_000).toISOString(),
      raw: { error: 'Too many requests', code: '429' },
    });
  });

  it('stops after the time limit', async () => {
    const { client, clock } = clientOf((request) => {
      clock.pass(60_000);
      return hang(request);
    });
    assert.deepEqual(await client.jobStatus(CREDENTIALS, REQUEST, never), {
      kind: 'unreachable',
      cause: 'timeout',
      message: 'No complete response came within 60 seconds.',
    });
  });

  it('can be canceled before it begins, while it waits for a response, and between two attempts', async () => {
    const before = AbortSignal.abort();
    const { client, http } = clientOf(() => response(PENDING));
    assert.deepEqual(await client.jobStatus(CREDENTIALS, REQUEST, before), {
      kind: 'cancelled',
      cause: 'stopped',
    });
    assert.equal(http.requests.length, 0);

    const during = new AbortController();
    const waiting = clientOf((request) => {
      during.abort();
      return hang(request);
    });
    assert.deepEqual(await waiting.client.jobStatus(CREDENTIALS, REQUEST, during.signal), {
      kind: 'cancelled',
      cause: 'stopped',
    });

    const between = new AbortController();
    const failing = clientOf(() => {
      between.abort();
      return new HttpFailure('reset', 'closed');
    });
    assert.deepEqual(await failing.client.jobStatus(CREDENTIALS, REQUEST, between.signal), {
      kind: 'cancelled',
      cause: 'stopped',
    });
    assert.equal(failing.http.requests.length, 1);
  });

  it("keeps Smile ID's own error code and text, and the request ID", async () => {
    const headers = { 'x-amzn-requestid': 'req-1' };
    const body = { error: 'You are not authorized to do that', code: '2205' };
    assert.deepEqual(await outcomeOf(() => response(body, 400, headers)), {
      kind: 'refused',
      httpStatus: 400,
      code: '2205',
      message: 'You are not authorized to do that',
      requestId: 'req-1',
      retryAt: null,
      raw: body,
    });
  });

  it('reads an error that comes with HTTP 200, with a number as code, or from the gateway', async () => {
    assert.deepEqual(await outcomeOf(() => response({ error: 'Invalid job type.', code: 2212 })), {
      kind: 'refused',
      httpStatus: 200,
      code: '2212',
      message: 'Invalid job type.',
      requestId: null,
      retryAt: null,
      raw: { error: 'Invalid job type.', code: 2212 },
    });
    assert.deepEqual(await outcomeOf(() => response({ message: 'Forbidden' }, 403)), {
      kind: 'refused',
      httpStatus: 403,
      code: null,
      message: 'Forbidden',
      requestId: null,
      retryAt: null,
      raw: { message: 'Forbidden' },
    });
  });

  const unreadable: [string, Reply, string][] = [
    [
      'a web page',
      text('<html><title>Bad gateway</title></html>', 200),
      'The response is a web page, not JSON.',
    ],
    ['an empty body', text(''), 'The response is empty.'],
    [
      'JSON that ends early',
      text('{"job_complete": tr', 200, 'application/json'),
      'The response is not a complete JSON object.',
    ],
    [
      'JSON that is a list',
      text('[1]', 200, 'application/json'),
      'The response is not a JSON object.',
    ],
    [
      'a body that was cut off at 10 MB',
      () => ({ ...response('{}'), cut: 'too large' }),
      'The response is larger than 10 MB; reading stopped.',
    ],
    [
      'a body with very many values',
      text(`{"history":[${'{},'.repeat(1_000_000)}{}]}`, 200, 'application/json'),
      'The response has more than 200,000 values; it is not read.',
    ],
    [
      'a body whose connection was lost',
      () => ({ ...response('{}'), cut: 'connection lost' }),
      'The connection ended before the whole response had arrived.',
    ],
  ];
  for (const [name, reply, message] of unreadable) {
    it(`calls ${name} unreadable, and says why`, async () => {
      const outcome = await outcomeOf(reply);
      assert.ok(outcome.kind === 'unreadable');
      assert.equal(outcome.message, message);
    });
  }

  it('says what an unreadable response is, shows no part of it, and keeps its text separately', async () => {
    const secret = 'Ada Testperson 1990-01-01';
    const bodies = [
      ['application/json', `{"result":{"ResultCode":"0810","FullName":"${secret}`],
      ['text/html', `<html><head><title>502 Bad Gateway</title></head>${secret}</html>`],
      ['text/html', `<!DOCTYPE html><title>${secret}</title>`],
      ['application/xml', `<Error><Code>${secret}</Code></Error>`],
      ['text/plain', secret],
      ['application/json', `["${secret}"]`],
      ['application/json', ''],
    ] as const;
    const said = await Promise.all(
      bodies.map(async ([type, body]) => {
        const outcome = await outcomeOf(text(body, 200, type));
        assert.ok(outcome.kind === 'unreadable');
        assert.doesNotMatch(JSON.stringify(outcome), /Ada|1990/);
        assert.equal(textOf(outcome), body);
        return outcome.excerpt;
      }),
    );
    assert.deepEqual(said, [
      'JSON that is cut off or damaged, 68 bytes',
      'HTML page "502 Bad Gateway", 81 bytes',
      'HTML page, 55 bytes',
      'XML, 53 bytes',
      'Text, 25 bytes',
      'JSON, but not an object, 29 bytes',
      'Empty body',
    ]);
  });

  it('refuses a redirect', async () => {
    const { client, http } = clientOf(() =>
      response('', 302, { location: 'https://evil.example/job_status' }),
    );
    const outcome = await client.jobStatus(CREDENTIALS, REQUEST, never);
    assert.ok(outcome.kind === 'unreachable');
    assert.match(outcome.message, /redirect/);
    assert.equal(http.requests.length, 1);
  });

  it("verifies the response's signature with its own raw timestamp, whatever its format", async () => {
    for (const timestamp of [
      '2022-10-27 13:25:52 +0000',
      '2024-01-01T00:00:00.000Z',
      1666877152000,
    ]) {
      const { signature } = await sign(CREDENTIALS.apiKey, '085', String(timestamp));
      const outcome = await outcomeOf(() => response({ ...PENDING, timestamp, signature }));
      assert.ok(outcome.kind === 'answered');
      assert.equal(outcome.signature, 'valid');
    }
  });

  it('reports a wrong or missing signature, and keeps the response', async () => {
    const { signature } = await sign('another key', '085', 'now');
    const forged = await outcomeOf(() => response({ ...PENDING, timestamp: 'now', signature }));
    const bare = await outcomeOf(() => response(PENDING));
    assert.ok(forged.kind === 'answered' && bare.kind === 'answered');
    assert.deepEqual([forged.signature, bare.signature], ['invalid', 'missing']);
    assert.equal(forged.job.result?.text, 'No zip uploaded yet');
  });
});
