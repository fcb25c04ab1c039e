import { copyFields, FieldNames, harmless, isTypeId, placeIn, type Place } from '../redact';
import type { JsonObject } from '../smile/fields';
import type { Steps } from '../slicedWork';

/** A transparent image of one pixel, as PNG in base64. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** In the form of a real one: 32 bytes in base64. */
const SIGNATURE = `${'A'.repeat(43)}=`;
const DEEPEST = 30;

/**
 * A response as a fixture for an integrator's own tests: the same shape and types, with codes, texts
 * and checks as they came and everything else replaced by obviously invented values. The allow lists of
 * redaction decide what is kept, for names of fields, too.
 */
export const fixtureSteps = (response: JsonObject): Steps<JsonObject> =>
  objectOf(response, 'response', 0, new FieldNames());

const objectOf = (
  object: object,
  place: Place,
  depth: number,
  names: FieldNames,
): Steps<JsonObject> =>
  copyFields(object, place, names, (key, value) => valueOf(key, value, place, depth + 1, names));

function* valueOf(
  key: string,
  value: unknown,
  place: Place,
  depth: number,
  names: FieldNames,
): Steps<unknown> {
  if (value === null || value === '') return value;
  if (typeof value !== 'object') return plainOf(key, value, place);
  if (depth > DEEPEST) return Array.isArray(value) ? [] : {};
  const inside = placeIn(key, place);
  if (!Array.isArray(value)) return yield* objectOf(value, inside, depth, names);
  const entries: unknown[] = [];
  for (const entry of value as readonly unknown[]) {
    entries.push(
      typeof entry === 'object' && entry !== null && !Array.isArray(entry)
        ? yield* objectOf(entry, inside, depth + 1, names)
        : yield* valueOf(key, entry, inside, depth + 1, names),
    );
    yield;
  }
  return entries;
}

function plainOf(key: string, value: unknown, place: Place): unknown {
  const id = /^(user|job)_?id$/i.exec(key)?.[1]?.toLowerCase();
  if (id !== undefined && typeof value === 'string') {
    // API v3 takes no ID of another form
    return isTypeId(value) ? `${id}_${'1'.padStart(26, '0')}` : `${id}-1`;
  }
  if (id !== undefined && typeof value === 'number') return 1;
  const kept = harmless(key, value, place);
  if (kept !== null && typeof kept === typeof value) return kept;
  if (typeof value === 'number') return 0;
  // A flag may say that a person has died, or is on a list.
  if (typeof value !== 'string') return false;
  if (/^(signature|sec_?key)$/i.test(key)) return SIGNATURE;
  if (place === 'actions') return 'Not Applicable';
  if (/^https?:/i.test(value)) return 'https://example.invalid/removed';
  return madeUp(key, value);
}

function madeUp(key: string, value: string): string {
  if (/^not available$/i.test(value)) return value;
  if (/^(true|false)$/i.test(value)) return 'false';
  if (/^[A-Za-z0-9+/_-]{200}/.test(value) || value.startsWith('data:image')) return PIXEL;
  if (/^\d{4}-\d\d-\d\d/.test(value)) return '1990-01-01';
  if (/^[+\d][\d\s-]*$/.test(value)) return value.replace(/\d/g, '0');
  if (value.includes('@')) return 'ada@example.invalid';
  return /name/i.test(key) ? 'Ada Example' : 'Example';
}
