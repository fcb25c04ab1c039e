import type { Source } from './source';

const CONTINUES = /[,([{|&=+?:><]$/;
const CONTINUED = /^\s*(?:\|\||&&|[.?:)\]]|or\b|and\b)/;
/** What stands between the brackets of a list of values, as `Source.bare` has it. */
export const IS_LIST = /^(?:[\s,"'`\x01:\d]|true|True|false|False)*$/;

/** Where the statement of a position begins; a list or a call that is open there belongs to it. */
export function statementStart(source: Source, at: number): number {
  const { bare } = source;
  let depth = 0;
  const least = Math.max(0, at - 1500);
  for (let i = at - 1; i >= least; i -= 1) {
    const sign = bare.charAt(i);
    if (sign === ')' || sign === ']' || sign === '}') depth += 1;
    else if (sign === '(' || sign === '[' || sign === '{') {
      if (depth > 0) depth -= 1;
      else if (sign === '{' && !IS_LIST.test(bare.slice(i + 1, at))) return i + 1;
    } else if (depth === 0) {
      if (sign === ';') return i + 1;
      if (sign === '\n') {
        const before = bare.slice(Math.max(0, i - 200), i).trimEnd();
        const next = bare.slice(i + 1, Math.min(at, i + 60));
        if (before === '' || !(CONTINUES.test(before) || CONTINUED.test(next))) return i + 1;
      }
    }
  }
  return least;
}
