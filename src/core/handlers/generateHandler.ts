import { productLabel } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import { branchesOf, branchLines } from './branches';
import { HANDLER_STYLES, UNKNOWN, type HandlerLanguage } from './handlerStyles';
import { resultCodesOf } from './resultCodes';

/**
 * A function that says what a result code of the product means for the job: one of the verdicts, as text (a
 * symbol in Ruby). It handles every documented code, by outcome, with Smile ID's label; any other code is
 * `unknown`. Complete in itself, with the language's usual indentation; PHP without `<?php`, Java and C# as a
 * static method. Python needs 3.10, PHP 8.0, C# 7, Kotlin 1.3.
 */
export function generateHandler(product: ProductKey, language: HandlerLanguage): string {
  const style = HANDLER_STYLES[language];
  const branches = branchesOf(resultCodesOf(product));
  const about = [
    `What a result code of ${productLabel(product)} says about the job.`,
    branches.length === 0
      ? 'No result codes are documented for this product.'
      : 'Codes are text: as numbers they lose their zeros.',
  ];
  const name = style.name([...product.split('_'), 'outcome']);
  const lines = [
    ...(branchLines(style, style.sign, branches, style.result) ?? []),
    `${style.comment} ${UNKNOWN}`,
    ...style.otherwise,
  ];
  return withIndent(
    style.lines(
      name,
      about,
      lines,
      branches.map(({ outcome }) => outcome),
    ),
    style.indent,
  ).join('\n');
}

/** Tabs at the beginning of lines replaced. */
export function withIndent(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => line.replace(/^\t+/, (tabs) => indent.repeat(tabs.length)));
}
