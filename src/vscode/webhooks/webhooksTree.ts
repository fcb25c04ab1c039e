import * as vscode from 'vscode';
import type { Attempts } from '../../core/webhooks/attempts';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { Disposable } from '../disposable';
import { idOf, itemOf, jobRows, NotValidRow, rowsBelow, type Row } from './deliveryRows';

/** Deliveries by job, newest first; those without a valid signature stay together and folded, at the end. */
export class WebhooksTree extends Disposable implements vscode.TreeDataProvider<Row> {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly deliveries: Deliveries,
    private readonly attempts: Attempts,
  ) {
    super();
    this.register(
      deliveries.onDidChange(() => {
        this.redraw();
      }),
      attempts.onDidChange(() => {
        this.redraw();
      }),
    );
  }

  redraw(): void {
    this.changed.fire(undefined);
  }

  getChildren(row?: Row): Row[] {
    if (row) return rowsBelow(row, ({ number }) => this.attempts.of(String(number)));
    const { byJob, notValid } = this.deliveries;
    return [...jobRows(byJob), ...(notValid.length > 0 ? [new NotValidRow(notValid)] : [])];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = itemOf(row);
    item.id = idOf(row);
    return item;
  }
}
