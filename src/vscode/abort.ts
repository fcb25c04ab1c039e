import * as vscode from 'vscode';
import { nextTurn } from '../core/steps';

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

/** A pause between slices of long work, which ends the work with a CancellationError once the user cancels it. */
export const pauseUnlessCancelled =
  (token: vscode.CancellationToken): (() => Promise<void>) =>
  async () => {
    await nextTurn();
    if (token.isCancellationRequested) throw new vscode.CancellationError();
  };
