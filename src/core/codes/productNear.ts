import { productOfApiName } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import type { Range } from '../text/range';
import { CodesIn } from './codesIn';
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
  const whole = { start: 0, end: near.length };
  for (const { start, end } of [...bracesAround(new CodesIn(near, null), position - from), whole]) {
    const inside = named.filter((one) => one.start >= start && one.end <= end);
    const [first, ...others] = new Set(inside.map(({ value }) => value));
    if (first !== undefined) return others.length === 0 ? first : null;
  }
  return null;
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

/** The braces around a position, from the inside out, also those in a string. */
function bracesAround(read: CodesIn, position: number): Range[] {
  const { code } = read;
  const { tokens } = code;
  const inner = read.innerAt(position);
  const found =
    inner === null
      ? []
      : bracesAround(inner.codes, position - inner.start).map(({ start, end }) => ({
          start: start + inner.start,
          end: end + inner.start,
        }));
  let opener = code.openerOf(tokens.indexAt(position));
  for (; opener >= 0; opener = code.openerOf(opener))
    if (tokens.textOf(opener) === '{')
      found.push({
        start: tokens.startOf(opener),
        end:
          tokens.partnerOf(opener) < 0 ? read.text.length : tokens.endOf(tokens.partnerOf(opener)),
      });
  return found;
}
