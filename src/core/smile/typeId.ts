import { V3_JOB_ID_FORM } from '../typeIdForm';

/**
 * The IDs of API v3: a prefix, `_`, and a UUIDv7 in Crockford's base 32. That the UUID is one of version 7 is seen from
 * recorded jobs and promised nowhere, so nothing may depend on the time in it.
 */
export const TYPE_ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

const V3_JOB_ID = new RegExp(`^${V3_JOB_ID_FORM}$`);

/** An ID older than that is of another kind, whose first bits are no time: API v3 is not that old. */
const EARLIEST = Date.UTC(2020, 0);
/** The clock of this machine may be wrong, by a time zone or so; by more, the first bits are no time. */
const MAX_AHEAD = 24 * 60 * 60_000;

/** Whether a job ID has the form of API v3; any other is one of v1, which an integrator chose. */
export function isV3JobId(text: string): boolean {
  return V3_JOB_ID.test(text);
}

/** When the ID was made, as it says itself; null if it has not the form of API v3, or contains no such time. */
export function createdAtOf(jobId: string, now: Date = new Date()): Date | null {
  const characters = isV3JobId(jobId) ? jobId.slice('job_'.length) : '';
  // Of the characters' bits the first 2 pad; then 48 are the time, 4 the version, 12 random ones, 2 the variant.
  const digits = Array.from(characters, (character) => TYPE_ID_ALPHABET.indexOf(character));
  const version = (digits[10] ?? 0) >> 1;
  const variant = ((digits[13] ?? 0) >> 2) & 3;
  if (version !== 7 || variant !== 2) return null;
  const time = digits.slice(0, 10).reduce((sum, digit) => sum * 32 + digit, 0);
  return time >= EARLIEST && time <= now.getTime() + MAX_AHEAD ? new Date(time) : null;
}
