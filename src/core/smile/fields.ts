import * as z from 'zod/mini';
import { shownText } from '../shownText';

/** One object of a response, read tolerantly: what is odd becomes a note. */
export const JsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof JsonObject>;

const Text = z.union([z.string(), z.number()]);
const Flag = z.union([z.boolean(), z.string().check(z.regex(/^\s*(true|false)\s*$/i))]);
const Numeral = z.union([z.number(), z.string().check(z.regex(/^\s*\d+(\.\d+)?\s*%?\s*$/))]);

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
    schema: z.ZodMiniType<T>,
    expected: string,
  ): { name: string; value: T } | null {
    const found = this.pick(names);
    if (!found) return null;
    const parsed = schema.safeParse(found.value);
    if (parsed.success) return { name: found.name, value: parsed.data };
    this.note(`${found.name} is ${kindOf(found.value)}, not ${expected}; it is left out.`);
    return null;
  }

  has(...names: readonly string[]): boolean {
    return this.pick(names) !== null;
  }

  unknown(...names: readonly string[]): unknown {
    return this.pick(names)?.value;
  }

  text(...names: readonly string[]): string | null {
    const found = this.parse(names, Text, 'text');
    if (!found) return null;
    const value = shownText(String(found.value));
    return value === '' || value === 'Not Available' ? null : value;
  }

  /** Text of digits that a JSON number would have robbed of its leading zeros. */
  digits(width: number | null, ...names: readonly string[]): string | null {
    const found = this.parse(names, Text, 'text');
    if (!found) return null;
    const text = String(found.value).trim();
    if (typeof found.value === 'string') return text === '' ? null : text;
    this.note(
      `${found.name} came as a number, which loses leading zeros` +
        (width === null ? '.' : `; it is read as ${text.padStart(width, '0')}.`),
    );
    return width === null ? text : text.padStart(width, '0');
  }

  flag(...names: readonly string[]): boolean | null {
    const found = this.parse(names, Flag, 'true or false');
    if (!found) return null;
    if (typeof found.value === 'boolean') return found.value;
    this.note(`${found.name} came as text ("${found.value}"), not as true or false.`);
    return found.value.trim().toLowerCase() === 'true';
  }

  number(...names: readonly string[]): number | null {
    const found = this.parse(names, Numeral, 'a number');
    return found && Number.parseFloat(String(found.value));
  }

  nested(...names: readonly string[]): Fields | null {
    const found = this.parse(names, JsonObject, 'an object');
    return found && new Fields(found.value, this.note);
  }

  list(...names: readonly string[]): readonly unknown[] | null {
    return this.parse(names, z.array(z.unknown()), 'a list')?.value ?? null;
  }

  entries(): [string, unknown][] {
    return Object.entries(this.object);
  }
}

/** What a JSON value is, with its article, for notes. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}
