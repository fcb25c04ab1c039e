import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { LONGEST_IMPORT, type FoundCredentials } from '../../core/credentials/findCredentials';
import type { ProfileDraft } from '../../core/smile/profile';
import { compareSettingsFiles, isExample } from '../../core/credentials/settingsFileNames';
import { environmentLabel } from '../environmentLabel';
import { promptChoice, BACK, type Choice } from '../quickInput';
import { readCredentials } from './readCredentials';

export const importTitle = (): string => vscode.l10n.t('Import Credentials');
const SETTINGS_FILES = '**/{.env*,*.env}';
const NOT_OURS = '**/{node_modules,vendor,.venv,venv}/**';
const MOST_FILES = 500;

/** What is to be imported. */
export interface ChosenCredentials {
  readonly draft: ProfileDraft;
  /** Says what was found and where, without the key itself. */
  readonly found: string;
}

/** A text and where it is from. */
interface Settings {
  readonly uri: vscode.Uri;
  readonly text: string;
  /** The line of the file, from 0, on which the text begins. */
  readonly firstLine?: number;
}

/**
 * Credentials from the selection, the file in the editor, or a settings file that is chosen.
 * @param file which is read in place of all these
 */
export async function chooseCredentials(file?: vscode.Uri): Promise<ChosenCredentials | undefined> {
  const editor = file ? undefined : vscode.window.activeTextEditor;
  const inEditor = editor && (await credentialsIn(editor));
  if (inEditor && inEditor.found.length > 0) return await chooseOne(inEditor.found, inEditor);
  const settings = file ? await read(file) : await chooseFile(editor?.document.uri);
  if (!settings) return undefined;
  const found = await readCredentials(settings.text, settings.uri.path);
  if (found.length > 0) return await chooseOne(found, settings);
  const name = nameOf(settings.uri);
  throw new HumanError(
    isExample(name)
      ? vscode.l10n.t(
          '{0} has only placeholders, as examples do. Choose the file with the real values.',
          name,
        )
      : vscode.l10n.t(
          '{0} has no partner ID and no API key of Smile ID. Comments, placeholders and the keys of other services do not count.',
          name,
        ),
  );
}

/** API keys in the selection, or in the whole file if the selection has none. */
async function credentialsIn({
  document,
  selection,
}: vscode.TextEditor): Promise<Settings & { readonly found: readonly FoundCredentials[] }> {
  const { uri } = document;
  const whole = document.getText();
  const isTooLong = whole.length > LONGEST_IMPORT;
  const text = isTooLong ? document.getText(selection).slice(0, LONGEST_IMPORT) : whole;
  const [from, to] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const keys = (await readCredentials(text, uri.path)).filter(({ apiKey }) => apiKey !== null);
  const selected = keys.filter(({ start }) => start >= from && start < to);
  const firstLine = isTooLong ? selection.start.line : 0;
  return { uri, text, firstLine, found: selected.length > 0 && !isTooLong ? selected : keys };
}

async function chooseOne(
  found: readonly FoundCredentials[],
  { uri, text, firstLine = 0 }: Settings,
): Promise<ChosenCredentials | undefined> {
  const name = nameOf(uri);
  const items = found.map((credentials) => ({
    label: describeCredentials(credentials),
    description: vscode.l10n.t(
      'line {0}',
      firstLine + text.slice(0, credentials.start).split('\n').length,
    ),
    credentials,
  }));
  const chosen =
    items.length === 1
      ? items[0]
      : await promptChoice(
          { title: importTitle(), step: 1, totalSteps: 1 },
          vscode.l10n.t('{0} has several. Select one to import', name),
          items,
        );
  if (chosen === undefined || chosen === BACK) return undefined;
  return { draft: draftOf(chosen.credentials), found: `${name}: ${chosen.label}.` };
}

/** What is known of a profile that has these credentials. */
export const draftOf = (found: Omit<FoundCredentials, 'start'>): ProfileDraft => ({
  ...(found.environment === null ? {} : { environment: found.environment }),
  ...(found.partnerId === null ? {} : { partnerId: found.partnerId }),
  ...(found.apiKey === null ? {} : { apiKey: found.apiKey }),
  ...(found.url === null ? {} : { url: found.url }),
});

/** "sandbox · partner 0085 · API key found" */
export const describeCredentials = ({
  environment,
  partnerId,
  apiKey,
}: Omit<FoundCredentials, 'start'>): string =>
  [
    environment === null ? vscode.l10n.t('environment unknown') : environmentLabel(environment),
    partnerId === null ? vscode.l10n.t('no partner ID') : vscode.l10n.t('partner {0}', partnerId),
    apiKey === null ? vscode.l10n.t('no API key') : vscode.l10n.t('API key found'),
  ].join(' · ');

type FileItem = Choice & { readonly uri: vscode.Uri | null };

async function chooseFile(open: vscode.Uri | undefined): Promise<Settings | undefined> {
  const search = new vscode.CancellationTokenSource();
  const choice = await promptChoice(
    { title: importTitle(), step: 1, totalSteps: 1 },
    open
      ? vscode.l10n.t(
          'No credentials in {0}. Select the file with partner ID and API key',
          nameOf(open),
        )
      : vscode.l10n.t('Select the file with partner ID and API key'),
    fileItems(open, search.token),
  ).finally(() => {
    search.cancel();
    search.dispose();
  });
  if (choice === undefined || choice === BACK) return undefined;
  const uri = choice.uri ?? (await vscode.window.showOpenDialog({ title: importTitle() }))?.[0];
  return uri && (await read(uri));
}

async function fileItems(
  open: vscode.Uri | undefined,
  token: vscode.CancellationToken,
): Promise<readonly FileItem[]> {
  const found = await vscode.workspace.findFiles(SETTINGS_FILES, NOT_OURS, MOST_FILES, token);
  const items = found
    .map((uri) => ({
      label: nameOf(uri),
      description: String(uri) === String(open) ? vscode.l10n.t('open') : '',
      uri,
    }))
    .sort((a, b) => compareSettingsFiles(a.label, b.label));
  const examples = items.filter(({ label }) => isExample(label));
  const separator = (label: string): FileItem => {
    return { label, kind: vscode.QuickPickItemKind.Separator, uri: null };
  };
  return [
    ...items.filter(({ label }) => !isExample(label)),
    ...(examples.length > 0 ? [separator(vscode.l10n.t('examples')), ...examples] : []),
    separator(''),
    {
      icon: 'folder-opened',
      label: vscode.l10n.t('Choose Another File…'),
      uri: null,
      alwaysShow: true,
    },
  ];
}

/** What an editor would show: with unsaved changes, otherwise in the encoding of the file. */
async function read(uri: vscode.Uri): Promise<Settings> {
  const open = vscode.workspace.textDocuments.find((one) => String(one.uri) === String(uri));
  const tooLarge = new HumanError(
    vscode.l10n.t(
      '{0} is too large to search for credentials. Open it and select the lines that have them.',
      nameOf(uri),
    ),
  );
  if (open) {
    if (open.getText().length > LONGEST_IMPORT) throw tooLarge;
    return { uri, text: open.getText() };
  }
  const { fs } = vscode.workspace;
  const { type, size } = await fs.stat(uri);
  if ((type & vscode.FileType.File) === 0)
    throw new HumanError(vscode.l10n.t('{0} is not a file.', nameOf(uri)));
  if (size > LONGEST_IMPORT) throw tooLarge;
  return { uri, text: await vscode.workspace.decode(await fs.readFile(uri), { uri }) };
}

const nameOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);
