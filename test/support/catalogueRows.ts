import actionData from '../../src/core/catalogue/actions.json';
import { allCodes, scopeLabel } from '../../src/core/catalogue/catalogue';
import codeData from '../../src/core/catalogue/codes.json';
import jobTypeData from '../../src/core/catalogue/jobTypes.json';

/** One entry of the catalogue as a reviewer reads it. */
export interface CatalogueRow {
  readonly what: 'result' | 'error' | 'status' | 'action' | 'value' | 'job type';
  readonly id: string;
  readonly outcome: string;
  readonly products: string;
  readonly label: string;
  readonly meaning: string;
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

/** Every entry, in the order of the files. */
export function catalogueRows(): CatalogueRow[] {
  const checked = new Map<string, string>();
  for (const entry of [...codeData.codes, ...codeData.v3Reasons]) {
    if ('checked' in entry) checked.set(entry.code, String(entry.checked));
  }
  return [
    ...allCodes().map((entry): CatalogueRow => ({
      what: entry.kind,
      id: entry.code,
      outcome: entry.outcome ?? '',
      products: entry.products.map(scopeLabel).join(', '),
      label: entry.text ?? entry.altTexts[0] ?? '',
      meaning: entry.meaning,
      certainty: entry.certainty,
      sources: entry.sources,
      date: checked.get(entry.code) ?? codeData.collected,
    })),
    ...actionData.actions.map((entry): CatalogueRow => ({
      what: 'action',
      id: entry.key,
      outcome: '',
      products: '',
      label: entry.label,
      meaning: entry.meaning,
      ...originOf(entry, actionData),
    })),
    ...actionData.values.map((entry): CatalogueRow => ({
      what: 'value',
      id: entry.value,
      outcome: entry.class,
      products: '',
      label: '',
      meaning: entry.meaning,
      ...originOf(entry, actionData),
    })),
    ...jobTypeData.products.map((entry): CatalogueRow => ({
      what: 'job type',
      id: entry.jobType === undefined ? '' : String(entry.jobType),
      outcome: '',
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
