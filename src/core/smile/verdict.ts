import { meaningsOf } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import type { JobResult, Verdict } from './job';

/**
 * The verdict of a job, by the ResultCode for its product; the ResultText decides if one code has several
 * outcomes (0001 "System Error"). The envelope's `code` and `job_success` are not verdicts. Never
 * guessed: a code that the catalogue does not have for this product, or that means different things while
 * the product is not known, is `unknown`.
 *
 * @param complete the response's job_complete; null if it is missing
 */
export function verdictOf(
  result: Pick<JobResult, 'code' | 'text'> | null,
  product: ProductKey | null,
  complete: boolean | null,
): Verdict {
  const code = result?.code ?? null;
  if (code === null) return complete === false ? 'pending' : 'unknown';
  const outcomes = new Set(
    meaningsOf(code, product ?? undefined, result?.text ?? undefined)
      .filter(({ kind }) => kind === 'result')
      .map(({ outcome }) => outcome),
  );
  const [only, ...others] = [...outcomes];
  return only === undefined || only === null || others.length > 0 ? 'unknown' : only;
}
