import * as vscode from 'vscode';
import { explainAction, explainActionValue } from '../../core/catalogue/actions';
import { endpointNote } from '../../core/catalogue/counterparts';
import { jobTypeNote, productLabel, productsOf } from '../../core/catalogue/catalogue';
import { termAt } from '../../core/codes/termAt';
import type { Term } from '../../core/codes/terms';
import { plain } from '../../core/markdown';
import { codesNear } from './codesNear';
import { codeText, explainLink } from './codeText';
import { outcomeNear } from './productOfCode';
import { mentionAt } from './relevance';

/** What an action, its value, a job type, or a status or reason of API v3 means. */
export function termHover(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.Hover | undefined {
  const { value, offset } = codesNear(document, position);
  const term = termAt(value, offset, () => mentionAt(document, position));
  if (!term) return undefined;
  const texts = termText(term, () => outcomeNear(document, position));
  if (texts.length === 0) return undefined;
  const start = position.translate(0, term.start - offset);
  return new vscode.Hover(texts, new vscode.Range(start, position.translate(0, term.end - offset)));
}

/** @param near the product and status that the text names; read only for a reason */
function termText(
  { kind, value }: Term,
  near: () => ReturnType<typeof outcomeNear>,
): vscode.MarkdownString[] {
  switch (kind) {
    case 'action': {
      const action = explainAction(value);
      if (!action) return [];
      return [text(`${action.label} · ${vscode.l10n.t('action')}`, action.meaning, action.note)];
    }
    case 'actionValue': {
      const known = explainActionValue(value);
      if (!known) return [];
      const { value: title, meaning, advice, note } = known;
      const next = vscode.l10n.t('Next: {0}', advice);
      return [text(`${title} · ${vscode.l10n.t('value of an action')}`, meaning, next, note)];
    }
    case 'jobType': {
      const products = productsOf(Number(value));
      const title = vscode.l10n.t('Job type {0}', value);
      const notes = [...products.map(jobTypeNote), ...products.map(endpointNote)];
      return [text(title, products.map(productLabel).join(', '), ...notes)];
    }
    case 'reason': {
      const { product, status } = near();
      return [explainLink(value), ...codeText(value, product, status)];
    }
    default:
      return [explainLink(value), ...codeText(value)];
  }
}

function text(
  title: string,
  ...paragraphs: readonly (string | null | undefined)[]
): vscode.MarkdownString {
  const shown = new vscode.MarkdownString(`**${plain(title)}**`);
  for (const paragraph of paragraphs) {
    if (typeof paragraph === 'string') shown.appendMarkdown(`\n\n${plain(paragraph)}`);
  }
  return shown;
}
