import * as vscode from 'vscode';
import type { SmileApi } from './vscode/api';
import { ProfileMemory } from './vscode/credentials/profileMemory';
import { registerCommands } from './vscode/start/commands';
import { registerEditorFeatures } from './vscode/start/editorFeatures';
import { registerJobPanels } from './vscode/start/jobPanels';
import { Lazy, type Part } from './vscode/start/lazy';
import { registerProfiles, resumeJobs } from './vscode/start/profiles';
import { registerRecentJobs } from './vscode/start/recentJobs';
import { ProfileStatus } from './vscode/statusBar';

/**
 * What VS Code loads in nearly every window, since codes occur in many languages: registrations only. The work is done
 * by two parts, each a file of its own, which are loaded when something of them is first needed.
 */
class Extension {
  private readonly parts: Lazy<Part>[] = [];

  readonly activate = (context: vscode.ExtensionContext): SmileApi => {
    const { extensionUri, globalState, globalStorageUri, secrets, subscriptions, workspaceState } =
      context;
    const { version } = context.extension.packageJSON as { readonly version: string };
    const channel = vscode.window.createOutputChannel('Smile ID', { log: true });
    const memory = new ProfileMemory(workspaceState, globalState);
    const status = new ProfileStatus();
    const jobs = new Lazy(async () => {
      const { Jobs } = await import('./parts/jobs');
      return new Jobs({ context, channel, version, memory, status });
    }, channel);
    const editor = new Lazy(async () => {
      const { Editor } = await import('./parts/editor');
      return new Editor({ channel, extensionUri, version, jobs });
    }, channel);
    this.parts.push(jobs, editor);
    subscriptions.push(
      channel,
      status,
      registerCommands({ jobs, editor }),
      registerProfiles(jobs, secrets, memory, status),
      registerRecentJobs(jobs),
      registerJobPanels(jobs),
      registerEditorFeatures(editor),
    );
    void resumeJobs(jobs, globalStorageUri, memory);
    return {
      version: 1,
      getJobStatus: async (query, token) => (await jobs.get()).getJobStatus(query, token),
      // A copy: what another extension changes in it must not change what this one says.
      explain: (code, product) => structuredClone(editorNow().explain(code, product)),
      findCodes: (text, languageId) => editorNow().findCodes(text, languageId),
    };
  };

  readonly deactivate = async (): Promise<void> => {
    await Promise.all(this.parts.map((part) => part.dispose()));
  };
}

/** For the public API, which says at once what a code means. */
const editorNow = (): typeof import('./parts/editor') =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would take a promise
  require('./parts/editor') as typeof import('./parts/editor');

export const { activate, deactivate } = new Extension();
