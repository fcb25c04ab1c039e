import * as assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode';
import { scenarios, SIMULATOR_API_KEY } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { SmileApi } from '../../src/vscode/smileApi';
import { storedRecords } from '../support/dataFolder';
import { SteppedClock } from '../support/fakes';
import {
  activateSmile,
  addProfile,
  fresh,
  startOwnSimulator,
  type StartedSimulator,
} from '../support/smileExtension';
import { until } from '../support/until';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** What a caller uses; images, history and actions are compared where they matter. */
function essence(outcome: JobStatusOutcome): unknown {
  switch (outcome.kind) {
    case 'answered': {
      const { job, signature } = outcome;
      const { verdict, product, result } = job;
      return {
        kind: outcome.kind,
        verdict,
        product,
        code: result?.code ?? null,
        text: result?.text ?? null,
        signature,
      };
    }
    case 'refused':
      return { ...outcome, requestId: UUID.test(outcome.requestId ?? '') ? 'a request ID' : null };
    default:
      return outcome;
  }
}

const APPROVED = {
  kind: 'answered',
  verdict: 'approved',
  product: 'biometric_kyc',
  code: '0810',
  text: 'Enroll User',
  signature: 'valid',
};

/** Of the form of API v3; the simulator does not know it. */
const V3_JOB = 'job_01m45mn5m0enwb31m7wv7rmj1f';

describe('The API that other extensions get', () => {
  let api: SmileApi;
  let simulator: StartedSimulator;

  // Must be the first: as soon as there is a profile, one is active for good.
  it('says how to add a profile when there is none yet', async () => {
    api = await activateSmile();
    assert.deepEqual([...storedRecords('profiles').values()], []);
    await assert.rejects(api.getJobStatus({ userId: 'user-1', jobId: 'approved' }), {
      name: 'Error',
      message: 'There is no active Smile ID profile. Add one with "Smile ID: Add Profile…".',
    });
  });

  before(async () => {
    api = await activateSmile();
  });

  it('is version 1 and has the documented functions, nothing else', () => {
    assert.deepEqual(
      Object.entries<unknown>({ ...api }).map(([name, value]) => [
        name,
        typeof value === 'function' ? 'function' : value,
      ]),
      [
        ['version', 1],
        ['getJobStatus', 'function'],
        ['readResponse', 'function'],
        ['onDidReceiveWebhook', 'function'],
        ['explain', 'function'],
        ['findCodes', 'function'],
      ],
    );
  });

  it('starts the simulator on this machine once, however often it is requested', async () => {
    simulator = await startOwnSimulator();
    assert.match(simulator.url, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    assert.deepEqual(simulator, { url: simulator.url, profile: 'Local simulator' });
    assert.deepEqual(await Promise.all([startOwnSimulator(), startOwnSimulator()]), [
      simulator,
      simulator,
    ]);
  });

  describe('looking up a job', () => {
    before(async () => {
      simulator = await startOwnSimulator();
    });

    const lookUp = (jobId: string, userId = fresh('user')): Promise<JobStatusOutcome> =>
      api.getJobStatus({ profile: simulator.profile, userId, jobId });

    /** A simulator of the test's own, whose time passes only when the test says so. */
    const startSlowSimulator = async () => {
      const clock = new SteppedClock(Date.now());
      const slow = await startSimulator({ clock });
      const { id } = await addProfile({
        name: fresh('slow'),
        environment: 'local',
        partnerId: slow.partnerId,
        apiKey: SIMULATOR_API_KEY,
        url: slow.url,
      });
      await startOwnSimulator(); // its profile is the active one again
      return { profile: id, clock, stop: () => slow.stop() };
    };

    it('returns the whole job, normalized, and the response as it came', async () => {
      const outcome = await lookUp('smartselfie-registration', 'user-whole');
      assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
      const { job, raw, signature } = outcome;
      const timestamp = job.result?.timestamp ?? '';
      assert.match(timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+$/);
      const smileJobId = job.smileJobId ?? '';
      assert.match(smileJobId, /^\d{10}$/);
      assert.deepEqual(
        { job: { ...job, result: { ...job.result, actions: [] } }, signature },
        {
          job: {
            api: 'v1',
            document: 'job-status',
            userId: 'user-whole',
            jobId: 'smartselfie-registration',
            status: null,
            reason: null,
            smileJobId,
            jobType: 4,
            product: 'smartselfie_registration',
            complete: true,
            success: true,
            verdict: 'approved',
            result: {
              code: '0840',
              text: 'Enroll User',
              type: 'SAIA',
              final: true,
              machine: true,
              confidence: 99,
              source: 'WebAPI - ruby',
              timestamp,
              actions: [],
            },
            history: [],
            images: [],
            notes: [
              'IsFinalResult is the string "true", not a boolean.',
              'IsMachineResult is the string "true", not a boolean.',
            ],
          },
          signature: 'valid',
        },
      );
      assert.deepEqual(
        job.result?.actions.filter(({ value }) => value !== 'Not Applicable'),
        [
          { key: 'Liveness_Check', value: 'Passed' },
          { key: 'Register_Selfie', value: 'Approved' },
          { key: 'Selfie_Provided', value: 'Passed' },
        ],
      );
      assert.deepEqual(Object.keys(raw), [
        'timestamp',
        'signature',
        'job_complete',
        'job_success',
        'code',
        'result',
        'kyc_receipt',
      ]);
    });

    it('returns history and image links only if they are requested', async () => {
      const sizes = async (options: { history?: boolean; imageLinks?: boolean }) => {
        const outcome = await api.getJobStatus({
          profile: simulator.profile,
          userId: 'user-options',
          jobId: 'biometric-kyc',
          ...options,
        });
        assert.equal(outcome.kind, 'answered');
        const { history, images } = outcome.job;
        return { history: history.length, images: images.map(({ name }) => name) };
      };
      const images = ['selfie_image', 'id_photo_image'];
      assert.deepEqual(
        [
          await sizes({}),
          await sizes({ history: true }),
          await sizes({ imageLinks: true }),
          await sizes({ history: true, imageLinks: true }),
        ],
        [
          { history: 0, images: [] },
          { history: 8, images: [] },
          { history: 0, images: images },
          { history: 8, images: images },
        ],
      );
    });

    it('reads the same code by its product: a spoof and a document that is not verified', async () => {
      assert.deepEqual(
        [
          essence(await lookUp('rejected-spoof')),
          essence(await lookUp('rejected-document')),
          essence(await lookUp('provisional')),
          essence(await lookUp('unusable-document')),
        ],
        [
          {
            kind: 'answered',
            verdict: 'rejected',
            product: 'biometric_kyc',
            code: '0813',
            text: 'Failed Enroll - Possible Spoof Detected',
            signature: 'valid',
          },
          {
            kind: 'answered',
            verdict: 'rejected',
            product: 'document_verification',
            code: '0811',
            text: 'Unable to Verify Document',
            signature: 'valid',
          },
          {
            kind: 'answered',
            verdict: 'provisional',
            product: 'biometric_kyc',
            code: '0814',
            text: 'Provisional Enroll - Under Review',
            signature: 'valid',
          },
          {
            kind: 'answered',
            verdict: 'rejected',
            product: 'document_verification',
            code: '0812',
            text: 'Unable to verify document - unusable image',
            signature: 'valid',
          },
        ],
      );
    });

    it('is pending while there is no result, whatever the envelope says', async () => {
      assert.deepEqual(essence(await lookUp('no-zip')), {
        kind: 'answered',
        verdict: 'pending',
        product: null,
        code: null,
        text: 'No zip uploaded yet',
        signature: 'valid',
      });
    });

    it('distinguishes a product that is not enabled from a rejected person', async () => {
      assert.deepEqual(essence(await lookUp('feature-not-enabled')), {
        kind: 'answered',
        verdict: 'error',
        product: 'biometric_kyc',
        code: '1016',
        text: 'Unable to validate ID - This feature is not enabled for your Smile ID account.',
        signature: 'valid',
      });
    });

    it('never guesses what an unknown code means', async () => {
      assert.deepEqual(essence(await lookUp('unknown-code')), {
        kind: 'answered',
        verdict: 'unknown',
        product: 'biometric_kyc',
        code: '0899',
        text: 'New Kind Of Result',
        signature: 'valid',
      });
    });

    it('says whether the response is signed with the API key', async () => {
      assert.deepEqual(
        [
          essence(await lookUp('approved')),
          essence(await lookUp('tampered-signature')),
          essence(await lookUp('missing-signature')),
        ],
        [APPROVED, { ...APPROVED, signature: 'invalid' }, { ...APPROVED, signature: 'missing' }],
      );
    });

    it('keeps the code, the text and the request ID of a refusal', async () => {
      assert.deepEqual(essence(await lookUp('unauthorized')), {
        kind: 'refused',
        httpStatus: 400,
        code: '2205',
        message: 'You are not authorized to do that',
        requestId: 'a request ID',
        retryAt: null,
        raw: { error: 'You are not authorized to do that', code: '2205' },
      });
    });

    it('calls what is not a JSON object unreadable, with an excerpt without personal data', async () => {
      const malformed = await lookUp('malformed');
      assert.equal(malformed.kind, 'unreadable');
      assert.ok(malformed.excerpt.length <= 200, malformed.excerpt);
      assert.doesNotMatch(malformed.excerpt, /Testperson|Amina|00042424242/);
      assert.deepEqual(
        [
          { ...malformed, excerpt: '' },
          essence(await lookUp('empty')),
          essence(await lookUp('html')),
        ],
        [
          {
            kind: 'unreadable',
            httpStatus: 200,
            contentType: 'application/json',
            excerpt: '',
            bodyKind: 'cut-off JSON',
            message: 'The response is not a complete JSON object.',
            retryAt: null,
          },
          {
            kind: 'unreadable',
            httpStatus: 200,
            contentType: 'application/json',
            excerpt: 'Empty body',
            bodyKind: 'empty',
            message: 'The response is empty.',
            retryAt: null,
          },
          {
            kind: 'unreadable',
            httpStatus: 403,
            contentType: 'text/html',
            excerpt: 'HTML page "403 Forbidden", 112 bytes',
            bodyKind: 'html',
            message: 'The response is a web page, not JSON.',
            retryAt: null,
          },
        ],
      );
    });

    it('retries by itself when the server fails twice, and returns the response', async () => {
      assert.deepEqual(essence(await lookUp('server-error-twice')), APPROVED);
    });

    it('says that no response came when the connection is lost every time', async () => {
      const outcome = await lookUp('connection-lost');
      const host = new URL(simulator.url).host;
      assert.deepEqual(outcome, {
        kind: 'unreachable',
        cause: 'reset',
        message: `The connection to ${host} was closed before a response came.`,
      });
    });

    it('sends IDs as they are: spaces, quotes, emoji, slashes', async () => {
      const ids = [
        { userId: 'user with spaces', jobId: 'job 7' },
        { userId: `O'Neill "the user" \\ back`, jobId: `'job' "7" \`8\`` },
        { userId: '👩🏽‍💻 Zoë 山田', jobId: '🎉/../?a=b&c#d' },
        { userId: '__proto__', jobId: 'constructor' },
        { userId: 'u'.repeat(255), jobId: 'j'.repeat(255) },
      ];
      const outcomes = await Promise.all(ids.map(({ userId, jobId }) => lookUp(jobId, userId)));
      assert.deepEqual(
        outcomes.map((outcome) =>
          outcome.kind === 'answered'
            ? {
                userId: outcome.job.userId,
                jobId: outcome.job.jobId,
                verdict: outcome.job.verdict,
                params: paramsOf(outcome.raw),
              }
            : outcome,
        ),
        ids.map(({ userId, jobId }) => ({
          userId,
          jobId,
          verdict: 'approved',
          params: { user_id: userId, job_id: jobId, job_type: 1 },
        })),
      );
    });

    it('has an outcome for every scenario of the simulator, and throws for none', async () => {
      const outcomes = await Promise.all(scenarios.map(({ jobId }) => lookUp(jobId)));
      const kinds = new Map<string, string[]>();
      outcomes.forEach(({ kind }, index) => {
        const jobId = scenarios[index]?.jobId ?? '';
        kinds.set(kind, [...(kinds.get(kind) ?? []), jobId]);
      });
      kinds.delete('answered');
      assert.deepEqual(Object.fromEntries(kinds), {
        refused: ['unknown-job', 'unauthorized', 'rate-limited-always', 'unavailable'],
        unreachable: ['connection-lost', 'redirect'],
        unreadable: ['malformed', 'empty', 'html'],
      });
    });

    it('shares one response among concurrent callers for the same job', async () => {
      const userId = fresh('user');
      const outcomes = await Promise.all([1, 2, 3].map(() => lookUp('pending-1', userId)));
      assert.deepEqual(
        outcomes.map((outcome) => outcome.kind === 'answered' && outcome.job.verdict),
        ['pending', 'pending', 'pending'],
      );
      assert.deepEqual(essence(await lookUp('pending-1', userId)), APPROVED);
    });

    it('stops when its token says so, at once, and remembers nothing of that job', async () => {
      const source = new CancellationTokenSource();
      const { profile, clock, stop } = await startSlowSimulator();
      const userId = fresh('user');
      const pending = api.getJobStatus({ profile, userId, jobId: 'slow-20' }, source.token);
      await until('the request', () => clock.waiting || undefined);
      source.cancel();
      assert.deepEqual(await pending, { kind: 'cancelled', cause: 'stopped' }); // no response ever comes
      source.dispose();
      await stop();
      assert.deepEqual(
        [...storedRecords('jobs').values()].filter((job) => job.userId === userId),
        [],
      );
    });

    it('sends nothing when its token is already canceled', async () => {
      const source = new CancellationTokenSource();
      source.cancel();
      const userId = fresh('user');
      const outcome = await api.getJobStatus({ userId, jobId: 'pending-1' }, source.token);
      assert.deepEqual(outcome, { kind: 'cancelled', cause: 'stopped' });
      // the simulator would return a result to the second request
      assert.equal(verdictOf(await lookUp('pending-1', userId)), 'pending');
    });

    it('lets one caller cancel, and still returns the outcome to the other', async () => {
      const source = new CancellationTokenSource();
      const { profile, clock, stop } = await startSlowSimulator();
      const request = { profile, userId: fresh('user'), jobId: 'slow-1' };
      const [one, other] = [api.getJobStatus(request, source.token), api.getJobStatus(request)];
      await until('the request', () => clock.waiting || undefined);
      source.cancel();
      assert.deepEqual(await one, { kind: 'cancelled', cause: 'stopped' });
      clock.step();
      assert.equal((await other).kind, 'answered');
      source.dispose();
      await stop();
    });

    it('finds a profile by its name in any case, by its ID, or takes the active one', async () => {
      const added = await addProfile({
        name: 'By Name or ID',
        environment: 'local',
        partnerId: '085',
        apiKey: 'local-simulator',
        url: simulator.url,
      });
      const request = { userId: 'user-profile', jobId: 'approved' };
      for (const profile of ['By Name or ID', 'by name OR id', added.id, undefined]) {
        assert.deepEqual(essence(await api.getJobStatus({ ...request, profile })), APPROVED);
      }
      const recorded = [...storedRecords('jobs').values()].filter(
        ({ userId }) => userId === request.userId,
      );
      assert.deepEqual(
        recorded.map(({ profileId }) => profileId),
        [added.id],
      );
    });
  });

  describe('reading a response', () => {
    const NOTHING = {
      kind: 'unknown',
      api: null,
      product: null,
      jobId: null,
      userId: null,
      verdict: null,
      code: null,
      status: null,
      reason: null,
      text: null,
      meaning: null,
      nextStep: null,
      signature: 'unknown',
    };

    it('says what a callback, an error, a log line and a webhook say', async () => {
      const callback = {
        ResultCode: '0813',
        ResultText: 'Failed Enroll - Possible Spoof Detected',
        SmileJobID: '0000000001',
        PartnerParams: { user_id: 'u-1', job_id: 'j-1', job_type: 1 },
      };
      const { meaning, nextStep, ...read } = await api.readResponse(callback);
      assert.ok(meaning !== null && nextStep !== null);
      assert.deepEqual(read, {
        kind: 'result',
        api: 'v1',
        product: 'biometric_kyc',
        jobId: 'j-1',
        userId: 'u-1',
        verdict: 'rejected',
        code: '0813',
        status: null,
        reason: null,
        text: 'Failed Enroll - Possible Spoof Detected',
        signature: 'missing',
      });
      const kinds = await Promise.all(
        [
          '2026-11-27 WARN smile said {"error":"Job not found","code":"2304"} in 4 ms',
          [{ status: 'block', reason: 'spoof_detected', product: 'biometric_kyc', message: 'm' }],
          { status: 'clear', job_id: V3_JOB, user_id: 'u', message: 'Job completed' },
          { status: 'accepted', job_id: V3_JOB, user_id: 'u', message: 'queued' },
        ].map(async (body) => {
          const { kind, verdict } = await api.readResponse(body);
          return [kind, verdict];
        }),
      );
      assert.deepEqual(kinds, [
        ['error', null],
        ['webhook', 'rejected'],
        ['status', 'approved'],
        ['accepted', null],
      ]);
    });

    it('is unknown, and never fails, for anything else', async () => {
      const cycle: Record<string, unknown> = { ResultCode: '0810' };
      cycle.self = cycle;
      const thrower = {
        get ResultCode(): string {
          throw new Error('not for you');
        },
      };
      const bodies = [undefined, null, 7, '', 'hello', [], {}, cycle, thrower, 10n, Symbol('x')];
      for (const body of bodies) assert.deepEqual(await api.readResponse(body), NOTHING);
      const two = [
        { error: 'a', code: '2204' },
        { error: 'b', code: '2205' },
      ];
      assert.deepEqual(await api.readResponse(two), NOTHING);
    });
  });

  it('looks up a job of API v3 by its job ID alone, unless the caller chooses API v1', async () => {
    const started = await startOwnSimulator();
    const outcome = await api.getJobStatus({ profile: started.profile, jobId: V3_JOB });
    assert.ok(outcome.kind === 'answered');
    const { job, signature } = outcome;
    assert.deepEqual(
      [job.api, job.jobId, job.verdict, job.status, signature],
      ['v3', V3_JOB, 'unknown', 'not_found', 'unsigned'],
    );
    const v1 = await api.getJobStatus({
      ...{ profile: started.profile, jobId: V3_JOB, api: 'v1' as const, userId: 'u-1' },
    });
    assert.ok(v1.kind === 'answered');
    assert.deepEqual([v1.job.api, v1.job.userId], ['v1', 'u-1']);
    await assert.rejects(api.getJobStatus({ profile: started.profile, jobId: 'j-1', api: 'v3' }), {
      message: 'API v1 needs the user ID, too: only job IDs of API v3 (job_…) are looked up alone.',
    });
  });

  describe('for a request that cannot be sent', () => {
    const rejects = async (request: unknown, message: string) => {
      // as an extension written in JavaScript calls it
      const untyped: { getJobStatus(request: unknown): Promise<unknown> } = api;
      await assert.rejects(untyped.getJobStatus(request), { name: 'Error', message });
    };
    const userId = 'user-1';
    const jobId = 'approved';

    before(async () => {
      await startOwnSimulator();
    });

    it('rejects empty and blank IDs with a sentence', async () => {
      await rejects({ userId, jobId: '' }, 'Enter the job ID.');
      await rejects({ userId: '', jobId }, 'Enter the user ID.');
      await rejects({ userId: '  \t ', jobId }, 'Enter the user ID.');
    });

    it('rejects IDs of 300 characters with a sentence', async () => {
      const long = 'x'.repeat(300);
      const tail = 'has 300 characters; at most 255 are sent.';
      await rejects({ userId, jobId: long }, `The job ID ${tail}`);
      await rejects({ userId: long, jobId }, `The user ID ${tail}`);
    });

    it('rejects IDs with a line break with a sentence', async () => {
      for (const lineBreak of ['\n', '\r\n', '\u2028']) {
        await rejects({ userId, jobId: `a${lineBreak}b` }, 'The job ID contains a line break.');
        await rejects({ userId: `a${lineBreak}b`, jobId }, 'The user ID contains a line break.');
      }
    });

    it('rejects a request without both IDs with a sentence', async () => {
      const message = 'A job status request needs both userId and jobId, as text.';
      for (const request of [undefined, null, {}, { userId }, { jobId }, 'approved', 7, []]) {
        await rejects(request, message);
      }
    });

    it('rejects fields of the wrong kind and names the field', async () => {
      const message = (field: string) =>
        `A job status request takes { profile?, userId?, jobId, api?, history?, imageLinks? }; ${field} has the wrong type.`;
      await rejects({ userId, jobId: 17 }, message('jobId'));
      await rejects({ userId: { id: 1 }, jobId }, message('userId'));
      await rejects({ userId, jobId, history: 'yes' }, message('history'));
      await rejects({ userId, jobId, profile: 3 }, message('profile'));
    });

    it('rejects a profile that does not exist and names it', async () => {
      await rejects(
        { profile: 'No such profile', userId, jobId },
        'There is no Smile ID profile "No such profile".',
      );
      await rejects({ profile: '', userId, jobId }, 'There is no Smile ID profile "".');
    });
  });

  it('explains a code for a product, and for all of them, from the catalogue alone', () => {
    assert.deepEqual(
      api.explain('0812').map(({ products, outcome }) => ({ products, outcome })),
      [
        { products: ['biometric_kyc'], outcome: 'provisional' },
        {
          products: ['document_verification', 'enhanced_document_verification'],
          outcome: 'rejected',
        },
      ],
    );
    const [meaning, ...others] = api.explain('0812', 'document_verification');
    assert.deepEqual(others, []);
    assert.deepEqual(Object.keys(meaning ?? {}).sort(), [
      ...['altTexts', 'api', 'category', 'certainty', 'checked', 'code', 'conflict', 'decidedBy'],
      ...['kind', 'lifecycle', 'meaning', 'nextStep', 'outcome', 'products', 'resubmit'],
      ...['sources', 'status', 'text', 'unauthorized', 'variants'],
    ]);
    assert.deepEqual(
      { code: meaning?.code, outcome: meaning?.outcome, certainty: meaning?.certainty },
      { code: '0812', outcome: 'rejected', certainty: 'documented' },
    );
    assert.deepEqual([api.explain('0899'), api.explain('812'), api.explain('')], [[], [], []]);
  });

  it('gives every caller its own meanings: a change affects no other caller', () => {
    const before = structuredClone(api.explain('0810'));
    for (const meaning of api.explain('0810')) Object.assign(meaning, { outcome: 'rejected' });
    api.explain('0810').length = 0;
    assert.deepEqual(api.explain('0810'), before);
  });

  it('finds codes where a text uses them, with the offsets of the digits', () => {
    const text = '{"year": 2012, "ResultCode": "0812", "port": 1022}';
    const found = { code: '0812', start: 30, end: 34 };
    assert.deepEqual(api.findCodes(text, 'json'), [found]);
    assert.deepEqual(api.findCodes(text), [found]);
    assert.equal(text.slice(found.start, found.end), found.code);
    assert.deepEqual(api.findCodes(''), []);
  });
});

function verdictOf(outcome: JobStatusOutcome): string {
  return outcome.kind === 'answered' ? outcome.job.verdict : outcome.kind;
}

/** The IDs as the simulator read them from the request. */
function paramsOf({ result }: Readonly<Record<string, unknown>>): unknown {
  return typeof result === 'object' && result !== null && 'PartnerParams' in result
    ? result.PartnerParams
    : undefined;
}
