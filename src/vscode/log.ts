import * as vscode from 'vscode';
import { HumanError } from '../core/humanError';
import type { Logger } from '../core/logger';
import { redactText } from '../core/redact';

/** The extension's one log, and the one place where errors meet a person. Everything is redacted. */
export class Log implements Logger, vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Smile ID', { log: true });

  info(message: string): void {
    this.channel.info(redactText(message));
  }

  warn(message: string): void {
    this.channel.warn(redactText(message));
  }

  error(error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.channel.error(redactText(detail));
  }

  show(): void {
    this.channel.show();
  }

  dispose(): void {
    this.channel.dispose();
  }

  /** Shows what a person can act on as it is; anything else is logged and shown as one sentence. */
  async showError(error: unknown): Promise<void> {
    if (error instanceof vscode.CancellationError) return;
    if (error instanceof HumanError) {
      await vscode.window.showErrorMessage(error.message);
      return;
    }
    this.error(error);
    const showLog = 'Show Log';
    const choice = await vscode.window.showErrorMessage(
      'Smile ID: something went wrong. The log says what.',
      showLog,
    );
    if (choice === showLog) this.show();
  }

  /** A command handler that shows its errors to whoever started it, and still passes them to callers. */
  command<R>(id: string, run: (...args: readonly unknown[]) => R | Promise<R>): vscode.Disposable {
    return vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        // With arguments a program called, and wants to know; without, a person, who must be told.
        if (args.length > 0 && error instanceof HumanError) throw error;
        await this.showError(error);
        return undefined;
      }
    });
  }
}
