import { jobTypeConstants } from './jobTypeConstants';

/** How far from a position anything is read, in characters. */
export const NEARBY = 3000;

const JOB_TYPE =
  /\bjob_?type["'\\\])]*\s*(?:=>|={1,3}|:)\s*\\{0,3}["']?(?:(\d{1,2})(?!\d)|(?:\w+(?:\.|::))*JOB_?TYPE(?:\.|::)(\w+))/gi;

/**
 * The job type of the codes at a position: that of the innermost brackets around it that name one. Null where there
 * is none, and where they name several.
 *
 * @param text what stands around the position; more than NEARBY characters away nothing is read
 */
export function jobTypeNear(text: string, position: number): number | null {
  const from = Math.max(0, position - NEARBY);
  const near = text.slice(from, position + NEARBY);
  const named = jobTypesIn(near);
  if (named.length === 0) return null;
  let start = position - from;
  let end = start;
  for (;;) {
    start = unmatched(near, start - 1, -1);
    end = unmatched(near, end, 1);
    const inside = named.filter((one) => one.start >= start && one.end <= end);
    const [first, ...others] = new Set(inside.map(({ jobType }) => jobType));
    if (first !== undefined) return others.length === 0 ? first : null;
    if (start < 0 && end >= near.length) return null;
    end += 1;
  }
}

interface NamedJobType {
  readonly jobType: number;
  readonly start: number;
  readonly end: number;
}

function jobTypesIn(text: string): NamedJobType[] {
  return Array.from(text.matchAll(JOB_TYPE)).flatMap(
    ({ 0: whole, 1: digits, 2: constant, index }) => {
      const jobType =
        digits === undefined ? jobTypeConstants().get(constant ?? '') : Number(digits);
      return jobType === undefined ? [] : [{ jobType, start: index, end: index + whole.length }];
    },
  );
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
