import type * as vscode from 'vscode';

/** A cancellation token as the web standard that the core speaks. */
export function signalOf(token: vscode.CancellationToken | undefined): AbortSignal {
  const controller = new AbortController();
  if (token?.isCancellationRequested) controller.abort();
  token?.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}
