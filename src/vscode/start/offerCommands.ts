import type * as vscode from 'vscode';
import { commands } from 'vscode';
import { profileIdOf } from '../credentials/secretNames';
import type { Lazy, Part } from './lazy';

/**
 * Sets the context keys by which package.json offers commands, as far as they are known while nothing is loaded: where
 * there is a profile, there may be jobs. Before VS Code starts the extension no key is set, and all commands are offered;
 * `smile.active` tells the two apart.
 */
export async function offerCommands(
  jobs: Lazy<Part>,
  secrets: Pick<vscode.SecretStorage, 'keys'>,
  hasProfile: boolean,
): Promise<void> {
  const loaded = new AbortController(); // from then on, the part keeps them up to date
  jobs.whenLoaded(() => {
    loaded.abort();
  });
  void commands.executeCommand('setContext', 'smile.active', true);
  void commands.executeCommand('setContext', 'smile.hasProfile', hasProfile);
  void commands.executeCommand('setContext', 'smile.hasJobs', hasProfile);
  if (hasProfile) return; // then the command that lists keys without a profile is offered anyway
  const hasLostKeys = await Promise.resolve(secrets.keys()).then(
    (keys) => keys.some((key) => profileIdOf(key) !== null),
    () => true, // the command itself reports the failure
  );
  if (!loaded.signal.aborted)
    void commands.executeCommand('setContext', 'smile.hasLostKeys', hasLostKeys);
}
