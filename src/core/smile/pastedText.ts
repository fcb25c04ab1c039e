import * as l10n from '../l10n';
import { isObject, type JsonObject } from './fields';
import type { Trait } from './looseJson';
import { leaveOutDeep, notesOnRepeated } from './parseBody';
import { headersFrom, headersIn, type Headers } from './pastedHeaders';
import { piecesOf, type Piece } from './pastedPieces';
import { READING_LIMITS } from './readingLimits';
import { documentOf } from './readResponse';
import { likenessOf, mayBeResponse, type Likeness } from './responseLikeness';

/** What a value is written in. */
export type PastedForm = 'JSON' | 'Python' | 'PHP' | 'JavaScript' | 'Ruby' | 'Java';

/** An object of a text that a user pasted or selected. */
export interface PastedValue {
  readonly value: JsonObject;
  readonly form: PastedForm;
  /** The end, or a part, is missing. What is there is kept, a string as far as it goes. */
  readonly cutOff: boolean;
  /** HTTP headers that came with it: before it in the text, or beside it in the dump of a request. */
  readonly headers: Headers | null;
  /** Offsets in UTF-16 units. Of a value in a string or in another value, those of the outer one. */
  readonly range: { readonly start: number; readonly end: number };
  /** What was tolerated, in plain words. */
  readonly notes: readonly string[];
}

export interface PastedText {
  /** In the order of the text. */
  readonly values: readonly PastedValue[];
  /** There are more values, or there is more text, than is read. */
  readonly truncated: boolean;
}

/** An object that was found, and where. */
interface Found {
  readonly object: JsonObject;
  readonly likeness: Likeness;
  readonly headers: Headers | null;
  readonly piece: Piece;
  /** What was left out of it. */
  readonly notes: readonly string[];
}

/** An object of headers, which is no value of its own if a response follows. */
interface Pending {
  readonly found: readonly Found[];
  readonly headers: Headers | null;
}

const merged = (one: Headers | null, other: Headers | null): Headers | null =>
  one && other ? { ...one, ...other } : (one ?? other);

/**
 * The objects in any text: JSON in a file, a log, a string or a list, and what languages print of such values; damaged
 * or cut off, too. An object is taken as a whole, unless a response of Smile ID is inside of it or of its strings.
 * Never throws. The time is proportional to the text.
 */
export function readPastedText(text: string): PastedText {
  const read = text.slice(0, READING_LIMITS.bytes);
  const list = new FoundList();
  let isCut = read.length < text.length;
  let pending: Pending | null = null;
  let end = 0;
  for (const piece of piecesOf(read)) {
    const lines = headersIn(read.slice(end, piece.start));
    end = piece.end;
    const before = merged(pending?.headers ?? null, lines);
    const found = foundIn(piece, before);
    const isKnown = found.some(({ likeness }) => likeness !== 'none');
    if (pending && !isKnown) list.add(pending.found);
    const own: Headers | null = isKnown ? null : headersFrom(piece.value);
    pending = own && { found, headers: merged(before, own) };
    if (!pending) list.add(found);
    isCut ||= piece.hasTooMany || list.isFull;
    if (list.isFull) break;
  }
  if (pending) list.add(pending.found);
  return { values: list.values.map(pastedValue), truncated: isCut || list.isCut };
}

/** What was found, within the limits. What is no response gives way to what may be one. */
class FoundList {
  private readonly found: Found[] = [];
  private readonly counts: Record<Likeness, number> = { response: 0, perhaps: 0, none: 0 };
  private size = 0;
  isCut = false;

  get isFull(): boolean {
    return this.size > READING_LIMITS.values;
  }

  get values(): readonly Found[] {
    const most = READING_LIMITS.pastedValues;
    const isKnown = ({ likeness }: Found): boolean => likeness !== 'none';
    let room = most - this.found.filter(isKnown).length;
    return this.found.filter((one) => isKnown(one) || (room -= 1) >= 0).slice(0, most);
  }

  add(found: readonly Found[]): void {
    const most = READING_LIMITS.pastedValues;
    const kept = found.filter(({ likeness }) => (this.counts[likeness] += 1) <= most);
    this.found.push(...kept);
    if (kept[0]) this.size += kept[0].piece.values;
    this.isCut ||= kept.length < found.length || this.found.length > most;
  }
}

/** The objects of a piece: each as a whole, or the responses inside of it. */
function foundIn(piece: Piece, headers: Headers | null, level = 0): Found[] {
  const notes = [...notesOnRepeated(piece.repeated), ...leaveOutDeep(piece.value)];
  const objects = objectsOf(piece.value);
  // the headers of one response say nothing of several
  const own = objects.length === 1 ? headers : null;
  const found = objects.flatMap((object): Found[] => {
    const whole = { object, likeness: likenessOf(object), headers: own, piece, notes };
    const inside = responsesIn(whole, level);
    return inside.length > 0 ? inside : [whole];
  });
  return piece.isOpen ? found.filter(({ likeness }) => likeness !== 'none') : found;
}

/** An object, or the objects of a list and of the lists in it. Values are nested READING_LIMITS.levels deep at most. */
function objectsOf(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return isObject(value) ? [value] : [];
}

/** Names under which the text of a body stands: headers beside it belong to it, and to no other text. */
const BODY = /^(?:raw_?)?(?:body|payload|data)$/i;

/** The responses that an object is or contains; what may be one only if it contains none. */
function responsesIn(whole: Found, level: number): Found[] {
  const { object, likeness, piece } = whole;
  // what a user entered can be inside of a response, and must not take its place
  if (likeness === 'response' || documentOf(object) !== null) return [whole];
  const entries = Object.entries(object);
  const headers = entries.reduce(
    (all, [name, value]) => (/headers$/i.test(name) ? merged(all, headersFrom(value)) : all),
    whole.headers,
  );
  const inside = entries.flatMap(([name, value]): Found[] => {
    if (typeof value === 'string') {
      const ofBody = BODY.test(name) ? headers : null;
      return responsesInString(value, piece, ofBody, level);
    }
    return objectsOf(value).flatMap((object) =>
      responsesIn({ ...whole, object, likeness: likenessOf(object), headers }, level),
    );
  });
  if (likeness === 'none' || inside.some((one) => one.likeness === 'response')) return inside;
  return [whole];
}

function responsesInString(
  text: string,
  outer: Piece,
  headers: Headers | null,
  level: number,
): Found[] {
  if (level >= READING_LIMITS.strings || !/[{(&]/.test(text) || !mayBeResponse(text)) return [];
  const { start, end } = outer;
  return [...piecesOf(text)]
    .flatMap((piece) => {
      // the string itself may have replaced another one
      const repeated = new Set([...outer.repeated, ...piece.repeated]);
      const inside = { ...piece, start, end, repeated, isInString: true };
      return foundIn(inside, headers, level + 1);
    })
    .filter(({ likeness }) => likeness !== 'none');
}

function pastedValue({ object, headers, piece, notes }: Found): PastedValue {
  const { cutOff, traits, start, end } = piece;
  const form = formOf(traits);
  return {
    value: object,
    form,
    cutOff,
    headers,
    range: { start, end },
    notes: [...notesOf(piece, form), ...notes],
  };
}

function formOf(traits: ReadonlySet<Trait>): PastedForm {
  for (const form of ['PHP', 'JavaScript', 'Python', 'Ruby', 'Java'] as const) {
    if (traits.has(form)) return form;
  }
  if (traits.has('unquoted keys')) return 'JavaScript';
  if (!traits.has('single quotes') || traits.has('curly quotes')) return 'JSON';
  return traits.has('words of JSON') ? 'JavaScript' : 'Python';
}

/** What each language has anyway. */
const USUAL: Readonly<Record<PastedForm, readonly Trait[]>> = {
  JSON: [],
  Python: ['single quotes', 'trailing commas', 'unquoted text'],
  PHP: ['single quotes', 'trailing commas', 'missing commas', 'line breaks in strings'],
  JavaScript: ['single quotes', 'trailing commas', 'unquoted keys', 'line breaks in strings'],
  Ruby: ['unquoted keys', 'unquoted text'],
  Java: ['unquoted text'],
};

function notesOf({ traits, isInString, cutOff }: Piece, form: PastedForm): string[] {
  const labels: readonly (readonly [Trait, string])[] = [
    ['trailing commas', l10n.t('trailing commas')],
    ['missing commas', l10n.t('missing commas')],
    ['comments', l10n.t('comments')],
    ['single quotes', l10n.t('single quotes')],
    ['curly quotes', l10n.t('curly quotes')],
    ['unquoted text', l10n.t('text without quotes')],
    ['line breaks in strings', l10n.t('line breaks in strings')],
    ['exact digits', l10n.t('numbers read as text, so that no digit is lost')],
  ];
  const usual = USUAL[form];
  return [
    ...(form === 'JSON' ? [] : [dumpOf(form)]),
    ...(isInString ? [l10n.t('inside a string')] : []),
    ...labels.flatMap(([trait, label]) =>
      traits.has(trait) && !usual.includes(trait) ? [label] : [],
    ),
    ...(cutOff ? [l10n.t('cut off')] : []),
  ];
}

const dumpOf = (form: Exclude<PastedForm, 'JSON'>): string =>
  ({
    Python: l10n.t('a Python dump'),
    PHP: l10n.t('a PHP dump'),
    JavaScript: l10n.t('JavaScript notation'),
    Ruby: l10n.t('a Ruby dump'),
    Java: l10n.t('a Java dump'),
  })[form];
