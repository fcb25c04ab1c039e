import { explain } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import type { JobResult, Verdict } from './job';

/**
 * Where a job stands, by its ResultCode read for its product. The envelope's `code` and `job_success` are
 * no verdicts. Never guessed: a code that the catalogue does not have for this product, or that means
 * different things while the product is not known, is `unknown`.
 *
 * @param complete the answer's job_complete; null where it is missing
 */
export function verdictOf(
  result: Pick<JobResult, 'code'> | null,
  product: ProductKey | null,
  complete: boolean | null,
): Verdict {
  const code = result?.code ?? null;
  if (code === null) return complete === false ? 'pending' : 'unknown';
  // Biometric KYC answers in two halves: 1012 says that the ID was found, the selfie is still to come.
  if (product === 'biometric_kyc' && code === '1012') return 'pending';
  const outcomes = new Set(
    explain(code, product ?? undefined)
      .filter(({ kind }) => kind === 'result')
      .map(({ outcome }) => outcome),
  );
  const [only, ...others] = [...outcomes];
  return only === undefined || only === null || others.length > 0 ? 'unknown' : only;
}
