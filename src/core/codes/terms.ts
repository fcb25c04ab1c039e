import { allActions, allActionValues } from '../catalogue/actions';
import { allCodes, allProducts, jobTypeOf } from '../catalogue/catalogue';
import { once } from '../catalogue/data';
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
const actions = once((): ReadonlySet<string> => new Set(allActions()));
const values = once((): ReadonlySet<string> => new Set(allActionValues()));
const statuses = once(() => codesOfV3('status'));
const reasons = once(() => codesOfV3('reason'));
const jobTypes = once(
  (): ReadonlySet<string> =>
    new Set(
      allProducts().flatMap((product) => {
        const jobType = jobTypeOf(product);
        return jobType === null ? [] : [String(jobType)];
      }),
    ),
);
const codesOfV3 = (wanted: 'status' | 'reason'): ReadonlySet<string> =>
  new Set(
    allCodes().flatMap(({ api, kind, code }) => (api === 'v3' && kind === wanted ? [code] : [])),
  );

export const isAction = (word: string): boolean => actions().has(word);
export const isCommonAction = (word: string): boolean => COMMON_ACTIONS.has(word);
export const isActionValue = (word: string): boolean => values().has(word);
export const isStatus = (word: string): boolean => statuses().has(word);
export const isReason = (word: string): boolean => reasons().has(word);
export const isJobType = (word: string): boolean => jobTypes().has(word);

/** All words that may be one, longest first so that none is cut; flag g. */
export const candidates = once(
  () =>
    new RegExp(
      `(?<![\\w-])(?:${[
        ...actions(),
        ...values(),
        ...statuses(),
        ...reasons(),
        ...jobTypeConstants().keys(),
      ]
        .sort((one, other) => other.length - one.length)
        .join('|')}|\\d{1,2})(?![\\w-])`,
      'g',
    ),
);
