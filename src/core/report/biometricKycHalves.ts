import * as l10n from '../l10n';
import { explainActionValue } from '../catalogue/actions';
import { halfOf } from '../catalogue/catalogue';
import { isOwnEntry, type Job, type JobResult, type Verdict } from '../smile/job';
import type { SignatureState } from '../smile/outcome';
import { shownValue } from './checks';
import { stateOfVerdict, type JobState } from './jobState';

/** One half of a job that has two: Biometric KYC looks up the ID, and then decides about the selfie. */
export interface Half {
  readonly label: string;
  readonly verdict: Verdict;
  /** Decides the icon: `untrusted` if the response cannot be trusted. */
  readonly state: JobState;
  readonly text: string;
}

/**
 * Biometric KYC has two results in API v1, one about the ID and one about the selfie.
 * @param isPasted the response was not requested here
 */
export function halvesOf(job: Job, signature: SignatureState, isPasted: boolean): Half[] {
  const { api, product } = job;
  if (api !== 'v1' || product === null || halfOf(product, '') === null) return [];
  const results = [
    ...(job.result ? [{ verdict: job.verdict, result: job.result }] : []),
    ...job.history.filter((entry) => isOwnEntry(entry, job.jobId)),
  ];
  const half = (wanted: 'id' | 'selfie'): (typeof results)[number] | undefined =>
    results.find(({ result: { code } }) => code !== null && halfOf(product, code)?.half === wanted);
  const id = half('id');
  const selfie = half('selfie');
  const isFound = id?.result.code != null && halfOf(product, id.result.code)?.idFound === true;
  const checked = job.result?.actions.find(({ key }) => key === 'Verify_ID_Number')?.value;
  const halves: Omit<Half, 'state'>[] = [
    id
      ? {
          label: l10n.t('ID'),
          verdict: isFound ? 'approved' : id.verdict,
          text: resultWords(id.result),
        }
      : checked === undefined
        ? { label: l10n.t('ID'), verdict: 'unknown', text: l10n.t('not in this response') }
        : {
            label: l10n.t('ID'),
            verdict: verdictOfCheck(checked),
            text: l10n.t('Verify ID number: {0}', shownValue(checked)),
          },
    selfie
      ? {
          label: l10n.t('Selfie'),
          verdict: selfie.verdict,
          text: resultWords(selfie.result),
        }
      : id && !isFound
        ? {
            label: l10n.t('Selfie'),
            verdict: 'unknown',
            text:
              id.verdict === 'error'
                ? l10n.t('not compared: the ID was not checked')
                : l10n.t('not compared: ID check failed'),
          }
        : { label: l10n.t('Selfie'), verdict: 'pending', text: l10n.t('pending') },
  ];
  return halves.map((each) => ({
    ...each,
    state: stateOfVerdict(each.verdict, signature, isPasted),
  }));
}

const resultWords = ({ text, code }: JobResult): string =>
  `${text ?? l10n.t('no text')} (${code ?? l10n.t('no code')})`;

function verdictOfCheck(value: string): Verdict {
  switch (explainActionValue(value)?.class) {
    case 'pass':
      return 'approved';
    case 'fail':
      return 'rejected';
    case 'wait':
    case 'review':
      return 'pending';
    case 'inconclusive':
      return 'provisional';
    case 'technical':
      return 'error';
    default:
      return 'unknown';
  }
}
