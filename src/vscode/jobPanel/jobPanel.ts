import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { covers, type LookupEvent } from '../../core/jobs/jobLookup';
import { isActive } from '../../core/jobs/jobWatches';
import type { JobState } from '../../core/report/jobState';
import { checkAuthorization } from '../../core/report/authorizationChecklist';
import { sign } from '../../core/smile/signature';
import { withoutMarks } from '../../core/harmlessText';
import { isUnauthorized } from '../../core/smile/errorResponse';
import { apiOf, type JobIds, type JobStatusOptions } from '../../core/smile/jobRequest';
import type {
  Answered,
  Cancelled,
  JobStatusOutcome,
  Pasted,
  PastedError,
  ShownOutcome,
} from '../../core/smile/outcome';
import { isSameAccount, type Profile } from '../../core/smile/profile';
import { isOfJob, jobWithDelivery } from '../../core/webhooks/jobWithDelivery';
import { isFinal, whyMissing, type MissingReason } from '../../core/webhooks/missingDelivery';
import {
  PageMessage,
  type HostMessage,
  type PanelState,
  type SavedPanel,
  type WatchLine,
} from '../../webview/protocol';
import { pageHtml } from './panelHtml';
import { PanelMessages, type MessagePanel } from './panelMessages';
import type { PanelDependencies } from './panelDependencies';
import { PanelImages } from './panelImages';
import { JobPanelState, type ReceivedResponse } from './panelState';
import { documentKind } from './shownDocument';
import { TAB_ICONS } from './tabIcons';

/** The panels, as far as one of them opens others. */
export interface OpensPanels {
  open(profile: Profile, ids: JobIds): Promise<void>;
  lookUpPasted(
    response: Answered | PastedError,
    ids: JobIds,
    profile: Profile | undefined,
    pasted: Pasted | null,
  ): Promise<void>;
}

export function titleOfPasted(
  { jobId }: Pick<SavedPanel, 'jobId'>,
  { delivery }: Pick<Pasted, 'delivery'>,
): string {
  if (delivery !== undefined) return vscode.l10n.t('Webhook #{0}', delivery.number);
  return jobId === ''
    ? vscode.l10n.t('Response')
    : vscode.l10n.t('Response: {0}', withoutMarks(jobId));
}

/** The webhook whose details are shown. */
const webhookOf = (outcome: ShownOutcome | null): number | undefined =>
  outcome?.kind === 'answered' ? outcome.webhook?.number : undefined;

/** One job in one editor. It keeps the response and its images; closing it drops them. */
export class JobPanel implements MessagePanel {
  readonly id = crypto.randomUUID();
  readonly state: JobPanelState;
  readonly images: PanelImages;
  private readonly messages = new PanelMessages(this);
  /** Requests of this panel that are in flight, and the options of each. */
  private readonly requests = new Map<AbortController, JobStatusOptions>();
  private lastRequest: Promise<unknown> = Promise.resolve();
  private readonly closing = new AbortController();
  private pageHasLoaded = (): void => undefined;
  /** Resolves when the page has loaded, and with it taken the focus: a list that opens before that closes again. */
  readonly pageLoaded = new Promise<void>((resolve) => {
    this.pageHasLoaded = resolve;
  });
  /** The last job status as it came; what is shown has the details of its webhook. */
  status: ReceivedResponse | null = null;
  private seenFinalAt: number | null = null;
  /** The name that the user gave to the job. */
  private jobName: string | null = null;
  /** Of the icon of the tab. */
  private shownState: JobState | null = null;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly saved: SavedPanel,
    profile: Profile | undefined,
    readonly parts: PanelDependencies,
    private readonly panels: OpensPanels,
    pasted: Pasted | null = null,
  ) {
    this.state = new JobPanelState(saved, profile, pasted);
    this.images = new PanelImages(this.state, parts, {
      send: (message) => {
        this.send(message);
      },
      reveal: () => {
        this.reveal();
      },
      renewDocument: () => {
        this.renewDocument();
      },
      dropped: (inside) => {
        if (inside) parts.documents.dropEntries(this.id);
        this.update();
      },
    });
    this.showTitle();
    this.showIcon();
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = PageMessage.safeParse(message);
      if (!parsed.success) return;
      if (parsed.data.type === 'ready') this.pageHasLoaded();
      void this.on(parsed.data).catch((error: unknown) => parts.log.showError(error));
    });
    panel.onDidChangeViewState(() => {
      this.updateCommandContext();
    });
    panel.onDidDispose(() => {
      this.closing.abort();
      this.pageHasLoaded();
      this.forget();
    });
    panel.webview.html = pageHtml(panel.webview, parts.extensionUri);
    this.sendTranslations();
  }

  /** Shows a response that was not requested. */
  showPasted(outcome: Answered | PastedError): void {
    this.state.takePasted(outcome);
    this.images.follow();
    this.sendHistory();
    this.update();
  }

  openJob(profile: Profile, ids: JobIds): Promise<void> {
    return this.panels.open(profile, ids);
  }

  async lookUpPasted(ids: JobIds): Promise<void> {
    const { outcome, profile } = this.state;
    if (outcome?.kind === 'answered' || outcome?.kind === 'refused') {
      await this.panels.lookUpPasted(outcome, ids, profile, this.state.pasted);
    }
  }

  dispose(): void {
    this.panel.dispose();
  }

  reveal(): void {
    this.panel.reveal();
  }

  get closed(): AbortSignal {
    return this.closing.signal;
  }

  get blocked(): PanelState['blocked'] {
    return this.state.blocked({ loading: this.requests.size > 0, watch: this.watch() });
  }

  get isVisible(): boolean {
    return this.panel.visible;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  /**
   * The profile may have been edited: a response of another environment or partner must not be shown under it. Of a
   * profile that was removed, nothing is.
   */
  follow(profile: Profile | undefined): void {
    if (!profile) this.cancel();
    if (this.state.follow(profile)) this.forget();
    this.showTitle();
    this.update();
  }

  /** Shows the name that the user gave to the job, if it has one. */
  async followName(): Promise<void> {
    const { state, saved, parts } = this;
    if (state.pasted) return;
    const { name = null } = (await parts.recent.get(saved.profileId, saved)) ?? {};
    if (name === this.jobName) return;
    this.jobName = name;
    this.showTitle();
    this.update();
  }

  /** Runs the action of a button of the page, or of a command for it. */
  on(message: PageMessage): Promise<void> {
    return this.messages.handle(message);
  }

  /** Shows a job: requests it if nothing was requested yet, and waits for the response if there is none. */
  async load(): Promise<void> {
    if (this.state.outcome !== null) return;
    if (this.requests.size === 0) await this.refresh();
    else await Promise.allSettled([this.lastRequest]);
  }

  /** Sends a request with the options last used. The panel itself shows errors that a user can act on. */
  async refresh(): Promise<void> {
    try {
      await this.lookUp(this.parts.options(), this.closed);
    } catch (error) {
      if (!(error instanceof HumanError)) await this.parts.log.showError(error);
    }
  }

  /**
   * Sends a request. `show` displays its outcome, as it does for requests from elsewhere. Closing the panel or its
   * Cancel stops it.
   */
  lookUp(options: JobStatusOptions, cancel: AbortSignal): Promise<JobStatusOutcome> {
    const sent = this.request(options, cancel);
    this.lastRequest = sent;
    return sent;
  }

  private async request(options: JobStatusOptions, cancel: AbortSignal): Promise<JobStatusOutcome> {
    const { saved, state, parts } = this;
    const controller = new AbortController();
    this.requests.set(controller, options);
    state.begin();
    this.update();
    try {
      // It may have been edited since: a new key, or another port of the simulator.
      const profile = await parts.profiles.get(saved.profileId);
      this.follow(profile);
      if (!profile) throw new HumanError(state.problem ?? '');
      const request = { userId: saved.userId, jobId: saved.jobId, ...options };
      const stop = AbortSignal.any([controller.signal, cancel, this.closed]);
      const outcome = await parts.lookup.lookUp(profile, request, stop);
      if (!state.profile) return outcome; // it was removed during the request
      if (!isSameAccount(state.profile, profile)) {
        state.problem = vscode.l10n.t(
          'The profile was changed during the request. Refresh to send it again.',
        );
      } else if (outcome.kind === 'cancelled') {
        this.take(outcome, new Date());
      }
      return outcome;
    } catch (error) {
      if (error instanceof HumanError) state.problem = error.message;
      throw error;
    } finally {
      this.requests.delete(controller);
      this.update();
    }
  }

  cancel(): void {
    for (const controller of this.requests.keys()) controller.abort();
  }

  /** Shows the outcome of a request for this job, from here or elsewhere. */
  show({ profile, request, outcome, at }: LookupEvent): void {
    const { state, requests } = this;
    if (!outcome || outcome.kind === 'cancelled' || this.closed.aborted) return;
    const wanted = requests.size > 0 ? [...requests.values()] : [this.parts.options()];
    if (!wanted.some((options) => covers(request, options))) return;
    // Another account's response must not be shown under the banner of this one.
    if (!state.profile || !isSameAccount(state.profile, profile)) return;
    state.problem = null;
    this.showOutcome(this.withWebhook(outcome, at), at);
  }

  /** A webhook came or went: it may have details of the job. */
  followDeliveries(): void {
    if (!this.status) return;
    const { outcome, at } = this.status;
    const before = webhookOf(this.state.outcome);
    const shown = this.withWebhook(outcome, at);
    if (webhookOf(shown) === before) this.update();
    else this.showOutcome(shown, at);
  }

  /** What is known of a delivery now: its signature may be used again later, with another body. */
  renewPasted(pasted: Pasted): void {
    this.state.pasted = pasted;
    this.update();
  }

  private showOutcome(outcome: Exclude<JobStatusOutcome, Cancelled>, at: Date): void {
    const { state, requests } = this;
    if (requests.size === 0 && outcome.kind === 'answered' && state.shows(outcome)) {
      // A watch checks often. An unchanged response keeps its images, and what was revealed.
      state.repeat(at);
      void this.images.renew(outcome);
    } else {
      this.take(outcome, at);
    }
    this.update();
  }

  private withWebhook(
    received: Exclude<JobStatusOutcome, Cancelled>,
    at: Date,
  ): Exclude<JobStatusOutcome, Cancelled> {
    const { profile } = this.state;
    if (received.kind !== 'answered' || !profile) return received;
    this.status = { outcome: received, at };
    this.seenFinalAt ??= isFinal(received.job) ? Date.now() : null;
    const checked = { profile, outcome: received, at };
    return jobWithDelivery(checked, this.parts.webhooks.deliveries.all);
  }

  /** Said only if the user receives webhooks in this window. */
  private missingWebhook(): readonly MissingReason[] {
    const { status, seenFinalAt, parts } = this;
    const { profile } = this.state;
    const { past } = parts.webhooks.receiver;
    if (!status || !profile || seenFinalAt === null || past.runs.length === 0) return [];
    const checked = { ...status, profile };
    if (parts.webhooks.deliveries.all.some((delivery) => isOfJob(checked, delivery))) return [];
    const isLocal = profile.environment === 'local';
    return whyMissing(status.outcome.job, seenFinalAt, past, isLocal) ?? [];
  }

  private take(outcome: JobStatusOutcome, at: Date): void {
    if (this.closed.aborted) return;
    if (this.state.take(outcome, at)) {
      this.parts.documents.dropEntries(this.id);
      this.renewDocument();
      this.images.follow();
      this.sendHistory();
    }
    void this.runChecklist(outcome);
  }

  private forget(): void {
    this.status = null;
    this.seenFinalAt = null;
    this.state.forget();
    this.images.follow();
    this.parts.documents.drop(this.id);
    this.sendHistory();
  }

  /** Local checks if a request was not authorized. */
  private async runChecklist(outcome: JobStatusOutcome): Promise<void> {
    const { parts, state } = this;
    const { profile } = state;
    if (!profile || outcome.kind !== 'refused' || !isUnauthorized(outcome)) return;
    try {
      const credentials = await parts.profiles.credentials(profile);
      const { apiKey, partnerId } = credentials;
      const keys = await parts.profiles.withKeys();
      const others = keys.filter((other) => other.profile.id !== profile.id);
      const signed = await sign(apiKey, partnerId, new Date().toISOString());
      const clockSkewMs = parts.api.clockSkewMs(credentials);
      const api = apiOf(this.saved);
      const facts = { api, profile, apiKey, clockSkewMs, signed, others };
      state.check(outcome, await checkAuthorization(facts));
      this.update();
    } catch (error) {
      parts.log.error(error); // the response is shown without it
    }
  }

  /** Draws what there is now. */
  update(): void {
    if (this.closed.aborted) return;
    const { state, images, saved } = this;
    const { delivery } = state.pasted ?? {};
    const forPage = state.forPage({
      name: this.jobName,
      isKept: !delivery || this.parts.webhooks.deliveries.get(delivery.number) !== undefined,
      loading: this.requests.size > 0,
      watch: this.watch(),
      images: images.names,
      imagesDropped: images.areDropped,
      missingWebhook: this.missingWebhook(),
    });
    const isKept = !state.pasted && state.profile !== undefined;
    this.send({ type: 'state', state: forPage, saved: isKept ? saved : null });
    this.showIcon();
    this.updateCommandContext();
  }

  /** Sent before anything is drawn; there are none for English. */
  sendTranslations(): void {
    const { bundle } = vscode.l10n;
    if (bundle) this.send({ type: 'translations', translations: bundle });
  }

  sendHistory(): void {
    this.send({ type: 'history', groups: this.state.history });
  }

  private send(message: HostMessage): void {
    if (!this.closed.aborted) void this.panel.webview.postMessage(message);
  }

  /** Updates an editor that shows the response. */
  private renewDocument(): void {
    this.parts.documents.renew(this.id, this.state.wholeDocument);
  }

  /** What the commands of the active panel can act on, for `enablement` in package.json. */
  private updateCommandContext(): void {
    if (!this.panel.active) return;
    const { document, canResend } = this.state;
    const { refresh, watch, compare, copyAs } = this.blocked;
    const { executeCommand } = vscode.commands;
    void executeCommand('setContext', 'smile.panel.canRefresh', refresh === null);
    void executeCommand('setContext', 'smile.panel.canWatch', watch === null);
    void executeCommand('setContext', 'smile.panel.canCompare', compare === null);
    void executeCommand('setContext', 'smile.panel.canCopy', copyAs === null);
    void executeCommand('setContext', 'smile.panel.canResend', canResend);
    const watched = this.watch();
    const isWatched = watched !== null && isActive(watched);
    void executeCommand('setContext', 'smile.panel.isWatched', isWatched);
    void executeCommand('setContext', 'smile.panel.document', documentKind(document) ?? 'none');
  }

  private showTitle(): void {
    const { profile, pasted } = this.state;
    const name = withoutMarks(this.jobName ?? this.saved.jobId);
    if (pasted) this.panel.title = titleOfPasted(this.saved, pasted);
    else if (!profile) this.panel.title = vscode.l10n.t('Removed Profile');
    else if (profile.environment === 'production')
      this.panel.title = vscode.l10n.t('PRODUCTION: {0}', name);
    else this.panel.title = name;
  }

  /** The icon of the tab is that of the headline. */
  private showIcon(): void {
    const state = this.state.report?.state ?? 'none';
    if (state === this.shownState) return;
    this.shownState = state;
    const { extensionUri } = this.parts;
    this.panel.iconPath = vscode.Uri.joinPath(
      extensionUri,
      'media',
      'tab',
      `${TAB_ICONS[state]}.svg`,
    );
  }

  private watch(): WatchLine | null {
    const { profile } = this.state;
    const watch = profile && this.parts.watches.state(profile.id, this.saved);
    if (!watch) return null;
    const { phase, polls, nextAt, slow, reason } = watch;
    return { phase, polls, nextAt: nextAt?.getTime() ?? null, slow, reason };
  }
}
