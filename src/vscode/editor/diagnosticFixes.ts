import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { Finding, Fix } from '../../core/lint/finding';
import { LONGEST_IMPORT } from '../../core/credentials/findCredentials';
import type { FoundKey } from '../credentials/profileCommands';
import { readCredentials } from '../credentials/readCredentials';
import { fixApplied } from '../walkthroughSteps';
import { settingOfRule } from './diagnosticSettings';

/** What the rules find in a document as it is now; nothing if that is canceled. */
export type FindingsIn = (
  document: vscode.TextDocument,
  token?: vscode.CancellationToken,
) => Promise<readonly Finding[]>;

/** Fixes for some of our problems, and a link to the setting of their severity. */
export async function fixesFor(
  document: vscode.TextDocument,
  problems: readonly vscode.Diagnostic[],
  findingsIn: FindingsIn,
  token: vscode.CancellationToken,
): Promise<vscode.CodeAction[]> {
  const findings = await findingsIn(document, token);
  return problems.flatMap((problem) => {
    const start = document.offsetAt(problem.range.start);
    const finding = findings.find((one) => one.start === start && isOfRule(problem, one.rule));
    return finding === undefined ? [] : actionsFor(document, problem, finding);
  });
}

/**
 * Moves an API key from a file into a profile. The key is read from the file here: it is never part of a
 * command.
 *
 * @param uri of the file, as text
 * @param offset where the key begins
 * @param keep stores the key as a profile, and prompts for the rest; false if the user left
 */
export async function moveKeyToProfile(
  uri: unknown,
  offset: unknown,
  findingsIn: FindingsIn,
  keep: (key: FoundKey) => Promise<boolean>,
): Promise<void> {
  if (typeof uri !== 'string' || typeof offset !== 'number') {
    throw new HumanError('smile.moveKeyToProfile needs the URI of a file and the offset of a key.');
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  const keyAt = async (): Promise<Finding | undefined> =>
    (await findingsIn(document)).find(
      ({ rule, start }) => rule === 'api-key-in-source' && start === offset,
    );
  const found = await keyAt();
  if (!found) throw new HumanError(vscode.l10n.t('There is no API key here any more.'));
  const text = document.getText();
  const apiKey = text.slice(found.start, found.end);
  const said = await saidOfKey(apiKey, text, document.uri.path);
  if (!(await keep({ apiKey, ...said }))) return;
  // The file may have changed while the prompts were open.
  const now = await keyAt();
  const [fix] = now?.fixes ?? [];
  if (!now || !fix || document.getText().slice(now.start, now.end) !== apiKey) {
    throw new HumanError(
      vscode.l10n.t('The API key is saved, but the file has changed: remove the key from it.'),
    );
  }
  if (!(await vscode.workspace.applyEdit(editOf(document, fix)))) {
    throw new HumanError(vscode.l10n.t('The API key is saved, but the file could not be changed.'));
  }
  fixApplied();
}

/** What a file says about a key, where it says one thing only; of partner IDs, the only one that it has. */
async function saidOfKey(
  key: string,
  text: string,
  path: string,
): Promise<Omit<FoundKey, 'apiKey'>> {
  const found = text.length > LONGEST_IMPORT ? [] : await readCredentials(text, path);
  const own = found.filter(({ apiKey }) => apiKey === key);
  return {
    partnerId: onlyOne((own.length > 0 ? own : found).map(({ partnerId }) => partnerId)),
    environment: onlyOne(own.map(({ environment }) => environment)),
    url: onlyOne(own.map(({ url }) => url)),
  };
}

function onlyOne<T>(values: readonly (T | null)[]): T | null {
  const [only = null, ...others] = new Set(values.filter((value) => value !== null));
  return others.length === 0 ? only : null;
}

function isOfRule({ code }: vscode.Diagnostic, rule: string): boolean {
  return typeof code === 'object' && code.value === rule;
}

function actionsFor(
  document: vscode.TextDocument,
  problem: vscode.Diagnostic,
  { rule, start, fixes }: Finding,
): vscode.CodeAction[] {
  const actions = fixes.map((fix, index) => {
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [problem];
    action.isPreferred = index === 0;
    if (fix.command === undefined) {
      action.edit = editOf(document, fix);
      action.command = { title: fix.title, command: '_smile.fixApplied' };
    } else {
      // It edits the file only after the key is stored: a lost key cannot be recovered.
      action.command = {
        title: fix.title,
        command: 'smile.moveKeyToProfile',
        arguments: [document.uri.toString(), start],
      };
    }
    return action;
  });
  const configure = new vscode.CodeAction(
    vscode.l10n.t("Configure severity of '{0}'", rule),
    vscode.CodeActionKind.QuickFix,
  );
  configure.diagnostics = [problem];
  configure.command = {
    title: configure.title,
    command: 'workbench.action.openSettings',
    arguments: [`@id:${settingOfRule(rule)}`],
  };
  return [...actions, configure];
}

function editOf(document: vscode.TextDocument, { edits }: Fix): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of edits) {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    edit.replace(document.uri, range, text);
  }
  return edit;
}
