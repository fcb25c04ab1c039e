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
  /** Of the index where the treeish is empty; fails for a file that is not in it. */
  getObjectDetails(treeish: string, path: string): Promise<unknown>;
}

/** Which files Git keeps: whoever has the repository has them. Asked of VS Code's Git extension. */
export class TrackedFiles extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  /** Something was staged, committed or opened: answers may differ now. Silent until something was asked. */
  readonly onDidChange = this.changed.event;
  /** By name: the objects are made anew at each call. */
  private readonly followed = new Set<string>();

  /** Unknown where Git is off, was not found, or runs in another extension host than we do. */
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
        // Git switched off and on again has another model, with events of its own.
        if (name === 'enablement') this.followed.clear();
        this.changed.fire();
      }),
    );
  }
}
