import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { sign } from '../../src/core/smile/signature';
import { createdAtOf, isV3JobId } from '../../src/core/smile/typeId';
import { SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { v3Outcome, v3Outcomes, type V3Product } from '../../src/node/simulator/v3Outcomes';
import {
  jobIdOfOutcome,
  jobIdOfSpecial,
  type SpecialScenario,
} from '../../src/node/simulator/v3Scenarios';
import { SteppedClock } from '../support/fakes';
import { startStub } from '../support/stubServer';
import { until } from '../support/until';

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown): Json {
  return isObject(value) ? value : assert.fail(`not an object: ${JSON.stringify(value)}`);
}

const parsed = (text: string): Json => object(JSON.parse(text));

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const NOW = '2026-10-05T09:00:30.000Z';
const PARTNER = '85'; // the simulator's, without its leading zero
const CREDENTIALS = { 'smileid-partner-id': PARTNER, 'smileid-api-key': SIMULATOR_API_KEY };
const UNKNOWN_JOB = 'job_01m45mn5m0enwb31m7wv7rmj1f';

const error = (status: number, name: string, message: string) => ({
  status,
  body: { status: name, message },
});
const UNAUTHORIZED = error(401, 'Unauthorized', 'Invalid authentication credentials.');
const NO_FORM = error(
  415,
  'Unsupported Media Type',
  'Unsupported Media Type. Required Content-Type is multipart/form-data',
);
const SERVER_ERROR = error(
  500,
  'Internal Server Error',
  'An unexpected error occurred. Please try again or contact support.',
);
const bad = (message: string) => error(400, 'Bad Request', message);
const missing = (field: string) => bad(`Required field '${field}' is missing or invalid.`);
const invalid = (field: string) => bad(`Field '${field}' is invalid.`);

const read = ({ status, body }: Received) => ({ status, body });

/** Texts as they are, files in lists, all else as JSON. What is undefined is left out. */
function formOf(fields: Json): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) {
      for (const file of value) if (file instanceof Blob) form.append(name, file, `${name}.jpg`);
    } else form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
}

const photo = (size = 3, type = 'image/jpeg'): Blob => new Blob([new Uint8Array(size)], { type });

describe('API v3 of the simulator', () => {
  let clock: SteppedClock;
  let simulator: Simulator;
  let origin: string;

  beforeEach(async () => {
    clock = new SteppedClock(Date.parse(NOW));
    simulator = await startSimulator({ clock });
    origin = new URL(simulator.url).origin;
  });

  afterEach(() => simulator.stop());

  async function send(path: string, init: RequestInit = {}): Promise<Received> {
    const response = await fetch(`${origin}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    const body: unknown = isJson ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body };
  }

  async function token(form?: FormData, headers: HeadersInit = CREDENTIALS): Promise<Received> {
    return await send('/v3/token', { method: 'POST', headers, ...(form && { body: form }) });
  }

  async function granted(form?: FormData): Promise<string> {
    const { status, body } = await token(form);
    assert.equal(status, 200, JSON.stringify(body));
    return String(object(body).token);
  }

  const withToken = async (form?: FormData) => ({ 'SmileID-Token': await granted(form) });

  async function status(jobId: string, headers?: Record<string, string>): Promise<Received> {
    return await send(`/v3/status/${jobId}`, { headers: headers ?? (await withToken()) });
  }

  const special = (name: SpecialScenario): string => jobIdOfSpecial(name);

  describe('POST /v3/token', () => {
    const claimsOf = (text: string): Json =>
      parsed(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString());

    it('grants a token of the form of a JWT for 15 minutes, without a body', async () => {
      const { status: http, body } = await token();
      assert.deepEqual([http, Object.keys(object(body))], [200, ['token']]);
      const text = await granted();
      const iat = Date.parse(NOW) / 1000;
      assert.match(text, /^[\w-]+\.[\w-]+\.[\w-]{43}$/);
      assert.deepEqual(claimsOf(text), {
        iat,
        exp: iat + 900,
        partner_id: '85',
        api_url: `${origin}/v3`,
        policy: 15,
      });
    });

    it('binds user, product and payload, and keeps personal data out of the token', async () => {
      const consent = {
        granted: true,
        granted_at: '2026-10-05T09:00:00',
        notice_language: 'en',
        notice_privacy_policy_url: 'http://example.com/privacy',
      };
      const text = await granted(
        formOf({
          user_id: 'user-1',
          product: 'enhanced_kyc',
          partner_params: { order: '7' },
          payload: {
            country: 'ng',
            id_type: 'NIN',
            id_number: '00042424242',
            given_names: 'Amina Simulata',
            last_name: 'Testperson',
            email: 'amina@testperson.example',
            phone_number: '+2340000424242',
            callback_url: 'https://example.com/webhooks',
            consent,
          },
        }),
      );
      const { payload, iat, exp, policy, api_url, ...claims } = claimsOf(text);
      assert.ok(iat && exp && policy && api_url);
      assert.deepEqual(claims, {
        partner_id: '85',
        user_id: 'user-1',
        product: 'enhanced_kyc',
        partner_params: { order: '7' },
      });
      const ids = JSON.stringify(payload, (_, value: unknown) =>
        typeof value === 'string' ? value.replace(/^(pii|callback)_[0-9a-z]{26}$/, '$1') : value,
      );
      assert.deepEqual(JSON.parse(ids), {
        country: 'NG',
        id_type: 'NIN',
        id_number: 'pii',
        given_names: 'pii',
        last_name: 'pii',
        email: 'pii',
        phone_number: 'pii',
        callback_url: 'callback',
        consent: { ...consent, notice_language: 'EN' },
      });
      const { callback_url: callback } = object(payload);
      await granted(formOf({ payload: { callback_url: callback } }));
    });

    it('refuses other credentials, and says when the partner is missing', async () => {
      const headers: Record<string, string>[] = [
        { ...CREDENTIALS, 'smileid-api-key': 'another key' },
        { 'smileid-partner-id': PARTNER },
        { ...CREDENTIALS, 'smileid-partner-id': '2423' },
        { ...CREDENTIALS, 'smileid-partner-id': '085' },
      ];
      for (const each of headers) {
        assert.deepEqual(read(await token(undefined, each)), UNAUTHORIZED, JSON.stringify(each));
      }
      assert.deepEqual(
        read(await token(undefined, { 'smileid-api-key': SIMULATOR_API_KEY })),
        bad('smileid-partner-id header is required.'),
      );
    });

    it('takes no body but a form', async () => {
      for (const [type, body] of [
        ['application/json', '{}'],
        ['application/x-www-form-urlencoded', 'user_id=user-1'],
        ['text/plain', ''],
      ] as const) {
        const headers = { ...CREDENTIALS, 'content-type': type };
        assert.deepEqual(read(await send('/v3/token', { method: 'POST', headers, body })), NO_FORM);
      }
      const headers = { ...CREDENTIALS, 'content-type': 'multipart/form-data; boundary=X' };
      const { status: http } = await send('/v3/token', { method: 'POST', headers, body: '--X' });
      assert.equal(http, 400);
    });

    const CONSENT = {
      granted: true,
      granted_at: NOW,
      notice_language: 'EN',
      notice_privacy_policy_url: 'https://example.com/privacy',
    };
    for (const [what, fields, reply] of [
      ['an empty user', { user_id: '' }, invalid('user_id')],
      ['another product', { product: 'residency_document_verification' }, invalid('product')],
      ['parameters that are no texts', { partner_params: { n: 7 } }, invalid('partner_params')],
      ['a payload that is no object', { payload: '[]' }, invalid('payload')],
      ['a phone number without +', { payload: { phone_number: '234' } }, invalid('phone_number')],
      ['a number that is no text', { payload: { id_number: 7 } }, invalid('id_number')],
      [
        'a callback that is no address',
        { payload: { callback_url: 'x' } },
        invalid('callback_url'),
      ],
      [
        'half a consent',
        { payload: { consent: { granted: true } } },
        missing('consent.granted_at'),
      ],
      [
        'a consent of tomorrow',
        { payload: { consent: { ...CONSENT, granted_at: '2026-10-05T09:01:31Z' } } },
        missing('consent.granted_at'),
      ],
      ['more in a consent', { payload: { consent: { ...CONSENT, more: 1 } } }, invalid('consent')],
    ] as const) {
      it(`refuses ${what}`, async () => {
        assert.deepEqual(read(await token(formOf(fields))), reply);
      });
    }
  });

  describe('GET /v3/status/{jobId}', () => {
    const state = (http: number, jobId: string, name: string, message: string, user?: string) => ({
      status: http,
      headers: {
        api_version: 'v3.952.0',
        job_id: jobId,
        user_id: user,
        'content-type': 'application/json',
      },
      body: { status: name, job_id: jobId, user_id: user, message, created_at: NOW },
    });
    const whole = ({ status: http, headers, body }: Received) => ({
      status: http,
      headers: Object.fromEntries([...headers].filter(([name]) => /_|^content-type$/.test(name))),
      body,
    });
    const userOf = ({ headers }: Received): string => headers.get('user_id') ?? '';

    it('plays each result, with the time of the response', async () => {
      const headers = await withToken();
      for (const outcome of v3Outcomes) {
        const jobId = jobIdOfOutcome(outcome);
        const response = await status(jobId, headers);
        assert.match(userOf(response), /^user_[0-9a-z]{26}$/);
        assert.deepEqual(
          whole(response),
          state(200, jobId, outcome.status, 'Job completed', userOf(response)),
        );
      }
    });

    it('finds no other job, and knows no user then', async () => {
      for (const jobId of [UNKNOWN_JOB, special('not-found')]) {
        assert.deepEqual(
          whole(await status(jobId)),
          state(404, jobId, 'not_found', 'Job not found', 'unknown'),
        );
      }
    });

    it('plays a job in progress, which is acknowledged only', async () => {
      const jobId = special('processing');
      const response = await status(jobId);
      assert.deepEqual(
        whole(response),
        state(202, jobId, 'processing', 'Job is still processing', userOf(response)),
      );
    });

    it('wants a job ID of its form', async () => {
      for (const jobId of ['', 'approved', UNKNOWN_JOB.toUpperCase(), `${UNKNOWN_JOB}0`, 'a%2Fb']) {
        assert.deepEqual(
          read(await status(jobId)),
          bad(`"jobId" must be a valid TypeID with prefix 'job_'`),
          jobId,
        );
      }
    });

    it('wants a token that it has granted and that is not over', async () => {
      const jobId = special('processing');
      const headers = await withToken();
      for (const other of [{}, { 'SmileID-Token': 'a.b.c' }, CREDENTIALS]) {
        assert.deepEqual(read(await status(jobId, other)), UNAUTHORIZED);
      }
      const bearer = { 'SmileID-Token': `Bearer ${headers['SmileID-Token']}` };
      assert.deepEqual(read(await status(jobId, bearer)), UNAUTHORIZED);
      clock.pass(899_999);
      assert.equal((await status(jobId, headers)).status, 202);
      clock.pass(1);
      assert.deepEqual(read(await status(jobId, headers)), UNAUTHORIZED);
      assert.equal((await status(jobId)).status, 202);
    });

    const essence = ({ status: http, body }: Received): string =>
      `${http} ${String(object(body).status)}`;
    for (const [name, ...expected] of [
      ['processing-3', '202 processing', '202 processing', '202 processing', '200 clear'],
      ['not-found-2', '404 not_found', '404 not_found', '200 clear', '200 clear'],
      ['unauthorized', '401 Unauthorized', '401 Unauthorized'],
      ['forbidden', '403 Forbidden', '403 Forbidden'],
      ['server-error', '500 Internal Server Error', '200 clear', '200 clear'],
      ['rate-limited', '429 Too Many Requests', '200 clear', '200 clear'],
      ['old-form', '200 complete'],
      ['unknown-status', '200 a_status_of_the_simulator'],
      ['fraud-detected', '200 clear'],
      ['replay-no-address', '200 clear'],
      ['replay-no-product', '200 clear'],
      ['replay-no-reference', '200 clear'],
    ] as const) {
      it(`plays ${name}: ${expected.join(', ')}`, async () => {
        const headers = await withToken();
        const seen: string[] = [];
        while (seen.length < expected.length) {
          seen.push(essence(await status(special(name), headers)));
        }
        assert.deepEqual(seen, expected);
      });
    }

    it('forgets all tokens once: those that are granted afterwards are valid', async () => {
      const [headers, others] = [await withToken(), await withToken()];
      const jobId = special('tokens-forgotten');
      const seen = [
        await status(jobId, headers),
        await status(jobId, headers),
        await status(UNKNOWN_JOB, others),
        await status(jobId),
      ];
      assert.deepEqual(seen.map(essence), [
        ...['401 Unauthorized', '401 Unauthorized', '401 Unauthorized'],
        '200 clear',
      ]);
    });

    it('has sentences of its own for errors', async () => {
      const headers = await withToken();
      assert.deepEqual(
        [
          read(await status(special('forbidden'), headers)),
          read(await status(special('server-error'), headers)),
          read(await status(special('rate-limited'), headers)),
        ],
        [
          error(403, 'Forbidden', 'You are not authorized to do that.'),
          SERVER_ERROR,
          error(429, 'Too Many Requests', 'Rate limit exceeded. Please try again later.'),
        ],
      );
    });

    it('says after how long a client may try again', async () => {
      const { headers } = await status(special('rate-limited'));
      assert.equal(headers.get('retry-after'), '1');
    });

    it('plays a gateway, a connection that ends, and JSON that is cut off', async () => {
      const headers = await withToken();
      const page = await status(special('gateway-page'), headers);
      assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html']);
      assert.match(String(page.body), /^<html>[^]*502 Bad Gateway/);
      await assert.rejects(status(special('connection-lost'), headers), TypeError);
      await assert.rejects(status(special('cut-off'), headers), SyntaxError);
    });

    it('plays the words of older versions', async () => {
      const { body } = await status(special('old-form'));
      assert.equal(object(body).message, 'Verification completed with state: clear');
    });
  });

  interface Delivery {
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: Json;
  }

  /** A receiver of webhooks on this machine. */
  async function receiver(httpStatus = 200) {
    const deliveries: Delivery[] = [];
    const stub = await startStub((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        deliveries.push({ path, headers, body: parsed(text) });
        response.writeHead(httpStatus, { location: '/elsewhere' }).end();
      });
    });
    return { ...stub, origin: new URL(stub.url).origin, deliveries };
  }

  async function replay(
    jobId: string,
    fields: Readonly<Record<string, string>> = {},
    headers?: Record<string, string>,
  ): Promise<Received> {
    const hasForm = Object.keys(fields).length > 0;
    return await send(`/v3/replay/${jobId}`, {
      method: 'POST',
      headers: headers ?? (await withToken()),
      ...(hasForm && { body: formOf(fields) }),
    });
  }

  describe('POST /v3/replay/{job_id}', () => {
    const CLEAR = jobIdOfOutcome(v3Outcome('enhanced_kyc', 'clear', null));

    it('acknowledges a finished job', async () => {
      const userId = (await status(CLEAR)).headers.get('user_id');
      const accepted = {
        status: 202,
        body: {
          status: 'accepted',
          job_id: CLEAR,
          user_id: userId,
          message: 'Callback replay queued successfully.',
        },
      };
      const elsewhere = { callback_url: 'https://example.invalid/webhooks' };
      assert.deepEqual(read(await replay(CLEAR)), accepted);
      assert.deepEqual(read(await replay(CLEAR, elsewhere)), accepted);
    });

    for (const [what, jobId, reply] of [
      [
        'a job ID of another form',
        'approved',
        bad(`"job_id" must be a valid TypeID with prefix 'job_'`),
      ],
      ['an unknown job', UNKNOWN_JOB, error(404, 'Not Found', 'Job not found')],
      [
        'an unknown job whose ID cannot be one',
        `job_${'l'.repeat(26)}`,
        error(404, 'Not Found', 'Job not found'),
      ],
      ['a job not found', special('not-found'), error(404, 'Not Found', 'Job not found')],
      [
        'a job in progress',
        special('processing'),
        error(
          409,
          'Conflict',
          'Job is still processing. Callbacks can only be replayed for completed jobs.',
        ),
      ],
      ['no address', special('replay-no-address'), bad('No valid callback URL available')],
      ['no product', special('replay-no-product'), bad('Unable to determine product for this job')],
      [
        'no reference',
        special('replay-no-reference'),
        error(404, 'Not Found', 'Reference not found for this job'),
      ],
      [
        'an address that is not on the list',
        special('forbidden'),
        error(403, 'Forbidden', 'You are not authorized to do that.'),
      ],
      ['credentials that are never right', special('unauthorized'), UNAUTHORIZED],
      ['a server that fails', special('server-error'), SERVER_ERROR],
    ] as const) {
      it(`refuses ${what}`, async () => {
        assert.deepEqual(read(await replay(jobId)), reply);
      });
    }

    it('wants a token, a form, and an https address', async () => {
      const headers = { ...(await withToken()), 'content-type': 'application/json' };
      const path = `/v3/replay/${CLEAR}`;
      assert.deepEqual(read(await replay(CLEAR, {}, {})), UNAUTHORIZED);
      assert.deepEqual(read(await send(path, { method: 'POST', headers, body: '{}' })), NO_FORM);
      for (const url of ['http://example.com/webhooks', 'ftp://127.0.0.1/', 'x', '']) {
        assert.deepEqual(
          read(await replay(CLEAR, { callback_url: url })),
          bad('No valid callback URL available'),
        );
      }
    });

    it('takes an address for a job that has none', async () => {
      const jobId = special('replay-no-address');
      const { status: http } = await replay(jobId, { callback_url: 'https://example.invalid/' });
      assert.equal(http, 202);
    });

    it('sends the webhook to an address of this machine, signed now', async () => {
      const stub = await receiver();
      try {
        const jobId = jobIdOfOutcome(v3Outcome('one_time_aml', 'attention', 'news_media_match'));
        const userId = (await status(jobId)).headers.get('user_id');
        await replay(jobId, { callback_url: `${stub.origin}/webhooks?secret=1` });
        const { path, headers, body } = await until('the webhook', () => stub.deliveries[0]);
        const { signature } = await sign(SIMULATOR_API_KEY, PARTNER, NOW);
        const { host, connection, 'content-length': length, ...own } = headers;
        assert.ok(host && connection && length);
        assert.deepEqual(
          { path, own, reason: body.reason, product: body.product },
          {
            path: '/webhooks?secret=1',
            own: {
              'response-timestamp': NOW,
              'response-signature': signature,
              'job-id': jobId,
              'user-id': userId,
              'api-version': 'v3.952.0',
              'content-type': 'application/json',
            },
            reason: 'news_media_match',
            product: 'one_time_aml',
          },
        );
      } finally {
        await stub.stop();
      }
    });

    it('links images that this simulator has', async () => {
      const stub = await receiver();
      try {
        const jobId = jobIdOfOutcome(v3Outcome('document_verification', 'clear', null));
        await replay(jobId, { callback_url: stub.origin });
        const { body } = await until('the webhook', () => stub.deliveries[0]);
        const links = Object.values(object(body.image_links)).map(String);
        const responses = await Promise.all(links.map((link) => fetch(link)));
        assert.deepEqual(
          responses.map(({ status: http }) => http),
          [200, 200, 200],
        );
      } finally {
        await stub.stop();
      }
    });

    it('follows no redirect, and outlives a receiver that is not there', async () => {
      const stub = await receiver(307);
      await replay(CLEAR, { callback_url: `${stub.origin}/webhooks` });
      await until('the webhook', () => stub.deliveries[0]);
      await stub.stop();
      await replay(CLEAR, { callback_url: `${stub.origin}/webhooks` });
      assert.deepEqual(stub.requests, ['POST /webhooks']);
      assert.equal((await status(CLEAR)).status, 200);
    });

    it('takes the address of the token rather than that of the request', async () => {
      const stub = await receiver();
      try {
        const headers = await withToken(
          formOf({ payload: { callback_url: `${stub.origin}/bound` } }),
        );
        await replay(CLEAR, { callback_url: `${stub.origin}/sent` }, headers);
        const { path } = await until('the webhook', () => stub.deliveries[0]);
        assert.equal(path, '/bound');
      } finally {
        await stub.stop();
      }
    });
  });

  const CLEARWATER = {
    given_names: 'Amina Fatou',
    last_name: 'Clearwater',
    email: 'amina.clearwater@example.com',
  };
  const DOWNSWORTH = {
    given_names: 'Ngozi Ifeoma',
    last_name: 'Downsworth',
    email: 'ngozi.downsworth@example.com',
  };
  const DANGERFIELD = {
    given_names: 'Rashid Omar',
    last_name: 'Dangerfield',
    email: 'rashid.dangerfield@example.com',
  };
  const CONSENT = {
    granted: true,
    granted_at: '2026-10-05T09:00:00Z',
    notice_language: 'EN',
    notice_privacy_policy_url: 'https://example.com/privacy',
  };
  const BASE = { user_details: CLEARWATER, consent: CONSENT };
  const ID = { country: 'NG', id_type: 'NIN', id_number: '00000000000' };
  const LIVENESS = Array.from({ length: 6 }, () => photo());
  const SELFIE = { selfie_image: [photo()], liveness_images: LIVENESS };
  const DOCUMENT = { ...SELFIE, document: [photo(3, 'image/png')], country: 'NG' };
  const AML = { countries: '["NG","GH"]', full_name: 'Amina Clearwater' };
  const ADDRESS = { address: '42 Simulator Street', country: 'ZA', id_number: '0000000000000' };

  /** What each address wants, by its product. */
  const ENDPOINTS: Readonly<Record<string, readonly [V3Product, Json]>> = {
    enhanced_kyc: ['enhanced_kyc', ID],
    biometric_kyc: ['biometric_kyc', { ...SELFIE, ...ID }],
    document_verification: ['document_verification', DOCUMENT],
    enhanced_document_verification: [
      'enhanced_document_verification',
      { ...DOCUMENT, document_back: [photo()], id_type: 'PASSPORT' },
    ],
    residency_document_verification: [
      'residency_document_verification',
      { ...DOCUMENT, id_type: 'PASSPORT', visa: [photo()] },
    ],
    registration: ['smart_selfie_registration', SELFIE],
    authentication: ['smart_selfie_authentication', { user_id: 'user-1', ...SELFIE }],
    compare: [
      'smart_selfie_compare',
      {
        selfie_image: [photo()],
        comparison_image: [photo()],
        comparison_image_type: 'ID_PHOTO',
      },
    ],
    address: ['address_verification', ADDRESS],
    aml: ['one_time_aml', AML],
    'aml/monitoring': ['aml_monitoring', AML],
  };

  async function submit(
    path: string,
    fields: Json,
    headers?: Record<string, string>,
  ): Promise<Received> {
    return await send(`/v3/${path}`, {
      method: 'POST',
      headers: headers ?? (await withToken()),
      body: formOf(fields),
    });
  }

  const fieldsOf = (path: string): Json => ({ ...BASE, ...ENDPOINTS[path]?.[1] });
  const jobIdIn = ({ body }: Received): string => String(object(body).job_id);

  describe('submissions', () => {
    for (const path of Object.keys(ENDPOINTS)) {
      it(`are accepted at /v3/${path}, and decided two seconds later`, async () => {
        const response = await submit(path, { ...fieldsOf(path), user_id: 'user-1' });
        const jobId = jobIdIn(response);
        assert.ok(isV3JobId(jobId));
        assert.deepEqual(createdAtOf(jobId, clock.now()), clock.now());
        const isShort = path === 'address' || path === 'aml';
        assert.deepEqual(read(response), {
          status: 202,
          body: {
            status: 'accepted',
            message: isShort
              ? 'Job submitted successfully'
              : 'Request accepted and queued for processing.',
            job_id: jobId,
            user_id: 'user-1',
            ...(!isShort && { created_at: NOW }),
          },
        });
        const before = await status(jobId);
        clock.pass(2000);
        const after = await status(jobId);
        assert.deepEqual(
          [before.status, after.status, after.body],
          [
            202,
            200,
            {
              status: 'clear',
              job_id: jobId,
              user_id: 'user-1',
              message: 'Job completed',
              created_at: '2026-10-05T09:00:32.000Z',
            },
          ],
        );
      });
    }

    it('get a user ID if they bring none', async () => {
      const { body } = await submit('enhanced_kyc', fieldsOf('enhanced_kyc'));
      assert.match(String(object(body).user_id), /^user_[0-7][0-9a-z]{25}$/);
    });

    it('are decided by who the user is, for each product as documented', async () => {
      const KYC = ['enhanced_kyc', 'biometric_kyc'];
      const DOCUMENTS = ['document_verification', 'enhanced_document_verification'];
      const SELFIES = ['registration', 'authentication', 'compare'];
      const ALL = [...KYC, ...DOCUMENTS, ...SELFIES];
      const WITH_FACE = ['biometric_kyc', ...SELFIES];
      const [, ENHANCED] = DOCUMENTS;
      const identities: readonly (readonly [
        string,
        string,
        readonly (string | undefined)[],
        string,
      ])[] = [
        ['Clearwater', 'Amina Fatou', ALL, 'clear'],
        ['Dangerfield', 'Rashid Omar', ALL, 'block high_risk'],
        ['Ghostwell', 'Fatima Bello', KYC, 'block identifier_not_found'],
        ['Youngblood', 'Aisha Lawal', ['enhanced_kyc'], 'block age_requirement_not_met'],
        ['Downsworth', 'Ngozi Ifeoma', KYC, 'error service_unavailable'],
        ['Twinley', 'Obinna Chukwu', WITH_FACE, 'block face_verification_failed'],
        ['Masquero', 'Taiwo Adeyemi', WITH_FACE, 'block spoof_detected'],
        ['Blurton', 'Kofi Mensah', WITH_FACE, 'error image_unavailable_or_invalid'],
        ['Glitchford', 'Chidinma Obi', WITH_FACE, 'error internal_error'],
        ['Forgeman', 'Ade Ogundimu', DOCUMENTS, 'block document_check_failed'],
        ['Oddpaper', 'Olumide Fashola', DOCUMENTS, 'block unsupported_document'],
        ['Xeroxley', 'Adaeze Nnamdi', DOCUMENTS, 'attention document_copy_detected'],
        ['Oldfield', 'Tunde Bakare', DOCUMENTS, 'attention document_expired'],
        ['Puzzleton', 'Segun Olawale', DOCUMENTS, 'error document_unclassifiable'],
        ['Missingley', 'Ifeanyi Okeke', [ENHANCED], 'block identifier_not_found'],
        ['Badnumber', 'Wale Oladipo', [ENHANCED], 'error invalid_id_number'],
        ['Lockhart', 'Anybody', ['authentication'], 'block account_locked'],
      ];
      const stub = await receiver();
      try {
        for (const [lastName, givenNames, paths, expected] of identities) {
          const [first = ''] = givenNames.split(' ');
          const email = `${first}.${lastName}@example.com`.toLowerCase();
          const user = { given_names: givenNames, last_name: lastName, email };
          for (const path of paths) {
            const response = await submit(path ?? '', {
              ...fieldsOf(path ?? ''),
              user_details: user,
              callback_url: `${stub.origin}/`,
            });
            clock.step();
            const jobId = jobIdIn(response);
            const { body } = await until('the webhook', () =>
              stub.deliveries.find(({ headers }) => headers['job-id'] === jobId),
            );
            const result = [body.status, body.reason ?? ''].map(String).join(' ').trim();
            assert.equal(result, expected, `${lastName} ${path ?? ''}`);
            assert.deepEqual(body.user_provided_info, { ...user, phone_number: null });
            assert.equal(object((await status(jobId)).body).status, body.status);
          }
        }
      } finally {
        await stub.stop();
      }
    });

    const UNKNOWN = bad(
      'In sandbox mode, requests must use a recognized test identity. Please check the documentation for valid test identities.',
    );
    for (const user of [
      { ...CLEARWATER, last_name: 'Testperson' },
      { ...CLEARWATER, given_names: 'Amina' },
      { ...CLEARWATER, email: 'amina@clearwater.example' },
      { ...CLEARWATER, email: undefined, phone_number: '+2340000424242' },
    ]) {
      it(`are refused, as Smile ID's sandbox does, for ${JSON.stringify(user)}`, async () => {
        const fields = { ...fieldsOf('enhanced_kyc'), user_details: user };
        assert.deepEqual(read(await submit('enhanced_kyc', fields)), UNKNOWN);
      });
    }

    it('come back in the webhook: user, parameters, and what the product reads', async () => {
      const stub = await receiver();
      try {
        const response = await submit('enhanced_kyc', {
          ...fieldsOf('enhanced_kyc'),
          user_id: 'Zoë',
          partner_params: { order: '7' },
          callback_url: `${stub.origin}/webhooks`,
        });
        const jobId = jobIdIn(response);
        assert.deepEqual(stub.requests, []);
        clock.step();
        const { body, headers } = await until('the webhook', () => stub.deliveries[0]);
        const { kyc_receipt: receipt, antifraud, ...others } = body;
        assert.ok(receipt && antifraud);
        assert.deepEqual([headers['job-id'], headers['user-id']], [jobId, 'Zo%C3%AB']);
        assert.deepEqual(others, {
          status: 'clear',
          message: 'Verification successful',
          reason: null,
          product: 'enhanced_kyc',
          created_at: NOW,
          completed_at: '2026-10-05T09:00:32.000Z',
          partner_params: { order: '7', job_id: jobId, user_id: 'Zoë' },
          id_fields: {
            country: 'NG',
            id_type: 'NIN',
            id_number: '00000000000',
            first_name: 'Amina Fatou',
            other_names: null,
            last_name: 'Clearwater',
            full_name: 'Amina Fatou Clearwater',
            date_of_birth: '1904-12-31',
            gender: 'F',
            address: '42 Simulator Street, Testville',
            phone_number: null,
          },
          user_provided_info: { ...CLEARWATER, phone_number: null },
          consent: { schema_version: 'ISO27560-v1' },
          device_signals: null,
        });
        await replay(jobId);
        const again = await until('another webhook', () => stub.deliveries[1]);
        assert.deepEqual(again.body.created_at, NOW);
      } finally {
        await stub.stop();
      }
    });

    it('take from the token what it has bound, whatever the request says', async () => {
      const headers = await withToken(
        formOf({
          user_id: 'user-1',
          payload: { ...ID, country: 'Nigeria', ...DANGERFIELD, consent: CONSENT },
        }),
      );
      const response = await submit(
        'enhanced_kyc',
        { user_details: CLEARWATER, country: 'GH' },
        headers,
      );
      clock.pass(2000);
      assert.deepEqual((await status(jobIdIn(response))).body, {
        status: 'block',
        job_id: jobIdIn(response),
        user_id: 'user-1',
        message: 'Job completed',
        created_at: '2026-10-05T09:00:32.000Z',
      });
    });

    it('must be of the user of the token', async () => {
      const refused = error(403, 'Forbidden', 'Token is not authorized for this user ID.');
      const bound = await withToken(formOf({ user_id: 'user-1' }));
      const free = await withToken();
      const fields = fieldsOf('enhanced_kyc');
      const from = async (userId: string, headers: Record<string, string>) =>
        read(await submit('enhanced_kyc', { ...fields, user_id: userId }, headers)).status;
      assert.deepEqual(
        read(await submit('enhanced_kyc', { ...fields, user_id: 'user-2' }, bound)),
        refused,
      );
      assert.deepEqual(
        [
          await from('user-1', bound),
          await from('user-1', { ...free, 'User-ID': 'user-1' }),
          await from('user-1', { ...free, 'User-ID': 'user-2' }),
        ],
        [202, 202, 403],
      );
    });

    /** What is wrong with a request, as what is different from one that is right; undefined leaves a field out. */
    const FAULTS: readonly (readonly [string, Readonly<Record<string, unknown>>, object])[] = [
      ['enhanced_kyc', { user_details: undefined }, missing('user_details')],
      ['enhanced_kyc', { user_details: '[]' }, missing('user_details')],
      [
        'enhanced_kyc',
        { user_details: { ...CLEARWATER, given_names: '' } },
        missing('user_details.given_names'),
      ],
      [
        'enhanced_kyc',
        { user_details: { ...CLEARWATER, email: undefined } },
        bad('Either email or phone_number is required.'),
      ],
      [
        'aml',
        { user_details: { ...CLEARWATER, email: undefined } },
        bad('Either user_details.email or user_details.phone_number is required.'),
      ],
      ['enhanced_kyc', { user_details: { ...CLEARWATER, email: 'x' } }, invalid('email')],
      [
        'enhanced_kyc',
        { user_details: { ...CLEARWATER, phone_number: '0123' } },
        invalid('phone_number'),
      ],
      ['enhanced_kyc', { consent: undefined }, missing('consent.granted')],
      ['enhanced_kyc', { consent: { ...CONSENT, granted: 'true' } }, missing('consent.granted')],
      ['enhanced_kyc/sync', { consent: undefined }, bad('consent is required')],
      [
        'registration',
        { consent: { ...CONSENT, granted_at: '2026-10-05' } },
        missing('consent.granted_at'),
      ],
      [
        'aml',
        { consent: { ...CONSENT, granted_at: '2026-10-05T11:00:00+01:00' } },
        bad("Required field 'consent.granted_at' cannot be set in the future."),
      ],
      [
        'registration',
        { consent: { ...CONSENT, notice_language: 'en' } },
        missing('consent.notice_language'),
      ],
      [
        'registration',
        { consent: { ...CONSENT, notice_privacy_policy_url: 'http://example.com' } },
        missing('consent.notice_privacy_policy_url'),
      ],
      [
        'registration',
        { callback_url: 'http://example.com/webhooks' },
        bad(
          'A valid callback_url is required in the request or a default callback URL must be configured in the portal.',
        ),
      ],
      ['aml', { callback_url: '' }, missing('callback_url')],
      ['registration', { partner_params: '{"n":1}' }, invalid('partner_params')],
      ['registration', { metadata: '[{"name":"a"}]' }, invalid('metadata')],
      ['registration', { sandbox_result: 'clear' }, invalid('sandbox_result')],
      ['registration', { allow_new_enroll: '1' }, invalid('allow_new_enroll')],
      ['enhanced_kyc', { country: 'ng' }, missing('country')],
      ['enhanced_kyc', { id_number: undefined }, missing('id_number')],
      ['biometric_kyc', { selfie_image: undefined }, missing('selfie_image')],
      ['biometric_kyc', { selfie_image: [photo(0)] }, missing('selfie_image')],
      ['biometric_kyc', { selfie_image: [photo(3, 'image/png')] }, missing('selfie_image')],
      ['biometric_kyc', { selfie_image: 'a text' }, missing('selfie_image')],
      ['registration', { liveness_images: LIVENESS.slice(1) }, missing('liveness_images')],
      ['registration', { liveness_images: [...LIVENESS, ...LIVENESS] }, missing('liveness_images')],
      ['document_verification', { document: undefined }, missing('document')],
      [
        'document_verification',
        { document: [photo(3, 'application/pdf')] },
        bad('Document image must be JPEG or PNG.'),
      ],
      ['enhanced_document_verification', { id_type: undefined }, missing('id_type')],
      ['residency_document_verification', { visa: undefined }, missing('visa')],
      [
        'residency_document_verification',
        { id_type: 'NIN' },
        bad("Field 'id_type' must be PASSPORT for residency document verification."),
      ],
      ['authentication', { user_id: undefined }, missing('user_id')],
      ['authentication', { selfie_image: undefined }, missing('selfie_image')],
      ['compare', { comparison_image: undefined }, missing('comparison_image')],
      [
        'compare',
        { comparison_image_type: 'SELFIE' },
        bad("Field 'comparison_image_type' must be either DOCUMENT, ID_PHOTO, or PORTRAIT."),
      ],
      ['compare', { liveness_images: [photo()] }, missing('liveness_images')],
      ['address', { address: 'x'.repeat(513) }, missing('address')],
      ['address', { country: 'GH' }, bad("Field 'country' must be one of NG, ZA.")],
      [
        'address',
        { id_number: undefined },
        bad("Either 'id_number' or 'utility_number' is required."),
      ],
      ['address', { id_number: undefined, utility_number: '1' }, missing('id_number')],
      ['address', { country: 'NG' }, missing('utility_number')],
      ['address', { country: 'NG', utility_number: '1' }, missing('utility_provider')],
      [
        'address',
        { country: 'NG', utility_number: '1', utility_provider: 'IKEDC', utility_type: 'x' },
        missing('utility_type'),
      ],
      ['aml', { countries: 'NG' }, missing('countries')],
      ['aml', { countries: '[]' }, missing('countries')],
      ['aml', { full_name: undefined }, missing('full_name')],
      ['aml', { birth_year: '2027' }, invalid('birth_year')],
      [
        'aml/monitoring',
        { birth_year: '999' },
        bad("Field 'birth_year' must be a four digit year."),
      ],
      ['aml', { strict_match: 'yes' }, invalid('strict_match')],
      ['aml', { aliases: 'Amina' }, invalid('aliases')],
      [
        'aml',
        { aliases: JSON.stringify(Array.from({ length: 21 }, () => 'A')) },
        bad("Field 'aliases' must contain at most 20 entries."),
      ],
      [
        'aml',
        { aliases: JSON.stringify(['A'.repeat(257)]) },
        bad("Field 'aliases' entries must be at most 256 characters."),
      ],
      [
        'aml',
        { search_existing_user: 'true' },
        bad("Required field 'user_id' is missing or invalid when search_existing_user is true."),
      ],
      [
        'aml/monitoring',
        { search_existing_user: 'true', user_id: 'nobody' },
        error(404, 'Not Found', 'No enrolled user found for this partner.'),
      ],
    ];
    for (const [path, change, reply] of FAULTS) {
      const what = JSON.stringify(change, (_, value: unknown) => value ?? null).slice(0, 60);
      it(`are refused at /v3/${path} with ${what}`, async () => {
        const fields = { ...fieldsOf(path.replace('/sync', '')), ...change };
        assert.deepEqual(read(await submit(path, fields)), reply);
      });
    }

    it('may leave out what the product allows', async () => {
      const metadata = JSON.stringify([{ name: 'a', value: 'b' }]);
      const enrolled: Json = { ...BASE, user_id: 'user-1', use_enrolled_image: 'true', metadata };
      const electricity = {
        utility_number: '1',
        utility_provider: 'IKEDC',
        utility_type: 'PrePaid',
      };
      const responses = [
        await submit('authentication', enrolled),
        await submit('address', { ...BASE, address: 'A', country: 'NG', ...electricity }),
        await submit('aml/monitoring', {
          ...{ ...BASE, user_id: 'user-1' },
          ...{ countries: '["NG"]', search_existing_user: 'true' },
        }),
        await submit('aml', { ...BASE, ...AML, birth_year: '1904', aliases: '["A"]' }),
      ];
      assert.deepEqual(
        responses.map(({ status: http }) => http),
        [202, 202, 202, 202],
      );
    });

    it('want a token and a form, at every address', async () => {
      const headers = await withToken();
      for (const path of Object.keys(ENDPOINTS)) {
        const url = `/v3/${path}`;
        const json = { ...headers, 'content-type': 'application/json' };
        const broken = { ...headers, 'content-type': 'multipart/form-data; boundary=X' };
        assert.deepEqual(read(await submit(path, BASE, {})), UNAUTHORIZED);
        assert.deepEqual(read(await send(url, { method: 'POST', headers })), NO_FORM);
        assert.deepEqual(
          read(await send(url, { method: 'POST', headers: json, body: '{}' })),
          NO_FORM,
        );
        assert.deepEqual(
          read(await send(url, { method: 'POST', headers: broken, body: 'x' })),
          bad('The multipart/form-data of the request is malformed.'),
        );
      }
    });

    const MB = 1024 * 1024;
    it('may have 4.5 MB together', async () => {
      const withSelfie = async (path: string, size: number) =>
        read(await submit(path, { ...fieldsOf(path), selfie_image: [photo(size)] }));
      assert.equal((await withSelfie('registration', 4.4 * MB)).status, 202);
      assert.deepEqual(
        [await withSelfie('registration', 4.5 * MB), await withSelfie('aml', 4.5 * MB)],
        [
          error(
            413,
            'Payload Too Large',
            'The request payload exceeds the maximum allowed size of 4.5MB.',
          ),
          error(413, 'Content Too Large', 'Request payload is too large.'),
        ],
      );
    });

    it('are stopped by the gateway from 10 MB, before they were sent', async () => {
      const headers = {
        ...(await withToken()),
        'content-type': 'multipart/form-data; boundary=X',
        'content-length': 10 * MB + 1,
      };
      const request = httpRequest(`${origin}/v3/registration`, { method: 'POST', headers });
      request.flushHeaders();
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request.on('response', resolve).on('error', reject);
      });
      let text = '';
      for await (const chunk of response) text += String(chunk);
      assert.deepEqual([response.statusCode, response.headers.connection], [413, 'close']);
      assert.deepEqual(parsed(text), {
        status: 'payload_too_large',
        message: 'Request payload too large. Maximum allowed size is 10 MB.',
        job_id: null,
        user_id: null,
      });
    });
  });

  describe('submissions that wait for the result', () => {
    const SYNC = { ...BASE, ...ID };

    it('respond for Enhanced KYC with the result, signed, and with the IDs', async () => {
      const response = await submit('enhanced_kyc/sync', { ...SYNC, user_id: 'user-1' });
      const { headers, body } = response;
      const jobId = jobIdIn(response);
      const { signature } = await sign(SIMULATOR_API_KEY, PARTNER, NOW);
      assert.deepEqual(
        ['response-timestamp', 'response-signature', 'smileid-job-id', 'user-id'].map((name) =>
          headers.get(name),
        ),
        [NOW, signature, jobId, 'user-1'],
      );
      const { kyc_receipt: receipt, antifraud, id_fields: read, ...others } = object(body);
      assert.ok(receipt && antifraud && read);
      assert.deepEqual(others, {
        job_id: jobId,
        user_id: 'user-1',
        status: 'clear',
        message: 'Verification successful',
        reason: null,
        product: 'enhanced_kyc',
        created_at: NOW,
        completed_at: NOW,
        partner_params: { job_id: jobId, user_id: 'user-1' },
        user_provided_info: { ...CLEARWATER, phone_number: null },
        consent: { schema_version: 'ISO27560-v1' },
        device_signals: null,
      });
      assert.equal((await status(jobId)).status, 200);
    });

    it('respond for AML with the result, which names no job', async () => {
      const user = { ...DANGERFIELD, phone_number: '+2340000424242' };
      const response = await submit('aml/sync', { ...BASE, ...AML, user_details: user });
      const { kyc_receipt: receipt, ...others } = object(response.body);
      assert.ok(receipt);
      assert.deepEqual(
        { status: response.status, body: others },
        {
          status: 200,
          body: {
            status: 'block',
            message: 'Verification failed.',
            reason: 'high_risk',
            product: 'one_time_aml',
            created_at: NOW,
            completed_at: NOW,
            partner_params: null,
            strict_match: true,
            no_of_persons_found: 0,
            people: [],
            user_provided_info: user,
            consent: {},
            antifraud: {
              fraud_risk_level: 'high',
              fraud_risk_score: 93,
              fraud_risk_indicator_groups: ['device_risk'],
            },
            device_signals: null,
          },
        },
      );
      assert.ok(isV3JobId(response.headers.get('smileid-job-id') ?? ''));
    });

    it('respond with an error and the job if the source is not available', async () => {
      const user = { user_details: DOWNSWORTH };
      const responses = [
        await submit('enhanced_kyc/sync', { ...SYNC, ...user }),
        await submit('aml/sync', { ...BASE, ...AML, ...user }),
      ];
      assert.deepEqual(responses.map(read), [
        error(424, 'Failed Dependency', 'Unable to verify ID — ID authority unavailable.'),
        error(
          408,
          'Request Timeout',
          'The screening provider did not respond in time. The job is still recorded — retrieve its result from /v3/status/{job_id}.',
        ),
      ]);
      for (const { headers } of responses) {
        const { body } = await status(headers.get('smileid-job-id') ?? '');
        assert.equal(object(body).status, 'error');
      }
    });

    it('are the same job for the same key, and want a key of its form', async () => {
      const fields = { ...BASE, ...AML };
      const withKey = async (key: string) =>
        await submit('aml/sync', fields, {
          ...(await withToken()),
          'SmileID-Idempotency-Key': key,
        });
      const jobs = [];
      for (const key of ['a-key-of-16-char', 'a-key-of-16-char', 'another-key-of-mine']) {
        jobs.push((await withKey(key)).headers.get('smileid-job-id'));
      }
      assert.deepEqual([jobs[0] === jobs[1], jobs[1] === jobs[2]], [true, false]);
      assert.deepEqual(read(await withKey('too short')), invalid('SmileID-Idempotency-Key'));
    });

    it('are stopped by the gateway without a token', async () => {
      assert.deepEqual(read(await submit('enhanced_kyc/sync', SYNC, {})), {
        status: 401,
        body: {
          status: 'unauthorized',
          message: 'Missing or invalid authentication credentials.',
          job_id: null,
          user_id: null,
        },
      });
      assert.deepEqual(read(await submit('aml/sync', SYNC, {})), UNAUTHORIZED);
    });

    it('ignore an address for webhooks for Enhanced KYC, and keep it for a replay for AML', async () => {
      const fields = { ...BASE, ...ID, ...AML, callback_url: 'http://example.com/webhooks' };
      const ignored = await submit('enhanced_kyc/sync', fields);
      assert.equal(ignored.status, 200);
      assert.deepEqual(read(await submit('aml/sync', fields)), missing('callback_url'));
    });

    it('send no webhook', async () => {
      const stub = await receiver();
      try {
        const callback = { callback_url: `${stub.origin}/` };
        await submit('enhanced_kyc/sync', { ...SYNC, ...callback });
        await submit('aml/sync', { ...BASE, ...AML, ...callback });
        assert.deepEqual([clock.waiting, stub.requests], [0, []]);
      } finally {
        await stub.stop();
      }
    });
  });

  describe('the server', () => {
    it('has no webhook under way once it is stopped', async () => {
      const stub = await receiver();
      try {
        const fields = { ...fieldsOf('enhanced_kyc'), callback_url: `${stub.origin}/` };
        await submit('enhanced_kyc', fields);
        assert.equal(clock.waiting, 1);
        await simulator.stop();
        assert.equal(clock.waiting, 0);
        assert.deepEqual(stub.requests, []);
      } finally {
        await stub.stop();
      }
    });

    it('gives no warning for many webhooks at once', async () => {
      const warnings: string[] = [];
      const warn = ({ name }: Error): void => {
        warnings.push(name);
      };
      process.on('warning', warn);
      try {
        const headers = await withToken();
        const fields = { ...fieldsOf('enhanced_kyc'), callback_url: 'http://127.0.0.1:9/' };
        await Promise.all(
          Array.from({ length: 20 }, () => submit('enhanced_kyc', fields, headers)),
        );
        assert.equal(clock.waiting, 20);
        await simulator.stop();
        await new Promise((resolve) => setImmediate(resolve)); // warnings come a moment later
        assert.deepEqual(warnings, []);
      } finally {
        process.off('warning', warn);
      }
    });

    it('has nothing else at /v3, and responds to no web page', async () => {
      const headers = await withToken();
      const paths = [
        ['GET', '/v3/token'],
        ['POST', '/v3/status/x'],
        ['GET', '/v3/replay/x'],
        ['POST', '/v3/smile_links'],
        ['GET', '/v3/'],
        ['POST', '/v3/constructor'],
      ] as const;
      for (const [method, path] of paths) {
        assert.equal((await send(path, { method, headers })).status, 404, `${method} ${path}`);
      }
      const fromPage = { ...headers, origin: 'https://evil.example' };
      assert.equal((await status(special('processing'), fromPage)).status, 403);
    });
  });
});
