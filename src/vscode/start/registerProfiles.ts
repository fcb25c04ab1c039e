import type * as vscode from 'vscode';
import { Disposable, FileSystemError, RelativePattern, Uri, workspace } from 'vscode';
import type { ProfileMemory } from '../credentials/profileMemory';
import { profileIdOf } from '../credentials/secretNames';
import type { ProfileStatus } from '../credentials/statusBar';
import type { Lazy, Part } from './lazy';
import { offerCommands } from './offerCommands';

/**
 * Shows the active profile as it was remembered, and offers the commands that can do something. When another window
 * changes a profile, its record or its key changes: then the profiles themselves are loaded and shown.
 */
export function registerProfiles(
  jobs: Lazy<Part>,
  storage: vscode.Uri,
  secrets: Pick<vscode.SecretStorage, 'keys' | 'onDidChange'>,
  memory: ProfileMemory,
  status: ProfileStatus,
): vscode.Disposable {
  const known = memory.known ?? [];
  status.show(memory.activeOf(known), known.length > 0);
  void offerCommands(jobs, secrets, known.length > 0);
  const load = (): void => {
    jobs.load();
  };
  const changes = [
    secrets.onDidChange(({ key }) => {
      if (profileIdOf(key) !== null) load();
    }),
  ];
  if (known.length > 0) {
    const folder = Uri.joinPath(storage, 'profiles');
    const records = workspace.createFileSystemWatcher(new RelativePattern(folder, '*.json'));
    changes.push(
      records,
      ...[records.onDidCreate(load), records.onDidChange(load), records.onDidDelete(load)],
    );
  }
  const registered = Disposable.from(...changes);
  // from then on, the profiles watch their records themselves
  jobs.whenLoaded(() => {
    registered.dispose();
  });
  return registered;
}

/**
 * Loads the jobs part if an earlier session left something to do: watches to resume, or profiles that were not
 * remembered.
 */
export async function resumeJobs(
  jobs: Lazy<Part>,
  storage: vscode.Uri,
  memory: ProfileMemory,
): Promise<void> {
  const hasRecords = async (folder: string): Promise<boolean> => {
    try {
      const uri = Uri.joinPath(storage, folder);
      return (await workspace.fs.readDirectory(uri)).length > 0;
    } catch (error) {
      // the code that reads the folder later reports the failure
      return !(error instanceof FileSystemError && error.code === 'FileNotFound');
    }
  };
  const isPending =
    (await hasRecords('watches')) || (memory.known === undefined && (await hasRecords('profiles')));
  if (isPending) jobs.load();
}
