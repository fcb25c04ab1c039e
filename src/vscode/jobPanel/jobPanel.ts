import * as vscode from 'vscode';
import { isUnauthorizedCode } from '../../core/catalogue/catalogue';
import { HumanError } from '../../core/humanError';
import type { ComparedDocuments, JobComparison } from '../../core/report/jobComparison';
import { historyOf } from '../../core/report/jobHistory';
import { reportOf, reportOfEntry, type JobReport } from '../../core/report/jobReport';
import { detailSectionsOf, isMasked } from '../../core/report/personalReport';
import { withoutEmbeddedPicturesSteps } from '../../core/smile/embeddedPictures';
import { checkAuthorisation, type AuthorisationCheck } from '../../core/report/authorisation';
import { isOwnEntry } from '../../core/smile/job';
import type { JobIds, JobQuery, JobStatusOptions } from '../../core/smile/jobQuery';
import type { JsonObject } from '../../core/smile/fields';
import { historyEntriesOf } from '../../core/smile/jobStatusAnswer';
import type { Answered, Cancelled, JobStatusOutcome } from '../../core/smile/outcome';
import { isSameBody, keepDigest } from '../../core/smile/parseBody';
import { personalDetailsOf } from '../../core/report/personalDetails';
import { textOf } from '../../core/smile/responseBody';
import type { FetchedPicture } from '../../core/smile/picture';
import { isSameAccount, SIMULATOR_PROFILE_ID, type Profile } from '../../core/smile/profile';
import { shownText, withoutMarks } from '../../core/shownText';
import { inSlices } from '../../core/steps';
import {
  PageMessage,
  type CopiedId,
  type HostMessage,
  type PanelState,
  type Remedy,
  type SavedPanel,
  type WatchLine,
} from '../../webview/protocol';
import * as notify from '../notify';
import { chooseComparison } from './comparePick';
import { copyJobAs } from './copyJobAs';
import type { ShownDocument } from './jobDocuments';
import type { JobPanels, PanelParts } from './jobPanels';
import { JobPictures } from './jobPictures';
import { pageHtml } from './page';
import { mayCopy, savePicture } from './pictureExport';

/** An answer, and when it came. */
export interface Told {
  readonly outcome: Answered;
  readonly at: Date;
}

/** Two sides that a person compares. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  readonly result: JobComparison;
  /** Made when somebody wants to see them: that takes a while for large responses. */
  readonly documents: () => Promise<ComparedDocuments>;
}

/** One job in one editor. It holds the answer and its pictures; closing it drops them. */
export class JobPanel {
  private readonly id = crypto.randomUUID();
  /** What is shown: the last answer, or what a query without one came to. */
  private outcome: JobStatusOutcome | null = null;
  private askedAt: Date | null = null;
  /** The last query that brought no answer, where an older answer still stands. */
  private failure: Exclude<JobStatusOutcome, Answered | Cancelled> | null = null;
  /** The answer before this one, for comparing; the pictures inside it are dropped soon. */
  private previous: Told | null = null;
  private pictures: JobPictures | null = null;
  private checklist: readonly AuthorisationCheck[] = [];
  /** The personal fields that the person revealed. */
  private revealed: Set<string> | 'all' = new Set();
  /** The entry of the history that is shown in place of the answer. */
  private viewing: number | null = null;
  private comparison: Compared | null = null;
  private answer = 0;
  /** Changes when a checklist that is under way is no longer wanted. */
  private checking = 0;
  /** Queries under way; they share one answer. */
  private readonly asking = new Set<AbortController>();
  /** Why the last query could not even be made. */
  private problem: string | null = null;
  private readonly closed = new AbortController();

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly saved: SavedPanel,
    private profile: Profile | undefined,
    private readonly parts: PanelParts,
    private readonly panels: Pick<JobPanels, 'show'>,
  ) {
    if (!profile) {
      this.problem = 'The profile of this job was removed, and its API key with it.';
    }
    this.name();
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = PageMessage.safeParse(message);
      if (parsed.success) void this.on(parsed.data).catch((e: unknown) => parts.log.showError(e));
    });
    panel.onDidChangeViewState(() => {
      this.tellCommands();
    });
    panel.onDidDispose(() => {
      this.closed.abort();
      this.forget();
    });
    panel.webview.html = pageHtml(panel.webview, parts.extensionUri);
  }

  dispose(): void {
    this.panel.dispose();
  }

  reveal(): void {
    this.panel.reveal();
  }

  get isEmpty(): boolean {
    return this.outcome === null && this.asking.size === 0;
  }

  get isVisible(): boolean {
    return this.panel.visible;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  get hasProfile(): boolean {
    return this.profile !== undefined;
  }

  /** The profile was edited, perhaps: an answer of another environment or partner must not stand under it. */
  follow(profile: Profile): void {
    const { profile: before } = this;
    this.profile = profile;
    if (before && !isSameAccount(before, profile)) this.forget();
    this.name();
    this.update();
  }

  /** An answer that somebody else asked for: the tree, a watch, a program. */
  hear(profile: Profile, query: JobQuery, outcome: JobStatusOutcome): void {
    const { history, imageLinks } = this.parts.options();
    const less = (history && !query.history) || (imageLinks && !query.imageLinks);
    if (less || outcome.kind === 'cancelled') return;
    if (this.asking.size > 0 || this.closed.signal.aborted) return;
    if (!this.profile || !isSameAccount(this.profile, profile)) return;
    this.problem = null;
    const { outcome: before } = this;
    if (
      before?.kind === 'answered' &&
      outcome.kind === 'answered' &&
      isSameContent(before, outcome)
    ) {
      // A watch asks often. What did not change keeps its pictures, and what was revealed.
      this.askedAt = new Date();
      this.failure = null;
      this.checklist = [];
      if (this.pictures?.dropped === true) void this.renewWithoutPictures(before, outcome);
      else this.renewWith(outcome);
    } else {
      this.take(outcome);
    }
    this.update();
  }

  /** Asks again with the options last used. What a person can act on stands in the panel itself. */
  async refresh(): Promise<void> {
    try {
      await this.ask(this.parts.options(), this.closed.signal);
    } catch (error) {
      if (!(error instanceof HumanError)) await this.parts.log.showError(error);
    }
  }

  /** Asks and shows what came of it. Closing the panel or its Cancel stops the query. */
  async ask(options: JobStatusOptions, cancel: AbortSignal): Promise<JobStatusOutcome> {
    const { saved } = this;
    const asking = new AbortController();
    this.asking.add(asking);
    this.problem = null;
    this.failure = null;
    const stop = AbortSignal.any([asking.signal, cancel, this.closed.signal]);
    this.update();
    try {
      // It may have been edited since: a new key, or another port of the simulator.
      const profile = await this.parts.profiles.get(saved.profileId);
      if (!profile) throw new HumanError('The profile of this job was removed.');
      this.follow(profile);
      const query: JobQuery = { userId: saved.userId, jobId: saved.jobId, ...options };
      const outcome = await this.parts.lookup.ask(profile, query, stop);
      if (this.closed.signal.aborted) return outcome;
      // Another account's answer must not stand under the banner of this one.
      if (isSameAccount(this.profile ?? profile, profile)) this.take(outcome);
      else this.problem = 'The profile was changed while Smile ID was asked. Refresh to ask again.';
      return outcome;
    } catch (error) {
      if (error instanceof HumanError) this.problem = error.message;
      throw error;
    } finally {
      this.asking.delete(asking);
      this.update();
    }
  }

  /** Draws what there is now. */
  update(): void {
    if (this.closed.signal.aborted) return;
    this.send({ type: 'state', state: this.state(), saved: this.saved });
    this.tellCommands();
  }

  /** What the commands of the active panel can act on, for the `enablement` of package.json. */
  private tellCommands(): void {
    if (!this.panel.active) return;
    const shown = this.viewing === null ? 'result' : 'entry';
    void vscode.commands.executeCommand('setContext', 'smile.panel.shows', shown);
    const kind = documentKind(this.document());
    void vscode.commands.executeCommand('setContext', 'smile.panel.document', kind ?? 'none');
  }

  private name(): void {
    const production = this.profile?.environment === 'production';
    const jobId = withoutMarks(this.saved.jobId);
    this.panel.title = production ? `PRODUCTION: ${jobId}` : jobId;
    const icon = (name: string): vscode.Uri =>
      vscode.Uri.joinPath(this.parts.extensionUri, 'media', `job-${name}.svg`);
    this.panel.iconPath = production
      ? icon('production')
      : { light: icon('light'), dark: icon('dark') };
  }

  private take(outcome: JobStatusOutcome): void {
    const before = this.outcome;
    if (outcome === before) return; // a shared answer comes once
    // What was there is worth more than nothing.
    if (outcome.kind === 'cancelled' && before !== null) return;
    if (
      outcome.kind !== 'answered' &&
      outcome.kind !== 'cancelled' &&
      before?.kind === 'answered'
    ) {
      this.failure = outcome;
      void this.runChecklist(outcome);
      return;
    }
    const changed =
      before?.kind === 'answered' &&
      !(outcome.kind === 'answered' && isSameContent(before, outcome));
    if (changed && this.askedAt) {
      this.previous = { outcome: before, at: this.askedAt };
      void this.dropPicturesOfPrevious();
    }
    this.forgetAnswer();
    this.outcome = outcome;
    this.askedAt = outcome.kind === 'cancelled' ? null : new Date();
    this.answer += 1;
    this.renewDocument();
    if (outcome.kind === 'answered') {
      if (this.profile) {
        const { http, timeoutMs, pictureMinutes } = this.parts;
        this.pictures = new JobPictures(
          http,
          this.profile,
          outcome,
          timeoutMs(),
          pictureMinutes,
          () => {
            void this.dropPictures();
          },
        );
      }
    }
    void this.runChecklist(outcome);
    this.sendHistory();
  }

  /** Their time is over: those inside the answer go, too. */
  private async dropPictures(): Promise<void> {
    const { outcome } = this;
    if (outcome?.kind === 'answered') {
      const kept = await withoutPictures(outcome);
      // meanwhile another response may have come
      if (kept.raw !== outcome.raw && this.outcome === outcome) {
        this.renewWith(kept);
        this.parts.documents.dropEntries(this.id);
      }
    }
    this.update();
  }

  private async dropPicturesOfPrevious(): Promise<void> {
    const { previous } = this;
    if (!previous) return;
    const outcome = await withoutPictures(previous.outcome);
    if (this.previous === previous) this.previous = { ...previous, outcome };
  }

  private async renewWithoutPictures(before: Answered, outcome: Answered): Promise<void> {
    const kept = await withoutPictures(outcome);
    if (this.outcome === before) this.renewWith(kept);
  }

  /** The same response once more, with links that are good for longer. */
  private renewWith(outcome: Answered): void {
    this.outcome = outcome;
    this.pictures?.renew(outcome);
    this.renewDocument();
  }

  private forgetAnswer(): void {
    this.checking += 1;
    this.pictures?.dispose();
    this.pictures = null;
    this.outcome = null;
    this.failure = null;
    this.checklist = [];
    this.revealed = new Set();
    this.viewing = null;
    this.comparison = null;
    this.parts.documents.dropEntries(this.id);
  }

  private forget(): void {
    this.forgetAnswer();
    this.parts.documents.drop(this.id);
    this.previous = null;
    this.askedAt = null;
    this.answer += 1;
    this.sendHistory();
  }

  private async runChecklist(outcome: JobStatusOutcome): Promise<void> {
    const { profile, parts } = this;
    const checking = (this.checking += 1);
    this.checklist = [];
    if (!profile || outcome.kind !== 'refused') return;
    if (outcome.code === null || !isUnauthorizedCode(outcome.code)) return;
    try {
      const credentials = await parts.profiles.credentials(profile);
      const sameKey = await parts.profiles.withSameKey(profile);
      if (checking !== this.checking) return; // another answer came meanwhile
      const { apiKey } = credentials;
      const clockSkewMs = parts.client.clockSkewMs(credentials);
      this.checklist = checkAuthorisation({ profile, apiKey, clockSkewMs, sameKey });
      this.update();
    } catch (error) {
      parts.log.error(error); // the answer stands without it
    }
  }

  private send(message: HostMessage): void {
    if (!this.closed.signal.aborted) void this.panel.webview.postMessage(message);
  }

  private sendHistory(): void {
    const groups =
      this.outcome?.kind === 'answered' ? historyOf(this.outcome.job, this.outcome.signature) : [];
    this.send({ type: 'history', groups });
  }

  private report(): JobReport | null {
    const { outcome, entry } = this;
    if (!outcome) return null;
    return outcome.kind === 'answered' && entry
      ? reportOfEntry(outcome.job, entry, this.rawShown() ?? {}, outcome.signature)
      : reportOf(outcome);
  }

  private get entry() {
    return this.outcome?.kind === 'answered' && this.viewing !== null
      ? this.outcome.job.history[this.viewing]
      : undefined;
  }

  /** What is shown as a document: the response, an error's body, an entry, or a text that is not JSON. */
  private document(): ShownDocument | null {
    return this.documentOf(this.viewing);
  }

  private documentOf(entry: number | null): ShownDocument | null {
    const { outcome } = this;
    if (outcome?.kind !== 'answered') return outcome && documentOfFailure(outcome);
    if (entry === null) return { part: 'job', name: 'Response', content: outcome.raw };
    const content = historyEntriesOf(outcome.raw)[entry];
    return content ? { part: `entry ${entry}`, name: `History entry ${entry + 1}`, content } : null;
  }

  /** An editor that shows the response follows it. */
  private renewDocument(): void {
    this.parts.documents.renew(this.id, this.documentOf(null));
  }

  /** What is shown, as sent: the response, or one entry of it. */
  private rawShown(): JsonObject | undefined {
    const { outcome, viewing } = this;
    if (outcome?.kind !== 'answered') return undefined;
    return viewing === null ? outcome.raw : historyEntriesOf(outcome.raw)[viewing];
  }

  private hasEntry(index: number): boolean {
    return this.outcome?.kind === 'answered' && this.outcome.job.history[index] !== undefined;
  }

  /** The IDs of what is shown: an entry of the history may be of another job. */
  private idsShown(): JobIds {
    const { userId, jobId } = this.saved;
    return { userId: this.entry?.userId ?? userId, jobId: this.entry?.jobId ?? jobId };
  }

  private state(): PanelState {
    const { profile, saved, failure, entry, viewing, comparison, pictures } = this;
    const { jobId, userId } = this.idsShown();
    return {
      profile: profile
        ? { name: withoutMarks(profile.name), environment: profile.environment }
        : null,
      jobId: shownText(jobId),
      userId: shownText(userId),
      loading: this.asking.size > 0,
      problem: this.problem,
      failure: failure && failureOf(failure),
      askedAt: this.askedAt && timeWords(this.askedAt),
      report: this.report(),
      document: documentKind(this.document()),
      viewing:
        entry && viewing !== null
          ? {
              index: viewing,
              otherJob: !isOwnEntry(entry, saved.jobId),
              timestamp: entry.result.timestamp,
            }
          : null,
      checklist: this.checklist,
      details: this.details(),
      pictures: entry ? [] : (pictures?.all ?? []),
      picturesDropped: pictures?.dropped ?? false,
      comparison: comparison && {
        before: comparison.before,
        after: comparison.after,
        result: comparison.result,
      },
      watch: this.watch(),
      remedies: this.remedies(),
      answer: this.answer,
    };
  }

  private details(): PanelState['details'] {
    const { revealed } = this;
    const raw = this.rawShown();
    if (!raw) return null;
    const details = personalDetailsOf(raw);
    const sections = detailSectionsOf(details, revealed);
    return {
      sections,
      masked: isMasked(sections),
      revealed: revealed === 'all' || revealed.size > 0,
      notes: details.notes,
    };
  }

  private watch(): WatchLine | null {
    const watch = this.profile && this.parts.watches.state(this.profile.id, this.saved);
    if (!watch) return null;
    const { phase, polls, nextAt, slow, reason } = watch;
    return { phase, polls, nextAt: nextAt?.getTime() ?? null, slow, reason };
  }

  private remedies(): Remedy[] {
    const { profile, outcome } = this;
    if (!profile) return [];
    if (this.problem !== null) return ['editProfile'];
    const failed = this.failure ?? outcome;
    switch (failed?.kind) {
      case 'refused':
        return failed.code !== null && isUnauthorizedCode(failed.code) ? ['editProfile'] : [];
      case 'unreachable':
        if (profile.id !== SIMULATOR_PROFILE_ID) return ['editProfile', 'showLog'];
        // Where something accepts connections, the simulator runs, or another server took its port.
        return failed.cause === 'refused' ? ['startSimulator'] : ['showLog'];
      case 'unreadable':
        return ['showLog'];
      default:
        return [];
    }
  }

  /** Does what a button of the page, or a command for it, asks for. */
  async on(message: PageMessage): Promise<void> {
    const { parts, profile, saved, outcome } = this;
    // The page disables these buttons; commands and keys come here, too.
    if (this.viewing !== null && ACTS_ON_RESULT.has(message.type)) {
      throw new HumanError('A history entry is shown. Go back to the current result first.');
    }
    switch (message.type) {
      case 'ready':
        this.revealed = new Set();
        this.sendHistory();
        this.update();
        return;
      case 'refresh':
        await this.refresh();
        return;
      case 'cancel':
        for (const asking of this.asking) asking.abort();
        return;
      case 'openJson': {
        const document = this.document();
        if (documentKind(document) === 'json' && document) {
          await parts.documents.open(this.id, document);
        }
        return;
      }
      case 'openText':
        await this.openText(() => this.document());
        return;
      case 'openFailure': {
        const ofFailure = (): ShownDocument | null =>
          this.failure && documentOfFailure(this.failure);
        const document = ofFailure();
        if (documentKind(document) === 'text') await this.openText(ofFailure);
        else if (document) await parts.documents.open(this.id, document);
        return;
      }
      case 'copy':
        await this.copy(message.what);
        return;
      case 'copyAs':
        if (profile) {
          const query = { userId: saved.userId, jobId: saved.jobId, ...parts.options() };
          const { askedAt } = this;
          await copyJobAs({ profile, query, outcome, askedAt, version: parts.version });
        }
        return;
      case 'picture':
        await this.sendPicture(message.name);
        return;
      case 'fetchPictures':
        this.pictures?.again();
        this.update();
        return;
      case 'copyPicture':
        await this.copyPicture(message.name);
        return;
      case 'pictureCopied':
        if (message.ok) notify.flash('Picture copied');
        else throw new HumanError('The clipboard did not take the picture. Save it instead.');
        return;
      case 'savePicture': {
        const { answer } = this;
        await savePicture(message.name, () => this.picture(message.name, answer));
        return;
      }
      case 'reveal':
        if (message.id === null) this.revealed = message.on ? 'all' : new Set();
        else if (this.revealed !== 'all') this.revealed.add(message.id);
        this.update();
        return;
      case 'openEntry':
        this.viewing =
          message.index !== null && this.hasEntry(message.index) ? message.index : null;
        this.revealed = new Set();
        this.update();
        return;
      case 'lookUpEntry': {
        const { entry } = this;
        if (profile && entry?.jobId != null) {
          const userId = entry.userId ?? saved.userId;
          const panel = this.panels.show(profile, { userId, jobId: entry.jobId });
          if (panel.isEmpty) await panel.refresh();
        }
        return;
      }
      case 'compare':
        await this.compare();
        return;
      case 'closeComparison':
        this.comparison = null;
        this.update();
        return;
      case 'openDiff':
        if (this.comparison) {
          const { comparison } = this;
          const { before, after } = comparison;
          const documents = await comparison.documents();
          // Meanwhile the comparison may have gone, and what it holds with it.
          if (comparison !== this.comparison) return;
          await parts.documents.openDiff(this.id, saved.jobId, { before, after }, documents);
        }
        return;
      case 'watch':
        if (!profile) return;
        if (message.on) {
          const verdict = outcome?.kind === 'answered' ? outcome.job.verdict : null;
          parts.watches.start(profile, saved, verdict);
        } else {
          parts.watches.stop(profile.id, saved);
        }
        return;
      case 'openPage': {
        const page = this.report()?.explanations[message.explanation]?.page;
        if (page != null) await vscode.env.openExternal(vscode.Uri.parse(page));
        return;
      }
      case 'remedy':
        if (this.remedies().includes(message.remedy)) await this.remedy(message.remedy);
    }
  }

  /** The text of a response that is not JSON. It cannot be redacted, so the user is asked first. */
  private async openText(find: () => ShownDocument | null): Promise<void> {
    const document = find();
    if (!document || typeof document.content !== 'string') return;
    const sure = await notify.confirm(
      'Show the text of this response?',
      'It could not be read as JSON, so personal data in it cannot be hidden. It is kept in memory until you close the job.',
      'Show Response Text',
    );
    // meanwhile another response may have come
    if (sure && find()?.content === document.content) {
      await this.parts.documents.open(this.id, document);
    }
  }

  private async copy(what: CopiedId): Promise<void> {
    const { jobId, userId } = this.idsShown();
    const report = this.report();
    const text = {
      jobId,
      userId,
      smileJobId: report?.smileJobId,
      requestId: report?.requestId,
    }[what];
    if (text != null) await vscode.env.clipboard.writeText(text);
  }

  /** Undefined where the response that it belongs to is not shown any more. */
  private async picture(name: string, answer: number): Promise<FetchedPicture | undefined> {
    const picture = answer === this.answer ? await this.pictures?.get(name) : undefined;
    return answer === this.answer ? picture : undefined;
  }

  /** The page has the picture already; it may put it on the clipboard once the person agreed to this one. */
  private async copyPicture(name: string): Promise<void> {
    const { answer } = this;
    const isThere = async (): Promise<boolean> =>
      (await this.picture(name, answer))?.kind === 'picture';
    if (!(await isThere()) || !(await mayCopy())) return;
    if (!(await isThere())) {
      throw new HumanError('The picture is no longer in memory, so it was not copied.');
    }
    this.panel.reveal(); // only a page with the focus may write to the clipboard
    this.send({ type: 'copyPicture', answer, name });
  }

  private async compare(): Promise<void> {
    const { outcome, askedAt, previous, profile, parts, saved, closed } = this;
    if (outcome?.kind !== 'answered' || !askedAt || !profile) return;
    const { answer } = this;
    const comparison = await chooseComparison(
      { outcome, at: askedAt },
      previous,
      { profile, ids: saved, recent: parts.recent, lookup: parts.lookup, options: parts.options() },
      closed.signal,
    );
    if (!comparison || answer !== this.answer) return;
    this.comparison = comparison;
    this.viewing = null;
    this.update();
  }

  private async sendPicture(name: string): Promise<void> {
    const { answer } = this;
    const picture = await this.picture(name, answer);
    if (picture) this.send({ type: 'picture', answer, name, picture });
  }

  private async remedy(remedy: Remedy): Promise<void> {
    switch (remedy) {
      case 'editProfile':
        await vscode.commands.executeCommand('smile.editProfile', this.saved.profileId);
        return;
      case 'startSimulator':
        await vscode.commands.executeCommand('smile.startSimulator', { quiet: true });
        await this.refresh();
        return;
      case 'showLog':
        this.parts.log.show();
    }
  }
}

/** What acts on the current result, and not on the entry of the history that may be shown. */
const ACTS_ON_RESULT: ReadonlySet<PageMessage['type']> = new Set([
  'refresh',
  'watch',
  'compare',
  'copyAs',
]);

/** What is shown of a request that brought no job, where an older one still stands. */
function failureOf(outcome: Exclude<JobStatusOutcome, Answered>): PanelState['failure'] {
  const { headline, summary, nextStep } = reportOf(outcome);
  return { headline, summary, nextStep, document: documentKind(documentOfFailure(outcome)) };
}

/** The body of a refusal, or a text that is not JSON. */
function documentOfFailure(outcome: Exclude<JobStatusOutcome, Answered>): ShownDocument | null {
  if (outcome.kind !== 'refused' && outcome.kind !== 'unreadable') return null;
  const status = `(HTTP ${outcome.httpStatus})`;
  if (outcome.kind === 'refused') {
    return { part: 'error', name: `Error response ${status}`, content: outcome.raw };
  }
  const content = textOf(outcome);
  return content === '' ? null : { part: 'text', name: `Response text ${status}`, content };
}

function documentKind(document: ShownDocument | null): PanelState['document'] {
  if (!document) return null;
  return typeof document.content === 'string' ? 'text' : 'json';
}

/** It counts as the same response, so that a watch brings back nothing that was dropped. */
async function withoutPictures(outcome: Answered): Promise<Answered> {
  const raw = await inSlices(withoutEmbeddedPicturesSteps(outcome.raw));
  keepDigest(outcome.raw, raw);
  return { ...outcome, raw };
}

/** Whether two answers say the same, but for what differs in every answer: times, signatures and links. */
const isSameContent = (one: Answered, other: Answered): boolean =>
  one.signature === other.signature && isSameBody(one.raw, other.raw);

/** With the date where it was not today: a watch goes on for a day. */
export function timeWords(at: Date): string {
  return at.toDateString() === new Date().toDateString()
    ? at.toLocaleTimeString()
    : at.toLocaleString();
}
