import type * as vscode from 'vscode';
import { commands, Disposable } from 'vscode';
import { COMMAND_IDS, type CommandId } from '../commandIds';
import type { Lazy, Part } from './lazy';

/** A part, as far as its commands are concerned. */
export interface RunsCommands extends Part {
  readonly commands: { run(id: CommandId, args: readonly unknown[]): Promise<unknown> };
}

/** Registers all commands. A part is loaded when the first of its commands runs. */
export function registerCommands(
  parts: Readonly<Record<keyof typeof COMMAND_IDS, Lazy<RunsCommands>>>,
): vscode.Disposable {
  const register = (part: Lazy<RunsCommands>, ids: readonly CommandId[]): vscode.Disposable[] =>
    ids.map((id) =>
      commands.registerCommand(id, async (...args: readonly unknown[]) =>
        (await part.get()).commands.run(id, args),
      ),
    );
  return Disposable.from(
    ...register(parts.jobs, COMMAND_IDS.jobs),
    ...register(parts.editor, COMMAND_IDS.editor),
  );
}
