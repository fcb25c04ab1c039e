import { allActions, allActionValues } from '../actions';
import { allCodes, allProducts, jobTypeOf } from '../catalogue';
import { jobTypeConstants } from './jobTypeConstants';

/** What a word of Smile ID is. */
export type TermKind = 'code' | 'action' | 'actionValue' | 'jobType' | 'status' | 'reason';

/** A stretch of text that is used as a word of Smile ID. Offsets in UTF-16 units. */
export interface Term {
  readonly kind: TermKind;
  /** As the catalogue writes it; of a job type its number, also where a constant of an SDK is used. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Names of actions that others use for data of people, too. */
const COMMON_ACTIONS: ReadonlySet<string> = new Set(['DOB', 'Gender', 'Listed', 'Phone_Number']);
const ACTIONS: ReadonlySet<string> = new Set(allActions());
const VALUES: ReadonlySet<string> = new Set(allActionValues());
const V3 = allCodes().filter(({ api }) => api === 'v3');
const STATUSES: ReadonlySet<string> = new Set(
  V3.flatMap(({ kind, code }) => (kind === 'status' ? [code] : [])),
);
const REASONS: ReadonlySet<string> = new Set(
  V3.flatMap(({ kind, code }) => (kind === 'reason' ? [code] : [])),
);
const JOB_TYPES: ReadonlySet<string> = new Set(
  allProducts().flatMap((product) => {
    const jobType = jobTypeOf(product);
    return jobType === null ? [] : [String(jobType)];
  }),
);
export const isAction = (word: string): boolean => ACTIONS.has(word);
export const isCommonAction = (word: string): boolean => COMMON_ACTIONS.has(word);
export const isActionValue = (word: string): boolean => VALUES.has(word);
export const isStatus = (word: string): boolean => STATUSES.has(word);
export const isReason = (word: string): boolean => REASONS.has(word);
export const isJobType = (word: string): boolean => JOB_TYPES.has(word);

/** All words that may be one, longest first so that none is cut; flag g. */
export const CANDIDATES = new RegExp(
  `(?<![\\w-])(?:${[...ACTIONS, ...VALUES, ...STATUSES, ...REASONS, ...jobTypeConstants().keys()]
    .sort((one, other) => other.length - one.length)
    .join('|')}|\\d{1,2})(?![\\w-])`,
  'g',
);
