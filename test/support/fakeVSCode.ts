import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import { HostId } from '../../src/node/hostId';
import { hostStorage, type HostStorage } from '../../src/vscode/storage/hostStorage';

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

export class FakeMemento implements vscode.Memento {
  private readonly values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.values.keys()];
  }
  get<T>(key: string, defaultValue?: T): T | undefined {
    return (this.values.get(key) as T | undefined) ?? defaultValue;
  }
  update(key: string, value: unknown): Thenable<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, value);
    return Promise.resolve();
  }
}

/**
 * The storage of one host over a keyring and a state that several share.
 * @param folder of a remote host; undefined for the machine of the user
 */
export const fakeHostStorage = (
  secrets: vscode.SecretStorage,
  globalState: FakeMemento,
  folder?: string,
): HostStorage =>
  hostStorage(
    {
      secrets,
      globalState: Object.assign(globalState, { setKeysForSync: () => undefined }),
      globalStorageUri: vscode.Uri.file(folder ?? tmpdir()),
    },
    folder === undefined ? undefined : 'ssh-remote',
    (file) => new HostId(file),
  );
