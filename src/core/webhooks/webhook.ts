import { scanBody } from '../smile/bodyScan';
import type { JsonObject } from '../smile/fields';
import { READING_LIMITS } from '../smile/readingLimits';
import { v3PartnerId } from '../smile/environment';
import type { KeyOfPartner } from '../smile/readResponse';
import { sign, type SignedTime } from '../smile/signature';

/** What goes over the wire: one POST. */
export interface Webhook {
  /** Bytes as they came, or a text that is sent in UTF-8. */
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a webhook says, before it is signed. A v1 callback has its signature inside the body, a v3 webhook in headers. */
export type WebhookContent =
  | { readonly api: 'v1'; readonly fields: JsonObject }
  | {
      readonly api: 'v3';
      readonly body: string;
      readonly jobId: string | null;
      readonly userId: string | null;
    };

/** IDs of a job that a test webhook names. */
export interface WebhookIds {
  readonly userId: string;
  readonly jobId: string;
}

/** IDs of no job: what a test webhook has unless the user chose others. */
export const TEST_IDS: Readonly<Record<'v1' | 'v3', WebhookIds>> = {
  v1: { userId: 'user-1', jobId: 'job-1' },
  v3: {
    userId: 'user_01kdyak348fwp8zzb5qx1tzyp5',
    jobId: 'job_01kdyak348fs7rynvxfsrzwh5e',
  },
};

/** On purpose wrong, to see whether a handler refuses it. `stale`: signed right, but a day ago. */
export type Flaw = 'wrong signature' | 'no signature' | 'stale';

/** No source says how old a signature may be; handlers in public code allow minutes. */
const STALE_BY = 24 * 60 * 60_000;

/** The highest version of the API that its changelog knows (smileidentity/api-reference). */
export const API_VERSION = 'v3.952.0';

/**
 * Signs a webhook as Smile ID does: the time and the partner ID are covered, the body is not. For v3 the partner ID is
 * taken without leading zeros; whether Smile ID does the same is not documented.
 */
export async function signWebhook(
  content: WebhookContent,
  { apiKey, partnerId }: KeyOfPartner,
  now: Date,
  flaw: Flaw | null = null,
): Promise<Webhook> {
  const time = flaw === 'stale' ? new Date(now.getTime() - STALE_BY) : now;
  const signed = await sign(
    flaw === 'wrong signature' ? crypto.randomUUID() : apiKey,
    content.api === 'v1' ? partnerId : v3PartnerId(partnerId),
    time.toISOString(),
  );
  return content.api === 'v1'
    ? v1Callback(content.fields, signed, flaw)
    : v3Webhook(content, signed, flaw);
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** The fields keep their positions where the body has them already. */
function v1Callback(
  fields: JsonObject,
  { timestamp, signature }: SignedTime,
  flaw: Flaw | null,
): Webhook {
  const body: Record<string, unknown> = { ...fields, timestamp, signature };
  if (flaw === 'no signature') delete body.signature;
  return { body: JSON.stringify(body), headers: JSON_TYPE };
}

function v3Webhook(
  { body, jobId, userId }: Extract<WebhookContent, { api: 'v3' }>,
  { timestamp, signature }: SignedTime,
  flaw: Flaw | null,
): Webhook {
  return {
    body,
    headers: {
      'Response-Timestamp': timestamp,
      ...(flaw !== 'no signature' && { 'Response-Signature': signature }),
      ...(jobId !== null && { 'Job-ID': inHeader(jobId) }),
      ...(userId !== null && { 'User-ID': inHeader(userId) }),
      'Api-Version': API_VERSION,
      ...JSON_TYPE,
    },
  };
}

/** An ID as a header can have it: an integrator may choose any text, even half a pair of surrogates. */
export const inHeader = (id: string): string =>
  /^[\x20-\x7e]*$/.test(id) ? id : encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '?'));

/** What stays the same while a job is in progress. */
const OF_JOB = ['product', 'created_at', 'partner_params', 'job_id', 'user_id'] as const;

/**
 * The webhook that may come first while a job is reviewed (official documentation, at second hand). Nothing but its status
 * is known, so it has what belongs to the job and no more; null if the job is in progress anyway.
 */
export function interimOf(content: WebhookContent): WebhookContent | null {
  const fields = content.api === 'v3' ? objectIn(content.body) : null;
  if (content.api === 'v1' || fields === null || fields.status === 'processing') return null;
  const kept = OF_JOB.filter((name) => Object.hasOwn(fields, name));
  const interim = Object.fromEntries(kept.map((name) => [name, fields[name]]));
  return { ...content, body: JSON.stringify({ status: 'processing', ...interim }) };
}

/** The JSON object that a body is; null also if it is nested deeper than can be written again. */
export function objectIn(text: string): JsonObject | null {
  const scan = scanBody(new TextEncoder().encode(text), READING_LIMITS.values);
  if (scan === null || scan.levels > READING_LIMITS.levels) return null;
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isJsonObject(value) ? value : null;
  } catch {
    return null; // no JSON
  }
}

/** Not the one of fields.ts, with which the simulator would load zod. */
const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
