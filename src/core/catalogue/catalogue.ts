import actionData from './actions.json';
import codeData from './codes.json';
import jobTypeData from './jobTypes.json';
import type {
  ActionClass,
  ActionMeaning,
  ActionValueMeaning,
  Certainty,
  CodeMeaning,
  CodeOutcome,
  CodeScope,
  ProductKey,
} from './types';

/** A code as the data file holds it: what is left out is null, and `documented` in API v1. */
interface CodeEntry {
  readonly code: string;
  readonly kind: CodeMeaning['kind'];
  readonly text?: string;
  readonly altTexts?: readonly string[];
  readonly products: readonly CodeScope[];
  readonly outcome?: CodeOutcome;
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty?: Certainty;
  readonly conflict?: string;
  readonly decidedBy?: NonNullable<CodeMeaning['decidedBy']>;
  readonly api?: CodeMeaning['api'];
  readonly sources: readonly string[];
}

interface CatalogueData {
  readonly sources: Readonly<Record<string, string>>;
  readonly codes: readonly CodeEntry[];
  readonly actions: readonly { key: string; label: string; meaning: string; note?: string }[];
  readonly values: readonly {
    value: string;
    class: ActionClass;
    meaning: string;
    advice: string;
    note?: string;
  }[];
  readonly products: readonly { product: ProductKey; label: string; jobType?: number }[];
}

/** JSON files have no literal types; test/unit/catalogue.test.ts checks every value against these. */
const DATA = { ...codeData, ...actionData, ...jobTypeData } as unknown as CatalogueData;

/** Built on first use, so that loading the extension stays cheap. */
function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | null = null;
  return () => (built ??= { value: build() }).value;
}

const byCode = once(() => {
  const all = new Map<string, CodeMeaning[]>();
  for (const entry of DATA.codes) {
    const meanings = all.get(entry.code) ?? [];
    meanings.push(meaningOf(entry));
    all.set(entry.code, meanings);
  }
  return all;
});

function meaningOf(entry: CodeEntry): CodeMeaning {
  return {
    code: entry.code,
    kind: entry.kind,
    text: entry.text ?? null,
    altTexts: entry.altTexts ?? [],
    products: entry.products,
    outcome: entry.outcome ?? null,
    meaning: entry.meaning,
    nextStep: entry.nextStep,
    certainty: entry.certainty ?? 'documented',
    conflict: entry.conflict ?? null,
    decidedBy: entry.decidedBy ?? null,
    api: entry.api ?? 'v1',
    sources: entry.sources.map((key) => DATA.sources[key] ?? key),
  };
}

/** Every code of the catalogue, in its order. */
export function allCodes(): readonly CodeMeaning[] {
  return [...byCode().values()].flat();
}

export function isKnownCode(code: string): boolean {
  return byCode().has(code);
}

const envelopeCodes = once(
  () => new Set(DATA.codes.filter(({ kind }) => kind !== 'result').map(({ code }) => code)),
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

const labels = once(() => new Map(DATA.products.map(({ product, label }) => [product, label])));

export function productLabel(product: ProductKey): string {
  return labels().get(product) ?? product;
}

export function isProductKey(text: string): text is ProductKey {
  return DATA.products.some(({ product }) => product === text);
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
 * The product of a job type (official SDKs' constants). Basic and Enhanced KYC share number 5: there the
 * code decides, by the products that have it; null where it does not.
 */
export function productOf(jobType: number, code: string | null): ProductKey | null {
  const candidates = DATA.products.filter((product) => product.jobType === jobType);
  const fitting =
    candidates.length < 2 || code === null
      ? candidates
      : candidates.filter(({ product }) =>
          explain(code).some(({ products }) => products.includes(product)),
        );
  const [only, ...others] = fitting;
  return only === undefined || others.length > 0 ? null : only.product;
}

const actions = once(() => new Map(DATA.actions.map((action) => [action.key, action])));

export function explainAction(key: string): ActionMeaning | null {
  const action = actions().get(key);
  return action ? { ...action, note: action.note ?? null } : null;
}

const actionValues = once(
  () => new Map(DATA.values.map((value) => [value.value.toLowerCase(), value])),
);

/** Values are compared without regard to case: SDKs and answers differ in it. */
export function explainActionValue(value: string): ActionValueMeaning | null {
  const known = actionValues().get(value.trim().toLowerCase());
  return known ? { ...known, note: known.note ?? null } : null;
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
