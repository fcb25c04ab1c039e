import type { ProductKey } from '../catalogue/types';
import * as l10n from '../l10n';
import { stateOf, verdictLabel, type JobState } from '../report/jobState';
import { NO_RESPONSE, summaryOf, type ResponseSummary } from '../report/responseSummary';
import { sha256 } from '../sha256';
import type { JsonObject } from '../smile/fields';
import type { Job } from '../smile/job';
import type { Answered, BodyKind, Pasted, SignatureState } from '../smile/outcome';
import { parseBody } from '../smile/parseBody';
import type { Profile } from '../smile/profile';
import {
  checkSignature,
  readResponse,
  signatureInHeaders,
  type Headers,
  type KeyOfPartner,
  type ReadResponse,
} from '../smile/readResponse';
import { describeBody } from '../smile/responseBody';
import { signatureIn, type SignedTime } from '../smile/signature';
import { isOneJob, jobIdIn, userIdIn } from '../smile/v3Response';
import { instantOf } from '../smile/writtenTime';
import { duration, WINDOW_MS } from './signatureAge';

/** A webhook as it came, before it is read. */
export interface Arrival {
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** By lower-case names; one that came several times is joined by `, `. */
  readonly headers: Headers;
  /** Byte for byte. */
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What the sender got, and how long after the delivery, in milliseconds. */
export type DeliveryAnswer =
  | { readonly kind: 'status'; readonly status: number; readonly afterMs: number }
  /** The connection was ended on purpose, without an answer. */
  | { readonly kind: 'dropped'; readonly afterMs: number }
  /** The sender did not wait for the answer. */
  | { readonly kind: 'client left'; readonly afterMs: number };

/** What a body says, or that it is no JSON object. `unknown` is JSON of something else. */
export type DeliveredContent =
  ReadResponse<Profile> | { readonly kind: 'unreadable'; readonly bodyKind: BodyKind };

/** Something about a delivery that a user should know. An alarm means that its body may be forged. */
export interface DeliveryNote {
  readonly kind:
    | 'content type'
    | 'unreadable'
    | 'other job'
    | 'repeat'
    | 'signed again'
    | 'other body'
    | 'own request'
    | 'old';
  readonly isAlarm: boolean;
  /** A few words, for lists. */
  readonly label: string;
  readonly text: string;
}

/** One arrival of a webhook (a "callback" in API v1), and what it says. */
export interface Delivery extends Arrival {
  /** Shown as #12. */
  readonly number: number;
  /** Of the body, in hex. */
  readonly sha256: string;
  readonly content: DeliveredContent;
  /** `valid` proves who signed the time, not that the body is unchanged. */
  readonly signature: SignatureState;
  /** The profile whose key made the signature. */
  readonly signedBy: Profile | null;
  readonly api: 'v1' | 'v2' | 'v3' | null;
  readonly jobId: string | null;
  readonly userId: string | null;
  readonly product: ProductKey | null;
  /** Null until it was answered. */
  readonly answer: DeliveryAnswer | null;
  readonly notes: readonly DeliveryNote[];
}

/** What checks signatures: the key of a profile. */
export type SigningKey = KeyOfPartner & { readonly profile: Profile };

/** What its bytes alone say of a delivery. */
export type ReadDelivery = Omit<Delivery, 'number' | 'answer'> & {
  /** What was signed; null if it has no signature. */
  readonly pair: SignedTime | null;
};

/** Whether it may be shown as the webhook of its job: anybody can send to a public address. */
export const isValid = ({ signature }: Pick<Delivery, 'signature'>): boolean =>
  signature === 'valid';

/** Whether its content may be used for its job, as a hint: no signature covers the body. */
export const isTrusted = (delivery: Pick<Delivery, 'signature' | 'notes'>): boolean =>
  isValid(delivery) && !delivery.notes.some(({ isAlarm }) => isAlarm);

/** The job that a delivery contains; null for errors and for what cannot be read. */
export const answeredIn = ({ content }: Pick<Delivery, 'content'>): Answered | null =>
  'outcome' in content && content.outcome.kind === 'answered' ? content.outcome : null;

/** How a list shows a delivery; the label is that of `stateLabel`. */
export function stateOfDelivery(delivery: Delivery): JobState {
  if (!isTrusted(delivery)) return 'untrusted';
  return 'outcome' in delivery.content ? stateOf(delivery.content.outcome) : 'unreadable';
}

/**
 * How a panel shows a delivery.
 * @param ofJob the valid deliveries of the same job, newest first
 */
export function pastedOf(delivery: Delivery, ofJob: readonly Delivery[] = []): Pasted {
  const { number, receivedAt, notes } = delivery;
  const texts = (isAlarm: boolean): string[] =>
    notes.flatMap((note) => (note.isAlarm === isAlarm ? note.text : []));
  return {
    cutOff: false,
    notes: [],
    remarks: [...laterWords(delivery, ofJob), ...texts(false)],
    alarms: texts(true),
    delivery: { number, receivedAt },
  };
}

/** That a later delivery of the job says something else: what this one says is no longer so. */
function laterWords(delivery: Delivery, ofJob: readonly Delivery[]): string[] {
  const newest = ofJob.find((each) => isTrusted(each) && answeredIn(each) !== null);
  const verdict = newest && answeredIn(newest)?.job.verdict;
  const before = answeredIn(delivery)?.job.verdict;
  if (!newest || verdict === undefined || before === undefined) return [];
  if (newest.number <= delivery.number || verdict === before) return [];
  return [l10n.t('A later webhook, #{0}, says {1}.', newest.number, verdictLabel(verdict))];
}

/** What a delivery says, for other programs. A valid signature does not count if someone else may have used it. */
export function summaryOfDelivery(delivery: Delivery): ResponseSummary {
  const { content, signature } = delivery;
  const summary =
    content.kind === 'unreadable' ? NO_RESPONSE : summaryOf(content, pastedOf(delivery));
  return {
    ...summary,
    signature: isValid(delivery) && !isTrusted(delivery) ? 'invalid' : signature,
  };
}

/** Reads a delivery of either API; never fails, whatever bytes came. */
export async function readDelivery(
  { receivedAt, headers, body }: Arrival,
  keys: readonly SigningKey[],
): Promise<ReadDelivery> {
  const text = new TextDecoder().decode(body);
  const parsed = parseBody(body, text);
  const raw: JsonObject = typeof parsed === 'string' ? {} : parsed.raw;
  // without keys, as signatures are checked below: some deliveries have them where no other response does
  const read =
    typeof parsed === 'string'
      ? parsed
      : await readResponse(raw, headers, [], { cutOff: false, notes: parsed.notes });
  const known = typeof read === 'string' || read.kind === 'unknown' ? null : read;
  const job = known?.outcome.kind === 'answered' ? known.outcome.job : null;
  const pair = pairIn(raw, headers, job);
  const isOfOther = job?.api === 'v3' && !isOneJob(job.jobId, jobIdIn(headers));
  const { signature, signedBy } =
    pair === null
      ? { signature: 'missing' as const, signedBy: null }
      : isOfOther
        ? { signature: 'unknown' as const, signedBy: null }
        : await checkSignature(pair, raw, keys);
  const profile = signedBy?.profile ?? null;
  const error = known?.kind === 'error' ? known : null;
  return {
    ...{ receivedAt, headers, body, signature, pair, signedBy: profile },
    sha256: await sha256(body),
    content:
      typeof read === 'string'
        ? { kind: 'unreadable', bodyKind: read }
        : withSigner(read, signature, profile),
    api: job?.api ?? error?.api ?? (pair === null ? null : apiOf(pair, headers)),
    jobId: job?.jobId ?? error?.jobId ?? jobIdIn(headers),
    userId: job?.userId ?? userIdIn(headers),
    product: job?.product ?? null,
    notes: [
      ...(isJson(headers['content-type']) ? [] : [contentTypeNote()]),
      ...(typeof read === 'string' ? [unreadableNote(describeBody(read, text, body.length))] : []),
      ...(isOfOther ? [otherJobNote()] : []),
      ...(signature === 'valid' && pair ? oldNotes(pair, receivedAt) : []),
    ],
  };
}

/** A result of API v1 is signed in the body, and no header replaces that; other deliveries in their headers. */
const pairIn = (raw: JsonObject, headers: Headers, job: Job | null): SignedTime | null =>
  job?.api === 'v1' ? signatureIn(raw) : (signatureInHeaders(headers) ?? signatureIn(raw));

/** The key itself is left out, and the signature counts wherever it is. */
function withSigner(
  read: ReadResponse<SigningKey>,
  signature: SignatureState,
  signedBy: Profile | null,
): ReadResponse<Profile> {
  if (read.kind === 'unknown' || read.kind === 'error') return read;
  return { ...read, outcome: { ...read.outcome, signature }, signedBy };
}

const apiOf = ({ signature }: SignedTime, headers: Headers): 'v1' | 'v3' =>
  signatureInHeaders(headers)?.signature === signature ? 'v3' : 'v1';

const isJson = (contentType: string | undefined): boolean =>
  /^application\/(?:[\w.-]{1,50}\+)?json(?:\s|;|$)/i.test(contentType?.trim() ?? '');

const contentTypeNote = (): DeliveryNote => ({
  kind: 'content type',
  isAlarm: false,
  label: l10n.t('not application/json'),
  text: l10n.t('The content type is not application/json.'),
});

const unreadableNote = (what: string): DeliveryNote => ({
  kind: 'unreadable',
  isAlarm: false,
  label: l10n.t('not readable'),
  text: l10n.t('The body is not a JSON object: {0}.', what),
});

/** A handler with a window of five minutes refuses it. */
function oldNotes({ timestamp }: SignedTime, receivedAt: number): DeliveryNote[] {
  const signedAt = instantOf(timestamp);
  if (signedAt === null || receivedAt - signedAt <= WINDOW_MS) return [];
  const age = duration(receivedAt - signedAt);
  return [
    {
      kind: 'old',
      isAlarm: false,
      label: l10n.t('signed {0} before', age),
      text: l10n.t('Signed {0} before it came.', age),
    },
  ];
}

const otherJobNote = (): DeliveryNote => ({
  kind: 'other job',
  isAlarm: true,
  label: l10n.t('Headers of another job'),
  text: l10n.t(
    'The job ID in the headers is not the one in the body, so the signature is of another delivery.',
  ),
});
