import {
  explainAction,
  explainActionValue,
  meaningsOf,
  officialPage,
  productLabel,
} from '../catalogue/catalogue';
import type { ActionClass, CodeMeaning, ProductKey } from '../catalogue/types';
import type { HistoryEntry, Job, JobResult, Verdict } from '../smile/job';
import type { JobStatusOutcome, SignatureState } from '../smile/outcome';
import { UNAUTHORISED_CODES } from '../smile/probe';

/** What a person is told about an outcome: plain data, the same for panel, terminal and clipboard. */
export interface JobReport {
  /** What decides icon and colour; null where Smile ID did not answer with a job. */
  readonly verdict: Verdict | null;
  /** One or two words: "Rejected". */
  readonly headline: string;
  /** Smile ID's own words, or ours where there are none. */
  readonly summary: string;
  /** Facts that stand under the headline, most important first: "Biometric KYC", "machine decision". */
  readonly facts: readonly string[];
  readonly code: string | null;
  /** Empty where the catalogue does not know the code for this product. */
  readonly explanations: readonly Explanation[];
  /** What cannot be said from the catalogue alone: unknown codes, halves that are still out, no answer. */
  readonly remarks: readonly string[];
  readonly smileJobId: string | null;
  readonly requestId: string | null;
  readonly signature: { readonly state: SignatureState; readonly sentence: string } | null;
  readonly actions: readonly ActionReport[];
  readonly history: readonly HistoryReport[];
  /** History entries that belong to other jobs of this user. */
  readonly otherHistory: number;
  readonly pictures: readonly string[];
  readonly notes: readonly string[];
}

export interface Explanation {
  readonly label: string | null;
  readonly meaning: string;
  readonly nextStep: string;
  readonly certainty: string;
  readonly conflict: string | null;
  /** An official page, where there is one. */
  readonly page: string | null;
}

export interface ActionReport {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly class: ActionClass;
  /** What the check is. */
  readonly meaning: string | null;
  /** What its value says. */
  readonly explanation: string;
}

export interface HistoryReport {
  readonly verdict: Verdict;
  readonly headline: string;
  readonly code: string | null;
  readonly text: string | null;
  readonly timestamp: string | null;
  readonly decidedBy: string | null;
}

export const VERDICT_LABELS: Readonly<Record<Verdict, string>> = {
  approved: 'Approved',
  provisional: 'Provisional',
  rejected: 'Rejected',
  pending: 'Pending',
  error: 'Error',
  unknown: 'Unknown',
};

const SIGNATURES: Readonly<Record<SignatureState, string>> = {
  valid:
    'Signed with your API key. The signature covers the time and your partner ID, not the rest of the answer.',
  invalid:
    'The answer is not signed with your API key. It may have been made or changed by somebody else: do not rely on it.',
  missing: 'The answer carries no signature, so nobody can tell who made it.',
};

const NOTHING = {
  verdict: null,
  facts: [],
  code: null,
  explanations: [],
  remarks: [],
  smileJobId: null,
  requestId: null,
  signature: null,
  actions: [],
  history: [],
  otherHistory: 0,
  pictures: [],
  notes: [],
} satisfies Partial<JobReport>;

/** Puts an outcome into words. Meanings come from the catalogue; nothing is guessed. */
export function reportOf(outcome: JobStatusOutcome): JobReport {
  switch (outcome.kind) {
    case 'answered':
      return answered(outcome.job, outcome.signature);
    case 'refused': {
      const { code, message, requestId, httpStatus } = outcome;
      const meanings = code === null ? [] : meaningsOf(code).filter(({ kind }) => kind === 'error');
      return {
        ...NOTHING,
        headline: code !== null && UNAUTHORISED_CODES.has(code) ? 'Not authorised' : 'Refused',
        summary: message,
        facts: [code === null ? 'no error code' : `error ${code}`, `HTTP ${httpStatus}`],
        code,
        explanations: meanings.map(explanationOf),
        remarks:
          code !== null && meanings.length === 0
            ? [
                `The catalogue does not know the error code ${code}; the text above is Smile ID's own.`,
              ]
            : httpStatus === 429
              ? ['Smile ID asks for fewer queries. Wait a while before the next one.']
              : [],
        requestId,
      };
    }
    case 'unreachable':
      return {
        ...NOTHING,
        headline: 'No answer',
        summary: outcome.message,
        facts: [outcome.cause === 'other' ? 'no connection' : outcome.cause],
      };
    case 'unreadable':
      return {
        ...NOTHING,
        headline: 'Unreadable answer',
        summary: outcome.message,
        facts: [`HTTP ${outcome.httpStatus}`, outcome.contentType ?? 'no content type'],
        remarks: outcome.excerpt === '' ? [] : [`It begins: ${outcome.excerpt}`],
      };
    case 'cancelled':
      return { ...NOTHING, headline: 'Cancelled', summary: 'The query was stopped.' };
  }
}

function answered(job: Job, signature: SignatureState): JobReport {
  const { result, product, verdict } = job;
  const code = result?.code ?? null;
  const meanings = code === null ? [] : meaningsFor(code, product, result?.text ?? null);
  const mine = job.history.filter((entry) => entry.jobId === null || entry.jobId === job.jobId);
  return {
    ...NOTHING,
    verdict,
    headline: VERDICT_LABELS[verdict],
    summary: result?.text ?? meanings[0]?.text ?? WITHOUT_TEXT[verdict],
    facts: factsOf(job),
    code,
    explanations: meanings.map(explanationOf),
    remarks: remarksOf(job, meanings),
    smileJobId: job.smileJobId,
    signature: { state: signature, sentence: SIGNATURES[signature] },
    actions: (result?.actions ?? []).map(({ key, value }) => actionReport(key, value)),
    history: mine.map(historyReport),
    otherHistory: job.history.length - mine.length,
    pictures: job.images.map(({ name }) => name),
    notes: job.notes,
  };
}

const WITHOUT_TEXT: Readonly<Record<Verdict, string>> = {
  approved: 'Smile ID sent no text with this result.',
  provisional: 'Smile ID sent no text with this result.',
  rejected: 'Smile ID sent no text with this result.',
  error: 'Smile ID sent no text with this result.',
  pending: 'Smile ID has not finished this job.',
  unknown: 'The answer holds no result code.',
};

/** The meanings for a product; for an unknown product all there are. */
function meaningsFor(code: string, product: ProductKey | null, text: string | null): CodeMeaning[] {
  return meaningsOf(code, product ?? undefined, text ?? undefined).filter(
    ({ kind }) => kind === 'result',
  );
}

function factsOf({ jobType, product, result, complete }: Job): string[] {
  const facts: string[] = [];
  if (product !== null) facts.push(productLabel(product));
  else if (jobType !== null) facts.push(`job type ${jobType}`);
  if (result?.code != null) facts.push(`code ${result.code}`);
  const decidedBy = decidedByOf(result);
  if (decidedBy !== null) facts.push(decidedBy);
  if (result?.final === true) facts.push('final');
  if (result?.final === false) facts.push('not final');
  if (complete === false) facts.push('not complete');
  if (result?.confidence != null) facts.push(`confidence ${result.confidence} %`);
  return facts;
}

/** ResultType DIVA is a human's decision, SAIA a machine's (recorded replies and SDK models). */
function decidedByOf(result: JobResult | null): string | null {
  if (result?.type === 'DIVA') return 'human decision';
  if (result?.type === 'SAIA') return 'machine decision';
  if (result?.machine == null) return null;
  return result.machine ? 'machine decision' : 'human decision';
}

function remarksOf(job: Job, meanings: readonly CodeMeaning[]): string[] {
  const remarks: string[] = [];
  const code = job.result?.code ?? null;
  if (code === null) {
    if (job.verdict === 'pending') {
      remarks.push(
        'There is no result yet. Most jobs end within seconds, those under human review take longer: ask again.',
      );
    }
    return remarks;
  }
  if (meanings.length === 0) {
    remarks.push(
      job.product === null
        ? `The catalogue does not know the result code ${code}. Go by Smile ID's own text, and do not treat it as a pass.`
        : `The catalogue does not know the result code ${code} for ${productLabel(job.product)}. Go by Smile ID's own text, and do not treat it as a pass.`,
    );
  } else if (job.product === null) {
    remarks.push('The answer does not say which product this is, so every meaning is listed.');
  }
  if (job.product === 'biometric_kyc' && code === '1012') {
    remarks.push('This is the ID half only: the ID was found, the selfie is not decided yet.');
  }
  return remarks;
}

function explanationOf(meaning: CodeMeaning): Explanation {
  return {
    label: meaning.text ?? meaning.altTexts[0] ?? null,
    meaning: meaning.meaning,
    nextStep: meaning.nextStep,
    certainty: meaning.certainty === 'documented' ? 'Documented' : 'Seen in SDK code',
    conflict: meaning.conflict,
    page: officialPage(meaning.sources),
  };
}

function actionReport(key: string, value: string): ActionReport {
  const action = explainAction(key);
  const meaning = explainActionValue(value);
  return {
    key,
    label: action?.label ?? key.replace(/_/g, ' '),
    value,
    class: meaning?.class ?? 'unknown',
    meaning: action?.meaning ?? null,
    explanation: meaning
      ? [meaning.meaning, meaning.advice === 'Nothing to do.' ? '' : meaning.advice]
          .join(' ')
          .trim()
      : 'The catalogue does not know this value.',
  };
}

function historyReport({ verdict, result }: HistoryEntry): HistoryReport {
  return {
    verdict,
    headline: VERDICT_LABELS[verdict],
    code: result.code,
    text: result.text,
    timestamp: result.timestamp,
    decidedBy: decidedByOf(result),
  };
}
