import * as vscode from 'vscode';
import { inert } from '../core/harmlessText';

/*
 * The one way to show notifications, dialogs and progress; the linter forbids others. Messages contain job IDs, names
 * of profiles and texts of servers, and VS Code would turn them into links that run any command.
 */

/** @returns the button that was pressed; undefined if the user closed the notification */
export async function info<T extends string>(
  message: string,
  ...buttons: readonly T[]
): Promise<T | undefined> {
  return await vscode.window.showInformationMessage(inert(message), ...buttons);
}

/** As `info`. */
export async function warn<T extends string>(
  message: string,
  ...buttons: readonly T[]
): Promise<T | undefined> {
  return await vscode.window.showWarningMessage(inert(message), ...buttons);
}

/** As `info`. */
export async function error<T extends string>(
  message: string,
  ...buttons: readonly T[]
): Promise<T | undefined> {
  return await vscode.window.showErrorMessage(inert(message), ...buttons);
}

/**
 * Shows a dialog with two buttons.
 * @param decline closes the dialog, as Escape does; by default VS Code's own Cancel
 */
export async function confirm(
  message: string,
  detail: string,
  button: string,
  decline?: string,
): Promise<boolean> {
  const options = { modal: true, detail: inert(detail) };
  const text = inert(message);
  if (decline === undefined)
    return (await vscode.window.showWarningMessage(text, options, button)) === button;
  const accept = { title: button };
  const other = { title: decline, isCloseAffordance: true };
  return (await vscode.window.showWarningMessage(text, options, accept, other)) === accept;
}

/** Shows for a moment in the status bar that something is done. */
export function flash(message: string): void {
  vscode.window.setStatusBarMessage(inert(message), 3000);
}

/** Progress in a notification, the status bar or a view; reported messages are made inert, too. */
export async function progress<T>(
  { title, ...options }: vscode.ProgressOptions,
  task: (report: (message: string) => void, token: vscode.CancellationToken) => Thenable<T>,
): Promise<T> {
  return await vscode.window.withProgress(
    { ...options, ...(title === undefined ? {} : { title: inert(title) }) },
    (steps, token) =>
      task((message) => {
        steps.report({ message: inert(message) });
      }, token),
  );
}
