import { explainAction } from '../catalogue/actions';
import { isFieldName } from '../catalogue/fieldNames';
import * as l10n from '../l10n';
import { scanBody } from './bodyScan';
import { isList, isObject, JsonObject } from './fields';
import { readLoose } from './looseJson';
import type { BodyKind } from './outcome';
import { QuotedText } from './quotedText';
import { READING_LIMITS } from './readingLimits';
import { ReadingNotes } from './readingNotes';
import { kindOfBody } from './responseBody';

/** A body that is a JSON object, within the limits of reading. */
export interface ParsedBody {
  readonly raw: JsonObject;
  /** What was cut off or replaced, in plain words. */
  readonly notes: readonly string[];
}

/** What replaces an object or list that is nested too deep. */
const TOO_DEEP = '[nested too deep]';

/**
 * Parses a response body, or returns what kind of text it is. A body with too many values is not parsed: that would
 * take hundreds of times its size in memory.
 *
 * @param text the same as `bytes`
 */
export function parseBody(bytes: Uint8Array, text: string): ParsedBody | BodyKind {
  const scan = scanBody(bytes, READING_LIMITS.values);
  if (scan === null) {
    const kind = kindOfBody(text, false);
    return kind === 'cut-off JSON' ? 'too many values' : kind;
  }
  const parsed = parseJson(text);
  const object = JsonObject.safeParse(parsed);
  if (!object.success) return kindOfBody(text, parsed !== undefined);
  const raw = object.data;
  digests.set(raw, scan.digest);
  // The parser keeps the last of several fields with one name, and does not say so.
  const isRepeated = scan.values > countValues(raw);
  return {
    raw,
    notes: [
      ...(isRepeated ? notesOnRepeated(repeatedIn(text)) : []),
      ...(scan.levels > READING_LIMITS.levels ? leaveOutDeep(raw) : []),
    ],
  };
}

/** As scanBody() counts them. Not recursive: the body may be deep enough to exhaust the stack. */
function countValues(root: JsonObject): number {
  let values = 1;
  const open: (JsonObject | readonly unknown[])[] = [root];
  for (let each = open.pop(); each; each = open.pop()) {
    if (isList(each)) {
      values += each.length;
      for (const value of each) if (isList(value) || isObject(value)) open.push(value);
    } else {
      // A parsed object inherits no keys. To list its values would take as long as to parse it.
      for (const key in each) {
        const value = each[key];
        values += 1;
        if (isList(value) || isObject(value)) open.push(value);
      }
    }
  }
  return values;
}

/** One that is not named here has a name that is too long to be read. */
function repeatedIn(json: string): ReadonlySet<string> {
  const { repeated } = readLoose(json, new QuotedText(json), json.indexOf('{'));
  return repeated.size > 0 ? repeated : new Set(['']);
}

/**
 * Says that fields are there more than once: another program may read another one, or two records became one. A name
 * that is none of Smile ID's is not shown, since it may be data.
 */
export function notesOnRepeated(repeated: ReadonlySet<string>): readonly string[] {
  const notes = new ReadingNotes();
  const known = [...repeated].filter((name) => isFieldName(name) || explainAction(name) !== null);
  const others = known.length < repeated.size ? [l10n.t('an unknown field')] : [];
  if (repeated.size > 0) {
    const all = [...known, ...others].join(', ');
    notes.add(l10n.t('More than once in one object: {0}. The last value is read.', all));
  }
  return notes.list;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // read as "not JSON" by the caller
  }
}

/**
 * Leaves out what is nested deeper than READING_LIMITS.levels, and says so. Level by level, not recursive: the body
 * may be deep enough to exhaust the stack.
 */
export function leaveOutDeep(root: object): readonly string[] {
  const { levels } = READING_LIMITS;
  let level = [root];
  for (let depth = 1; depth < levels && level.length > 0; depth += 1) {
    level = level.flatMap((each) => Object.values(each).filter(isNested));
  }
  let isDeep = false;
  for (const each of level) {
    for (const [key, value] of Object.entries(each)) {
      if (!isNested(value)) continue;
      isDeep = true;
      Object.defineProperty(each, key, { value: TOO_DEEP });
    }
  }
  return isDeep
    ? [l10n.t('Objects and lists nested deeper than {0} levels are left out.', levels)]
    : [];
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Digests by body. Not fields of the bodies, which go to other extensions; removed together with them. */
const digests = new WeakMap<JsonObject, string>();

/**
 * Whether two bodies say the same: they differ only in what changes with every response, such as times,
 * signatures and links. Bodies that were parsed here are not read again.
 */
export const isSameBody = (one: JsonObject, other: JsonObject): boolean =>
  digestOf(one) === digestOf(other);

/** Makes a copy, from which something was dropped, count as its original. */
export function keepDigest(of: JsonObject, copy: JsonObject): void {
  const digest = digestOf(of);
  if (digest !== undefined) digests.set(copy, digest);
}

/** The digest of a body that was not parsed here, such as one of a test, is made on first use. */
function digestOf(raw: JsonObject): string | undefined {
  const digest =
    digests.get(raw) ?? scanBody(new TextEncoder().encode(JSON.stringify(raw)), Infinity)?.digest;
  if (digest !== undefined) digests.set(raw, digest);
  return digest;
}
