import type * as vscode from 'vscode';
import { Disposable, EventEmitter, tasks, window } from 'vscode';
import type { Row } from '../webhooks/deliveryRows';
import type { WebhooksTree } from '../webhooks/webhooksTree';
import type { WebhooksTreeView } from '../webhooks/webhooksView';
import type { Lazy, Part } from './lazy';

/** The view "Webhooks" and the task, as far as VS Code needs them. */
export interface WebhooksPart extends Part {
  readonly webhooks: {
    readonly view: { readonly tree: WebhooksTree; attach(view: WebhooksTreeView): void };
    readonly tasks: vscode.TaskProvider;
  };
}

/** Registers both. Their part is loaded when VS Code first requests rows or tasks. */
export function registerWebhooks(jobs: Lazy<WebhooksPart>): vscode.Disposable {
  const changed = new EventEmitter<undefined>();
  const part = async () => (await jobs.get()).webhooks;
  const view = window.createTreeView<Row>('smile.webhooks', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (row) => (await part()).view.tree.getChildren(row),
      getTreeItem: async (row) => (await part()).view.tree.getTreeItem(row),
    },
    showCollapseAll: true,
  });
  jobs.whenLoaded(({ webhooks }) => {
    webhooks.view.attach(view);
    webhooks.view.tree.onDidChangeTreeData(() => {
      changed.fire(undefined);
    });
  });
  const provider = tasks.registerTaskProvider('smile', {
    provideTasks: async (token) => (await part()).tasks.provideTasks(token),
    resolveTask: async (task, token) => (await part()).tasks.resolveTask(task, token),
  });
  return Disposable.from(view, changed, provider);
}
