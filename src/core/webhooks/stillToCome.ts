import { halfOf, productLabel } from '../catalogue/catalogue';
import * as l10n from '../l10n';
import { decidedByOf } from '../report/jobReport';
import type { Job } from '../smile/job';
import { answeredIn, isTrusted, type Delivery } from './delivery';

/** What Smile ID has announced for a job and not delivered yet. */
export interface StillToCome {
  readonly kind: 'half' | 'final';
  /** Both in a few words, for lists: what is outstanding, and why. */
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

/**
 * What is still to come for a job, from all deliveries of it, in whatever order they came. Biometric KYC of API v1 sends
 * a callback for the ID and one for the selfie; a provisional result is followed by the reviewer's under the same job ID
 * (both official documentation); API v3 may send `processing` first while a reviewer decides (its webhook pages, at
 * second hand).
 */
export function stillToCome(deliveries: readonly Delivery[]): readonly StillToCome[] {
  const jobs = deliveries.filter(isTrusted).flatMap((delivery) => {
    const job = answeredIn(delivery)?.job;
    return job ? [job] : [];
  });
  const ofV3 = jobs.filter(({ api }) => api === 'v3');
  const ofV1 = jobs.filter(({ api }) => api === 'v1');
  return [
    ...(ofV3.length > 0 && ofV3.every(({ complete }) => complete === false) ? [finalOfV3()] : []),
    ...outstandingHalf(ofV1),
    ...outstandingFinal(ofV1),
  ];
}

/** Null for results of products that have no halves, and for those without a code. */
function halfIn({
  product,
  result,
}: Job): { readonly half: string; readonly idFound: boolean } | null {
  const code = result?.code ?? null;
  return product === null || code === null ? null : halfOf(product, code);
}

function outstandingHalf(jobs: readonly Job[]): StillToCome[] {
  const halves = jobs.flatMap((job) => {
    const half = halfIn(job);
    return half && job.product !== null ? [{ ...half, product: job.product }] : [];
  });
  const [first] = halves;
  const ids = halves.filter(({ half }) => half === 'id');
  if (!first || (ids.length > 0 && ids.length < halves.length)) return [];
  const product = productLabel(first.product);
  if (ids.length === 0) {
    return [
      {
        kind: 'half',
        label: l10n.t('1 of 2 callbacks'),
        detail: l10n.t('ID outstanding'),
        text: l10n.t('1 of 2 callbacks of {0}: that of the ID is outstanding', product),
      },
    ];
  }
  // without the ID there is no photo to compare the selfie with
  if (!ids.some(({ idFound }) => idFound)) return [];
  return [
    {
      kind: 'half',
      label: l10n.t('1 of 2 callbacks'),
      detail: l10n.t('selfie outstanding'),
      text: l10n.t('1 of 2 callbacks of {0}: that of the selfie is outstanding', product),
    },
  ];
}

function outstandingFinal(jobs: readonly Job[]): StillToCome[] {
  const results = jobs.filter((job) => halfIn(job)?.half !== 'id');
  if (results.length === 0 || results.some((job) => !isOpen(job))) return [];
  if (!results.some(isInReview)) {
    return [
      {
        kind: 'final',
        label: l10n.t('Final webhook can follow'),
        detail: l10n.t('provisional'),
        text: l10n.t('Provisional: a final webhook can follow'),
      },
    ];
  }
  return [
    {
      kind: 'final',
      label: l10n.t('Final webhook outstanding'),
      detail: l10n.t('review'),
      text: l10n.t('Human review: the final webhook is outstanding'),
    },
  ];
}

/** What a reviewer decided stays, even if it is inconclusive. */
const isOpen = ({ verdict, result }: Job): boolean =>
  result?.final === false ||
  verdict === 'pending' ||
  (verdict === 'provisional' && decidedByOf(result) !== 'human');

/** Values of checks that a reviewer has to decide. */
const IN_REVIEW: ReadonlySet<string> = new Set(['under review', 'sent to human review']);

const isInReview = ({ verdict, result }: Job): boolean =>
  verdict === 'pending' ||
  (result?.actions ?? []).some(({ value }) => IN_REVIEW.has(value.toLowerCase()));

const finalOfV3 = (): StillToCome => ({
  kind: 'final',
  label: l10n.t('Final webhook outstanding'),
  detail: l10n.t('pending'),
  text: l10n.t('Processing: the final webhook is outstanding'),
});
