import * as l10n from '../l10n';
import { boundedText, shownIfAny } from '../harmlessText';
import { productOfApiName } from '../catalogue/catalogue';
import { Fields, isObject, type JsonObject } from './fields';
import { fraudSignalsOf } from './fraudSignals';
import type { Job, JobImage, JobResult, Verdict } from './job';
import type { JobIds } from './jobRequest';
import { isFieldName } from '../catalogue/fieldNames';
import { ReadingNotes } from './readingNotes';
import { READING_LIMITS } from './readingLimits';
import { isV3JobId } from './typeId';

/** What the status of a job can be (OpenAPI description of API v3), and the verdict that it is. */
const VERDICTS = {
  clear: 'approved',
  attention: 'attention',
  block: 'rejected',
  error: 'error',
  processing: 'pending',
  accepted: 'pending',
  not_found: 'unknown',
} as const satisfies Readonly<Record<string, Verdict>>;

const isStatus = (word: string): word is keyof typeof VERDICTS => Object.hasOwn(VERDICTS, word);

/** The verdict of a job of API v3, without its fraud signals; a status that is not known is `unknown`. */
export const verdictOfStatus = (status: string | null): Verdict =>
  status !== null && isStatus(status) ? VERDICTS[status] : 'unknown';

/** Until June 2026 a finished job had the status `complete`, and the message said how it ended. */
const OLD_STATUS = 'complete';
const OLD_MESSAGE = /^verification completed with state:\s{0,5}(clear|attention|block|error)\.?$/i;

/** The status in lower case: its spelling has changed. Null if the body has none. */
function statusIn(raw: JsonObject, note: (text: string) => void): string | null {
  const status = textIn(raw, 'status')?.toLowerCase() ?? null;
  if (status !== OLD_STATUS) return status;
  const state = OLD_MESSAGE.exec(textIn(raw, 'message') ?? '')?.[1]?.toLowerCase() ?? null;
  if (state !== null) {
    note(l10n.t('The status is the old form "complete"; the verdict is from the message.'));
  }
  return state ?? status;
}

function textIn(raw: JsonObject, name: string): string | null {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? boundedText(value.trim()) : null;
}

/**
 * Whether a response of `GET /v3/status` is about a job. Errors have a `status`, too, but theirs is the text of the
 * HTTP status, and they have no job ID.
 */
export function isV3Status(httpStatus: number, raw: JsonObject): boolean {
  const status = textIn(raw, 'status')?.toLowerCase() ?? null;
  if (status === null) return false;
  if (httpStatus === 404) return status === 'not_found';
  return httpStatus < 300 && textIn(raw, 'job_id') !== null;
}

/**
 * Reads the response of `GET /v3/status`. It has no product, reason, image or detail of the job, and its `created_at`
 * is the time of the response.
 *
 * @param request null for a response without its request
 * @param cut what was cut off before, in plain words
 */
export function readV3Status(
  raw: JsonObject,
  request: JobIds | null,
  cut: readonly string[] = [],
): Job {
  const notes = new ReadingNotes(cut);
  const status = statusIn(raw, notes.add);
  const jobId = textIn(raw, 'job_id');
  const isOfAnother = request !== null && jobId !== null && jobId !== request.jobId;
  if (isOfAnother) notes.add(l10n.t('The response has another job ID than the request.'));
  const userId = textIn(raw, 'user_id');
  return {
    ...NOTHING,
    api: 'v3',
    document: 'status',
    // a job that is not found has the word "unknown" there
    userId: status === 'not_found' ? null : userId,
    jobId: request?.jobId ?? jobId,
    status,
    complete: isOfAnother ? null : completeOf(status),
    // no signature shows to which job a status belongs
    verdict: isOfAnother ? 'unknown' : withFraud(verdictOfStatus(status), raw),
    result: { ...NO_RESULT, text: shownIfAny(textIn(raw, 'message')) },
    notes: notes.list,
  };
}

const withFraud = (verdict: Verdict, raw: JsonObject): Verdict =>
  verdict === 'approved' && fraudSignalsOf(raw) ? 'attention' : verdict;

function completeOf(status: string | null): boolean | null {
  if (status === 'processing' || status === 'accepted') return false;
  return status === null || !isStatus(status) || status === 'not_found' ? null : true;
}

/** Fields that the status of a job does not have. */
const RESULT_FIELDS = [
  ...['product', 'reason', 'completed_at', 'partner_params', 'kyc_receipt', 'image_links'],
  ...['id_fields', 'user_provided_info', 'antifraud', 'additional_documents', 'people'],
] as const;

/** Whether a body is a webhook of API v3 or the result of a synchronous endpoint. */
export function isV3Result(raw: JsonObject): boolean {
  const status = textIn(raw, 'status')?.toLowerCase() ?? null;
  if (status === null || !RESULT_FIELDS.some((name) => Object.hasOwn(raw, name))) return false;
  return isStatus(status) || (textIn(raw, 'product') !== null && Object.hasOwn(raw, 'reason'));
}

/** Reads the response to a submission: of API v3, or of the upload of API v1 (`upload_url`). It is no result. */
export function readAccepted(raw: JsonObject, cut: readonly string[] = []): Job {
  const notes = new ReadingNotes(cut);
  const fields = new Fields(raw, notes.add);
  const status = statusIn(raw, notes.add);
  return {
    ...NOTHING,
    api: status === null ? 'v1' : 'v3',
    document: 'accepted',
    userId: textIn(raw, 'user_id'),
    jobId: textIn(raw, 'job_id'),
    smileJobId: shownIfAny(fields.digits(null, 'smile_job_id')),
    status,
    complete: false,
    verdict: 'pending',
    result: { ...NO_RESULT, text: shownIfAny(textIn(raw, 'message')) },
    notes: notes.list,
  };
}

/** The job ID in the headers of a webhook, or of a synchronous response. */
export const jobIdIn = (headers: Readonly<Record<string, string>>): string | null =>
  boundedIfAny(headers['job-id'] ?? headers['smileid-job-id']);

export const userIdIn = (headers: Readonly<Record<string, string>>): string | null =>
  boundedIfAny(headers['user-id']);

const boundedIfAny = (text: string | undefined): string | null =>
  text === undefined ? null : boundedText(text);

/** A partner may have put an ID of its own into the body: only two IDs of API v3 contradict each other. */
export const isOneJob = (ofBody: string | null, ofHeader: string | null): boolean =>
  ofBody === null || ofHeader === null || ofBody === ofHeader || !isV3JobId(ofBody);

/**
 * Reads a webhook of API v3, or the result of one of its synchronous endpoints, which look alike.
 *
 * @param headers lower-case names: they can have the IDs, which some bodies leave out
 * @param cut what was cut off before, in plain words
 */
export function readV3Result(
  raw: JsonObject,
  headers: Readonly<Record<string, string>>,
  cut: readonly string[] = [],
): Job {
  const notes = new ReadingNotes(cut);
  const fields = new Fields(raw, notes.add);
  const partner = fields.nested('partner_params');
  const ofHeader = jobIdIn(headers);
  const ofBody = fields.text('job_id') ?? partner?.digits(null, 'job_id') ?? null;
  if (!isOneJob(ofBody, ofHeader)) {
    notes.add(
      l10n.t('The headers have another job ID than the body, so they are of another response.'),
    );
  }
  const status = statusIn(raw, notes.add);
  const verdict = verdictOfStatus(status);
  const reason = fields.text('reason');
  const hasOddReason = verdict === 'approved' && reason !== null;
  if (hasOddReason) notes.add(l10n.t('The status is clear, and there is a reason nevertheless.'));
  const productName = fields.text('product');
  const product = productName === null ? null : productOfApiName(productName);
  if (productName !== null && product === null) {
    notes.add(l10n.t('The product is not known.'));
  }
  return {
    ...NOTHING,
    api: 'v3',
    document: 'webhook',
    userId: userIdIn(headers) ?? fields.text('user_id') ?? partner?.digits(null, 'user_id') ?? null,
    jobId: ofBody !== null && isV3JobId(ofBody) ? ofBody : (ofHeader ?? ofBody),
    product,
    status,
    reason,
    complete: completeOf(status),
    verdict: hasOddReason ? 'attention' : withFraud(verdict, raw),
    result: {
      ...NO_RESULT,
      text: shownIfAny(textIn(raw, 'message')),
      timestamp: fields.text('completed_at'),
    },
    images: imagesIn(fields),
    notes: notes.list,
  };
}

/** Images of the ID authority, among the ID fields. */
export const ID_IMAGES = ['photo_url', 'document_link'] as const;

function imagesIn(fields: Fields): JobImage[] {
  const most = READING_LIMITS.imageLinks;
  const idFields = fields.nested('id_fields');
  const links: [string, unknown][] = [
    ...(fields.nested('image_links')?.entries('image_links', most) ?? []),
    ...ID_IMAGES.map((name): [string, unknown] => [name, idFields?.unknown(name)]),
    ...(fields.list('additional_documents') ?? [])
      .slice(0, most)
      .map((each): [string, unknown] => ['image_link', isObject(each) ? each.image_link : null]),
  ];
  const images = new Map<string, string>();
  for (const [index, [name, url]] of links.entries()) {
    if (typeof url !== 'string' || !/^https?:/i.test(url)) continue;
    // a name that is none of Smile ID's may be data
    images.set(isFieldName(name) && !images.has(name) ? name : `image_${index + 1}`, url);
  }
  return [...images].map(([name, url]) => ({ name, url }));
}

const NOTHING = {
  smileJobId: null,
  jobType: null,
  product: null,
  reason: null,
  success: null,
  history: [],
  images: [],
} satisfies Partial<Job>;

const NO_RESULT: JobResult = {
  code: null,
  text: null,
  type: null,
  final: null,
  machine: null,
  confidence: null,
  source: null,
  timestamp: null,
  actions: [],
};
