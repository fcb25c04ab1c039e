import * as l10n from '../l10n';
import {
  labelsOf,
  meaningsOf,
  officialPage,
  productLabel,
  reasonMeaningsOf,
  statusMeaningOf,
} from '../catalogue/catalogue';
import { certaintyWords } from '../catalogue/certaintyWords';
import { notesOf } from '../catalogue/describeCode';
import type { CodeMeaning, ProductKey } from '../catalogue/types';
import { shownText } from '../harmlessText';
import { fraudSignalsOf } from '../smile/fraudSignals';
import {
  isOwnEntry,
  type HistoryEntry,
  type Job,
  type JobResult,
  type Verdict,
} from '../smile/job';
import type { JsonObject } from '../smile/fields';
import { resultObjectOf } from '../smile/jobStatusResponse';
import type {
  Cancelled,
  Pasted,
  PastedError,
  ReceivedWebhook,
  ShownOutcome,
  SignatureState,
  UnreachableCause,
} from '../smile/outcome';
import { checkJobIds } from '../smile/jobRequest';
import { createdAtOf, isV3JobId } from '../smile/typeId';
import { verdictOfStatus } from '../smile/v3Response';
import { verdictOf } from '../smile/verdict';
import {
  adviceOn,
  cutOffWords,
  severalMeanings,
  severalProducts,
  withoutMeaning,
  type Situation,
} from './advice';
import {
  adviceOnCancelled,
  adviceOnRefusal,
  adviceOnUnreachable,
  adviceOnUnreadable,
} from './failureAdvice';
import { checksOf, type ActionReport, type CheckGroup } from './checks';
import { documentLabel } from './documentLabel';
import { foundWords } from './foundWords';
import { halvesOf, type Half } from './biometricKycHalves';
import { timeWords } from './timeWords';
import { stateLabel, stateOf, verdictLabel, type JobState } from './jobState';

/** What is shown of an outcome: plain data, the same for panel, export and comparison. */
export interface JobReport {
  /** Decides icon and color. */
  readonly state: JobState;
  /** Null if Smile ID did not respond with a job. */
  readonly verdict: Verdict | null;
  /** One or two words: "Rejected". */
  readonly headline: string;
  /** Smile ID's own text, or ours if there is none. */
  readonly summary: string;
  /** Whether the summary is a text of Smile ID, as sent. */
  readonly isQuoted: boolean;
  /** A warning right under the headline: about the signature, or fraud signals. */
  readonly alert: string | null;
  /** Facts under the headline, most important first: "Biometric KYC", "machine decision". */
  readonly facts: readonly string[];
  readonly code: string | null;
  /** The two halves of a Biometric KYC job; empty for other products. */
  readonly halves: readonly Half[];
  /** Empty if the catalogue does not know the code for this product. */
  readonly explanations: readonly Explanation[];
  /** What to do next; every outcome has it. */
  readonly nextStep: string;
  /** Whether to submit the job again; null if that does not apply now. */
  readonly resubmit: string | null;
  /** What the catalogue cannot explain: unknown codes, an unknown product. */
  readonly remarks: readonly string[];
  readonly smileJobId: string | null;
  readonly requestId: string | null;
  readonly signature: { readonly state: SignatureState; readonly sentence: string } | null;
  /** What was checked, by what it is about. */
  readonly checks: readonly CheckGroup[];
  readonly notApplicable: readonly ActionReport[];
  /** The fields around the result, which say nothing about the user; null without a job. */
  readonly envelope: Envelope | null;
  readonly notes: readonly string[];
}

export interface Explanation {
  readonly label: string | null;
  readonly meaning: string;
  /** Null if the report's own next step applies. */
  readonly nextStep: string | null;
  /** What the code means with certain texts, if the text that was sent does not decide. */
  readonly variants: readonly { readonly label: string | null; readonly meaning: string }[];
  readonly certainty: string;
  /** Other facts about the code, a sentence each. */
  readonly notes: readonly string[];
  /** An official page, if there is one. */
  readonly page: string | null;
}

/** The fields around `result`, as sent. */
export interface Envelope {
  readonly code: string | null;
  readonly complete: boolean | null;
  readonly success: boolean | null;
}

const signatureSentence = (state: SignatureState): string =>
  ({
    valid: l10n.t(
      'Signed with your API key. The signature covers the time and your partner ID, not the rest of the response.',
    ),
    invalid: l10n.t('Not signed with your API key.'),
    missing: l10n.t('The response has no signature.'),
    unsigned: l10n.t('A response of this kind has no signature.'),
    unknown: l10n.t('The signature was not checked.'),
  })[state];

const NOTHING = {
  isQuoted: false,
  verdict: null,
  alert: null,
  facts: [],
  code: null,
  halves: [],
  explanations: [],
  resubmit: null,
  remarks: [],
  smileJobId: null,
  requestId: null,
  signature: null,
  checks: [],
  notApplicable: [],
  envelope: null,
  notes: [],
} satisfies Partial<JobReport>;

/**
 * Puts an outcome into words. Meanings come from the catalogue; nothing is guessed.
 * @param pasted set if the response was not requested here
 */
export function reportOf(outcome: ShownOutcome, pasted: Pasted | null = null): JobReport {
  const state = stateOf(outcome);
  switch (outcome.kind) {
    case 'answered': {
      const { job, signature, raw, webhook } = outcome;
      const envelope = {
        code: typeof raw.code === 'string' ? shownText(raw.code) : null,
        complete: job.complete,
        success: job.success,
      };
      const report = reportOfJob(job, raw, signature, null, pasted, webhook);
      return job.document === 'job-status' ? { ...report, envelope } : report;
    }
    case 'refused':
      return reportOfRefusal(outcome, state, pasted);
    case 'unreachable': {
      const { cause, message } = outcome;
      const { why, nextStep } = adviceOnUnreachable(cause);
      return {
        ...NOTHING,
        state,
        headline: stateLabel(state),
        summary: message,
        facts: causeFacts(cause),
        nextStep,
        remarks: listOf(why),
      };
    }
    case 'unreadable': {
      const { httpStatus, contentType, excerpt, message } = outcome;
      const { why, nextStep } = adviceOnUnreadable(outcome);
      return {
        ...NOTHING,
        state,
        headline: stateLabel(state),
        summary: message,
        facts: [`HTTP ${httpStatus}`, contentType ?? l10n.t('no content type'), excerpt],
        nextStep,
        remarks: listOf(why),
      };
    }
    case 'cancelled': {
      const { why, nextStep } = adviceOnCancelled(outcome.cause);
      return {
        ...NOTHING,
        state,
        ...cancelledWords(outcome.cause),
        nextStep,
        remarks: listOf(why),
      };
    }
  }
}

const listOf = (remark: string | null): string[] => (remark === null ? [] : [remark]);

const cancelledWords = (cause: Cancelled['cause']): Pick<JobReport, 'headline' | 'summary'> =>
  ({
    stopped: {
      headline: stateLabel('cancelled'),
      summary: l10n.t('You canceled this request, not the job.'),
    },
    declined: {
      headline: l10n.t('Not sent'),
      summary: l10n.t('You chose not to send this request to production.'),
    },
  })[cause];

const causeFacts = (cause: UnreachableCause): readonly string[] =>
  ({
    dns: [l10n.t('name not found')],
    refused: [l10n.t('connection refused')],
    tls: [l10n.t('not secure')],
    timeout: [l10n.t('timed out')],
    proxy: [l10n.t('proxy')],
    reset: [l10n.t('connection closed')],
    other: [],
  })[cause];

function reportOfRefusal(outcome: PastedError, state: JobState, pasted: Pasted | null): JobReport {
  const { code, message, requestId, httpStatus } = outcome;
  const meanings = code === null ? [] : meaningsOf(code, undefined, message).filter(isError);
  const [meaning, ...others] = meanings;
  const { why, nextStep } = adviceOnRefusal(outcome, meaning?.nextStep ?? null, pasted !== null);
  return {
    ...NOTHING,
    state,
    headline:
      state === 'refused' && meaning?.unauthorized === true && meaning.conflict === null
        ? l10n.t('Not authorized')
        : stateLabel(state),
    summary: message,
    isQuoted: true,
    facts: [
      code === null ? l10n.t('no error code') : l10n.t('error {0}', code),
      ...(httpStatus === null ? [] : [`HTTP ${httpStatus}`]),
    ],
    code,
    explanations: meanings.map((each) => ({
      ...explanationOf(each),
      nextStep: others.length > 0 ? each.nextStep : null,
    })),
    nextStep,
    remarks: [
      ...(pasted?.remarks ?? []),
      ...(code !== null && meanings.length === 0
        ? [l10n.t("The error code {0} is unknown; the text above is Smile ID's own.", code)]
        : []),
      ...listOf(why),
    ],
    requestId,
    alert: pasted?.cutOff === true ? cutOffWords() : null,
    notes: pasted?.notes ?? [],
  };
}

const isError = ({ kind }: CodeMeaning): boolean => kind === 'error';

/**
 * @param raw the response, or the entry of the history, as sent
 * @param entry set if an entry of the history is shown
 * @param webhook set if a status is shown with what only this webhook says
 */
function reportOfJob(
  job: Job,
  raw: JsonObject,
  signature: SignatureState,
  entry: Situation['entry'],
  pasted: Pasted | null,
  webhook?: ReceivedWebhook,
): JobReport {
  const { result, verdict } = job;
  const code = result?.code ?? null;
  const meanings = meaningsOfJob(job);
  const [meaning, ...others] = meanings;
  const advice = adviceOn({
    api: job.api,
    hasIds: hasIds(job),
    verdict: verdictWithoutFraud(job),
    signature,
    document: job.document,
    fraud: fraudSignalsOf(resultObjectOf(raw), raw),
    entry,
    pasted,
    resubmitOfCode: others.length === 0 ? (meaning?.resubmit ?? null) : null,
    ofCode:
      others.length === 0
        ? (nextStepOf(meaning, result) ?? withoutMeaning(job, result?.text ?? null))
        : others.every(({ outcome }) => outcome === meaning?.outcome)
          ? severalProducts()
          : severalMeanings(),
  });
  const text = result?.text ?? meaning?.text ?? withoutText(verdict);
  const label = isNotFound(job) ? l10n.t('Not found') : verdictLabel(verdict);
  return {
    ...NOTHING,
    state: advice.state,
    verdict,
    headline: isNotFound(job) && advice.state === verdict ? label : advice.headline,
    summary: advice.state === 'untrusted' ? claimWords(label, text, pasted?.delivery) : text,
    isQuoted: result?.text != null && advice.state !== 'untrusted',
    alert: advice.alert,
    facts: factsOf(job, pasted, webhook),
    code,
    halves: halvesOf({ ...job, verdict: verdictWithoutFraud(job) }, signature, pasted !== null),
    explanations: meanings.map((each) => ({
      ...explanationOf(each),
      nextStep: advice.followsCode && others.length > 0 ? each.nextStep : null,
    })),
    nextStep: advice.nextStep,
    resubmit: advice.resubmit,
    remarks: [
      ...listOf(advice.remark),
      ...(advice.state === 'untrusted' ? [] : foundWords(resultObjectOf(raw), raw)),
      ...(webhook ? [fromWebhookWords(webhook)] : []),
      ...(pasted?.remarks ?? []),
      ...remarksOf(job, meanings, pasted !== null),
    ],
    smileJobId: job.smileJobId,
    signature: { state: signature, sentence: signatureSentence(signature) },
    ...checksOf(result?.actions ?? [], verdict),
    notes: job.notes,
  };
}

const nextStepOf = (meaning: CodeMeaning | undefined, result: JobResult | null): string | null =>
  (result?.final === true ? meaning?.nextStepIfFinal : null) ?? meaning?.nextStep ?? null;

/** Whether a status can be requested with the IDs of the response. */
const hasIds = ({ jobId, userId }: Job): boolean =>
  jobId !== null && (isV3JobId(jobId) || checkJobIds({ jobId, userId }) === null);

const isNotFound = ({ api, status }: Job): boolean => api === 'v3' && status === 'not_found';

/**
 * The report of one entry of a response's history, as for a response.
 * @param raw the entry as sent
 */
export function reportOfEntry(
  job: Job,
  entry: HistoryEntry,
  raw: JsonObject,
  signature: SignatureState,
  pasted: Pasted | null = null,
): JobReport {
  const { smileJobId, jobType, product, verdict, result } = entry;
  const jobId = entry.jobId ?? job.jobId;
  return reportOfJob(
    { ...job, jobId, smileJobId, jobType, product, verdict, result, complete: null, notes: [] },
    raw,
    signature,
    isOwnEntry(entry, job.jobId) ? 'this job' : 'another job',
    pasted,
  );
}

/** Of the result code; in API v3, of the reason, or of the status if there is none. */
function meaningsOfJob({ api, product, status, reason, result }: Job): CodeMeaning[] {
  if (api === 'v3') {
    if (reason !== null) return reasonMeaningsOf(reason, product, status);
    const meaning = status === null ? null : statusMeaningOf(status);
    return meaning ? [meaning] : [];
  }
  const code = result?.code ?? null;
  return code === null ? [] : meaningsFor(code, product, result?.text ?? null);
}

/** The verdict by the code or the status alone. */
const verdictWithoutFraud = ({ api, status, result, product, complete }: Job): Verdict =>
  api === 'v3' ? verdictOfStatus(status) : verdictOf(result, product, complete);

function withoutText(verdict: Verdict): string {
  if (verdict === 'pending') return l10n.t('Smile ID has not finished this job.');
  return verdict === 'unknown'
    ? l10n.t('The response has no result code.')
    : l10n.t('Smile ID sent no text with this result.');
}

/** The meanings for a product; all meanings for an unknown product. */
function meaningsFor(code: string, product: ProductKey | null, text: string | null): CodeMeaning[] {
  return meaningsOf(code, product ?? undefined, text ?? undefined).filter(
    ({ kind }) => kind === 'result',
  );
}

const claimWords = (label: string, text: string, delivery?: ReceivedWebhook): string =>
  delivery
    ? l10n.t('The webhook says: {0} · {1}', label, text)
    : l10n.t('The response says: {0} · {1}', label, text);

const fromWebhookWords = ({ number, receivedAt }: ReceivedWebhook): string =>
  l10n.t(
    'Reason, images and details are from webhook #{0}, received at {1}. Its signature does not cover them; the status is confirmed.',
    number,
    timeWords(new Date(receivedAt)),
  );

/** The confidence is that of a match: with a rejection or an error, 0 % would say the opposite of what it means. */
const MATCHED: ReadonlySet<Verdict> = new Set(['approved', 'attention', 'provisional']);

/** What is shown; null for a job status of API v1, the usual one. */
function sourceWords({ api, document }: Job, isDelivery: boolean): string | null {
  if (document === 'job-status') return null;
  if (document === 'status') return 'API v3';
  if (!isDelivery || document === 'accepted') return documentLabel(document);
  return l10n.t('webhook of API {0}', api);
}

function factsOf(job: Job, pasted: Pasted | null, webhook?: ReceivedWebhook): string[] {
  const { api, jobId, jobType, product, status, reason, verdict, result, complete } = job;
  const facts: string[] = [];
  const source = webhook
    ? l10n.t('status of API v3, with details of webhook #{0}', webhook.number)
    : sourceWords(job, pasted?.delivery !== undefined);
  if (source !== null) facts.push(source);
  if (product !== null) facts.push(productLabel(product));
  else if (jobType !== null) facts.push(l10n.t('job type {0}', jobType));
  if (status !== null) facts.push(l10n.t('status {0}', shownText(status)));
  if (reason !== null) facts.push(l10n.t('reason {0}', reason));
  if (result?.code != null) facts.push(l10n.t('code {0}', result.code));
  const decision = decisionWords(result);
  if (decision !== null) facts.push(decision);
  if (result?.final === true) facts.push(l10n.t('final'));
  if (result?.final === false) facts.push(l10n.t('not final'));
  if (complete === false) facts.push(l10n.t('not complete'));
  if (result?.confidence != null && MATCHED.has(verdict))
    facts.push(l10n.t('confidence {0} %', result.confidence));
  const createdAt = api === 'v3' && jobId !== null ? createdAtOf(jobId) : null;
  if (createdAt) facts.push(l10n.t('created {0} (read from the job ID)', timeWords(createdAt)));
  return facts;
}

/** ResultType DIVA is a human's decision, SAIA a machine's (recorded replies and SDK models). */
export function decidedByOf(result: JobResult | null): 'human' | 'machine' | null {
  if (result?.type === 'DIVA') return 'human';
  if (result?.type === 'SAIA') return 'machine';
  if (result?.machine == null) return null;
  return result.machine ? 'machine' : 'human';
}

export function decisionWords(result: JobResult | null): string | null {
  const by = decidedByOf(result);
  if (by === null) return null;
  return by === 'human' ? l10n.t('human decision') : l10n.t('machine decision');
}

function remarksOf(job: Job, meanings: readonly CodeMeaning[], pasted: boolean): string[] {
  if (job.api === 'v3') return remarksOfV3(job, meanings, pasted);
  const remarks: string[] = [];
  const code = job.result?.code ?? null;
  if (code === null) {
    return remarks;
  }
  if (meanings.length === 0) {
    remarks.push(
      job.product === null
        ? l10n.t(
            'The result code {0} is unknown: it is not in the catalog of this extension.',
            code,
          )
        : l10n.t(
            'The result code {0} is unknown for {1}: it is not in the catalog of this extension.',
            code,
            productLabel(job.product),
          ),
    );
  } else if (job.product === null) {
    remarks.push(
      l10n.t('The response does not say which product this is, so every meaning is listed.'),
    );
  }
  return remarks;
}

function remarksOfV3(
  { document, status, reason, verdict }: Job,
  meanings: readonly CodeMeaning[],
  pasted: boolean,
): string[] {
  const remarks: string[] = [];
  if (meanings.length === 0) {
    remarks.push(
      reason === null
        ? l10n.t(
            'The status {0} is unknown: it is not in the catalog of this extension.',
            shownText(status ?? ''),
          )
        : l10n.t("The reason {0} is unknown. Go by the status and Smile ID's own text.", reason),
    );
  }
  if (document === 'status' && verdict !== 'unknown' && verdict !== 'pending' && !pasted) {
    remarks.push(
      l10n.t(
        'A job status of API v3 has no reason, images or details: only the webhook of the job has them. "Resend Webhook…" has it sent again.',
      ),
    );
  }
  return remarks;
}

function explanationOf(meaning: CodeMeaning): Explanation {
  return {
    label: labelsOf(meaning)[0] ?? null,
    meaning: meaning.meaning,
    nextStep: null,
    variants: meaning.variants.map((variant) => ({
      label: variant.text ?? variant.altTexts[0] ?? null,
      meaning: variant.meaning,
    })),
    certainty: certaintyWords(meaning),
    notes: notesOf(meaning),
    page: officialPage(meaning.sources),
  };
}
