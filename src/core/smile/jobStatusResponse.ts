import * as l10n from '../l10n';
import { EXPECTED, Fields, firstOf, JsonObject, kindOf, notExpected } from './fields';
import { explainAction } from '../catalogue/actions';
import { explain, productOf } from '../catalogue/catalogue';
import { isFieldName } from '../catalogue/fieldNames';
import type { ProductKey } from '../catalogue/types';
import { shownIfAny, shownText } from '../harmlessText';
import type { Action, HistoryEntry, Job, JobImage, JobResult, Verdict } from './job';
import type { V1JobRequest } from './jobRequest';
import { ReadingNotes } from './readingNotes';
import { READING_LIMITS } from './readingLimits';
import { fraudSignalsOf } from './fraudSignals';
import { verdictOf } from './verdict';

/**
 * The object with a result's fields: `result` of a job status response; or the object itself, since
 * callbacks and entries of the history are flat.
 */
export function resultObjectOf(raw: JsonObject): JsonObject {
  const parsed = JsonObject.safeParse(raw.result ?? raw.Result);
  return parsed.success ? parsed.data : raw;
}

/** The product: by job type, else by the code if only one product has it. */
function productFor(jobType: number | null, code: string | null): ProductKey | null {
  if (jobType !== null) return productOf(jobType, code);
  if (code === null) return null;
  const scopes = new Set(
    explain(code)
      .filter(({ kind }) => kind === 'result')
      .flatMap(({ products }) => products),
  );
  const [only, ...others] = [...scopes];
  return only === undefined || others.length > 0 || isWide(only) ? null : only;
}

const isWide = (scope: string): scope is 'all' | 'job_status' | 'web_token' | 'v3' =>
  ['all', 'job_status', 'web_token', 'v3'].includes(scope);

function readActions(fields: Fields, note: (text: string) => void): Action[] {
  const object = fields.nested('Actions', 'actions');
  const actions: Action[] = [];
  for (const [name, value] of object?.entries('Actions', READING_LIMITS.actions) ?? []) {
    const key = shownText(name);
    if (typeof value === 'string') actions.push({ key, value: shownText(value) });
    else if (typeof value === 'boolean' || typeof value === 'number') {
      actions.push({ key, value: String(value) });
    } else if (value !== null) {
      // Other names may be data, and the panel shows notes before anything is revealed.
      note(
        explainAction(key)
          ? l10n.t('The action {0} is {1}; it is left out.', key, kindOf(value))
          : l10n.t('An unknown action is {0}; it is left out.', kindOf(value)),
      );
    }
  }
  return actions;
}

/** Reads one result object: `result`, or an entry of the history. */
function readResult(fields: Fields, note: (text: string) => void): Omit<HistoryEntry, 'verdict'> {
  const partner = fields.nested('PartnerParams', 'partner_params');
  const code = shownIfAny(fields.digits(4, 'ResultCode', 'result_code', 'resultCode'));
  const jobType = partner?.number('job_type', 'jobType') ?? fields.number('job_type');
  return {
    // The IDs of the integrator stay as they are, to look them up and compare them; they are made safe when they are
    // shown.
    userId: partner?.digits(null, 'user_id', 'userId') ?? null,
    jobId: partner?.digits(null, 'job_id', 'jobId') ?? null,
    smileJobId: shownIfAny(fields.digits(null, 'SmileJobID', 'smile_job_id', 'SmileJobId')),
    jobType,
    product: productFor(jobType, code),
    result: {
      code,
      text: fields.text('ResultText', 'result_text', 'resultText'),
      type: fields.text('ResultType', 'result_type'),
      final: fields.flag('IsFinalResult', 'is_final_result'),
      machine: fields.flag('IsMachineResult', 'is_machine_result'),
      confidence: fields.number('ConfidenceValue', 'confidence_value', 'Confidence'),
      source: fields.text('Source', 'source'),
      timestamp: fields.text('timestamp', 'Timestamp'),
      actions: readActions(fields, note),
    },
  };
}

function readHistory(fields: Fields, note: (text: string) => void): HistoryEntry[] {
  const history = fields.unknown('history', 'History');
  if (history === undefined) return [];
  if (!Array.isArray(history)) {
    note(notExpected('history', history, EXPECTED.list()));
    return [];
  }
  const entries = firstOf(history, READING_LIMITS.history, 'history', note);
  const objects = entries.flatMap(objectIn);
  const skipped = entries.length - objects.length;
  if (skipped === 1) note(l10n.t('1 entry of history is not an object; it is left out.'));
  if (skipped > 1) {
    note(l10n.t('{0} entries of history are not objects; they are left out.', skipped));
  }
  // Oddities of old entries would hide those of the response itself, so they are not noted.
  const ignore = (): void => undefined;
  const verdicts = new Map<string, Verdict>();
  return objects.map((entry) => {
    const read = readResult(new Fields(entry, ignore), ignore);
    const { product, result } = read;
    // Most entries are alike, and looking up a code takes longer than everything else.
    const key = [product, result.code, result.text].join('\n');
    const verdict = verdicts.get(key) ?? verdictOf(result, product, true);
    verdicts.set(key, verdict);
    return { ...read, verdict: withFraud(verdict, entry) };
  });
}

/** The integrator must decide about an approval with fraud signals. */
function withFraud(verdict: Verdict, ...parts: readonly JsonObject[]): Verdict {
  return verdict === 'approved' && fraudSignalsOf(...parts) ? 'attention' : verdict;
}

/** The entries of a response's history that are read, as sent, in the positions that they have in `Job.history`. */
export function historyEntriesOf(raw: JsonObject): JsonObject[] {
  const history = raw.history ?? raw.History;
  return Array.isArray(history) ? history.slice(0, READING_LIMITS.history).flatMap(objectIn) : [];
}

function objectIn(entry: unknown): JsonObject[] {
  const parsed = JsonObject.safeParse(entry);
  return parsed.success ? [parsed.data] : [];
}

const linksIn = (fields: Fields, result: Fields | null): Fields | null =>
  fields.nested('image_links', 'ImageLinks') ?? result?.nested('ImageLinks', 'image_links') ?? null;

function imageErrorIn(links: Fields | null): string | null {
  const error = links?.unknown('error');
  if (error === undefined) return null;
  return typeof error === 'string'
    ? l10n.t(
        'Smile ID returned no image links: "{0}". The result does not depend on them.',
        error.replace(/\.$/, ''),
      )
    : l10n.t('Smile ID returned an error in place of image links.');
}

/** Why a response has no image links, in the words of Smile ID; null if it does not say so. */
export function imageErrorOf(raw: JsonObject): string | null {
  const ignore = (): void => undefined;
  const result = new Fields(resultObjectOf(raw), ignore);
  return imageErrorIn(linksIn(new Fields(raw, ignore), result));
}

function readImages(
  fields: Fields,
  result: Fields | null,
  requested: boolean,
  note: (text: string) => void,
): JobImage[] {
  const links = linksIn(fields, result);
  const entries = links?.entries('image_links', READING_LIMITS.imageLinks) ?? [];
  const images = entries.flatMap(([name, url], index) =>
    typeof url === 'string' && /^https?:/i.test(url)
      ? [{ name: isFieldName(name) ? name : `image_${index + 1}`, url }]
      : [],
  );
  if (!requested) return images;
  if (imageErrorIn(links) !== null) return images; // said where images are shown
  if (!links) {
    note(l10n.t('Image links were requested, but the response has none.'));
  } else if (entries.length === 0) {
    note(l10n.t('Image links were requested, but the list is empty.'));
  } else if (images.length < entries.length) {
    note(l10n.t('Some image links are not addresses; they are left out.'));
  }
  return images;
}

/**
 * Reads a job status response. Reading is tolerant: nothing in a response breaks it; oddities become notes. They
 * are those of real responses (models of the official SDKs, recorded responses).
 *
 * @param request has the IDs that the response leaves out; null for a response without its request
 * @param cut what was cut off before, in plain words
 */
export function readJob(
  raw: JsonObject,
  request: V1JobRequest | null,
  cut: readonly string[] = [],
): Job {
  const notes = new ReadingNotes(cut);
  const note = notes.add;
  const fields = new Fields(raw, note);
  const complete = fields.flag('job_complete', 'jobComplete');
  const success = fields.flag('job_success', 'jobSuccess');
  if (complete === null) note(l10n.t('job_complete is missing.'));

  const body = fields.unknown('result', 'Result');
  let result: JobResult | null = null;
  let read: Omit<HistoryEntry, 'verdict'> | null = null;
  let resultFields: Fields | null = null;
  if (typeof body === 'string') {
    note(l10n.t('result is plain text, as Smile ID sends it while a job is not processed.'));
    const text = shownText(body);
    result = { ...EMPTY_RESULT, text: text === '' ? null : text };
  } else if (body === undefined) {
    note(l10n.t('result is missing.'));
  } else {
    const parsed = JsonObject.safeParse(body);
    if (!parsed.success) {
      note(notExpected('result', body, EXPECTED.object()));
    } else if (Object.keys(parsed.data).length === 0) {
      note(l10n.t('result is an empty object.'));
    } else {
      resultFields = new Fields(parsed.data, note);
      read = readResult(resultFields, note);
      result = read.result;
      if (result.code === null) note(l10n.t('The result has no ResultCode.'));
      if (read.jobType === null) note(l10n.t('The response does not contain the job type.'));
    }
  }
  if (request && read?.jobId != null && read.jobId !== request.jobId) {
    note(l10n.t('The response has another job ID than the request.'));
  }
  if (request && read?.userId != null && read.userId !== request.userId) {
    note(l10n.t('The response has another user ID than the request.'));
  }
  const product = read?.product ?? null;
  return {
    api: 'v1',
    document: 'job-status',
    userId: request?.userId ?? read?.userId ?? null,
    jobId: request?.jobId ?? read?.jobId ?? null,
    status: null,
    reason: null,
    smileJobId: read?.smileJobId ?? null,
    jobType: read?.jobType ?? null,
    product,
    complete,
    success,
    verdict: withFraud(verdictOf(result, product, complete), resultObjectOf(raw), raw),
    result,
    history: readHistory(fields, note),
    images: readImages(fields, resultFields, request?.imageLinks ?? false, note),
    notes: notes.list,
  };
}

/**
 * Reads a result that is not in a job status response: a callback, or the response of a synchronous request. It is as
 * flat as an entry of the history.
 */
export function readFlatResult(raw: JsonObject, cut: readonly string[] = []): Job {
  const notes = new ReadingNotes(cut);
  const fields = new Fields(raw, notes.add);
  const read = readResult(fields, notes.add);
  const { product, result } = read;
  return {
    ...NO_ENVELOPE,
    ...read,
    api: 'v1',
    verdict: withFraud(verdictOf(result, product, null), raw),
    images: readImages(fields, null, false, notes.add),
    notes: notes.list,
  };
}

/** The statuses of API v2, which the result code makes more exact. */
const V2_STATUS: Readonly<Partial<Record<string, Verdict>>> = {
  approved: 'approved',
  pending: 'pending',
  rejected: 'rejected',
};

/** Reads a result of the SmartSelfie endpoints of API v2 (models of the official Android SDK). */
export function readV2Result(raw: JsonObject, cut: readonly string[] = []): Job {
  const notes = new ReadingNotes(cut);
  const fields = new Fields(raw, notes.add);
  const partner = fields.nested('partner_params');
  const status = fields.text('status')?.toLowerCase() ?? '';
  const jobId = fields.digits(null, 'job_id');
  const result: JobResult = {
    ...EMPTY_RESULT,
    code: shownIfAny(fields.digits(4, 'code')),
    text: fields.text('message'),
    timestamp: fields.text('updated_at', 'created_at'),
  };
  const ofStatus = V2_STATUS[status] ?? 'unknown';
  const ofCode = verdictOf(result, null, null);
  const agree = ofCode === ofStatus || !Object.hasOwn(V2_STATUS, status);
  if (ofCode !== 'unknown' && !agree) {
    notes.add(l10n.t('The result code and the status do not agree.'));
  }
  const verdict = result.code === null ? ofStatus : agree ? ofCode : 'unknown';
  return {
    ...NO_ENVELOPE,
    api: 'v2',
    userId: fields.digits(null, 'user_id') ?? partner?.digits(null, 'user_id') ?? null,
    jobId: partner?.digits(null, 'job_id') ?? jobId,
    smileJobId: jobId !== null && /^\d+$/.test(jobId) ? jobId : null,
    jobType: null,
    product: null,
    verdict: withFraud(verdict, raw),
    result,
    images: readImages(fields, null, false, notes.add),
    notes: notes.list,
  };
}

const NO_ENVELOPE = {
  document: 'result',
  status: null,
  reason: null,
  complete: null,
  success: null,
  history: [],
} satisfies Partial<Job>;

const EMPTY_RESULT: JobResult = {
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
