import type { ProductKey } from '../catalogue/types';
import type { Verdict } from '../smile/job';
import type { Pasted, SignatureState } from '../smile/outcome';
import type { ReadResponse } from '../smile/readResponse';
import { reportOf } from './jobReport';

/** What a response says, for other programs. Part of the extension's public API; null for what it does not say. */
export interface ResponseSummary {
  readonly kind: ReadResponse['kind'];
  readonly api: 'v1' | 'v2' | 'v3' | null;
  readonly product: ProductKey | null;
  readonly jobId: string | null;
  readonly userId: string | null;
  /** Null for errors and for accepted requests. */
  readonly verdict: Verdict | null;
  /** The result code, or the code of an error; four digits. */
  readonly code: string | null;
  /** The status of a job of API v3. */
  readonly status: string | null;
  readonly reason: string | null;
  /** Smile ID's own text. */
  readonly text: string | null;
  readonly meaning: string | null;
  readonly nextStep: string | null;
  readonly signature: SignatureState;
}

/** Of what is no response, or cannot be read at all. */
export const NO_RESPONSE: ResponseSummary = {
  kind: 'unknown',
  api: null,
  product: null,
  jobId: null,
  userId: null,
  verdict: null,
  code: null,
  status: null,
  reason: null,
  text: null,
  meaning: null,
  nextStep: null,
  signature: 'unknown',
};

export function summaryOf(
  read: ReadResponse<unknown>,
  pasted: Pasted = { cutOff: false, notes: [] },
): ResponseSummary {
  if (read.kind === 'unknown') return NO_RESPONSE;
  const { outcome } = read;
  const { code, explanations, nextStep } = reportOf(outcome, pasted);
  const said = {
    kind: read.kind,
    code,
    meaning: explanations.length === 1 ? (explanations[0]?.meaning ?? null) : null,
    nextStep,
  };
  if (outcome.kind === 'refused') {
    const { api, jobId } = read.kind === 'error' ? read : NO_RESPONSE;
    return { ...NO_RESPONSE, ...said, api, jobId, text: outcome.message, signature: 'unsigned' };
  }
  const { api, product, jobId, userId, verdict, status, reason, result } = outcome.job;
  return {
    ...said,
    ...{ api, product, jobId, userId, status, reason },
    verdict: read.kind === 'accepted' ? null : verdict,
    text: result?.text ?? null,
    signature: outcome.signature,
  };
}
