import * as vscode from 'vscode';
import { whyNotStored } from '../../core/recordStore';
import { KNOWN_PROFILES } from '../credentials/profileMemory';
import { profileIdOf, secretOf } from '../credentials/secretNames';
import type { Log } from '../log';
import * as notify from '../notify';
import { HOST_ID_FILE, type HostStorage } from './hostStorage';
import { STORES, type StoreDescription } from './stores';

/** One of the extension's folders. Implemented by src/node/storageFolder.ts. */
export interface StorageFolder {
  /**
   * Paths below the folder, with `/`, of everything but folders.
   * @throws when the disk refuses
   */
  files(): Promise<readonly string[]>;
  /** @throws when the disk refuses */
  remove(path: string): Promise<void>;
}

export interface DataParts {
  /** All that VS Code gives the extension to keep things in. */
  readonly folders: readonly StorageFolder[];
  readonly secrets: HostStorage['secrets'];
  readonly mementos: readonly vscode.Memento[];
  /** How many webhooks are in the memory of this window. */
  readonly received: () => number;
  /** Ends what would store something again, and forgets what is in the memory of this window. */
  readonly stop: () => Promise<void>;
  /** Ends when what was known of the profiles up to now is noted. */
  readonly settled: () => Promise<void>;
  readonly log: Pick<Log, 'error'>;
}

type Kind = Pick<StoreDescription<unknown>, 'counted'>;

const KEYS: Kind = {
  counted: (count) =>
    count === 1 ? vscode.l10n.t('1 API key') : vscode.l10n.t('{0} API keys', count),
};
const CHOICES: Kind = {
  counted: (count) =>
    count === 1
      ? vscode.l10n.t('1 remembered choice')
      : vscode.l10n.t('{0} remembered choices', count),
};
const OTHERS: Kind = {
  counted: (count) =>
    count === 1 ? vscode.l10n.t('1 other file') : vscode.l10n.t('{0} other files', count),
};
const KINDS: readonly Kind[] = [...Object.values(STORES), KEYS, CHOICES, OTHERS];

/** One thing that is kept, and how it is removed. */
interface Kept {
  /** Null for data that only repeats other data. */
  readonly kind: Kind | null;
  /** Of a profile or its key. */
  readonly profileId: string | null;
  readonly remove: () => PromiseLike<void>;
}

interface Found {
  readonly kept: readonly Kept[];
  /** Sentences about what could not be read. */
  readonly problems: readonly string[];
}

/**
 * **Smile ID: Delete All Data…** It takes all that VS Code keeps for the extension, not a list from each feature, so
 * that nothing can be forgotten.
 */
export async function deleteAllData(parts: DataParts): Promise<void> {
  const { kept } = await findAll(parts);
  const list = listOf(kept, parts.received());
  const stored =
    list === ''
      ? vscode.l10n.t('Nothing is stored.')
      : vscode.l10n.t('This deletes from this machine: {0}.', list);
  const others = await keysOfOtherHosts(parts);
  const effects = vscode.l10n.t(
    'Job panels are closed, and watches and the webhook receiver stop. Nothing changes at Smile ID. This cannot be undone.',
  );
  const sure = await notify.confirm(
    vscode.l10n.t('Delete all data of this extension?'),
    [stored, ...others, effects].join(' '),
    vscode.l10n.t('Delete All Data'),
  );
  if (!sure) return;
  const received = parts.received();
  await parts.stop();
  // Searched again: work that ran until now may have stored something since.
  const first = await removeAll(await findAll(parts), parts.log);
  // And again: a list of profiles that was read before they went may be noted only now.
  await parts.settled();
  const { removed: late, left, problems } = await removeAll(await findAll(parts), parts.log);
  const deleted = listOf([...first.removed, ...late], received);
  const notDeleted = listOf(left);
  const said = [
    deleted === ''
      ? vscode.l10n.t('There was nothing to delete.')
      : vscode.l10n.t('Deleted: {0}.', deleted),
    ...(notDeleted === '' ? [] : [vscode.l10n.t('Could not be deleted: {0}.', notDeleted)]),
    ...problems,
  ].join(' ');
  void (left.length + problems.length === 0 ? notify.info(said) : notify.warn(said));
}

/** What stays in the keyring since it belongs to other machines, in words. */
async function keysOfOtherHosts({ secrets }: DataParts): Promise<readonly string[]> {
  const count = await secrets.countOfOthers().catch(() => 0); // the search says that the keyring cannot be read
  if (count === 0) return [];
  return [
    count === 1
      ? vscode.l10n.t('1 API key of another machine stays: delete it in a window of that machine.')
      : vscode.l10n.t(
          '{0} API keys of other machines stay: delete them in windows of those machines.',
          count,
        ),
  ];
}

/** Keys first: if the key of a profile stays, the profile stays, too, so that the key has a name. */
async function removeAll(
  { kept, problems }: Found,
  log: DataParts['log'],
): Promise<{ removed: Kept[]; left: Kept[]; problems: readonly string[] }> {
  const removed: Kept[] = [];
  const left: Kept[] = [];
  const reasons = new Set(problems);
  for (const each of kept) {
    if (each.profileId !== null && left.some(({ profileId }) => profileId === each.profileId)) {
      left.push(each);
      continue;
    }
    try {
      await each.remove();
      removed.push(each);
    } catch (error) {
      log.error(error);
      left.push(each);
      reasons.add(each.kind === KEYS ? vscode.l10n.t('The keyring refused.') : whyNotStored(error));
    }
  }
  return { removed, left, problems: [...reasons] };
}

async function findAll({ folders, secrets, mementos, log }: DataParts): Promise<Found> {
  const problems: string[] = [];
  const files: Kept[] = [];
  for (const folder of folders) {
    try {
      for (const path of await folder.files()) {
        files.push({ ...kindOf(path), remove: () => folder.remove(path) });
      }
    } catch (error) {
      log.error(error);
      problems.push(`${vscode.l10n.t('A folder could not be read.')} ${whyNotStored(error)}`);
    }
  }
  let keys: readonly string[];
  try {
    keys = await secrets.keys();
  } catch (error) {
    log.error(error);
    problems.push(vscode.l10n.t('The keyring did not list its API keys.'));
    keys = files.flatMap(({ profileId }) => (profileId === null ? [] : [secretOf(profileId)]));
  }
  return {
    kept: [
      ...keys.map((key) => ({
        kind: KEYS,
        profileId: profileIdOf(key),
        remove: () => secrets.delete(key),
      })),
      ...mementos.flatMap((memento) =>
        memento.keys().map((key) => ({
          kind: key === KNOWN_PROFILES ? null : CHOICES,
          profileId: null,
          remove: () => memento.update(key, undefined),
        })),
      ),
      ...files, // with the ID of the host, by which the keys and the choices are found
    ],
    problems,
  };
}

/** Drafts, and files that were set aside, are not records. */
function kindOf(path: string): Pick<Kept, 'kind' | 'profileId'> {
  const [, folder = '', key = null] = /^(.*)\/([^/]+)\.json$/.exec(path) ?? [];
  if (path === HOST_ID_FILE) return { kind: null, profileId: null };
  const kind = Object.values(STORES).find((store) => store.path.join('/') === folder) ?? OTHERS;
  return { kind, profileId: kind === STORES.profiles ? key : null };
}

/** "2 profiles, 2 API keys, 1 other file". @param received webhooks in memory */
function listOf(kept: readonly Kept[], received = 0): string {
  const counts = KINDS.flatMap((kind) => {
    const count = kept.filter((each) => each.kind === kind).length;
    return count === 0 || kind.counted === null ? [] : [kind.counted(count)];
  });
  const webhooks =
    received === 1
      ? vscode.l10n.t('1 received webhook')
      : vscode.l10n.t('{0} received webhooks', received);
  return [...counts, ...(received === 0 ? [] : [webhooks])].join(', ');
}
