import { plain } from '../markdown';
import { allCodes, collectedOn, explain, productLabel, scopeLabel } from './catalogue';
import type { CodeMeaning, ProductKey } from './types';

const OUTCOMES = {
  approved: 'Approved',
  provisional: 'Provisional',
  rejected: 'Rejected',
  pending: 'Pending',
  error: 'Error',
} as const;

const KINDS = {
  result: 'Result code',
  error: 'Error code',
  status: 'Status of API v2 or v3',
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
      label: meaning.text ?? meaning.altTexts[0] ?? KINDS[meaning.kind],
      about: [
        ...(meaning.outcome === null ? [] : [OUTCOMES[meaning.outcome]]),
        meaning.products.map(scopeLabel).join(', '),
      ].join(' · '),
      meaning: meaning.meaning,
      outcome: meaning.outcome,
    }));
}

/** Everything that the catalogue knows of a code, as Markdown. */
export function codePage(code: string): string {
  const meanings = explain(code);
  if (meanings.length === 0) {
    return `# ${plain(code)}\n\nThe catalogue does not know this code. Go by ResultText, and do not treat it as a pass.\n`;
  }
  const several =
    meanings.length > 1
      ? 'This code has several meanings: the product, and where that is not enough ResultText, says which one holds.\n\n'
      : '';
  return `# ${plain(code)}\n\n${several}${meanings.map(section).join('\n')}`;
}

function section(meaning: CodeMeaning): string {
  const { kind, text, altTexts, products, outcome, decidedBy, certainty, conflict, api } = meaning;
  const title = `${outcome === null ? KINDS[kind] : OUTCOMES[outcome]}: ${products.map(scopeLabel).join(', ')}`;
  const rows: (readonly [string, string | null])[] = [
    ['Text', text],
    ['Other texts', altTexts.length > 0 ? altTexts.join('; ') : null],
    ['Kind', `${KINDS[kind]}, API ${api}`],
    ['Decided by', decidedBy],
    ['How sure', certainty === 'documented' ? 'Documented' : 'Seen in SDK code'],
    ['Caution', conflict],
  ];
  return `## ${plain(title)}

${plain(meaning.meaning)}

**What to do next:** ${plain(meaning.nextStep)}

| | |
| --- | --- |
${rows.flatMap(([name, value]) => (value === null ? [] : [`| ${name} | ${plain(value)} |`])).join('\n')}

Sources, collected in ${collectedOn()}:

${meaning.sources.map((source) => `- ${linked(source)}`).join('\n')}
`;
}

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
