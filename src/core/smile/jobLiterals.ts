import { checkJobIds, type JobIds } from './jobQuery';

/** An object or a call of a text that holds both IDs of a job, as quoted values. Offsets in UTF-16 units. */
export interface JobLiteral {
  readonly ids: JobIds;
  readonly start: number;
  readonly end: number;
}

/** Words that payloads of Smile ID, and code that deals with them, do not go without. */
const SMILE_WORD =
  /smile|partner_?params|result_?code|job_?status|job_?type|sid_server|job_complete/i;

/** More than anybody reads is not searched. */
const LONGEST = 1_000_000;
const DEEPEST = 200;

/** A named ID with a quoted value; any other quoted text, so that brackets in it do not count; a bracket. */
const TOKEN =
  /(?<![\w$])["']?(user_?id|job_?id)["']?\s*(?:=>|[:=])\s*("(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|[{([]|[})\]]/gi;
/** JavaScript, Ruby and Java take both by position. */
const POSITIONAL =
  /\bget_?job_?status\s*\(\s*("(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')\s*,\s*("(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')/gi;

interface Open {
  readonly start: number;
  userId: string | null;
  jobId: string | null;
}

/**
 * The jobs that a text names, each by the innermost object or call that holds both IDs. Empty for a text that
 * does not speak of Smile ID at all.
 */
export function jobLiterals(text: string): JobLiteral[] {
  if (text.length > LONGEST || !SMILE_WORD.test(text)) return [];
  const found: JobLiteral[] = [];
  const add = (userId: string, jobId: string, start: number, end: number): void => {
    if (checkJobIds({ userId, jobId }) === null) found.push({ ids: { userId, jobId }, start, end });
  };
  for (const match of text.matchAll(POSITIONAL)) {
    add(unquoted(match[1]), unquoted(match[2]), match.index, match.index + match[0].length);
  }
  const open: Open[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const [token, name, value] = match;
    const inner = open.at(-1);
    if (name !== undefined) {
      if (inner && /user/i.test(name)) inner.userId ??= unquoted(value);
      else if (inner) inner.jobId ??= unquoted(value);
    } else if (/^[{([]$/.test(token)) {
      if (open.length < DEEPEST) open.push({ start: match.index, userId: null, jobId: null });
    } else if (/^[})\]]$/.test(token)) {
      const closed = open.pop();
      if (closed?.userId != null && closed.jobId !== null) {
        add(closed.userId, closed.jobId, closed.start, match.index + 1);
      }
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function unquoted(quoted = ''): string {
  const text = quoted.slice(1, -1);
  if (!quoted.startsWith('"') || !text.includes('\\')) return text.replace(/\\(.)/g, '$1');
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : '';
  } catch {
    return ''; // escapes that JSON does not know: refused as an empty ID
  }
}
