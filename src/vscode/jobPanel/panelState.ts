import * as l10n from '../../core/l10n';
import type { AuthorizationCheck } from '../../core/report/authorizationChecklist';
import type { ComparedDocuments, JobComparison } from '../../core/report/jobComparison';
import { historyOf, type HistoryGroup } from '../../core/report/jobHistory';
import { isActive } from '../../core/jobs/jobWatches';
import { noWatchAfter, noWatchWords, type NoWatch } from '../../core/jobs/noWatch';
import { reportOf, reportOfEntry, type JobReport } from '../../core/report/jobReport';
import { personalDetailsOf } from '../../core/report/personalDetails';
import { detailSectionsOf, isMasked } from '../../core/report/personalReport';
import { sentTimeOf, timeWords } from '../../core/report/timeWords';
import { shownText, withoutMarks } from '../../core/harmlessText';
import { isUnauthorized } from '../../core/smile/errorResponse';
import type { JsonObject } from '../../core/smile/fields';
import { isOwnEntry, type HistoryEntry } from '../../core/smile/job';
import { checkJobIds, type JobIds } from '../../core/smile/jobRequest';
import { historyEntriesOf, imageErrorOf } from '../../core/smile/jobStatusResponse';
import type {
  Answered,
  Cancelled,
  JobStatusOutcome,
  Pasted,
  PastedError,
  ShownOutcome,
} from '../../core/smile/outcome';
import { isSameBody } from '../../core/smile/parseBody';
import { isSameAccount, SIMULATOR_PROFILE_ID, type Profile } from '../../core/smile/profile';
import { environmentName } from '../../core/smile/environment';
import { profileLabel } from '../../core/smile/profileLabel';
import { isV3JobId } from '../../core/smile/typeId';
import type { PanelState, Remedy, SavedPanel } from '../../webview/protocol';
import {
  documentKind,
  documentOfFailure,
  documentOfJob,
  type ShownDocument,
} from './shownDocument';

/** A response, and when it came. */
export interface ReceivedResponse {
  readonly outcome: Answered;
  readonly at: Date;
}

/** Two responses that the user compares. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  readonly result: JobComparison;
  /** Made when the user wants to see them: that takes a while for large responses. */
  readonly documents: () => Promise<ComparedDocuments>;
}

/** What the page shows that is known elsewhere. */
interface Around extends Pick<
  PanelState,
  'name' | 'loading' | 'watch' | 'images' | 'imagesDropped' | 'missingWebhook'
> {
  /** Whether the webhook that is shown, if any, is still among those that are kept. */
  readonly isKept: boolean;
}

const JOB_NOT_FOUND = '2304';
const TOO_MANY_REQUESTS = 429;

type WhatToDo = Pick<PanelState, 'remedies' | 'primary'>;
const NOTHING_TO_DO: WhatToDo = { remedies: [], primary: null };
/** The cause has to go before another request can succeed. */
const beforeRefresh = (...remedies: readonly Remedy[]): WhatToDo => ({
  remedies,
  primary: 'remedy',
});
const afterRefresh = (...remedies: readonly Remedy[]): WhatToDo => ({
  remedies,
  primary: 'refresh',
});

/** Whether an HTTP status of a response that is not Smile ID's points to address or key of the profile. */
const isOfProfile = (httpStatus: number): boolean =>
  (httpStatus >= 300 && httpStatus < 400) || [401, 403, 404].includes(httpStatus);

/** What a job panel knows of its job, and what it shows. It sends and fetches nothing, and does not use VS Code. */
export class JobPanelState {
  /** What is shown: the last response, or why there is none yet. */
  outcome: ShownOutcome | null = null;
  /** When it came; null if nothing was sent. */
  checkedAt: Date | null = null;
  /** The response before this one, for comparing, and when this one took its place. */
  previous: (ReceivedResponse & { readonly until: Date }) | null = null;
  /** Whether no request was sent since, so that screen readers have not read it before. */
  private isChangeNew = false;
  comparison: Compared | null = null;
  /** Why the last request could not even be made. */
  problem: string | null = null;
  /** Changes with everything that is shown for the first time: what was fetched for an older one is not shown. */
  version = 0;
  /** The last request if it brought no job and an older response is still shown. */
  private failure: Exclude<JobStatusOutcome, Answered | Cancelled> | null = null;
  private checklist: {
    readonly of: ShownOutcome;
    readonly checks: readonly AuthorizationCheck[];
  } | null = null;
  /** The personal fields that the user revealed. */
  private revealed: Set<string> | 'all' = new Set();
  /** The entry of the history that is shown in place of the response. */
  private viewing: number | null = null;

  /** @param pasted set if it shows a response that was not requested: its profile is at most that of its signature */
  constructor(
    private readonly saved: SavedPanel,
    public profile: Profile | undefined,
    public pasted: Pasted | null = null,
  ) {
    if (!profile && !pasted) this.problem = profileRemoved();
  }

  /** Shows a response that was not requested. */
  takePasted(outcome: Answered | PastedError): void {
    this.clear();
    this.outcome = outcome;
  }

  /** The IDs to request the job with; null if they are not enough. */
  get requestIds(): JobIds | null {
    const { userId, jobId } = this.saved;
    if (isV3JobId(jobId)) return { userId: null, jobId };
    return checkJobIds({ userId, jobId }) === null ? { userId, jobId } : null;
  }

  /** Whether what is shown was not requested, or the details of it were not. */
  get isUnrequested(): boolean {
    const { outcome, pasted } = this;
    return pasted !== null || (outcome?.kind === 'answered' && outcome.webhook !== undefined);
  }

  /** Whether Smile ID can send the webhook of the shown job again: it must be one of API v3, and finished. */
  get canResend(): boolean {
    const { outcome, profile } = this;
    return (
      !this.pasted &&
      profile !== undefined &&
      outcome?.kind === 'answered' &&
      outcome.job.api === 'v3' &&
      outcome.job.complete === true
    );
  }

  /** Whether there is more to say of a signature, and a text to check it in. */
  private canCheckSignature(isKept: boolean): boolean {
    const { outcome, pasted } = this;
    if (outcome?.kind !== 'answered') return false;
    const { signature } = outcome;
    const isDoubted =
      signature === 'invalid' || signature === 'unknown' || (pasted?.alarms ?? []).length > 0;
    const hasText =
      pasted === null || pasted.source !== undefined || (pasted.delivery !== undefined && isKept);
    return isDoubted && hasText;
  }

  /** Why watching makes no sense. */
  get noWatch(): NoWatch | null {
    const { outcome, failure } = this;
    const before = outcome && noWatchAfter(outcome, null);
    return failure ? noWatchAfter(failure, before) : before;
  }

  /** What page, commands and keys go by. */
  blocked({ loading, watch }: Pick<Around, 'loading' | 'watch'>): PanelState['blocked'] {
    const { entry, pasted, profile, noWatch } = this;
    const viewing = entry
      ? l10n.t('A history entry is shown. Go back to the current result first.')
      : null;
    const unrequested = pasted
      ? l10n.t('This was not requested. Choose Get Job Status first.')
      : null;
    const job = viewing ?? unrequested ?? (profile ? null : profileRemoved());
    const isWatched = watch !== null && isActive(watch);
    return {
      refresh: job ?? (loading ? l10n.t('A request is under way.') : null),
      watch: job ?? (isWatched || noWatch === null ? null : noWatchWords(noWatch)),
      compare: job ?? (this.response ? null : l10n.t('There is no result yet.')),
      copyAs: viewing ?? (pasted || profile ? null : profileRemoved()),
      open: this.document ? null : l10n.t('There is no response.'),
      lookUpPasted:
        viewing ?? (this.requestIds ? null : l10n.t('The IDs that a request needs are not in it.')),
    };
  }

  /** Set if the response before had another headline. */
  private get change(): PanelState['change'] {
    const { outcome, previous } = this;
    if (!previous || outcome?.kind !== 'answered') return null;
    const was = reportOf(previous.outcome).headline;
    if (was === reportOf(outcome).headline) return null;
    return { was, until: timeWords(previous.until), isNew: this.isChangeNew };
  }

  /**
   * @param profile undefined if it was removed
   * @returns whether it is of another account now, or of none, so that nothing older may be shown under it
   */
  follow(profile: Profile | undefined): boolean {
    const { profile: before } = this;
    this.profile = profile;
    if (!profile) this.problem = profileRemoved();
    else if (!before) this.problem = null;
    return before !== undefined && !(profile && isSameAccount(before, profile));
  }

  /** A request is sent: the failure of the last one is cleared. */
  begin(): void {
    this.problem = null;
    this.failure = null;
    this.isChangeNew = false;
  }

  /** @returns whether it is shown now; otherwise it is shown beside an older response, or not at all */
  take(outcome: JobStatusOutcome, at: Date): boolean {
    const { outcome: before, checkedAt } = this;
    if (outcome.kind === 'cancelled') {
      if (before !== null) return false; // an older outcome is worth more than nothing
    } else if (before?.kind === 'answered') {
      if (outcome.kind !== 'answered') {
        this.failure = outcome;
        return false;
      }
      if (checkedAt && !this.shows(outcome)) {
        this.previous = { outcome: before, at: checkedAt, until: at };
        this.isChangeNew = true;
      }
    }
    this.clear();
    this.outcome = outcome;
    this.checkedAt = outcome.kind === 'cancelled' ? null : at;
    return true;
  }

  /** The same response came again: what was revealed and compared stays. */
  repeat(at: Date): void {
    this.checkedAt = at;
    this.failure = null;
  }

  /** The same response in another form: with fresh links, or without images. */
  renew(outcome: Answered): void {
    this.outcome = outcome;
  }

  forget(): void {
    this.clear();
    this.previous = null;
  }

  private clear(): void {
    this.outcome = null;
    this.checkedAt = null;
    this.failure = null;
    this.comparison = null;
    this.version += 1;
    this.showEntry(null);
  }

  /** Whether a response is the same as the shown one, except for what always differs: times, signatures and links. */
  shows(outcome: ShownOutcome): boolean {
    const { outcome: shown } = this;
    return (
      shown?.kind === 'answered' &&
      outcome.kind === 'answered' &&
      shown.signature === outcome.signature &&
      isSameBody(shown.raw, outcome.raw)
    );
  }

  /** The outcome of the last request, as far as it is known. */
  get latest(): ShownOutcome | null {
    return this.failure ?? this.outcome;
  }

  /** Local checks for an outcome. They take a while, and are not shown if it is no longer the latest. */
  check(of: ShownOutcome, checks: readonly AuthorizationCheck[]): void {
    this.checklist = { of, checks };
  }

  /** Reveals one personal field; without an ID, reveals or hides all. */
  reveal(id: string | null, on: boolean): void {
    if (id === null) this.revealed = on ? 'all' : new Set();
    else if (this.revealed !== 'all') this.revealed.add(id);
  }

  /** Shows a history entry in place of the response, or the response if there is no such entry. */
  showEntry(index: number | null): void {
    const { outcome } = this;
    const has = outcome?.kind === 'answered' && outcome.job.history[index ?? -1] !== undefined;
    this.viewing = has ? index : null;
    this.reveal(null, false);
  }

  compare(comparison: Compared): void {
    this.comparison = comparison;
    this.viewing = null;
  }

  /** The entry of the history that is shown. */
  get entry(): HistoryEntry | undefined {
    return this.outcome?.kind === 'answered' && this.viewing !== null
      ? this.outcome.job.history[this.viewing]
      : undefined;
  }

  get response(): ReceivedResponse | null {
    const { outcome, checkedAt: at } = this;
    return outcome?.kind === 'answered' && at ? { outcome, at } : null;
  }

  get report(): JobReport | null {
    const { outcome, entry } = this;
    if (!outcome) return null;
    return outcome.kind === 'answered' && entry
      ? reportOfEntry(outcome.job, entry, this.raw ?? {}, outcome.signature, this.pasted)
      : reportOf(outcome, this.pasted);
  }

  get history(): readonly HistoryGroup[] {
    const { outcome, pasted } = this;
    if (outcome?.kind !== 'answered') return [];
    return historyOf(outcome.job, outcome.signature, pasted !== null);
  }

  /** The IDs of what is shown: an entry of the history may be of another job. */
  get ids(): JobIds {
    const { saved, entry, outcome } = this;
    // a job of API v3 is requested without its user ID, which the response has
    const userId = saved.userId ?? (outcome?.kind === 'answered' ? outcome.job.userId : null);
    return { userId: entry?.userId ?? userId, jobId: entry?.jobId ?? saved.jobId };
  }

  /** What is shown as a document: the response or an entry of it, an error's body, or a text that is not JSON. */
  get document(): ShownDocument | null {
    return documentOfJob(this.outcome, this.viewing);
  }

  /** The document of the whole response, whatever entry of it is shown. */
  get wholeDocument(): ShownDocument | null {
    return documentOfJob(this.outcome, null);
  }

  /** The document of the last request, if it brought no job and an older response is shown. */
  get documentOfFailure(): ShownDocument | null {
    return this.failure && documentOfFailure(this.failure);
  }

  /** What a user can do about the latest outcome, besides sending the request again. */
  get remedies(): readonly Remedy[] {
    return this.whatToDo.remedies;
  }

  private get whatToDo(): WhatToDo {
    const { profile, problem, latest } = this;
    if (this.pasted) return afterRefresh();
    if (!profile) return beforeRefresh('addProfile');
    if (problem !== null) return beforeRefresh('editProfile');
    switch (latest?.kind) {
      case 'refused':
        if (isUnauthorized(latest)) return beforeRefresh('editProfile');
        if (latest.code === JOB_NOT_FOUND) return beforeRefresh('lookUpOther');
        return latest.httpStatus === TOO_MANY_REQUESTS ? NOTHING_TO_DO : afterRefresh();
      case 'unreachable':
        // the address of the profile is the only thing that can be wrong
        if (latest.cause === 'other') return beforeRefresh('editProfile', 'showLog');
        if (profile.id !== SIMULATOR_PROFILE_ID) return afterRefresh('editProfile', 'showLog');
        // If something accepts connections, the simulator runs, or another server took its port.
        return latest.cause === 'refused'
          ? beforeRefresh('startSimulator')
          : afterRefresh('showLog');
      case 'unreadable':
        if (latest.httpStatus === TOO_MANY_REQUESTS)
          return { ...NOTHING_TO_DO, remedies: ['showLog'] };
        return isOfProfile(latest.httpStatus)
          ? beforeRefresh('editProfile', 'showLog')
          : afterRefresh('showLog');
      case 'cancelled':
        return latest.cause === 'declined' ? beforeRefresh('sendRequest') : afterRefresh();
      default:
        return this.noWatch === 'final' ? NOTHING_TO_DO : afterRefresh();
    }
  }

  forPage({ isKept, name, images, ...around }: Around): PanelState {
    const { profile, saved, ids, entry, viewing, comparison, checklist, checkedAt, outcome } = this;
    const imageError = outcome?.kind === 'answered' && !entry ? imageErrorOf(outcome.raw) : null;
    return {
      pasted: this.pasted
        ? {
            received: receivedWords(this.pasted, isKept),
          }
        : null,
      canCheckSignature: this.canCheckSignature(isKept),
      canResend: this.canResend,
      profile: profile
        ? {
            name: withoutMarks(profile.name),
            environment: profile.environment,
            label: withoutMarks(
              [
                ...profileLabel(profile, environmentName(profile.environment)),
                // what is said of the address of the server can be compared with it
                ...(profile.url !== null && outcome?.kind === 'unreachable' ? [profile.url] : []),
              ].join(' · '),
            ),
          }
        : null,
      jobId: shownText(ids.jobId),
      userId: ids.userId === null ? null : shownText(ids.userId),
      name: name === null ? null : shownText(name),
      problem: this.problem,
      failure: this.failureForPage(),
      checkedAt: checkedAt && timeWords(checkedAt),
      report: this.report,
      change: this.change,
      blocked: this.blocked(around),
      document: documentKind(this.document),
      viewing:
        entry && viewing !== null
          ? {
              index: viewing,
              otherJob: !isOwnEntry(entry, saved.jobId),
              time: entry.result.timestamp === null ? null : sentTimeOf(entry.result.timestamp),
            }
          : null,
      checklist: checklist !== null && checklist.of === this.latest ? checklist.checks : [],
      details: this.details(),
      images: entry ? [] : images,
      imageError: imageError === null ? null : shownText(imageError),
      isUnrequested: this.isUnrequested,
      comparison: comparison && {
        before: comparison.before,
        after: comparison.after,
        result: comparison.result,
      },
      ...around,
      ...this.whatToDo,
      version: this.version,
    };
  }

  private failureForPage(): PanelState['failure'] {
    if (!this.failure) return null;
    const { headline, summary, nextStep } = reportOf(this.failure);
    return { headline, summary, nextStep, document: documentKind(this.documentOfFailure) };
  }

  private details(): PanelState['details'] {
    const { raw, revealed, outcome } = this;
    if (!raw) return null;
    const details = personalDetailsOf(raw);
    const webhook = outcome?.kind === 'answered' ? outcome.webhook : undefined;
    const sections = detailSectionsOf(details, revealed);
    return {
      sections,
      masked: isMasked(sections),
      revealed: revealed === 'all' || revealed.size > 0,
      notes: [
        ...(webhook
          ? [l10n.t('From webhook #{0}; its signature does not cover the content.', webhook.number)]
          : []),
        ...details.notes,
      ],
    };
  }

  /** What is shown, as sent: the response, or one entry of it. */
  private get raw(): JsonObject | undefined {
    const { outcome, viewing } = this;
    if (outcome?.kind !== 'answered') return undefined;
    return viewing === null ? outcome.raw : historyEntriesOf(outcome.raw)[viewing];
  }
}

const profileRemoved = (): string => l10n.t("This job's profile was removed.");

function receivedWords({ delivery }: Pasted, isKept: boolean): string | null {
  if (delivery === undefined) return null;
  const received = l10n.t(
    'Webhook #{0}, received at {1}',
    delivery.number,
    timeWords(new Date(delivery.receivedAt)),
  );
  return isKept ? received : l10n.t('{0}, no longer in the list', received);
}
