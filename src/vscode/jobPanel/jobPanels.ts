import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { JobLookup } from '../../core/jobs/jobLookup';
import { reportOf } from '../../core/jobs/jobReport';
import type { HttpClient } from '../../core/smile/http';
import type { JobIds, JobQuery, JobStatusOptions } from '../../core/smile/jobQuery';
import type { JobStatusOutcome } from '../../core/smile/outcome';
import { fetchPicture } from '../../core/smile/picture';
import { UNAUTHORISED_CODES } from '../../core/smile/probe';
import type { Profile } from '../../core/smile/profile';
import {
  PageMessage,
  SavedPanel,
  type HostMessage,
  type PanelState,
  type Remedy,
} from '../../webview/protocol';
import type { Profiles } from '../credentials/profiles';
import type { Log } from '../log';
import { SIMULATOR_PROFILE_ID } from '../simulator/simulatorCommands';
import type { JobDocuments } from './jobDocuments';
import { pageHtml, webviewOptions } from './page';

const VIEW_TYPE = 'smile.job';

/** What panels need of the rest. */
export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly lookup: JobLookup;
  readonly profiles: Profiles;
  readonly http: HttpClient;
  readonly documents: JobDocuments;
  readonly options: () => JobStatusOptions;
  readonly log: Log;
}

/** The open job panels, at most one for each job. */
export class JobPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly panels = new Map<string, JobPanel>();
  private readonly registration: vscode.Disposable;

  constructor(private readonly parts: PanelParts) {
    this.registration = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, this);
  }

  dispose(): void {
    this.registration.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
  }

  /** The open panel of a job. */
  find(profile: Profile, { userId, jobId }: JobIds): JobPanel | undefined {
    return this.panels.get(keyOf({ profileId: profile.id, userId, jobId }));
  }

  /** Shows a job: the panel it has, or a new one. */
  show(profile: Profile, ids: JobIds): JobPanel {
    const saved = { profileId: profile.id, userId: ids.userId, jobId: ids.jobId };
    const open = this.find(profile, ids);
    if (open) {
      open.reveal();
      return open;
    }
    const webviewPanel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      ids.jobId,
      vscode.ViewColumn.Active,
      webviewOptions(this.parts.extensionUri),
    );
    return this.add(webviewPanel, saved, profile);
  }

  /** Puts a panel of the last session back: it was kept by its IDs alone, so it asks again. */
  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = SavedPanel.safeParse(state);
    const profile = saved.success
      ? await this.parts.profiles.find(saved.data.profileId)
      : undefined;
    if (!saved.success || this.panels.has(keyOf(saved.data))) {
      webviewPanel.dispose();
      return;
    }
    webviewPanel.webview.options = webviewOptions(this.parts.extensionUri);
    const panel = this.add(webviewPanel, saved.data, profile);
    // Production waits for a person: opening a window must not ask for anything there.
    if (profile && profile.environment !== 'production') void panel.refresh();
  }

  /** Closes what belongs to a profile that is signed out. */
  closeAll(profile: Profile): void {
    for (const panel of [...this.panels.values()]) {
      if (panel.saved.profileId === profile.id) panel.dispose();
    }
  }

  private add(
    webviewPanel: vscode.WebviewPanel,
    saved: SavedPanel,
    profile: Profile | undefined,
  ): JobPanel {
    const panel = new JobPanel(webviewPanel, saved, profile, this.parts);
    this.panels.set(keyOf(saved), panel);
    webviewPanel.onDidDispose(() => {
      if (this.panels.get(keyOf(saved)) === panel) this.panels.delete(keyOf(saved));
    });
    return panel;
  }
}

const keyOf = ({ profileId, userId, jobId }: SavedPanel): string =>
  JSON.stringify([profileId, userId, jobId]);

/** One job in one editor. It holds the answer and its pictures; closing it drops them. */
export class JobPanel {
  private readonly id = crypto.randomUUID();
  private outcome: JobStatusOutcome | null = null;
  private askedAt: Date | null = null;
  private answer = 0;
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
  ) {
    panel.title =
      profile?.environment === 'production' ? `PRODUCTION: ${saved.jobId}` : saved.jobId;
    panel.iconPath = {
      light: vscode.Uri.joinPath(parts.extensionUri, 'media', 'job-light.svg'),
      dark: vscode.Uri.joinPath(parts.extensionUri, 'media', 'job-dark.svg'),
    };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = PageMessage.safeParse(message);
      if (parsed.success) void this.on(parsed.data).catch((e: unknown) => parts.log.showError(e));
    });
    panel.onDidDispose(() => {
      this.closed.abort();
      this.outcome = null;
      parts.documents.drop(this.id, saved.jobId);
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
    const stop = AbortSignal.any([asking.signal, cancel, this.closed.signal]);
    this.post();
    try {
      // It may have been edited since: a new key, or another port of the simulator.
      this.profile = await this.parts.profiles.find(saved.profileId);
      if (!this.profile) throw new HumanError('The profile of this job is no longer there.');
      const query: JobQuery = { userId: saved.userId, jobId: saved.jobId, ...options };
      const outcome = await this.parts.lookup.ask(this.profile, query, stop);
      if (!this.closed.signal.aborted) this.take(outcome);
      return outcome;
    } catch (error) {
      if (error instanceof HumanError) this.problem = error.message;
      throw error;
    } finally {
      this.asking.delete(asking);
      this.post();
    }
  }

  private take(outcome: JobStatusOutcome): void {
    // A cancelled refresh leaves the answer that is there, and a shared answer comes once.
    if (outcome.kind === 'cancelled' && this.outcome !== null) return;
    if (outcome === this.outcome) return;
    this.outcome = outcome;
    this.askedAt = new Date();
    this.answer += 1;
    if (outcome.kind === 'answered') {
      this.parts.documents.set(this.id, this.saved.jobId, outcome.raw);
    } else {
      this.parts.documents.drop(this.id, this.saved.jobId);
    }
  }

  private post(): void {
    if (!this.closed.signal.aborted) {
      this.send({ type: 'state', state: this.state(), saved: this.saved });
    }
  }

  private send(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private state(): PanelState {
    const { profile, saved, outcome } = this;
    return {
      profile: profile ? { name: profile.name, environment: profile.environment } : null,
      jobId: saved.jobId,
      userId: saved.userId,
      loading: this.asking.size > 0,
      problem: this.problem,
      askedAt: this.askedAt?.toLocaleTimeString() ?? null,
      report: outcome && reportOf(outcome),
      remedies:
        this.problem === null ? remediesFor(outcome, profile) : profile ? ['editProfile'] : [],
      answer: this.answer,
    };
  }

  private async on(message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.post();
        return;
      case 'refresh':
        await this.refresh();
        return;
      case 'cancel':
        for (const asking of this.asking) asking.abort();
        return;
      case 'openJson':
        if (this.outcome?.kind === 'answered') {
          await this.parts.documents.open(this.id, this.saved.jobId, false);
        }
        return;
      case 'copy':
        await this.copy(message.what);
        return;
      case 'picture':
        await this.sendPicture(message.name);
        return;
      case 'openPage': {
        const page = this.state().report?.explanations[message.explanation]?.page;
        if (page != null) await vscode.env.openExternal(vscode.Uri.parse(page));
        return;
      }
      case 'remedy':
        if (this.state().remedies.includes(message.remedy)) await this.remedy(message.remedy);
    }
  }

  private async copy(what: 'jobId' | 'userId' | 'smileJobId' | 'requestId'): Promise<void> {
    const { jobId, userId } = this.saved;
    const report = this.state().report;
    const text = {
      jobId,
      userId,
      smileJobId: report?.smileJobId,
      requestId: report?.requestId,
    }[what];
    if (text != null) await vscode.env.clipboard.writeText(text);
  }

  private async sendPicture(name: string): Promise<void> {
    const { outcome, profile, answer } = this;
    if (outcome?.kind !== 'answered' || !profile) return;
    const image = outcome.job.images.find((candidate) => candidate.name === name);
    if (!image) return;
    const picture = await fetchPicture(
      this.parts.http,
      image.url,
      profile.environment,
      this.closed.signal,
    );
    if (answer === this.answer && !this.closed.signal.aborted) {
      this.send({ type: 'picture', answer, name, picture });
    }
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

function remediesFor(outcome: JobStatusOutcome | null, profile: Profile | undefined): Remedy[] {
  if (outcome === null || profile === undefined) return [];
  switch (outcome.kind) {
    case 'refused':
      return outcome.code !== null && UNAUTHORISED_CODES.has(outcome.code) ? ['editProfile'] : [];
    case 'unreachable':
      return profile.id === SIMULATOR_PROFILE_ID ? ['startSimulator'] : ['editProfile', 'showLog'];
    case 'unreadable':
      return ['showLog'];
    case 'answered':
    case 'cancelled':
      return [];
  }
}
