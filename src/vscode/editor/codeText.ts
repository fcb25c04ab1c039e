import * as vscode from 'vscode';
import { explain, isKnownCode, productLabel } from '../../core/catalogue/catalogue';
import { counterpartsOf } from '../../core/catalogue/counterparts';
import {
  describeCode,
  type CodeDescription,
  type VariantDescription,
} from '../../core/catalogue/describeCode';
import { outcomeLabel } from '../../core/catalogue/outcomeLabel';
import type { ProductKey } from '../../core/catalogue/types';
import { plain } from '../../core/markdown';
import { stateIcon } from '../stateIcons';

/**
 * What the catalogue knows of a code, one text for each of its meanings: for hovers and completions.
 *
 * @param product the one that the code is used for, if it is known: its meaning comes first and in full,
 *   the others follow in a line each
 * @param status the one with which API v3 sent a reason, if it is known: as the product
 */
export function codeText(
  code: string,
  product: ProductKey | null = null,
  status: string | null = null,
): vscode.MarkdownString[] {
  const descriptions = describeCode(code);
  if (descriptions.length === 0) return [unknownText(code)];
  const label = product === null ? null : productLabel(product);
  const isMeant = (description: CodeDescription): boolean =>
    (label === null || description.products.includes(label)) &&
    (status === null || description.status === status);
  const meant = descriptions.filter(isMeant);
  if (meant.length === 0 || (label === null && status === null)) {
    return descriptions.map((description) => descriptionText(code, description, null));
  }
  const others = descriptions.filter((description) => !isMeant(description));
  const known =
    label === null ? null : /^\d/.test(code) ? vscode.l10n.t('{0}, by its job type', label) : label;
  return [
    ...meant.map((description) => descriptionText(code, description, known)),
    ...(others.length === 0 ? [] : [shortTexts(others)]),
  ];
}

/** Links to more about a code. */
export function codeLinks(code: string): vscode.MarkdownString {
  return isKnownCode(code)
    ? links(code, [
        ['smile.explainCode', vscode.l10n.t('Explain in full')],
        ['smile.findJobs', vscode.l10n.t('Find in recent jobs')],
        ...guideLinks(code),
      ])
    : links(code, [
        ['smile.copyCodeReport', vscode.l10n.t('Copy a report')],
        ['smile.findJobs', vscode.l10n.t('Find in recent jobs')],
      ]);
}

/** A link to everything about a status or a reason of API v3. */
export const explainLink = (word: string): vscode.MarkdownString =>
  links(word, [['smile.explainCode', vscode.l10n.t('Explain in full')], ...guideLinks(word)]);

type Link = readonly [command: string, title: string];

/** What leads to the guide, for what has a counterpart in the other version of the API. */
const guideLinks = (code: string): readonly Link[] =>
  explain(code).some((meaning) => counterpartsOf(meaning).length > 0)
    ? [['smile.openMigrationGuide', vscode.l10n.t('Migration guide')]]
    : [];

/** Links that run our commands with a code. Nothing else in the text can run anything. */
function links(code: string, commands: readonly Link[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: commands.map(([command]) => command) };
  const argument = encodeURIComponent(JSON.stringify(code));
  return text.appendMarkdown(
    commands
      .map(([command, title]) => `[${plain(title)}](command:${command}?${argument})`)
      .join(' · '),
  );
}

function unknownText(code: string): vscode.MarkdownString {
  return new vscode.MarkdownString(
    plain(
      vscode.l10n.t(
        'Smile ID {0}: this extension does not know this code. Go by ResultText, and do not treat it as a pass.',
        code,
      ),
    ),
  );
}

/** Variants that a hover lists; the page of the code lists all. */
const MOST_VARIANTS = 6;

/** @param known the product that the code is used for, in words, if the text shows it */
function descriptionText(
  code: string,
  description: CodeDescription,
  known: string | null,
): vscode.MarkdownString {
  const { outcome, products, variants, notes, certainty, page, resubmit } = description;
  const text = new vscode.MarkdownString('', true);
  text.appendMarkdown(`$(${outcome === null ? 'info' : stateIcon(outcome).icon}) **${code}`);
  if (outcome !== null) text.appendMarkdown(plain(` ${outcomeLabel(outcome)}`));
  text.appendMarkdown('** · ');
  text.appendMarkdown(plain(known ?? products.join(', ')));
  text.appendMarkdown('\n\n');
  appendMeaning(text, description);
  text.appendMarkdown('  \n*');
  text.appendMarkdown(plain(vscode.l10n.t('Next:')));
  text.appendMarkdown('* ');
  text.appendMarkdown(plain(description.nextStep));
  if (resubmit !== null) {
    text.appendMarkdown('  \n*');
    text.appendMarkdown(plain(vscode.l10n.t('Submit again:')));
    text.appendMarkdown('* ');
    text.appendMarkdown(plain(resubmit));
  }
  if (variants.length > 0) {
    text.appendMarkdown('\n\n');
    text.appendMarkdown(plain(vscode.l10n.t('By its text:')));
    for (const variant of variants.slice(0, MOST_VARIANTS)) {
      text.appendMarkdown('\n- ');
      appendMeaning(text, variant);
    }
    if (variants.length > MOST_VARIANTS) {
      const more = variants.length - MOST_VARIANTS;
      text.appendMarkdown(`\n- ${plain(vscode.l10n.t('{0} more: see Explain in full', more))}`);
    }
  }
  for (const note of notes) {
    text.appendMarkdown('\n\n$(info) ');
    text.appendMarkdown(plain(note));
  }
  text.appendMarkdown('\n\n');
  text.appendMarkdown(plain(certainty));
  if (page !== null) {
    text.appendMarkdown(' · [');
    text.appendMarkdown(plain(vscode.l10n.t('Official page')));
    text.appendMarkdown(`](${page})`);
  }
  return text;
}

/** The label in bold, and what it means; of a variant, also its outcome if it differs. */
function appendMeaning(
  to: vscode.MarkdownString,
  { text, meaning, ...more }: CodeDescription | VariantDescription,
): void {
  if (text !== null) {
    to.appendMarkdown('**');
    to.appendMarkdown(plain(text));
    to.appendMarkdown('**: ');
  }
  if (!('variants' in more) && more.outcome !== null) {
    to.appendMarkdown(plain(`${outcomeLabel(more.outcome)}. `));
  }
  to.appendMarkdown(plain(meaning));
}

/** What a code means elsewhere: outcome, text and products, a line each. */
function shortTexts(descriptions: readonly CodeDescription[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(
    plain(
      descriptions.some(({ status }) => status !== null)
        ? vscode.l10n.t('For other products or statuses:')
        : vscode.l10n.t('For other products:'),
    ),
  );
  for (const { outcome, status, text: label, variants, products } of descriptions) {
    const said = [
      outcome === null ? null : outcomeLabel(outcome),
      // a reason is its own label
      status ?? label ?? variants[0]?.text ?? null,
      products.join(', '),
    ];
    text.appendMarkdown(`\n- ${plain(said.filter((part) => part !== null).join(' · '))}`);
  }
  return text;
}
