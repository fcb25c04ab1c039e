import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import type { JobWatches } from '../../core/jobs/jobWatches';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import type { JobApi } from '../../core/smile/jobApi';
import type { FoundCredentials } from '../../core/credentials/findCredentials';
import { baseUrlOf, checkLocalUrl, type Environment } from '../../core/smile/environment';
import { otherEnvironment, checkKey, type KeyCheckResult } from '../../core/smile/keyCheck';
import {
  checkApiKey,
  checkNewProfile,
  checkPartnerId,
  checkProfileName,
  type NewProfile,
  type Profile,
  type ProfileDraft,
} from '../../core/smile/profile';
import { profileLabel } from '../../core/smile/profileLabel';
import { withSignal } from '../abort';
import { ENVIRONMENT_ICONS, environmentLabel, environmentTitle } from '../environmentLabel';
import type { Commands } from '../commands';
import type { Log } from '../log';
import * as notify from '../notify';
import type { ProductionGate } from '../productionGate';
import {
  promptChoice,
  promptText,
  BACK,
  runSteps,
  type Choice,
  type Prompt,
  type TextField,
} from '../quickInput';
import { chooseCredentials, describeCredentials, draftOf, importTitle } from './chooseCredentials';
import { ProfileNotStored, type Profiles } from './profiles';

/** What a program passes to `smile.addProfile`; no prompt is shown then. */
const NewProfileArgument = z.object({
  name: z.string(),
  environment: z.enum(['sandbox', 'production', 'local']),
  partnerId: z.string(),
  apiKey: z.string(),
  url: z.optional(z.string()),
});

/** What `smile.addProfile` returns to a program. */
export interface AddedProfile {
  readonly id: string;
  readonly name: string;
  readonly probe: CheckedKey['kind'];
}

/** Skipped if the user, or a program, did not allow a request to production. */
type CheckedKey = KeyCheckResult | { readonly kind: 'skipped' };

/** An API key in a file, and what the file says about it. */
export type FoundKey = Omit<FoundCredentials, 'apiKey' | 'start'> & { readonly apiKey: string };

/** Adding, switching, editing and removing profiles. */
export class ProfileCommands {
  private saving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly profiles: Profiles,
    private readonly recent: RecentJobs,
    private readonly api: JobApi,
    private readonly gate: ProductionGate,
    private readonly watches: Pick<JobWatches, 'stopProfile'>,
    private readonly log: Log,
  ) {}

  addCommands(commands: Commands): void {
    commands.addForPrograms('smile.addProfile', (argument) =>
      argument === undefined
        ? this.promptForProfile(vscode.l10n.t('Add Profile'), {})
        : this.add(argument),
    );
    const importFrom = async (file?: vscode.Uri): Promise<void> => {
      const chosen = await chooseCredentials(file);
      if (chosen) await this.promptForProfile(importTitle(), chosen.draft, chosen.found);
    };
    commands.add('smile.importCredentials', () => importFrom());
    commands.add('smile.explorer.importCredentials', (file) =>
      importFrom(file instanceof vscode.Uri ? file : undefined),
    );
    commands.addForPrograms('smile.switchProfile', (id) => this.switch(id));
    commands.addForPrograms('smile.editProfile', (id) => this.edit(id));
    commands.addForPrograms('smile.signOut', (id) => this.signOut(id));
  }

  /** Adds a profile for a program: without prompts, and with an error if something is wrong. */
  async add(argument: unknown): Promise<AddedProfile> {
    const parsed = NewProfileArgument.safeParse(argument);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new HumanError(
        `smile.addProfile needs { name, environment, partnerId, apiKey, url? }; ${field || 'the argument'} is missing or has the wrong type.`,
      );
    }
    // One after the other: two profiles with the same name must not both find it free.
    const saving = this.saving.catch(() => undefined).then(() => this.save(parsed.data));
    this.saving = saving;
    const profile = await saving;
    await this.profiles.setActive(profile);
    // A program cannot confirm a request to production in place of the user.
    if (profile.environment === 'production') {
      return { id: profile.id, name: profile.name, probe: 'skipped' };
    }
    const result = await this.check(profile, parsed.data.apiKey);
    return { id: profile.id, name: profile.name, probe: result.kind };
  }

  /**
   * Prompts for what a draft leaves out, adds the profile and shows whether Smile ID accepts it.
   * @param found a sentence about what the draft contains and from where, which each prompt shows
   */
  async promptForProfile(
    title: string,
    draft: ProfileDraft,
    found = '',
  ): Promise<AddedProfile | undefined> {
    const taken = (await this.profiles.list()).map(({ name }) => name);
    const known = { ...draft };
    let named = draft.name;
    const stating = <T extends { readonly prompt: string }>(field: T): T => ({
      ...field,
      prompt: `${found} ${field.prompt}`.trim(),
    });
    const prompts: Prompt[] = [
      {
        when: () => known.environment === undefined,
        show: async (step) => {
          const choices = environmentChoices();
          const active = choices.find(({ environment }) => environment === draft.environment);
          const { prompt } = stating({ prompt: vscode.l10n.t('Environment') });
          const input = await promptChoice({ title, ...step }, prompt, choices, active);
          if (input !== undefined && input !== BACK) draft.environment = input.environment;
          return input;
        },
      },
      {
        when: () => draft.environment === 'local' && known.url === undefined,
        show: async (step) => {
          const input = await promptText({ title, ...step }, stating(urlField(draft.url ?? '')));
          if (typeof input === 'string') draft.url = input.trim();
          return input;
        },
      },
      {
        when: () => known.partnerId === undefined,
        show: async (step) => {
          const input = await promptText(
            { title, ...step },
            stating(partnerIdField(draft.partnerId ?? '')),
          );
          if (typeof input === 'string') draft.partnerId = input.trim();
          return input;
        },
      },
      {
        when: () => known.apiKey === undefined,
        show: async (step) => {
          const { environment } = draft;
          const prompt =
            environment === undefined
              ? vscode.l10n.t("API key (stored in VS Code's secret storage)")
              : vscode.l10n.t(
                  "API key of {0} (stored in VS Code's secret storage)",
                  environmentLabel(environment),
                );
          const input = await promptText(
            { title, ...step },
            stating(apiKeyField(prompt, draft.apiKey)),
          );
          if (typeof input === 'string') draft.apiKey = input.trim();
          return input;
        },
      },
      {
        show: async (step) => {
          const name = named ?? proposedName(draft, taken);
          const input = await promptText({ title, ...step }, stating(nameField(name, taken)));
          if (typeof input === 'string') {
            draft.name = input.trim();
            // After a step back to other values, the name for them is proposed, not the previous one.
            named = draft.name === proposedName(draft, taken) ? undefined : draft.name;
          }
          return input;
        },
      },
    ];
    if (!(await runSteps(prompts))) return undefined;
    const { name, environment, partnerId, apiKey, url } = draft;
    if (
      name === undefined ||
      environment === undefined ||
      partnerId === undefined ||
      apiKey === undefined
    ) {
      return undefined;
    }
    const profile = await this.saveOrKeepForWindow({ name, environment, partnerId, apiKey, url });
    await this.profiles.setActive(profile);
    const result = await this.checkIfAllowed(profile, apiKey);
    // Not awaited: a message may be shown for long, and the caller goes on.
    void this.showCheck(profile, result).catch((error: unknown) => this.log.showError(error));
    return { id: profile.id, name: profile.name, probe: result.kind };
  }

  /**
   * Stores an API key that was found in a file, and prompts for what is not known of it.
   * @returns whether a profile has it now
   */
  async keep(found: FoundKey): Promise<boolean> {
    for (const profile of await this.profiles.list()) {
      // A profile without a key does not have this one.
      const kept = await this.profiles.credentials(profile).catch(() => null);
      if (kept?.apiKey !== found.apiKey) continue;
      void notify.info(vscode.l10n.t('The profile "{0}" has this API key.', profile.name));
      return true;
    }
    const title = vscode.l10n.t('Store API Key in Profile');
    const said = `${describeCredentials(found)}.`;
    return (await this.promptForProfile(title, draftOf(found), said)) !== undefined;
  }

  private async save(draft: NewProfile): Promise<Profile> {
    const { profile, apiKey } = await this.checked(draft);
    await this.profiles.save(profile, apiKey);
    return profile;
  }

  private async saveOrKeepForWindow(draft: NewProfile): Promise<Profile> {
    const { profile, apiKey } = await this.checked(draft);
    await this.orKeepForWindow(profile, apiKey, () => this.profiles.save(profile, apiKey));
    return profile;
  }

  private async checked(draft: NewProfile): Promise<{ profile: Profile; apiKey: string }> {
    const taken = (await this.profiles.list()).map(({ name }) => name);
    const checked = checkNewProfile(draft, taken);
    if (!checked.ok) throw new HumanError(checked.reason);
    const { name, environment, partnerId, apiKey, baseUrl } = checked.value;
    const url = environment === 'local' ? baseUrl : null;
    return { profile: { id: crypto.randomUUID(), name, environment, partnerId, url }, apiKey };
  }

  /** If the keyring or the disk refuses, the profile is kept for this window: what was typed must not be lost. */
  private async orKeepForWindow(
    profile: Profile,
    apiKey: string,
    store: () => Promise<void>,
  ): Promise<void> {
    try {
      await store();
    } catch (error) {
      if (!(error instanceof ProfileNotStored)) throw error;
      this.profiles.saveForWindow(profile, apiKey);
      // Not awaited: a message may be shown for long, and the caller goes on.
      void notify.warn(
        `${error.message} ${vscode.l10n.t('The profile "{0}" is kept in the memory of this window until the window closes.', profile.name)}`,
      );
    }
  }

  /** A request to production is confirmed first. */
  private async checkIfAllowed(profile: Profile, apiKey: string): Promise<CheckedKey> {
    return (await this.gate.allowKeyCheck(profile))
      ? await this.check(profile, apiKey)
      : { kind: 'skipped' };
  }

  private async check(
    profile: Profile,
    apiKey: string,
    environment: Environment = profile.environment,
  ): Promise<KeyCheckResult> {
    const url = baseUrlOf(environment, profile.url);
    if (!url.ok) return { kind: 'unclear', message: url.reason };
    return await notify.progress(
      {
        location: vscode.ProgressLocation.Notification, // the only place with a cancel button
        title: vscode.l10n.t(
          'Smile ID: checking the API key with {0}',
          environmentLabel(environment),
        ),
        cancellable: true,
      },
      (_report, token) =>
        withSignal(token, (signal) =>
          checkKey(this.api, { partnerId: profile.partnerId, apiKey, baseUrl: url.value }, signal),
        ),
    );
  }

  /** Shows what the probe found, as far as the response allows, and what can be done. */
  private async showCheck(profile: Profile, result: CheckedKey): Promise<void> {
    const label = environmentLabel(profile.environment);
    const added = this.profiles.isWindowOnly(profile)
      ? vscode.l10n.t('Profile "{0}" is kept for this window only.', profile.name)
      : vscode.l10n.t('Profile "{0}" is saved.', profile.name);
    const edit = vscode.l10n.t('Edit Profile');
    switch (result.kind) {
      case 'skipped':
      case 'cancelled':
        await notify.info(`${added} ${vscode.l10n.t('Its API key has not been checked.')}`);
        return;
      case 'accepted': {
        const look = vscode.l10n.t('Get Job Status');
        const accepted = vscode.l10n.t('Smile ID ({0}) accepts its API key.', label);
        const choice = await notify.info(`${added} ${accepted}`, look);
        if (choice === look) await vscode.commands.executeCommand('smile.getJobStatus');
        return;
      }
      case 'unauthorized': {
        const other = otherEnvironment(profile.environment);
        const tryOther = other && tryLabel(other);
        const { code, message } = result;
        const rejected = vscode.l10n.t(
          'But {0} rejected it ({1}).',
          label,
          code === null ? message : `${code}: ${message}`,
        );
        const reason =
          other === null
            ? vscode.l10n.t('Check the API key and the partner ID.')
            : vscode.l10n.t(
                'The API key belongs to {0} or was rotated, or the partner ID differs (leading zeros count).',
                environmentLabel(other),
              );
        const choice = await notify.warn(
          `${added} ${rejected} ${reason}`,
          ...(tryOther === null ? [] : [tryOther]),
          edit,
        );
        if (choice === edit) await this.edit(profile.id);
        if (other !== null && choice === tryOther) await this.tryOther(profile, other);
        return;
      }
      case 'production off':
        await notify.warn(
          `${added} ${vscode.l10n.t('But this account may not use production yet (2220: {0}). Finish going live in the portal, or use a sandbox profile.', result.message)}`,
        );
        return;
      case 'no network':
        await notify.warn(
          `${added} ${vscode.l10n.t('Its API key could not be checked: {0}', result.message)}`,
        );
        return;
      case 'not verified':
      case 'doubtful':
      case 'unclear': {
        const choice = await notify.warn(
          result.kind === 'not verified'
            ? `${added} ${vscode.l10n.t('Its API key is not verified.')} ${result.message}`
            : `${added} ${vscode.l10n.t('Its API key could not be verified: {0}', result.message)}`,
          edit,
        );
        if (choice === edit) await this.edit(profile.id);
      }
    }
  }

  /** Whether a refused key belongs to the other environment: only requested when the user chooses it. */
  private async tryOther(profile: Profile, other: 'sandbox' | 'production'): Promise<void> {
    const there: Profile = { ...profile, environment: other };
    if (!(await this.gate.allowKeyCheck(there))) return;
    const { apiKey } = await this.profiles.credentials(profile);
    const result = await this.check(profile, apiKey, other);
    if (result.kind !== 'accepted') {
      await notify.warn(
        result.kind === 'unauthorized'
          ? vscode.l10n.t(
              'This API key is also rejected by {0}. It may be rotated, or the partner ID differs.',
              environmentLabel(other),
            )
          : vscode.l10n.t(
              'Whether the API key belongs to {0} is not clear.',
              environmentLabel(other),
            ),
      );
      return;
    }
    const move =
      other === 'sandbox'
        ? vscode.l10n.t('Move Profile to Sandbox')
        : vscode.l10n.t('Move Profile to Production');
    const choice = await notify.info(
      vscode.l10n.t('This API key belongs to {0}.', environmentLabel(other)),
      move,
    );
    if (choice !== move) return;
    const taken = await this.otherNames(profile);
    await this.profiles.change(profile, renamed(profile, { environment: other }, taken));
  }

  private async otherNames(profile: Profile): Promise<readonly string[]> {
    const names = (await this.profiles.list()).map(({ name }) => name);
    return names.filter((name) => name !== profile.name);
  }

  async switch(argument: unknown): Promise<void> {
    const add = {
      icon: 'add',
      label: vscode.l10n.t('Add Profile…'),
      profile: 'add',
      alwaysShow: true,
    } as const;
    const profile = await this.choose(vscode.l10n.t('Switch Profile'), argument, [add]);
    if (profile === 'add') await vscode.commands.executeCommand('smile.addProfile');
    else if (profile) await this.profiles.setActive(profile);
  }

  async edit(argument: unknown): Promise<void> {
    const profile = await this.choose(vscode.l10n.t('Edit Profile'), argument);
    if (!profile) return;
    const title = vscode.l10n.t('Edit Profile: {0}', profile.name);
    const items = [
      {
        label: vscode.l10n.t('Replace API Key'),
        description: vscode.l10n.t('after it was rotated'),
        field: 'apiKey',
      },
      { label: vscode.l10n.t('Partner ID'), description: profile.partnerId, field: 'partnerId' },
      { label: vscode.l10n.t('Name'), description: profile.name, field: 'name' },
      ...(profile.environment === 'local'
        ? [{ label: vscode.l10n.t('Address'), description: profile.url ?? '', field: 'url' }]
        : []),
    ];
    const choice = await promptChoice(
      { title, step: 1, totalSteps: 2 },
      vscode.l10n.t('Select what to change'),
      items,
    );
    if (choice === undefined || choice === BACK) return;
    const step = { title, step: 2, totalSteps: 2 };
    const taken = await this.otherNames(profile);
    const fields = {
      apiKey: () => apiKeyField(vscode.l10n.t('New API key; the old one is replaced')),
      partnerId: () => partnerIdField(profile.partnerId),
      name: () => nameField(profile.name, taken),
      url: () => urlField(profile.url ?? ''),
    };
    const field = choice.field;
    if (!isField(field)) return;
    const input = await promptText(step, fields[field]());
    if (input === BACK) {
      await this.edit(profile.id);
      return;
    }
    if (input === undefined) return;
    const text = input.trim();
    if (field === 'apiKey') {
      await this.orKeepForWindow(profile, text, () => this.profiles.replaceKey(profile, text));
      await this.showCheck(profile, await this.checkIfAllowed(profile, text));
      return;
    }
    const url = checkLocalUrl(text);
    const entered = field === 'url' ? (url.ok ? { url: url.value } : {}) : { [field]: text };
    const changes = renamed(profile, entered, taken);
    const changed: Profile = { ...profile, ...changes };
    const { apiKey } = await this.profiles.credentials(profile);
    await this.orKeepForWindow(changed, apiKey, () => this.profiles.change(profile, changes));
    if (field !== 'name') {
      await this.showCheck(changed, await this.checkIfAllowed(changed, apiKey));
    }
  }

  async signOut(argument: unknown): Promise<void> {
    const lost = argument === undefined ? await this.keysWithoutProfile() : [];
    const profile = await this.choose(
      vscode.l10n.t('Remove Profile'),
      argument,
      lost.length === 0 ? [] : [lostKeys(lost)],
    );
    if (profile === LOST_KEYS) await this.removeLostKeys(lost);
    if (!profile || profile === LOST_KEYS) return;
    const sure = await notify.confirm(
      vscode.l10n.t('Remove the profile "{0}"?', profile.name),
      vscode.l10n.t(
        'Its API key is deleted from the keyring and its recent jobs are removed. Nothing changes at Smile ID.',
      ),
      vscode.l10n.t('Remove Profile'),
    );
    if (!sure) return;
    await this.profiles.remove(profile); // the key first: what fails after it matters less
    this.watches.stopProfile(profile.id);
    await this.recent.clear(profile.id);
  }

  /** Empty if they cannot be listed: the profiles are still shown. */
  private async keysWithoutProfile(): Promise<readonly string[]> {
    try {
      return await this.profiles.keysWithoutProfile();
    } catch (error) {
      this.log.error(error);
      return [];
    }
  }

  private async removeLostKeys(ids: readonly string[]): Promise<void> {
    const sure = await notify.confirm(
      ids.length === 1
        ? vscode.l10n.t('Delete 1 API key without a profile?')
        : vscode.l10n.t('Delete {0} API keys without a profile?', ids.length),
      vscode.l10n.t(
        'The profile was damaged or removed, so the key cannot be used. It is deleted from the keyring. Nothing changes at Smile ID.',
      ),
      vscode.l10n.t('Delete'),
    );
    if (sure) await this.profiles.removeKeys(ids);
  }

  /** @param argument the ID or name of a profile; for anything else, the user chooses one */
  private choose(title: string, argument: unknown): Promise<Profile | undefined>;
  private choose<T>(
    title: string,
    argument: unknown,
    extra: readonly ProfileChoice<T>[],
  ): Promise<Profile | T | undefined>;
  private async choose<T>(
    title: string,
    argument: unknown,
    extra: readonly ProfileChoice<T>[] = [],
  ): Promise<Profile | T | undefined> {
    if (typeof argument === 'string') {
      const profile = await this.profiles.find(argument);
      if (!profile) throw new HumanError(vscode.l10n.t('There is no profile "{0}".', argument));
      return profile;
    }
    const profiles = await this.profiles.list();
    if (profiles.length === 0 && extra.length === 0) {
      const add = vscode.l10n.t('Add Profile');
      const choice = await notify.info(vscode.l10n.t('There is no profile yet.'), add);
      if (choice === add) await vscode.commands.executeCommand('smile.addProfile');
      return undefined;
    }
    return await this.pick(title, profiles, extra);
  }

  /** The user chooses one of these profiles. Undefined if they left. */
  pick(title: string, profiles: readonly Profile[]): Promise<Profile | undefined>;
  pick<T>(
    title: string,
    profiles: readonly Profile[],
    extra: readonly ProfileChoice<T>[],
  ): Promise<Profile | T | undefined>;
  async pick<T>(
    title: string,
    profiles: readonly Profile[],
    extra: readonly ProfileChoice<T>[] = [],
  ): Promise<Profile | T | undefined> {
    const active = await this.profiles.active();
    const items = profiles.map((profile) => ({
      ...profileItem(profile, this.profiles.isWindowOnly(profile)),
      profile,
    }));
    const input = await promptChoice<ProfileChoice<Profile | T>>(
      { title, step: 1, totalSteps: 1 },
      active
        ? vscode.l10n.t('The active profile is "{0}"', active.name)
        : vscode.l10n.t('Select a profile'),
      [...items, ...extra],
      items.find(({ profile }) => profile.id === active?.id),
    );
    return input === undefined || input === BACK ? undefined : input.profile;
  }
}

/** "Sandbox 0085", or with a number if that is taken. Empty if it would be too long. */
function proposedName(
  { environment = 'sandbox', partnerId = '' }: Pick<ProfileDraft, 'environment' | 'partnerId'>,
  taken: readonly string[],
): string {
  const name = `${environmentTitle(environment)} ${partnerId}`.trim();
  const names = [name, ...taken.map((_, index) => `${name} (${index + 2})`)];
  return names.find((each) => checkProfileName(each, taken) === null) ?? '';
}

/** Changes of a profile; a name that only says its environment and partner ID follows them. */
const renamed = (
  profile: Profile,
  changes: Partial<Omit<Profile, 'id'>>,
  taken: readonly string[],
): Partial<Omit<Profile, 'id'>> =>
  profile.name === proposedName(profile, [])
    ? { name: proposedName({ ...profile, ...changes }, taken), ...changes }
    : changes;

const nameField = (value: string, taken: readonly string[]): TextField => ({
  prompt: vscode.l10n.t('Name of the profile, as you want to see it'),
  value,
  check: (text) => checkProfileName(text, taken),
  whileTyping: true,
});

const partnerIdField = (value: string): TextField => ({
  prompt: vscode.l10n.t(
    'Partner ID, exactly as the portal shows it (leading zeros count; API v3 gets it without them)',
  ),
  placeholder: '085',
  value,
  check: (text) => checkPartnerId(text.trim()),
  whileTyping: true,
});

const apiKeyField = (prompt: string, value = ''): TextField => ({
  prompt,
  value,
  password: true,
  check: (text) => checkApiKey(text.trim()),
  whileTyping: true,
});

const urlField = (value: string): TextField => ({
  prompt: vscode.l10n.t('Address on this machine'),
  placeholder: 'http://127.0.0.1:8080/v1',
  value,
  check: (text) => {
    const checked = checkLocalUrl(text);
    return checked.ok ? null : checked.reason;
  },
});

const isField = (text: string): text is 'apiKey' | 'partnerId' | 'name' | 'url' =>
  ['apiKey', 'partnerId', 'name', 'url'].includes(text);

type EnvironmentChoice = vscode.QuickPickItem & { readonly environment: Environment };

function environmentChoices(): readonly EnvironmentChoice[] {
  const choice = (environment: Environment, description: string) => ({
    environment,
    label: environmentTitle(environment),
    description,
    iconPath: new vscode.ThemeIcon(ENVIRONMENT_ICONS[environment]),
  });
  return [
    choice('sandbox', 'testapi.smileidentity.com'),
    choice('production', 'api.smileidentity.com'),
    choice('local', vscode.l10n.t('a simulator on this machine')),
  ];
}

/** A row in a list of profiles, which may also be something else. */
type ProfileChoice<T> = Choice & { readonly profile: T };

const LOST_KEYS = 'lost keys';

const lostKeys = (ids: readonly string[]): ProfileChoice<typeof LOST_KEYS> => ({
  icon: 'key',
  label:
    ids.length === 1
      ? vscode.l10n.t('1 API key without a profile')
      : vscode.l10n.t('{0} API keys without a profile', ids.length),
  description: vscode.l10n.t('the profile was damaged or removed'),
  profile: LOST_KEYS,
});

/** How a profile looks in a list. */
function profileItem(profile: Profile, windowOnly: boolean): vscode.QuickPickItem {
  const environment = environmentLabel(profile.environment);
  return {
    label: profile.name,
    description: [
      ...(profileLabel(profile, environment).length > 1 ? [environment] : []),
      vscode.l10n.t('partner {0}', profile.partnerId),
      ...(windowOnly ? [vscode.l10n.t('this window only')] : []),
    ].join(' · '),
    iconPath: new vscode.ThemeIcon(ENVIRONMENT_ICONS[profile.environment]),
  };
}

const tryLabel = (environment: 'sandbox' | 'production'): string =>
  environment === 'sandbox' ? vscode.l10n.t('Try Sandbox') : vscode.l10n.t('Try Production');
