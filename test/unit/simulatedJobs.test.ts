import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { Signature } from 'smile-identity-core';
import type { JsonObject } from '../../src/core/smile/fields';
import { isObject } from '../../src/core/smile/fields';
import { readResponse } from '../../src/core/smile/readResponse';
import { sign } from '../../src/core/smile/signature';
import { isV3JobId } from '../../src/core/smile/typeId';
import { allScenarios } from '../../src/node/simulator/allScenarios';
import {
  scenarios,
  SIMULATOR_API_KEY,
  SIMULATOR_PARTNER_ID,
} from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator, Submission, SubmittedJob } from '../../src/node/simulator/simulator';
import { v3Outcome } from '../../src/node/simulator/v3Outcomes';
import { jobIdOfOutcome, jobIdOfSpecial } from '../../src/node/simulator/v3Scenarios';
import { webhooksOfScenario } from '../../src/node/simulator/webhooksOfScenario';
import { SteppedClock } from '../support/fakes';
import { startStub, type StubServer } from '../support/stubServer';
import { until } from '../support/until';

const KEY = { partnerId: SIMULATOR_PARTNER_ID, apiKey: SIMULATOR_API_KEY };
const IDS = { userId: 'user-7', jobId: 'job-7' };

interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const parsed = (text: string): JsonObject => {
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : assert.fail(text);
};

describe('A job that is submitted to the simulator', () => {
  let clock: SteppedClock;
  let simulator: Simulator;
  let stub: StubServer;
  let statuses: number[];
  const deliveries: Delivery[] = [];

  beforeEach(async () => {
    clock = new SteppedClock();
    simulator = await startSimulator({ clock });
    deliveries.length = 0;
    statuses = [];
    stub = await startStub((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        deliveries.push({ headers: request.headers, text });
        response.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end();
      });
    });
  });

  afterEach(async () => {
    await simulator.stop();
    await stub.stop();
  });

  function submit(
    job: Omit<SubmittedJob, 'callbackUrl'>,
  ): Extract<Submission, { kind: 'submitted' }> {
    const submitted = simulator.submit({ ...job, callbackUrl: `${new URL(stub.url).origin}/hook` });
    return submitted.kind === 'submitted' ? submitted : assert.fail(submitted.cause);
  }

  /** The next webhook; what it says is that of the time at which it is sent. */
  async function next(): Promise<Delivery> {
    const count = deliveries.length;
    clock.step();
    return await until('the next webhook', () => deliveries[count]);
  }

  /** The time limit of each delivery is over when its response is there. */
  const settled = (waits: number) =>
    until('the end of the delivery', () => clock.waiting === waits || undefined);

  async function v1Status({ userId, jobId } = IDS): Promise<JsonObject> {
    const response = await fetch(`${simulator.url}/job_status`, {
      method: 'POST',
      body: JSON.stringify({
        partner_id: KEY.partnerId,
        ...(await sign(KEY.apiKey, KEY.partnerId, clock.now().toISOString())),
        ...{ user_id: userId, job_id: jobId, history: true, image_links: true },
      }),
    });
    return parsed(await response.text());
  }

  async function v3Status(jobId: string): Promise<unknown> {
    const { origin } = new URL(simulator.url);
    const headers = { 'smileid-partner-id': '85', 'smileid-api-key': KEY.apiKey };
    const granted = await fetch(`${origin}/v3/token`, { method: 'POST', headers });
    const { token } = parsed(await granted.text());
    const response = await fetch(`${origin}/v3/status/${jobId}`, {
      headers: { 'SmileID-Token': String(token) },
    });
    return parsed(await response.text()).status;
  }

  const read = async ({ headers, text }: Delivery) => {
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    );
    const response = await readResponse(parsed(text), lower, [KEY]);
    if (response.kind === 'error' || response.kind === 'unknown') assert.fail(response.kind);
    const { job, signature } = response.outcome;
    return {
      kind: response.kind,
      code: job.result?.code ?? null,
      status: job.status,
      verdict: job.verdict,
      ids: [job.userId, job.jobId],
      signature,
    };
  };

  it('of v1 is pending, then its ID half and its selfie half are called back, and job status says the same', async () => {
    const { webhooks, api, userId, jobId } = submit({ scenario: 'approved', ...IDS });
    assert.deepEqual([webhooks, api, userId, jobId], [2, 'v1', 'user-7', 'job-7']);
    assert.deepEqual([(await v1Status()).job_complete, (await v1Status()).result], [false, {}]);

    const ofHalf = { kind: 'result', status: null, ids: ['user-7', 'job-7'], signature: 'valid' };
    const idHalf = await next();
    assert.deepEqual(await read(idHalf), { ...ofHalf, code: '1012', verdict: 'pending' });
    assert.equal(idHalf.headers['response-signature'], undefined);
    const half = await v1Status();
    assert.equal(half.job_complete, false);
    assert.deepEqual(withoutSignature(half.result), withoutSignature(parsed(idHalf.text)));

    await settled(1);
    const selfieHalf = await next();
    assert.deepEqual(await read(selfieHalf), { ...ofHalf, code: '0810', verdict: 'approved' });
    const whole = await v1Status();
    const { ImageLinks, ...rest } = parsed(selfieHalf.text);
    assert.deepEqual(
      [
        whole.job_complete,
        withoutSignature(whole.result),
        Object.keys(isObject(ImageLinks) ? ImageLinks : {}),
      ],
      [true, withoutSignature(rest), ['selfie_image', 'id_photo_image']],
    );
  });

  it('of v1 under review is called back provisionally, and then finally', async () => {
    submit({ scenario: 'provisional-then-approved', ...IDS });
    const seen: unknown[] = [];
    for (const waits of [2, 1, 0]) {
      const { code, verdict } = await read(await next());
      const { result } = await v1Status();
      seen.push([code, verdict, isObject(result) && result.ResultCode]);
      await settled(waits);
    }
    assert.deepEqual(seen, [
      ['1012', 'pending', '1012'],
      ['0814', 'provisional', '0814'],
      ['1210', 'approved', '1210'],
    ]);
  });

  it('of v1 is signed as the official SDK checks it', async () => {
    submit({ scenario: 'document-verification', ...IDS });
    const { timestamp, signature } = parsed((await next()).text);
    const sdk = new Signature(KEY.partnerId, KEY.apiKey);
    assert.equal(sdk.confirm_signature(String(timestamp), String(signature)), true);
  });

  it('of v1 has the flaw of its scenario', async () => {
    for (const [scenario, expected] of [
      ['tampered-signature', 'invalid'],
      ['missing-signature', 'missing'],
    ] as const) {
      submit({ scenario, ...IDS });
      assert.equal((await read(await next())).signature, expected);
      await next();
      await settled(0);
    }
    submit({ scenario: 'malformed', ...IDS });
    const { text } = await next();
    assert.throws(() => parsed(text), SyntaxError);
  });

  it('of v3 gets a job ID, is processing, and has one webhook that says what status says', async () => {
    const scenario = jobIdOfOutcome(
      v3Outcome('document_verification', 'attention', 'document_expired'),
    );
    const { webhooks, api, userId, jobId } = submit({
      scenario,
      userId: 'user-7',
      jobId: 'ignored',
    });
    assert.deepEqual([webhooks, api, userId, isV3JobId(jobId)], [1, 'v3', 'user-7', true]);
    assert.notEqual(jobId, scenario);
    assert.equal(await v3Status(jobId), 'processing');
    assert.deepEqual(await read(await next()), {
      kind: 'webhook',
      code: null,
      status: 'attention',
      verdict: 'attention',
      ids: ['user-7', jobId],
      signature: 'valid',
    });
    assert.equal(await v3Status(jobId), 'attention');
  });

  it('of v3 that is reviewed has a webhook with processing first', async () => {
    const { webhooks, jobId } = submit({ scenario: jobIdOfSpecial('processing-3') });
    const first = await next();
    assert.deepEqual(
      [webhooks, (await read(first)).status, await v3Status(jobId)],
      [2, 'processing', 'processing'],
    );
    assert.deepEqual(Object.keys(parsed(first.text)), [
      'status',
      'product',
      'created_at',
      'partner_params',
    ]);
    await settled(1);
    assert.deepEqual(
      [(await read(await next())).status, await v3Status(jobId)],
      ['clear', 'clear'],
    );
  });

  it('is called back up to four times with the same bytes until it is accepted, in either API', async () => {
    for (const scenario of [
      'enhanced-kyc',
      jobIdOfOutcome(v3Outcome('enhanced_kyc', 'clear', null)),
    ]) {
      for (const [answers, tries] of [
        [[500, 307, 404, 503, 200], 4],
        [[401, 204, 200], 2],
        [[299], 1],
      ] as const) {
        deliveries.length = 0;
        statuses = [...answers];
        submit({ scenario, ...IDS });
        while (deliveries.length < tries) {
          await next();
          await settled(deliveries.length < tries ? 1 : 0);
        }
        const [first, ...others] = deliveries;
        assert.equal(others.length, tries - 1);
        for (const each of others) assert.deepEqual(each, first);
      }
    }
  });

  it('is not called back any more once the simulator has stopped', async () => {
    statuses = [500];
    submit({ scenario: 'enhanced-kyc', ...IDS });
    await next();
    await settled(1);
    await simulator.stop();
    assert.equal(clock.waiting, 0);
    assert.equal(deliveries.length, 1);
  });

  it('is refused where webhooks must not go, and where there is no such scenario of v3', () => {
    const unknown = 'job_01m45mn5m0enwb31m7wv7rmj1f';
    for (const callbackUrl of [
      'https://example.com/',
      'http://192.168.1.5/',
      'ftp://localhost/',
      'x',
      '',
    ]) {
      for (const scenario of ['approved', unknown]) {
        assert.deepEqual(simulator.submit({ scenario, callbackUrl }), {
          kind: 'refused',
          cause: 'callback address',
        });
      }
    }
    assert.deepEqual(simulator.submit({ scenario: unknown }), {
      kind: 'refused',
      cause: 'no such scenario',
    });
  });

  it('may have no address: then only status tells', async () => {
    const submitted = simulator.submit({ scenario: 'enhanced-kyc', ...IDS });
    assert.deepEqual(submitted, { kind: 'submitted', api: 'v1', ...IDS, webhooks: 0 });
    clock.pass(2000);
    assert.equal((await v1Status()).job_complete, true);
  });

  it('of v1 has in job status what its last callback said, in every scenario with a result', async () => {
    // the first have an error before, the others no whole response at once
    const others = ['server-error-twice', 'rate-limited', 'slow', 'malformed'];
    for (const { jobId: scenario } of scenarios) {
      const last = webhooksOfScenario(scenario, clock.now(), IDS).at(-1);
      if (last?.api !== 'v1' || others.includes(scenario)) continue;
      simulator.submit({ scenario, ...IDS });
      const before = (await v1Status()).result;
      clock.pass(60_000);
      const { result } = await v1Status();
      assert.deepEqual(
        [before, withoutTime(result)],
        [{}, withoutTime(JSON.parse(JSON.stringify(last.fields)))],
        scenario,
      );
    }
  });

  it('has for each scenario the webhooks that can be composed of it, and each has a signature', async () => {
    for (const { jobId: scenario } of allScenarios) {
      const contents = webhooksOfScenario(scenario, clock.now(), IDS);
      const submitted = simulator.submit({ scenario, ...IDS, callbackUrl: stub.url });
      assert.equal(submitted.kind === 'submitted' && submitted.webhooks, contents.length, scenario);
      for (const content of contents) {
        const body = content.api === 'v1' ? content.fields : parsed(content.body);
        const response = await readResponse(body, {}, []);
        assert.ok(response.kind === 'result' || response.kind === 'webhook', scenario);
      }
    }
    const without = allScenarios.filter(
      ({ jobId }) => webhooksOfScenario(jobId, clock.now()).length === 0,
    );
    assert.deepEqual(
      without.filter(({ jobId }) => !isV3JobId(jobId)).map(({ jobId }) => jobId),
      [
        ...[
          'no-zip',
          'no-result',
          'unknown-job',
          'unauthorized',
          'rate-limited-always',
          'unavailable',
        ],
        ...['connection-lost', 'empty', 'html', 'redirect'],
      ],
    );
    assert.deepEqual(
      without.filter(({ jobId }) => isV3JobId(jobId)).map(({ jobId }) => jobId),
      (['not-found', 'unauthorized', 'forbidden', 'gateway-page', 'connection-lost'] as const).map(
        jobIdOfSpecial,
      ),
    );
  });
});

function withoutTime(result: unknown): JsonObject {
  const { timestamp, ...rest } = isObject(result) ? result : {};
  return { ...rest, hasTime: timestamp !== undefined };
}

/** The signature is that of the message: results have a time of their own. */
function withoutSignature(result: unknown): JsonObject {
  const { timestamp, signature, ...rest } = isObject(result) ? result : {};
  return timestamp === undefined && signature === undefined ? {} : rest;
}
