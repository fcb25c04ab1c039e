import { productOfApiName } from '../catalogue';
import type { ProductKey } from '../types';
import { jobTypeConstants } from './jobTypeConstants';

/** How far from a position anything is read, in characters. */
export const NEARBY = 3000;

const JOB_TYPE =
  /\bjob_?type["'\\\])]*\s*(?:=>|={1,3}|:)\s*\\{0,3}["']?(?:(\d{1,2})(?!\d)|(?:\w+(?:\.|::))*JOB_?TYPE(?:\.|::)(\w+))/gi;

const PRODUCT = /\bproduct["'\\\])]*\s*(?:=>|={1,3}|:)\s*\\{0,3}["']([a-z_]{3,40})\b/gi;
const STATUS = /\bstatus["'\\\])]*\s*(?:=>|={1,3}|:)\s*\\{0,3}["'](attention|block|error)\b/gi;

/**
 * The job type of the codes at a position: that of the innermost brackets around it that name one. Null where there
 * is none, and where they name several.
 *
 * @param text what stands around the position; more than NEARBY characters away nothing is read
 */
export const jobTypeNear = (text: string, position: number): number | null =>
  valueNear(text, position, jobTypesIn);

/** The product that stands near a reason or a status of API v3, as jobTypeNear() finds a job type. */
export const apiProductNear = (text: string, position: number): ProductKey | null =>
  valueNear(text, position, (near) =>
    namedIn(near, PRODUCT, ([, name = '']) => productOfApiName(name)),
  );

/** The status that stands near a reason of API v3, as jobTypeNear() finds a job type. */
export const apiStatusNear = (text: string, position: number): string | null =>
  valueNear(text, position, (near) => namedIn(near, STATUS, ([, status = '']) => status));

function valueNear<T>(
  text: string,
  position: number,
  valuesIn: (near: string) => readonly Named<T>[],
): T | null {
  const from = Math.max(0, position - NEARBY);
  const near = text.slice(from, position + NEARBY);
  const named = valuesIn(near);
  if (named.length === 0) return null;
  let start = position - from;
  let end = start;
  for (;;) {
    start = unmatched(near, start - 1, -1);
    end = unmatched(near, end, 1);
    const inside = named.filter((one) => one.start >= start && one.end <= end);
    const [first, ...others] = new Set(inside.map(({ value }) => value));
    if (first !== undefined) return others.length === 0 ? first : null;
    if (start < 0 && end >= near.length) return null;
    end += 1;
  }
}

interface Named<T> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

const jobTypesIn = (text: string): Named<number>[] =>
  namedIn(text, JOB_TYPE, ([, digits, constant]) =>
    digits === undefined ? jobTypeConstants().get(constant ?? '') : Number(digits),
  );

function namedIn<T>(
  text: string,
  name: RegExp,
  valueOf: (match: RegExpExecArray) => T | null | undefined,
): Named<T>[] {
  return Array.from(text.matchAll(name)).flatMap((match) => {
    const value = valueOf(match);
    const { index } = match;
    return value == null ? [] : [{ value, start: index, end: index + match[0].length }];
  });
}

/** Where the bracket around a position opens or closes; the end of the text where none does. */
function unmatched(text: string, from: number, step: 1 | -1): number {
  const [into, out] = step > 0 ? ['{', '}'] : ['}', '{'];
  let depth = 0;
  let at = from;
  for (; at >= 0 && at < text.length; at += step) {
    const sign = text.charAt(at);
    if (sign === out) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (sign === into) depth += 1;
  }
  return at;
}
