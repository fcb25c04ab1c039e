import * as vscode from 'vscode';
import { Disposable } from '../disposable';

/** The part of the API of VS Code's Git extension that is used here. */
interface GitExtension {
  /** `git.enabled`, and Git was found. */
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}
interface GitApi {
  readonly onDidOpenRepository: vscode.Event<Repository>;
  getRepository(uri: vscode.Uri): Repository | null;
}
interface Repository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly onDidChange: vscode.Event<void> };
  /** From the index if the treeish is empty; fails for a file that is not in it. */
  getObjectDetails(treeish: string, path: string): Promise<unknown>;
}

/** Which files Git tracks, so that everyone with the repository has them. VS Code's Git extension knows. */
export class TrackedFiles extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  /** Something was staged, committed or opened: states may differ now. Not fired before the first call of `stateOf`. */
  readonly onDidChange = this.changed.event;
  /** By name: each call makes new objects. */
  private readonly followed = new Set<string>();

  /** Unknown if Git is off, was not found, or runs in another extension host. */
  async stateOf(uri: vscode.Uri): Promise<'tracked' | 'untracked' | 'unknown'> {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    if (!git) return 'unknown';
    this.follow('enablement', git.onDidChangeEnablement);
    if (!git.enabled) return 'unknown';
    const api = git.getAPI(1);
    this.follow('repositories', api.onDidOpenRepository);
    const repository = api.getRepository(uri);
    if (!repository) return 'untracked';
    this.follow(repository.rootUri.toString(), repository.state.onDidChange);
    return await repository.getObjectDetails('', uri.fsPath).then(
      () => 'tracked' as const,
      () => 'untracked' as const,
    );
  }

  private follow(name: string, changes: vscode.Event<unknown>): void {
    if (this.followed.has(name)) return;
    this.followed.add(name);
    this.register(
      changes(() => {
        // After Git was turned off and on again, it has another model, with events of its own.
        if (name === 'enablement') this.followed.clear();
        this.changed.fire();
      }),
    );
  }
}
