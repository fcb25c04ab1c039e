import * as l10n from '../l10n';
import codeData from './codes.json';
import { once, oneOf } from './data';
import jobTypeData from './jobTypes.json';
import { codeKey, translated, variantKey } from './catalogueTexts';
import {
  CERTAINTIES,
  DECIDERS,
  OUTCOMES,
  PRODUCTS,
  REASON_STATUSES,
  SCOPES,
  type CodeMeaning,
  type CodeScope,
  type CodeVariant,
  type ProductKey,
} from './types';

/**
 * A code in the data file. Left out are: kind `result`, the outcome of an error, certainty
 * `documented`, API v1. Products and sources are keys separated by spaces.
 */
interface CodeEntry {
  readonly code: string;
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
  readonly altTexts?: readonly string[] | undefined;
  readonly products: string;
  readonly outcome?: string | undefined;
  readonly category?: string | undefined;
  readonly meaning: string;
  readonly nextStep: string;
  readonly nextStepIfFinal?: string | undefined;
  readonly resubmit?: string | undefined;
  readonly status?: string | undefined;
  readonly variants?: readonly VariantEntry[] | undefined;
  readonly certainty?: string | undefined;
  readonly lifecycle?: string | undefined;
  readonly conflict?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly unauthorized?: boolean | undefined;
  readonly api?: string | undefined;
  readonly checked?: string | undefined;
  readonly sources: string;
}

/** A missing field is the same as in the entry. */
interface VariantEntry {
  readonly text?: string | undefined;
  readonly altTexts?: readonly string[] | undefined;
  readonly phrases?: readonly string[] | undefined;
  readonly outcome?: string | undefined;
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly sources?: string | undefined;
}

const KINDS = ['result', 'error', 'status', 'reason'] as const;
const LIFECYCLES = ['current', 'deprecated', 'old'] as const;
const APIS = ['v1', 'v2', 'v3'] as const;

/** Of a job of API v3 the status alone decides. */
const OUTCOME_OF_STATUS = { attention: 'attention', block: 'rejected', error: 'error' } as const;

const byCode = once(() => {
  const all = new Map<string, CodeMeaning[]>();
  const reasons = codeData.v3Reasons.map((reason) => ({
    ...reason,
    kind: 'reason',
    outcome: OUTCOME_OF_STATUS[oneOf(REASON_STATUSES, reason.status)],
    products: `${reason.products} v3`,
    api: 'v3',
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
  const outcome = entry.outcome ?? (kind === 'error' ? 'error' : undefined);
  const products = keysIn(entry.products)
    .flatMap((name) => keysIn(groups().get(name) ?? name))
    .map((name) => oneOf(SCOPES, name));
  const status = optional(REASON_STATUSES, entry.status);
  const key = codeKey({ code: entry.code, products, status });
  const meaning: CodeMeaning = translated(key, {
    code: entry.code,
    kind,
    // Statuses and reasons are their own text.
    text: entry.text ?? (/^\d/.test(entry.code) ? null : entry.code),
    altTexts: entry.altTexts ?? [],
    products,
    outcome: optional(OUTCOMES, outcome),
    category: entry.category ?? null,
    meaning: entry.meaning,
    nextStep: entry.nextStep,
    ...(entry.nextStepIfFinal === undefined ? {} : { nextStepIfFinal: entry.nextStepIfFinal }),
    resubmit: entry.resubmit ?? null,
    status,
    variants: [],
    certainty: oneOf(CERTAINTIES, entry.certainty ?? 'documented'),
    lifecycle: oneOf(LIFECYCLES, entry.lifecycle ?? 'current'),
    conflict: entry.conflict ?? null,
    decidedBy: optional(DECIDERS, entry.decidedBy),
    unauthorized: entry.unauthorized ?? false,
    api: oneOf(APIS, entry.api ?? 'v1'),
    checked: entry.checked ?? codeData.collected,
    sources: sourcesIn(entry.sources),
  });
  return {
    ...meaning,
    variants: (entry.variants ?? []).map((variant) => variantOf(variant, meaning, key)),
  };
}

function variantOf(entry: VariantEntry, meaning: CodeMeaning, key: string): CodeVariant {
  return translated(variantKey(key, entry), {
    text: entry.text ?? null,
    altTexts: entry.altTexts ?? [],
    phrases: entry.phrases ?? [],
    outcome: optional(OUTCOMES, entry.outcome) ?? meaning.outcome,
    meaning: entry.meaning,
    nextStep: entry.nextStep,
    certainty: optional(CERTAINTIES, entry.certainty) ?? meaning.certainty,
    decidedBy: optional(DECIDERS, entry.decidedBy) ?? meaning.decidedBy,
    sources: entry.sources === undefined ? meaning.sources : sourcesIn(entry.sources),
  });
}

const groups = once(() => new Map(Object.entries(codeData.groups)));
const keysIn = (list: string): string[] => list.split(' ');
const listOf = (list: string | undefined): string[] => (list === undefined ? [] : keysIn(list));
const optional = <T extends string>(allowed: readonly T[], value: string | undefined): T | null =>
  value === undefined ? null : oneOf(allowed, value);

const sourcesIn = (keys: string): string[] =>
  keysIn(keys).map((key) => textOf(codeData.sources, key));

function textOf(texts: Readonly<Record<string, string>>, key: string): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`The catalogue has no "${key}".`);
  return text;
}

/** When the facts of the catalogue were last read at their sources, as year and month. */
export const collectedOn = (): string => codeData.collected;

/** Every code of the catalogue, in its order. */
export function allCodes(): readonly CodeMeaning[] {
  return [...byCode().values()].flat();
}

/** Whether the catalogue explains the code at all, for any product. */
export function isKnownCode(code: string): boolean {
  return meanings(code).length > 0;
}

/** Whether a code is about the request (an error, the job status envelope) rather than a job's result. */
export function isEnvelopeCode(code: string): boolean {
  return meanings(code).some(({ kind }) => kind !== 'result');
}

/** Whether a code means, or may mean, that the request was not authorized. */
export function isUnauthorizedCode(code: string): boolean {
  return meanings(code).some(({ unauthorized }) => unauthorized);
}

/**
 * A sentence that is true for every error code of API v1: such a submission is not in the portal. Null for
 * other kinds of codes.
 */
export const errorNote = ({ kind, api }: CodeMeaning): string | null =>
  kind === 'error' && api === 'v1' ? l10n.textOf('errorNote', codeData.errorNote.text) : null;

const meanings = (code: string): readonly CodeMeaning[] =>
  byCode().get(code) ?? meaningsByPrefix(code);

/**
 * Errors of 23xx and 24xx without an entry, explained as the code of 22xx with the same end. Statuses are
 * not: 2202 and 2302 have only their end in common.
 */
function meaningsByPrefix(code: string): CodeMeaning[] {
  const [, end] = /^2[34](\d\d)$/.exec(code) ?? [];
  const siblings = end === undefined ? [] : (byCode().get(`22${end}`) ?? []);
  return siblings.flatMap((sibling): CodeMeaning[] =>
    sibling.kind === 'error'
      ? [
          {
            ...sibling,
            code,
            products: ['all'],
            certainty: 'by the prefix rule',
            conflict: l10n.t(
              'No table lists {0}. It is explained as {1}: {2}',
              code,
              sibling.code,
              l10n.textOf('prefixRule', codeData.prefixRule.text),
            ),
            checked: codeData.prefixRule.checked,
            sources: sourcesIn(codeData.prefixRule.sources),
          },
        ]
      : [],
  );
}

/**
 * All meanings of a code, or those for one product; errors that any request may return belong to every
 * product. Empty if the catalogue does not know the code. Nothing is padded: "810" is not a code.
 */
export function explain(code: string, product?: CodeScope): CodeMeaning[] {
  return meanings(code.trim()).filter(
    ({ products }) =>
      product === undefined || products.includes(product) || products.includes('all'),
  );
}

/**
 * As explain(), but with the ResultText that came with the code: if the text matches a variant, the
 * meaning is that of the variant. If the text does not decide, all meanings with all variants.
 */
export function meaningsOf(code: string, product?: CodeScope, resultText?: string): CodeMeaning[] {
  const all = explain(code, product);
  const text = wordsOf((resultText ?? '').slice(0, LONGEST_TEXT));
  if (text === '') return all;
  const named = all.flatMap((meaning) => withLabel(meaning, text));
  if (named.length > 0) return named;
  const [only, ...others] = all;
  // words alone do not distinguish products
  return only === undefined || others.length > 0 ? all : [withPhrase(only, text)];
}

/** Far longer than any text of Smile ID: the rest of a longer one is ignored. */
const LONGEST_TEXT = 1000;

/** Lower case, without punctuation: texts differ in it. */
const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The meaning, or its variant, with this text as a label; each of a label's two lines counts, too. */
function withLabel(meaning: CodeMeaning, text: string): CodeMeaning[] {
  const has = (one: Pick<CodeVariant, 'text' | 'altTexts'>): boolean =>
    [one.text ?? '', ...one.altTexts].some(
      (label) =>
        wordsOf(label) === text || label.split(' / ').some((line) => wordsOf(line) === text),
    );
  const variant = meaning.variants.find(has);
  if (variant) return [withVariant(meaning, variant)];
  return has(meaning) ? [{ ...meaning, variants: [] }] : [];
}

/** The variant with the longest phrase in the text; the meaning itself if there is none. */
function withPhrase(meaning: CodeMeaning, text: string): CodeMeaning {
  const [best] = meaning.variants
    .flatMap((variant) => variant.phrases.map((phrase) => ({ variant, phrase })))
    .filter(({ phrase }) => ` ${text} `.includes(` ${phrase} `))
    .sort((one, other) => other.phrase.length - one.phrase.length);
  return best ? withVariant(meaning, best.variant) : meaning;
}

function withVariant(meaning: CodeMeaning, variant: CodeVariant): CodeMeaning {
  const { text, altTexts, outcome, certainty, decidedBy, sources } = variant;
  return {
    ...meaning,
    ...{ text, altTexts, outcome, certainty, decidedBy, sources },
    meaning: variant.meaning,
    nextStep: variant.nextStep,
    // the sources disagree about the code, and this text decides
    conflict: null,
    variants: [],
  };
}

/**
 * What a reason of API v3 means, for a product and with the status that came with it. Without a product, or without a
 * status, all meanings. Empty if no source names the reason for this product, or with this status: it is unknown then.
 */
export function reasonMeaningsOf(
  reason: string,
  product: ProductKey | null,
  status: string | null,
): CodeMeaning[] {
  return explain(reason, product ?? undefined).filter(
    (meaning) => meaning.kind === 'reason' && (status === null || meaning.status === status),
  );
}

/** What a status of API v3 means, in upper or lower case: earlier versions wrote "Accepted". Null if it is unknown. */
export const statusMeaningOf = (status: string): CodeMeaning | null =>
  explain(status.toLowerCase()).find(({ kind, api }) => kind === 'status' && api === 'v3') ?? null;

/** The official labels of a code, one for each variant if the texts differ; else one that was seen. */
export function labelsOf({ text, altTexts, variants }: CodeMeaning): string[] {
  if (text !== null) return [text];
  const ofVariants = variants.flatMap((variant) => variant.text ?? []);
  return ofVariants.length > 0 ? ofVariants : altTexts.slice(0, 1);
}

const products = once(
  () =>
    new Map(
      jobTypeData.products.map(
        ({ product, label, jobType, apiNames, endpoints, note, codePrefixes, idHalf }) => [
          oneOf(PRODUCTS, product),
          {
            ...translated(`product.${product}`, { note: note ?? null }),
            label,
            jobType: jobType ?? null,
            apiNames: listOf(apiNames),
            endpoints: listOf(endpoints),
            codePrefixes: listOf(codePrefixes),
            idCodes: listOf(idHalf?.codes),
            idFound: idHalf?.found ?? null,
          },
        ],
      ),
    ),
);

export function productLabel(product: ProductKey): string {
  return products().get(product)?.label ?? product;
}

/** All products. */
export function allProducts(): readonly ProductKey[] {
  return PRODUCTS;
}

/** A scope in words: a product's name, or what a code belongs to that is not of one product. */
export function scopeLabel(scope: CodeScope): string {
  switch (scope) {
    case 'all':
      return l10n.t('All requests');
    case 'job_status':
      return l10n.t('Job status requests');
    case 'web_token':
      return l10n.t('Web tokens');
    case 'v3':
      return 'API v3';
    default:
      return productLabel(scope);
  }
}

/**
 * The product of a job type (constants of the official SDKs). If several have the same number, such as
 * Basic and Enhanced KYC, the first digits of the code decide. Null for numbers of no product, and if the
 * code does not decide.
 */
export function productOf(jobType: number, code: string | null): ProductKey | null {
  const [first, ...others] = productsOf(jobType);
  if (first === undefined || others.length === 0) return first ?? null;
  const ofCode = (product: ProductKey): boolean =>
    products()
      .get(product)
      ?.codePrefixes.some((prefix) => code?.startsWith(prefix)) ?? false;
  return [first, ...others].find(ofCode) ?? null;
}

/**
 * For a product whose jobs have two results, one about the ID and one about the selfie: to which of the
 * two a code belongs, and whether it says that the ID was found. Null for products with one result.
 */
export function halfOf(
  product: ProductKey,
  code: string,
): { readonly half: 'id' | 'selfie'; readonly idFound: boolean } | null {
  const facts = products().get(product);
  if (facts === undefined || facts.idFound === null) return null;
  return {
    half: facts.idCodes.includes(code) ? 'id' : 'selfie',
    idFound: code === facts.idFound,
  };
}

/** The products of a job type; empty for numbers of no product. */
export const productsOf = (jobType: number): readonly ProductKey[] =>
  PRODUCTS.filter((product) => jobTypeOf(product) === jobType);

const productsByApiName = once(
  () =>
    new Map(
      [...products()].flatMap(([product, { apiNames }]) =>
        apiNames.map((name) => [name, product] as const),
      ),
    ),
);

/**
 * The product that API v3 calls so, in the claims of a token or in a webhook: `smart_selfie_compare`. Null for other
 * names, our own keys among them. `aml` is null, too: the specification does not say which AML product it is.
 */
export const productOfApiName = (name: string): ProductKey | null =>
  productsByApiName().get(name) ?? null;

/** The paths to which jobs of a product are submitted with API v3; empty if v3 does not have it. */
export const endpointsOf = (product: ProductKey): readonly string[] =>
  products().get(product)?.endpoints ?? [];

/** A common mistake with a product's job type, or null. */
export function jobTypeNote(product: ProductKey): string | null {
  return products().get(product)?.note ?? null;
}

/** The job type with which jobs of a product are submitted, or null for products without one. */
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
