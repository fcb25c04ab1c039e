import type * as vscode from 'vscode';
import { workspace } from 'vscode';

/** One setting of this extension, read when it is needed. */
export class ConfigValue<T> {
  /** @param name below `smile.`; type, default and bounds are in package.json */
  constructor(
    private readonly name: string,
    private readonly fallback: T,
  ) {}

  get value(): T {
    const value = workspace.getConfiguration('smile').get<T>(this.name, this.fallback);
    return typeof value === typeof this.fallback ? value : this.fallback;
  }

  readonly onDidChange = (listener: () => void): vscode.Disposable =>
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`smile.${this.name}`)) listener();
    });
}
