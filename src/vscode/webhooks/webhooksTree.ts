import * as vscode from 'vscode';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { Disposable } from '../disposable';
import { DeliveryRow, idOf, itemOf, JobRow, NotValidRow, type Row } from './deliveryRows';

/** Deliveries by job, newest first; those without a valid signature stay together and folded, at the end. */
export class WebhooksTree extends Disposable implements vscode.TreeDataProvider<Row> {
  private readonly changed = this.register(new vscode.EventEmitter<undefined>());
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly deliveries: Deliveries) {
    super();
    this.register(
      deliveries.onDidChange(() => {
        this.redraw();
      }),
    );
  }

  redraw(): void {
    this.changed.fire(undefined);
  }

  getChildren(row?: Row): Row[] {
    if (row instanceof DeliveryRow) return [];
    if (row instanceof JobRow) return row.job.deliveries.map((each) => new DeliveryRow(each));
    if (row) return row.deliveries.map((each) => new DeliveryRow(each));
    const { byJob, notValid } = this.deliveries;
    return [
      ...byJob.map((job) => new JobRow(job)),
      ...(notValid.length > 0 ? [new NotValidRow(notValid)] : []),
    ];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = itemOf(row);
    item.id = idOf(row);
    return item;
  }
}
