import * as l10n from '../l10n';
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
import { certaintyWords } from './certaintyWords';
import { counterpartsOf } from './counterparts';
import { outcomeLabel } from './outcomeLabel';
import type { CodeMeaning, CodeVariant, Decider, ProductKey } from './types';

const kindLabel = (kind: CodeMeaning['kind']): string =>
  ({
    result: l10n.t('Result code'),
    error: l10n.t('Error code'),
    status: l10n.t('Status of API v2 or v3'),
    reason: l10n.t('Reason of API v3'),
  })[kind];

const lifecycleLabel = (lifecycle: CodeMeaning['lifecycle']): string | null =>
  ({
    current: null,
    deprecated: l10n.t('Deprecated by Smile ID'),
    old: l10n.t('Only in older tables'),
  })[lifecycle];

const deciderLabel = (decider: Decider): string =>
  ({
    machine: l10n.t('Machine'),
    human: l10n.t('Human'),
    'machine or human': l10n.t('Machine or human'),
  })[decider];

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
      label: labelsOf(meaning).join('; ') || kindLabel(meaning.kind),
      about: [
        ...(meaning.outcome === null ? [] : [outcomeLabel(meaning.outcome)]),
        meaning.products.map(scopeLabel).join(', '),
        ...(meaning.api === 'v3' && !meaning.products.includes('v3') ? [scopeLabel('v3')] : []),
      ].join(' · '),
      meaning: meaning.meaning,
      outcome: meaning.outcome,
    }));
}

/**
 * Everything that the catalogue knows about a code, as Markdown for VS Code's preview. The preview makes a link of
 * an address in any text, so a text that does not have the form of a code is not repeated.
 */
export function codePage(code: string): string {
  const meanings = explain(code);
  if (meanings.length === 0) {
    const title = /^\d{4}$/.test(code) ? code : plain(l10n.t('Unknown code'));
    return `# ${title}\n\n${plain(l10n.t('This extension does not know this code. Go by ResultText, and do not treat it as a pass.'))}\n`;
  }
  const isReason = meanings.every(({ kind }) => kind === 'reason');
  const several = isReason
    ? l10n.t(
        'This reason has several meanings. The product and the status decide which one applies.',
      )
    : l10n.t(
        'This code has several meanings. The product decides which one applies, and where that is not enough, ResultText.',
      );
  const intro = meanings.length > 1 ? `${plain(several)}\n\n` : '';
  return `# ${code}\n\n${intro}${meanings.map(section).join('\n')}`;
}

function section(meaning: CodeMeaning): string {
  const { kind, text, altTexts, products, outcome, category, decidedBy } = meaning;
  const counterparts = counterpartsOf(meaning);
  const title = `${outcome === null ? kindLabel(kind) : outcomeLabel(outcome)}: ${products.map(scopeLabel).join(', ')}`;
  const rows: (readonly [string, string | null])[] = [
    [l10n.t('Text'), text],
    [l10n.t('Other texts'), altTexts.length > 0 ? altTexts.join('; ') : null],
    [l10n.t('Type'), `${kindLabel(kind)}, API ${meaning.api}`],
    [l10n.t("Smile ID's category"), category],
    [l10n.t('Status of the job'), meaning.status],
    [l10n.t('Status'), lifecycleLabel(meaning.lifecycle)],
    [l10n.t('Decided by'), decidedBy && deciderLabel(decidedBy)],
    [l10n.t('Certainty'), certaintyWords(meaning)],
    [l10n.t('Note'), meaning.conflict],
    [l10n.t('Portal'), errorNote(meaning)],
    [l10n.t('Migration'), counterparts.length > 0 ? counterparts.join(' ') : null],
  ];
  return `## ${plain(title)}

${plain(meaning.meaning)}

**${plain(l10n.t('What to do next:'))}** ${plain(meaning.nextStep)}

${resubmitOf(meaning)}${variantsOf(meaning)}| | |
| --- | --- |
${rows.flatMap(([name, value]) => (value === null ? [] : [`| ${plain(name)} | ${plain(value)} |`])).join('\n')}

${plain(l10n.t('Sources, read in {0}:', meaning.checked))}

${meaning.sources.map((source) => `- ${linked(source)}`).join('\n')}
`;
}

const resubmitOf = ({ resubmit }: CodeMeaning): string =>
  resubmit === null ? '' : `**${plain(l10n.t('Submit again:'))}** ${plain(resubmit)}\n\n`;

/** What the code means with certain texts, as a table. */
function variantsOf({ variants, outcome, certainty }: CodeMeaning): string {
  if (variants.length === 0) return '';
  const textOf = ({ text, altTexts, phrases }: CodeVariant): string =>
    text ?? altTexts[0] ?? `… ${phrases[0] ?? ''} …`;
  const meaningOf = (variant: CodeVariant): string =>
    [
      ...(variant.outcome === outcome || variant.outcome === null
        ? []
        : [`${outcomeLabel(variant.outcome)}.`]),
      variant.meaning,
      ...(variant.certainty === certainty ? [] : [`(${certaintyWords(variant)}.)`]),
    ].join(' ');
  const lines = variants.map(
    (variant) =>
      `| ${[textOf(variant), meaningOf(variant), variant.nextStep].map(plain).join(' | ')} |`,
  );
  const heads = [l10n.t('Text'), l10n.t('Meaning'), l10n.t('What to do next')];
  return `${plain(l10n.t('By its text:'))}

| ${heads.map(plain).join(' | ')} |
| --- | --- | --- |
${lines.join('\n')}

`;
}

const linked = (source: string): string =>
  /^https:\/\/[\w./-]+$/.test(source) ? `<${source}>` : plain(source);

/**
 * A report of a code that the catalogue does not know, as Markdown and in English: what is needed to add it, and
 * nothing about a person. The text is Smile ID's own sentence; the user decides whether a part of it is personal.
 */
export function unknownCodeReport(
  code: string,
  product: ProductKey | null,
  version: string,
): string {
  return `**Unknown Smile ID code ${plain(code)}**

- Product: ${product === null ? 'unknown' : productLabel(product)}
- Extension: ${version}, catalogue of ${collectedOn()}
- ResultText as Smile ID sent it (check that it contains no name of a person):
- Where it is documented, if anywhere:
`;
}
