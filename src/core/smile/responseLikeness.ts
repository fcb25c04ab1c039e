import { explain } from '../catalogue/catalogue';
import { isObject, type JsonObject } from './fields';
import { TYPE_ID_FORM } from '../typeIdForm';
import { documentOf } from './readResponse';
import { isV3JobId } from './typeId';

/** Whether an object is a response of Smile ID, by its own keys; `perhaps` if other services have such keys, too. */
export type Likeness = 'response' | 'perhaps' | 'none';

/** One of these is in every response of v1 and v2, apart from errors. */
const NAMES =
  /result_?code|result_?text|smile_?job_?id|job_?complete|job_?success|partner_?params|image_?links/i;
/** Of a status, a webhook, a synchronous result and an error of v3; of an error of v1. */
const STATUS = /\bstatus\b/;
const BESIDE_STATUS = /\b(?:job_id|reason|product|message)\b/;
const CODE_OF_ERROR = /\bcode\b[^\w]{1,20}2[2-4]\d\d\b/i;

/** Whether a text may contain a response of Smile ID: a few searches, before anything is read. */
export const mayBeResponse = (text: string): boolean =>
  NAMES.test(text) || (STATUS.test(text) && BESIDE_STATUS.test(text)) || CODE_OF_ERROR.test(text);

const RESULT_CODE = /^\d{3,4}$/;
/** The words for what a job of v3 came to. */
const STATUSES: ReadonlySet<string> = new Set([
  ...['clear', 'attention', 'block', 'error', 'processing'],
]);

const USER_ID = new RegExp(`^user_${TYPE_ID_FORM}$`);
const PRODUCT = /(?:kyc|selfie|aml|document|address)_|_(?:kyc|aml)$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isFlag = (value: unknown): boolean =>
  typeof value === 'boolean' || value === 'true' || value === 'false';
/** A code as text, or as a number whose leading zero is lost. */
const isCode = (value: unknown): boolean =>
  (typeof value === 'string' || typeof value === 'number') && RESULT_CODE.test(String(value));

export function likenessOf(object: JsonObject): Likeness {
  const own = (name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);
  if (isV1(own) || isV3(own) || documentOf(object) === 'error') return 'response';
  return mayBeSmall(own) ? 'perhaps' : 'none';
}

type Own = (name: string) => unknown;

function isV1(own: Own): boolean {
  // M-Pesa has a ResultCode beside a ResultDesc, and four digits for some.
  const isOther = own('ResultDesc') !== undefined;
  return (
    (isCode(own('ResultCode')) && !isOther) ||
    isText(own('ResultText')) ||
    isText(own('SmileJobID')) ||
    typeof own('SmileJobID') === 'number' ||
    isFlag(own('job_complete')) ||
    isFlag(own('job_success')) ||
    hasKey(own('PartnerParams'), ['job_id', 'user_id', 'job_type']) ||
    hasText(own('image_links')) ||
    (isText(own('upload_url')) && isText(own('smile_job_id'))) ||
    (isCode(own('code')) && isObject(own('partner_params')))
  );
}

function isV3(own: Own): boolean {
  const status = own('status');
  if (!isText(status)) return false;
  const jobId = own('job_id');
  if (isText(jobId) && isV3JobId(jobId) && isText(own('message'))) return true;
  if (status === 'accepted' && USER_ID.test(String(own('user_id')))) return true;
  const reason = own('reason');
  const product = own('product');
  if (!STATUSES.has(status) || !isText(product)) return false;
  return reason === null || isText(reason) || PRODUCT.test(product);
}

/** Results of v2 and names that integrators give: few keys, which others have, too. */
function mayBeSmall(own: Own): boolean {
  const code = own('code') ?? own('result_code') ?? own('resultCode');
  return (
    (isText(own('status')) && isText(own('message'))) || // an acceptance of v3 without its IDs
    (isCode(code) && explain(String(code)).length > 0) ||
    isText(own('smile_job_id')) ||
    (isText(own('error')) && own('code') !== undefined)
  );
}

function hasKey(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.some((name) => isScalar(value[name]));
}

const isScalar = (value: unknown): boolean => isText(value) || typeof value === 'number';

function hasText(value: unknown): boolean {
  return isObject(value) && Object.values(value).some(isText);
}
