import * as l10n from '../l10n';
import { spelledAlike } from '../catalogue/fieldNames';
import { shownText } from '../harmlessText';
import { isAbsent } from '../redact';
import { embeddedDataLabel } from '../smile/embeddedImages';
import { EXPECTED, Fields, JsonObject, kindOf } from '../smile/fields';
import { ReadingNotes } from '../smile/readingNotes';

/** One personal field, as text. */
export interface DetailField {
  /** As sent: `FullName`, `full_name`. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** Smile ID sent the field without a value: '', null, "Not Available" or "N/A". */
  readonly absent: boolean;
}

/** A value of any shape. The keys of lists are indexes from 0. */
export interface DetailNode {
  readonly key: string;
  /** Null for maps, lists and null. */
  readonly value: string | null;
  readonly children: readonly DetailNode[];
}

const MAX_ENTRIES = 2000;
const MAX_DEPTH = 20;

/** One reading of one response: its notes, and how much more may be read. */
export class Reading {
  readonly notes = new ReadingNotes();
  /** Objects and lists found where a plain value is expected. */
  readonly elsewhere: DetailNode[] = [];
  private left = MAX_ENTRIES;

  readonly note = this.notes.add;

  private take(): boolean {
    this.left -= 1;
    if (this.left >= 0) return true;
    this.note(l10n.t('The response has more than 2,000 personal details; the rest is left out.'));
    return false;
  }

  object(name: string, value: unknown): Fields | null {
    const parsed = JsonObject.safeParse(value);
    if (parsed.success) return this.take() ? new Fields(parsed.data, this.note) : null;
    this.note(entryNotExpected(name, value, EXPECTED.object()));
    return null;
  }

  /** @param path of the object in the response, with a dot at its end */
  fields(of: Fields, path: string, skip: ReadonlySet<string> = new Set()): DetailField[] {
    return of
      .entries(path === '' ? l10n.t('The result') : path.slice(0, -1))
      .flatMap(([key, value]) => {
        if (skip.has(spelledAlike(key)) || !this.take()) return [];
        const text = value === null ? '' : textOf(value);
        if (text === null) {
          this.elsewhere.push(this.node(`${path}${key}`, value, 1));
          return [];
        }
        const name = detailText(key);
        const absent = isAbsent(text);
        return [{ key: name, label: labelOf(name), value: text, absent }];
      });
  }

  texts(of: Fields, ...names: readonly string[]): string[] {
    return this.textsIn(names[0] ?? '', of.list(...names) ?? []);
  }

  textsIn(name: string, entries: readonly unknown[]): string[] {
    return entries.flatMap((entry) => {
      const text = textOf(entry);
      if (text !== null) return this.take() ? [text] : [];
      this.note(entryNotExpected(name, entry, EXPECTED.text()));
      return [];
    });
  }

  /** The entries of a map or list; a plain value becomes one node. */
  branch(key: string, value: unknown): DetailNode[] {
    if (value === undefined) return [];
    return typeof value === 'object' ? this.children(value, 1) : [this.node(key, value, 1)];
  }

  private node(key: string, value: unknown, depth: number): DetailNode {
    return {
      key: detailText(key),
      value: textOf(value),
      children: this.children(value, depth + 1),
    };
  }

  private children(value: unknown, depth: number): DetailNode[] {
    if (typeof value !== 'object' || value === null) return [];
    const nodes: DetailNode[] = [];
    // Not all entries at once: there may be many more than are read.
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      if (depth > MAX_DEPTH) {
        this.note(l10n.t('Details nested deeper than 20 levels are left out.'));
        break;
      }
      if (!this.take()) break;
      nodes.push(this.node(String(key), Reflect.get(value, key), depth));
    }
    return nodes;
  }
}

const entryNotExpected = (name: string, value: unknown, expected: string): string =>
  l10n.t('An entry of {0} is {1}, not {2}; it is left out.', name, kindOf(value), expected);

/** Text, numbers and flags as text that may be shown; null for all else. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? detailText(value) : null;
}

/** A text without links, images and excess. */
export function detailText(text: string): string {
  const label = embeddedDataLabel(text);
  if (label !== null) return label;
  return shownText(text).replace(/\S+/g, (word) =>
    /:\/\/|^\/\/|https?:/i.test(word) ? '[link]' : word,
  );
}

export const detailTextIfAny = (text: string | null | undefined): string | null =>
  text == null ? null : detailText(text);

/** A key in words: `SecondaryIDNumber` is "Secondary ID number". */
export function labelOf(key: string): string {
  const words = key
    .replace(/([a-z])([A-Z\d])|([A-Z])(?=[A-Z][a-z])/g, '$1$3 $2')
    .split(/[_\s]+/)
    .filter((word) => word !== '')
    .map((word) => WORDS.get(word.toLowerCase()) ?? word.toLowerCase())
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const WORDS = new Map([
  ['id', 'ID'],
  ['dob', 'date of birth'],
  ['pep', 'PEP'],
  ['url', 'URL'],
  ['no', 'number'],
]);
