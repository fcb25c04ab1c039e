import type { JsonObject } from '../smile/fields';
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
