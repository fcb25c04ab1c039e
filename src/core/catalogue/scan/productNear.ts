import { productOf } from '../catalogue';
import type { ProductKey } from '../types';
import { jobTypeConstants } from './jobTypeConstants';

/** How far from a position anything is read, in characters. */
export const NEARBY = 3000;

const JOB_TYPE =
  /\bjob_?type["'\\\])]*\s*(?:=>|={1,3}|:)\s*\\{0,3}["']?(?:(\d{1,2})(?!\d)|(?:\w+(?:\.|::))*JOB_?TYPE(?:\.|::)(\w+))/gi;

/**
 * The product that a code is used for, told by a job type near it: by that of the innermost brackets around
 * the code that name one. Null where there is none, where they name several, and where the number stands for
 * several products that the code does not tell apart.
 *
 * @param text what stands around the code; more than NEARBY characters away nothing is read
 * @param position of the code within it
 */
export function productNear(text: string, position: number, code: string): ProductKey | null {
  const from = Math.max(0, position - NEARBY);
  const near = text.slice(from, position + NEARBY);
  let start = position - from;
  let end = start;
  for (;;) {
    start = unmatched(near, start - 1, -1);
    end = unmatched(near, end, 1);
    const jobTypes = jobTypesIn(near.slice(Math.max(0, start), end));
    if (jobTypes.size > 1) return null;
    for (const jobType of jobTypes) return productOf(jobType, code);
    if (start < 0 && end >= near.length) return null;
    end += 1;
  }
}

function jobTypesIn(text: string): Set<number> {
  const found = new Set<number>();
  for (const [, digits, constant] of text.matchAll(JOB_TYPE)) {
    const jobType = digits === undefined ? jobTypeConstants().get(constant ?? '') : Number(digits);
    if (jobType !== undefined) found.add(jobType);
  }
  return found;
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
