import { explainAction, explainActionValue } from '../catalogue/actions';
import {
  halfOf,
  isUnauthorizedCode,
  meaningsOf,
  officialPage,
  productLabel,
} from '../catalogue/catalogue';
import type { ActionClass, CodeMeaning, ProductKey } from '../catalogue/types';
import {
  isOwnEntry,
  type HistoryEntry,
  type Job,
  type JobResult,
  type Verdict,
} from '../smile/job';
import type { JobStatusOutcome, SignatureState } from '../smile/outcome';
import type { JsonObject } from '../smile/jobStatusAnswer';
import { personalDetailsOf } from '../smile/personalDetails';
import { VERDICT_LABELS } from './verdictLabels';

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
  /** The two halves of a Biometric KYC job; empty for other products. */
  readonly halves: readonly Half[];
  /** Empty where the catalogue does not know the code for this product. */
  readonly explanations: readonly Explanation[];
  /** Whether to send the job again; null where there is no verdict. */
  readonly resend: string | null;
  /** What cannot be said from the catalogue alone: unknown codes, halves that are still out, no answer. */
  readonly remarks: readonly string[];
  readonly smileJobId: string | null;
  readonly requestId: string | null;
  readonly signature: { readonly state: SignatureState; readonly sentence: string } | null;
  /** What was checked, by what it is about. */
  readonly checks: readonly CheckGroup[];
  readonly notApplicable: readonly ActionReport[];
  /** What the query came to, which says nothing of the person; null without an answer. */
  readonly envelope: Envelope | null;
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

/** One half of a job that has two: Biometric KYC looks the ID up, and then decides on the selfie. */
export interface Half {
  readonly label: string;
  readonly verdict: Verdict;
  readonly text: string;
}

export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly ActionReport[];
}

/** The fields around `result`, as sent. */
export interface Envelope {
  readonly code: string | null;
  readonly complete: boolean | null;
  readonly success: boolean | null;
}

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
  halves: [],
  explanations: [],
  resend: null,
  remarks: [],
  smileJobId: null,
  requestId: null,
  signature: null,
  checks: [],
  notApplicable: [],
  envelope: null,
  notes: [],
} satisfies Partial<JobReport>;

/** Puts an outcome into words. Meanings come from the catalogue; nothing is guessed. */
export function reportOf(outcome: JobStatusOutcome): JobReport {
  switch (outcome.kind) {
    case 'answered': {
      const report = answered(outcome.job, outcome.signature);
      return {
        ...report,
        remarks: [...report.remarks, ...fraudRemarks(outcome.raw)],
        envelope: {
          code: typeof outcome.raw.code === 'string' ? outcome.raw.code : null,
          complete: outcome.job.complete,
          success: outcome.job.success,
        },
      };
    }
    case 'refused': {
      const { code, message, requestId, httpStatus } = outcome;
      const meanings = code === null ? [] : meaningsOf(code).filter(({ kind }) => kind === 'error');
      return {
        ...NOTHING,
        headline: code !== null && isUnauthorizedCode(code) ? 'Not authorized' : 'Refused',
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
  const actions = (result?.actions ?? []).map(({ key, value }) => actionReport(key, value));
  return {
    ...NOTHING,
    verdict,
    headline: VERDICT_LABELS[verdict],
    summary: result?.text ?? meanings[0]?.text ?? WITHOUT_TEXT[verdict],
    facts: factsOf(job),
    code,
    halves: halvesOf(job),
    explanations: meanings.map(explanationOf),
    resend: RESEND[verdict],
    remarks: remarksOf(job, meanings),
    smileJobId: job.smileJobId,
    signature: { state: signature, sentence: SIGNATURES[signature] },
    checks: CHECK_GROUPS.flatMap(({ title, has }) => {
      const checks = actions.filter((action) => groupOf(action.key) === has && !isIdle(action));
      return checks.length === 0 ? [] : [{ title, checks }];
    }),
    notApplicable: actions.filter(isIdle),
    notes: job.notes,
  };
}

/**
 * The report of one entry of an answer's history, in the words of a report of its own.
 * @param raw the entry as sent
 */
export function reportOfEntry(
  job: Job,
  entry: HistoryEntry,
  raw: JsonObject,
  signature: SignatureState,
): JobReport {
  const { smileJobId, jobType, product, verdict, result } = entry;
  const jobId = entry.jobId ?? job.jobId;
  const report = answered(
    { ...job, jobId, smileJobId, jobType, product, verdict, result, complete: null, notes: [] },
    signature,
  );
  return { ...report, remarks: [...report.remarks, ...fraudRemarks(raw)] };
}

/**
 * Billing is what integrators report, not what the documentation says; that a used job ID is refused is
 * documented (error 2215).
 */
const RESEND: Readonly<Record<Verdict, string>> = {
  approved: 'No need to send it again. Integrators report that every new job may be billed.',
  attention: 'No. Decide on what was found first. A new job may be billed.',
  provisional:
    'Do not send it again: this job is still under review and its result can change. A second job may be billed.',
  pending:
    'Do not send it again: this job is not decided yet. A second job may be billed, and a job ID that was used is refused (2215).',
  rejected:
    'Another attempt is a new job: give it a new job ID, since a used one is refused (2215). It may be billed.',
  error:
    'This is no verdict on the person. Once the cause is mended, send a new job with a new job ID; it may be billed.',
  unknown:
    'Not known. Ask for the status again, which changes nothing, before sending a new job, which may be billed.',
};

/** The order in which checks are shown; what has no group of its own comes last. */
const CHECK_GROUPS = [
  { title: 'Document', has: 'document' },
  { title: 'Face', has: 'face' },
  { title: 'Liveness', has: 'liveness' },
  { title: 'ID authority', has: 'authority' },
  { title: 'Human review', has: 'human' },
  { title: 'Other', has: 'other' },
] as const;

function groupOf(key: string): (typeof CHECK_GROUPS)[number]['has'] {
  if (/^human_review/i.test(key)) return 'human';
  if (/liveness/i.test(key)) return 'liveness';
  if (/document/i.test(key)) return 'document';
  if (/selfie|face/i.test(key)) return 'face';
  return explainAction(key) && key !== 'Listed' ? 'authority' : 'other';
}

const isIdle = ({ value }: ActionReport): boolean => value.toLowerCase() === 'not applicable';

/** Biometric KYC has two results, one about the ID and one about the selfie. */
function halvesOf(job: Job): Half[] {
  const { product } = job;
  if (product === null || halfOf(product, '') === null) return [];
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
  return [
    id
      ? {
          label: 'ID',
          verdict: isFound ? 'approved' : id.verdict,
          text: `${id.result.text ?? 'no text'} (${id.result.code ?? 'no code'})`,
        }
      : checked === undefined
        ? { label: 'ID', verdict: 'unknown', text: 'not in this answer' }
        : { label: 'ID', verdict: verdictOfCheck(checked), text: `Verify ID number: ${checked}` },
    selfie
      ? {
          label: 'Selfie',
          verdict: selfie.verdict,
          text: `${selfie.result.text ?? 'no text'} (${selfie.result.code ?? 'no code'})`,
        }
      : id && !isFound
        ? { label: 'Selfie', verdict: 'unknown', text: 'not compared: ID check failed' }
        : { label: 'Selfie', verdict: 'pending', text: 'pending' },
  ];
}

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

const WITHOUT_TEXT: Readonly<Record<Verdict, string>> = {
  approved: 'Smile ID sent no text with this result.',
  attention: 'Smile ID sent no text with this result.',
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
export function decidedByOf(result: JobResult | null): string | null {
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
  return remarks;
}

/** An approval with this beside it is what an integrator must not miss. */
function fraudRemarks(raw: JsonObject): string[] {
  const antifraud = personalDetailsOf(raw).antifraud;
  if (antifraud?.fraudDetected !== true && (antifraud?.suspects.length ?? 0) === 0) return [];
  const suspects = antifraud?.suspects.length ?? 0;
  return [
    `The antifraud summary speaks of fraud${suspects === 0 ? '' : `: ${suspects} suspect ${suspects === 1 ? 'user' : 'users'}`}. See the personal details below.`,
  ];
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
