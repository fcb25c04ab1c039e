import actionData from '../../src/core/catalogue/actions.json';
import { allCodes, scopeLabel } from '../../src/core/catalogue/catalogue';
import codeData from '../../src/core/catalogue/codes.json';
import jobTypeData from '../../src/core/catalogue/jobTypes.json';

/** One entry of the catalogue as a reviewer reads it. */
export interface CatalogueRow {
  readonly what:
    | 'result'
    | 'error'
    | 'status'
    | 'reason'
    | 'variant'
    | 'counterpart'
    | 'action'
    | 'value'
    | 'job type';
  readonly id: string;
  readonly outcome: string;
  /** The status with which a reason of API v3 comes. */
  readonly status: string;
  /** Smile ID's own category. */
  readonly category: string;
  readonly lifecycle: string;
  readonly products: string;
  readonly label: string;
  readonly meaning: string;
  readonly nextStep: string;
  readonly resubmit: string;
  readonly conflict: string;
  readonly certainty: string;
  readonly sources: readonly string[];
  /** Year and month. */
  readonly date: string;
}

interface Entry {
  readonly certainty?: string;
  readonly checked?: string;
  readonly sources: string;
}

const EMPTY = {
  outcome: '',
  status: '',
  category: '',
  lifecycle: '',
  products: '',
  label: '',
  nextStep: '',
  resubmit: '',
  conflict: '',
};

/** Every entry, in the order of the files; what a code means by its text follows it, a row each. */
export function catalogueRows(): CatalogueRow[] {
  return [
    ...allCodes().flatMap((entry): CatalogueRow[] => [
      {
        what: entry.kind,
        id: entry.code,
        outcome: entry.outcome ?? '',
        status: entry.status ?? '',
        category: entry.category ?? '',
        lifecycle: entry.lifecycle === 'current' ? '' : entry.lifecycle,
        products: entry.products.map(scopeLabel).join(', '),
        label: entry.text ?? entry.altTexts[0] ?? '',
        meaning: entry.meaning,
        nextStep: entry.nextStep,
        resubmit: entry.resubmit ?? '',
        conflict: entry.conflict ?? '',
        certainty: entry.certainty,
        sources: entry.sources,
        date: entry.checked,
      },
      ...entry.variants.map((variant): CatalogueRow => ({
        ...EMPTY,
        what: 'variant',
        id: entry.code,
        outcome: variant.outcome ?? '',
        products: entry.products.map(scopeLabel).join(', '),
        label: variant.text ?? variant.altTexts[0] ?? `… ${variant.phrases.join(' / ')} …`,
        meaning: variant.meaning,
        nextStep: variant.nextStep,
        certainty: variant.certainty,
        sources: variant.sources,
        date: entry.checked,
      })),
    ]),
    ...codeData.counterparts.map((entry): CatalogueRow => ({
      ...EMPTY,
      what: 'counterpart',
      id: entry.codes,
      products: entry.product ?? '',
      status: entry.status ?? '',
      meaning: entry.text ?? entry.reason ?? '',
      ...originOf(entry, { ...codeData, certainty: 'documented' }),
    })),
    ...actionData.actions.map((entry): CatalogueRow => ({
      ...EMPTY,
      what: 'action',
      id: entry.key,
      label: entry.label,
      meaning: entry.meaning,
      ...originOf(entry, actionData),
    })),
    ...actionData.values.map((entry): CatalogueRow => ({
      ...EMPTY,
      what: 'value',
      id: entry.value,
      outcome: entry.class,
      nextStep: entry.advice,
      meaning: entry.meaning,
      ...originOf(entry, actionData),
    })),
    ...jobTypeData.products.map((entry): CatalogueRow => ({
      ...EMPTY,
      what: 'job type',
      id: entry.jobType === undefined ? '' : String(entry.jobType),
      products: entry.label,
      label: entry.product,
      meaning: entry.note ?? '',
      ...originOf(entry, jobTypeData),
    })),
  ];
}

function originOf(
  { certainty, checked, sources }: Entry,
  file: {
    readonly certainty: string;
    readonly collected: string;
    readonly sources: Readonly<Record<string, string>>;
  },
): Pick<CatalogueRow, 'certainty' | 'sources' | 'date'> {
  return {
    certainty: certainty ?? file.certainty,
    sources: sources.split(' ').map((key) => file.sources[key] ?? ''),
    date: checked ?? file.collected,
  };
}
