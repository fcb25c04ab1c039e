import assert from 'node:assert/strict';
import { SmileClient } from '../../src/core/smile/client';
import { HttpFailure, type HttpResponse } from '../../src/core/smile/http';
import { checkKey, type KeyCheckResult } from '../../src/core/smile/keyCheck';
import { sign } from '../../src/core/smile/signature';
import { FakeClock, FakeHttp, response } from '../support/fakes';

const credentials = { partnerId: '085', apiKey: 'key-1', baseUrl: 'https://h/v1' };

async function probed(reply: HttpResponse | Error): Promise<KeyCheckResult> {
  const client = new SmileClient(new FakeHttp([() => reply]), new FakeClock(), () => 60_000);
  return await checkKey(client, credentials, new AbortController().signal);
}
const job = { job_complete: false, result: {} };

describe('probe', () => {
  for (const code of ['2204', '2205', '2405']) {
    it(`treats error ${code} as a wrong key, partner ID or environment`, async () => {
      assert.deepEqual(await probed(response({ error: 'no', code }, 400)), {
        kind: 'unauthorized',
        code,
        message: 'no',
      });
    });
  }

  it('reports that production is not enabled', async () => {
    assert.deepEqual(
      await probed(response({ error: 'Production is not enabled', code: '2220' }, 400)),
      {
        kind: 'production off',
        message: 'Production is not enabled',
      },
    );
  });

  it('treats the key as accepted if a job response is signed with it', async () => {
    const signed = { ...job, ...(await sign('key-1', '085', '2026-03-01')) };
    assert.deepEqual(await probed(response(signed)), { kind: 'accepted' });
  });

  it('does not treat a response without a signature as proof that the key is right', async () => {
    const { signature } = await sign('key-1', '085', '2026-03-01');
    for (const body of [
      job,
      {},
      { ok: true },
      { ...job, signature },
      { ...job, timestamp: 'now' },
    ]) {
      assert.deepEqual(await probed(response(body)), {
        kind: 'not verified',
        message: 'The response has no signature, so it does not show that Smile ID knows this key.',
      });
    }
  });

  it('treats an error as an error even with HTTP 200', async () => {
    assert.deepEqual(
      await Promise.all(
        [
          { message: 'Internal server error' },
          { code: '2205', message: 'not authorized' },
          { error: 'You are not authorized to do that', code: '2205', result: null },
          { error: 'no', code: '2205', job_complete: false },
        ].map(async (body) => await probed(response(body))),
      ),
      [
        { kind: 'unclear', message: 'Internal server error' },
        { kind: 'unauthorized', code: '2205', message: 'not authorized' },
        { kind: 'unauthorized', code: '2205', message: 'You are not authorized to do that' },
        { kind: 'unauthorized', code: '2205', message: 'no' },
      ],
    );
  });

  it('doubts a response that is signed with another key', async () => {
    const reply = response({ ...job, ...(await sign('key-2', '085', '2026-03-01')) });
    assert.equal((await probed(reply)).kind, 'doubtful');
  });

  it('distinguishes no network from a response that says nothing about the key', async () => {
    assert.deepEqual(await probed(new HttpFailure('dns', 'Not online.')), {
      kind: 'no network',
      message: 'Not online.',
    });
    for (const reply of [
      response('<html>', 500),
      response({ message: 'Forbidden' }, 403),
      response({ error: 'no such job', code: '2413' }, 400),
      response({ error: 'System Error', code: '2301' }, 500),
    ]) {
      assert.equal((await probed(reply)).kind, 'unclear');
    }
  });
});
