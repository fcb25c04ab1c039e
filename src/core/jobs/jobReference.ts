import { withoutMarks } from '../harmlessText';
import * as l10n from '../l10n';
import { isObject } from '../smile/fields';
import { checkId, type JobIds, type JobStatusOptions } from '../smile/jobRequest';
import { piecesOf } from '../smile/pastedPieces';
import { QuotedText, unescaped, type Quoted } from '../smile/quotedText';
import { READING_LIMITS } from '../smile/readingLimits';
import { isV3JobId } from '../smile/typeId';
import type { CodeTree } from '../text/codeTree';
import { V3_JOB_ID_FORM } from '../typeIdForm';
import { callsWithJobs, codeOf, idsIn } from './jobLiterals';

/** A job in a text, with the options that the text sets. */
export type JobReference = JobIds & Partial<JobStatusOptions>;

/** A longer text is not searched: it is not selected on purpose. */
const LONGEST = 200_000;

/** Of a value in quotes that are escaped themselves. */
const LONGEST_ESCAPED = 1000;
/** It ends before a punctuation mark, and before the name of the next field. */
const BARE = new RegExp(
  [
    String.raw`(?:[ \t]+(?!\w+=))?(?!=)((?:[^\s"'\`,;&)\]}\\|<>:/]|[:/](?!\w+=))*`,
    String.raw`[^\s"'\`,;&)\]}\\|<>:/.!?])(&\w)?`,
  ].join(''),
  'y',
);
/** The start of an object, a call, a list, or of a variable. */
const EXPRESSION = /[{[(]|^[$@]|\?\./;
/** What follows a text in quotes that is put together with something. */
const JOIN = /[ \t]*(?:[+%*]|\?\?|\|\|)|[ \t]+\.\s|\.\w+\(/y;
const BEFORE_QUOTE = /\s*(?=\\?["'`])/y;

/** A name, which is not the end of a longer one, and the sign after it. */
const named = (name: string): RegExp =>
  new RegExp(
    [
      String.raw`(?:(?<query>[?&])|(?<!\w-?))(?<name>${name})`,
      String.raw`\\?["'\`]?\]?\s*(?:=>|:=|={1,3}|:|\bis\b)`,
    ].join(''),
    'gi',
  );

const NAME = /(?:user|job)_?id/i;
const IDS = named('user_?id|job_?id');

/** The option is named differently by the docs, by each SDK and in the request itself. */
const IMAGE_LINKS = named('(?:is)?(?:return_?)?image(?:_?link)?s');
const HISTORY = named('(?:is)?(?:return_?)?history');

/** The fields with a name, and the value of each; empty for one that is none, or is put together. */
function* valuesIn(text: string, names: RegExp): Generator<{ name: string; value: string }> {
  const quoted = new QuotedText(text);
  const from = new RegExp(names);
  for (let match = from.exec(text); match !== null; match = from.exec(text)) {
    const { query, name = '' } = match.groups ?? {};
    BEFORE_QUOTE.lastIndex = from.lastIndex;
    const isQuoted = BEFORE_QUOTE.test(text);
    const start = BEFORE_QUOTE.lastIndex;
    if (isQuoted && text.charAt(start) === '\\') {
      // without the escapes of the string around it
      const plain = text.slice(start, start + LONGEST_ESCAPED).replace(/\\([\\"])/g, '$1');
      yield { name, value: unescapedIn(new QuotedText(plain).at(0)) };
    } else if (isQuoted) {
      const found = quoted.at(start);
      if (!found.isCut) from.lastIndex = found.end;
      JOIN.lastIndex = found.end;
      yield { name, value: JOIN.test(text) ? '' : unescapedIn(found) };
    } else {
      BARE.lastIndex = from.lastIndex;
      const [all = '', bare = '', next] = BARE.exec(text) ?? [];
      if (bare !== '') from.lastIndex += all.length - (next?.length ?? 0);
      const isPart = query !== undefined || next !== undefined;
      yield { name, value: EXPRESSION.test(bare) ? '' : isPart ? decoded(bare) : bare };
    }
  }
}

const unescapedIn = ({ inner, isCut }: Quoted): string => (isCut ? '' : unescaped(inner));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function flag(pattern: RegExp, text: string): boolean | null {
  const [first] = valuesIn(text, pattern);
  const value = first?.value.toLowerCase();
  return value === 'true' ? true : value === 'false' ? false : null;
}

interface Field {
  readonly name: 'userId' | 'jobId';
  /** Null if the value cannot be an ID. */
  readonly id: string | null;
}

/** What stands for a value that is not there, or not yet. */
const NO_VALUE = /^(?:null|undefined|none|nil|true|false|process\.env.*)$|\$\{/i;
/** Types of languages and databases. */
const TYPE = /^(?:string|str|number|int|integer|any|unknown|uuid|varchar|text)$/i;
/** What is read from something else: `user.id`. */
const MEMBER = /^\w+(?:\.\w+)*\.(?:id|ID|\w+_id|\w+I[dD])$/;

function fieldOf(name: string, value: unknown): Field {
  const ofJob = /job/i.test(name);
  const id = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const isId =
    !NO_VALUE.test(id) &&
    !TYPE.test(id) &&
    !MEMBER.test(id) &&
    checkId(ofJob ? 'job ID' : 'user ID', id) === null &&
    withoutMarks(id) === id;
  return { name: ofJob ? 'jobId' : 'userId', id: isId ? id : null };
}

const fieldsIn = (text: string): Field[] =>
  [...valuesIn(text, IDS)].map(({ name, value }) => fieldOf(name, value));

const fieldsOf = (object: Readonly<Record<string, unknown>>): Field[] =>
  Object.entries(object).flatMap(([name, value]) =>
    /^(?:user|job)_?id$/i.test(name) ? [fieldOf(name, value)] : [],
  );

type Ids = Partial<Record<Field['name'], Field['id']>>;

function jobOf({ userId, jobId }: Ids): JobIds | null {
  if (jobId == null) return null;
  if (isV3JobId(jobId)) return { userId: null, jobId };
  return userId == null ? null : { userId, jobId };
}

/**
 * The first job of fields that belong together: of one object, line or text. Null if it is not clear which user has which
 * job: each job must have its own fields, or there is only one.
 */
function jobOfFields(fields: readonly Field[]): JobIds | null {
  const known = fields.filter(({ id }) => id !== null);
  const once = new Map(known.map((field) => [`${field.name} ${field.id}`, field])).values();
  for (const list of [fields, once]) {
    const records: Ids[] = [];
    for (const { name, id } of list) {
      const last = records.at(-1);
      if (last && !(name in last)) last[name] = id;
      else records.push({ [name]: id });
    }
    const jobs = records.map(jobOf);
    if (!jobs.includes(null)) return jobs[0] ?? null;
  }
  return null;
}

/** The first job in an object or list, the outermost of each; in its texts, too. */
function jobInValue(root: object, level: number): JobIds | null {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    const job =
      typeof value === 'string'
        ? level < READING_LIMITS.strings
          ? jobIn(value, level + 1)
          : null
        : isObject(value)
          ? jobOfFields(fieldsOf(value))
          : null;
    if (job) return job;
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value).reverse()) open.push(inner);
    }
  }
  return null;
}

/** The first job of which both IDs are in one object or on one line; or the only one. */
function jobIn(text: string, level = 0): JobIds | null {
  if (!NAME.test(text)) return null;
  const found: { readonly job: JobIds; readonly start: number }[] = [];
  /** What no job was found in, with the same offsets. */
  let rest = '';
  for (const { value, start, end } of piecesOf(text)) {
    const job = jobInValue(value, level);
    if (!job) continue;
    found.push({ job, start });
    rest += text.slice(rest.length, start) + '{'.repeat(end - start);
  }
  rest += text.slice(rest.length);
  let start = 0;
  for (const line of rest.split('\n')) {
    const job = jobOfFields(fieldsIn(line));
    if (job) found.push({ job, start });
    start += line.length + 1;
  }
  const [first] = found.sort((one, other) => one.start - other.start);
  return first?.job ?? jobOfFields(fieldsIn(rest));
}

/** The first job that a call has by position. */
function calledJob(code: CodeTree): JobIds | null {
  const ids = callsWithJobs(code).at(0)?.ids;
  if (ids === undefined) return null;
  const { userId, jobId } = ids;
  return jobOfFields([
    ...(userId === null ? [] : [fieldOf('user_id', userId)]),
    fieldOf('job_id', jobId),
  ]);
}

/** The first job of which both IDs are in quotes in one object or call; or the only one. */
function jobInCode(code: CodeTree): JobIds | null {
  const groups = new Map<number, Field[]>();
  const fields: Field[] = [];
  for (const { name, id, open } of idsIn(code)) {
    const field = fieldOf(name, id);
    fields.push(field);
    const group = groups.get(open);
    if (group) group.push(field);
    else groups.set(open, [field]);
  }
  for (const group of groups.values()) {
    const job = jobOfFields(group);
    if (job) return job;
  }
  return jobOfFields(fields);
}

const V3_JOB_ID = new RegExp(String.raw`(?<![\w-])${V3_JOB_ID_FORM}(?![\w-])`, 'g');

/** The only job ID of API v3 in a text that names none: nothing else has its form. */
function unnamedJob(text: string): JobIds | null {
  const [jobId, ...others] = new Set(text.match(V3_JOB_ID));
  if (jobId === undefined || others.length > 0) return null;
  return fieldsIn(text).some(({ name }) => name === 'jobId') ? null : { userId: null, jobId };
}

/**
 * The job in JSON, an SDK call or a log line; null unless the text contains both IDs, or a job ID of API v3. Of several jobs,
 * it is the first. In code, where words without quotes are variables and types, IDs must be written in quotes.
 * @param languageId VS Code's; none for what is pasted
 */
export function findJobReference(text: string, languageId = ''): JobReference | null {
  if (text.length > LONGEST) return null;
  const code = codeOf(text, languageId);
  const isCode = code.language.features.includes('handlers');
  const job = calledJob(code) ?? (isCode ? jobInCode(code) : jobIn(text)) ?? unnamedJob(text);
  if (job?.userId == null) return job;
  const history = flag(HISTORY, text);
  const imageLinks = flag(IMAGE_LINKS, text);
  return {
    ...job,
    ...(history === null ? {} : { history }),
    ...(imageLinks === null ? {} : { imageLinks }),
  };
}

/** The job ID that a text names; a lookup by API v1 needs a user ID, too. */
export function findJobId(text: string): string | null {
  if (text.length > LONGEST) return null;
  return fieldsIn(text).find(({ name, id }) => name === 'jobId' && id !== null)?.id ?? null;
}

const JSON_START = /^[{[]\s*(?:$|["'{[}\]:]|[\w$]+\s*:)/;
const URL_START = /^["'`<]?[a-z][a-z\d+.-]*:\/\//i;
const CURL = /^(?:\$\s*)?curl(?:\.exe)?\s/i;
const API_KEY = /api[ _-]?key["'\]]{0,2}\s*(?:=>|[:=])/i;

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
  if (API_KEY.test(text)) {
    return ofJob
      ? l10n.t('This is an API key, not a job ID.')
      : l10n.t('This is an API key, not a user ID.');
  }
  const names = text.length > LONGEST ? [] : fieldsIn(text).map(({ name }) => name);
  if (names.includes(ofJob ? 'jobId' : 'userId')) {
    return ofJob
      ? l10n.t('Enter the job ID without its name.')
      : l10n.t('Enter the user ID without its name.');
  }
  if (names.length > 0) {
    return ofJob
      ? l10n.t('This has a user ID, but no job ID.')
      : l10n.t('This has a job ID, but no user ID.');
  }
  return checkId(label, text);
}
