import * as vscode from 'vscode';
import type { JobLookup } from '../../core/jobs/jobLookup';
import { isActive, type JobWatches } from '../../core/jobs/jobWatches';
import { whyNotStored } from '../../core/recordStore';
import type { Log } from '../log';
import { line } from '../../core/logger';
import * as notify from '../notify';
import type { JobNode, JobsTree, ProfileNode } from './jobsTree';

const VIEW_ID = 'smile.recentJobs';

/** The view "Recent Jobs": its tree, and what is under way in it. */
export class RecentJobsView implements vscode.Disposable {
  readonly tree: vscode.TreeView<JobNode | ProfileNode>;
  private toldUnsaved = false;
  /** Ages in the list move on by themselves. */
  private readonly ageing = setInterval(() => {
    if (this.tree.visible) this.provider.redraw();
  }, 60_000);

  constructor(
    private readonly provider: JobsTree,
    private readonly log: Log,
  ) {
    this.tree = vscode.window.createTreeView(VIEW_ID, {
      treeDataProvider: provider,
      canSelectMany: true,
      showCollapseAll: true,
    });
  }

  dispose(): void {
    clearInterval(this.ageing);
    this.tree.dispose();
    this.provider.dispose();
  }

  /** Shows progress in the view itself while queries are under way, and a button that stops them. */
  follow(lookup: JobLookup): vscode.Disposable {
    const showCancel = (on: boolean): void => {
      void vscode.commands.executeCommand('setContext', 'smile.asking', on);
    };
    let asking = 0;
    let done = (): void => undefined;
    return vscode.Disposable.from(
      lookup.onDidChange(({ outcome }) => {
        asking += outcome === null ? 1 : -1;
        if (outcome === null && asking === 1) {
          showCancel(true);
          void notify.progress(
            { location: { viewId: VIEW_ID } },
            () => new Promise<void>((resolve) => (done = resolve)),
          );
        }
        if (asking === 0) {
          showCancel(false);
          done();
        }
      }),
      this.log.command('smile.cancelQueries', () => {
        lookup.cancelAll();
      }),
    );
  }

  /** Rows say whether they are watched: drawn again when a watch begins or ends, not at each of its questions. */
  followWatches(watches: JobWatches): vscode.Disposable {
    let before = '';
    const following = watches.onDidChange(() => {
      const running = JSON.stringify(
        watches
          .all()
          .filter(isActive)
          .map(({ profileId, ids }) => [profileId, ids]),
      );
      if (running === before) return;
      before = running;
      this.provider.update();
    });
    return vscode.Disposable.from(following);
  }

  /** The answer is shown all the same; only its line in the list will not outlive the window. */
  showUnsaved(error: unknown): void {
    const reason = whyNotStored(error);
    this.log.warn(line`A recent job could not be saved: ${error}`);
    if (this.toldUnsaved) return;
    this.toldUnsaved = true;
    void notify.warn(`Recent jobs that cannot be saved are kept for this window only. ${reason}`);
  }
}
