import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { CommandId } from '../commandIds';
import type { Commands } from '../commands';
import { JobNode, ProfileNode } from './jobsTree';

/** Commands that act on rows of the view "Recent Jobs". */
export class RowCommands {
  /** @param toggleFocused adds the row with the focus to the selection, or removes it: VS Code does not say which it is */
  constructor(
    private readonly view: { readonly selection: readonly (JobNode | ProfileNode)[] },
    private readonly commands: Commands,
    private readonly toggleFocused = (): Thenable<unknown> =>
      vscode.commands.executeCommand('list.toggleSelection'),
  ) {}

  /** Acts on the row on which it was run, and on the others that are selected with it. */
  jobs(id: CommandId, run: (jobs: readonly JobNode[]) => unknown): void {
    this.commands.add(id, async (...args) => {
      const rows = await this.rows(args, JobNode);
      return rows.length === 0 ? undefined : run(rows);
    });
  }

  profile(id: CommandId, run: (row: ProfileNode) => unknown): void {
    this.commands.add(id, async (...args) => {
      const [row] = await this.rows(args, ProfileNode);
      return row && run(row);
    });
  }

  /**
   * A menu passes its row and, if several are selected, all of them; a key passes nothing. A menu passes undefined for
   * a row that the list no longer has. The selected row may be another one, so it cannot replace it.
   */
  private async rows<T>(
    args: readonly unknown[],
    kind: abstract new (...args: never[]) => T,
  ): Promise<readonly T[]> {
    const [row, selected] = args;
    const chosen: readonly unknown[] =
      args.length === 0 ? await this.rowsOfKey() : Array.isArray(selected) ? selected : [row];
    const rows = chosen.filter((item): item is T => item instanceof kind);
    if (rows.length === 0 && args.length > 0) {
      throw new HumanError(
        vscode.l10n.t('The list has changed, and this row is gone. Nothing was done.'),
      );
    }
    return rows;
  }

  /** As in VS Code's own lists: the row with the focus, or all that are selected if that is one of them. */
  private async rowsOfKey(): Promise<readonly (JobNode | ProfileNode)[]> {
    const before = this.view.selection;
    await this.toggleFocused();
    const toggled = this.view.selection;
    await this.toggleFocused();
    const focused = toggled.filter((row) => !before.includes(row));
    return focused.length > 0 ? focused : before;
  }
}
