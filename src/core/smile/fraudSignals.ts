import { explain } from '../catalogue/catalogue';
import type { Fields } from './jobStatusAnswer';

/** What the antifraud part of a result found. It is independent of the job's own ResultCode. */
export interface FraudSignals {
  /** How many other users are named as suspects. */
  readonly suspects: number;
}

/**
 * The fraud signals of a result, or null where it has none: `summary.fraud_detected`, suspect users in either
 * form of the field, or a Smile Secure code that found suspects (official pages of Smile Secure, models of
 * the Java SDK).
 */
export function fraudSignalsOf(result: Fields): FraudSignals | null {
  const antifraud = result.nested('Antifraud', 'antifraud', 'AntiFraud');
  if (!antifraud) return null;
  const summary = antifraud.nested('summary', 'Summary');
  const secure = antifraud.nested('smile_secure', 'SmileSecure');
  const suspects = [antifraud, secure]
    .map((each) => each?.list('SuspectUsers', 'suspect_users')?.length ?? 0)
    .reduce((one, other) => one + other, 0);
  const detected = summary?.flag('fraud_detected', 'FraudDetected') === true;
  const code = secure?.digits(4, 'ResultCode', 'result_code') ?? '';
  const found = explain(code, 'smile_secure').some(({ outcome }) => outcome === 'rejected');
  return detected || suspects > 0 || found ? { suspects } : null;
}
