import { plain } from '../markdown';
import {
  allCodes,
  collectedOn,
  errorNote,
  explain,
  labelsOf,
  productLabel,
  scopeLabel,
} from './catalogue';
import { OUTCOME_LABELS } from './outcomeLabels';
import type { CodeMeaning, CodeVariant, ProductKey } from './types';

const KINDS = {
  result: 'Result code',
  error: 'Error code',
  status: 'Status of API v2 or v3',
  reason: 'Reason of API v3',
} as const;

const LIFECYCLES = {
  current: null,
  deprecated: 'Deprecated by Smile ID',
  old: 'Only in older tables',
} as const;

/** One code in a list to choose from. */
export interface CodeChoice {
  readonly code: string;
  /** Its labels, each once. */
  readonly label: string;
  /** Outcome and products. */
  readonly about: string;
  readonly meaning: string;
  readonly outcome: CodeMeaning['outcome'];
}

/** The codes to choose from, all or those of one product; one line for each meaning. */
export function codeChoices(product?: ProductKey): CodeChoice[] {
  return allCodes()
    .filter(({ products }) => product === undefined || products.includes(product))
    .map((meaning) => ({
      code: meaning.code,
      label: labelsOf(meaning).join('; ') || KINDS[meaning.kind],
      about: [
        ...(meaning.outcome === null ? [] : [OUTCOME_LABELS[meaning.outcome]]),
        meaning.products.map(scopeLabel).join(', '),
      ].join(' · '),
      meaning: meaning.meaning,
      outcome: meaning.outcome,
    }));
}

/**
 * Everything that the catalogue knows about a code, as Markdown for VS Code's preview. The preview makes a link of
 * an address in any text, so a text without the form of a code is not repeated.
 */
export function codePage(code: string): string {
  const meanings = explain(code);
  if (meanings.length === 0) {
    const title = /^\d{4}$/.test(code) ? code : 'Unknown code';
    return `# ${title}\n\nThe catalogue does not know this code. Go by ResultText, and do not treat it as a pass.\n`;
  }
  const several =
    meanings.length > 1
      ? 'This code has several meanings: the product, and where that is not enough ResultText, says which one holds.\n\n'
      : '';
  return `# ${code}\n\n${several}${meanings.map(section).join('\n')}`;
}

function section(meaning: CodeMeaning): string {
  const { kind, text, altTexts, products, outcome, category, decidedBy, certainty } = meaning;
  const title = `${outcome === null ? KINDS[kind] : OUTCOME_LABELS[outcome]}: ${products.map(scopeLabel).join(', ')}`;
  const rows: (readonly [string, string | null])[] = [
    ['Text', text],
    ['Other texts', altTexts.length > 0 ? altTexts.join('; ') : null],
    ['Type', `${KINDS[kind]}, API ${meaning.api}`],
    ['Category of Smile ID', category],
    ['Status', LIFECYCLES[meaning.lifecycle]],
    ['Decided by', decidedBy],
    ['Confidence of source', capitalized(certainty)],
    ['Note', meaning.conflict],
    ['Portal', errorNote(meaning)],
  ];
  return `## ${plain(title)}

${plain(meaning.meaning)}

**What to do next:** ${plain(meaning.nextStep)}

${variantsOf(meaning)}| | |
| --- | --- |
${rows.flatMap(([name, value]) => (value === null ? [] : [`| ${name} | ${plain(value)} |`])).join('\n')}

Sources, read in ${meaning.checked}:

${meaning.sources.map((source) => `- ${linked(source)}`).join('\n')}
`;
}

/** What the code means with certain texts, as a table. */
function variantsOf({ variants, outcome, certainty }: CodeMeaning): string {
  if (variants.length === 0) return '';
  const textOf = ({ text, altTexts, phrases }: CodeVariant): string =>
    text ?? altTexts[0] ?? `… ${phrases[0] ?? ''} …`;
  const meaningOf = (variant: CodeVariant): string =>
    [
      ...(variant.outcome === outcome || variant.outcome === null
        ? []
        : [`${OUTCOME_LABELS[variant.outcome]}.`]),
      variant.meaning,
      ...(variant.certainty === certainty ? [] : [`(${capitalized(variant.certainty)}.)`]),
    ].join(' ');
  const lines = variants.map(
    (variant) =>
      `| ${[textOf(variant), meaningOf(variant), variant.nextStep].map(plain).join(' | ')} |`,
  );
  return `By its text:

| Text | Meaning | What to do next |
| --- | --- | --- |
${lines.join('\n')}

`;
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const linked = (source: string): string =>
  /^https:\/\/[\w./-]+$/.test(source) ? `<${source}>` : plain(source);

/**
 * A report of a code that the catalogue does not know, as Markdown: what is needed to add it, and nothing of
 * a person. The text is Smile ID's own sentence; whatever in it could be personal is left to the reader.
 */
export function unknownCodeReport(
  code: string,
  product: ProductKey | null,
  version: string,
): string {
  return `**Unknown Smile ID code ${plain(code)}**

- Product: ${product === null ? 'unknown' : productLabel(product)}
- Extension: ${version}, catalogue of ${collectedOn()}
- ResultText as Smile ID sent it (check that it names nobody):
- Where it is documented, if anywhere:
`;
}
