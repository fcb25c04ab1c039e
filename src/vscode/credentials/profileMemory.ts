import type * as vscode from 'vscode';
import type { Profile } from '../../core/smile/profile';

/** What is shown of a profile before profiles are read. */
export type KnownProfile = Pick<Profile, 'id' | 'name' | 'environment' | 'partnerId'>;

const CHOSEN = 'smile.activeProfile';
export const KNOWN_PROFILES = 'smile.knownProfiles';

/**
 * What VS Code's own state keeps of the profiles: which one is chosen in this window, and what the status bar shows of
 * them while nothing else is loaded. Profiles themselves are records.
 */
export class ProfileMemory {
  /** Read once: VS Code updates it in every window as soon as another one writes it. */
  private readonly latestChoice: string | undefined;

  constructor(
    private readonly workspaceState: vscode.Memento,
    private readonly globalState: vscode.Memento,
  ) {
    this.latestChoice = globalState.get<string>(CHOSEN);
  }

  /** Undefined if nothing was remembered yet. */
  get known(): readonly KnownProfile[] | undefined {
    return this.globalState.get<readonly KnownProfile[]>(KNOWN_PROFILES);
  }

  async note(profiles: readonly KnownProfile[]): Promise<void> {
    const known = profiles.map(({ id, name, environment, partnerId }): KnownProfile => ({
      id,
      name,
      environment,
      partnerId,
    }));
    await this.globalState.update(KNOWN_PROFILES, known.length === 0 ? undefined : known);
  }

  /**
   * The profile that commands use. Each window keeps its own choice, so that switching to production in
   * one window never moves another one there; a new window begins with the latest choice.
   */
  activeOf<T extends { readonly id: string }>(profiles: readonly T[]): T | undefined {
    const chosen = this.workspaceState.get<string>(CHOSEN) ?? this.latestChoice ?? '';
    return (
      profiles.find(({ id }) => id === chosen) ?? (profiles.length === 1 ? profiles[0] : undefined)
    );
  }

  async choose({ id }: Pick<Profile, 'id'>): Promise<void> {
    await this.workspaceState.update(CHOSEN, id);
    await this.globalState.update(CHOSEN, id);
  }
}
