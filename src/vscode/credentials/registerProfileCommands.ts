import * as vscode from 'vscode';
import type { RowCommands } from '../jobsView/rowCommands';
import type { Log } from '../log';
import type { ProfileCommands } from './profileCommands';

/** Registers the commands on profiles. What they do is loaded for the first of them. */
export function registerProfileCommands(
  load: () => Promise<ProfileCommands>,
  rows: RowCommands,
  log: Log,
): vscode.Disposable {
  return vscode.Disposable.from(
    log.commandForPrograms('smile.addProfile', async (argument) => {
      const commands = await load();
      return argument === undefined ? commands.ask('Add Profile', {}) : commands.add(argument);
    }),
    log.command('smile.importCredentials', async () => {
      const { chooseCredentials, IMPORT_TITLE } = await import('./importCredentials');
      const chosen = await chooseCredentials();
      if (chosen) await (await load()).ask(IMPORT_TITLE, chosen.draft, chosen.found);
    }),
    log.commandForPrograms('smile.switchProfile', async (id) => (await load()).switch(id)),
    log.commandForPrograms('smile.editProfile', async (id) => (await load()).edit(id)),
    log.commandForPrograms('smile.signOut', async (id) => (await load()).signOut(id)),
    rows.profile('smile.row.switchProfile', async ({ profile }) =>
      (await load()).switch(profile.id),
    ),
    rows.profile('smile.row.editProfile', async ({ profile }) => (await load()).edit(profile.id)),
    rows.profile('smile.row.signOut', async ({ profile }) => (await load()).signOut(profile.id)),
  );
}
