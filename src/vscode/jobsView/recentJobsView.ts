import * as vscode from 'vscode';
import type { JobLookup } from '../../core/jobs/jobLookup';
import { isActive, type JobWatches } from '../../core/jobs/jobWatches';
import { line } from '../../core/logger';
import type { JobIds } from '../../core/smile/jobRequest';
import { whyNotStored } from '../../core/recordStore';
import type { Commands } from '../commands';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { JobPanels } from '../jobPanel/jobPanels';
import * as notify from '../notify';
import type { JobNode, JobsTree, ProfileNode } from './jobsTree';

const RECENT_JOBS_VIEW = 'smile.recentJobs';

export type RecentJobsTreeView = vscode.TreeView<JobNode | ProfileNode>;

/** The view "Recent Jobs": its tree, its selection, and its progress. */
export class RecentJobsView extends Disposable {
  private view: RecentJobsTreeView | null = null;
  private reportedUnsaved = false;
  /** The job whose row is selected as soon as the view can be seen: showing a row in a hidden view would open it. */
  private wanted: (JobIds & { readonly profileId: string }) | null = null;

  constructor(
    readonly tree: JobsTree,
    private readonly lookup: JobLookup,
    private readonly watches: JobWatches,
    private readonly log: Log,
  ) {
    super();
    // ages in the list change with time
    const aging = setInterval(() => {
      if (this.isVisible()) tree.redraw();
    }, 60_000);
    this.register(
      tree,
      {
        dispose: () => {
          clearInterval(aging);
        },
      },
      this.followLookup(),
      this.followWatches(),
      lookup.onDidFailToRecord((error) => {
        this.showUnsaved(error);
      }),
    );
  }

  /** VS Code creates the view before this part is loaded, and it is passed in here. */
  attach(view: RecentJobsTreeView): void {
    this.view = view;
    this.register(
      view.onDidChangeVisibility(() => {
        this.reveal();
      }),
    );
  }

  /** Selects the row of the job whose panel is the active one. */
  follow({ onDidActivate }: Pick<JobPanels, 'onDidActivate'>): void {
    this.register(
      onDidActivate(({ saved, state }) => {
        this.wanted = state.pasted ? null : { ...saved };
        this.reveal();
      }),
    );
  }

  private reveal(): void {
    this.revealWanted().catch((error: unknown) => {
      this.log.error(error); // the row has gone meanwhile
    });
  }

  private async revealWanted(): Promise<void> {
    const { wanted } = this;
    if (!this.isVisible() || wanted === null) return;
    const row = await this.tree.find(wanted.profileId, wanted);
    // Meanwhile another panel may have become the active one, or the view been closed.
    if (!row || this.wanted !== wanted || !this.isVisible()) return;
    this.wanted = null;
    await this.view?.reveal(row, { select: true, focus: false });
  }

  /** For VS Code, several rows stay selected when they are gone, until one row is selected. */
  async selectOne(): Promise<void> {
    const row = await this.tree.first();
    if (row && this.isVisible()) await this.view?.reveal(row, { select: true, focus: false });
  }

  private isVisible(): boolean {
    return this.view?.visible === true;
  }

  get selection(): readonly (JobNode | ProfileNode)[] {
    return this.view?.selection ?? [];
  }

  addCommands(commands: Commands): void {
    commands.add('smile.cancelQueries', () => this.lookup.cancelAll());
  }

  /** Shows progress in the view itself while requests are in flight, and a button that cancels them. */
  private followLookup(): { dispose(): unknown } {
    const showCancel = (on: boolean): void => {
      void vscode.commands.executeCommand('setContext', 'smile.requesting', on);
    };
    let requests = 0;
    let done = (): void => undefined;
    return this.lookup.onDidChange(({ outcome }) => {
      requests += outcome === null ? 1 : -1;
      if (outcome === null && requests === 1) {
        showCancel(true);
        void notify.progress(
          { location: { viewId: RECENT_JOBS_VIEW } },
          () => new Promise<void>((resolve) => (done = resolve)),
        );
      }
      if (requests === 0) {
        showCancel(false);
        done();
      }
    });
  }

  /** Rows show whether they are watched: drawn again when a watch starts or stops, not at each of its checks. */
  private followWatches(): { dispose(): unknown } {
    let before = '';
    return this.watches.onDidChange(() => {
      const running = JSON.stringify(
        this.watches
          .all()
          .filter(isActive)
          .map(({ profileId, ids }) => [profileId, ids]),
      );
      if (running === before) return;
      before = running;
      this.tree.update();
    });
  }

  /** The response is still shown; only its row in the list goes when the window closes. */
  private showUnsaved(error: unknown): void {
    const reason = whyNotStored(error);
    this.log.warn(line`A recent job could not be saved: ${error}`);
    if (this.reportedUnsaved) return;
    this.reportedUnsaved = true;
    const kept = vscode.l10n.t('Recent jobs that cannot be saved are kept for this window only.');
    void notify.warn(`${kept} ${reason}`);
  }
}
