import codeData from './codes.json';
import { once, oneOf } from './data';
import jobTypeData from './jobTypes.json';
import type { CodeMeaning, CodeScope, ProductKey } from './types';

/**
 * A code as the data file holds it. Left out are: kind `result`, the outcome of an error, certainty
 * `documented`, API v1. Products and sources are keys with blanks between them.
 */
interface CodeEntry {
  readonly code: string;
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  readonly altTexts?: readonly string[] | undefined;
  readonly products: string;
  readonly outcome?: string | undefined;
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty?: string | undefined;
  readonly conflict?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly api?: string | undefined;
  readonly sources: string;
}

const KINDS = ['result', 'error', 'status'] as const;
const OUTCOMES = ['approved', 'provisional', 'rejected', 'pending', 'error'] as const;
const CERTAINTIES = ['documented', 'seen in SDK code'] as const;
const DECIDERS = ['machine', 'human', 'machine or human'] as const;
const APIS = ['v1', 'v2', 'v3'] as const;
const PRODUCTS = [
  'biometric_kyc',
  'smartselfie_authentication',
  'smartselfie_registration',
  'smartselfie_compare',
  'enhanced_kyc',
  'basic_kyc',
  'document_verification',
  'enhanced_document_verification',
  'business_verification',
  'update_photo',
  'compare_user_info',
  'aml_check',
  'address_verification',
  'smile_secure',
  'phone_number_verification',
] as const satisfies readonly ProductKey[];
const SCOPES = [
  ...PRODUCTS,
  'all',
  'job_status',
  'web_token',
  'v3',
] as const satisfies readonly CodeScope[];

const byCode = once(() => {
  const all = new Map<string, CodeMeaning[]>();
  const reasons = codeData.v3Reasons.map((reason) => ({
    ...reason,
    products: 'v3',
    nextStep: textOf(codeData.v3NextSteps, reason.outcome),
    api: 'v3',
    sources: 'v3',
  }));
  for (const entry of [...codeData.codes, ...reasons]) {
    const meanings = all.get(entry.code) ?? [];
    meanings.push(meaningOf(entry));
    all.set(entry.code, meanings);
  }
  return all;
});

function meaningOf(entry: CodeEntry): CodeMeaning {
  const kind = oneOf(KINDS, entry.kind ?? 'result');
  const api = oneOf(APIS, entry.api ?? 'v1');
  const outcome = entry.outcome ?? (kind === 'error' ? 'error' : null);
  return {
    code: entry.code,
    kind,
    // API v2 and v3 have no texts beside their codes
    text: entry.text ?? (api === 'v1' ? null : entry.code),
    altTexts: entry.altTexts ?? [],
    products: keysIn(entry.products)
      .flatMap((key) => (key === 'image_jobs' ? keysIn(codeData.groups.image_jobs) : [key]))
      .map((key) => oneOf(SCOPES, key)),
    outcome: outcome === null ? null : oneOf(OUTCOMES, outcome),
    meaning: entry.meaning,
    nextStep: entry.nextStep,
    certainty: oneOf(CERTAINTIES, entry.certainty ?? 'documented'),
    conflict: entry.conflict ?? null,
    decidedBy: entry.decidedBy === undefined ? null : oneOf(DECIDERS, entry.decidedBy),
    api,
    sources: keysIn(entry.sources).map((key) => textOf(codeData.sources, key)),
  };
}

const keysIn = (list: string): string[] => list.split(' ');

function textOf(texts: Readonly<Record<string, string>>, key: string): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`The catalogue holds no "${key}".`);
  return text;
}

/** When the facts of the catalogue were last read at their sources, as year and month. */
export const collectedOn = (): string => codeData.collected;

/** Every code of the catalogue, in its order. */
export function allCodes(): readonly CodeMeaning[] {
  return [...byCode().values()].flat();
}

/** Whether the catalogue has the code at all, for any product. */
export function isKnownCode(code: string): boolean {
  return byCode().has(code);
}

const envelopeCodes = once(
  () => new Set(allCodes().flatMap(({ code, kind }) => (kind === 'result' ? [] : [code]))),
);

/** Whether a code tells of the call (an error, the job status envelope) rather than of a job's result. */
export function isEnvelopeCode(code: string): boolean {
  return envelopeCodes().has(code);
}

/**
 * All meanings of a code, or those for one product; errors that any call may give belong to every product.
 * Empty where the catalogue does not know the code. Nothing is padded: "810" is no code.
 */
export function explain(code: string, product?: CodeScope): CodeMeaning[] {
  const meanings = byCode().get(code.trim()) ?? [];
  return product === undefined
    ? [...meanings]
    : meanings.filter(({ products }) => products.includes(product) || products.includes('all'));
}

/**
 * As explain(), narrowed to the one meaning that a ResultText names, for the code 0001 has four of them for
 * the same product. Where the text decides nothing, all of them.
 */
export function meaningsOf(code: string, product?: CodeScope, resultText?: string): CodeMeaning[] {
  const meanings = explain(code, product);
  const text = resultText?.trim().toLowerCase();
  if (text === undefined || meanings.length < 2) return meanings;
  const named = meanings.filter((meaning) =>
    [meaning.text, ...meaning.altTexts].some((label) => label?.toLowerCase() === text),
  );
  return named.length > 0 ? named : meanings;
}

const products = once(
  () =>
    new Map(
      jobTypeData.products.map(({ product, label, jobType, note }) => [
        oneOf(PRODUCTS, product),
        { label, jobType: jobType ?? null, note: note ?? null },
      ]),
    ),
);

export function productLabel(product: ProductKey): string {
  return products().get(product)?.label ?? product;
}

/** All products of the catalogue. */
export function allProducts(): readonly ProductKey[] {
  return PRODUCTS;
}

export function isProductKey(text: string): text is ProductKey {
  return PRODUCTS.some((product) => product === text);
}

/** A scope in words: a product's name, or what a code that is not bound to one belongs to. */
export function scopeLabel(scope: CodeScope): string {
  switch (scope) {
    case 'all':
      return 'All calls';
    case 'job_status':
      return 'Job status query';
    case 'web_token':
      return 'Web token';
    case 'v3':
      return 'API v3';
    default:
      return productLabel(scope);
  }
}

/**
 * The product of a job type (constants of the official SDKs). Basic and Enhanced KYC share number 5, where
 * the code's range decides: 102x is Basic, 101x and 0908 are Enhanced. Null for numbers that stand for no
 * product, and where the code does not decide.
 */
export function productOf(jobType: number, code: string | null): ProductKey | null {
  if (jobType === 5) {
    if (code === null) return null;
    if (/^102\d$/.test(code)) return 'basic_kyc';
    return /^(?:101\d|0908)$/.test(code) ? 'enhanced_kyc' : null;
  }
  for (const [product, facts] of products()) {
    if (facts.jobType === jobType) return product;
  }
  return null;
}

/** The products that a job type stands for; empty for numbers that stand for none. */
export const productsOf = (jobType: number): readonly ProductKey[] =>
  PRODUCTS.filter((product) => jobTypeOf(product) === jobType);

/** What trips people about a product's job type, or null. */
export function jobTypeNote(product: ProductKey): string | null {
  return products().get(product)?.note ?? null;
}

/** The number that jobs of a product are submitted with, or null for products that have none. */
export function jobTypeOf(product: ProductKey): number | null {
  return products().get(product)?.jobType ?? null;
}

/** The first source that is a page of Smile ID itself. */
export function officialPage(sources: readonly string[]): string | null {
  for (const source of sources) {
    const url = /^https:\/\/\S+/.exec(source)?.[0];
    if (url !== undefined && /\.(usesmileid|smileidentity)\.com$/.test(new URL(url).hostname)) {
      return url;
    }
  }
  return null;
}
