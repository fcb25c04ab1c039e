import * as l10n from '../l10n';
import {
  compareJobs,
  sideOfJob,
  type ComparedSide,
  type JobComparison,
} from '../report/jobComparison';
import { timeWords } from '../report/timeWords';
import type { Answered } from '../smile/outcome';
import { isSameAccount, type Profile } from '../smile/profile';
import { verdictOfStatus } from '../smile/v3Response';
import { answeredIn, isTrusted, type Delivery } from './delivery';

/** A job status, whose it is, and when it came. */
export interface CheckedJob {
  readonly profile: Profile;
  readonly outcome: Answered;
  readonly at: Date;
}

/** Whether a delivery is of the same job of the same account; only then may it be shown with it. */
export function isOfJob({ profile, outcome: { job } }: CheckedJob, delivery: Delivery): boolean {
  const { signedBy, jobId, userId, api } = delivery;
  return (
    isTrusted(delivery) &&
    signedBy !== null &&
    isSameAccount(signedBy, profile) &&
    api === job.api &&
    jobId !== null &&
    jobId === job.jobId &&
    (api === 'v3' || userId === job.userId)
  );
}

/**
 * A job of API v3 with what only its webhook says: reason, images and details. The status decides whether it is so: a
 * webhook with another status is left out, since no signature covers its body. The status alone if there is none.
 *
 * @param deliveries newest first
 */
export function jobWithDelivery(checked: CheckedJob, deliveries: readonly Delivery[]): Answered {
  const { outcome } = checked;
  if (outcome.job.document !== 'status') return outcome;
  for (const delivery of deliveries) {
    const delivered = isOfJob(checked, delivery) ? answeredIn(delivery) : null;
    if (delivered?.job.document !== 'webhook') continue;
    if (delivered.job.status === outcome.job.status) return merged(outcome, delivered, delivery);
  }
  return outcome;
}

function merged(
  { job: status, signature }: Answered,
  delivered: Answered,
  { number, receivedAt }: Delivery,
): Answered {
  const { job } = delivered;
  return {
    ...delivered,
    signature,
    webhook: { number, receivedAt },
    job: {
      ...job,
      jobId: status.jobId,
      userId: status.userId ?? job.userId,
      complete: status.complete,
      notes: [...status.notes, ...job.notes],
    },
  };
}

/** Compares a delivery with the job status: what differs, and nothing else. Fields that one of them never has do not count. */
export function compareWithStatus(
  delivery: Delivery,
  status: Omit<CheckedJob, 'profile'>,
): JobComparison | null {
  const delivered = answeredIn(delivery);
  if (!delivered) return null;
  const receivedAt = new Date(delivery.receivedAt);
  const ofDelivery = comparable(delivered, l10n.t('webhook of {0}', timeWords(receivedAt)));
  const ofStatus = comparable(status.outcome, l10n.t('response of {0}', timeWords(status.at)));
  const comparison =
    receivedAt <= status.at ? compareJobs(ofDelivery, ofStatus) : compareJobs(ofStatus, ofDelivery);
  const differs = ({ kind }: { readonly kind: string }): boolean => kind !== 'same';
  return {
    ...comparison,
    fields: comparison.fields.filter(differs),
    actions: comparison.actions.filter(differs),
  };
}

/**
 * What webhook and status both have. The status of API v3 has neither reason nor product, and a message of its own; a
 * callback of API v1 has no envelope, and its time is that of the signature.
 */
function comparable({ job, signature }: Answered, label: string): ComparedSide {
  const side = { ...sideOfJob(job, signature, label), envelope: null };
  if (job.api === 'v3') {
    // fraud signals, which only the webhook has, make no difference either
    const verdict = verdictOfStatus(job.status);
    return { ...side, verdict, product: null, reason: null, result: null };
  }
  return { ...side, result: side.result && { ...side.result, timestamp: null } };
}
