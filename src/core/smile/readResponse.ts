import type { Credentials } from './credentials';
import { isErrorResponse, readError } from './errorResponse';
import { explain } from '../catalogue/catalogue';
import { shownIfAny } from '../harmlessText';
import { Fields, type JsonObject } from './fields';
import { HTTP_ERRORS } from '../httpErrors';
import type { Job, JobDocument } from './job';
import { readFlatResult, readJob, readV2Result } from './jobStatusResponse';
import * as l10n from '../l10n';
import { isV3JobId } from './typeId';
import type { Answered, Pasted, PastedError, SignatureState } from './outcome';
import { signatureIn, verify, type SignedTime } from './signature';
import { isSecKey } from './signatureForm';
import { v3PartnerId } from './environment';
import {
  isOneJob,
  jobIdIn,
  isV3Result,
  readAccepted,
  readV3Result,
  readV3Status,
} from './v3Response';

/** HTTP headers of a response, by lower-case names. */
export type Headers = Readonly<Record<string, string>>;

/** A response that someone already has: which of the API's documents it is, and what it says. */
export type ReadResponse<Key = KeyOfPartner> =
  | {
      readonly kind: JobDocument;
      readonly outcome: Answered;
      /** The key that made its signature. */
      readonly signedBy: Key | null;
    }
  | {
      readonly kind: 'error';
      readonly api: 'v1' | 'v3' | null;
      /** Of a job that exists nevertheless: API v3 has it in a header. */
      readonly jobId: string | null;
      readonly outcome: PastedError;
    }
  /** None of them. */
  | { readonly kind: 'unknown' };

/** Whose signatures can be checked. */
export type KeyOfPartner = Pick<Credentials, 'partnerId' | 'apiKey'>;

/**
 * Reads a response of any version of the API, in the form of any of its documents: see `JobDocument`. Nothing but its
 * form decides, so a body of something else that looks the same is read, too; its signature tells them apart.
 *
 * @param headers of the response, where they are known: those of API v3 have IDs and signature
 * @param keys of all profiles
 * @param pasted what is known of the text that it was in
 */
export async function readResponse<Key extends KeyOfPartner>(
  raw: JsonObject,
  headers: Headers,
  keys: readonly Key[],
  { cutOff, notes }: Pasted = { cutOff: false, notes: [] },
): Promise<ReadResponse<Key>> {
  const document = documentOf(raw);
  if (document === 'error') {
    const fields = new Fields(raw, () => undefined);
    const jobId = jobIdIn(headers) ?? fields.text('job_id');
    return { kind: 'error', api: apiOfError(raw), jobId, outcome: refusalOf(raw, headers) };
  }
  if (document === null) return { kind: 'unknown' };
  const job = jobIn(raw, headers, document, notes);
  const found = await signatureOf(raw, headers, job, keys);
  // a signature that was not seen may be in the part that is missing
  const signature = cutOff && found.signature === 'missing' ? 'unknown' : found.signature;
  const { signedBy } = found;
  return { kind: job.document, outcome: { kind: 'answered', job, signature, raw }, signedBy };
}

type Document = 'job-status' | 'v1 result' | 'v2 result' | 'status' | 'webhook' | 'accepted';

/** Which document an object is, by its form; null if it is none. */
export function documentOf(raw: JsonObject): Document | 'error' | null {
  if (has(raw, 'job_complete', 'jobComplete', 'job_success', 'jobSuccess')) return 'job-status';
  const result = raw.result ?? raw.Result;
  if (isObject(result) && has(result, ...RESULT)) return 'job-status';
  if (has(raw, ...RESULT)) return 'v1 result';
  const status = typeof raw.status === 'string' ? raw.status.trim().toLowerCase() : null;
  if (status === 'accepted' || has(raw, 'upload_url')) return 'accepted';
  if (
    status !== null &&
    V2_STATUSES.has(status) &&
    has(raw, 'partner_id', 'partner_params', 'job_type')
  ) {
    return 'v2 result';
  }
  if (isError(raw, status)) return 'error';
  if (isV3Result(raw)) return 'webhook';
  // other services have a status, too
  return status !== null && isV3JobId(String(raw.job_id)) ? 'status' : null;
}

/** Fields that only a result of API v1 has. */
const RESULT = ['ResultCode', 'result_code', 'resultCode', 'ResultText', 'SmileJobID'] as const;
const V2_STATUSES: ReadonlySet<string> = new Set(['approved', 'pending', 'rejected']);
/** Fields of an object that is nothing but an error. */
const ERROR_FIELDS: ReadonlySet<string> = new Set([
  ...['error', 'code', 'message', 'success', 'status', 'statusCode', 'requestId', 'request_id'],
  ...['job_id', 'user_id', 'Error', 'Message', 'errors'],
]);

/** Errors of others have a text, too: only the text of an HTTP status, or a code of Smile ID, tells them apart. */
function isError(raw: JsonObject, status: string | null): boolean {
  if (!Object.keys(raw).every((name) => ERROR_FIELDS.has(name))) return false;
  if (status !== null && HTTP_ERRORS.has(status)) return true;
  const { code } = readError(raw);
  return code !== null && isErrorResponse(raw) && isErrorCode(code);
}

const isErrorCode = (code: string): boolean =>
  /^2[2-4]\d\d$/.test(code) || explain(code).some(({ kind }) => kind === 'error');

/** The endpoints of API v3 for services send errors as API v1 does, with these codes. */
const OF_SERVICES: ReadonlySet<string> = new Set(['2401', '2413']);

/** API v3 sends the text of the HTTP status, API v1 a code; null if it may be of both. */
function apiOfError(raw: JsonObject): 'v1' | 'v3' | null {
  const { code } = readError(raw);
  if (code !== null) return OF_SERVICES.has(code) ? null : 'v1';
  return typeof raw.status === 'string' && HTTP_ERRORS.has(raw.status.trim().toLowerCase())
    ? 'v3'
    : null;
}

function refusalOf(raw: JsonObject, headers: Headers): PastedError {
  const { code, text } = readError(raw);
  const status = typeof raw.status === 'string' ? raw.status.trim().toLowerCase() : '';
  return {
    kind: 'refused',
    httpStatus: HTTP_ERRORS.get(status) ?? null,
    code: shownIfAny(code),
    message: shownIfAny(text) ?? l10n.t('Error {0}', shownIfAny(code) ?? status),
    requestId: shownIfAny(headers['x-amzn-requestid'] ?? null),
    retryAt: null,
    raw,
  };
}

function jobIn(raw: JsonObject, headers: Headers, document: Document, cut: readonly string[]): Job {
  switch (document) {
    case 'job-status':
      return readJob(raw, null, cut);
    case 'v1 result':
      return readFlatResult(raw, cut);
    case 'v2 result':
      return readV2Result(raw, cut);
    case 'status':
      return readV3Status(raw, null, cut);
    case 'webhook':
      return readV3Result(raw, headers, cut);
    case 'accepted':
      return readAccepted(raw, cut);
  }
}

/**
 * A signature says who signed a time, so it is the partner's own only if a key of that partner made it. Most bodies do
 * not name the partner: then every key counts. One that no key made may still be of another partner, of another
 * environment or of a renewed key, so it is said in these words wherever it is shown.
 */
async function signatureOf<Key extends KeyOfPartner>(
  raw: JsonObject,
  headers: Headers,
  { api, document, jobId }: Job,
  keys: readonly Key[],
): Promise<{ readonly signature: SignatureState; readonly signedBy: Key | null }> {
  const without = (signature: SignatureState) => ({ signature, signedBy: null });
  const inHeaders = signatureInHeaders(headers);
  if (document === 'webhook') {
    // headers of another job are of another response
    if (!inHeaders || !isOneJob(jobId, jobIdIn(headers))) return without('unknown');
  } else if (document === 'accepted' || document === 'status' || api === 'v2') {
    return without('unsigned');
  }
  // the signature of API v1 is in the body, and no header replaces it
  const signed = document === 'webhook' ? inHeaders : signatureIn(raw);
  return signed === null ? without('missing') : checkSignature(signed, raw, keys);
}

/** The signature of a webhook of API v3. */
export function signatureInHeaders(headers: Headers): SignedTime | null {
  const { 'response-timestamp': timestamp, 'response-signature': signature } = headers;
  return timestamp !== undefined && signature !== undefined ? { timestamp, signature } : null;
}

/** @param raw the body, which may name the partner */
export async function checkSignature<Key extends KeyOfPartner>(
  signed: SignedTime,
  raw: JsonObject,
  keys: readonly Key[],
): Promise<{ readonly signature: SignatureState; readonly signedBy: Key | null }> {
  const without = (signature: SignatureState) => ({ signature, signedBy: null });
  // Until 2020 it was encrypted, and only Smile ID had the key.
  if (isSecKey(signed.signature) && isOld(signed.timestamp)) return without('unknown');
  const fitting = ofPartner(raw, keys);
  if (fitting.length === 0) return without('unknown');
  for (const key of fitting) {
    const { apiKey, partnerId } = key;
    // Whether API v3 signs the padded or the unpadded ID is not documented.
    for (const id of new Set([partnerId, v3PartnerId(partnerId)])) {
      if (await verify(apiKey, id, signed)) return { signature: 'valid', signedBy: key };
    }
  }
  return without('invalid');
}

/** Those of the partner that a response names, with or without leading zeros; all if it names none. */
export function ofPartner<T extends Pick<Credentials, 'partnerId'>>(
  raw: JsonObject,
  all: readonly T[],
): readonly T[] {
  const partner = partnerIn(raw);
  if (partner === null) return all;
  return all.filter(({ partnerId }) => v3PartnerId(partnerId) === v3PartnerId(partner));
}

const partnerIn = (raw: JsonObject): string | null =>
  new Fields(raw, () => undefined).digits(null, 'partner_id');

/** Seconds since 1970, or a date, before 2021. */
function isOld(timestamp: string): boolean {
  const time = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Date.parse(timestamp);
  return time < Date.UTC(2021, 0);
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const has = (raw: JsonObject, ...names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(raw, name) && raw[name] !== null && raw[name] !== undefined);
