import { textOf } from '../l10n';

/**
 * The fields of an entry that are translated. Texts and categories of codes, values and names of products are Smile
 * ID's own.
 */
const FIELDS = [
  'label',
  'meaning',
  'nextStep',
  'nextStepIfFinal',
  'resubmit',
  'advice',
  'note',
  'conflict',
  'what',
  'trap',
  'v3',
] as const;

type Texts = Readonly<Partial<Record<(typeof FIELDS)[number], string | null | undefined>>>;

/** The texts of an entry, each with the key of its translation, such as `code.0810.biometric_kyc.meaning`. */
export function textsIn(
  key: string,
  entry: Texts,
): { readonly field: string; readonly key: string; readonly english: string }[] {
  return FIELDS.flatMap((field) => {
    const english = entry[field];
    return typeof english === 'string' ? [{ field, key: `${key}.${field}`, english }] : [];
  });
}

/** An entry of the catalogue in the language of the user; without a translation a text stays English. */
export function translated<T extends Texts>(key: string, entry: T): T {
  const copy = { ...entry };
  for (const { field, ...text } of textsIn(key, entry)) {
    Reflect.set(copy, field, textOf(text.key, text.english));
  }
  return copy;
}

/** The key of a code for its first product and its status, which no other entry of the code has. */
export const codeKey = ({ code, products: [product = ''], status }: CodeName): string =>
  ['code', code, product, status].filter((part) => part !== null).join('.');

/** The key of a name of the SDKs, also for one language. */
export const sdkKey = (kind: string, [name = '']: readonly string[], language?: string): string =>
  `sdk.${kind}.${wordsOf(name)}${language === undefined ? '' : `.${language}`}`;

/** The key of what a code means with a text, which is identified by the first of its names. */
export const variantKey = (
  key: string,
  { text, altTexts = [], phrases = [] }: VariantNames,
): string => {
  const name = text ?? altTexts[0] ?? phrases[0] ?? '';
  return `${key}.${wordsOf(name)}`;
};

/** The key of what API v3 has in place of error codes. */
export const counterpartKey = (codes: string): string =>
  `counterpart.${codes.replaceAll(' ', '_')}`;

export const valueKey = (value: string): string => `actionValue.${wordsOf(value)}`;

const wordsOf = (text: string): string => text.toLowerCase().replace(/[^a-z\d]+/g, '_');

interface CodeName {
  readonly code: string;
  readonly products: readonly string[];
  readonly status: string | null;
}

interface VariantNames {
  readonly text?: string | null | undefined;
  readonly altTexts?: readonly string[] | undefined;
  readonly phrases?: readonly string[] | undefined;
}
