import * as vscode from 'vscode';
import { nextTurn } from '../core/slicedWork';

/** Runs something with an AbortSignal, which the core uses in place of a cancellation token. */
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

/** Pauses between slices of long work, and ends it with a CancellationError once the user cancels it. */
export const pauseUnlessCancelled =
  (token: vscode.CancellationToken): (() => Promise<void>) =>
  async () => {
    await nextTurn();
    if (token.isCancellationRequested) throw new vscode.CancellationError();
  };
