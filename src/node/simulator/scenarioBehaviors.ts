import { PERSON } from './testPerson';
import type { DrawingName } from './images';
import * as results from './results';
import type { Decision, Fields } from './results';
import type { ScenarioId } from './scenarios';
import { gatewayHtml } from './simulatedHttp';

/** A job status request, as far as a scenario needs it. */
export interface JobRequest {
  readonly userId: string;
  readonly jobId: string;
  /** 1 when this job of this user is requested for the first time. */
  readonly poll: number;
  /** When the simulator was started: jobs were decided shortly before, and stay so. */
  readonly startedAt: Date;
}

/** Names of image links, as in recorded responses, with what they show. */
export type ImageNames = Readonly<Record<string, DrawingName>>;

/** A response with a job; history and image links are sent only if requested. */
export interface JobReply {
  readonly kind: 'job';
  readonly complete: unknown;
  readonly success: unknown;
  readonly result: unknown;
  readonly history: readonly Fields[];
  readonly images: ImageNames | { readonly error: string };
  /** Seconds; default LINK_LIFETIME. Zero or less: already expired. */
  readonly linkLifetime?: number;
  readonly flaw?: 'tampered signature' | 'no signature' | 'cut off';
  readonly receipt?: boolean;
}

/** Any other response. */
export interface PlainReply {
  readonly kind: 'plain';
  readonly status: number;
  readonly type: 'application/json' | 'text/html';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Reply = JobReply | PlainReply | { readonly kind: 'hang up' };

export interface ScenarioBehavior {
  /** Seconds until the response. */
  readonly wait?: number;
  readonly reply: (request: JobRequest) => Reply;
}

export function errorReply(code: string, error: string): PlainReply {
  return {
    kind: 'plain',
    status: 400,
    type: 'application/json',
    body: JSON.stringify({ error, code }),
  };
}

/** The response to a request with a wrong signature (official result code page, 2205). */
export const UNAUTHORIZED = errorReply('2205', 'You are not authorized to do that');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function decided(
  request: JobRequest,
  decision: Decision,
  ago: number,
  jobId = request.jobId,
): Fields {
  const at = new Date(request.startedAt.getTime() - ago);
  return results.resultOf(decision, { userId: request.userId, jobId, at });
}

const SELFIE: ImageNames = { selfie_image: 'selfie' };
const SELFIE_AND_ID_PHOTO: ImageNames = { ...SELFIE, id_photo_image: 'idPhoto' };
const SELFIE_AND_CARD: ImageNames = {
  ...SELFIE,
  id_card_image: 'cardFront',
  id_card_back: 'cardBack',
};

type More = Partial<Omit<JobReply, 'kind'>>;

function job(request: JobRequest, decision: Decision, more: More = {}): JobReply {
  const result = decided(request, decision, 5 * MINUTE);
  return {
    kind: 'job',
    complete: true,
    success: true,
    result,
    history: [result],
    images: {},
    ...more,
  };
}

/** The same response every time. */
function always(decision: Decision, more: More = {}): ScenarioBehavior {
  return { reply: (request) => job(request, decision, more) };
}

/** A Biometric KYC job with both halves in its history; approved by default. */
function biometric(
  request: JobRequest,
  decision = results.BIOMETRIC_APPROVED,
  more: More = {},
): JobReply {
  const reply = job(request, decision, { images: SELFIE_AND_ID_PHOTO, ...more });
  return { ...reply, history: [...reply.history, decided(request, results.ID_FOUND, 6 * MINUTE)] };
}

function alwaysBiometric(decision?: Decision, more?: More): ScenarioBehavior {
  return { reply: (request) => biometric(request, decision, more) };
}

/** Not processed yet. Which envelope code goes with it is unknown; see simulation.ts. */
export function pending(result: unknown): JobReply {
  return { kind: 'job', complete: false, success: false, result, history: [], images: {} };
}

function thenApproved(polls: number, before: (request: JobRequest) => Reply): ScenarioBehavior {
  return { reply: (request) => (request.poll <= polls ? before(request) : biometric(request)) };
}

function pendingFor(polls: number): ScenarioBehavior {
  return thenApproved(polls, () => pending({}));
}

function slow(seconds: number): ScenarioBehavior {
  return { wait: seconds, reply: (request) => biometric(request) };
}

/** The other jobs of the user. */
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
function longHistory(
  count: number,
  newest: (request: JobRequest) => JobReply = biometric,
): ScenarioBehavior {
  return {
    reply(request) {
      const reply = newest(request);
      const earlier = Array.from({ length: Math.max(0, count - reply.history.length) }, (_, at) => {
        const decision = EARLIER[at % EARLIER.length] ?? results.SELFIE_AUTHENTICATED;
        return decided(request, decision, (at + 1) * HOUR, `earlier-${at + 1}`);
      });
      return { ...reply, history: [...reply.history, ...earlier].slice(0, count) };
    },
  };
}

function page(status: number, title: string): PlainReply {
  return { kind: 'plain', status, type: 'text/html', body: gatewayHtml(title) };
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

const BEHAVIORS: Readonly<Record<ScenarioId, ScenarioBehavior>> = {
  approved: alwaysBiometric(),
  'provisional-then-approved': {
    reply(request) {
      if (request.poll === 1) return biometric(request, results.BIOMETRIC_UNDER_REVIEW);
      const reply = biometric(request, results.BIOMETRIC_APPROVED_BY_HUMAN);
      const before = decided(request, results.BIOMETRIC_UNDER_REVIEW, 5.5 * MINUTE);
      const [last, ...others] = reply.history;
      return { ...reply, history: last ? [last, before, ...others] : [before] };
    },
  },
  provisional: alwaysBiometric(results.BIOMETRIC_UNDER_REVIEW),
  'rejected-spoof': alwaysBiometric(results.BIOMETRIC_SPOOF, { success: false }),
  'rejected-spoof-human': alwaysBiometric(results.BIOMETRIC_SPOOF_BY_HUMAN, { success: false }),
  'rejected-face': alwaysBiometric(results.BIOMETRIC_NO_MATCH, { success: false }),
  'rejected-document': always(results.DOCUMENT_REJECTED, {
    success: false,
    images: SELFIE_AND_CARD,
  }),
  'unusable-document': always(results.DOCUMENT_UNUSABLE, {
    success: false,
    images: SELFIE_AND_CARD,
  }),
  'document-system-error': always(results.DOCUMENT_SYSTEM_ERROR, { success: false }),
  'photocopied-document': always(results.DOCUMENT_PHOTOCOPIED, { images: SELFIE_AND_CARD }),
  'expired-document': always(results.DOCUMENT_EXPIRED, { images: SELFIE_AND_CARD }),
  'biometric-kyc': {
    reply(request) {
      const reply = biometric(request, results.BIOMETRIC_APPROVED_BY_HUMAN, { receipt: true });
      const [last, ...others] = reply.history;
      const history = [
        ...(last ? [last] : []),
        decided(request, results.BIOMETRIC_UNDER_REVIEW, 5.5 * MINUTE),
        ...others,
        decided(request, results.SELFIE_AUTHENTICATED, 26 * HOUR, 'login-2'),
        decided(request, results.SELFIE_AUTHENTICATED, 50 * HOUR, 'login-1'),
        decided(request, results.DOCUMENT_UNUSABLE, 51 * HOUR, 'document-1'),
        decided(request, results.BIOMETRIC_APPROVED, 75 * HOUR, 'kyc-1'),
        decided(request, results.ID_FOUND, 75 * HOUR + MINUTE, 'kyc-1'),
      ];
      return { ...reply, history };
    },
  },
  'biometric-kyc-id-found': always(results.ID_FOUND, {
    complete: false,
    success: false,
    images: SELFIE_AND_ID_PHOTO,
  }),
  'smartselfie-authentication': always(results.SELFIE_AUTHENTICATED, { images: SELFIE }),
  'smartselfie-registration': always(results.SELFIE_REGISTERED, { images: SELFIE }),
  'document-verification': always(results.DOCUMENT_VERIFIED, { images: SELFIE_AND_CARD }),
  'enhanced-document-verification': always(results.ENHANCED_DOCUMENT_VERIFIED, {
    images: { ...SELFIE_AND_CARD, ...SELFIE_AND_ID_PHOTO },
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
  antifraud: alwaysBiometric(results.SUSPECT_USERS),
  'antifraud-old': alwaysBiometric(results.SUSPECT_USERS_OLD),
  'pending-3': pendingFor(3),
  'no-zip': { reply: () => pending('No zip uploaded yet') },
  'no-result': { reply: () => pending({}) },
  'feature-not-enabled': always(results.FEATURE_NOT_ENABLED, { success: false, receipt: true }),
  // Code and text are documented; the HTTP status is not, so it is that of other errors.
  'unknown-job': { reply: () => errorReply('2304', 'Job not found') },
  unauthorized: { reply: () => UNAUTHORIZED },
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
  malformed: alwaysBiometric(results.BIOMETRIC_APPROVED, { flaw: 'cut off' }),
  empty: { reply: () => ({ kind: 'plain', status: 200, type: 'application/json', body: '' }) },
  html: { reply: () => page(403, '403 Forbidden') },
  // An address on this machine, for clients that do follow redirects.
  redirect: { reply: () => ({ ...page(302, '302 Found'), headers: { Location: '/elsewhere' } }) },
  'tampered-signature': alwaysBiometric(results.BIOMETRIC_APPROVED, { flaw: 'tampered signature' }),
  'missing-signature': alwaysBiometric(results.BIOMETRIC_APPROVED, { flaw: 'no signature' }),
  'image-link-expired': alwaysBiometric(results.BIOMETRIC_APPROVED, { linkLifetime: -60 }),
  'image-link-short': alwaysBiometric(results.BIOMETRIC_APPROVED, { linkLifetime: 5 }),
  // That the map may contain only `error` is known; the text is the simulator's.
  'image-link-error': alwaysBiometric(results.BIOMETRIC_APPROVED, {
    images: { error: 'Image links could not be created' },
  }),
  'base64-photo': always(results.WITH_BASE64_IMAGES, {
    images: { ...SELFIE_AND_CARD, ...SELFIE_AND_ID_PHOTO },
  }),
  'image-unsupported': always(results.WITH_UNSUPPORTED_IMAGE, {
    images: { ...SELFIE, id_photo_image: 'gif' },
  }),
  'image-late': alwaysBiometric(results.BIOMETRIC_APPROVED, {
    images: { selfie_image: 'late', id_photo_image: 'idPhoto' },
  }),
  'large-history': longHistory(200),
  'history-1000': longHistory(1000),
  everything: longHistory(200, (request) =>
    job(request, results.WITH_BASE64_IMAGES, {
      images: { ...SELFIE_AND_CARD, ...SELFIE_AND_ID_PHOTO },
    }),
  ),
  'snake-case': {
    reply: (request) => ({
      kind: 'job',
      complete: 'true',
      success: 'true',
      result: {
        result_code: 810,
        result_text: 'Enroll User',
        smile_job_id: Number(results.smileJobIdOf(request)),
        partner_params: { user_id: request.userId, job_id: request.jobId, job_type: '1' },
        confidence_value: 99.5,
        is_final_result: 'true',
        is_machine_result: 'true',
        id_type: 'BVN',
        id_number: PERSON.IDNumber,
        full_name: PERSON.FullName,
        actions: { Liveness_Check: 'passed', A_Check_Of_Tomorrow: 'Some Value' },
      },
      history: [],
      images: {},
    }),
  },
  'unknown-code': always(results.UNKNOWN_CODE, { images: SELFIE }),
};

/** Longest waits and histories that a job ID can request. */
const LIMITS = { 'pending-': 1000, 'slow-': 600, 'history-': 5000 };

/** What happens to a job, by its ID; any other ID is approved. */
export function behaviorOf(jobId: string): ScenarioBehavior {
  if (isScenarioId(jobId)) return BEHAVIORS[jobId];
  const [, family, digits] = /^(pending-|slow-|history-)(\d{1,4})$/.exec(jobId) ?? [];
  const count = Number(digits);
  if (family === 'pending-') return pendingFor(Math.min(count, LIMITS[family]));
  if (family === 'slow-') return slow(Math.min(count, LIMITS[family]));
  if (family === 'history-') return longHistory(Math.min(count, LIMITS[family]));
  return BEHAVIORS.approved;
}

function isScenarioId(jobId: string): jobId is ScenarioId {
  return Object.hasOwn(BEHAVIORS, jobId);
}
