import type * as vscode from 'vscode';

/** Runs something with a cancellation token as the web standard that the core speaks. */
export async function withSignal<T>(
  token: vscode.CancellationToken | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancel = (): void => {
    controller.abort();
  };
  if (token?.isCancellationRequested) cancel();
  const subscription = token?.onCancellationRequested(cancel);
  try {
    return await run(controller.signal);
  } finally {
    subscription?.dispose();
  }
}
