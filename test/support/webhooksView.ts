import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A row of the view "Webhooks", as VS Code shows it. */
export interface ShownRow {
  readonly label: string;
  /** Without the number of a delivery, which depends on what other suites received. */
  readonly description: string;
  readonly rows: readonly ShownRow[];
  /** What the commands of its menu get. */
  readonly element: unknown;
}

interface Followed {
  readonly view: vscode.TreeView<unknown>;
  readonly data: vscode.TreeDataProvider<unknown>;
}

let followed: Followed | undefined;

/**
 * Keeps what the extension gives to VS Code for this view. Suite and extension share one `vscode`, and suites are
 * loaded before the first of them activates the extension.
 */
const create = vscode.window.createTreeView;
const follow: typeof create = (viewId, options) => {
  const view = create(viewId, options);
  if (viewId === 'smile.webhooks') {
    followed = { view, data: options.treeDataProvider };
  }
  return view;
};
Object.assign(vscode.window, { createTreeView: follow });

function webhooksView(): Followed {
  assert.ok(followed, 'The extension was active before this suite was loaded.');
  return followed;
}

/** The line above the rows. */
export const viewMessage = (): string | undefined => webhooksView().view.message;

/** The number on the icon of the view. */
export const viewBadge = (): number => webhooksView().view.badge?.value ?? 0;

export async function shownRows(below?: unknown): Promise<readonly ShownRow[]> {
  const { data } = webhooksView();
  const elements = (await data.getChildren(below)) ?? [];
  return await Promise.all(
    elements.map(async (element) => {
      const { label, description } = await data.getTreeItem(element);
      return {
        label: typeof label === 'string' ? label : '',
        description: String(description).replace(/^#\d+ · /, ''),
        rows: await shownRows(element),
        element,
      };
    }),
  );
}
