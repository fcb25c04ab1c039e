import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import type { Clock } from '../../src/core/clock';
import { sign, verify } from '../../src/core/smile/signature';
import { allScenarios } from '../../src/node/simulator/allScenarios';
import { MARKERS } from '../../src/node/simulator/testPerson';
import {
  scenarios,
  SIMULATOR_API_KEY,
  SIMULATOR_PARTNER_ID,
  type ScenarioId,
} from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { Simulator } from '../../src/node/simulator/simulator';
import { SteppedClock } from '../support/fakes';
import { until } from '../support/until';

type Json = Readonly<Record<string, unknown>>;

const STARTED = new Date('2026-01-15T12:00:00.000Z');

/** Time that moves only when a test moves it; every wait ends at once. */
class StillClock implements Clock {
  private time = STARTED;
  readonly slept: number[] = [];
  now(): Date {
    return this.time;
  }
  sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    return Promise.resolve();
  }
  moveTo(time: Date): void {
    this.time = time;
  }
  moveBy(ms: number): void {
    this.time = new Date(this.time.getTime() + ms);
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function object(value: unknown): Json {
  assert.ok(isJson(value), `not an object: ${JSON.stringify(value)}`);
  return value;
}

function list(value: unknown): readonly unknown[] {
  assert.ok(Array.isArray(value), 'not a list');
  return value.map((entry: unknown) => entry);
}

function text(value: unknown): string {
  assert.ok(typeof value === 'string', 'not a text');
  return value;
}

interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const ALL = { image_links: true, history: true };

describe('The local simulator', () => {
  const clock = new StillClock();
  let simulator: Simulator;
  let origin: string;

  beforeEach(async () => {
    clock.moveTo(STARTED);
    clock.slept.length = 0;
    simulator = await startSimulator({ clock });
    origin = new URL(simulator.url).origin;
  });

  afterEach(() => simulator.stop());

  async function post(body: string, url = `${simulator.url}/job_status`): Promise<Received> {
    const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  async function signedNow(apiKey = SIMULATOR_API_KEY, partnerId = SIMULATOR_PARTNER_ID) {
    const signed = await sign(apiKey, partnerId, clock.now().toISOString());
    return { partner_id: partnerId, ...signed };
  }

  async function jobStatus(jobId: string, more: Json = {}): Promise<Received> {
    const ids = { user_id: 'user-1', job_id: jobId };
    return post(JSON.stringify({ ...(await signedNow()), ...ids, ...more }));
  }

  async function jobStatusJson(jobId: string, more: Json = {}): Promise<Json> {
    const { status, body } = await jobStatus(jobId, more);
    assert.equal(status, 200, body);
    return object(JSON.parse(body));
  }

  const NOT_AUTHORIZED = {
    status: 400,
    body: { error: 'You are not authorized to do that', code: '2205' },
  };

  function read({ status, body }: Received): { status: number; body: unknown } {
    return { status, body: JSON.parse(body) };
  }

  it('responds to an approved job as Smile ID would, with nothing more and nothing less', async () => {
    const { status, headers, body } = await jobStatus('approved');
    const signed = await sign(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, STARTED.toISOString());
    assert.deepEqual([status, headers.get('content-type')], [200, 'application/json']);
    assert.deepEqual(JSON.parse(body), {
      timestamp: '2026-01-15T12:00:00.000Z',
      signature: signed.signature,
      job_complete: true,
      job_success: true,
      code: '2302',
      result: {
        Source: 'WebAPI - ruby',
        ResultType: 'SAIA',
        JSONVersion: '1.0.0',
        IsFinalResult: 'true',
        IsMachineResult: 'true',
        ResultCode: '0810',
        ResultText: 'Enroll User',
        ConfidenceValue: '99',
        Actions: {
          Liveness_Check: 'Passed',
          Register_Selfie: 'Approved',
          Selfie_Provided: 'Passed',
          Verify_ID_Number: 'Verified',
          Human_Review_Compare: 'Not Applicable',
          Return_Personal_Info: 'Returned',
          Selfie_To_ID_Card_Compare: 'Not Applicable',
          Human_Review_Update_Selfie: 'Not Applicable',
          Human_Review_Liveness_Check: 'Not Applicable',
          Selfie_To_ID_Authority_Compare: 'Completed',
          Update_Registered_Selfie_On_File: 'Not Applicable',
          Selfie_To_Registered_Selfie_Compare: 'Not Applicable',
        },
        FullName: 'Amina Simulata Testperson',
        FirstName: 'Amina',
        LastName: 'Testperson',
        OtherName: 'Simulata',
        DOB: '1904-12-31',
        Gender: 'Female',
        IDNumber: '00042424242',
        PhoneNumber: '+2340000424242',
        Email: 'amina@testperson.example',
        Address: '42 Simulator Street, Testville',
        Country: 'NG',
        IDType: 'BVN',
        PhoneNumber2: 'Not Available',
        ExpirationDate: 'Not Available',
        Photo: 'Not Available',
        IDNumberPreviouslyRegistered: false,
        UserIDsOfPreviousRegistrants: [],
        SmileJobID: '0002586226',
        PartnerParams: { user_id: 'user-1', job_id: 'approved', job_type: 1 },
        timestamp: '2026-01-15T11:55:00.000',
      },
      kyc_receipt: '',
    });
  });

  it('returns the recorded case of a feature that is not enabled', async () => {
    const json = await jobStatusJson('feature-not-enabled');
    const { timestamp, SmileJobID, ...result } = object(json.result);
    assert.deepEqual([timestamp, text(SmileJobID).length], ['2026-01-15T11:55:00.000', 10]);
    assert.deepEqual(result, {
      Source: 'WebAPI - ruby',
      Actions: {
        Liveness_Check: 'Not Applicable',
        Register_Selfie: 'Not Applicable',
        Selfie_Provided: 'Not Applicable',
        Verify_ID_Number: 'Not Verified',
        Human_Review_Compare: 'Not Applicable',
        Return_Personal_Info: 'Not Returned',
        Selfie_To_ID_Card_Compare: 'Not Applicable',
        Human_Review_Update_Selfie: 'Not Applicable',
        Human_Review_Liveness_Check: 'Not Applicable',
        Selfie_To_ID_Authority_Compare: 'ID Authority Photo Not Available',
        Update_Registered_Selfie_On_File: 'Not Applicable',
        Selfie_To_Registered_Selfie_Compare: 'Not Applicable',
      },
      ResultCode: '1016',
      ResultText: 'Unable to validate ID - This feature is not enabled for your Smile ID account.',
      ResultType: 'SYSTEM',
      JSONVersion: '1.0.0',
      IsFinalResult: 'true',
      PartnerParams: { job_id: 'feature-not-enabled', user_id: 'user-1', job_type: '1' },
      ConfidenceValue: '0',
      IsMachineResult: 'true',
    });
    assert.match(text(json.kyc_receipt), /^http:\/\/127\.0\.0\.1:\d+\/receipts\/.*signature=/);
  });

  const SELFIE_AND_PHOTO = 'selfie_image,id_photo_image';
  const SELFIE_AND_CARD = 'selfie_image,id_card_image,id_card_back';
  const ALL_IMAGES = `${SELFIE_AND_CARD},id_photo_image`;
  const APPROVED = '200 done success: 1/0810 Enroll User [2] ' + SELFIE_AND_PHOTO;

  /** What each scenario returns at the first request, with history and images. */
  const FIRST_RESPONSES: Readonly<Record<ScenarioId, string>> = {
    approved: APPROVED,
    'provisional-then-approved': `200 done success: 1/0814 Provisional Enroll - Under Review [2] ${SELFIE_AND_PHOTO}`,
    provisional: `200 done success: 1/0814 Provisional Enroll - Under Review [2] ${SELFIE_AND_PHOTO}`,
    'rejected-spoof': `200 done: 1/0813 Failed Enroll - Possible Spoof Detected [2] ${SELFIE_AND_PHOTO}`,
    'rejected-spoof-human': `200 done: 1/1212 Failed Enroll - Spoof Detected [2] ${SELFIE_AND_PHOTO}`,
    'rejected-face': `200 done: 1/0811 Failed Enroll - No Face Match [2] ${SELFIE_AND_PHOTO}`,
    'rejected-document': `200 done: 6/0811 Unable to Verify Document [1] ${SELFIE_AND_CARD}`,
    'unusable-document': `200 done: 6/0812 Unable to verify document - unusable image [1] ${SELFIE_AND_CARD}`,
    'photocopied-document':
      '200 done success: 6/0817 Approved with Attention - Photocopied Document [1] selfie_image,id_card_image,id_card_back',
    'document-system-error': '200 done: 6/0001 System Error [1] ',
    'expired-document': `200 done success: 6/0817 Approved with Attention - Document is Expired [1] ${SELFIE_AND_CARD}`,
    'biometric-kyc': `200 done success: 1/1210 Enroll User [8] ${SELFIE_AND_PHOTO}`,
    'biometric-kyc-id-found': `200: 1/1012 ID Number Validated [1] ${SELFIE_AND_PHOTO}`,
    'smartselfie-authentication': '200 done success: 2/0820 Authenticated [1] selfie_image',
    'smartselfie-registration': '200 done success: 4/0840 Enroll User [1] selfie_image',
    'document-verification': `200 done success: 6/0810 Document Verified [1] ${SELFIE_AND_CARD}`,
    'enhanced-document-verification': `200 done success: 11/0810 Document Verified [1] ${ALL_IMAGES}`,
    'enhanced-kyc': '200 done success: 5/1012 ID Number Validated [1] ',
    'enhanced-kyc-all-fields': '200 done success: 5/1012 ID Number Validated [1] ',
    'enhanced-kyc-not-found': '200 done: 5/1013 Unable to Validate ID [1] ',
    'issuer-unavailable': '200 done: 5/1015 Error - Queried Database Unavailable [1] ',
    'basic-kyc': '200 done success: 5/1020 Exact Match [1] ',
    'basic-kyc-partial': '200 done success: 5/1021 Partial Match [1] ',
    'business-verification': '200 done success: 7/1012 Business Verified [1] ',
    'business-proprietor': '200 done success: 7/1012 Business Verified [1] ',
    'aml-check': '200 done success: 10/1030 Found on list [1] ',
    antifraud: APPROVED,
    'antifraud-old': APPROVED,
    'pending-3': '200: {} [0] ',
    'no-zip': '200: "No zip uploaded yet" [0] ',
    'no-result': '200: {} [0] ',
    'feature-not-enabled':
      '200 done: 1/1016 Unable to validate ID - This feature is not enabled for your Smile ID account. [1] ',
    'unknown-job': '400 {"error":"Job not found","code":"2304"}',
    unauthorized: '400 {"error":"You are not authorized to do that","code":"2205"}',
    'server-error-twice': '502 <html>',
    'rate-limited': '429 {"message":"Too Many Requests"}',
    'rate-limited-always': '429 {"message":"Too Many Requests"}',
    unavailable: '503 {"message":"Service Unavailable"}',
    slow: APPROVED,
    'connection-lost': 'no response',
    malformed: '200 {"timestamp":"2026-01-15T12:00:00.000Z","signature":"',
    empty: '200 nothing',
    html: '403 <html>',
    redirect: '302 <html>',
    'tampered-signature': APPROVED.replace('200', '200 invalid'),
    'missing-signature': APPROVED.replace('200', '200 unsigned'),
    'image-link-expired': APPROVED,
    'image-link-short': APPROVED,
    'image-link-error': APPROVED.replace(SELFIE_AND_PHOTO, 'error'),
    'base64-photo': `200 done success: 11/0810 Document Verified [1] ${ALL_IMAGES}`,
    'image-unsupported': `200 done success: 11/0810 Document Verified [1] ${SELFIE_AND_PHOTO}`,
    'image-late': APPROVED,
    'large-history': APPROVED.replace('[2]', '[200]'),
    'history-1000': APPROVED.replace('[2]', '[1000]'),
    everything: `200 done success: 11/0810 Document Verified [200] ${ALL_IMAGES}`,
    'snake-case': '200 true true: {"result_code":810,"result_text":"Enroll User","smile_job_id":',
    'unknown-code': '200 done success: 1/0899 New Kind Of Result [1] selfie_image',
  };

  /** A response in one line, to compare it with the table above. */
  async function lineOf({ status, body }: Received, expected: string): Promise<string> {
    if (body === '') return `${status} nothing`;
    const start = (line: string): string =>
      line.startsWith(expected) ? line.slice(0, expected.length) : line;
    let json: Json;
    try {
      json = object(JSON.parse(body));
    } catch {
      return start(`${status} ${body}`);
    }
    if (!('job_complete' in json)) return `${status} ${body}`;
    const { timestamp, signature, job_complete: complete, job_success: success } = json;
    const valid =
      typeof signature === 'string' &&
      (await verify(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, {
        timestamp: text(timestamp),
        signature,
      }));
    const flags = [
      signature === undefined ? ' unsigned' : valid ? '' : ' invalid',
      typeof complete === 'string' ? ` ${complete}` : complete === true ? ' done' : '',
      typeof success === 'string' ? ` ${success}` : success === true ? ' success' : '',
    ].join('');
    const { result } = json;
    const job =
      isJson(result) && 'ResultCode' in result
        ? `${String(object(result.PartnerParams).job_type)}/${String(result.ResultCode)} ${String(result.ResultText)}`
        : JSON.stringify(result);
    const images = Object.keys(object(json.image_links)).join();
    return start(`${status}${flags}: ${job} [${list(json.history).length}] ${images}`);
  }

  for (const { jobId, title } of scenarios) {
    it(`plays ${jobId}: ${title}`, async () => {
      const expected = FIRST_RESPONSES[jobId];
      const line = await jobStatus(jobId, ALL).then(
        (received) => lineOf(received, expected),
        () => 'no response',
      );
      assert.equal(line, expected);
    });
  }

  describe('scenarios that change', () => {
    const codes = async (jobId: string, count: number, userId = 'user-1'): Promise<string[]> => {
      const seen: string[] = [];
      for (let poll = 0; poll < count; poll += 1) {
        const { status, body } = await jobStatus(jobId, { user_id: userId });
        const result = status === 200 ? object(JSON.parse(body)).result : undefined;
        const code = isJson(result) ? (result.ResultCode ?? 'pending') : `HTTP ${status}`;
        seen.push(text(code));
      }
      return seen;
    };

    it('go from provisional to approved by a reviewer', async () => {
      assert.deepEqual(await codes('provisional-then-approved', 3), ['0814', '1210', '1210']);
    });

    it('keep the provisional entry in the history once the job is approved', async () => {
      await jobStatus('provisional-then-approved');
      const { history } = await jobStatusJson('provisional-then-approved', { history: true });
      const entries = list(history).map((entry) => object(entry).ResultCode);
      assert.deepEqual(entries, ['1210', '0814', '1012']);
    });

    it('stay pending for as many requests as the job ID says', async () => {
      const first = ['pending', 'pending', 'pending', '0810'];
      assert.deepEqual(await codes('pending-3', 4), first);
      assert.deepEqual(await codes('pending-1', 3), ['pending', '0810', '0810']);
    });

    it('fail twice with HTTP 502 and then work', async () => {
      assert.deepEqual(await codes('server-error-twice', 3), ['HTTP 502', 'HTTP 502', '0810']);
    });

    it('require a wait of one second, once', async () => {
      const { status, headers } = await jobStatus('rate-limited');
      assert.deepEqual([status, headers.get('retry-after')], [429, '1']);
      assert.deepEqual(await codes('rate-limited', 2), ['0810', '0810']);
    });

    it('refuse every request, with a Retry-After of one minute or without one', async () => {
      const { headers } = await jobStatus('rate-limited-always');
      assert.equal(headers.get('retry-after'), '60');
      assert.deepEqual(await codes('rate-limited-always', 2), ['HTTP 429', 'HTTP 429']);
      assert.deepEqual(await codes('unavailable', 4), Array(4).fill('HTTP 503'));
    });

    it('point to an address that does not leave this machine', async () => {
      const { status, headers } = await jobStatus('redirect');
      assert.deepEqual([status, headers.get('location')], [302, '/elsewhere']);
      assert.equal((await fetch(`${origin}/elsewhere`)).status, 404);
    });

    it('are counted separately for each user and each simulator', async () => {
      assert.deepEqual(await codes('pending-1', 2, 'user-1'), ['pending', '0810']);
      assert.deepEqual(await codes('pending-1', 2, 'user-2'), ['pending', '0810']);
      await simulator.stop();
      simulator = await startSimulator({ clock });
      assert.deepEqual(await codes('pending-1', 2), ['pending', '0810']);
    });

    it('do not count requests that were refused', async () => {
      await jobStatus('pending-1', { signature: 'wrong' });
      assert.deepEqual(await codes('pending-1', 2), ['pending', '0810']);
    });

    it('take as many seconds as the job ID says, at most ten minutes', async () => {
      for (const jobId of ['approved', 'slow', 'slow-7', 'slow-9999']) await jobStatus(jobId);
      assert.deepEqual(clock.slept, [3000, 7000, 600_000]);
    });
  });

  it('returns any other job ID as approved, with the IDs of the request', async () => {
    for (const jobId of [
      '9f2-c1',
      'constructor',
      '__proto__',
      'pending-',
      'slow-x',
      '日本 😀"\n',
    ]) {
      const { result } = await jobStatusJson(jobId, { user_id: ' user "2" ' });
      const { ResultCode, PartnerParams } = object(result);
      assert.deepEqual(
        [ResultCode, PartnerParams],
        ['0810', { user_id: ' user "2" ', job_id: jobId, job_type: 1 }],
      );
    }
  });

  it('returns the same response to the same request, however often it is sent', async () => {
    for (const jobId of ['approved', 'biometric-kyc', 'rejected-document', 'history-50']) {
      const first = await jobStatusJson(jobId, ALL);
      assert.deepEqual(await jobStatusJson(jobId, ALL), first);
      clock.moveBy(60_000);
      assert.deepEqual((await jobStatusJson(jobId, ALL)).result, first.result);
    }
  });

  it('sends history and image links only if they are requested', async () => {
    const keys = async (more: Json): Promise<string[]> =>
      Object.keys(await jobStatusJson('approved', more)).filter((key) => /history|image/.test(key));
    assert.deepEqual(await keys({}), []);
    assert.deepEqual(await keys({ history: false, image_links: false }), []);
    assert.deepEqual(await keys({ history: true }), ['history']);
    assert.deepEqual(await keys({ image_links: true }), ['image_links']);
    assert.deepEqual(await keys(ALL), ['history', 'image_links']);
  });

  it('mixes the jobs of a user in the history, newest first', async () => {
    const { history } = await jobStatusJson('biometric-kyc', { history: true });
    const entries = list(history).map((entry) => {
      const { ResultCode, PartnerParams, timestamp } = object(entry);
      const { job_id: jobId, job_type: jobType } = object(PartnerParams);
      return { entry: [jobId, jobType, ResultCode].join(' '), timestamp: text(timestamp) };
    });
    assert.deepEqual(
      entries.map(({ entry }) => entry),
      [
        'biometric-kyc 1 1210',
        'biometric-kyc 1 0814',
        'biometric-kyc 1 1012',
        'login-2 2 0820',
        'login-1 2 0820',
        'document-1 6 0812',
        'kyc-1 1 0810',
        'kyc-1 1 1012',
      ],
    );
    const times = entries.map(({ timestamp }) => timestamp);
    assert.deepEqual(times, times.toSorted().reverse());
  });

  it('makes histories of any length, up to 5,000 entries', async () => {
    for (const [jobId, length] of [
      ['history-0', 0],
      ['history-1', 1],
      ['history-3', 3],
      ['history-9999', 5000],
    ] as const) {
      const { history } = await jobStatusJson(jobId, { history: true });
      assert.equal(list(history).length, length, jobId);
    }
  });

  it('names suspect users in both shapes of the antifraud summary', async () => {
    const antifraud = async (jobId: string): Promise<unknown> =>
      object((await jobStatusJson(jobId)).result).Antifraud;
    assert.deepEqual(
      [await antifraud('antifraud'), await antifraud('antifraud-old')],
      [
        {
          summary: { fraud_sources: ['smile_secure'], fraud_detected: true },
          smile_secure: {
            ResultCode: '5211',
            ResultText: 'Suspect Users Found',
            SuspectUsers: [
              {
                user_id: 'another-user-of-yours',
                reasons: ['same-face', 'same-id-number'],
              },
              { user_id: 'a-third-user-of-yours', reasons: ['same-face'] },
            ],
          },
        },
        { SuspectUsers: [{ user_id: 'another-user-of-yours', reason: 'A simulated reason' }] },
      ],
    );
  });

  it('sends every ID field that is documented, with full data of several levels', async () => {
    const { FullData, Photo, Actions, PartnerParams, ...fields } = object(
      (await jobStatusJson('enhanced-kyc-all-fields')).result,
    );
    const common = /^(Result|JSONVersion|Is\w+Result|ConfidenceValue|Source|SmileJobID|timestamp)/;
    assert.deepEqual(
      Object.keys(fields)
        .filter((key) => !common.test(key))
        .toSorted(),
      [
        ...[
          'Address',
          'Country',
          'CountryOfBirth',
          'DOB',
          'DateOfDeath',
          'Email',
          'ExpirationDate',
        ],
        ...['FirstName', 'FullName', 'Gender', 'IDNumber', 'IDStatus', 'IDType', 'IsAlive'],
        ...['IssuanceDate', 'LastName', 'LocalAreaOfOrigin', 'Nationality', 'Occupation'],
        ...['OtherName', 'OtherNames', 'PhoneNumber', 'PhoneNumber2', 'PlaceOfBirth'],
        ...['PlaceOfIssuance', 'RegionOfOrigin', 'SecondaryIDNumber', 'Title'],
      ],
    );
    assert.ok(isJson(Actions) && isJson(PartnerParams));
    const { nextOfKin, photo } = object(FullData);
    assert.equal(photo, Photo);
    assert.deepEqual(nextOfKin, {
      name: 'Bashir Testperson',
      relation: 'brother',
      residence: {
        town: 'Testville',
        address: { street: '42 Simulator Street, Testville', floor: null },
      },
    });
  });

  it('names the proprietor of a business, and links to its certificate and receipt', async () => {
    const json = await jobStatusJson('business-proprietor');
    const { proprietors, directors, documents } = object(json.result);
    assert.deepEqual(
      [proprietors, directors, documents],
      [
        [
          {
            name: 'Amina Simulata Testperson',
            address: '42 Simulator Street, Testville',
            phone_number: '+2340000424242',
          },
        ],
        [],
        { search_certificate: 'https://example.org/certificate.pdf?signature=simulated' },
      ],
    );
    assert.match(text(json.kyc_receipt), /\/receipts\/.*signature=/);
  });

  it('names every person in its responses by a marker, so that leaks can be found', async () => {
    for (const jobId of [
      'approved',
      'enhanced-kyc',
      'enhanced-kyc-all-fields',
      'business-verification',
      'business-proprietor',
      'aml-check',
      'snake-case',
    ]) {
      const { body } = await jobStatus(jobId);
      assert.ok(
        MARKERS.some((marker) => body.includes(marker)),
        jobId,
      );
      const names = [...body.matchAll(/"(?:name|FullName|full_name)":"([^"]+)"/g)].map(
        ([, name]) => name,
      );
      assert.deepEqual(
        names.filter((name) => !name?.includes('Testperson')),
        [],
      );
    }
    const { body } = await jobStatus('approved');
    assert.deepEqual(
      MARKERS.filter((marker) => !body.includes(marker)),
      [],
    );
  });

  describe('images', () => {
    const links = async (jobId: string): Promise<Record<string, string>> =>
      Object.fromEntries(
        Object.entries(object((await jobStatusJson(jobId, ALL)).image_links)).map(
          ([name, link]) => [name, text(link)],
        ),
      );

    const open = async (link: string | undefined) => {
      const response = await fetch(text(link));
      const type = response.headers.get('content-type');
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, type, bytes };
    };

    const refusal = async (link: string | undefined) => {
      const { status, type, bytes } = await open(link);
      return [status, type, /<Code>(.*)<\/Code>/.exec(bytes.toString())?.[1]];
    };

    /** The format by the bytes. */
    function format(bytes: Buffer): string {
      const head = bytes.toString('latin1', 0, 12);
      if (head.startsWith('\x89PNG\r\n')) return 'image/png';
      if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
      return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : 'unknown';
    }

    it('come in each format that a viewer must know, of at most 12 KB', async () => {
      const formats: Record<string, string> = {};
      for (const [name, link] of Object.entries(await links('enhanced-document-verification'))) {
        const { status, type, bytes } = await open(link);
        assert.deepEqual([status, type], [200, format(bytes)]);
        assert.ok(bytes.length > 1000 && bytes.length <= 12 * 1024, `${bytes.length} bytes`);
        formats[name] = format(bytes);
      }
      assert.deepEqual(formats, {
        selfie_image: 'image/webp',
        id_card_image: 'image/png',
        id_card_back: 'image/png',
        id_photo_image: 'image/jpeg',
      });
    });

    it('can be inside the response, as base64', async () => {
      const { Photo, Document } = object((await jobStatusJson('base64-photo')).result);
      const formats = [Photo, Document].map((data) => format(Buffer.from(text(data), 'base64')));
      assert.deepEqual(formats, ['image/jpeg', 'image/png']);
    });

    it('can have a format that must not be shown, linked and as base64', async () => {
      const { Photo } = object((await jobStatusJson('image-unsupported')).result);
      const { id_photo_image: link } = await links('image-unsupported');
      const { status, type, bytes } = await open(link);
      assert.deepEqual(
        [status, type, bytes.toString('latin1', 0, 6)],
        [200, 'image/gif', 'GIF89a'],
      );
      assert.equal(Photo, bytes.toString('base64'));
    });

    it('can take ten minutes, each on its own', async () => {
      const { selfie_image: late, id_photo_image: prompt } = await links('image-late');
      assert.equal((await open(prompt)).status, 200);
      assert.deepEqual(clock.slept, []);
      assert.equal((await open(late)).status, 200);
      assert.deepEqual(clock.slept, [600_000]);
    });

    it('are refused when the link has expired', async () => {
      const expired = [403, 'application/xml', 'AccessDenied'];
      assert.deepEqual(await refusal((await links('image-link-expired')).selfie_image), expired);
      const short = (await links('image-link-short')).selfie_image;
      const usual = (await links('approved')).selfie_image;
      assert.deepEqual([(await open(short)).status, (await open(usual)).status], [200, 200]);
      clock.moveBy(6_000);
      assert.deepEqual(await refusal(short), expired);
      assert.equal((await open(usual)).status, 200);
      clock.moveBy(15 * 60_000);
      assert.deepEqual(await refusal(usual), expired);
    });

    it('are refused when anything in the link was changed', async () => {
      const forged = [403, 'application/xml', 'SignatureDoesNotMatch'];
      const link = text((await links('approved')).selfie_image);
      const other = new URL(link);
      other.pathname = other.pathname.replace('selfie', 'cardFront');
      const later = new URL(link);
      later.searchParams.set('expires', String(Number(later.searchParams.get('expires')) + 1));
      for (const changed of [other.href, later.href, `${link}A`, new URL(link).pathname]) {
        assert.deepEqual(await refusal(new URL(changed, origin).href), forged, changed);
      }
    });

    it('of another simulator are refused', async () => {
      const link = new URL(text((await links('approved')).selfie_image));
      const another = await startSimulator({ clock });
      try {
        link.port = new URL(another.url).port;
        assert.equal((await open(link.href)).status, 403);
      } finally {
        await another.stop();
      }
    });
  });

  describe('refuses as unauthorized', () => {
    const refused = async (body: Json): Promise<void> => {
      const ids = { user_id: 'user-1', job_id: 'approved' };
      assert.deepEqual(read(await post(JSON.stringify({ ...ids, ...body }))), NOT_AUTHORIZED);
    };

    it('a signature by another key, of another time, in hex, or none', async () => {
      const good = await signedNow();
      await refused(await signedNow('another key'));
      await refused({ ...good, timestamp: '2026-01-15T12:00:00.001Z' });
      await refused({ ...good, signature: Buffer.from(good.signature, 'base64').toString('hex') });
      await refused({ ...good, signature: undefined });
      await refused({});
    });

    it('another partner, and a partner ID without its leading zero', async () => {
      await refused(await signedNow(SIMULATOR_API_KEY, '086'));
      await refused(await signedNow(SIMULATOR_API_KEY, '85'));
      await refused({ ...(await signedNow()), partner_id: 85 });
    });

    it('a time that is stale, ahead, without a zone, a number or no time at all', async () => {
      for (const timestamp of [
        '2026-01-15T10:59:59.000Z',
        '2026-01-15T13:00:01.000Z',
        '2026-01-15T12:00:00.000',
        String(STARTED.getTime()),
        'yesterday Z',
        '',
      ]) {
        const signed = await sign(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, timestamp);
        await refused({ partner_id: SIMULATOR_PARTNER_ID, ...signed });
      }
      await refused({ ...(await signedNow()), timestamp: STARTED.getTime() });
    });
  });

  it('accepts the timestamps of all official SDKs', async () => {
    for (const timestamp of [
      '2026-01-15T12:00:00.000Z', // JavaScript
      '2026-01-15T12:00:00.123456+00:00', // Python
      '2026-01-15T14:00:00+02:00', // PHP
      '2026-01-15 12:00:00 +0000', // Ruby
      '2026-01-15T12:00:00Z', // Java
    ]) {
      const signed = await sign(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, timestamp);
      await jobStatusJson('approved', { ...signed });
    }
  });

  it('names the ID that is missing', async () => {
    for (const field of ['user_id', 'job_id']) {
      for (const missing of [undefined, null, '', {}]) {
        assert.deepEqual(read(await jobStatus('approved', { [field]: missing })), {
          status: 400,
          body: { error: `"${field}" is required`, code: '2313' },
        });
      }
    }
  });

  it('refuses what is not a JSON object', async () => {
    for (const body of ['', '{', '[]', 'null', '"text"']) {
      assert.deepEqual(read(await post(body)), {
        status: 400,
        body: { error: 'Invalid JSON', code: '2303' },
      });
    }
  });

  it('sends a new request ID and a date with every response, including errors', async () => {
    const responses = [
      await jobStatus('approved'),
      await jobStatus('unauthorized'),
      await post('{'),
    ];
    const list = await fetch(`${origin}/scenarios`);
    const headers = [...responses.map((response) => response.headers), list.headers];
    const ids = headers.map((each) => each.get('x-amzn-requestid') ?? '');
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(new Set(ids).size, ids.length);
    for (const each of headers) assert.ok(Date.parse(each.get('date') ?? '') > 0);
  });

  it('lists its scenarios as JSON, and as one line each if text is requested', async () => {
    const json: unknown = await (await fetch(`${origin}/scenarios`)).json();
    assert.deepEqual(json, allScenarios);
    const plain = await fetch(`${origin}/scenarios`, { headers: { accept: 'text/plain' } });
    assert.deepEqual((await plain.text()).split('\n'), [
      ...allScenarios.map(({ jobId, title }) => `${jobId}: ${title}`),
      '',
    ]);
  });

  it('has scenarios with distinct IDs and short titles in sentence case', () => {
    const ids = allScenarios.map(({ jobId }) => jobId);
    assert.equal(new Set(ids).size, ids.length);
    for (const { jobId, title } of allScenarios) {
      assert.match(jobId, /^[a-z0-9_-]+$/);
      assert.match(title, /^[A-Z0-9].{5,105}[^.!]$/);
    }
  });

  it('has nothing at other addresses', async () => {
    for (const [method, path] of [
      ['GET', '/v1/job_status'],
      ['POST', '/job_status'],
      ['POST', '/scenarios'],
      ['GET', '/'],
      ['GET', '/receipts/approved?signature=x'],
    ] as const) {
      const { status } = await fetch(origin + path, { method });
      assert.equal(status, 404, `${method} ${path}`);
    }
  });

  it('uses its own address, whatever the request line says', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(origin);
      const request = httpRequest(
        { hostname, port, path: '//example.org/scenarios' },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject).end();
    });
    assert.equal(status, 404);
  });

  it('listens on the loopback address only, on the requested port', async () => {
    const { hostname, port } = new URL(simulator.url);
    assert.equal(hostname, '127.0.0.1');
    await assert.rejects(startSimulator({ port: Number(port) }), { code: 'EADDRINUSE' });
  });

  it('accepts another partner and key if configured', async () => {
    const own = await startSimulator({ clock, partnerId: '2401', apiKey: 'another key' });
    try {
      const ids = { user_id: 'user-1', job_id: 'approved' };
      const url = `${own.url}/job_status`;
      const body = JSON.stringify({ ...(await signedNow('another key', '2401')), ...ids });
      assert.equal((await post(body, url)).status, 200);
      assert.equal(own.partnerId, '2401');
      const usual = JSON.stringify({ ...(await signedNow()), ...ids });
      assert.deepEqual(read(await post(usual, url)), NOT_AUTHORIZED);
    } finally {
      await own.stop();
    }
  });

  it('stops at once, even while a response is delayed, and can be stopped again', async () => {
    const waits = new SteppedClock(Date.now());
    const real = await startSimulator({ clock: waits });
    const body = JSON.stringify({
      partner_id: SIMULATOR_PARTNER_ID,
      ...(await sign(SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID, new Date().toISOString())),
      user_id: 'user-1',
      job_id: 'slow-600',
    });
    const waiting = assert.rejects(post(body, `${real.url}/job_status`), TypeError);
    await until('the request', () => waits.waiting || undefined);
    await real.stop();
    await waiting;
    await real.stop();
  });
});
