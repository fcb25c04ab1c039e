import type * as vscode from 'vscode';
import { Uri } from 'vscode';
import { SIMULATOR_PROFILE_ID } from '../../core/smile/profile';
import { secretOf } from '../credentials/secretNames';

/** The file in the extension's folder that keeps the ID of a remote host. */
export const HOST_ID_FILE = 'host-id';

/** Implemented by src/node/hostId.ts. */
export interface HostId {
  readonly current: string;
  /** Makes sure that later windows get the same ID; false if the disk refuses. */
  keep(): boolean;
}

/** What starts with this belongs to a remote host; what VS Code's own machine stores has no prefix. */
const REMOTE = 'host.';

/**
 * Names of one host. VS Code keeps `secrets` and `globalState` on the machine that the user sits at, and shares them
 * among all hosts that its windows connect to, while records stay on each host. So each host has its own names.
 */
class HostNames {
  /** @param hostId null for the machine that the user sits at */
  constructor(private readonly hostId: HostId | null) {}

  private get prefix(): string {
    return this.hostId === null ? '' : `${REMOTE}${this.hostId.current}.`;
  }

  get areRemote(): boolean {
    return this.hostId !== null;
  }

  stored(name: string): string {
    return this.prefix + name;
  }

  /** The reverse of `stored`; null for a name of another host. */
  own(stored: string): string | null {
    const { prefix } = this;
    const isOwn = prefix === '' ? !stored.startsWith(REMOTE) : stored.startsWith(prefix);
    return isOwn ? stored.slice(prefix.length) : null;
  }

  allOwn(stored: readonly string[]): string[] {
    return stored.flatMap((each) => this.own(each) ?? []);
  }

  keepHostId(): boolean {
    return this.hostId?.keep() ?? true;
  }
}

/** The keys of one host, in the keyring that several share. */
class HostSecrets implements vscode.SecretStorage {
  private readonly names: HostNames;

  constructor(
    private readonly shared: vscode.SecretStorage,
    hostId: HostId | null,
  ) {
    this.names = new HostNames(hostId);
  }

  async keys(): Promise<string[]> {
    return this.names.allOwn(await this.shared.keys());
  }

  /** The number of keys that belong to other hosts. */
  async countOfOthers(): Promise<number> {
    const all = await this.shared.keys();
    return all.length - this.names.allOwn(all).length;
  }

  async get(key: string): Promise<string | undefined> {
    const stored = this.names.stored(key);
    const value = await this.shared.get(stored);
    if (value !== undefined || !this.mayHaveOldName(key)) return value;
    const old = await this.shared.get(key);
    if (old === undefined) return this.shared.get(stored); // which another window may have renamed meanwhile
    if (this.names.keepHostId()) {
      await this.shared.store(stored, old);
      await this.shared.delete(key);
    }
    return old;
  }

  /**
   * Before 0.2.0 the keys of all hosts had names without a host. The IDs of profiles are random, so such a key belongs
   * to the host that asks for it; but for the simulator's, which each host stores again when it starts its own.
   */
  private mayHaveOldName(key: string): boolean {
    return this.names.areRemote && key !== secretOf(SIMULATOR_PROFILE_ID);
  }

  async store(key: string, value: string): Promise<void> {
    if (!this.names.keepHostId()) throw new Error('The disk did not store the ID of this host.');
    await this.shared.store(this.names.stored(key), value);
  }

  async delete(key: string): Promise<void> {
    await this.shared.delete(this.names.stored(key));
    if (this.mayHaveOldName(key) && (await this.shared.get(key)) !== undefined) {
      await this.shared.delete(key);
    }
  }

  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent> = (
    listener,
    thisArg,
    disposables,
  ) =>
    this.shared.onDidChange(
      (event) => {
        const key = this.names.own(event.key);
        if (key !== null) listener.call(thisArg, { key });
      },
      undefined,
      disposables,
    );
}

/**
 * The part of `globalState` that belongs to one host. After each update VS Code sends the whole state back to all
 * windows, and puts it in place of what later updates of this window made of it: the next one would then store a state
 * without them. So one update waits for the one before.
 */
class HostState implements vscode.Memento {
  private readonly names: HostNames;
  /** By name, what is still to be stored. */
  private readonly waiting = new Map<string, { readonly value: unknown }>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly shared: vscode.Memento,
    hostId: HostId | null,
  ) {
    this.names = new HostNames(hostId);
  }

  keys(): readonly string[] {
    const names = new Set([...this.shared.keys(), ...this.waiting.keys()]);
    return this.names.allOwn([...names].filter((name) => this.valueOf(name) !== undefined));
  }

  get<T>(key: string, defaultValue?: T): T | undefined {
    return (this.valueOf(this.names.stored(key)) as T | undefined) ?? defaultValue;
  }

  private valueOf(name: string): unknown {
    const waiting = this.waiting.get(name);
    return waiting ? waiting.value : this.shared.get(name);
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value !== undefined) this.names.keepHostId(); // if the disk refuses, the value is for this window
    const name = this.names.stored(key);
    const update = { value };
    this.waiting.set(name, update);
    const stored = this.last.then(() => this.shared.update(name, value));
    this.last = stored.catch(() => undefined);
    try {
      await stored;
    } finally {
      if (this.waiting.get(name) === update) this.waiting.delete(name);
    }
  }
}

export interface HostStorage {
  readonly secrets: HostSecrets;
  readonly globalState: HostState;
}

/**
 * What the host of this window may read and write of VS Code's own storage.
 * @param remoteName as VS Code has it, undefined on the machine that the user sits at
 * @param remoteId reads the ID of a remote host from this file
 */
export function hostStorage(
  {
    secrets,
    globalState,
    globalStorageUri,
  }: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'globalStorageUri'>,
  remoteName: string | undefined,
  remoteId: (file: string) => HostId,
): HostStorage {
  const file = Uri.joinPath(globalStorageUri, HOST_ID_FILE).fsPath;
  const hostId = remoteName === undefined ? null : remoteId(file);
  return {
    secrets: new HostSecrets(secrets, hostId),
    globalState: new HostState(globalState, hostId),
  };
}
