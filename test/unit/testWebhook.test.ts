import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Signature } from 'smile-identity-core';
import type { Clock } from '../../src/core/clock';
import { isObject, type JsonObject } from '../../src/core/smile/fields';
import { readResponse } from '../../src/core/smile/readResponse';
import { verify } from '../../src/core/smile/signature';
import {
  contentOfDelivery,
  contentOfText,
  contentsOfJob,
  contentsOfRecord,
  codeOfContent,
  sequencesOf,
  signedInTurn,
  textOfContent,
  type SequenceName,
  type Step,
} from '../../src/core/webhooks/testWebhook';
import { signWebhook, TEST_IDS, type WebhookContent } from '../../src/core/webhooks/webhook';
import { allScenarios } from '../../src/node/simulator/allScenarios';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { v3Outcome } from '../../src/node/simulator/v3Outcomes';
import { jobIdOfOutcome, jobIdOfSpecial } from '../../src/node/simulator/v3Scenarios';
import { webhooksOfScenario } from '../../src/node/simulator/webhooksOfScenario';
import { SteppedClock } from '../support/fakes';
import { ROOT } from '../support/root';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const KEY = { partnerId: '085', apiKey: 'marker-of-an-api-key' };
const never = new AbortController().signal;

const V3 = jobIdOfOutcome(v3Outcome('biometric_kyc', 'clear', null));
const of = (scenario: string): readonly WebhookContent[] => webhooksOfScenario(scenario, NOW);
const parsed = (text: unknown): JsonObject => {
  const value: unknown = JSON.parse(typeof text === 'string' ? text : assert.fail('no text'));
  return isObject(value) ? value : assert.fail('no object');
};
const lower = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const bodyOf = (content: WebhookContent): JsonObject =>
  content.api === 'v1' ? content.fields : parsed(content.body);
const only = <T>(list: readonly T[]): T =>
  list.length === 1 && list[0] !== undefined
    ? list[0]
    : assert.fail(`${list.length} instead of one`);

/** All webhooks of a sequence, with the time at which each is sent. */
async function sent(steps: readonly Step[]) {
  let time = NOW.getTime();
  const clock: Clock = {
    now: () => new Date(time),
    sleep: (ms) => {
      time += ms;
      return Promise.resolve();
    },
  };
  const all: { at: number; step: Step; body: string; headers: Record<string, string> }[] = [];
  for await (const { step, webhook } of signedInTurn(steps, KEY, clock, never)) {
    const body = typeof webhook.body === 'string' ? webhook.body : assert.fail('bytes');
    all.push({ at: time - NOW.getTime(), step, body, headers: lower(webhook.headers) });
  }
  return all;
}

/** What a reader makes of each webhook of a sequence. */
async function readSequence(scenario: string, name: SequenceName) {
  const steps = sequencesOf(of(scenario)).get(name) ?? assert.fail(`no ${name}`);
  const seen: unknown[] = [];
  for (const { at, body, headers, step } of await sent(steps)) {
    const read = await readResponse(parsed(body), headers, [KEY]);
    if (read.kind === 'error' || read.kind === 'unknown') assert.fail(read.kind);
    const { job, signature } = read.outcome;
    const label = job.result?.code ?? job.status ?? '';
    seen.push([at, label, signature, step.expected].join(' '));
  }
  return seen;
}

describe('A test webhook', () => {
  it('is accepted by the official SDK: v1 in its body, v3 in its headers', async () => {
    const ids = fc.string({ unit: 'binary', maxLength: 40 });
    const partner = fc.stringMatching(/^0{0,3}[1-9]\d{0,6}$/);
    const key = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
    const time = fc.date({ min: new Date(0), max: new Date('9999-12-30'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(ids, partner, key, time, async (userId, partnerId, apiKey, now) => {
        const sdk = new Signature(partnerId, apiKey);
        const fields = { ResultCode: '0810', PartnerParams: { user_id: userId } };
        const v1 = await signWebhook({ api: 'v1', fields }, { partnerId, apiKey }, now);
        const { timestamp, signature, ...rest } = parsed(v1.body);
        assert.equal(sdk.confirm_signature(String(timestamp), String(signature)), true);
        assert.deepEqual(rest, JSON.parse(JSON.stringify(fields)));
        assert.deepEqual(sdk.generate_signature(now.toISOString()), { timestamp, signature });

        const v3 = await signWebhook(
          { api: 'v3', body: 'any text', jobId: 'job', userId },
          { partnerId, apiKey },
          now,
        );
        const unpadded = new Signature(partnerId.replace(/^0+/, ''), apiKey);
        const headers = new Headers(v3.headers); // which refuses what no header may have
        assert.equal(
          unpadded.confirm_signature(
            headers.get('response-timestamp') ?? '',
            headers.get('response-signature') ?? '',
          ),
          true,
        );
        assert.equal(v3.body, 'any text');
      }),
      { numRuns: 300 },
    );
  });

  it('has the headers that Smile ID documents, and v1 none of them', async () => {
    const [v1] = of('enhanced-kyc');
    const [v3] = of(V3);
    assert.ok(v1 && v3);
    const hmac = createHmac('sha256', KEY.apiKey)
      .update(`${NOW.toISOString()}85sid_request`)
      .digest('base64');
    assert.deepEqual(
      [(await signWebhook(v1, KEY, NOW)).headers, (await signWebhook(v3, KEY, NOW)).headers],
      [
        { 'Content-Type': 'application/json' },
        {
          'Response-Timestamp': '2026-03-01T12:00:00.000Z',
          'Response-Signature': hmac,
          'Job-ID': TEST_IDS.v3.jobId,
          'User-ID': TEST_IDS.v3.userId,
          'Api-Version': 'v3.952.0',
          'Content-Type': 'application/json',
        },
      ],
    );
  });

  it('can be made of every scenario, whatever the sequence, and has no API key in it', async () => {
    const names = new Set<string>();
    for (const { jobId } of allScenarios) {
      for (const [name, steps] of sequencesOf(of(jobId))) {
        names.add(name);
        for (const { body, headers } of await sent(steps)) {
          assert.ok(!`${body}${JSON.stringify(headers)}`.includes(KEY.apiKey));
          parsed(body);
        }
      }
    }
    assert.deepEqual([...names].sort(), [
      ...['in order', 'late', 'no signature', 'out of order', 'processing first'],
      ...['provisional first', 'stale', 'twice', 'wrong signature'],
    ]);
  });

  it('keeps the fields of its body in their order, and replaces an old signature', async () => {
    const fields = {
      timestamp: 'old',
      SmileJobID: '0000000001',
      signature: 'old',
      ResultCode: '0810',
    };
    const { body } = await signWebhook({ api: 'v1', fields }, KEY, NOW);
    assert.deepEqual(Object.keys(parsed(body)), [
      'timestamp',
      'SmileJobID',
      'signature',
      'ResultCode',
    ]);
    assert.equal(parsed(body).timestamp, NOW.toISOString());
  });
});

describe('The webhooks of a job', () => {
  const sequences: readonly (readonly [SequenceName, string, readonly string[]])[] = [
    ['in order', 'approved', ['0 1012 valid accepted', '1000 0810 valid accepted']],
    ['out of order', 'approved', ['0 0810 valid accepted', '1000 1012 valid accepted']],
    [
      'twice',
      'approved',
      [
        '0 1012 valid accepted',
        '1000 1012 valid accepted',
        '2000 0810 valid accepted',
        '3000 0810 valid accepted',
      ],
    ],
    ['late', 'approved', ['0 1012 valid accepted', '60000 0810 valid accepted']],
    [
      'in order',
      'provisional-then-approved',
      ['0 1012 valid accepted', '1000 0814 valid accepted', '2000 1210 valid accepted'],
    ],
    [
      'provisional first',
      'approved',
      ['0 1012 valid accepted', '1000 0814 valid accepted', '2000 0810 valid accepted'],
    ],
    [
      'provisional first',
      'smartselfie-authentication',
      ['0 0822 valid accepted', '1000 0820 valid accepted'],
    ],
    ['wrong signature', 'approved', ['0 0810 invalid refused']],
    ['no signature', 'approved', ['0 0810 missing refused']],
    ['stale', 'approved', ['0 0810 valid either']],
    ['in order', V3, ['0 clear valid accepted']],
    ['twice', V3, ['0 clear valid accepted', '1000 clear valid accepted']],
    ['processing first', V3, ['0 processing valid accepted', '1000 clear valid accepted']],
    ['wrong signature', V3, ['0 clear invalid refused']],
    ['stale', V3, ['0 clear valid either']],
  ];
  for (const [name, scenario, expected] of sequences) {
    it(`can be sent ${name} (${scenario}): ${expected.length}`, async () => {
      assert.deepEqual(await readSequence(scenario, name), expected);
    });
  }

  it('have only the sequences that make sense', () => {
    const names = (scenario: string) => [...sequencesOf(of(scenario)).keys()];
    const always = ['wrong signature', 'no signature', 'stale'];
    assert.deepEqual(
      [
        names('enhanced-kyc'),
        names('provisional'),
        names('provisional-then-approved'),
        names(V3),
        names(jobIdOfSpecial('processing')),
        names('unknown-job'),
      ],
      [
        ['in order', 'twice', ...always],
        ['in order', 'out of order', 'twice', 'late', ...always],
        ['in order', 'out of order', 'twice', 'late', ...always],
        ['in order', 'twice', 'processing first', ...always],
        ['in order', 'twice', ...always],
        [],
      ],
    );
  });

  it('are told apart by code or status, and by no text that is not known', () => {
    const v1 = (ResultCode: unknown) => codeOfContent({ api: 'v1', fields: { ResultCode } });
    const v3 = (body: string) => codeOfContent({ api: 'v3', body, userId: null, jobId: null });
    assert.deepEqual(of('approved').map(codeOfContent), ['1012', '0810']);
    assert.deepEqual(of(V3).map(codeOfContent), ['clear']);
    assert.deepEqual(
      [v1('Ada Obi'), v1(810), v3('{"status":"Ada Obi"}'), v3('{"status":1}'), v3('no JSON')],
      [null, null, null, null, null],
    );
  });

  it('are the same bytes when one comes twice, and a stale one was signed a day ago', async () => {
    const [, second, , fourth] = await sent(sequencesOf(of('approved')).get('twice') ?? []);
    const [first, , third] = await sent(sequencesOf(of('approved')).get('twice') ?? []);
    assert.deepEqual([second?.body, fourth?.body], [first?.body, third?.body]);
    const [stale] = await sent(sequencesOf(of('approved')).get('stale') ?? []);
    const { timestamp } = parsed(stale?.body);
    assert.equal(timestamp, '2026-02-28T12:00:00.000Z');
  });

  it('say before the end no more than is known', () => {
    const first = (scenario: string, name: SequenceName) =>
      bodyOf(sequencesOf(of(scenario)).get(name)?.at(-2)?.content ?? assert.fail());
    assert.deepEqual(first(V3, 'processing first'), {
      status: 'processing',
      product: 'biometric_kyc',
      created_at: '2026-01-02T03:04:05.000Z',
      partner_params: { job_id: TEST_IDS.v3.jobId, user_id: TEST_IDS.v3.userId },
    });
    const { SmileJobID, ...provisional } = first('approved', 'provisional first');
    assert.ok(SmileJobID);
    assert.deepEqual(provisional, {
      PartnerParams: { user_id: 'user-1', job_id: 'job-1', job_type: 1 },
      Source: 'WebAPI - ruby',
      ResultCode: '0814',
      ResultText: 'Provisional Enroll - Under Review',
      IsFinalResult: 'false',
      IsMachineResult: 'true',
    });
  });

  it('are not sent any more once they are stopped', async () => {
    const stop = new AbortController();
    const clock = new SteppedClock();
    const steps = sequencesOf(of('approved')).get('late') ?? [];
    const codes: unknown[] = [];
    for await (const { webhook } of signedInTurn(steps, KEY, clock, stop.signal)) {
      codes.push(parsed(webhook.body).ResultCode);
      stop.abort();
    }
    assert.deepEqual([codes, clock.waiting], [['1012'], 0]);
  });
});

describe('A test webhook of a real one', () => {
  const FOLDER = join(ROOT, 'test/fixtures/responses');
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('of a delivery has its codes and shape, the IDs of no job, and no value of a person', async () => {
    for (const scenario of [
      'biometric-kyc',
      'base64-photo',
      'aml-check',
      'business-verification',
      V3,
    ]) {
      for (const original of webhooksOfScenario(scenario, NOW, {
        userId: 'user-of-ours',
        jobId: 'order-4711',
      })) {
        const webhook = await signWebhook(original, KEY, NOW);
        const made = await contentOfDelivery(bytes(String(webhook.body)), lower(webhook.headers));
        assert.ok(made.ok);
        const text = textOfContent(made.value);
        for (const secret of [...MARKERS, 'user-of-ours', 'order-4711', 'SIMULATED']) {
          assert.ok(!text.includes(secret), `${scenario}: ${secret}`);
        }
        const [before, after] = [parsed(JSON.stringify(bodyOf(original))), bodyOf(made.value)];
        const codes = (body: JsonObject) => [
          body.ResultCode,
          body.ResultText,
          body.Actions,
          body.status,
          body.reason,
          body.product,
        ];
        assert.deepEqual(codes(after), codes(before));
        assert.deepEqual(
          Object.entries(before).map(([name, value]) => [
            name,
            value === null ? 'null' : typeof value,
          ]),
          Object.entries(after)
            .filter(([name]) => name !== 'timestamp' || 'timestamp' in before)
            .filter(([name]) => name !== 'signature' || 'signature' in before)
            .map(([name, value]) => [name, value === null ? 'null' : typeof value]),
        );
        assert.equal(
          made.value.api === 'v3' && made.value.jobId,
          made.value.api === 'v3' && TEST_IDS.v3.jobId,
        );
      }
    }
  });

  it('of a delivery is the same text if the user wants so, but for the signature', async () => {
    const odd = '{ "status":"clear",\n "reason":null, "product":"enhanced_kyc","x":1.50, "x":2 }';
    const headers = {
      'response-signature': 'old',
      'response-timestamp': 'old',
      'job-id': 'j',
      'user-id': 'u',
    };
    const v3 = await contentOfDelivery(bytes(odd), headers, 'as it is');
    assert.deepEqual(v3, { ok: true, value: { api: 'v3', body: odd, jobId: 'j', userId: 'u' } });
    const fields = {
      ResultCode: '0810',
      PartnerParams: { user_id: 'u', job_id: 'j' },
      FullName: 'Ada',
    };
    const v1 = await contentOfDelivery(bytes(JSON.stringify(fields)), {}, 'as it is');
    assert.deepEqual(v1, { ok: true, value: { api: 'v1', fields } });
  });

  it('of a delivery that is not JSON is refused where it cannot be made', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const text of ['', 'no', '[1]', '"x"', '{"a":', deep, `{"a":${deep}}`]) {
      const as = async (...more: [] | ['as it is']) =>
        (await contentOfDelivery(bytes(text), {}, ...more)).ok;
      const signed = { 'response-signature': 'x' };
      assert.deepEqual(
        [await as(), await as('as it is'), (await contentOfDelivery(bytes(text), signed)).ok],
        [false, false, false],
      );
      assert.equal((await contentOfDelivery(bytes(text), signed, 'as it is')).ok, true);
      assert.equal(contentOfText(text, 'v1').ok, false);
      assert.equal(contentOfText(text, 'v3').ok, true);
    }
  });

  it('that the user edits is what was composed', () => {
    for (const content of [...of('biometric-kyc'), ...of(V3)]) {
      const again = contentOfText(textOfContent(content), content.api);
      assert.ok(again.ok);
      assert.deepEqual(bodyOf(again.value), JSON.parse(JSON.stringify(bodyOf(content))));
    }
  });

  it('of the job in a panel is that of each response which has one', async () => {
    const counts: Record<string, unknown> = {};
    for (const file of readdirSync(FOLDER).filter((name) =>
      /^(doc|real|sdk|v3)-.*\.json$/.test(name),
    )) {
      const raw: unknown = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
      if (!isObject(raw)) continue;
      const response = await readResponse(raw, {}, []);
      if (response.kind === 'error' || response.kind === 'unknown') continue;
      const { job } = response.outcome;
      const contents = await contentsOfJob(job, raw);
      for (const content of contents) {
        const again = await readResponse(bodyOf(content), {}, []);
        assert.ok(again.kind === 'result' || again.kind === 'webhook', file);
        const ids = [again.outcome.job.userId, again.outcome.job.jobId].filter((id) => id !== null);
        for (const id of ids)
          assert.ok(Object.values(TEST_IDS[content.api]).includes(id), `${file} ${id}`);
        if (contents.length === 1) {
          const codes = ({ result, status, reason }: typeof job) => [result?.code, status, reason];
          assert.deepEqual(codes(again.outcome.job), codes(job), file);
        }
      }
      const key = `${job.api} ${job.document}`;
      counts[key] = Math.max(Number(counts[key] ?? 0), contents.length);
    }
    assert.deepEqual(counts, {
      'v1 accepted': 0,
      'v1 job-status': 1,
      'v1 result': 1,
      'v2 result': 0,
      'v3 accepted': 0,
      'v3 status': 1,
      'v3 webhook': 1,
    });
  });

  it('of the job in a panel has each result of its own history, the oldest first', async () => {
    const entry = (code: string, jobId: string) => ({
      ResultCode: code,
      PartnerParams: { user_id: 'u', job_id: jobId, job_type: 1 },
    });
    const raw = {
      job_complete: true,
      job_success: true,
      result: entry('1210', 'j'),
      history: [entry('1210', 'j'), entry('0814', 'j'), entry('0820', 'other'), entry('1012', 'j')],
    };
    const response = await readResponse(raw, {}, []);
    assert.ok(response.kind === 'job-status');
    const as = async (kept: 'as it is' | 'test data') =>
      (await contentsOfJob(response.outcome.job, raw, kept)).map((content) => {
        const { ResultCode, PartnerParams } = bodyOf(content);
        return [ResultCode, PartnerParams];
      });
    const all = (user: string, job: string) =>
      ['1012', '0814', '1210'].map((code) => [code, { user_id: user, job_id: job, job_type: 1 }]);
    assert.deepEqual(await as('test data'), all('user-1', 'job-1'));
    assert.deepEqual(await as('as it is'), all('u', 'j'));
  });

  it('of a record has codes and IDs, and leaves out what a record does not have', () => {
    const record = {
      userId: 'u',
      jobId: 'j',
      smileJobId: '0000000042',
      jobType: 6,
      product: 'document_verification',
      code: '0817',
      verdict: 'attention',
    } as const;
    const v3 = { ...record, userId: null, jobId: V3, smileJobId: null, jobType: null, code: null };
    assert.deepEqual(contentsOfRecord({ ...record, code: '0810' }), [
      {
        api: 'v1',
        fields: {
          PartnerParams: { user_id: 'user-1', job_id: 'job-1', job_type: 6 },
          ResultCode: '0810',
          ResultText: 'Document Verified',
        },
      },
    ]);
    const { fields } = firstV1(contentsOfRecord(record, 'as it is'));
    assert.deepEqual(fields, {
      SmileJobID: '0000000042',
      PartnerParams: { user_id: 'u', job_id: 'j', job_type: 6 },
      ResultCode: '0817',
    });
    assert.deepEqual(bodyOf(only(contentsOfRecord(v3))), {
      status: 'attention',
      product: 'document_verification',
      partner_params: { job_id: TEST_IDS.v3.jobId, user_id: TEST_IDS.v3.userId },
    });
    const selfie = { ...v3, product: 'smartselfie_compare', verdict: 'approved' } as const;
    assert.deepEqual(only(contentsOfRecord(selfie, 'as it is')), {
      api: 'v3',
      body: JSON.stringify({
        status: 'clear',
        reason: null,
        product: 'smart_selfie_compare',
        partner_params: { job_id: V3 },
      }),
      userId: null,
      jobId: V3,
    });
    assert.deepEqual(contentsOfRecord({ ...record, code: null }), []);
    for (const verdict of ['unknown', null] as const) {
      assert.deepEqual(contentsOfRecord({ ...v3, verdict }), []);
    }
  });

  it('is signed by the key of the profile, and by no other', async () => {
    const content = of('enhanced-kyc')[0] ?? assert.fail();
    const { timestamp, signature } = parsed((await signWebhook(content, KEY, NOW)).body);
    const signed = { timestamp: String(timestamp), signature: String(signature) };
    assert.equal(await verify(KEY.apiKey, '085', signed), true);
    assert.equal(await verify(KEY.apiKey, '85', signed), false);
  });
});

const firstV1 = (contents: readonly WebhookContent[]) => {
  const content = only(contents);
  return content.api === 'v1' ? content : assert.fail('v3');
};
