import type * as vscode from 'vscode';
import { Disposable, EventEmitter, window, workspace } from 'vscode';
import type { Lazy, Part } from './lazy';

/** What VS Code may restore before this part is loaded: panels of the last session, and their documents. */
export interface PanelsPart extends Part {
  readonly panels: vscode.WebviewPanelSerializer;
  readonly documents: vscode.TextDocumentContentProvider;
}

/** Registers both; the part is loaded for the first one. */
export function registerJobPanels(jobs: Lazy<PanelsPart>): vscode.Disposable {
  const changed = new EventEmitter<vscode.Uri>();
  jobs.whenLoaded(({ documents }) => {
    documents.onDidChange?.((uri) => {
      changed.fire(uri);
    });
  });
  return Disposable.from(
    changed,
    window.registerWebviewPanelSerializer('smile.job', {
      deserializeWebviewPanel: async (panel, state) => {
        await (await jobs.get()).panels.deserializeWebviewPanel(panel, state);
      },
    }),
    workspace.registerTextDocumentContentProvider('smile-job', {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri, token) =>
        (await jobs.get()).documents.provideTextDocumentContent(uri, token),
    }),
  );
}
