import * as vscode from 'vscode';

/** Whether VS Code's settings for proxy and certificates apply to the global `fetch`. */
export const isFetchPatched = (): boolean =>
  vscode.workspace.getConfiguration('http').get('fetchAdditionalSupport', true);
