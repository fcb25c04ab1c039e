import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { isActive } from '../../core/jobs/jobWatches';
import type { JobIds } from '../../core/smile/jobRequest';
import type { Answered, Pasted, PastedError } from '../../core/smile/outcome';
import type { Profile } from '../../core/smile/profile';
import { ofPartner, type ReadResponse } from '../../core/smile/readResponse';
import { pastedOf, type Delivery } from '../../core/webhooks/delivery';
import { withoutMarks } from '../../core/harmlessText';
import { SavedPanel, type PageMessage } from '../../webview/protocol';
import type { Commands } from '../commands';
import { Disposable } from '../disposable';
import { JOB_SCHEME } from './jobDocuments';
import { comparePasted } from './comparePick';
import { JobPanel, titleOfPasted } from './jobPanel';
import { webviewOptions } from './panelHtml';
import type { PanelDependencies } from './panelDependencies';

const VIEW_TYPE = 'smile.job';
/** Without a serializer, so that VS Code closes it with the window. */
const PASTED_VIEW_TYPE = 'smile.response';

/** The open job panels, at most one for each job. */
export class JobPanels extends Disposable implements vscode.WebviewPanelSerializer {
  private readonly panels = new Map<string, JobPanel>();
  /** Those that show a delivery, by its number. */
  private readonly ofDeliveries = new Map<number, JobPanel>();
  private readonly activated = this.register(new vscode.EventEmitter<JobPanel>());
  /** Fires with the panel that becomes the active one, and again when that shows the outcome of a request of the user. */
  readonly onDidActivate = this.activated.event;

  constructor(private readonly parts: PanelDependencies) {
    super();
    this.register(
      parts.profiles.onDidChange(() => {
        this.followProfiles().catch((error: unknown) => {
          parts.log.error(error);
        });
      }),
      parts.lookup.onDidChange((event) => {
        const panel = this.find(event.profile.id, event.request);
        panel?.show(event);
        const watch = parts.watches.state(event.profile.id, event.request);
        const isOfWatch = watch !== undefined && isActive(watch);
        if (panel?.isActive === true && event.outcome && !isOfWatch) this.activated.fire(panel);
      }),
      parts.webhooks.deliveries.onDidChange(() => {
        for (const panel of this.panels.values()) panel.followDeliveries();
        for (const [number, panel] of this.ofDeliveries) {
          const delivery = parts.webhooks.deliveries.get(number);
          if (delivery) panel.renewPasted(this.pastedOf(delivery));
          else panel.update(); // only the newest ones are kept
        }
      }),
      parts.recent.onDidChange(() => {
        for (const panel of this.panels.values()) this.followName(panel);
      }),
      parts.watches.onDidChange(({ profileId, ids }) => {
        this.find(profileId, ids)?.update();
      }),
    );
  }

  override dispose(): void {
    super.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
  }

  /** The open panel of a job. */
  find(profileId: string, { userId, jobId }: JobIds): JobPanel | undefined {
    return this.panels.get(keyOf({ profileId, userId, jobId }));
  }

  /** Commands of the active panel: what its buttons do, for the palette and for keys. */
  addCommands(commands: Commands): void {
    const act = async (message: PageMessage): Promise<void> => {
      await [...this.panels.values()].find(({ isActive }) => isActive)?.on(message);
    };
    commands.add('smile.panel.refresh', () => act({ type: 'refresh' }));
    commands.add('smile.panel.watch', () => act({ type: 'watch', on: true }));
    commands.add('smile.panel.stopWatching', () => act({ type: 'watch', on: false }));
    commands.add('smile.panel.compare', () => act({ type: 'compare' }));
    commands.add('smile.panel.copyAs', () => act({ type: 'copyAs' }));
    commands.add('smile.panel.openJson', () => act({ type: 'openJson' }));
    commands.add('smile.panel.openText', () => act({ type: 'openText' }));
    commands.add('smile.panel.resendWebhook', () => act({ type: 'resendWebhook' }));
  }

  /** Shows a job: the panel it has, or a new one. */
  show(profile: Profile, ids: JobIds): JobPanel {
    const open = this.find(profile.id, ids);
    if (open) {
      open.reveal();
      return open;
    }
    const webviewPanel = vscode.window.createWebviewPanel(
      VIEW_TYPE,
      withoutMarks(ids.jobId),
      vscode.ViewColumn.Active,
      { ...webviewOptions(this.parts.extensionUri), enableFindWidget: true },
    );
    const saved = { profileId: profile.id, userId: ids.userId, jobId: ids.jobId };
    return this.add(webviewPanel, saved, profile);
  }

  /** Shows a job, and requests it if its panel is new. */
  async open(profile: Profile, ids: JobIds): Promise<void> {
    await this.show(profile, ids).load();
  }

  /**
   * Shows a response that was not requested, in a panel that ends with the window: nothing of it is stored.
   * @param profile whose key made its signature
   */
  showPasted(
    read: Exclude<ReadResponse<unknown>, { kind: 'unknown' }>,
    pasted: Pasted,
    profile: Profile | undefined,
  ): JobPanel {
    const { userId, jobId } =
      read.kind === 'error' ? { userId: null, jobId: read.jobId } : read.outcome.job;
    const saved = { profileId: '', userId: userId ?? '', jobId: jobId ?? '' };
    const webviewPanel = vscode.window.createWebviewPanel(
      PASTED_VIEW_TYPE,
      titleOfPasted(saved, pasted),
      vscode.ViewColumn.Active,
      { ...webviewOptions(this.parts.extensionUri), enableFindWidget: true },
    );
    const panel = this.add(webviewPanel, saved, profile, pasted);
    panel.showPasted(read.outcome);
    return panel;
  }

  /** Shows what a delivery says, in the panel it has or in a new one. @throws HumanError if it is no response */
  showDelivery(delivery: Delivery): JobPanel {
    const { number, content, notes, signedBy } = delivery;
    const open = this.ofDeliveries.get(number);
    if (open) {
      open.reveal();
      return open;
    }
    if (content.kind === 'unreadable' || content.kind === 'unknown') {
      throw new HumanError(
        [
          vscode.l10n.t('Webhook #{0} is none that Smile ID is known to send.', number),
          ...notes.map(({ text }) => text),
        ].join(' '),
      );
    }
    const panel = this.showPasted(content, this.pastedOf(delivery), signedBy ?? undefined);
    this.ofDeliveries.set(number, panel);
    panel.closed.addEventListener('abort', () => this.ofDeliveries.delete(number));
    return panel;
  }

  private pastedOf(delivery: Delivery): Pasted {
    const isIt = ({ number }: Delivery): boolean => number === delivery.number;
    const { byJob } = this.parts.webhooks.deliveries;
    return pastedOf(delivery, byJob.find(({ deliveries }) => deliveries.some(isIt))?.deliveries);
  }

  /** Requests the job of a delivery, and shows what differs. */
  async compareDelivery(delivery: Delivery): Promise<void> {
    await this.showDelivery(delivery).on({ type: 'lookUpPasted' });
  }

  /** The job of the active panel. */
  get shownJob(): Answered | null {
    const panel = [...this.panels.values()].find(({ isActive }) => isActive);
    return panel?.state.outcome?.kind === 'answered' ? panel.state.outcome : null;
  }

  /**
   * Requests the job of a pasted response, and compares the two.
   * @param signedBy the profile whose key made its signature; otherwise one that fits is taken, or chosen by the user
   */
  async lookUpPasted(
    outcome: Answered | PastedError,
    ids: JobIds,
    signedBy: Profile | undefined,
    pasted: Pasted | null,
  ): Promise<void> {
    const profile = signedBy ?? (await this.profileFor(outcome));
    if (!profile) return;
    const panel = this.show(profile, ids);
    await panel.lookUp(this.parts.options(), panel.closed);
    const { response, version } = panel.state;
    if (!response || outcome.kind !== 'answered') return;
    const { deliveries } = this.parts.webhooks;
    const delivery = pasted?.delivery && deliveries.get(pasted.delivery.number);
    const comparison = await comparePasted(outcome, panel.status ?? response, delivery);
    if (version !== panel.state.version) return; // meanwhile another response came
    panel.state.compare(comparison);
    panel.update();
  }

  /** Undefined if the user left. */
  private async profileFor({ raw }: Answered | PastedError): Promise<Profile | undefined> {
    const profiles = await this.parts.profiles.list();
    const fitting = ofPartner(raw, profiles);
    const [first, ...others] = fitting;
    if (!first) {
      throw new HumanError(
        profiles.length === 0
          ? vscode.l10n.t(
              'There is no profile to request the job with. Add one with "Smile ID: Add Profile…".',
            )
          : vscode.l10n.t(
              'No profile has the partner ID of this response. Add one with "Smile ID: Add Profile…".',
            ),
      );
    }
    if (others.length === 0) return first;
    return await this.parts.pickProfile(vscode.l10n.t('Get Job Status'), fitting);
  }

  /** Restores a panel of the last session. Only its IDs were kept, so it sends its request again. */
  async deserializeWebviewPanel(webviewPanel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const saved = SavedPanel.safeParse(state);
    const profile = saved.success ? await this.parts.profiles.get(saved.data.profileId) : undefined;
    if (!saved.success || this.panels.has(keyOf(saved.data))) {
      webviewPanel.dispose();
      return;
    }
    webviewPanel.webview.options = webviewOptions(this.parts.extensionUri);
    const panel = this.add(webviewPanel, saved.data, profile);
    // Production waits for the user: opening a window must not send a request there.
    if (profile && profile.environment !== 'production') void panel.refresh();
  }

  /** Also those of the last session that were not shown yet, and the documents of all. */
  async closeAll(): Promise<void> {
    for (const panel of [...this.panels.values()]) panel.dispose();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter(({ input }) => isOurs(input)));
  }

  /**
   * Also of a profile that was removed, here or in another window: a panel that is shown stays, without anything of its
   * job. VS Code keeps the IDs of one that is not shown until its page is there, so it is closed.
   */
  private async followProfiles(): Promise<void> {
    const profiles = await this.parts.profiles.list();
    for (const panel of [...this.panels.values()]) {
      if (panel.state.pasted) continue; // its response is of no profile
      const profile = profiles.find(({ id }) => id === panel.saved.profileId);
      if (profile ?? panel.isVisible) panel.follow(profile);
      else panel.dispose();
    }
  }

  private followName(panel: JobPanel): void {
    panel.followName().catch((error: unknown) => {
      this.parts.log.error(error); // the job ID is shown
    });
  }

  private add(
    webviewPanel: vscode.WebviewPanel,
    saved: SavedPanel,
    profile: Profile | undefined,
    pasted: Pasted | null = null,
  ): JobPanel {
    const panel = new JobPanel(webviewPanel, saved, profile, this.parts, this, pasted);
    const key = pasted ? panel.id : keyOf(saved);
    this.panels.set(key, panel);
    this.followName(panel);
    webviewPanel.onDidChangeViewState(() => {
      if (panel.isActive) this.activated.fire(panel);
    });
    webviewPanel.onDidDispose(() => {
      if (this.panels.get(key) === panel) this.panels.delete(key);
    });
    return panel;
  }
}

function isOurs(input: unknown): boolean {
  if (input instanceof vscode.TabInputText) return input.uri.scheme === JOB_SCHEME;
  if (input instanceof vscode.TabInputTextDiff) return input.modified.scheme === JOB_SCHEME;
  // VS Code adds its own prefix to the type
  return (
    input instanceof vscode.TabInputWebview &&
    [VIEW_TYPE, PASTED_VIEW_TYPE].some((type) => input.viewType.endsWith(type))
  );
}

const keyOf = ({ profileId, userId, jobId }: SavedPanel): string =>
  JSON.stringify([profileId, userId, jobId]);
