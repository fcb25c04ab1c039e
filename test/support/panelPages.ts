import * as vscode from 'vscode';
import type { HostMessage, PageMessage } from '../../src/webview/protocol';

/** One job panel, seen from its page: what the extension sends to it, and a way to send messages back. */
export interface PanelPage {
  readonly panel: vscode.WebviewPanel;
  /** Everything that the extension sent, images included. */
  readonly received: readonly HostMessage[];
  /** Sends the extension a message, as a click on the page would. */
  say(message: PageMessage): void;
}

/**
 * Listens beside the pages of all panels that are opened from now on. Suite and extension share one `vscode`,
 * since the suite is below the extension's folder. Nothing is replaced: the real pages work as usual.
 */
export function followPanels(): { readonly pages: readonly PanelPage[]; stop(): void } {
  const pages: PanelPage[] = [];
  const create = vscode.window.createWebviewPanel;
  const follow: typeof create = (viewType, title, showOptions, options) => {
    const panel = create(viewType, title, showOptions, options);
    pages.push(pageOf(panel));
    return panel;
  };
  Object.assign(vscode.window, { createWebviewPanel: follow });
  return {
    pages,
    stop() {
      Object.assign(vscode.window, { createWebviewPanel: create });
    },
  };
}

function pageOf(panel: vscode.WebviewPanel): PanelPage {
  const received: HostMessage[] = [];
  const { webview } = panel;
  const post = webview.postMessage.bind(webview);
  const listen = webview.onDidReceiveMessage;
  const said = new vscode.EventEmitter<PageMessage>();
  Object.defineProperties(webview, {
    postMessage: {
      value: (message: HostMessage) => {
        received.push(message);
        return post(message);
      },
    },
    onDidReceiveMessage: {
      value: (listener: (message: PageMessage) => unknown) =>
        vscode.Disposable.from(listen(listener), said.event(listener)),
    },
  });
  return {
    panel,
    received: received,
    say(message) {
      said.fire(message);
    },
  };
}

/** The tabs of job panels. */
export function jobTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith('smile.job'),
    );
}

export async function closeAllTabs(): Promise<void> {
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
}
