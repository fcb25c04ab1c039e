import * as vscode from 'vscode';
import { HumanError } from '../core/humanError';
import { line, type Logger, type LogLine } from '../core/logger';
import { inert } from '../core/shownText';
import * as notify from './notify';

/** The extension's one log, and the one place where errors meet a person. Lines are redacted as they are made. */
export class Log implements Logger, vscode.Disposable {
  private readonly channel = vscode.window.createOutputChannel('Smile ID', { log: true });

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

  dispose(): void {
    this.channel.dispose();
  }

  /** Shows what a person can act on as it is; anything else is logged and shown as one sentence. */
  async showError(error: unknown): Promise<void> {
    if (error instanceof vscode.CancellationError) return;
    if (error instanceof HumanError) {
      await notify.error(error.message);
      return;
    }
    this.error(error);
    const showLog = 'Show Log';
    const choice = await notify.error(
      'Smile ID: something went wrong. The log says what.',
      showLog,
    );
    if (choice === showLog) this.show();
  }

  /**
   * A command whose errors are shown to the user. What a menu, a lens or a link runs has arguments, too: an error
   * that is thrown would be shown by VS Code as a fault of the extension, or by nobody.
   */
  command<R>(id: string, run: (...args: readonly unknown[]) => R | Promise<R>): vscode.Disposable {
    return this.register(id, run, () => false);
  }

  /**
   * A command that other extensions may call, too. They get its errors thrown, and their argument is passed on. Whatever
   * VS Code passes by itself, such as the focused row for a button of a view, is no argument.
   */
  commandForPrograms<R>(id: string, run: (argument: unknown) => R | Promise<R>): vscode.Disposable {
    return this.register(
      id,
      (argument) => run(isFromProgram(argument) ? argument : undefined),
      ([argument]) => isFromProgram(argument),
    );
  }

  private register<R>(
    id: string,
    run: (...args: readonly unknown[]) => R | Promise<R>,
    throws: (args: readonly unknown[]) => boolean,
  ): vscode.Disposable {
    return vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        // VS Code may show it in a notification of its own.
        if (error instanceof HumanError && throws(args)) throw new HumanError(inert(error.message));
        // Not awaited: the command is over, however long its message stands.
        void this.showError(error);
        return undefined;
      }
    });
  }
}

/** Programs pass plain data; the rows of our views are instances of classes. */
function isFromProgram(argument: unknown): boolean {
  if (typeof argument !== 'object' || argument === null) return argument !== undefined;
  const prototype: unknown = Object.getPrototypeOf(argument);
  return prototype === Object.prototype || Array.isArray(argument);
}
