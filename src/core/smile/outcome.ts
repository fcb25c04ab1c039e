import type { Job } from './job';

/** What a response body is if it is not read as a JSON object. */
export type BodyKind =
  | 'html'
  | 'xml'
  | 'text'
  | 'binary'
  | 'json'
  | 'cut-off JSON'
  | 'too large'
  | 'too many values'
  | 'empty'
  | 'damaged';

/** Why no response came. */
export type UnreachableCause = 'dns' | 'refused' | 'tls' | 'timeout' | 'proxy' | 'reset' | 'other';

/**
 * Whether the response's own signature is valid. `valid` proves who signed the time, not that the body is
 * unchanged. `invalid`: no key made it of the partner that it is from, or no stored key if it names no partner.
 * `unsigned`: this kind of response never has a signature, such as a status of API v3. `unknown`: not checked, since no
 * key of that partner is stored, or since it is not in the text: a webhook of API v3 without its headers, or a text that
 * is cut off.
 */
export type SignatureState = 'valid' | 'invalid' | 'missing' | 'unsigned' | 'unknown';

/** Whether a signature, or its absence, means that the response may not be from Smile ID. */
export const isSuspicious = (signature: SignatureState): signature is 'invalid' | 'missing' =>
  signature === 'invalid' || signature === 'missing';

/**
 * Whether nothing shows that a response is from Smile ID. One that was requested came from its server, and only lacks a
 * signature where one belongs; of one that was pasted, a valid signature is all that shows it.
 */
export const isUnverified = (signature: SignatureState, isPasted: boolean): boolean =>
  isPasted ? signature !== 'valid' : isSuspicious(signature);

/** Smile ID responded with a job. `raw` is the response as parsed from JSON, personal data included. */
export interface Answered {
  readonly kind: 'answered';
  readonly job: Job;
  readonly signature: SignatureState;
  readonly raw: Readonly<Record<string, unknown>>;
  /** Set if a status of API v3 is shown with what only this webhook of its job says; then `raw` is of the webhook. */
  readonly webhook?: ReceivedWebhook;
}

/** Smile ID responded with an error: its own code and text, and the request ID for its support. */
export interface Refused<Status = number> {
  readonly kind: 'refused';
  readonly httpStatus: Status;
  readonly code: string | null;
  readonly message: string;
  readonly requestId: string | null;
  /**
   * When the server accepts the next request: Retry-After of HTTP 429 and 503, as ISO 8601 in UTC. Null if
   * the response does not say so, or the time is past.
   */
  readonly retryAt: string | null;
  /** The response as parsed from JSON. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Unreachable {
  readonly kind: 'unreachable';
  readonly cause: UnreachableCause;
  readonly message: string;
}

/**
 * A response that is not a JSON object, or one with too much in it. `excerpt` says what it is (kind, known title,
 * length), in at most 200 characters; it never contains a part of the text.
 */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly httpStatus: number;
  readonly contentType: string | null;
  readonly excerpt: string;
  readonly bodyKind: BodyKind;
  readonly message: string;
  /** As in Refused. */
  readonly retryAt: string | null;
}

export interface Cancelled {
  readonly kind: 'cancelled';
  /** The user stopped the request, or declined to send it to production: then nothing was sent. */
  readonly cause: 'stopped' | 'declined';
}

/**
 * Every expected outcome of a job status request. Expected outcomes are values, never exceptions. The
 * field names are part of the extension's public API.
 */
export type JobStatusOutcome = Answered | Refused | Unreachable | Unreadable | Cancelled;

/** An error that was not requested here: its HTTP status may not be known. */
export type PastedError = Refused<number | null>;

/** That a response was not requested here. */
export interface Pasted {
  /** Its text ends too early. */
  readonly cutOff: boolean;
  /** What was tolerated in its text, in plain words. */
  readonly notes: readonly string[];
  /** What else is known of it, in sentences. */
  readonly remarks?: readonly string[];
  /** Set if the webhook receiver got it. */
  readonly delivery?: ReceivedWebhook;
  /** Why it may be forged although its signature is valid, in sentences. */
  readonly alarms?: readonly string[];
  /** Its text with its headers, in which its signature can be checked. */
  readonly source?: () => string;
}

/** A webhook that was received. */
export interface ReceivedWebhook {
  /** Shown as #12. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** What is shown of a job: the outcome of a request, or a response that the user had already. */
export type ShownOutcome = JobStatusOutcome | PastedError;
