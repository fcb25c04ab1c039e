import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { withoutEmbeddedImagesSteps } from '../../core/smile/embeddedImages';
import type { Answered } from '../../core/smile/outcome';
import { keepDigest } from '../../core/smile/parseBody';
import type { FetchedImage } from '../../core/smile/image';
import { inSlices } from '../../core/slicedWork';
import type { HostMessage } from '../../webview/protocol';
import { JobImages } from './jobImages';
import type { PanelDependencies } from './panelDependencies';
import type { JobPanelState } from './panelState';
import { mayCopy, saveImage } from './imageExport';

/** The panel that shows the images. */
interface Panel {
  send(message: HostMessage): void;
  /** Only a page with the focus may write to the clipboard. */
  reveal(): void;
  /** The response has another form now: updates an editor that shows it. */
  renewDocument(): void;
  /** The time of the images is over. @param inside whether some were inside the response */
  dropped(inside: boolean): void;
}

/** The images of the response that a panel shows. None is sent once another response is shown. */
export class PanelImages {
  private images: JobImages | null = null;

  constructor(
    private readonly state: JobPanelState,
    private readonly parts: Pick<PanelDependencies, 'http' | 'timeoutMs' | 'imageMinutes'>,
    private readonly panel: Panel,
  ) {}

  get names(): readonly string[] {
    return this.images?.all ?? [];
  }

  get areDropped(): boolean {
    return this.images?.dropped ?? false;
  }

  /** Switches to the images of what the panel shows now; the old ones are dropped. */
  follow(): void {
    this.images?.dispose();
    const { outcome, profile, pasted, isUnrequested } = this.state;
    const { http, timeoutMs, imageMinutes } = this.parts;
    this.images =
      outcome?.kind === 'answered' && (profile ?? pasted)
        ? new JobImages(
            http,
            // without a profile, only Smile ID's own hosts
            profile?.environment ?? 'production',
            outcome,
            timeoutMs(),
            imageMinutes,
            () => {
              void this.end();
            },
          )
        : null;
    // anybody may have written its links: nothing is requested from them before the user wants that
    if (isUnrequested && outcome?.kind === 'answered' && outcome.job.images.length > 0) {
      this.images?.dispose();
    }
    void this.dropPrevious();
  }

  /** A function of its own, so that nothing that lives on, such as the new timer, keeps the old response in memory. */
  private async dropPrevious(): Promise<void> {
    const { previous } = this.state;
    if (!previous) return;
    const outcome = await withoutImages(previous.outcome);
    if (this.state.previous === previous) this.state.previous = { ...previous, outcome };
  }

  /** The same response again, with links that expire later; what was dropped stays dropped. */
  async renew(outcome: Answered): Promise<void> {
    if (this.areDropped) await this.drop(outcome);
    else this.keep(outcome);
  }

  /** Allows fetching the images again after they were dropped. */
  restartExpiry(): void {
    this.images?.restartExpiry();
  }

  async send(name: string): Promise<void> {
    const { version } = this.state;
    const image = await this.get(name, version);
    if (image) this.panel.send({ type: 'image', version, name, image });
  }

  /** The page has the image already; it may copy it to the clipboard once the user confirmed. */
  async copy(name: string): Promise<void> {
    const { version } = this.state;
    const isThere = async (): Promise<boolean> => (await this.get(name, version))?.kind === 'image';
    if (!(await isThere()) || !(await mayCopy())) return;
    if (!(await isThere())) {
      throw new HumanError(
        vscode.l10n.t('The image is no longer in memory, so it was not copied.'),
      );
    }
    this.panel.reveal();
    this.panel.send({ type: 'copyImage', version, name });
  }

  async save(name: string): Promise<void> {
    const { version } = this.state;
    await saveImage(name, () => this.get(name, version));
  }

  /** Undefined if its response is no longer shown. */
  private async get(name: string, version: number): Promise<FetchedImage | undefined> {
    const isShown = (): boolean => version === this.state.version;
    const image = isShown() ? await this.images?.get(name) : undefined;
    return isShown() ? image : undefined;
  }

  /** Their time is over: those inside the response are dropped, too. */
  private async end(): Promise<void> {
    const { outcome } = this.state;
    this.panel.dropped(outcome?.kind === 'answered' && (await this.drop(outcome)));
  }

  /** @returns whether the response contained images and is still the one that is shown */
  private async drop(outcome: Answered): Promise<boolean> {
    const { outcome: before } = this.state;
    const kept = await withoutImages(outcome);
    // meanwhile another response may have come
    if (this.state.outcome !== before) return false;
    this.keep(kept);
    return kept.raw !== outcome.raw;
  }

  private keep(outcome: Answered): void {
    this.state.renew(outcome);
    this.images?.renew(outcome);
    this.panel.renewDocument();
  }
}

/** It counts as the same response, so that a watch does not bring back what was dropped. */
async function withoutImages(outcome: Answered): Promise<Answered> {
  const raw = await inSlices(withoutEmbeddedImagesSteps(outcome.raw));
  keepDigest(outcome.raw, raw);
  return { ...outcome, raw };
}
