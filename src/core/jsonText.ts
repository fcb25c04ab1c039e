import type { Steps } from './slicedWork';

/** Which fields of an object are written, in which order. */
type Keys = (object: object) => Steps<readonly string[]>;

/**
 * JSON for display: the value as it is, with marks and control characters as escapes, so that it is read in
 * order.
 * @param keys as they were sent, unless specified
 */
export function* jsonTextSteps(value: unknown, keys: Keys = keysAsSent): Steps<string> {
  return `${yield* textOf(value, keys, '\n')}\n`;
}

function* textOf(value: unknown, keys: Keys, line: string): Steps<string> {
  yield;
  if (typeof value === 'string') return yield* quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${line}  `;
  // Texts are added one by one: joining them on each level would copy deep ones once for every level.
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      text += `${text && ','}${inner}${yield* textOf(item, keys, inner)}`;
    }
    return (text && `[${text}${line}]`) || '[]';
  }
  for (const key of yield* keys(value)) {
    const field: unknown = Reflect.get(value, key);
    text += `${text && ','}${inner}${yield* quoted(key)}: ${yield* textOf(field, keys, inner)}`;
  }
  return (text && `{${text}${line}}`) || '{}';
}

/** About as much work as a field of a response. */
const PART = 250;

function* quoted(text: string): Steps<string> {
  let inside = '';
  for (let at = 0; at < text.length; yield) {
    // Surrogate pairs stay whole.
    const end = at + PART + Number(/[\ud800-\udbff]/.test(text.charAt(at + PART - 1)));
    inside += JSON.stringify(text.slice(at, end))
      .slice(1, -1)
      .replace(
        /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_C}]/gu,
        (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    at = end;
  }
  return `"${inside}"`;
}

function* keysAsSent(object: object): Steps<readonly string[]> {
  return Object.keys(object);
}

/** How many keys are sorted at once. */
const RUN = 250;

/** The keys of an object in the same order, however they were sent. */
export function* sortedKeys(object: object): Steps<readonly string[]> {
  const keys = Object.keys(object);
  let runs: (readonly string[])[] = [];
  for (let at = 0; at < keys.length; at += RUN) {
    runs.push(keys.slice(at, at + RUN).sort());
    yield;
  }
  while (runs.length > 1) {
    const merged: (readonly string[])[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? []));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge(one: readonly string[], other: readonly string[]): Steps<readonly string[]> {
  const merged: string[] = [];
  let at = 0;
  for (const key of one) {
    for (let next = other[at]; next !== undefined && next < key; next = other[at]) {
      merged.push(next);
      at += 1;
      yield;
    }
    merged.push(key);
    yield;
  }
  return [...merged, ...other.slice(at)];
}
