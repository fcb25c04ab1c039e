import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import type { CredentialSource } from '../../core/jobs/jobLookup';
import { type RecordStore, whyNotStored } from '../../core/recordStore';
import type { Credentials } from '../../core/smile/credentials';
import { baseUrlOf } from '../../core/smile/environment';
import { isSameAccount, type Profile } from '../../core/smile/profile';
import { Disposable } from '../disposable';
import type { ProfileMemory } from './profileMemory';
import { profileIdOf, secretOf } from './secretNames';

/** What is stored of a profile outside the secret store. */
export const StoredProfile = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.enum(['sandbox', 'production', 'local']),
  partnerId: z.string(),
  url: z.nullable(z.string()),
});

/** The keyring or the disk refused, and nothing was changed. The profile can still be used in this window only. */
export class ProfileNotStored extends HumanError {}

const notStored = (error: unknown, ...more: readonly string[]): ProfileNotStored =>
  new ProfileNotStored(
    [vscode.l10n.t('The profile could not be stored.'), whyNotStored(error), ...more].join(' '),
  );

class HasChanged extends HumanError {
  constructor({ name }: Profile) {
    super(vscode.l10n.t('The profile "{0}" has changed meanwhile. Nothing was done.', name));
  }
}

/**
 * The profiles of this machine. Their keys are in SecretStorage and nowhere else; name, environment and
 * partner ID are records that every window reads. A change of a key makes the other windows read them again.
 */
export class Profiles extends Disposable implements CredentialSource {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  /** Profiles that the keyring or the disk refused: they end with this window. */
  private readonly windowOnly = new Map<string, { profile: Profile; apiKey: string }>();
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly stored: RecordStore<Profile>,
    private readonly secrets: vscode.SecretStorage,
    private readonly memory: ProfileMemory,
  ) {
    super();
    const fireChange = (): void => {
      this.changed.fire();
    };
    this.register(
      stored.onDidChange(fireChange),
      secrets.onDidChange(({ key }) => {
        if (profileIdOf(key) !== null) fireChange();
      }),
    );
  }

  /** By name. */
  async list(): Promise<readonly Profile[]> {
    const all = new Map(await this.stored.list());
    for (const [id, { profile }] of this.windowOnly) all.set(id, profile);
    return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async get(id: string): Promise<Profile | undefined> {
    return (await this.list()).find((profile) => profile.id === id);
  }

  /** By ID, or by name, whatever its case. */
  async find(idOrName: string): Promise<Profile | undefined> {
    const profiles = await this.list();
    return (
      profiles.find(({ id }) => id === idOrName) ??
      profiles.find(({ name }) => name.toLowerCase() === idOrName.trim().toLowerCase())
    );
  }

  /** The profile that commands of this window use. */
  async active(): Promise<Profile | undefined> {
    return this.memory.activeOf(await this.list());
  }

  async setActive(profile: Profile): Promise<void> {
    await this.memory.choose(profile);
    this.changed.fire();
  }

  isWindowOnly({ id }: Pick<Profile, 'id'>): boolean {
    return this.windowOnly.has(id);
  }

  /**
   * Adds a profile, or replaces the one with the same ID.
   * @throws ProfileNotStored when the keyring or the disk refuses; nothing is changed then
   */
  save(profile: Profile, apiKey: string): Promise<void> {
    return this.inTurn(() => this.store(profile, apiKey));
  }

  private async store(profile: Profile, apiKey: string): Promise<void> {
    const secret = secretOf(profile.id);
    const before = await this.secrets.get(secret).then(
      (stored) => stored ?? null,
      () => 'unknown' as const,
    );
    // Before the record: a profile without a key must not appear. Storing a key, even an unchanged one, is
    // what notifies the other windows.
    await this.storeKey(secret, apiKey);
    try {
      await this.stored.write(profile.id, profile);
    } catch (error) {
      // A new key must not stay without a profile that names it, nor replace the key of a profile that stays.
      const clean = before !== 'unknown' && (await this.putBack(secret, before));
      throw notStored(
        error,
        ...(clean
          ? []
          : [
              vscode.l10n.t(
                'Its API key is left in the keyring: "Smile ID: Remove Profile…" lists it.',
              ),
            ]),
      );
    }
    this.windowOnly.delete(profile.id);
    this.changed.fire();
  }

  /**
   * Changes a profile as it is now. Its key is not stored again, so that none comes back that was deleted meanwhile.
   * @param known the profile as the user saw it
   * @throws HumanError if it was removed, or became one of another account; ProfileNotStored as `save` does
   */
  change(known: Profile, changes: Partial<Omit<Profile, 'id'>>): Promise<void> {
    return this.inTurn(async () => {
      const changed = { ...(await this.asKnown(known)), ...changes };
      const kept = this.windowOnly.get(known.id);
      if (kept) await this.store(changed, kept.apiKey);
      else if (!(await this.isWhole(known.id))) throw new HasChanged(known);
      else await this.stillWhole(known, () => this.writeRecord(changed));
    });
  }

  /** Gives a profile a new key, even if the keyring has lost the old one. Otherwise as `change`. */
  replaceKey(known: Profile, apiKey: string): Promise<void> {
    return this.inTurn(async () => {
      const now = await this.asKnown(known);
      if (this.windowOnly.has(now.id)) await this.store(now, apiKey);
      else if (!(await this.hasRecord(now.id))) throw new HasChanged(known);
      else await this.stillWhole(known, () => this.storeKey(secretOf(now.id), apiKey));
    });
  }

  private async asKnown(known: Profile): Promise<Profile> {
    const now = await this.get(known.id);
    if (!now || !isSameAccount(now, known)) throw new HasChanged(known);
    return now;
  }

  /** Stores, and deletes it again if another window removed the profile at the same time. */
  private async stillWhole(profile: Profile, store: () => Promise<void>): Promise<void> {
    await store();
    if (await this.isWhole(profile.id)) {
      this.changed.fire();
      return;
    }
    await this.removeStored(profile.id);
    throw new HasChanged(profile);
  }

  private async storeKey(secret: string, apiKey: string): Promise<void> {
    try {
      await this.secrets.store(secret, apiKey);
    } catch {
      throw new ProfileNotStored(
        vscode.l10n.t('The keyring of this machine did not store the API key.'),
      );
    }
  }

  private async writeRecord(profile: Profile): Promise<void> {
    try {
      await this.stored.write(profile.id, profile);
    } catch (error) {
      throw notStored(error);
    }
  }

  /** Whether a profile has both its record and its key; what cannot be read counts as present. */
  private async isWhole(id: string): Promise<boolean> {
    const hasKey = this.secrets.get(secretOf(id)).then(
      (key) => key !== undefined,
      () => true,
    );
    return (await this.hasRecord(id)) && (await hasKey);
  }

  /** By the folder itself: what another window removed a moment ago may still be in memory. */
  private hasRecord(id: string): Promise<boolean> {
    return this.stored.keys().then(
      (keys) => keys.has(id),
      () => true,
    );
  }

  /** One after the other, so that work that began earlier does not write back a removed profile. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async putBack(secret: string, key: string | null): Promise<boolean> {
    try {
      await (key === null ? this.secrets.delete(secret) : this.secrets.store(secret, key));
      return true;
    } catch {
      return false;
    }
  }

  /** Keeps a profile and its key in the memory of this window. */
  saveForWindow(profile: Profile, apiKey: string): void {
    this.windowOnly.set(profile.id, { profile, apiKey });
    this.changed.fire();
  }

  /** Also the stored form of a profile that this window keeps in another form: no key may stay. */
  remove({ id }: Profile): Promise<void> {
    return this.inTurn(async () => {
      if (!this.windowOnly.has(id) || (await this.stored.list()).has(id)) {
        await this.removeStored(id);
      }
      this.windowOnly.delete(id);
      this.changed.fire();
    });
  }

  private async removeStored(id: string): Promise<void> {
    try {
      await this.secrets.delete(secretOf(id));
    } catch {
      throw new HumanError(
        vscode.l10n.t(
          'The keyring of this machine did not delete the API key, so the profile is kept.',
        ),
      );
    }
    try {
      await this.stored.remove(id);
    } catch (error) {
      throw new HumanError(
        `${vscode.l10n.t('The API key is deleted, but the profile could not be removed.')} ${whyNotStored(error)}`,
      );
    }
    await this.removeKeys([id]); // another window may have stored a new one until then
  }

  /**
   * The IDs of keys whose profile is lost: its record was damaged, or removed by hand. A profile that only a
   * newer version can read keeps its key.
   * @throws when the keyring or the disk cannot be read
   */
  async keysWithoutProfile(): Promise<readonly string[]> {
    await this.stored.list(); // which sets aside what is damaged
    const known = await this.stored.keys();
    return (await this.secrets.keys()).flatMap((key) => {
      const id = profileIdOf(key);
      return id === null || known.has(id) ? [] : [id];
    });
  }

  /** @throws HumanError when the keyring refuses */
  async removeKeys(ids: readonly string[]): Promise<void> {
    try {
      for (const id of ids) await this.secrets.delete(secretOf(id));
    } catch {
      throw new HumanError(
        vscode.l10n.t('The keyring of this machine did not delete the API keys.'),
      );
    }
  }

  /** Forgets the profiles of this window only. */
  forgetWindowOnly(): void {
    this.windowOnly.clear();
    this.changed.fire();
  }

  /**
   * Whether a profile is gone, and its API key with it. A profile that cannot be read, or of a newer version, is not
   * gone: its key is still there. False if the keyring cannot be read.
   */
  async isSignedOut(id: string): Promise<boolean> {
    if (await this.get(id)) return false;
    try {
      return (await this.apiKey({ id })) === undefined;
    } catch {
      return false; // nothing is removed on a guess
    }
  }

  async has(profile: Profile): Promise<boolean> {
    return (await this.list()).some((other) => isSameAccount(other, profile));
  }

  /** @throws HumanError when the key is missing or the keyring fails */
  async credentials(profile: Profile): Promise<Credentials> {
    const apiKey = await this.apiKey(profile);
    if (apiKey === undefined) {
      throw new HumanError(
        vscode.l10n.t(
          'The API key of "{0}" is not in the keyring. If a machine has no keyring, VS Code forgets keys when it closes. Add it again with "Smile ID: Edit Profile…".',
          profile.name,
        ),
      );
    }
    const url = baseUrlOf(profile.environment, profile.url);
    if (!url.ok) throw new HumanError(url.reason);
    return { partnerId: profile.partnerId, apiKey, baseUrl: url.value };
  }

  /** The profiles whose keys can be read, and the keys. One that the keyring does not return cannot check anything. */
  async withKeys(): Promise<
    readonly (Pick<Credentials, 'partnerId' | 'apiKey'> & { profile: Profile })[]
  > {
    const found = [];
    for (const profile of await this.list()) {
      const apiKey = await this.apiKey(profile).catch(() => undefined);
      if (apiKey !== undefined) found.push({ profile, partnerId: profile.partnerId, apiKey });
    }
    return found;
  }

  private async apiKey({ id }: Pick<Profile, 'id'>): Promise<string | undefined> {
    const kept = this.windowOnly.get(id);
    if (kept) return kept.apiKey;
    try {
      return await this.secrets.get(secretOf(id));
    } catch {
      throw new HumanError(
        vscode.l10n.t('The keyring of this machine did not return the API key.'),
      );
    }
  }
}
