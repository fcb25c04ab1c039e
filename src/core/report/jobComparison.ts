import * as l10n from '../l10n';
import { explainAction, explainActionValue } from '../catalogue/actions';
import { meaningsOf, productLabel } from '../catalogue/catalogue';
import type { ActionClass, ProductKey } from '../catalogue/types';
import { jsonTextSteps, sortedKeys } from '../jsonText';
import { FieldNames, redactSteps } from '../redact';
import { shownIfAny, shownText } from '../harmlessText';
import type { HistoryEntry, Job, JobDocument, JobResult, Verdict } from '../smile/job';
import type { JsonObject } from '../smile/fields';
import { isSuspicious, type SignatureState } from '../smile/outcome';
import type { Steps } from '../slicedWork';
import { verdictOfStatus } from '../smile/v3Response';
import { shownValue, unknownCheck } from './checks';
import { decidedByOf } from './jobReport';
import { verdictLabel } from './jobState';

/** One of the two sides of a comparison. It contains no personal data: jobs and entries have none. */
export interface ComparedSide {
  /** Distinguishes it from the other side: "response of 12:30". */
  readonly label: string;
  readonly api: Job['api'];
  readonly document: JobDocument;
  readonly userId: string | null;
  readonly jobId: string | null;
  readonly smileJobId: string | null;
  readonly product: ProductKey | null;
  readonly verdict: Verdict;
  /** Of its response. */
  readonly signature: SignatureState;
  /** Both of API v3; null for API v1. */
  readonly status: string | null;
  readonly reason: string | null;
  readonly result: JobResult | null;
  /** Null for an entry of a history, which has no envelope. */
  readonly envelope: { readonly complete: boolean | null; readonly success: boolean | null } | null;
}

export interface Change {
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  /** What the later value means; null if the catalogue does not know it, or nothing changed. */
  readonly explanation: string | null;
}

export interface JobComparison {
  readonly headline: string;
  /** What changed and why, as far as the data shows, most important first. */
  readonly sentences: readonly string[];
  readonly fields: readonly Change[];
  readonly actions: readonly Change[];
}

export function sideOfJob(job: Job, signature: SignatureState, label: string): ComparedSide {
  const { api, document, userId, jobId, smileJobId, product, verdict, status, reason, result } =
    job;
  const envelope = { complete: job.complete, success: job.success };
  return {
    ...{ label, api, document, userId, jobId, smileJobId, product, verdict, status, reason },
    ...{ signature, result, envelope },
  };
}

/** @param requested the job whose response contains the entry: entries may leave their own ID out */
export function sideOfEntry(
  entry: HistoryEntry,
  requested: Job,
  signature: SignatureState,
  label: string,
): ComparedSide {
  const { smileJobId, product, verdict, result } = entry;
  const { api, document } = requested;
  const jobId = entry.jobId ?? requested.jobId;
  const userId = entry.userId ?? requested.userId;
  return {
    ...{ label, api, document, userId, jobId, smileJobId, product, verdict, signature, result },
    ...{ status: null, reason: null, envelope: null },
  };
}

/**
 * What a webhook and the status of the same job both have; of two documents of the same kind, everything. The status of
 * API v3 has neither reason nor product, and a message of its own; a callback of API v1 has no envelope, and its time is
 * that of its signature.
 */
function comparable(side: ComparedSide, other: ComparedSide): ComparedSide {
  if (side.api !== other.api || side.document === other.document) return side;
  if (side.api === 'v3') {
    // fraud signals, which only the webhook has, are no difference either
    const verdict = verdictOfStatus(side.status);
    return { ...side, verdict, product: null, reason: null, result: null, envelope: null };
  }
  return { ...side, envelope: null, result: side.result && { ...side.result, timestamp: null } };
}

/**
 * Compares two results, the older one first: field by field and check by check. Causes are named only if the
 * later side says so (ResultType DIVA, IsMachineResult); results of two jobs differ, they did not change.
 */
export function compareJobs(one: ComparedSide, other: ComparedSide): JobComparison {
  const [before, after] = [comparable(one, other), comparable(other, one)];
  const fields = changesOf(fieldsOf(before), fieldsOf(after), () => null);
  const actions = changesOf(actionsOf(before), actionsOf(after), (value) => {
    const meaning = explainActionValue(value);
    return meaning?.meaning ?? l10n.t('This value is unknown.');
  }).map(({ name, before, after, ...change }) => ({
    ...change,
    name: explainAction(name)?.label ?? unknownCheck(),
    before: before && shownValue(before),
    after: after && shownValue(after),
  }));
  const differs = [...fields, ...actions].some(({ kind }) => kind !== 'same');
  return {
    headline: headlineOf(before, after, differs),
    sentences: differs ? sentencesOf(before, after) : [],
    fields,
    actions,
  };
}

export interface ComparedDocuments {
  readonly before: string;
  readonly after: string;
}

/** Two responses as JSON for a diff editor: redacted, with sorted keys, so that only real differences appear. */
export function* comparedDocumentsSteps(
  before: JsonObject,
  after: JsonObject,
): Steps<ComparedDocuments> {
  const names = new FieldNames();
  return {
    before: yield* sortedText(before, names),
    after: yield* sortedText(after, names),
  };
}

function* sortedText(value: JsonObject, names: FieldNames): Steps<string> {
  return yield* jsonTextSteps(yield* redactSteps(value, names), sortedKeys);
}

const userIdLabel = (): string => l10n.t('User ID');

function fieldsOf(side: ComparedSide) {
  const { jobId, smileJobId, product, result, envelope } = side;
  const text = (value: boolean | number | null | undefined): string | null =>
    value == null ? null : String(value);
  return new Map<string, string | null>([
    [l10n.t('Verdict'), verdictWords(side)],
    [l10n.t('Status'), side.status],
    [l10n.t('Reason'), side.reason],
    ['ResultCode', result?.code ?? null],
    [side.api === 'v3' ? l10n.t('Message') : 'ResultText', result?.text ?? null],
    ['ResultType', result?.type ?? null],
    [l10n.t('Product'), product && productLabel(product)],
    [l10n.t('Confidence (%)'), text(result?.confidence)],
    ['IsFinalResult', text(result?.final)],
    ['IsMachineResult', text(result?.machine)],
    [l10n.t('Source'), result?.source ?? null],
    [l10n.t('Result time'), result?.timestamp ?? null],
    [l10n.t('Job ID'), shownIfAny(jobId)],
    ['SmileJobID', smileJobId],
    ...(side.userId === null ? [] : ([[userIdLabel(), shownIfAny(side.userId)]] as const)),
    ...(envelope
      ? ([
          ['job_complete', text(envelope.complete)],
          ['job_success', text(envelope.success)],
        ] as const)
      : []),
  ]);
}

const actionsOf = ({ result }: ComparedSide): Map<string, string> =>
  new Map((result?.actions ?? []).map(({ key, value }) => [key, value]));

function changesOf(
  before: ReadonlyMap<string, string | null>,
  after: ReadonlyMap<string, string | null>,
  explain: (value: string) => string | null,
): Change[] {
  // an entry has no envelope, and not every response says whose it is: neither is a difference
  const mayLack = (name: string): boolean => name.startsWith('job_') || name === userIdLabel();
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Change[] => {
    if (mayLack(name) && before.has(name) !== after.has(name)) return [];
    const [old, now] = [before.get(name) ?? null, after.get(name) ?? null];
    if (old === null && now === null) return [];
    const kind =
      old === now ? 'same' : old === null ? 'added' : now === null ? 'removed' : 'changed';
    const explanation = kind === 'same' || now === null ? null : explain(now);
    return [{ kind, name, before: old, after: now, explanation }];
  });
}

/** The verdict, with a remark if the response cannot be trusted. */
const verdictWords = ({ verdict, signature }: ComparedSide): string =>
  isSuspicious(signature)
    ? l10n.t('{0} (not trusted)', verdictLabel(verdict))
    : verdictLabel(verdict);

function headlineOf(before: ComparedSide, after: ComparedSide, differs: boolean): string {
  if (!isTrusted(before, after)) return l10n.t('not trusted');
  if (!differs) return l10n.t('no differences');
  const [old, now] = [verdictLabel(before.verdict), verdictLabel(after.verdict)];
  if (isOneJob(before, after)) {
    return old === now ? l10n.t('still {0}', now) : l10n.t('{0} → {1}', old, now);
  }
  return old === now ? l10n.t('both {0}', now) : l10n.t('{0} and {1}', old, now);
}

/** A job that is not processed yet does not say its product. */
const isOneProduct = (before: ComparedSide, after: ComparedSide): boolean =>
  before.product === null || after.product === null || before.product === after.product;

const isTrusted = (...sides: readonly ComparedSide[]): boolean =>
  sides.every(({ signature }) => !isSuspicious(signature));

const isOneUser = (before: ComparedSide, after: ComparedSide): boolean =>
  before.userId === null || after.userId === null || before.userId === after.userId;

const isOneJob = (before: ComparedSide, after: ComparedSide): boolean =>
  before.jobId === after.jobId && isOneProduct(before, after) && isOneUser(before, after);

/** Of one job ID; other jobs may well be of other users. */
const userSentences = (before: ComparedSide, after: ComparedSide): string[] =>
  before.jobId !== after.jobId || isOneUser(before, after)
    ? []
    : [
        l10n.t(
          'The user IDs differ, {0} and {1}: one of the two may be of another job.',
          shownText(before.userId ?? ''),
          shownText(after.userId ?? ''),
        ),
      ];

function sentencesOf(before: ComparedSide, after: ComparedSide): string[] {
  const ofUsers = userSentences(before, after);
  if (before.product !== null && after.product !== null && !isOneProduct(before, after)) {
    return [
      ...ofUsers,
      l10n.t(
        'These are results of two products, {0} and {1}: the same code and the same check can mean different things.',
        productLabel(before.product),
        productLabel(after.product),
      ),
      ...meaningSentences(after),
    ];
  }
  const cause = isOneJob(before, after) ? decidedByOf(after.result) : null;
  const sentences = isTrusted(before, after)
    ? []
    : [
        l10n.t(
          'A response without a valid signature cannot be trusted: do not act on this comparison.',
        ),
      ];
  if (before.verdict !== after.verdict) {
    const [old, now] = [verdictLabel(before.verdict), verdictLabel(after.verdict)];
    const verdict = l10n.t('Verdict');
    sentences.push(
      isOneJob(before, after)
        ? changeSentence(verdict, old, now, cause)
        : differenceSentence(verdict, old, now),
    );
  }
  sentences.push(...actionSentences(before, after, cause), ...meaningSentences(after));
  return [...ofUsers, ...sentences];
}

/** Classes of values that are steps of a check; the others do not say how it went. */
const STEPS: ReadonlySet<ActionClass> = new Set(['pass', 'fail', 'wait', 'review', 'inconclusive']);

function actionSentences(before: ComparedSide, after: ComparedSide, cause: Cause): string[] {
  const old = actionsOf(before);
  return [...actionsOf(after)].flatMap(([key, is]) => {
    const label = explainAction(key)?.label;
    const was = old.get(key);
    if (label === undefined || was === undefined) return [];
    const [from, to] = [was, is].map((value) => explainActionValue(value)?.class ?? 'unknown');
    if (!from || !to || from === to || !STEPS.has(from) || !STEPS.has(to)) return [];
    if (!isOneJob(before, after)) return [differenceSentence(label, was, is)];
    // The decision changed only what was waiting for it; and a reviewer's own check has that in its name.
    const waited = from === 'wait' || from === 'review';
    const isOwn = key.toLowerCase().startsWith('human_review');
    return [changeSentence(label, was, is, !waited || isOwn ? null : cause)];
  });
}

type Cause = ReturnType<typeof decidedByOf>;

function changeSentence(what: string, was: string, is: string, cause: Cause): string {
  if (cause === null) return l10n.t('{0}: {1} → {2}.', what, was, is);
  return cause === 'human'
    ? l10n.t('{0}: {1} → {2} (human review).', what, was, is)
    : l10n.t('{0}: {1} → {2} (machine).', what, was, is);
}

const differenceSentence = (what: string, one: string, other: string): string =>
  l10n.t('{0} differs: {1} and {2}.', what, one, other);

function meaningSentences({ result, product }: ComparedSide): string[] {
  const code = result?.code ?? null;
  if (code === null) return [];
  const meanings = meaningsOf(code, product ?? undefined, result?.text ?? undefined).filter(
    ({ kind }) => kind === 'result',
  );
  const [only, ...others] = meanings;
  if (!only) return [l10n.t('The code {0} is unknown for this product.', code)];
  return others.length > 0 ? [] : [l10n.t('{0} means: {1}', code, only.meaning)];
}
