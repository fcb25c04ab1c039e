import * as l10n from '../l10n';
import { explain, productOfApiName } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import type { Clock } from '../clock';
import { fixtureSteps } from '../report/fixture';
import { inSlices } from '../slicedWork';
import type { Checked } from '../smile/environment';
import { isObject, type JsonObject } from '../smile/fields';
import { isOwnEntry, type Job, type Verdict } from '../smile/job';
import { historyEntriesOf, readFlatResult, resultObjectOf } from '../smile/jobStatusResponse';
import { documentOf, type Headers, type KeyOfPartner } from '../smile/readResponse';
import { isV3JobId } from '../smile/typeId';
import { jobIdIn } from '../smile/v3Response';
import { interimOf, objectIn, signWebhook, TEST_IDS } from './webhook';
import type { Flaw, Webhook, WebhookContent, WebhookIds } from './webhook';

/**
 * What becomes of real data. `test data` keeps codes, checks and known words, and replaces everything else by invented
 * values of the same type; `as it is` is for what is known to be test data, or what the user chose to send.
 */
export type Kept = 'test data' | 'as it is';

// What to send: the contents of one job, in the order in which Smile ID sends them

/** A text that the user edited. A v1 callback has its signature in the body, so it must be an object. */
export function contentOfText(
  text: string,
  api: 'v1' | 'v3',
  { userId, jobId }: WebhookIds = TEST_IDS[api],
): Checked<WebhookContent> {
  if (api === 'v3') return { ok: true, value: { api, body: text, userId, jobId } };
  const fields = objectIn(text);
  return fields
    ? { ok: true, value: { api, fields } }
    : {
        ok: false,
        reason: l10n.t(
          'The body must be a JSON object, since API v1 puts timestamp and signature in it.',
        ),
      };
}

/** The text that `contentOfText` takes, to be edited. */
export function textOfContent(content: WebhookContent): string {
  if (content.api === 'v1') return JSON.stringify(content.fields, null, 2);
  const fields = objectIn(content.body);
  return fields ? JSON.stringify(fields, null, 2) : content.body;
}

/**
 * A delivery that came in, to be signed anew. Of v3 the body is sent as it came if it is kept. A body that is not JSON
 * cannot be made test data of, and none of v1 can be signed.
 *
 * @param headers by lower-case names
 */
export async function contentOfDelivery(
  body: Uint8Array,
  headers: Headers,
  kept: Kept = 'test data',
): Promise<Checked<WebhookContent>> {
  const text = new TextDecoder().decode(body);
  const raw = objectIn(text);
  const isV3 =
    headers['response-signature'] !== undefined || (raw !== null && documentOf(raw) === 'webhook');
  const api = isV3 ? 'v3' : 'v1';
  if (kept === 'test data' && raw !== null) {
    return { ok: true, value: await withTestData(raw, api) };
  }
  if (kept === 'test data' && isV3) {
    return { ok: false, reason: l10n.t('The body of the delivery is not a JSON object.') };
  }
  const ids = { userId: headers['user-id'] ?? null, jobId: jobIdIn(headers) };
  return isV3 ? { ok: true, value: { api: 'v3', body: text, ...ids } } : contentOfText(text, 'v1');
}

/**
 * The webhooks of a job that is shown in a panel. A job status response of v1 has the results that were called back in
 * its history; a status of v3 has no details, so what is not known is left out.
 *
 * @param raw the response
 */
export async function contentsOfJob(
  job: Job,
  raw: JsonObject,
  kept: Kept = 'test data',
): Promise<readonly WebhookContent[]> {
  if (job.document === 'accepted' || job.api === 'v2') return [];
  if (job.document === 'status') return contentsOfRecord(job, kept);
  if (job.document === 'webhook') {
    if (kept === 'test data') return [await withTestData(raw, 'v3')];
    const { userId, jobId } = job;
    return [{ api: 'v3', body: JSON.stringify(raw), userId, jobId }];
  }
  const results = job.document === 'result' ? [raw] : resultsIn(raw, job);
  const contents: WebhookContent[] = [];
  for (const fields of results) {
    contents.push(kept === 'test data' ? await withTestData(fields, 'v1') : { api: 'v1', fields });
  }
  return contents;
}

/** The results of a job, the oldest first: its own history if it was requested, which has the final one, too. */
function resultsIn(raw: JsonObject, { userId, jobId }: Job): readonly JsonObject[] {
  const own = historyEntriesOf(raw).filter((fields) => {
    const entry = readFlatResult(fields);
    const isOfUser = entry.userId === null || entry.userId === userId;
    return isOfUser && isOwnEntry(entry, jobId);
  });
  if (own.length > 0) return own.reverse();
  const result = resultObjectOf(raw);
  const { code = null, text = null } = readFlatResult(result).result ?? {};
  return code === null && text === null ? [] : [result];
}

/** What a record of a job has: codes and IDs. */
export interface RecordedJob {
  readonly userId: string | null;
  readonly jobId: string | null;
  readonly smileJobId: string | null;
  readonly jobType: number | null;
  readonly product: ProductKey | null;
  readonly code?: string | null;
  readonly result?: { readonly code: string | null } | null;
  readonly verdict: Verdict | null;
}

/** A status of v3 is known from the verdict; that of `unknown` is not. */
const STATUSES: Readonly<Partial<Record<Verdict, string>>> = {
  approved: 'clear',
  attention: 'attention',
  rejected: 'block',
  error: 'error',
  pending: 'processing',
};

/** The webhook of a job of which only codes and IDs are known; none if they say nothing. All else is left out. */
export function contentsOfRecord(
  job: RecordedJob,
  kept: Kept = 'test data',
): readonly WebhookContent[] {
  const api = isV3JobId(job.jobId ?? '') ? 'v3' : 'v1';
  const own = { userId: job.userId, jobId: job.jobId };
  const ids = kept === 'test data' ? TEST_IDS[api] : own;
  if (api === 'v3') {
    const status = job.verdict === null ? undefined : STATUSES[job.verdict];
    if (status === undefined) return [];
    const product = job.product === null ? null : apiNameOf(job.product);
    const fields = {
      status,
      ...(status === 'clear' && { reason: null }), // which it is exactly then
      ...(product !== null && { product }),
      partner_params: { job_id: ids.jobId, ...(ids.userId !== null && { user_id: ids.userId }) },
    };
    return [{ api, body: JSON.stringify(fields), ...ids }];
  }
  const code = job.code ?? job.result?.code ?? null;
  if (code === null) return [];
  const text = servedText(code, job.product);
  const fields = {
    ...(kept === 'as it is' && job.smileJobId !== null && { SmileJobID: job.smileJobId }),
    PartnerParams: {
      ...(ids.userId !== null && { user_id: ids.userId }),
      ...(ids.jobId !== null && { job_id: ids.jobId }),
      ...(job.jobType !== null && { job_type: job.jobType }),
    },
    ResultCode: code,
    ...(text !== null && { ResultText: text }),
  };
  return [{ api, fields }];
}

function servedText(code: string, product: ProductKey | null): string | null {
  const meaning = explain(code).find(
    ({ kind, products }) => kind === 'result' && product !== null && products.includes(product),
  );
  return meaning?.text ?? meaning?.altTexts[0] ?? null;
}

/** The names of v3 are the keys of our products, but for the underscore of SmartSelfie. */
function apiNameOf(product: ProductKey): string | null {
  const name = product.replace('smartselfie', 'smart_selfie');
  return productOfApiName(name) === product ? name : null;
}

/** Codes and checks of a real body, the IDs of no job, and invented values for the rest. */
async function withTestData(raw: JsonObject, api: 'v1' | 'v3'): Promise<WebhookContent> {
  const fields = await inSlices(fixtureSteps(raw));
  const ids = TEST_IDS[api];
  const named = withIds(fields, ids);
  return api === 'v1'
    ? { api, fields: named }
    : { api, body: JSON.stringify(named), userId: ids.userId, jobId: ids.jobId };
}

/** Other IDs where a body has some: AML of v3 has none. */
function withIds(fields: JsonObject, { userId, jobId }: WebhookIds): JsonObject {
  const replaced = Object.entries(fields).map(([name, value]): [string, unknown] => {
    if (name === 'job_id') return [name, jobId];
    if (name === 'user_id') return [name, userId];
    const isPartners = name === 'PartnerParams' || name === 'partner_params';
    return [name, isPartners && isObject(value) ? withIds(value, { userId, jobId }) : value];
  });
  return Object.fromEntries(replaced);
}

/** What a webhook says, as its code or status, for lists. Null if it is none that is known: a user may have written it. */
export function codeOfContent(content: WebhookContent): string | null {
  if (content.api === 'v1') {
    const { ResultCode: code } = content.fields;
    return typeof code === 'string' && /^\d{4}$/.test(code) ? code : null;
  }
  const status = objectIn(content.body)?.status;
  return Object.values(STATUSES).find((known) => known === status) ?? null;
}

// In which order, how often and with which flaw

/** What a handler should do with it. Which age of a signature it accepts is its own decision. */
export type Expected = 'accepted' | 'refused' | 'either';

/** One webhook of a sequence. */
export interface Step {
  readonly content: WebhookContent;
  /** Milliseconds before it is sent, after the response to the one before it. */
  readonly wait: number;
  readonly flaw: Flaw | null;
  /** Whether the bytes of the step before are sent again, with their signature. */
  readonly isRepeat: boolean;
  readonly expected: Expected;
}

/** Milliseconds between the callbacks of a job, and before one that is late. */
const PAUSE = 1000;
const LATE = 60_000;

const step = (content: WebhookContent, more: Partial<Step> = {}): Step => ({
  content,
  wait: 0,
  flaw: null,
  isRepeat: false,
  expected: 'accepted',
  ...more,
});

/** The last has to wait; the first is sent at once. */
const inTurn = (contents: readonly WebhookContent[], lastWait = PAUSE): readonly Step[] =>
  contents.map((content, at) => {
    const isLast = at === contents.length - 1;
    return step(content, { wait: at === 0 ? 0 : isLast ? lastWait : PAUSE });
  });

/** Null where a sequence makes no sense for a job. */
const SEQUENCES = {
  'in order': (contents) => inTurn(contents),
  'out of order': (contents) => (contents.length > 1 ? inTurn(contents.toReversed()) : null),
  twice: (contents) =>
    inTurn(contents).flatMap((first) => [first, { ...first, wait: PAUSE, isRepeat: true }]),
  late: (contents) => (contents.length > 1 ? inTurn(contents, LATE) : null),
  'provisional first': (contents) => preceded(contents, provisionalOf),
  'processing first': (contents) => preceded(contents, interimOf),
  'wrong signature': (contents) => flawed(contents, 'wrong signature', 'refused'),
  'no signature': (contents) => flawed(contents, 'no signature', 'refused'),
  stale: (contents) => flawed(contents, 'stale', 'either'),
} satisfies Readonly<
  Record<string, (contents: readonly WebhookContent[]) => readonly Step[] | null>
>;

export type SequenceName = keyof typeof SEQUENCES;

/** The sequences in which the webhooks of a job can be sent, by name. */
export function sequencesOf(
  contents: readonly WebhookContent[],
): ReadonlyMap<SequenceName, readonly Step[]> {
  const found = new Map<SequenceName, readonly Step[]>();
  for (const name of Object.keys(SEQUENCES).filter(isSequence)) {
    const steps = SEQUENCES[name](contents);
    if (steps !== null && steps.length > 0) found.set(name, steps);
  }
  return found;
}

const isSequence = (name: string): name is SequenceName => Object.hasOwn(SEQUENCES, name);

function flawed(
  contents: readonly WebhookContent[],
  flaw: Flaw,
  expected: Expected,
): readonly Step[] {
  return contents.slice(-1).map((content) => step(content, { flaw, expected }));
}

/** The last content with another one before it, which is made from it; not if such a one is there already. */
function preceded(
  contents: readonly WebhookContent[],
  make: (content: WebhookContent) => WebhookContent | null,
): readonly Step[] | null {
  const last = contents.at(-1);
  const first = last === undefined ? null : make(last);
  if (last === undefined || first === null) return null;
  if (contents.some((content) => make(content) === null)) return null;
  return inTurn([...contents.slice(0, -1), first, last]);
}

/** The codes with which the machine passes a job on to a reviewer. */
const PROVISIONAL: Readonly<Partial<Record<ProductKey, string>>> = {
  biometric_kyc: '0814',
  smartselfie_authentication: '0822',
};

/** The callback before that of a reviewer; null for other products, and for a job that is provisional itself. */
function provisionalOf(content: WebhookContent): WebhookContent | null {
  if (content.api === 'v3') return null;
  const { product, verdict } = readFlatResult(content.fields);
  const code = product === null ? undefined : PROVISIONAL[product];
  if (code === undefined || verdict === 'provisional') return null;
  const text = servedText(code, product);
  const { SmileJobID, PartnerParams, Source } = content.fields;
  return {
    api: 'v1',
    fields: {
      ...(SmileJobID !== undefined && { SmileJobID }),
      ...(PartnerParams !== undefined && { PartnerParams }),
      ...(Source !== undefined && { Source }),
      ResultCode: code,
      ...(text !== null && { ResultText: text }),
      IsFinalResult: 'false',
      IsMachineResult: 'true',
    },
  };
}

/** A webhook of a sequence, signed when its turn comes. */
export interface SignedStep {
  readonly step: Step;
  readonly webhook: Webhook;
}

/** Signs the webhooks of a sequence one by one, each after its wait; the next wait begins when the caller comes back. */
export async function* signedInTurn(
  steps: readonly Step[],
  key: KeyOfPartner,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<SignedStep> {
  let before: Webhook | null = null;
  for (const each of steps) {
    if (each.wait > 0) await clock.sleep(each.wait, signal);
    if (signal.aborted) return;
    before =
      each.isRepeat && before !== null
        ? before
        : await signWebhook(each.content, key, clock.now(), each.flaw);
    yield { step: each, webhook: before };
  }
}
