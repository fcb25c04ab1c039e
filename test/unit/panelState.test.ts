import assert from 'node:assert/strict';
import { readJob } from '../../src/core/smile/jobStatusResponse';
import { timeWords } from '../../src/core/report/timeWords';
import type {
  Answered,
  Cancelled,
  JobStatusOutcome,
  Pasted,
  Refused,
  Unreadable,
} from '../../src/core/smile/outcome';
import { SIMULATOR_PROFILE_ID, type Profile } from '../../src/core/smile/profile';
import { JobPanelState } from '../../src/vscode/jobPanel/panelState';

const profile: Profile = {
  id: 'p-1',
  name: 'acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const ids = { userId: 'u-1', jobId: 'j-1' };
const noon = new Date('2026-03-01T12:00:00Z');
const later = new Date('2026-03-01T12:05:00Z');
const last = new Date('2026-03-01T12:10:00Z');

const answered = (code: string, more: Readonly<Record<string, unknown>> = {}): Answered => {
  const raw = {
    timestamp: 'then',
    job_complete: true,
    result: {
      ResultCode: code,
      FullName: 'Ada',
      PartnerParams: { user_id: 'u-1', job_id: 'j-1', job_type: 1 },
    },
    ...more,
  };
  return {
    kind: 'answered',
    job: readJob(raw, { ...ids, history: true, imageLinks: true }),
    signature: 'valid',
    raw,
  };
};
const withHistory = answered('0810', {
  history: [
    { ResultCode: '0820', PartnerParams: { user_id: 'u-1', job_id: 'login-2', job_type: 2 } },
  ],
});
const refused: Refused = {
  kind: 'refused',
  httpStatus: 400,
  code: '2205',
  message: 'You are not authorized to do that',
  requestId: null,
  retryAt: null,
  raw: { error: 'No' },
};
const canceled: Cancelled = { kind: 'cancelled', cause: 'stopped' };

const build = (of: Profile | undefined = profile): JobPanelState =>
  new JobPanelState({ profileId: 'p-1', ...ids }, of);

/** What the page gets, as far as it follows from the state alone. */
const page = (state: JobPanelState, isKept = true) =>
  state.forPage({
    ...{ loading: false, watch: null, images: ['selfie'], imagesDropped: false },
    ...{ missingWebhook: [], name: null, isKept },
  });

/** What a panel shows, other than a response alone. */
interface Blocked extends Partial<Parameters<JobPanelState['blocked']>[0]> {
  /** Null if it was removed. */
  readonly of?: Profile | null;
  readonly on?: Pasted | null;
  readonly shown?: number;
}

/** What a user sees first. */
function seen(state: JobPanelState) {
  const { report, failure, problem, viewing, version } = page(state);
  return {
    headline: report?.headline ?? null,
    failure: failure?.headline ?? null,
    problem,
    viewing: viewing?.index ?? null,
    version,
  };
}

describe('The state of a job panel', () => {
  it('shows the newest response, and keeps the one before for comparing', () => {
    const state = build();
    const [first, second] = [answered('0810'), answered('0811')];
    assert.deepEqual([state.take(first, noon), state.take(second, later)], [true, true]);
    assert.deepEqual(
      [state.response, state.previous],
      [
        { outcome: second, at: later },
        { outcome: first, at: noon, until: later },
      ],
    );
  });

  it('says what a result was and until when, while a response with another one is shown', () => {
    const state = build();
    const changeAfter = (outcome: Answered, at: Date) => {
      state.take(outcome, at);
      return page(state).change;
    };
    const change = { was: 'Provisional', until: timeWords(later), isNew: true };
    assert.deepEqual(
      [
        changeAfter(answered('0814'), noon),
        changeAfter(answered('1210'), later),
        changeAfter(answered('1210', { timestamp: 'now' }), last),
        changeAfter(answered('1210', { code: '2302' }), last),
      ],
      [null, change, change, null],
    );
  });

  it('says that a change is new until the next request', () => {
    const state = build();
    const isNew = () => page(state).change?.isNew;
    state.take(answered('0814'), noon);
    state.take(answered('1210'), later);
    state.repeat(last); // a watch goes on
    const before = isNew();
    state.begin();
    state.take(answered('1210', { timestamp: 'now' }), last);
    assert.deepEqual([before, isNew()], [true, false]);
  });

  it('lets a job be watched until its result is final, unless its request is refused', () => {
    const noWatch = (outcome: JobStatusOutcome) => {
      const state = build();
      state.take(outcome, noon);
      return state.noWatch;
    };
    const gateway = {
      kind: 'unreadable',
      contentType: null,
      excerpt: '',
      bodyKind: 'html',
      message: 'No.',
      retryAt: null,
    } as const;
    assert.deepEqual(
      {
        approved: noWatch(answered('0810')),
        'approved, signature invalid': noWatch({ ...answered('0810'), signature: 'invalid' }),
        provisional: noWatch(answered('0814')),
        refused: noWatch(refused),
        'rate limited': noWatch({ ...refused, httpStatus: 429 }),
        'web page, HTTP 403': noWatch({ ...gateway, httpStatus: 403 }),
        'web page, HTTP 502': noWatch({ ...gateway, httpStatus: 502 }),
        unreachable: noWatch({ kind: 'unreachable', cause: 'dns', message: 'No.' }),
        canceled: noWatch(canceled),
      },
      {
        approved: 'final',
        'approved, signature invalid': null,
        provisional: null,
        refused: 'refused',
        'rate limited': null,
        'web page, HTTP 403': 'refused',
        'web page, HTTP 502': null,
        unreachable: null,
        canceled: null,
      },
    );
  });

  it('lets no job be watched whose refresh is refused, and goes on to say that its result is final', () => {
    const noWatch = (before: Answered) => {
      const state = build();
      state.take(before, noon);
      state.take(refused, later);
      return state.noWatch;
    };
    assert.deepEqual(
      { provisional: noWatch(answered('0814')), approved: noWatch(answered('0810')) },
      { provisional: 'refused', approved: 'final' },
    );
  });

  it('says of each action why it is not possible: the same to the page, to commands and to keys', () => {
    const removed = "This job's profile was removed.";
    const entry = 'A history entry is shown. Go back to the current result first.';
    const none = 'There is no result yet.';
    const pasted = 'This was not requested. Choose Get Job Status first.';
    const ALL = {
      ...{ refresh: null, watch: null, compare: null, copyAs: null, open: null },
      lookUpPasted: null,
    };
    const isFinal = { watch: 'The result is final, so there is nothing to watch.' };
    const empty = { compare: none, open: 'There is no response.' };
    const blocked = (
      outcome: JobStatusOutcome | null,
      { of = profile, on = null, shown = -1, ...around }: Blocked = {},
    ) => {
      const state = new JobPanelState({ profileId: 'p-1', ...ids }, of ?? undefined, on);
      if (outcome) state.take(outcome, noon);
      state.showEntry(shown);
      return state.blocked({ loading: false, watch: null, ...around });
    };
    const watch = { phase: 'waiting', polls: 1, nextAt: null, slow: false, reason: null } as const;
    assert.deepEqual(
      {
        empty: blocked(null),
        loading: blocked(null, { loading: true }),
        'profile removed': blocked(null, { of: null }),
        approved: blocked(answered('0810')),
        provisional: blocked(answered('0814')),
        watched: blocked(answered('0810'), { watch }),
        refused: blocked(refused),
        unreachable: blocked({ kind: 'unreachable', cause: 'dns', message: 'No.' }),
        entry: blocked(withHistory, { shown: 0 }),
        pasted: blocked(answered('0810'), { of: null, on: { cutOff: false, notes: [] } }),
      },
      {
        empty: { ...ALL, ...empty },
        loading: { ...ALL, ...empty, refresh: 'A request is under way.' },
        'profile removed': {
          ...{ refresh: removed, watch: removed, compare: removed, copyAs: removed },
          ...{ open: empty.open, lookUpPasted: null },
        },
        approved: { ...ALL, ...isFinal },
        provisional: ALL,
        watched: ALL,
        refused: {
          ...ALL,
          watch: 'Smile ID refused the request. Refresh when the cause is fixed.',
          compare: none,
        },
        unreachable: { ...ALL, ...empty },
        entry: {
          ...{ refresh: entry, watch: entry, compare: entry, copyAs: entry, open: null },
          lookUpPasted: entry,
        },
        pasted: { ...ALL, refresh: pasted, watch: pasted, compare: pasted },
      },
    );
  });

  it('offers to check a signature that is in doubt, as long as there is a text to check it in', () => {
    const delivery = { number: 7, receivedAt: 0 };
    const offered = (
      signature: Answered['signature'],
      pasted: Partial<Pasted> | null = null,
      isKept = true,
    ) => {
      const state = new JobPanelState(
        { profileId: 'p-1', ...ids },
        profile,
        pasted && { cutOff: false, notes: [], ...pasted },
      );
      state.take({ ...answered('0810'), signature }, noon);
      return page(state, isKept).canCheckSignature;
    };
    assert.deepEqual(
      {
        'requested, invalid': offered('invalid'),
        'requested, valid': offered('valid'),
        'requested, missing': offered('missing'),
        'pasted, unknown': offered('unknown', { source: () => '{}' }),
        'webhook, invalid': offered('invalid', { delivery }),
        'webhook, invalid, no longer kept': offered('invalid', { delivery }, false),
        'webhook, valid': offered('valid', { delivery }),
        'webhook, valid, but used before': offered('valid', { delivery, alarms: ['Used.'] }),
      },
      {
        'requested, invalid': true,
        'requested, valid': false,
        'requested, missing': false,
        'pasted, unknown': true,
        'webhook, invalid': true,
        'webhook, invalid, no longer kept': false,
        'webhook, valid': false,
        'webhook, valid, but used before': true,
      },
    );
  });

  it('says why there are no images, in the words of Smile ID', () => {
    const state = build();
    state.take(answered('0810', { image_links: { error: 'The images have expired.' } }), noon);
    assert.equal(
      page(state).imageError,
      'Smile ID returned no image links: "The images have expired". The result does not depend on them.',
    );
    state.take(answered('0810', { image_links: {} }), later);
    assert.equal(page(state).imageError, null);
  });

  it('says of a status with the details of a webhook that they were not requested', () => {
    const status = answered('0810');
    const seenOf = (outcome: Answered) => {
      const state = build();
      state.take(outcome, noon);
      const { isUnrequested, details } = page(state);
      return [isUnrequested, details?.notes];
    };
    assert.deepEqual(
      [seenOf(status), seenOf({ ...status, webhook: { number: 7, receivedAt: 0 } })],
      [
        [false, []],
        [true, ['From webhook #7; its signature does not cover the content.']],
      ],
    );
  });

  it('does not keep the response before if the new one says the same', () => {
    const state = build();
    state.take(answered('0810'), noon);
    state.take(answered('0810', { timestamp: 'now' }), later);
    assert.equal(state.previous, null);
  });

  const failures: readonly [string, JobStatusOutcome, string][] = [
    ['refused', refused, 'Not authorized'],
    ['without a response', { kind: 'unreachable', cause: 'dns', message: 'No.' }, 'Request failed'],
  ];
  for (const [what, outcome, headline] of failures) {
    it(`keeps a response if the next request is ${what}, and says so until another one begins`, () => {
      const state = build();
      state.take(answered('0810'), noon);
      assert.equal(state.take(outcome, later), false);
      const shown = { headline: 'Approved', problem: null, viewing: null, version: 1 };
      assert.deepEqual(seen(state), { ...shown, failure: headline });
      assert.deepEqual(state.response?.at, noon);
      state.begin();
      assert.deepEqual(seen(state), { ...shown, failure: null });
    });
  }

  it('names the address of a local server if it did not respond as Smile ID does, and nowhere else', () => {
    const label = (of: Profile, outcome: JobStatusOutcome): string | undefined => {
      const state = build(of);
      state.take(outcome, noon);
      return page(state).profile?.label;
    };
    const lost: JobStatusOutcome = { kind: 'unreachable', cause: 'other', message: 'A redirect.' };
    const local: Profile = { ...profile, environment: 'local', url: 'http://127.0.0.1:8080' };
    assert.deepEqual(
      [
        label(local, lost),
        label(local, refused),
        label(local, answered('0810')),
        label(profile, lost),
      ],
      ['local · acme · http://127.0.0.1:8080', 'local · acme', 'local · acme', 'sandbox · acme'],
    );
  });

  it('shows that a request was canceled only if nothing else is shown', () => {
    const state = build();
    assert.deepEqual([state.take(canceled, noon), state.checkedAt], [true, null]);
    assert.equal(page(state).report?.headline, 'Canceled');
    state.take(refused, noon);
    assert.equal(state.take(canceled, later), false);
    assert.equal(state.outcome, refused);
  });

  it('shows the same response at another time without closing what is open in it', () => {
    const state = build();
    state.take(withHistory, noon);
    state.take(refused, noon);
    state.showEntry(0);
    assert.equal(state.shows(withHistory), true);
    state.repeat(later);
    const { failure, viewing, version } = seen(state);
    assert.deepEqual([failure, viewing, version, state.checkedAt], [null, 0, 1, later]);
  });

  it('shows local checks beside the refusal that they are for, and beside nothing else', () => {
    const state = build();
    const checks = [{ state: 'ok', text: 'The clock is right.' }] as const;
    state.take(refused, noon);
    state.check(refused, checks);
    assert.deepEqual(page(state).checklist, checks);
    state.take(answered('0810'), later);
    assert.deepEqual(page(state).checklist, []);
    state.check(refused, checks); // they came late
    assert.deepEqual(page(state).checklist, []);
    const again = { ...refused };
    state.take(again, later);
    state.check(again, checks);
    assert.deepEqual(page(state).checklist, checks);
  });

  it('shows only entries that the history has, under their own IDs and without images', () => {
    const state = build();
    state.take(withHistory, noon);
    for (const index of [1, -1, 0.5, 1e9]) {
      state.showEntry(index);
      assert.equal(state.entry, undefined);
    }
    assert.deepEqual(page(state).images, ['selfie']);
    state.showEntry(0);
    const { jobId, viewing, images, document } = page(state);
    assert.deepEqual(
      { jobId, viewing, images, document },
      {
        jobId: 'login-2',
        viewing: { index: 0, otherJob: true, time: null },
        images: [],
        document: 'json',
      },
    );
    assert.deepEqual([state.document?.part, state.wholeDocument?.part], ['entry 0', 'job']);
  });

  it('masks personal fields until they are revealed, and again in another part of the response', () => {
    const state = build();
    state.take(withHistory, noon);
    const hasName = (): boolean => JSON.stringify(page(state).details).includes('Ada');
    assert.equal(hasName(), false);
    state.reveal(null, true);
    assert.equal(hasName(), true);
    state.showEntry(0);
    state.showEntry(null);
    assert.equal(hasName(), false);
  });

  it('knows when its profile becomes one of another account, and then forgets everything', () => {
    const state = build();
    state.take(answered('0810'), noon);
    state.take(answered('0811'), later);
    assert.equal(state.follow({ ...profile, name: 'renamed' }), false);
    assert.equal(state.follow({ ...profile, environment: 'production' }), true);
    state.forget();
    const { report, checkedAt, details, document } = page(state);
    assert.deepEqual(
      [report, checkedAt, details, document, state.previous, state.response],
      [null, null, null, null, null, null],
    );
  });

  it('says that its profile was removed, also after a restart, until the profile is there again', () => {
    const state = build();
    const restored = new JobPanelState({ profileId: 'p-1', ...ids }, undefined);
    assert.equal(state.follow(undefined), true);
    for (const removed of [state, restored]) {
      const { problem, remedies } = page(removed);
      assert.deepEqual(
        { problem, remedies },
        { problem: "This job's profile was removed.", remedies: ['addProfile'] },
      );
      assert.equal(removed.follow(profile), false);
      assert.equal(page(removed).problem, null);
    }
  });

  it('shows no time for a request that was not sent', () => {
    const state = build();
    state.take({ kind: 'cancelled', cause: 'declined' }, noon);
    const { report, checkedAt } = page(state);
    assert.deepEqual(
      { headline: report?.headline, summary: report?.summary, checkedAt },
      {
        headline: 'Not sent',
        summary: 'You chose not to send this request to production.',
        checkedAt: null,
      },
    );
  });

  it('says what can be done about the latest outcome, and what of it comes first', () => {
    const simulator = { ...profile, id: SIMULATOR_PROFILE_ID };
    const off = { kind: 'unreachable', cause: 'refused', message: 'No.' } as const;
    const html: Unreadable = {
      kind: 'unreadable',
      httpStatus: 502,
      contentType: null,
      excerpt: 'HTML',
      bodyKind: 'html',
      message: 'No.',
      retryAt: null,
    };
    const offered = (of: Profile | undefined, outcome: JobStatusOutcome): readonly unknown[] => {
      const state = new JobPanelState({ profileId: 'p-1', ...ids }, of);
      state.take(outcome, noon);
      const { primary, remedies } = page(state);
      return [primary, ...remedies];
    };
    assert.deepEqual(
      [
        offered(profile, refused),
        offered(profile, { ...refused, code: '2204' }),
        offered(profile, { ...refused, code: '2304' }),
        offered(profile, { ...refused, code: null }),
        offered(profile, { ...refused, code: null, httpStatus: 429 }),
        offered(profile, off),
        offered(profile, { ...off, cause: 'other' }),
        offered(simulator, off),
        offered(simulator, { ...off, cause: 'timeout' }),
        offered(profile, html),
        offered(profile, { ...html, httpStatus: 403 }),
        offered(profile, { ...html, httpStatus: 302 }),
        offered(profile, { ...html, httpStatus: 429 }),
        offered(profile, answered('0810')),
        offered(profile, answered('0814')),
        offered(profile, { kind: 'cancelled', cause: 'stopped' }),
        offered(profile, { kind: 'cancelled', cause: 'declined' }),
        offered(undefined, refused),
      ],
      [
        ['remedy', 'editProfile'],
        ['remedy', 'editProfile'],
        ['remedy', 'lookUpOther'],
        ['refresh'],
        [null],
        ['refresh', 'editProfile', 'showLog'],
        ['remedy', 'editProfile', 'showLog'],
        ['remedy', 'startSimulator'],
        ['refresh', 'showLog'],
        ['refresh', 'showLog'],
        ['remedy', 'editProfile', 'showLog'],
        ['remedy', 'editProfile', 'showLog'],
        [null, 'showLog'],
        [null],
        ['refresh'],
        ['refresh'],
        ['remedy', 'sendRequest'],
        ['remedy', 'addProfile'],
      ],
    );
  });
});
