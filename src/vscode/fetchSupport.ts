import * as vscode from 'vscode';

/** Whether VS Code's settings for proxy and certificates hold for the global `fetch`. */
export const isFetchPatched = (): boolean =>
  vscode.workspace.getConfiguration('http').get('fetchAdditionalSupport', true);
