import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { summaryOf } from '../../src/core/report/responseSummary';
import { JsonObject } from '../../src/core/smile/fields';
import { readPastedText } from '../../src/core/smile/pastedText';
import { readResponse, type KeyOfPartner } from '../../src/core/smile/readResponse';
import { sign } from '../../src/core/smile/signature';
import { ROOT } from '../support/root';

const fixture = (path: string): unknown =>
  JSON.parse(readFileSync(join(ROOT, 'test/fixtures', path), 'utf8'));
const Headers = z.record(z.string(), z.string());

const { responses } = z
  .object({
    responses: z.array(
      z.object({
        file: z.string(),
        kind: z.string(),
        verdict: z.nullable(z.string()),
        product: z.nullable(z.string()),
      }),
    ),
  })
  .parse(fixture('responses/index.json'));
const { signing, webhooks } = z
  .object({
    signing: z.object({ apiKey: z.string(), partnerId: z.string() }),
    webhooks: z.array(
      z.object({
        name: z.string(),
        product: z.string(),
        status: z.string(),
        reason: z.nullable(z.string()),
        headers: Headers,
        body: JsonObject,
      }),
    ),
  })
  .parse(fixture('v3Webhooks.json'));
const { replies } = z
  .object({
    replies: z.array(
      z.object({ name: z.string(), http: z.number(), headers: Headers, body: JsonObject }),
    ),
  })
  .parse(fixture('v3Replies.json'));

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const summary = async (
  body: JsonObject,
  headers: Record<string, string> = {},
  keys: readonly KeyOfPartner[] = [],
) => summaryOf(await readResponse(body, lowerCased(headers), keys));

const VERDICTS: Readonly<Record<string, string>> = {
  clear: 'approved',
  attention: 'attention',
  block: 'rejected',
  error: 'error',
  processing: 'pending',
};

describe('A response that is read without its request', () => {
  for (const { file, kind, verdict, product } of responses) {
    it(`is what its source says: ${file}`, async () => {
      const read = await summary(JsonObject.parse(fixture(`responses/${file}`)));
      assert.deepEqual(
        { kind: read.kind, verdict: read.verdict, product: read.product },
        { kind, verdict, product },
      );
    });
  }

  for (const { name, status, reason, headers, body } of webhooks) {
    it(`is a signed webhook of its job: ${name}`, async () => {
      const read = await summary(body, headers, [signing]);
      const isFraud = name.includes('fraud-detected');
      assert.deepEqual(
        {
          kind: read.kind,
          api: read.api,
          jobId: read.jobId,
          userId: read.userId,
          verdict: read.verdict,
          status: read.status,
          reason: read.reason,
          text: read.text,
          signature: read.signature,
          hasNextStep: read.nextStep !== null,
        },
        {
          kind: 'webhook',
          api: 'v3',
          jobId: headers['Job-ID'] ?? headers['SmileID-Job-ID'],
          userId: headers['User-ID'],
          // fraud signals on an approval are for the integrator to judge
          verdict: isFraud ? 'attention' : VERDICTS[status],
          status,
          reason,
          text: body.message,
          signature: 'valid',
          hasNextStep: true,
        },
      );
    });
  }

  it('has a product wherever the body names one, of all names that API v3 uses', async () => {
    const products = new Map<unknown, unknown>();
    for (const { body } of webhooks) products.set(body.product, (await summary(body)).product);
    products.delete(undefined);
    assert.deepEqual(
      [...products].filter(([, product]) => product === null),
      [],
    );
  });

  const KINDS: readonly [RegExp, string][] = [
    [/^status-(?:2\d\d|404)-/, 'status'],
    [/^(?:submit|replay|fraud)-202-/, 'accepted'],
    [/-4\d\d-/, 'error'],
    [/^link-201-/, 'unknown'],
  ];
  for (const { name, headers, body } of replies) {
    it(`is known by its form alone: ${name}`, async () => {
      const expected = KINDS.find(([pattern]) => pattern.test(name))?.[1];
      const read = await summary(body, headers);
      assert.equal(read.kind, expected);
      if (expected === 'accepted' || expected === 'error') assert.equal(read.verdict, null);
    });
  }

  it('says everything that is known of it, and null for the rest', async () => {
    assert.deepEqual(await summary({ error: 'Job not found', code: '2304' }), {
      kind: 'error',
      api: 'v1',
      product: null,
      jobId: null,
      userId: null,
      verdict: null,
      code: '2304',
      status: null,
      reason: null,
      text: 'Job not found',
      meaning: 'There is no job with this user_id and job_id in this environment.',
      nextStep:
        'Check user_id, job_id and the environment. A submission that failed with an error code created no job: look for that error in the logs of your server.',
      signature: 'unsigned',
    });
  });

  it('is unknown if it is anything else, also with the words of an error', async () => {
    for (const body of [
      {},
      { message: 'hello' },
      { status: 'ok' },
      { status: 'error', data: [] },
      { status: 'clear' },
      { status: 'clear', job_id: 'build-17', message: 'Job completed' },
      { error: null, code: 1 },
      { name: 'app', version: '1.0.0', scripts: {} },
      { error: 'x', code: '2204', items: [1] },
      { status: 'approved', id: 5 },
      { status: 'error', message: 'Not found', path: '/' },
    ]) {
      assert.equal((await summary(body)).kind, 'unknown', JSON.stringify(body));
    }
  });

  it('never fails, whatever values its fields have', async () => {
    const names = fc.constantFrom(
      ...['status', 'message', 'reason', 'product', 'job_id', 'user_id', 'result', 'ResultCode'],
      ...['ResultText', 'PartnerParams', 'partner_params', 'code', 'error', 'job_complete'],
      ...['timestamp', 'signature', 'antifraud', 'image_links', 'history', 'partner_id'],
      ...['upload_url', 'Actions', 'toString', '__proto__'],
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('clear', 'Accepted', 'complete', 'not_found', '0810', 'Bad Request'),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value), async (body) => {
        const read = await summary(body, {}, [{ partnerId: '085', apiKey: 'k' }]);
        assert.equal(Object.keys(read).length, 13);
      }),
      { numRuns: 300 },
    );
  });
});

describe('The signature of a response that is read without its request', () => {
  const TIME = '2026-07-22T10:00:00.000Z';
  const key = (partnerId: string, apiKey: string) => ({ partnerId, apiKey });
  const v1 = { ResultCode: '0810', SmileJobID: '1', PartnerParams: { job_type: 1 } };
  const v3 = { status: 'clear', product: 'enhanced_kyc', reason: null };

  it('is checked with the key of every profile, and names the one that made it', async () => {
    const keys = [key('001', 'a'), key('085', 'b'), key('002', 'c')];
    const body = { ...v1, ...(await sign('b', '085', TIME)) };
    const read = await readResponse(body, {}, keys);
    assert.ok(read.kind === 'result');
    assert.deepEqual([read.outcome.signature, read.signedBy], ['valid', keys[1]]);
  });

  it('of API v3 may be made for the partner ID with or without its leading zeros', async () => {
    for (const signedFor of ['0085', '85']) {
      const { timestamp, signature } = await sign('b', signedFor, TIME);
      const headers = { 'Response-Timestamp': timestamp, 'Response-Signature': signature };
      assert.equal((await summary(v3, headers, [key('0085', 'b')])).signature, 'valid');
    }
  });

  it('is invalid if no stored key that may be meant made it', async () => {
    const keys = [key('085', 'b')];
    const signed = await sign('other', '085', TIME);
    const headers = {
      'Response-Timestamp': signed.timestamp,
      'Response-Signature': signed.signature,
    };
    const states = async (partner: JsonObject): Promise<string[]> => [
      (await summary({ ...v1, ...signed, ...partner }, {}, keys)).signature,
      (await summary({ ...v3, ...partner }, headers, keys)).signature,
    ];
    assert.deepEqual(
      {
        stored: await states({ partner_id: '085' }),
        storedAsNumber: await states({ partner_id: 85 }),
        other: await states({ partner_id: '777' }),
        notNamed: await states({}),
      },
      {
        stored: ['invalid', 'invalid'],
        storedAsNumber: ['invalid', 'invalid'],
        other: ['unknown', 'unknown'],
        notNamed: ['invalid', 'invalid'],
      },
    );
  });

  it('cannot be checked without any key, without the headers of a webhook, or if it is an old one', async () => {
    const signed = { ...v1, ...(await sign('b', '085', TIME)) };
    assert.equal((await summary(signed)).signature, 'unknown');
    assert.equal((await summary(v3, {}, [key('085', 'b')])).signature, 'unknown');
    // the form before HMAC: only Smile ID could check it
    const old = { ...v1, timestamp: 1, signature: `AAAA|${'0'.repeat(64)}`, partner_id: '085' };
    assert.equal((await summary(old, {}, [key('085', 'b')])).signature, 'unknown');
  });

  it('is not missing from a text that is cut off: it may be in the part that is', async () => {
    const keys = [key('085', 'b')];
    const read = async (cutOff: boolean): Promise<string> => {
      const pasted = { cutOff, notes: [] };
      return summaryOf(await readResponse(v1, {}, keys, pasted), pasted).signature;
    };
    assert.deepEqual([await read(false), await read(true)], ['missing', 'unknown']);
  });

  it('of API v1 is the one in the body, whatever the headers say', async () => {
    const { timestamp, signature } = await sign('b', '085', TIME);
    const headers = { 'Response-Timestamp': timestamp, 'Response-Signature': signature };
    const body = { ...v1, timestamp, signature: 'AAAA', partner_id: '085' };
    assert.equal((await summary(body, headers, [key('085', 'b')])).signature, 'invalid');
  });

  it('of API v3 is not checked with headers of another job', async () => {
    const { timestamp, signature } = await sign('b', '085', TIME);
    const [one, other] = ['job_01m45mn5m0enwb31m7wv7rmj1f', 'job_01m45mrwgpfsw9nzadq97rza20'];
    const headers = {
      ...{ 'Response-Timestamp': timestamp, 'Response-Signature': signature, 'Job-ID': one },
    };
    const read = await summary({ ...v3, job_id: other }, headers, [key('085', 'b')]);
    assert.deepEqual([read.jobId, read.signature], [other, 'unknown']);
    const same = await summary({ ...v3, job_id: one }, headers, [key('085', 'b')]);
    assert.deepEqual([same.jobId, same.signature], [one, 'valid']);
  });

  it('is missing where there should be one, and not expected where there never is one', async () => {
    const keys = [key('085', 'b')];
    const kinds = [
      v1,
      { job_complete: true, result: v1 },
      { status: 'clear', job_id: 'job_01m45mn5m0enwb31m7wv7rmj1f', message: 'Job completed' },
      { status: 'accepted', job_id: 'job_01m45mn5m0enwb31m7wv7rmj1f' },
      { error: 'no', code: '2204' },
      { status: 'approved', code: '0840', partner_id: '085', job_id: '1' },
    ];
    assert.deepEqual(
      await Promise.all(kinds.map(async (body) => (await summary(body, {}, keys)).signature)),
      [...['missing', 'missing', 'unsigned', 'unsigned', 'unsigned', 'unsigned']],
    );
  });
});

describe('A response in a text', () => {
  const HEADERS = [
    'Response-Timestamp: 2026-07-22T10:00:00.000Z',
    'Response-Signature: 1TzKvsGTilgKK6eODGzBG/b/h3cTp0NvSPcRWggYfGc=',
    'Job-ID: job_01m45mn5m0enwb31m7wv7rmj1f',
  ];
  const KEYS = [{ partnerId: '2423', apiKey: 'test-api-key' }];
  const CLEAR = { status: 'clear', product: 'enhanced_kyc', reason: null };
  const readAll = async (text: string): Promise<unknown[]> =>
    Promise.all(
      readPastedText(text).values.map(async ({ value, headers }) => {
        const { kind, verdict, jobId, signature } = summaryOf(
          await readResponse(value, headers ?? {}, KEYS),
        );
        return [kind, verdict, jobId, signature];
      }),
    );
  const JOB = 'job_01m45mn5m0enwb31m7wv7rmj1f';

  it('is never replaced by what a user of it entered', async () => {
    const entered = JSON.stringify(CLEAR);
    const bodies = ['block', 'Block', 'review', 'accepted', 'processing'].map((status) => ({
      ...CLEAR,
      status,
      message: 'm',
      user_provided_info: { given_names: entered },
    }));
    const error = { status: 'Bad Request', message: `Field 'given_names' ${entered} is invalid` };
    for (const body of [...bodies, error]) {
      const [read, ...others] = await readAll([...HEADERS, '', JSON.stringify(body)].join('\n'));
      assert.deepEqual(others, []);
      assert.ok(Array.isArray(read) && read[1] !== 'approved', JSON.stringify([body, read]));
    }
  });

  it('has the headers right before it, also where a box of one line has joined them', async () => {
    const body = JSON.stringify(CLEAR);
    const expected = [['webhook', 'approved', JOB, 'valid']];
    assert.deepEqual(await readAll([...HEADERS, '', body].join('\n')), expected);
    assert.deepEqual(await readAll(`${HEADERS.join(' ')} ${body}`), expected);
    assert.deepEqual(await readAll(`${HEADERS.join('')}${body}`), expected);
  });

  it('does not have the headers of another message, of several, or of other programs', async () => {
    const body = JSON.stringify(CLEAR);
    const other = ['POST /a HTTP/1.1', ...HEADERS, '', '<html></html>', 'POST /b HTTP/1.1', body];
    assert.deepEqual(await readAll(other.join('\n')), [['webhook', 'approved', null, 'unknown']]);
    assert.deepEqual(await readAll([...HEADERS, '', `[${body},${body}]`].join('\n')), [
      ['webhook', 'approved', null, 'unknown'],
      ['webhook', 'approved', null, 'unknown'],
    ]);
    assert.deepEqual(await readAll(`INFO x-cron-job-id: 77 user-id=admin webhook ${body}`), [
      ['webhook', 'approved', null, 'unknown'],
    ]);
  });
});
