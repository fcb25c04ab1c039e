import { allCodes, explain } from '../catalogue/catalogue';

const KNOWN = 1;
const ENVELOPE = 2;
let flags: Uint8Array | null = null;

/** What the catalogue says of every four digits, one byte each: this is asked for every number of a text. */
function flagsOf(digits: number): number {
  flags ??= build();
  return flags[digits] ?? 0;
}

function build(): Uint8Array {
  const all = new Uint8Array(10_000);
  const byPrefix = Array.from({ length: 200 }, (_, at) => explain(String(2300 + at))).flat();
  for (const { code, kind } of [...allCodes(), ...byPrefix]) {
    if (!/^\d{4}$/.test(code)) continue;
    all[Number(code)] = (all[Number(code)] ?? 0) | (kind === 'result' ? KNOWN : KNOWN | ENVELOPE);
  }
  return all;
}

/** The value of the four digits at a place. */
export function digitsAt(text: string, start: number): number {
  return (
    text.charCodeAt(start) * 1000 +
    text.charCodeAt(start + 1) * 100 +
    text.charCodeAt(start + 2) * 10 +
    text.charCodeAt(start + 3) -
    48 * 1111
  );
}

/** Whether the catalogue has these four digits as a code, for any product. */
export const isKnown = (digits: number): boolean => flagsOf(digits) !== 0;

/** Whether they tell of the call (an error, the job status envelope) rather than of a job's result. */
export const isEnvelope = (digits: number): boolean => (flagsOf(digits) & ENVELOPE) !== 0;
