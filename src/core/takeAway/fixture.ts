import { isContainer, isHarmless, redactText } from '../redact';
import type { JsonObject } from '../smile/fields';

/** A transparent picture of one pixel, as PNG in base64. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** Of the form of a real one: 32 bytes in base64. */
const SIGNATURE = `${'A'.repeat(43)}=`;
const DEEPEST = 30;

/**
 * An answer as a fixture for an integrator's own tests: the same shape and types, with codes, texts and
 * checks as they came and everything else replaced by values that are plainly made up. What is kept is
 * decided by the allow list of redact().
 */
export function fixture(answer: JsonObject): JsonObject {
  return objectOf(answer, 'answer', 0);
}

/** Where a field stands: in the answer itself, among its checks, or in what could hold anything. */
type Place = 'answer' | 'actions' | 'free';

function objectOf(object: JsonObject, place: Place, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value], index) => {
      // Names of fields say nothing of a person; what is no name of a field may.
      const name = /^[A-Za-z][\w -]{0,60}$/.test(key) ? key : `field${index + 1}`;
      return [name, valueOf(key, value, place, depth + 1)];
    }),
  );
}

function valueOf(key: string, value: unknown, place: Place, depth: number): unknown {
  if (value === null || value === '') return value;
  if (typeof value === 'object') {
    if (depth > DEEPEST) return Array.isArray(value) ? [] : {};
    // In what is no container of an answer's own, fields of the same names mean something else.
    const inside = place === 'free' || !isContainer(key) ? 'free' : placeIn(key);
    return Array.isArray(value)
      ? value.map((entry: unknown) =>
          typeof entry === 'object' && entry !== null && !Array.isArray(entry)
            ? objectOf({ ...entry }, inside, depth + 1)
            : valueOf(key, entry, 'free', depth + 1),
        )
      : objectOf({ ...value }, inside, depth);
  }
  const keep = place !== 'free' && isHarmless(key);
  if (typeof value !== 'string') return keep || typeof value === 'boolean' ? value : 0;
  if (/^user_?id$/i.test(key)) return 'user-1';
  if (/^job_?id$/i.test(key)) return 'job-1';
  if (/^(signature|sec_?key)$/i.test(key)) return SIGNATURE;
  if (place === 'actions')
    return /^[A-Za-z][A-Za-z ]{0,40}$/.test(value) ? value : 'Not Applicable';
  if (/^https?:/i.test(value)) return 'https://example.invalid/removed';
  if (keep && /^smile_?job_?id$/i.test(key) && /^\d{1,20}$/.test(value)) return value;
  if (keep || (place === 'answer' && key === 'result')) return redactText(value.slice(0, 120));
  return madeUp(key, value);
}

const placeIn = (key: string): Place => (/^actions$/i.test(key) ? 'actions' : 'answer');

function madeUp(key: string, value: string): string {
  if (/^not available$/i.test(value) || /^(true|false)$/i.test(value)) return value;
  if (/^[A-Za-z0-9+/_-]{200,}/.test(value) || value.startsWith('data:image')) return PIXEL;
  if (/^\d{4}-\d\d-\d\d/.test(value)) return '1990-01-01';
  if (/^[+\d][\d\s-]*$/.test(value)) return value.replace(/\d/g, '0');
  if (value.includes('@')) return 'ada@example.invalid';
  return /name/i.test(key) ? 'Ada Example' : 'Example';
}
