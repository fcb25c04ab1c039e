import { mayConcernSmile } from '../text/mayConcernSmile';
import { V3_JOB_ID_FORM } from '../typeIdForm';
import { checkJobIds, type JobIds } from '../smile/jobRequest';
import { isV3JobId } from '../smile/typeId';

/**
 * An object or a call of a text that contains both IDs of a job, or a job ID of API v3, as quoted values. Offsets in
 * UTF-16 units.
 */
export interface JobLiteral {
  readonly ids: JobIds;
  readonly start: number;
  readonly end: number;
}

/** In characters; longer texts are generated. */
export const LONGEST_WITH_JOBS = 200_000;
const DEEPEST = 200;

const DOUBLE = String.raw`"(?:[^"\\\r\n]|\\[^\r\n])*"`;
const SINGLE = String.raw`'(?:[^'\\\r\n]|\\[^\r\n])*'`;
const TEMPLATE = '`[^`$\\\\\\r\\n]*`';
export const QUOTED = `(${DOUBLE}|${SINGLE}|${TEMPLATE})`;
/**
 * A named ID with a quoted value; any other text in double quotes, so that brackets in it do not count; a single
 * quote, which may be an apostrophe; a bracket. Unclosed double quotes reach to the end of their line, so that
 * no search starts twice.
 */
const TOKEN = new RegExp(
  String.raw`(?<![\w$])["']?(user_?id|job_?id)["']?\s*(?:=>|[:=])\s*${QUOTED}|${DOUBLE}?|'|[{([]|[})\]]`,
  'gi',
);
const TEXT_IN_SINGLE_QUOTES = new RegExp(SINGLE, 'y');
/** JavaScript, Ruby and Java take both by position. */
export const POSITIONAL = new RegExp(
  String.raw`\bget_?job_?status\s*\(\s*${QUOTED}\s*,\s*${QUOTED}`,
  'gi',
);

/** The methods of the SDKs for API v3, and its addresses. */
const V3_CALL = new RegExp(
  String.raw`\b(?:retrieve|wait_?until_?complete|replay)\s*\(\s*${QUOTED}`,
  'gi',
);
const V3_ADDRESS = new RegExp(String.raw`/v3/(?:status|replay)/(${V3_JOB_ID_FORM})\b`, 'g');

interface Open {
  readonly start: number;
  userId: string | null;
  jobId: string | null;
}

/**
 * The jobs that a text names, each by the innermost object or call that contains its IDs. Empty for a text that
 * does not mention Smile ID, and for one that is longer than LONGEST_WITH_JOBS. The time is proportional to the
 * length of the text.
 */
export const jobLiterals = (text: string): JobLiteral[] =>
  text.length <= LONGEST_WITH_JOBS && mayConcernSmile(text)
    ? jobsOrPartsIn(text).filter(({ ids }) => checkJobIds(ids) === null)
    : [];

/** The same in any text, and what has a job ID but cannot be looked up, mostly for want of a user ID. */
export function jobsOrPartsIn(text: string): JobLiteral[] {
  if (text.length > LONGEST_WITH_JOBS) return [];
  const found: JobLiteral[] = [];
  const add = (user: string | null, jobId: string, start: number, end: number): void => {
    found.push({ ids: { userId: isV3JobId(jobId) ? null : user, jobId }, start, end });
  };
  for (const match of text.matchAll(V3_CALL)) {
    const jobId = unquoted(match[1]);
    if (isV3JobId(jobId)) add(null, jobId, match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(V3_ADDRESS)) {
    add(null, match[1] ?? '', match.index, match.index + match[0].length);
  }
  for (const match of text.matchAll(POSITIONAL)) {
    add(unquoted(match[1]), unquoted(match[2]), match.index, match.index + match[0].length);
  }
  const open: Open[] = [];
  /** Up to here no single quote is closed on its line. */
  let unclosedTo = 0;
  const token = new RegExp(TOKEN);
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [sign, name, value] = match;
    const { index } = match;
    const inner = open.at(-1);
    if (name !== undefined) {
      if (inner && /user/i.test(name)) inner.userId ??= unquoted(value);
      else if (inner) inner.jobId ??= unquoted(value);
    } else if (sign === "'" && index >= unclosedTo) {
      TEXT_IN_SINGLE_QUOTES.lastIndex = index;
      if (TEXT_IN_SINGLE_QUOTES.test(text)) token.lastIndex = TEXT_IN_SINGLE_QUOTES.lastIndex;
      else unclosedTo = endOfLine(text, index);
    } else if (/^[{([]$/.test(sign)) {
      if (open.length < DEEPEST) open.push({ start: index, userId: null, jobId: null });
    } else if (/^[})\]]$/.test(sign)) {
      const closed = open.pop();
      if (closed?.jobId != null) add(closed.userId, closed.jobId, closed.start, index + 1);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function endOfLine(text: string, from: number): number {
  const length = text.slice(from).search(/[\r\n]/);
  return length < 0 ? text.length : from + length;
}

/** What a text in quotes means; empty if it is none in JSON. */
export function unquoted(quoted = ''): string {
  const text = quoted.slice(1, -1);
  if (!quoted.startsWith('"') || !text.includes('\\')) return text.replace(/\\(.)/g, '$1');
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : '';
  } catch {
    return ''; // escapes that JSON does not have: refused as an empty ID
  }
}
