import { HumanError } from '../core/humanError';
import { inert } from '../core/harmlessText';
import type { CommandId } from './commandIds';
import type { Log } from './log';

type Run = (...args: readonly unknown[]) => unknown;

/** What the commands of a part do. They are registered when VS Code starts (start/commands.ts). */
export class Commands {
  private readonly all = new Map<CommandId, Run>();

  constructor(private readonly log: Log) {}

  /**
   * A command whose errors are shown to the user. Menus, lenses and links pass arguments, too. If it threw an error,
   * VS Code would show a fault of the extension, or nothing at all.
   */
  add(id: CommandId, run: Run): void {
    this.set(id, run, () => false);
  }

  /**
   * A command that other extensions may call, too. It throws its errors to them, and gets their argument. What VS Code
   * passes by itself, such as the focused row for a button of a view, is not an argument.
   */
  addForPrograms(id: CommandId, run: (argument: unknown) => unknown): void {
    this.set(
      id,
      (argument) => run(isFromProgram(argument) ? argument : undefined),
      ([argument]) => isFromProgram(argument),
    );
  }

  /** @throws Error if the part has no such command */
  async run(id: CommandId, args: readonly unknown[]): Promise<unknown> {
    const run = this.all.get(id);
    if (!run) throw new Error(`No part runs ${id}.`);
    return await run(...args);
  }

  /** For the test that each command is run by its part. */
  get ids(): readonly CommandId[] {
    return [...this.all.keys()];
  }

  private set(id: CommandId, run: Run, throws: (args: readonly unknown[]) => boolean): void {
    if (this.all.has(id)) throw new Error(`${id} is registered twice.`);
    this.all.set(id, async (...args) => {
      try {
        return await run(...args);
      } catch (error) {
        // VS Code may show it in a notification of its own.
        if (error instanceof HumanError && throws(args)) throw new HumanError(inert(error.message));
        // Not awaited: the command is done, however long its message is shown.
        void this.log.showError(error);
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
