import * as l10n from '../l10n';
import type { FraudSignals } from '../smile/fraudSignals';
import type { Job, JobDocument, Verdict } from '../smile/job';
import { type Pasted, type SignatureState } from '../smile/outcome';
import { verdictLabel, type JobState } from './jobState';

/**
 * What a user should do, as one table: about a job by verdict, signature, fraud signals and whether an
 * entry of the history is shown; about any other outcome by its kind and cause.
 */
export interface Situation {
  readonly api: Job['api'];
  /** Whether the response has the IDs to request its status with. */
  readonly hasIds: boolean;
  /** By the result code alone; fraud signals make an approval `attention`. */
  readonly verdict: Verdict;
  readonly signature: SignatureState;
  /** Some kinds never have a signature. */
  readonly document: JobDocument;
  readonly fraud: FraudSignals | null;
  /** Set if an entry of the history is shown: of the requested job, or of another one. */
  readonly entry: 'this job' | 'another job' | null;
  /** Set if the response was not requested here: then it cannot be requested again either. */
  readonly pasted: Pasted | null;
  /** What the code says to do next. */
  readonly ofCode: string;
  /** What it says about submitting again; null if it says nothing. */
  readonly resubmitOfCode: string | null;
}

export interface Advice {
  /** Decides icon and color. */
  readonly state: JobState;
  readonly headline: string;
  /** A warning right under the headline, or null. */
  readonly alert: string | null;
  /** Why the headline says something else than the code, or null. */
  readonly remark: string | null;
  readonly nextStep: string;
  /** Whether it includes the code's own next step. */
  readonly followsCode: boolean;
  /** Whether to submit the job again; null if that does not apply now. */
  readonly resubmit: string | null;
}

/** What is said of a response if its signature does not show that it is from Smile ID. */
interface Doubt {
  /** Null if the verdict is said nevertheless: the response came from the server that was asked. */
  readonly headline: string | null;
  readonly alert: string;
  /** Why this matters, if the alert does not say it; or null. */
  readonly remark: string | null;
  /** In place of any other next step, or null. */
  readonly nextStep: string | null;
}

/** Null if the signature is valid, or if the response needs none. */
function doubtOf(situation: Situation): Doubt | null {
  const { signature, pasted, document } = situation;
  const requestIt = [
    pasted?.delivery
      ? l10n.t(
          'Do not act on this webhook by itself. Request the job status: the response of Smile ID decides.',
        )
      : l10n.t(
          'Do not act on this response by itself. Request the job status: the response of Smile ID decides.',
        ),
    ...missingIds(situation),
  ].join(' ');
  const notVerified = pasted ? l10n.t('Not verified') : null;
  const alarms = pasted?.alarms ?? [];
  if (alarms.length > 0) {
    return { headline: notVerified, alert: alarms.join(' '), remark: null, nextStep: requestIt };
  }
  switch (signature) {
    case 'valid':
      return null;
    case 'invalid':
      return {
        headline: l10n.t('Signature invalid'),
        alert: pasted
          ? l10n.t(
              'No API key of your profiles made this signature: it is of another partner, another environment or an earlier key, or someone else created the response.',
            )
          : l10n.t(
              'This response is not signed with your API key. Someone else may have created or changed it.',
            ),
        remark: pasted ? null : signedWords(),
        nextStep: pasted
          ? requestIt
          : l10n.t(
              'Do not act on this response. Refresh. If the signature stays invalid, check the API key, the partner ID and any proxy in between; if all are right, contact Smile ID support.',
            ),
      };
    case 'missing':
      return {
        headline: l10n.t('Not signed'),
        alert: l10n.t('This response has no signature, so it cannot be verified.'),
        remark: pasted ? null : signedWords(),
        nextStep: pasted
          ? requestIt
          : l10n.t(
              'Do not act on this response. Refresh. If the signature is still missing, check the address of the server and any proxy in between; if both are right, contact Smile ID support.',
            ),
      };
    case 'unknown':
      return {
        headline: notVerified,
        alert: l10n.t(
          'The signature was not checked: it is not in this text, or no profile has the key of this partner.',
        ),
        remark: null,
        nextStep: null,
      };
    case 'unsigned':
      if (!pasted) return null;
      return {
        headline: notVerified,
        alert:
          document === 'status'
            ? l10n.t(
                'A status of API v3 carries no signature, so nothing shows that this one is from Smile ID.',
              )
            : l10n.t(
                'A response of this kind is never signed, so nothing shows that it is from Smile ID.',
              ),
        remark: null,
        nextStep: null,
      };
  }
}

const signedWords = (): string =>
  l10n.t(
    'Smile ID signs each response with your API key. Without a valid signature, the result below may not be from Smile ID, so it is not shown as the verdict.',
  );

export const cutOffWords = (): string =>
  l10n.t('The pasted text is cut off: what is missing may change this.');

const confirmStep = (situation: Situation): string =>
  [
    l10n.t(
      'Before you act on this, request the job status: no signature covers the content, which may have been changed.',
    ),
    ...missingIds(situation),
  ].join(' ');

/** Why the status cannot be requested right away. */
function missingIds({ api, hasIds }: Situation): string[] {
  if (hasIds) return [];
  return [
    api === 'v3'
      ? l10n.t('The job ID for that is not in this text: a webhook has it in its Job-ID header.')
      : l10n.t('The IDs for that are not in this text: it takes the job ID and the user ID.'),
  ];
}

const entryStep = (entry: NonNullable<Situation['entry']>): string =>
  ({
    'this job': l10n.t('This is one result in the history of the job. Act on the current result.'),
    'another job': l10n.t(
      'This is one result in the history of another job. Open that job, and act on its current result.',
    ),
  })[entry];

function fraudStep(api: Job['api'], { suspects }: FraudSignals): string {
  const review =
    suspects > 0
      ? l10n.t(
          'Before you accept, have a person compare this user with the suspect users (see Antifraud below) and decide whether it is fraud.',
        )
      : l10n.t('Review the fraud signals (see Antifraud below) before you accept.');
  return api === 'v3'
    ? review
    : [review, l10n.t('Fraud signals are independent of the result code.')].join(' ');
}

/**
 * Billing is what integrators report, not what the documentation says; that a used job ID is
 * refused is documented (error 2215).
 */
const resubmitWords = (verdict: Verdict, api: Job['api']): string => {
  const isV3 = api === 'v3'; // where Smile ID makes the job IDs
  return {
    approved: l10n.t('No. A new job may be billed.'),
    attention: l10n.t(
      'Only if your decision needs something new from the user, such as another document. A new job may be billed.',
    ),
    provisional: l10n.t('Not yet: wait for the final result. A second job may be billed.'),
    pending: isV3
      ? l10n.t('No. This job is not decided yet. A second job may be billed.')
      : l10n.t(
          'No. This job is not decided yet. A second job may be billed, and a used job ID returns error 2215.',
        ),
    rejected: isV3
      ? l10n.t('Only as a new job. It may be billed.')
      : l10n.t(
          'Only as a new job with a new job ID (a used job ID returns error 2215). It may be billed.',
        ),
    error: isV3
      ? l10n.t(
          'Yes, as a new job, once the cause is gone: this result says nothing about the user. The new job may be billed.',
        )
      : l10n.t(
          'Yes, as a new job with a new job ID, once the cause is gone: this result says nothing about the user. The new job may be billed.',
        ),
    unknown: l10n.t('Not before it is clear what this result means. A new job may be billed.'),
  }[verdict];
};

export function adviceOn(situation: Situation): Advice {
  const { api, verdict, fraud, entry, pasted, ofCode, resubmitOfCode } = situation;
  const doubt = doubtOf(situation);
  const shown = verdict === 'approved' && fraud ? 'attention' : verdict;
  const review = fraud !== null && shown === 'attention';
  const mayAct = doubt?.nextStep == null;
  const alerts = [
    ...(doubt ? [doubt.alert] : []),
    ...(pasted?.cutOff === true ? [cutOffWords()] : []),
    ...(fraud ? fraudWords(fraud) : []),
    ...(review && mayAct ? [l10n.t('Review before you accept.')] : []),
  ];
  const first = [
    ...(pasted || doubt ? [confirmStep(situation)] : []),
    ...(fraud && review ? [fraudStep(api, fraud)] : []),
  ];
  // what the code says of an approval is to accept
  const isHeldBack = review || doubt !== null || pasted?.cutOff === true;
  const instead =
    doubt?.nextStep ??
    (entry ? entryStep(entry) : null) ??
    (verdict === 'approved' && isHeldBack ? first.join(' ') : null);
  return {
    state: doubt?.headline == null ? shown : 'untrusted',
    headline: doubt?.headline ?? verdictLabel(shown),
    alert: alerts.length === 0 ? null : alerts.join(' '),
    remark: doubt?.remark ?? (verdict === 'approved' && review ? fraudRemark(api) : null),
    nextStep: instead ?? [...first, ofCode].join(' '),
    followsCode: instead === null,
    resubmit: !mayAct || entry ? null : (resubmitOfCode ?? resubmitWords(shown, api)),
  };
}

const fraudRemark = (api: Job['api']): string =>
  api === 'v3'
    ? l10n.t('The status alone says approved. What Smile ID found is under Antifraud below.')
    : l10n.t(
        'The result code alone says approved: it does not include the fraud signals. What Smile ID found is under Antifraud below.',
      );

function fraudWords({ suspects, unreadable }: FraudSignals): string[] {
  const found =
    suspects === 0
      ? l10n.t('Fraud signals found.')
      : suspects === 1
        ? l10n.t('Fraud signals found: 1 suspect user.')
        : l10n.t('Fraud signals found: {0} suspect users.', suspects);
  return [
    ...(suspects === 0 && unreadable ? [] : [found]),
    ...(unreadable
      ? [l10n.t('A part of the antifraud data could not be read (see Open JSON).')]
      : []),
  ];
}

type Undescribed = Pick<Job, 'verdict' | 'api' | 'result'>;

/** For results without a code, or with an unknown one. */
const stepWithoutMeaning = ({ verdict, api, result }: Undescribed): string =>
  ({
    approved: l10n.t('Go by the text that Smile ID sent.'),
    attention: l10n.t('Go by the text that Smile ID sent.'),
    provisional: l10n.t('Wait for the final result.'),
    rejected: l10n.t('Go by the text that Smile ID sent.'),
    pending: l10n.t(
      'Refresh or watch the job. Most jobs finish within seconds; human review takes longer.',
    ),
    error: l10n.t('Go by the text that Smile ID sent.'),
    unknown:
      result?.code != null
        ? l10n.t(
            'Do not treat this as a pass. Look the code up in the documentation of Smile ID, or contact Smile ID support with the SmileJobID.',
          )
        : api === 'v3'
          ? l10n.t(
              'Do not treat this as a pass. Refresh later; if it stays like this, contact Smile ID support with the job ID.',
            )
          : l10n.t(
              'Do not treat this as a pass. Refresh later; if it stays like this, contact Smile ID support with the SmileJobID.',
            ),
  })[verdict];

/** What Smile ID sends instead of a result while it has no images of the job. */
const OF_UPLOAD: readonly { readonly text: RegExp; readonly nextStep: () => string }[] = [
  {
    text: /^no zip uploaded\b/i,
    nextStep: () =>
      l10n.t(
        'Smile ID says that the zip file with the images was not uploaded. Check whether your integration uploaded it, and refresh.',
      ),
  },
  {
    text: /^zip file failed\b/i,
    nextStep: () =>
      l10n.t(
        'Smile ID says that the zip file failed. Check what your integration uploaded: info.json and the images.',
      ),
  },
];

/**
 * What to do if the catalogue has no meaning.
 * @param text of the result, or what Smile ID sent instead
 */
export const withoutMeaning = (job: Undescribed, text: string | null): string =>
  OF_UPLOAD.find((each) => each.text.test(text ?? ''))?.nextStep() ?? stepWithoutMeaning(job);

/** What to do if one code has several meanings, and the text does not decide. */
export const severalMeanings = (): string =>
  l10n.t(
    'Find the meaning that fits the text of Smile ID. Until that is clear, do not treat this as a pass.',
  );

/** What to do if all of them have the same outcome. */
export const severalProducts = (): string =>
  l10n.t(
    'Find out the product of this job, and do what its meaning says. All of them have the same outcome.',
  );
