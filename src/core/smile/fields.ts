import * as l10n from '../l10n';
import * as z from 'zod/mini';
import { boundedText, shownText } from '../harmlessText';
import { READING_LIMITS } from './readingLimits';

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One object of a response. Reading is tolerant: oddities become notes. The object is checked, never copied. */
export const JsonObject = z.custom<Record<string, unknown>>(isObject);
export type JsonObject = z.infer<typeof JsonObject>;

const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';
const isFlag = (value: unknown): value is boolean | string =>
  typeof value === 'boolean' ||
  (typeof value === 'string' && /^(?:true|false)$/i.test(value.trim()));
const isNumeral = (value: unknown): value is number | string =>
  typeof value === 'number' ||
  (typeof value === 'string' && /^\d+(?:\.\d+)?(?:\s*%)?$/.test(value.trim()));
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Fields of one object, each by any of its spellings; what does not fit becomes a note. */
export class Fields {
  constructor(
    private readonly object: JsonObject,
    private readonly note: (text: string) => void,
  ) {}

  private pick(names: readonly string[]): { name: string; value: unknown } | null {
    for (const name of names) {
      const value = Object.hasOwn(this.object, name) ? this.object[name] : undefined;
      if (value !== undefined && value !== null) return { name, value };
    }
    return null;
  }

  private parse<T>(
    names: readonly string[],
    is: (value: unknown) => value is T,
    expected: () => string,
  ): { name: string; value: T } | null {
    const found = this.pick(names);
    if (!found) return null;
    const { name, value } = found;
    if (is(value)) return { name, value };
    this.note(notExpected(name, value, expected()));
    return null;
  }

  has(...names: readonly string[]): boolean {
    return this.pick(names) !== null;
  }

  unknown(...names: readonly string[]): unknown {
    return this.pick(names)?.value;
  }

  text(...names: readonly string[]): string | null {
    const found = this.parse(names, isText, EXPECTED.text);
    if (!found) return null;
    const value = shownText(String(found.value));
    return value === '' || value === 'Not Available' ? null : value;
  }

  /** Text of digits, whose leading zeros are lost if it was sent as a JSON number. */
  digits(width: number | null, ...names: readonly string[]): string | null {
    const found = this.parse(names, isText, EXPECTED.text);
    if (!found) return null;
    const text = boundedText(String(found.value).trim());
    if (typeof found.value === 'string') return text === '' ? null : text;
    const { name } = found;
    if (width === null) {
      this.note(l10n.t('{0} is a number, which loses leading zeros.', name));
      return text;
    }
    const padded = text.padStart(width, '0');
    this.note(
      l10n.t('{0} is a number, which loses leading zeros; it is read as {1}.', name, padded),
    );
    return padded;
  }

  flag(...names: readonly string[]): boolean | null {
    const found = this.parse(names, isFlag, EXPECTED.flag);
    if (!found) return null;
    if (typeof found.value === 'boolean') return found.value;
    this.note(l10n.t('{0} is the string "{1}", not a boolean.', found.name, found.value));
    return found.value.trim().toLowerCase() === 'true';
  }

  number(...names: readonly string[]): number | null {
    const found = this.parse(names, isNumeral, EXPECTED.number);
    return found && Number.parseFloat(String(found.value));
  }

  nested(...names: readonly string[]): Fields | null {
    const found = this.parse(names, isObject, EXPECTED.object);
    return found && new Fields(found.value, this.note);
  }

  /** The first entries of a list. */
  list(...names: readonly string[]): readonly unknown[] | null {
    const found = this.parse(names, isList, EXPECTED.list);
    return found && firstOf(found.value, READING_LIMITS.fields, found.name, this.note);
  }

  /**
   * The first fields, in the order sent.
   * @param what names the object in the note for fields that are left out
   */
  entries(what: string, most: number = READING_LIMITS.fields): [string, unknown][] {
    const names = firstOf(Object.keys(this.object), most, what, this.note);
    return names.map((name) => [name, this.object[name]]);
  }
}

/** The first entries of a list; a note says if there are more. */
export function firstOf<T>(
  list: readonly T[],
  most: number,
  what: string,
  note: (text: string) => void,
): readonly T[] {
  if (list.length <= most) return list;
  const [all = '', read = ''] = [list.length, most].map((count) => count.toLocaleString('en-US'));
  note(l10n.t('{0} has {1} entries; the first {2} are read.', what, all, read));
  return list.slice(0, most);
}

/** What a JSON value should be, for notes. */
export const EXPECTED = {
  text: () => l10n.t('text'),
  flag: () => l10n.t('true or false'),
  number: () => l10n.t('a number'),
  object: () => l10n.t('an object'),
  list: () => l10n.t('a list'),
} as const;

/** What a JSON value is, for notes. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return EXPECTED.list();
  if (typeof value === 'object') return EXPECTED.object();
  if (typeof value === 'boolean') return l10n.t('a boolean');
  return typeof value === 'number' ? EXPECTED.number() : EXPECTED.text();
}

export const notExpected = (name: string, value: unknown, expected: string): string =>
  l10n.t('{0} is {1}, not {2}; it is left out.', name, kindOf(value), expected);
