import { checkJobIds, type JobIds } from '../smile/jobRequest';
import { isV3JobId } from '../smile/typeId';
import { argumentsOf, callAt, type Call } from '../text/calls';
import { CodeTree } from '../text/codeTree';
import { GIVES, namesBefore, valueAfter } from '../text/keys';
import { languageOf, PROSE } from '../text/languages';
import { tokensOf } from '../text/lexer';
import { mayConcernSmile } from '../text/mayConcernSmile';
import { wholeLiteralAt, shapeOf } from '../text/values';
import { V3_JOB_ID_FORM } from '../typeIdForm';

/**
 * An object or a call of a text that contains both IDs of a job, or a job ID of API v3, as quoted values. Offsets in
 * UTF-16 units.
 */
export interface JobLiteral {
  readonly ids: JobIds;
  readonly start: number;
  readonly end: number;
}

/** An ID in quotes that a name is given. */
export interface IdLiteral {
  readonly name: 'userId' | 'jobId';
  readonly id: string;
  /** The bracket around it; -1 outside of brackets. */
  readonly open: number;
}

/** In characters; longer texts are generated. */
export const LONGEST_WITH_JOBS = 200_000;
/** Blocks between an ID and the bracket around it. */
const DEEPEST = 40;

const ID_NAME = /^(?:user|job)_?id$/i;
/** JavaScript, Ruby and Java take both IDs by position. */
const BY_POSITION = /^get_?job_?status$/i;
/** The methods of the SDKs for API v3, and its addresses. */
const BY_V3_ID = /^(?:retrieve|wait_?until_?complete|replay)$/i;
const V3_ADDRESS = new RegExp(String.raw`/v3/(?:status|replay)/(${V3_JOB_ID_FORM})\b`, 'g');

/**
 * The jobs that a text names, each by the innermost object or call that contains its IDs. Empty for a text that
 * does not mention Smile ID, and for one that is longer than LONGEST_WITH_JOBS. The time is proportional to the
 * length of the text.
 * @param languageId VS Code's
 */
export const jobLiterals = (text: string, languageId = ''): JobLiteral[] =>
  text.length <= LONGEST_WITH_JOBS && mayConcernSmile(text)
    ? jobsOrPartsIn(text, languageId).filter(({ ids }) => checkJobIds(ids) === null)
    : [];

/** The same in any text, and what has a job ID but cannot be looked up, mostly for want of a user ID. */
export function jobsOrPartsIn(text: string, languageId = ''): JobLiteral[] {
  if (text.length > LONGEST_WITH_JOBS) return [];
  const code = codeOf(text, languageId);
  const found = callsWithJobs(code);
  for (const { 0: address, 1: jobId = '', index: start } of text.matchAll(V3_ADDRESS))
    found.push({ ids: { userId: null, jobId }, start, end: start + address.length });
  const groups = new Map<number, Partial<Record<IdLiteral['name'], string>>>();
  for (const { name, id, open } of idsIn(code)) {
    const group = groups.get(open) ?? {};
    group[name] ??= id;
    groups.set(open, group);
  }
  for (const [open, { userId = null, jobId }] of groups) {
    const close = code.tokens.partnerOf(open);
    if (jobId === undefined || close < 0) continue;
    found.push({
      ids: { userId: isV3JobId(jobId) ? null : userId, jobId },
      ...code.rangeOf({ first: open, last: close }),
    });
  }
  return found.sort((a, b) => a.start - b.start);
}

export function codeOf(text: string, languageId: string): CodeTree {
  const language = languageOf(languageId) ?? PROSE;
  return new CodeTree(tokensOf(text, language), language);
}

/** The IDs that are written out: no types, variables and texts that are put together. In the order of the text. */
export function idsIn(code: CodeTree): IdLiteral[] {
  const found: IdLiteral[] = [];
  for (let sign = 0; sign < code.length; sign += 1) {
    if (!GIVES.has(code.textOf(sign)) || code.tokens.kindAt(sign) !== 'punctuation') continue;
    const id = stringAt(code, valueAfter(code, sign));
    if (id === null) continue;
    const name = namesBefore(code, sign).at(-1) ?? '';
    if (ID_NAME.test(name))
      found.push({
        name: /^job/i.test(name) ? 'jobId' : 'userId',
        id,
        open: bracketOf(code, sign),
      });
  }
  return found;
}

/** What a string stands for that is all of a value. */
function stringAt(code: CodeTree, first: number): string | null {
  if (code.tokens.kindAt(first) !== 'quote') return null;
  const literal = wholeLiteralAt(code, first);
  const isType = shapeOf(code, code.whole(first)) === 'type';
  return literal?.kind === 'string' && !isType ? literal.value : null;
}

function bracketOf(code: CodeTree, index: number): number {
  let opener = code.openerOf(index);
  for (let depth = 0; opener >= 0 && depth < DEEPEST; depth += 1) {
    if (code.tokens.kindAt(opener) === 'open') return opener;
    opener = code.openerOf(opener);
  }
  return -1;
}

/** Calls that take the IDs by position. */
export function callsWithJobs(code: CodeTree): JobLiteral[] {
  const found: JobLiteral[] = [];
  for (let index = 0; index < code.length; index += 1) {
    if (code.tokens.kindAt(index) !== 'word') continue;
    const name = code.textOf(index);
    const isOfV3 = BY_V3_ID.test(name);
    const call = isOfV3 || BY_POSITION.test(name) ? callAt(code, index) : null;
    const job = call === null ? null : jobOfCall(code, call, isOfV3);
    if (job !== null) found.push(job);
  }
  return found;
}

function jobOfCall(code: CodeTree, call: Call, isOfV3: boolean): JobLiteral | null {
  const given = argumentsOf(code, call).slice(0, isOfV3 ? 1 : 2);
  const [one, other] = given.map(({ name, range }) =>
    name === null ? stringAt(code, range.first) : null,
  );
  const last = given.at(-1)?.range.last ?? -1;
  const range = { start: code.tokens.startOf(call.at), end: code.tokens.endOf(last) };
  if (one == null) return null;
  if (isOfV3) return isV3JobId(one) ? { ids: { userId: null, jobId: one }, ...range } : null;
  return other == null
    ? null
    : { ids: { userId: isV3JobId(other) ? null : one, jobId: other }, ...range };
}
