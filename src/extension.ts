import type * as vscode from 'vscode';
import { env, l10n, window } from 'vscode';
import { HostId } from './node/hostId';
import type { SmileApi } from './vscode/smileApi';
import { ProfileMemory } from './vscode/credentials/profileMemory';
import { registerCommands } from './vscode/start/registerCommands';
import { registerEditorFeatures } from './vscode/start/registerEditorFeatures';
import { registerJobPanels } from './vscode/start/registerJobPanels';
import { Lazy, type Part } from './vscode/start/lazy';
import { registerProfiles, resumeJobs } from './vscode/start/registerProfiles';
import { publicApi } from './vscode/start/publicApi';
import { registerViews } from './vscode/start/registerViews';
import { ProfileStatus } from './vscode/credentials/statusBar';
import { hostStorage } from './vscode/storage/hostStorage';

/**
 * What VS Code loads in nearly every window, since codes occur in many languages: registrations only. Two parts, each
 * in a file of its own, do the work; they are loaded when they are first needed.
 */
class Extension {
  private readonly parts: Lazy<Part>[] = [];
  readonly activate = (context: vscode.ExtensionContext): SmileApi => {
    const { extensionUri, globalStorageUri, subscriptions, workspaceState } = context;
    const { version } = context.extension.packageJSON as { readonly version: string };
    const channel = window.createOutputChannel('Smile ID', { log: true });
    const storage = hostStorage(context, env.remoteName, (file) => new HostId(file));
    const memory = new ProfileMemory(workspaceState, storage.globalState);
    const status = new ProfileStatus();
    const part = <T extends Part>(make: () => Promise<T>) => new Lazy(make, channel, notLoaded);
    const jobs = part(async () => {
      const { Jobs } = await import('./lazyParts/jobs');
      return new Jobs({ context, storage, channel, version, memory, status });
    });
    const editor = part(async () => {
      const { Editor } = await import('./lazyParts/editor');
      return new Editor({ channel, extensionUri, version, jobs });
    });
    this.parts.push(jobs, editor);
    subscriptions.push(
      channel,
      status,
      registerCommands({ jobs, editor }),
      registerProfiles(jobs, globalStorageUri, storage.secrets, memory, status),
      registerViews(jobs),
      registerJobPanels(jobs),
      registerEditorFeatures(editor),
    );
    void resumeJobs(jobs, globalStorageUri, memory);
    return publicApi(jobs, catalogue, subscriptions);
  };

  readonly deactivate = () => Promise.all(this.parts.map((part) => part.dispose()));
}

const notLoaded = () => l10n.t('Smile ID: Part of it could not be loaded. Reload the window.');
const catalogue = (): typeof import('./lazyParts/editor') =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would return a promise
  require('./lazyParts/editor') as typeof import('./lazyParts/editor');

export const { activate, deactivate } = new Extension();
