import { explain, isUnauthorizedCode } from '../catalogue/catalogue';
import type { PastedError } from './outcome';
import { Fields, JsonObject } from './fields';

/** What an error response says; null for what it does not say. */
export interface ErrorResponse {
  readonly code: string | null;
  readonly text: string | null;
}

/** Fields of a response that is about a job, by their documented and their odd spellings. */
const JOB_FIELDS = [
  ...['job_complete', 'jobComplete', 'job_success', 'jobSuccess', 'result', 'Result'],
  ...['history', 'History', 'image_links', 'ImageLinks', 'ResultCode', 'PartnerParams'],
  ...['SmileJobID', 'smile_job_id', 'job_id', 'jobId'],
] as const;

/** Servers nest their texts at most this deep, as in `{"errors":[{"message":"…"}]}`. */
const DEEPEST = 3;

/**
 * Reads an error response. Smile ID sends `{"error","code"}` (official documentation, section on error codes);
 * gateways and proxies in front of it send `{"message"}`, or lists of errors.
 */
export function readError(raw: JsonObject): ErrorResponse {
  const fields = fieldsOf(raw);
  const errors = fields.unknown('error', 'Error', 'errors', 'Errors');
  const code = fields.unknown('code', 'Code') ?? codeIn(errors);
  const text =
    textIn(errors) ?? textIn(fields.unknown('message', 'Message')) ?? otherTextIn(fields);
  return { code: typeof code === 'number' ? String(code) : textOf(code), text };
}

/**
 * Whether a response with a status of success is an error: it has an error's text and no result, or the text or
 * code of an error and nothing of a job. Null counts as absent.
 */
export function isErrorResponse(raw: JsonObject): boolean {
  const fields = fieldsOf(raw);
  if (hasContent(fields.unknown('result', 'Result'))) return false;
  if (textIn(fields.unknown('error', 'Error', 'errors', 'Errors')) !== null) return true;
  const { code, text } = readError(raw);
  // The checklist for authorization must be shown, whatever else the response says.
  if (code !== null && isUnauthorizedCode(code)) return true;
  if (fields.has(...JOB_FIELDS)) return false;
  return text !== null || (code !== null && explain(code).some(({ kind }) => kind === 'error'));
}

/** Whether an error means, or may mean, that key, partner ID and environment do not belong together. */
export const isUnauthorized = ({
  code,
  httpStatus,
}: Pick<PastedError, 'code' | 'httpStatus'>): boolean =>
  code === null ? httpStatus === 401 : isUnauthorizedCode(code);

/** What gateways say: problem details (RFC 9457), OAuth, Apigee and others. */
function otherTextIn(fields: Fields): string | null {
  for (const name of ['detail', 'title', 'error_description', 'error_message', 'fault']) {
    const text = textIn(fields.unknown(name));
    if (text !== null) return text;
  }
  return null;
}

/** Oddities of an error response are not noted: its text is shown as it is. */
const fieldsOf = (raw: JsonObject): Fields => new Fields(raw, () => undefined);

function hasContent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined && value !== '';
  return Object.keys(value).length > 0;
}

function codeIn(errors: unknown): unknown {
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const parsed = JsonObject.safeParse(first);
  return parsed.success ? parsed.data.code : undefined;
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;

/** The first text in a value: itself, in a list, or under the names that errors give it. */
function textIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string' || depth > DEEPEST) return textOf(value);
  if (Array.isArray(value)) return textIn(value[0], depth + 1);
  const parsed = JsonObject.safeParse(value);
  if (!parsed.success) return null;
  const { message, faultstring, detail, title, error } = parsed.data;
  return textIn(message ?? faultstring ?? detail ?? title ?? error, depth + 1);
}
