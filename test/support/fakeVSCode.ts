import * as vscode from 'vscode';

type Operation = 'get' | 'store' | 'delete' | 'keys';

/** A keyring in memory. It refuses what a test sets, as a machine without one does. */
export class FakeSecrets implements vscode.SecretStorage {
  readonly kept = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.changed.event;
  private refused: readonly Operation[] = [];

  /** From now on it refuses these operations and no others. */
  refuse(...operations: readonly Operation[]): void {
    this.refused = operations;
  }

  keys(): Thenable<string[]> {
    return this.perform('keys', () => [...this.kept.keys()]);
  }
  get(key: string): Thenable<string | undefined> {
    return this.perform('get', () => this.kept.get(key));
  }
  store(key: string, value: string): Thenable<void> {
    return this.perform('store', () => {
      this.kept.set(key, value);
      this.changed.fire({ key });
    });
  }
  delete(key: string): Thenable<void> {
    return this.perform('delete', () => {
      this.kept.delete(key);
      this.changed.fire({ key });
    });
  }

  private perform<T>(operation: Operation, run: () => T): Promise<T> {
    if (this.refused.includes(operation)) return Promise.reject(new Error('no keyring'));
    return Promise.resolve(run());
  }
}

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- VS Code's own signature */
export class FakeMemento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string): T | undefined {
    return this.values.get(key) as T | undefined;
  }
  update(key: string, value: unknown): Thenable<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    return Promise.resolve();
  }
}
