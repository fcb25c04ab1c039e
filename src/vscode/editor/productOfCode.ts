import type * as vscode from 'vscode';
import { NEARBY, productNear } from '../../core/catalogue/scan/productNear';
import type { ProductKey } from '../../core/catalogue/types';
import { textAround } from './linesNear';

/** The product that a job type near a code names; null where nothing tells. */
export function productOfCode(
  document: vscode.TextDocument,
  at: vscode.Position,
  code: string,
): ProductKey | null {
  return productsAt(document, at)(code);
}

/** The same for any code that may stand at a position: what is near is read once. */
export function productsAt(
  document: vscode.TextDocument,
  at: vscode.Position,
): (code: string) => ProductKey | null {
  const { text, position } = textAround(document, at, NEARBY);
  return (code) => productNear(text, position, code);
}
