import type * as vscode from 'vscode';
import { productOf } from '../../core/catalogue/catalogue';
import { apiProductNear, apiStatusNear, jobTypeNear, NEARBY } from '../../core/codes/productNear';
import type { ProductKey } from '../../core/catalogue/types';
import { textAround, type Lines } from './linesNear';

type Place = Pick<vscode.Position, 'line' | 'character'>;

/**
 * The product of the job type near a code. Null if there is none, and if the number means several products that
 * the code does not distinguish.
 */
export function productOfCode(document: Lines, at: Place, code: string): ProductKey | null {
  return productsAt(document, at)(code);
}

/** The same for any code at a position: what is near is read once. */
export function productsAt(document: Lines, at: Place): (code: string) => ProductKey | null {
  const { text, position } = textAround(document, at, NEARBY);
  const jobType = jobTypeNear(text, position);
  return (code) => (jobType === null ? null : productOf(jobType, code));
}

/** The product and the status that API v3 names near a reason; each is null if none or several are near. */
export function outcomeNear(
  document: Lines,
  at: Place,
): { readonly product: ProductKey | null; readonly status: string | null } {
  const { text, position } = textAround(document, at, NEARBY);
  return { product: apiProductNear(text, position), status: apiStatusNear(text, position) };
}
