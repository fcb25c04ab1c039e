import * as vscode from 'vscode';
import { HumanError } from '../core/humanError';
import { line, type Logger, type LogLine } from '../core/logger';
import * as notify from './notify';

/** The extension's only log, and the only place that shows errors to the user. Lines are redacted as they are made. */
export class Log implements Logger {
  constructor(private readonly channel: vscode.LogOutputChannel) {}

  info({ text }: LogLine): void {
    this.channel.info(text);
  }

  warn({ text }: LogLine): void {
    this.channel.warn(text);
  }

  error(error: unknown): void {
    this.channel.error(line`${error}`.text);
  }

  show(): void {
    this.channel.show();
  }

  /** Runs something whose errors are shown. @returns undefined if it failed */
  async showing<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      // not awaited: it is done, however long its message is shown
      void this.showError(error);
      return undefined;
    }
  }

  /** Shows what a user can act on as it is; anything else is logged and shown as one sentence. */
  async showError(error: unknown): Promise<void> {
    if (error instanceof vscode.CancellationError) return;
    if (error instanceof HumanError) {
      await notify.error(error.message);
      return;
    }
    this.error(error);
    const showLog = vscode.l10n.t('Show Log');
    const choice = await notify.error(vscode.l10n.t('Smile ID: Unexpected error.'), showLog);
    if (choice === showLog) this.show();
  }
}
