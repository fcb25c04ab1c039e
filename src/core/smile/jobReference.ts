import * as l10n from '../l10n';
import { V3_JOB_ID_FORM } from '../typeIdForm';
import { checkId, type JobIds, type JobStatusOptions } from './jobRequest';
import { isV3JobId } from './typeId';

/** A job in a text, with the options that the text sets. */
export type JobReference = JobIds & Partial<JobStatusOptions>;

/** A longer text is not searched: it is not selected on purpose. */
const LONGEST = 200_000;

const VALUE = String.raw`(?:\\?"((?:[^"\\\r\n]|\\[^"\r\n])*)\\?"|'([^'\r\n]*)'|([^\s"'\`,;&)\]}\\|]+))`;
const named = (name: string): RegExp =>
  new RegExp(String.raw`(?:^|[^A-Za-z])${name}\\?["']?\]?\s*(?:=>|[:=]|\bis\b)\s*${VALUE}`, 'i');

const USER_ID = named('user_?id');
const JOB_ID = named('(?:(?<!smile_?)job_?id)');

/** JS and Java take user ID and job ID by position (smile-identity-core-js, -java: Utilities). */
const POSITIONAL = /\bget_?job_?status\s*\(\s*(["'`])([^"'`\r\n]+)\1\s*,\s*(["'`])([^"'`\r\n]+)\3/i;

/** The option is named differently by the docs, by each SDK and in the request itself. */
const IMAGE_LINKS = named('(?:is)?(?:return_?)?image(?:_?link)?s');
const HISTORY = named('(?:is)?(?:return_?)?history');

function first(pattern: RegExp, text: string): string | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const value = match[1] ?? match[2] ?? match[3] ?? '';
  return value === '' || /^(null|undefined|None|nil|process\.env.*)$/.test(value) ? null : value;
}

function flag(pattern: RegExp, text: string): boolean | null {
  const value = first(pattern, text)?.toLowerCase();
  return value === 'true' ? true : value === 'false' ? false : null;
}

/** A job ID of API v3 is found anywhere: nothing else has its form. */
const V3_JOB_ID = new RegExp(String.raw`(?<![\w-])${V3_JOB_ID_FORM}(?![\w-])`);

/**
 * The job in JSON, an SDK call or a log line; null unless the text contains both IDs, or a job ID of API v3. Of several jobs,
 * it is the first.
 */
export function findJobReference(text: string): JobReference | null {
  if (text.length > LONGEST) return null;
  const call = POSITIONAL.exec(text);
  const userId = call?.[2] ?? first(USER_ID, text);
  const jobId = call?.[4] ?? first(JOB_ID, text);
  const v3JobId = jobId == null || isV3JobId(jobId) ? V3_JOB_ID.exec(text)?.[0] : undefined;
  if (v3JobId !== undefined) return { userId: null, jobId: v3JobId };
  if (userId == null || jobId == null) return null;
  const history = flag(HISTORY, text);
  const imageLinks = flag(IMAGE_LINKS, text);
  return {
    userId,
    jobId,
    ...(history === null ? {} : { history }),
    ...(imageLinks === null ? {} : { imageLinks }),
  };
}

/** The job ID that a text names; a lookup by API v1 needs a user ID, too. */
export const findJobId = (text: string): string | null =>
  text.length > LONGEST ? null : first(JOB_ID, text);

const JSON_START = /^[{[]\s*(?:$|["'{[}\]:]|[\w$]+\s*:)/;
const URL_START = /^[a-z][a-z\d+.-]*:\/\//i;
const CURL = /^(?:\$\s*)?curl\s/i;

/**
 * What is wrong with an ID that a user typed or pasted. Partners choose the form of their IDs, so only what is clearly
 * something else is refused.
 */
export function checkTypedId(label: 'job ID' | 'user ID', text: string): string | null {
  const ofJob = label === 'job ID';
  if (JSON_START.test(text)) {
    return ofJob
      ? l10n.t('This is JSON without a job ID.')
      : l10n.t('This is JSON, not a user ID.');
  }
  if (CURL.test(text)) {
    return ofJob
      ? l10n.t('This is a command without a job ID.')
      : l10n.t('This is a command, not a user ID.');
  }
  if (URL_START.test(text)) {
    return ofJob ? l10n.t('This is a URL, not a job ID.') : l10n.t('This is a URL, not a user ID.');
  }
  if (ofJob && text.length <= LONGEST && first(USER_ID, text) !== null) {
    return l10n.t('This has a user ID, but no job ID.');
  }
  return checkId(label, text);
}
