import type * as vscode from 'vscode';
import { Disposable, EventEmitter, window } from 'vscode';
import type { JobNode, JobsTree, ProfileNode } from '../jobsView/jobsTree';
import type { RecentJobsTreeView } from '../jobsView/recentJobsView';
import type { Lazy, Part } from './lazy';

type Row = JobNode | ProfileNode;

/** The view "Recent Jobs", as far as VS Code needs it. */
export interface RecentJobsPart extends Part {
  readonly recentJobs: {
    readonly tree: JobsTree;
    attach(view: RecentJobsTreeView): void;
  };
}

/** Registers the view. Its part is loaded when VS Code first requests its rows: when it becomes visible. */
export function registerRecentJobs(jobs: Lazy<RecentJobsPart>): vscode.Disposable {
  const changed = new EventEmitter<JobNode[] | undefined>();
  const tree = async (): Promise<JobsTree> => (await jobs.get()).recentJobs.tree;
  const view = window.createTreeView<Row>('smile.recentJobs', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (row) => await (await tree()).getChildren(row),
      getTreeItem: async (row) => (await tree()).getTreeItem(row),
      getParent: async (row) => (await tree()).getParent(row),
    },
    canSelectMany: true,
    showCollapseAll: true,
  });
  jobs.whenLoaded(({ recentJobs }) => {
    recentJobs.attach(view);
    recentJobs.tree.onDidChangeTreeData((rows) => {
      changed.fire(rows);
    });
  });
  return Disposable.from(view, changed);
}
