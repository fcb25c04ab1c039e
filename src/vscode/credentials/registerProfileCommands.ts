import * as vscode from 'vscode';
import type { Log } from '../log';
import type { ProfileCommands } from './profileCommands';

/** Registers the commands on profiles. What they do is loaded for the first of them. */
export function registerProfileCommands(
  load: () => Promise<ProfileCommands>,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    log.command('smile.addProfile', async (argument?: unknown) => {
      const commands = await load();
      return argument === undefined ? commands.ask('Add Profile', {}) : commands.add(argument);
    }),
    log.command('smile.importCredentials', async () => (await load()).import()),
    log.command('smile.switchProfile', async (argument?: unknown) =>
      (await load()).switch(argument),
    ),
    log.command('smile.editProfile', async (argument?: unknown) => (await load()).edit(argument)),
    log.command('smile.signOut', async (argument?: unknown) => (await load()).signOut(argument)),
  );
}
