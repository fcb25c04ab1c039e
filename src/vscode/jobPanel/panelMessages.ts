import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { JobIds } from '../../core/smile/jobRequest';
import type { Profile } from '../../core/smile/profile';
import type {
  PageMessage,
  PanelAction,
  PanelState,
  Remedy,
  SavedPanel,
} from '../../webview/protocol';
import type { AddedProfile } from '../credentials/profileCommands';
import * as notify from '../notify';
import { chooseComparison, comparePrevious } from './comparePick';
import { copyJobAs } from './copyJobAs';
import type { PanelDependencies } from './panelDependencies';
import type { PanelImages } from './panelImages';
import type { JobPanelState } from './panelState';
import { documentKind, type ShownDocument } from './shownDocument';

type MessageType = PageMessage['type'];
type MessageOf<T extends MessageType> = PageMessage & { readonly type: T };
/** One for each message, so that the compiler reports a missing handler. */
type Handlers = { readonly [T in MessageType]: (message: MessageOf<T>) => unknown };

/** The panel, as far as its messages need it. */
export interface MessagePanel {
  /** Names its documents. */
  readonly id: string;
  readonly saved: SavedPanel;
  readonly state: JobPanelState;
  readonly images: PanelImages;
  readonly parts: PanelDependencies;
  readonly blocked: PanelState['blocked'];
  /** Aborted when the panel is closed. */
  readonly closed: AbortSignal;
  update(): void;
  sendTranslations(): void;
  sendHistory(): void;
  refresh(): Promise<void>;
  cancel(): void;
  dispose(): void;
  openJob(profile: Profile, ids: JobIds): Promise<void>;
  /** Requests the job of a pasted response in a panel of its own, and compares the two there. */
  lookUpPasted(ids: JobIds): Promise<void>;
}

/** The action of a message, if that may be blocked. */
const ACTIONS: Readonly<Partial<Record<MessageType, PanelAction>>> = {
  refresh: 'refresh',
  watch: 'watch',
  compare: 'compare',
  comparePrevious: 'compare',
  copyAs: 'copyAs',
  openJson: 'open',
  openText: 'open',
  lookUpPasted: 'lookUpPasted',
};

/** Runs the action of a button of the page, or of a command for it. */
export class PanelMessages {
  constructor(private readonly panel: MessagePanel) {}

  async handle<T extends MessageType>(message: MessageOf<T>): Promise<void> {
    // Page and commands are disabled, but may be late; commands of the list come here, too.
    const action = ACTIONS[message.type];
    const blocked = action === undefined ? null : this.panel.blocked[action];
    if (blocked !== null) throw new HumanError(blocked);
    const handler: (message: MessageOf<T>) => unknown = this.handlers[message.type];
    await handler(message);
  }

  private readonly handlers: Handlers = {
    ready: () => {
      this.panel.state.reveal(null, false);
      this.panel.sendTranslations();
      this.panel.sendHistory();
      this.panel.update();
    },
    refresh: () => this.panel.refresh(),
    cancel: () => {
      this.panel.cancel();
    },
    openJson: () => this.open(() => this.panel.state.document),
    openText: () => this.open(() => this.panel.state.document),
    openFailure: () => this.open(() => this.panel.state.documentOfFailure),
    copy: async ({ what }) => {
      const { ids, report } = this.panel.state;
      const { smileJobId, requestId } = report ?? {};
      const text = { ...ids, smileJobId, requestId }[what];
      if (text != null) await vscode.env.clipboard.writeText(text);
    },
    copyAs: async () => {
      const { saved, state, parts } = this.panel;
      const { profile, outcome, checkedAt, pasted } = state;
      const response = { outcome, checkedAt, version: parts.version };
      if (pasted) await copyJobAs(response);
      if (pasted || !profile) return;
      const request = { userId: saved.userId, jobId: saved.jobId, ...parts.options() };
      await copyJobAs({ ...response, profile, request });
    },
    lookUpPasted: async () => {
      const { requestIds, outcome } = this.panel.state;
      if (!requestIds || !outcome) return;
      await this.panel.lookUpPasted(requestIds);
    },
    checkSignature: async () => {
      const { pasted, profile, outcome } = this.panel.state;
      const { signatures, webhooks } = this.panel.parts;
      const { delivery, source } = pasted ?? {};
      const kept = delivery && webhooks.deliveries.get(delivery.number);
      if (kept) await signatures.checkDelivery(kept);
      else if (source) await signatures.checkText(source(), profile ?? null);
      else if (!pasted && outcome?.kind === 'answered')
        await signatures.checkText(JSON.stringify(outcome.raw), profile ?? null);
      else
        throw new HumanError(
          vscode.l10n.t('This webhook is no longer kept: only the newest ones are.'),
        );
    },
    resendWebhook: async () => {
      const { profile, canResend } = this.panel.state;
      const { saved, parts } = this.panel;
      if (profile && canResend) await parts.resend(profile, saved.jobId);
    },
    image: ({ name }) => this.panel.images.send(name),
    fetchImages: () => {
      this.panel.images.restartExpiry();
      this.panel.update();
    },
    copyImage: ({ name }) => this.panel.images.copy(name),
    imageCopied: ({ ok }) => {
      if (!ok)
        throw new HumanError(
          vscode.l10n.t('The image could not be copied to the clipboard. Save it instead.'),
        );
      notify.flash(vscode.l10n.t('Image copied'));
    },
    saveImage: ({ name }) => this.panel.images.save(name),
    reveal: ({ id, on }) => {
      this.panel.state.reveal(id, on);
      this.panel.update();
    },
    openEntry: ({ index }) => {
      this.panel.state.showEntry(index);
      this.panel.update();
    },
    lookUpEntry: async () => {
      const { profile, entry, ids } = this.panel.state;
      if (profile && entry?.jobId != null) await this.panel.openJob(profile, ids);
    },
    compare: async () => {
      const { saved, state, parts, closed } = this.panel;
      const { response, previous, profile, version } = state;
      if (!response || !profile) return;
      const { recent, lookup } = parts;
      const around = { profile, ids: saved, recent, lookup, options: parts.options() };
      const comparison = await chooseComparison(response, previous, around, closed);
      if (!comparison || version !== state.version) return;
      state.compare(comparison);
      this.panel.update();
    },
    comparePrevious: async () => {
      const { response, previous, version } = this.panel.state;
      if (!response || !previous) return;
      const comparison = await comparePrevious(response, previous);
      if (version !== this.panel.state.version) return;
      this.panel.state.compare(comparison);
      this.panel.update();
    },
    closeComparison: () => {
      this.panel.state.comparison = null;
      this.panel.update();
    },
    openDiff: async () => {
      const { id, saved, state, parts } = this.panel;
      const { comparison } = state;
      const documents = await comparison?.documents();
      // Meanwhile the comparison may have been closed, or replaced.
      if (!comparison || !documents || comparison !== state.comparison) return;
      await parts.documents.openDiff(id, saved.jobId, comparison, documents);
    },
    watch: ({ on }) => {
      const { saved, state, parts } = this.panel;
      const { profile, response } = state;
      if (!profile) return;
      if (on) parts.watches.start(profile, saved, response?.outcome.job.verdict);
      else parts.watches.stop(profile.id, saved);
    },
    openPage: async ({ explanation }) => {
      const page = this.panel.state.report?.explanations[explanation]?.page;
      if (page != null) await vscode.env.openExternal(vscode.Uri.parse(page));
    },
    remedy: async ({ remedy }) => {
      if (this.panel.state.remedies.includes(remedy)) await this.remedies[remedy]();
    },
  };

  private readonly remedies: Readonly<Record<Remedy, () => unknown>> = {
    addProfile: async () => {
      const { saved, parts } = this.panel;
      const added = await vscode.commands.executeCommand<AddedProfile | undefined>(
        'smile.addProfile',
      );
      const profile = added && (await parts.profiles.get(added.id));
      if (!profile) return;
      // the panel of a job belongs to its profile
      this.panel.dispose();
      await this.panel.openJob(profile, saved);
    },
    editProfile: () =>
      vscode.commands.executeCommand('smile.editProfile', this.panel.saved.profileId),
    lookUpOther: () => vscode.commands.executeCommand('smile.getJobStatus'),
    sendRequest: () => this.panel.refresh(),
    startSimulator: async () => {
      await vscode.commands.executeCommand('smile.startSimulator', { quiet: true });
      await this.panel.refresh();
    },
    showLog: () => {
      this.panel.parts.log.show();
    },
  };

  /** JSON at once. A text that is not JSON cannot be redacted, so a dialog comes first. */
  private async open(find: () => ShownDocument | null): Promise<void> {
    const { id, parts } = this.panel;
    const document = find();
    if (!document) return;
    if (documentKind(document) === 'json') {
      await parts.documents.open(id, document);
      return;
    }
    const sure = await notify.confirm(
      vscode.l10n.t('Show the text of this response?'),
      vscode.l10n.t(
        'It could not be read as JSON, so personal data in it cannot be hidden. It is kept in memory until you close the job.',
      ),
      vscode.l10n.t('Show Response Text'),
    );
    // meanwhile another response may have come
    if (sure && find()?.content === document.content) await parts.documents.open(id, document);
  }
}
