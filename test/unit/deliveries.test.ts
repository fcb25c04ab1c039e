import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { Signature } from 'smile-identity-core';
import { reportOf } from '../../src/core/report/jobReport';
import { SmileClient } from '../../src/core/smile/client';
import { SignedPairs } from '../../src/core/smile/signedPairs';
import { sign } from '../../src/core/smile/signature';
import { idsOfJob, type Deliveries } from '../../src/core/webhooks/deliveries';
import {
  answeredIn,
  isTrusted,
  isValid,
  pastedOf,
  readDelivery,
  stateOfDelivery,
  summaryOfDelivery,
  type Arrival,
  type Delivery,
} from '../../src/core/webhooks/delivery';
import { FakeClock, FakeHttp, response } from '../support/fakes';
import {
  arrivalOf,
  at,
  bytesOf,
  CLEAR,
  JOB_ID,
  KEY,
  newDeliveries,
  PROFILE,
  TIME,
  v1Body,
  v3Headers,
} from '../support/webhooks';

async function receive(deliveries: Deliveries, arrival: Arrival): Promise<Delivery> {
  const { number, isRead } = deliveries.receive(arrival);
  await isRead;
  return deliveries.get(number) ?? assert.fail(`#${number} is not kept`);
}

/** What a list shows of a delivery. */
const shown = (delivery: Delivery) => {
  const { number, api, jobId, userId, product, signature, signedBy, notes } = delivery;
  return {
    ...{ number, api, jobId, userId, product, signature },
    profile: signedBy?.id ?? null,
    state: stateOfDelivery(delivery),
    notes: notes.map(({ kind }) => kind),
  };
};

describe('A delivery', () => {
  it('of API v3 is verified by its headers, and named as what it is', async () => {
    const { deliveries } = newDeliveries();
    const headers = { ...(await v3Headers()), 'user-id': 'user-1' };
    const delivery = await receive(deliveries, arrivalOf(CLEAR, headers));
    assert.deepEqual(shown(delivery), {
      ...{ number: 1, api: 'v3', jobId: JOB_ID, userId: 'user-1', product: 'enhanced_kyc' },
      ...{ signature: 'valid', profile: 'p-1', state: 'approved', notes: [] },
    });
    assert.deepEqual(
      [delivery.body, delivery.sha256, delivery.headers],
      [
        bytesOf(CLEAR),
        createHash('sha256').update(JSON.stringify(CLEAR)).digest('hex'),
        { 'content-type': 'application/json', ...headers },
      ],
    );
    const { kind, verdict, signature } = summaryOfDelivery(delivery);
    assert.deepEqual([kind, verdict, signature], ['webhook', 'approved', 'valid']);
  });

  it('of API v1 is verified by its body, which no header replaces', async () => {
    const { deliveries } = newDeliveries();
    const body = await v1Body({ ResultCode: '0810', ResultText: 'Enroll User' });
    assert.deepEqual(shown(await receive(deliveries, arrivalOf(body))), {
      ...{ number: 1, api: 'v1', jobId: 'job-1', userId: 'user-1', product: 'biometric_kyc' },
      ...{ signature: 'valid', profile: 'p-1', state: 'approved', notes: [] },
    });
    const unsigned = arrivalOf({ ...body, signature: undefined }, await v3Headers());
    const delivery = await receive(deliveries, unsigned);
    assert.deepEqual([delivery.signature, stateOfDelivery(delivery)], ['missing', 'untrusted']);
  });

  it('names the job whose status can be requested, unless an ID is missing or its content may be forged', async () => {
    const { deliveries } = newDeliveries();
    const bodies = [
      await v1Body({ ResultCode: '0810' }, at(1)),
      await v1Body(
        { ResultCode: '0810', PartnerParams: { job_id: 'no-user', job_type: 1 } },
        at(2),
      ),
      await v1Body(
        { ResultCode: '0810', PartnerParams: { user_id: 'u', job_id: 'forged' } },
        at(3),
      ),
      await v1Body(
        { ResultCode: '0811', PartnerParams: { user_id: 'u', job_id: 'forged' } },
        at(3),
      ),
    ];
    for (const body of bodies) await receive(deliveries, arrivalOf(body));
    await receive(deliveries, arrivalOf(CLEAR, await v3Headers(at(4))));
    assert.deepEqual(
      deliveries.byJob.map((job) => [job.jobId, idsOfJob(job)]),
      [
        [JOB_ID, { userId: null, jobId: JOB_ID }],
        ['forged', null],
        ['no-user', null],
        ['job-1', { userId: 'user-1', jobId: 'job-1' }],
      ],
    );
  });

  it('is verified with the keys of all profiles, for the partner ID with its zeros and without', async () => {
    const other = {
      ...KEY,
      profile: { ...PROFILE, id: 'p-2' },
      apiKey: 'other',
      partnerId: '0777',
    };
    const { deliveries } = newDeliveries({ keys: () => Promise.resolve([KEY, other]) });
    for (const partnerId of ['0777', '777']) {
      const headers = await v3Headers(at(partnerId.length), JOB_ID, { apiKey: 'other', partnerId });
      const { signature, signedBy } = await receive(deliveries, arrivalOf(CLEAR, headers));
      assert.deepEqual([signature, signedBy], ['valid', other.profile]);
    }
  });

  it('is not valid if its signature is wrong, missing, or cannot be checked', async () => {
    const { deliveries } = newDeliveries();
    const signed = await v3Headers();
    const signatures = [];
    for (const headers of [
      { ...signed, 'response-signature': 'AAAA' },
      { ...signed, 'response-signature': `${signed['response-signature'] ?? ''}, x` },
      {},
    ]) {
      signatures.push((await receive(deliveries, arrivalOf(CLEAR, headers))).signature);
    }
    const { deliveries: keyless } = newDeliveries({ keys: () => Promise.resolve([]) });
    signatures.push((await receive(keyless, arrivalOf(CLEAR, signed))).signature);
    assert.deepEqual(signatures, ['invalid', 'invalid', 'missing', 'unknown']);
  });

  it('is checked even if nothing can be read of it, and says why', async () => {
    const { deliveries } = newDeliveries();
    const kinds = [];
    for (const [index, body] of ['{"status": ', '[1]', '', '<html>', '\0\u0001'].entries()) {
      const arrival = arrivalOf(body, await v3Headers(at(index)));
      const { signature, content, api, jobId, notes } = await receive(deliveries, arrival);
      kinds.push(content.kind === 'unreadable' ? content.bodyKind : content.kind);
      assert.deepEqual(
        [signature, api, jobId, notes.map(({ kind }) => kind)],
        ['valid', 'v3', JOB_ID, ['unreadable']],
      );
    }
    assert.deepEqual(kinds, ['cut-off JSON', 'json', 'empty', 'html', 'binary']);
  });

  it('is checked in a form that no other response has signed: an interim status, an unknown one', async () => {
    const { deliveries } = newDeliveries();
    const read = [];
    for (const body of [
      { status: 'processing', job_id: JOB_ID, message: 'In review' },
      { hello: 'world' },
      { error: 'No', code: '2204' },
    ]) {
      const { signature, content } = await receive(deliveries, arrivalOf(body, await v3Headers()));
      read.push([content.kind, signature]);
    }
    assert.deepEqual(read, [
      ['status', 'valid'],
      ['unknown', 'valid'],
      ['error', 'valid'],
    ]);
  });

  it('with another content type is read all the same, with a note', async () => {
    const { deliveries } = newDeliveries();
    const notes = [];
    for (const type of ['text/plain', 'application/jsonp', 'Application/JSON; charset=utf-8']) {
      const headers = { ...(await v3Headers()), 'content-type': type };
      const delivery = await receive(deliveries, arrivalOf(CLEAR, headers));
      notes.push(delivery.notes.filter(({ kind }) => kind === 'content type').length);
    }
    assert.deepEqual(notes, [1, 1, 0]);
  });

  it('whose headers are of another job is not valid', async () => {
    const { deliveries } = newDeliveries();
    const job_id = 'job_01m45mrwgpfsw9nzadq97rza20';
    for (const body of [
      { ...CLEAR, job_id },
      { status: 'clear', job_id },
      { status: 'accepted', job_id },
    ]) {
      const delivery = await receive(deliveries, arrivalOf(body, await v3Headers()));
      assert.deepEqual(
        [delivery.signature, delivery.notes.map(({ kind, isAlarm }) => [kind, isAlarm])],
        ['unknown', [['other job', true]]],
      );
    }
  });

  it('has IDs that a list can show, however long they came', async () => {
    const long = '0'.repeat(100_000);
    const params = { job_id: long, user_id: long };
    const { deliveries } = newDeliveries();
    for (const body of [
      { ResultCode: '0810', PartnerParams: params },
      { ...CLEAR, partner_params: params },
      { status: 'error', job_id: long, user_id: long },
      { status: 'accepted', job_id: long, user_id: long },
      { status: 'approved', partner_id: '1', partner_params: params, job_type: 'x' },
      { error: 'No', code: '2204', job_id: long },
    ]) {
      const headers = { 'user-id': long, ...(await v3Headers(TIME, long)) };
      for (const each of [{}, headers]) {
        const { jobId, userId } = await receive(deliveries, arrivalOf(body, each));
        assert.ok(`${jobId}${userId}`.length <= 1000, JSON.stringify(body).slice(0, 60));
      }
    }
  });

  it('is in the group of one job and one API, and each group has a key of its own', async () => {
    const { deliveries } = newDeliveries();
    const ids = { user_id: 'user-1', job_id: JOB_ID };
    const headers = { ...(await v3Headers()), 'user-id': 'user-1' };
    await receive(deliveries, arrivalOf(CLEAR, headers));
    const ofV1 = await v1Body({ ResultCode: '0810', PartnerParams: ids }, at(1));
    await receive(deliveries, arrivalOf(ofV1));
    const withoutUser = { ResultCode: '0810', PartnerParams: { job_id: JOB_ID } };
    await receive(deliveries, arrivalOf(await v1Body(withoutUser, at(2))));
    const groups = deliveries.byJob.map(({ api, userId }) => [api, userId]);
    assert.deepEqual(groups, [
      ['v1', null],
      ['v1', 'user-1'],
      ['v3', 'user-1'],
    ]);
    assert.equal(new Set(deliveries.byJob.map(({ key }) => key)).size, 3);
  });

  it('keeps no key, wherever one looks in it', async () => {
    const { deliveries } = newDeliveries();
    const delivery = await receive(deliveries, arrivalOf(CLEAR, await v3Headers()));
    assert.equal(JSON.stringify(delivery).includes(KEY.apiKey), false);
  });

  it('never fails to be read, whatever bytes and headers came', async () => {
    const names = fc.constantFrom(
      ...['status', 'message', 'reason', 'product', 'job_id', 'result', 'ResultCode', 'timestamp'],
      ...['PartnerParams', 'partner_params', 'signature', 'partner_id', 'history', '__proto__'],
    );
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map(bytesOf),
      fc.dictionary(names, fc.jsonValue()).map(bytesOf),
    );
    const header = fc.constantFrom(
      ...['content-type', 'response-signature', 'response-timestamp', 'job-id', 'user-id'],
      ...['smileid-job-id', '__proto__', 'x'],
    );
    const headers = fc.dictionary(header, fc.string());
    await fc.assert(
      fc.asyncProperty(body, headers, async (bytes, given) => {
        const arrival = { receivedAt: 0, headers: given, body: new Uint8Array(bytes) };
        const read = await readDelivery(arrival, [KEY]);
        assert.deepEqual([read.body, isValid(read)], [new Uint8Array(bytes), false]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('A delivery and the official SDK', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const partner = fc.stringMatching(/^0{0,2}[1-9]\d{0,5}$/);
  const time = fc
    .date({ min: new Date('2021-02-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString());

  it('agree: what it signs is valid, in the body and in the headers, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        partner,
        time,
        fc.boolean(),
        async (apiKey, partnerId, timestamp, isV3) => {
          const { signature } = new Signature(partnerId, apiKey).generate_signature(timestamp);
          const { signature: forged } = new Signature(partnerId, `${apiKey}x`).generate_signature(
            timestamp,
          );
          const key = { ...KEY, apiKey, partnerId };
          const arrival = (of: string): Arrival =>
            isV3
              ? arrivalOf(CLEAR, { 'response-timestamp': timestamp, 'response-signature': of })
              : arrivalOf({ ResultCode: '0810', timestamp, signature: of });
          const states = await Promise.all(
            [signature, forged, ''].map(
              async (of) => (await readDelivery(arrival(of), [key])).signature,
            ),
          );
          assert.deepEqual([states[0], states.slice(1).includes('valid')], ['valid', false]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('The deliveries', () => {
  it('are the newest first, and those of a job together', async () => {
    const { deliveries } = newDeliveries();
    await receive(deliveries, arrivalOf(CLEAR, await v3Headers(at(1))));
    await receive(deliveries, arrivalOf(await v1Body({ ResultCode: '1012' }, at(2))));
    await receive(deliveries, arrivalOf({ ...CLEAR, status: 'block' }, await v3Headers(at(3))));
    await receive(deliveries, arrivalOf(CLEAR));
    await receive(deliveries, arrivalOf('{', await v3Headers(at(4), null)));
    assert.deepEqual(
      {
        all: deliveries.all.map(({ number }) => number),
        notValid: deliveries.notValid.map(({ number }) => number),
        byJob: deliveries.byJob.map(({ jobId, userId, api, deliveries: of }) => [
          ...[jobId, userId, api],
          of.map(({ number }) => number),
        ]),
      },
      {
        all: [5, 4, 3, 2, 1],
        notValid: [4],
        byJob: [
          [null, null, 'v3', [5]],
          [JOB_ID, null, 'v3', [3, 1]],
          ['job-1', 'user-1', 'v1', [2]],
        ],
      },
    );
  });

  it('that come again are noted, whether the signature is the same or new', async () => {
    const { deliveries } = newDeliveries();
    const signedAt = (second: number) => v1Body({ ResultCode: '0810' }, at(second));
    await receive(deliveries, arrivalOf(await signedAt(1)));
    const repeat = await receive(deliveries, arrivalOf(await signedAt(1)));
    const third = await receive(deliveries, arrivalOf(await signedAt(1)));
    const anew = await receive(deliveries, arrivalOf(await signedAt(2)));
    const other = await receive(deliveries, arrivalOf(await v1Body({ ResultCode: '0811' }, at(3))));
    assert.deepEqual(
      [repeat, third, anew, other].map(({ notes }) => notes),
      [
        ...[2, 3].map((times) => [
          {
            kind: 'repeat',
            isAlarm: false,
            label: `try ${times}`,
            text: `The same delivery came before, as #1. This is try ${times}.`,
          },
        ]),
        [
          {
            kind: 'signed again',
            isAlarm: false,
            label: 'same as #1',
            text: 'The same content came before, as #1, with another signature.',
          },
        ],
        [],
      ],
    );
    assert.deepEqual([deliveries.counts.repeats, isTrusted(repeat)], [3, true]);
  });

  it('with the same time and signature and another body are an alarm, for both', async () => {
    const { deliveries } = newDeliveries();
    const headers = await v3Headers();
    await receive(deliveries, arrivalOf({ ...CLEAR, status: 'block' }, headers));
    const second = await receive(deliveries, arrivalOf(CLEAR, headers));
    const first = deliveries.get(1) ?? assert.fail();
    assert.deepEqual(
      [first, second].map((delivery) => [
        delivery.notes.map(({ kind, text }) => [kind, /#\d/.exec(text)?.[0]]),
        isValid(delivery),
        isTrusted(delivery),
        stateOfDelivery(delivery),
      ]),
      [
        [[['other body', '#2']], true, false, 'untrusted'],
        [[['other body', '#1']], true, false, 'untrusted'],
      ],
    );
    assert.equal(deliveries.counts.alarms, 1);
    // neither a panel nor another extension takes them for what Smile ID says
    for (const delivery of [deliveries.get(1) ?? assert.fail(), second]) {
      const { signature, nextStep } = summaryOfDelivery(delivery);
      const { state, headline, alert, resubmit } = reportOf(
        answeredIn(delivery) ?? assert.fail(),
        pastedOf(delivery),
      );
      assert.deepEqual(
        [signature, nextStep?.split('.')[0], state, headline, resubmit],
        ['invalid', 'Do not act on this webhook by itself', 'untrusted', 'Not verified', null],
      );
      assert.match(alert ?? '', /^The same time and signature came with another body, as #\d/);
    }
  });

  it('stay an alarm when one of the bodies comes again, and mark what came again before', async () => {
    const { deliveries } = newDeliveries();
    const headers = await v3Headers();
    const forged = { ...CLEAR, status: 'block' };
    for (const body of [forged, forged, CLEAR, forged, CLEAR]) {
      await receive(deliveries, arrivalOf(body, headers));
    }
    const kept = deliveries.all.toReversed();
    assert.deepEqual(
      kept.map((delivery) => [isTrusted(delivery), delivery.notes.map(({ kind }) => kind)]),
      [
        [false, ['other body']],
        [false, ['repeat', 'other body']],
        [false, ['other body']],
        [false, ['other body']],
        [false, ['other body']],
      ],
    );
    const named = kept.map(({ notes }) => /#\d+/.exec(notes.at(-1)?.text ?? '')?.[0]);
    assert.deepEqual(named, ['#3', '#3', '#1', '#3', '#1']);
  });

  it('are an alarm, too, if a zero moved from the partner ID to the time: the signature stays the same', async () => {
    const own = new SignedPairs();
    const { deliveries } = newDeliveries({ isOwn: (pair) => own.has(pair) });
    const headers = await v3Headers();
    const moved = { ...headers, 'response-timestamp': `${TIME}0` };
    const first = await receive(deliveries, arrivalOf(CLEAR, headers));
    const forged = await receive(deliveries, arrivalOf({ ...CLEAR, status: 'block' }, moved));
    const request = await sign(KEY.apiKey, KEY.partnerId, at(1));
    await own.add(request);
    const taken = await receive(
      deliveries,
      arrivalOf(CLEAR, {
        ...(await v3Headers(at(1))),
        'response-timestamp': `${request.timestamp}0`,
      }),
    );
    const alarms = [first, forged, taken].map(({ number, signature }) => [
      signature,
      deliveries.get(number)?.notes.map(({ kind }) => kind),
    ]);
    assert.deepEqual(alarms, [
      ['valid', ['other body']],
      ['valid', ['other body']],
      ['valid', ['own request', 'signed again']],
    ]);
  });

  it('are shown with what a later one of the job says, if that is something else', async () => {
    const { deliveries } = newDeliveries();
    for (const [second, status] of ['processing', 'clear', 'clear'].entries()) {
      const headers = await v3Headers(at(second));
      await receive(deliveries, arrivalOf({ ...CLEAR, status, message: `${second}` }, headers));
    }
    const other = await v3Headers(at(9), 'job_01m45mrwgpfsw9nzadq97rza20');
    await receive(deliveries, arrivalOf({ ...CLEAR, status: 'block' }, other));
    const ofJob = deliveries.byJob.find(({ jobId }) => jobId === JOB_ID)?.deliveries ?? [];
    assert.deepEqual(
      ofJob.map((delivery) => pastedOf(delivery, ofJob).remarks),
      [[], [], ['A later webhook, #3, says Approved.']],
    );
  });

  it('that were signed long before they came say so, on the panel, too', async () => {
    const { deliveries } = newDeliveries();
    const remarks: unknown[] = [];
    for (const seconds of [-2 * 24 * 3600, -301, -300, 60]) {
      const signed = arrivalOf(await v1Body({ ResultCode: '0810', seconds }, at(seconds)));
      const delivery = await receive(deliveries, signed);
      const report = reportOf(answeredIn(delivery) ?? assert.fail(), pastedOf(delivery));
      remarks.push([report.facts[0], report.remarks.filter((remark) => remark.startsWith('Sig'))]);
    }
    assert.deepEqual(remarks, [
      ['webhook of API v1', ['Signed 2 days before it came.']],
      ['webhook of API v1', ['Signed 5 min before it came.']],
      ['webhook of API v1', []],
      ['webhook of API v1', []],
    ]);
  });

  it('with a reused signature are never trusted again, whichever body comes, and neither are those before', async () => {
    for (const bodies of ['ABA', 'ABB', 'AAB', 'ABCA']) {
      const { deliveries } = newDeliveries();
      const headers = await v3Headers();
      for (const message of bodies) {
        await receive(deliveries, arrivalOf({ ...CLEAR, message }, headers));
      }
      const alarms = deliveries.all.map(({ notes }) => notes.filter(({ isAlarm }) => isAlarm));
      assert.deepEqual(
        [alarms.map((each) => each.map(({ kind }) => kind)), deliveries.all.some(isTrusted)],
        [Array.from(bodies, () => ['other body']), false],
        bodies,
      );
      // each names one with another body
      for (const [index, [alarm]] of alarms.toReversed().entries()) {
        const other = Number(/#(\d)/.exec(alarm?.text ?? '')?.[1]);
        assert.notEqual(bodies[other - 1], bodies[index], bodies);
      }
    }
  });

  it('with a signature that is not valid are never taken for what came before', async () => {
    const { deliveries } = newDeliveries();
    const headers = await v3Headers(TIME, JOB_ID, { ...KEY, apiKey: 'other' });
    await receive(deliveries, arrivalOf(CLEAR, headers));
    const again = await receive(deliveries, arrivalOf({ ...CLEAR, status: 'block' }, headers));
    assert.deepEqual([again.notes, deliveries.counts.repeats], [[], 0]);
  });

  it('with the signature of a request that we sent are an alarm', async () => {
    const clock = new FakeClock();
    const http = new FakeHttp([() => response({ error: 'Job not found', code: '2304' })]);
    const client = new SmileClient(http, clock, () => 60_000);
    const { deliveries } = newDeliveries({ isOwn: (pair) => client.signedPairs.has(pair) });
    const credentials = { ...KEY, baseUrl: 'https://h/v1' };
    const request = { userId: 'user-1', jobId: 'job-1', history: false, imageLinks: false };
    await client.jobStatus(credentials, request, new AbortController().signal);
    const sent = JSON.parse(http.requests[0]?.body ?? '') as Record<string, string>;
    const headers = {
      'response-timestamp': sent.timestamp ?? '',
      'response-signature': sent.signature ?? '',
    };
    const forged = await receive(deliveries, arrivalOf(CLEAR, headers));
    assert.deepEqual(
      [
        forged.signature,
        forged.notes.map(({ kind, isAlarm }) => [kind, isAlarm]),
        isTrusted(forged),
      ],
      ['valid', [['own request', true]], false],
    );
  });

  it('remember a bounded number of requests that we sent, without their signatures', async () => {
    const pairs = new SignedPairs();
    const all = await Promise.all(
      Array.from({ length: 600 }, (_, second) => sign(KEY.apiKey, KEY.partnerId, at(second))),
    );
    for (const pair of all) await pairs.add(pair);
    const known = await Promise.all(all.map((pair) => pairs.has(pair)));
    assert.deepEqual([known.filter(Boolean).length, known[0], known[599]], [500, false, true]);
    assert.equal(
      JSON.stringify(Object.values(pairs).map((each) => [...(each as Set<string>)])).includes(
        all[599]?.signature ?? '',
      ),
      false,
    );
  });

  it('tell what they were answered, also if that was known before they were read', async () => {
    const { deliveries } = newDeliveries();
    const { number, isRead } = deliveries.receive(arrivalOf(CLEAR, await v3Headers()));
    const answer = { kind: 'status', status: 500, afterMs: 3 } as const;
    deliveries.answered(number, answer);
    await isRead;
    const late = await receive(deliveries, arrivalOf(CLEAR, await v3Headers(at(1))));
    assert.equal(late.answer, null);
    deliveries.answered(late.number, { kind: 'dropped', afterMs: 9 });
    deliveries.answered(77, answer);
    assert.deepEqual(
      deliveries.all.map((delivery) => delivery.answer),
      [{ kind: 'dropped', afterMs: 9 }, answer],
    );
  });

  it('are checked again when the profile of their key was added', async () => {
    const keys = [{ ...KEY, apiKey: 'other' }];
    const { deliveries } = newDeliveries({ keys: () => Promise.resolve(keys) });
    const arrival = arrivalOf(CLEAR, await v3Headers());
    assert.equal((await receive(deliveries, arrival)).signature, 'invalid');
    keys.push(KEY);
    deliveries.keysChanged();
    await receive(deliveries, arrivalOf('{'));
    const checked = deliveries.get(1) ?? assert.fail();
    assert.deepEqual(
      [checked.signature, checked.signedBy, deliveries.counts.valid, deliveries.counts.notValid],
      ['valid', PROFILE, 1, 1],
    );
  });

  it('are checked again in the order in which they came, and keep their answers', async () => {
    const keys = [{ ...KEY, apiKey: 'other' }];
    const { deliveries } = newDeliveries({ keys: () => Promise.resolve(keys) });
    const arrival = arrivalOf(CLEAR, await v3Headers());
    await receive(deliveries, arrival);
    await receive(deliveries, arrival);
    keys.push(KEY);
    deliveries.keysChanged();
    const answer = { kind: 'status', status: 200, afterMs: 1 } as const;
    // while they are checked
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    deliveries.answered(1, answer);
    await receive(deliveries, arrivalOf('{'));
    assert.deepEqual(
      [1, 2].map((number) => {
        const { notes, answer: given } = deliveries.get(number) ?? assert.fail();
        return [notes.map(({ text }) => text), given];
      }),
      [
        [[], answer],
        [['The same delivery came before, as #1. This is try 2.'], null],
      ],
    );
  });

  it('are kept without a verdict while the keys cannot be read', async () => {
    let fails = true;
    const keys = () => (fails ? Promise.reject(new Error('keyring')) : Promise.resolve([KEY]));
    const { deliveries, log } = newDeliveries({ keys });
    const arrival = arrivalOf(CLEAR, await v3Headers());
    assert.equal((await receive(deliveries, arrival)).signature, 'unknown');
    fails = false;
    assert.equal((await receive(deliveries, arrival)).signature, 'valid');
    assert.equal(log.lines.length, 1);
  });

  it('fire once each when they are read, and changes together', async () => {
    const { deliveries } = newDeliveries();
    const numbers: number[] = [];
    let changes = 0;
    deliveries.onDidReceive(({ number }) => numbers.push(number));
    deliveries.onDidChange(() => (changes += 1));
    await Promise.all([1, 2, 3].map(() => receive(deliveries, arrivalOf('{'))));
    deliveries.clear();
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual([numbers, changes > 0, deliveries.all], [[1, 2, 3], true, []]);
    assert.deepEqual(
      [deliveries.counts.received, deliveries.counts.notValid, deliveries.counts.dropped],
      [3, 3, 3],
    );
  });

  it('count what was refused', () => {
    const { deliveries } = newDeliveries();
    deliveries.refuse('path');
    deliveries.refuse('path');
    deliveries.refuse('too large');
    const { path, 'too large': tooLarge, slow } = deliveries.counts.refused;
    assert.deepEqual([path, tooLarge, slow], [2, 1, 0]);
  });
});

describe('The room for deliveries', () => {
  it('is 200, and 20 of those that are not valid, which give way first', async () => {
    const signed = await Promise.all(
      Array.from({ length: 220 }, async (_, second) =>
        arrivalOf(CLEAR, await v3Headers(at(second))),
      ),
    );
    const order = fc.array(fc.boolean(), { minLength: 100, maxLength: 220 });
    await fc.assert(
      fc.asyncProperty(order, async (arrivals) => {
        const { deliveries } = newDeliveries();
        const valid: number[] = [];
        const others: number[] = [];
        for (const [index, isSigned] of arrivals.entries()) {
          const arrival = isSigned ? signed[index] : arrivalOf(CLEAR);
          const { number, isRead } = deliveries.receive(arrival ?? assert.fail());
          (isSigned ? valid : others).push(number);
          await isRead;
          assert.ok(deliveries.all.length <= 200 && deliveries.notValid.length <= 20);
        }
        const keptValid = valid.slice(-200);
        const kept = deliveries.all.map(({ number }) => number);
        assert.deepEqual(
          kept.filter((number) => valid.includes(number)),
          keptValid.toReversed(),
        );
        const { received, dropped, valid: countedValid, notValid } = deliveries.counts;
        assert.deepEqual(
          [received, dropped, countedValid, notValid],
          [arrivals.length, arrivals.length - kept.length, valid.length, others.length],
        );
      }),
      { numRuns: 10 },
    );
  });

  it('holds the newest 200 of many valid ones, whatever else comes', async () => {
    const { deliveries } = newDeliveries();
    for (let second = 0; second < 250; second += 1) {
      deliveries.receive(arrivalOf(CLEAR));
      await receive(deliveries, arrivalOf(CLEAR, await v3Headers(at(second))));
    }
    assert.deepEqual(
      deliveries.all.map(({ number }) => number),
      Array.from({ length: 200 }, (_, index) => 500 - 2 * index),
    );
  });

  it('is not lost to forged ones of one signature, nor to copies of one delivery', async () => {
    for (const message of [(count: number) => `forged ${count}`, () => 'the same']) {
      const { deliveries } = newDeliveries();
      const genuine = Array.from({ length: 50 }, (_, second) => second + 1);
      for (const second of genuine) {
        await receive(deliveries, arrivalOf(CLEAR, await v3Headers(at(second))));
      }
      const one = await v3Headers(at(0));
      for (let count = 0; count < 250; count += 1) {
        const { isRead } = deliveries.receive(
          arrivalOf({ ...CLEAR, message: message(count) }, one),
        );
        await isRead;
      }
      const kept = new Set(deliveries.all.filter(isTrusted).map(({ number }) => number));
      assert.deepEqual(
        genuine.filter((number) => !kept.has(number)),
        [],
      );
    }
  });

  it('is empty once they are deleted, also of those that were not read yet', async () => {
    const { deliveries } = newDeliveries();
    const fired: number[] = [];
    deliveries.onDidReceive(({ number }) => fired.push(number));
    const before = deliveries.receive(arrivalOf(CLEAR, await v3Headers()));
    deliveries.clear();
    const after = deliveries.receive(arrivalOf(CLEAR, await v3Headers(at(1))));
    await Promise.all([before.isRead, after.isRead]);
    assert.deepEqual([deliveries.all.map(({ number }) => number), fired], [[2], [2]]);
    const { received, valid, dropped } = deliveries.counts;
    assert.deepEqual({ received, valid, dropped }, { received: 2, valid: 2, dropped: 1 });
  });

  it('is bounded in bytes, and more tightly for what is not valid', async () => {
    const { deliveries } = newDeliveries();
    const large = 'x'.repeat(10 * 1024 * 1024);
    await receive(deliveries, arrivalOf(large, await v3Headers()));
    for (let count = 0; count < 5; count += 1) await receive(deliveries, arrivalOf(large));
    assert.deepEqual(
      deliveries.all.map(({ number }) => number),
      [6, 5, 4, 1],
    );
  });
});
