import { PERSON } from './person';
import type { DrawingName } from './pictures';
import * as results from './results';
import type { Decision, Fields } from './results';
import type { ScenarioId } from './scenarios';

/** One query of a job. */
export interface Ask {
  readonly userId: string;
  readonly jobId: string;
  /** 1 when this job of this user is asked for the first time. */
  readonly poll: number;
  /** When the simulator was started: jobs were decided shortly before, and stay so. */
  readonly startedAt: Date;
}

/** Names of picture links, as in recorded answers, with what they show. */
export type Pictures = Readonly<Record<string, DrawingName>>;

/** An answer with a job; history and pictures are sent only if asked for. */
export interface JobReply {
  readonly kind: 'job';
  readonly complete: unknown;
  readonly success: unknown;
  readonly result: unknown;
  readonly history: readonly Fields[];
  readonly pictures: Pictures | { readonly error: string };
  /** Seconds; default LINK_LIFETIME. Zero or less: already expired. */
  readonly linkLifetime?: number;
  readonly flaw?: 'tampered signature' | 'no signature' | 'cut off';
  readonly receipt?: boolean;
}

/** Any other answer. */
export interface PlainReply {
  readonly kind: 'plain';
  readonly status: number;
  readonly type: 'application/json' | 'text/html';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Reply = JobReply | PlainReply | { readonly kind: 'hang up' };

export interface Course {
  /** Seconds until the answer. */
  readonly wait?: number;
  reply(ask: Ask): Reply;
}

export function errorReply(code: string, error: string): PlainReply {
  return {
    kind: 'plain',
    status: 400,
    type: 'application/json',
    body: JSON.stringify({ error, code }),
  };
}

/** The answer to a request that is not signed as it should be (official result code page, 2205). */
export const UNAUTHORISED = errorReply('2205', 'You are not authorized to do that');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function decided(ask: Ask, decision: Decision, ago: number, jobId = ask.jobId): Fields {
  const at = new Date(ask.startedAt.getTime() - ago);
  return results.resultOf(decision, { userId: ask.userId, jobId, at });
}

const SELFIE: Pictures = { selfie_image: 'selfie' };
const SELFIE_AND_ID_PHOTO: Pictures = { ...SELFIE, id_photo_image: 'idPhoto' };
const SELFIE_AND_CARD: Pictures = {
  ...SELFIE,
  id_card_image: 'cardFront',
  id_card_back: 'cardBack',
};

type More = Partial<Omit<JobReply, 'kind'>>;

function job(ask: Ask, decision: Decision, more: More = {}): JobReply {
  const result = decided(ask, decision, 5 * MINUTE);
  return {
    kind: 'job',
    complete: true,
    success: true,
    result,
    history: [result],
    pictures: {},
    ...more,
  };
}

/** A course that answers the same every time. */
function always(decision: Decision, more: More = {}): Course {
  return { reply: (ask) => job(ask, decision, more) };
}

/** A Biometric KYC job with both halves in its history, as a rule approved. */
function biometric(ask: Ask, decision = results.BIOMETRIC_APPROVED, more: More = {}): JobReply {
  const reply = job(ask, decision, { pictures: SELFIE_AND_ID_PHOTO, ...more });
  return { ...reply, history: [...reply.history, decided(ask, results.ID_FOUND, 6 * MINUTE)] };
}

function biometricCourse(decision?: Decision, more?: More): Course {
  return { reply: (ask) => biometric(ask, decision, more) };
}

/** Not processed yet. Which envelope code goes with it is unknown; see simulation.ts. */
function pending(result: unknown): JobReply {
  return { kind: 'job', complete: false, success: false, result, history: [], pictures: {} };
}

function thenApproved(polls: number, before: (ask: Ask) => Reply): Course {
  return { reply: (ask) => (ask.poll <= polls ? before(ask) : biometric(ask)) };
}

function pendingFor(polls: number): Course {
  return thenApproved(polls, () => pending({}));
}

function slow(seconds: number): Course {
  return { wait: seconds, reply: (ask) => biometric(ask) };
}

/** What the other jobs of the person were. */
const EARLIER: readonly Decision[] = [
  results.SELFIE_AUTHENTICATED,
  results.DOCUMENT_UNUSABLE,
  results.KYC_VALIDATED,
  results.SELFIE_REGISTERED,
  results.BIOMETRIC_SPOOF,
  results.DOCUMENT_VERIFIED,
  results.BIOMETRIC_UNDER_REVIEW,
];

/** An approved job whose history has exactly `count` entries, newest first, most of them of other jobs. */
function longHistory(count: number, newest: (ask: Ask) => JobReply = biometric): Course {
  return {
    reply(ask) {
      const reply = newest(ask);
      const earlier = Array.from({ length: Math.max(0, count - reply.history.length) }, (_, at) => {
        const decision = EARLIER[at % EARLIER.length] ?? results.SELFIE_AUTHENTICATED;
        return decided(ask, decision, (at + 1) * HOUR, `earlier-${at + 1}`);
      });
      return { ...reply, history: [...reply.history, ...earlier].slice(0, count) };
    },
  };
}

const GATEWAY_PAGE = (title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n</body>\n</html>\n`;

function page(status: number, title: string): PlainReply {
  return { kind: 'plain', status, type: 'text/html', body: GATEWAY_PAGE(title) };
}

/** An error of the gateway before Smile ID's own service; its body is Amazon's. */
function gatewayError(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): PlainReply {
  return {
    kind: 'plain',
    status,
    type: 'application/json',
    body: JSON.stringify({ message }),
    headers,
  };
}

const COURSES: Readonly<Record<ScenarioId, Course>> = {
  approved: biometricCourse(),
  'provisional-then-approved': {
    reply(ask) {
      if (ask.poll === 1) return biometric(ask, results.BIOMETRIC_UNDER_REVIEW);
      const reply = biometric(ask, results.BIOMETRIC_APPROVED_BY_HUMAN);
      const before = decided(ask, results.BIOMETRIC_UNDER_REVIEW, 5.5 * MINUTE);
      const [last, ...others] = reply.history;
      return { ...reply, history: last ? [last, before, ...others] : [before] };
    },
  },
  provisional: biometricCourse(results.BIOMETRIC_UNDER_REVIEW),
  'rejected-spoof': biometricCourse(results.BIOMETRIC_SPOOF, { success: false }),
  'rejected-spoof-human': biometricCourse(results.BIOMETRIC_SPOOF_BY_HUMAN, { success: false }),
  'rejected-face': biometricCourse(results.BIOMETRIC_NO_MATCH, { success: false }),
  'rejected-document': always(results.DOCUMENT_REJECTED, {
    success: false,
    pictures: SELFIE_AND_CARD,
  }),
  'unusable-document': always(results.DOCUMENT_UNUSABLE, {
    success: false,
    pictures: SELFIE_AND_CARD,
  }),
  'document-system-error': always(results.DOCUMENT_SYSTEM_ERROR, { success: false }),
  'photocopied-document': always(results.DOCUMENT_PHOTOCOPIED, { pictures: SELFIE_AND_CARD }),
  'expired-document': always(results.DOCUMENT_EXPIRED, { pictures: SELFIE_AND_CARD }),
  'biometric-kyc': {
    reply(ask) {
      const reply = biometric(ask, results.BIOMETRIC_APPROVED_BY_HUMAN, { receipt: true });
      const [last, ...others] = reply.history;
      const history = [
        ...(last ? [last] : []),
        decided(ask, results.BIOMETRIC_UNDER_REVIEW, 5.5 * MINUTE),
        ...others,
        decided(ask, results.SELFIE_AUTHENTICATED, 26 * HOUR, 'login-2'),
        decided(ask, results.SELFIE_AUTHENTICATED, 50 * HOUR, 'login-1'),
        decided(ask, results.DOCUMENT_UNUSABLE, 51 * HOUR, 'document-1'),
        decided(ask, results.BIOMETRIC_APPROVED, 75 * HOUR, 'kyc-1'),
        decided(ask, results.ID_FOUND, 75 * HOUR + MINUTE, 'kyc-1'),
      ];
      return { ...reply, history };
    },
  },
  'biometric-kyc-id-found': always(results.ID_FOUND, {
    complete: false,
    success: false,
    pictures: SELFIE_AND_ID_PHOTO,
  }),
  'smartselfie-authentication': always(results.SELFIE_AUTHENTICATED, { pictures: SELFIE }),
  'smartselfie-registration': always(results.SELFIE_REGISTERED, { pictures: SELFIE }),
  'document-verification': always(results.DOCUMENT_VERIFIED, { pictures: SELFIE_AND_CARD }),
  'enhanced-document-verification': always(results.ENHANCED_DOCUMENT_VERIFIED, {
    pictures: { ...SELFIE_AND_CARD, ...SELFIE_AND_ID_PHOTO },
  }),
  'enhanced-kyc': always(results.KYC_VALIDATED),
  'enhanced-kyc-all-fields': always(results.KYC_ALL_FIELDS),
  'enhanced-kyc-not-found': always(results.KYC_NOT_FOUND, { success: false }),
  'issuer-unavailable': always(results.KYC_ISSUER_UNAVAILABLE, { success: false }),
  'basic-kyc': always(results.KYC_EXACT_MATCH),
  'basic-kyc-partial': always(results.KYC_PARTIAL_MATCH),
  'business-verification': always(results.BUSINESS_VERIFIED),
  'business-proprietor': always(results.PROPRIETOR_VERIFIED, { receipt: true }),
  'aml-check': always(results.FOUND_ON_LIST),
  antifraud: biometricCourse(results.SUSPECT_USERS),
  'antifraud-old': biometricCourse(results.SUSPECT_USERS_OLD),
  'pending-3': pendingFor(3),
  'no-zip': { reply: () => pending('No zip uploaded yet') },
  'no-result': { reply: () => pending({}) },
  'feature-not-enabled': always(results.FEATURE_NOT_ENABLED, { success: false, receipt: true }),
  // Code and text are documented; the HTTP status is not, so it is that of other errors.
  'unknown-job': { reply: () => errorReply('2304', 'Job not found') },
  unauthorised: { reply: () => UNAUTHORISED },
  'server-error-twice': thenApproved(2, () => page(502, '502 Bad Gateway')),
  'rate-limited': thenApproved(1, () =>
    gatewayError(429, 'Too Many Requests', { 'Retry-After': '1' }),
  ),
  'rate-limited-always': {
    reply: () => gatewayError(429, 'Too Many Requests', { 'Retry-After': '60' }),
  },
  unavailable: { reply: () => gatewayError(503, 'Service Unavailable') },
  slow: slow(3),
  'connection-lost': { reply: () => ({ kind: 'hang up' }) },
  malformed: biometricCourse(results.BIOMETRIC_APPROVED, { flaw: 'cut off' }),
  empty: { reply: () => ({ kind: 'plain', status: 200, type: 'application/json', body: '' }) },
  html: { reply: () => page(403, '403 Forbidden') },
  // Nowhere outside this machine, for clients that do follow redirects.
  redirect: { reply: () => ({ ...page(302, '302 Found'), headers: { Location: '/elsewhere' } }) },
  'tampered-signature': biometricCourse(results.BIOMETRIC_APPROVED, { flaw: 'tampered signature' }),
  'missing-signature': biometricCourse(results.BIOMETRIC_APPROVED, { flaw: 'no signature' }),
  'image-link-expired': biometricCourse(results.BIOMETRIC_APPROVED, { linkLifetime: -60 }),
  'image-link-short': biometricCourse(results.BIOMETRIC_APPROVED, { linkLifetime: 5 }),
  // That the map may hold only `error` is known; the text is the simulator's.
  'image-link-error': biometricCourse(results.BIOMETRIC_APPROVED, {
    pictures: { error: 'The simulator has no pictures of this job' },
  }),
  'base64-photo': always(results.WITH_BASE64_PICTURES, {
    pictures: { ...SELFIE_AND_CARD, ...SELFIE_AND_ID_PHOTO },
  }),
  'picture-unsupported': always(results.WITH_UNSUPPORTED_PICTURE, {
    pictures: { ...SELFIE, id_photo_image: 'gif' },
  }),
  'picture-late': biometricCourse(results.BIOMETRIC_APPROVED, {
    pictures: { selfie_image: 'late', id_photo_image: 'idPhoto' },
  }),
  'large-history': longHistory(200),
  'history-1000': longHistory(1000),
  everything: longHistory(200, (ask) =>
    job(ask, results.WITH_BASE64_PICTURES, {
      pictures: { ...SELFIE_AND_CARD, ...SELFIE_AND_ID_PHOTO },
    }),
  ),
  'snake-case': {
    reply: (ask) => ({
      kind: 'job',
      complete: 'true',
      success: 'true',
      result: {
        result_code: 810,
        result_text: 'Enroll User',
        smile_job_id: Number(results.smileJobIdOf(ask)),
        partner_params: { user_id: ask.userId, job_id: ask.jobId, job_type: '1' },
        confidence_value: 99.5,
        is_final_result: 'true',
        is_machine_result: 'true',
        id_type: 'BVN',
        id_number: PERSON.IDNumber,
        full_name: PERSON.FullName,
        actions: { Liveness_Check: 'passed', A_Check_Of_Tomorrow: 'Some Value' },
      },
      history: [],
      pictures: {},
    }),
  },
  'unknown-code': always(results.UNKNOWN_CODE, { pictures: SELFIE }),
};

/** Longest waits and histories that a job ID can ask for. */
const LIMITS = { 'pending-': 1000, 'slow-': 600, 'history-': 5000 };

/** The course of a job: by its ID, else approved. */
export function courseOf(jobId: string): Course {
  if (isScenarioId(jobId)) return COURSES[jobId];
  const [, family, digits] = /^(pending-|slow-|history-)(\d{1,4})$/.exec(jobId) ?? [];
  const count = Number(digits);
  if (family === 'pending-') return pendingFor(Math.min(count, LIMITS[family]));
  if (family === 'slow-') return slow(Math.min(count, LIMITS[family]));
  if (family === 'history-') return longHistory(Math.min(count, LIMITS[family]));
  return COURSES.approved;
}

function isScenarioId(jobId: string): jobId is ScenarioId {
  return Object.hasOwn(COURSES, jobId);
}
