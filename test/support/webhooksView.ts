import * as assert from 'node:assert/strict';
import NodeModule from 'node:module';
import * as vscode from 'vscode';

/** A row of the view "Webhooks", as VS Code shows it. */
export interface ShownRow {
  /** Without the number of a delivery, which depends on what other suites received. */
  readonly label: string;
  readonly description: string;
  readonly rows: readonly ShownRow[];
  /** What the commands of its menu get. */
  readonly element: unknown;
}

interface WebhooksView {
  readonly tree: vscode.TreeDataProvider<unknown>;
  /** Null until VS Code created it. */
  readonly view: vscode.TreeView<unknown> | null;
}

type JobsPart = new (...args: unknown[]) => {
  readonly webhooks: { readonly view: WebhooksView };
};

let jobs: InstanceType<JobsPart> | undefined;
const note = (part: InstanceType<JobsPart>): void => {
  jobs = part;
};

/**
 * VS Code shows no program what is in a view. So the part of the extension that fills it is followed from when it is
 * loaded, on its first use: suites are loaded before that, in the process of the extension.
 */
const Module = NodeModule as unknown as {
  _load: (request: string, ...rest: unknown[]) => unknown;
};
const load = Module._load;
Module._load = (request, ...rest) => {
  const loaded = load(request, ...rest);
  if (!request.endsWith('/lazyParts/jobs')) return loaded;
  const { Jobs } = loaded as { readonly Jobs: JobsPart };
  class Followed extends Jobs {
    constructor(...args: unknown[]) {
      super(...args);
      note(this);
    }
  }
  return { Jobs: Followed };
};

function webhooksView(): WebhooksView {
  assert.ok(jobs, 'The part was loaded before this suite was.');
  return jobs.webhooks.view;
}

/** What stands beside the title. */
export const viewPlace = (): string | undefined => webhooksView().view?.description;

/** The number on the icon of the view. */
export const viewBadge = (): number => webhooksView().view?.badge?.value ?? 0;

export async function shownRows(below?: unknown): Promise<readonly ShownRow[]> {
  const { tree: data } = webhooksView();
  const elements = (await data.getChildren(below)) ?? [];
  return await Promise.all(
    elements.map(async (element) => {
      const { label, description } = await data.getTreeItem(element);
      return {
        label: (typeof label === 'string' ? label : '').replace(/^#\d+ /, ''),
        description: String(description),
        rows: await shownRows(element),
        element,
      };
    }),
  );
}
