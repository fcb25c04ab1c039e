import * as vscode from 'vscode';
import type { Finding, Fix } from '../../core/lint/finding';
import { findCredentials } from '../../core/smile/credentialsImport';
import { HumanError } from '../../core/humanError';
import type { Log } from '../log';
import { DIAGNOSTIC_SOURCE, LINTED, type Diagnostics } from './diagnostics';
import { settingOfRule } from './diagnosticSettings';

/** Keeps an API key as a profile, after asking for the rest; false where the person left. */
export type KeepApiKey = (key: {
  readonly apiKey: string;
  readonly partnerId?: string;
}) => Promise<boolean>;

/** The lightbulb of our problems: what mends them, and where their severity is set. */
export class DiagnosticFixes implements vscode.CodeActionProvider {
  constructor(
    private readonly diagnostics: Diagnostics,
    private readonly keepApiKey: KeepApiKey,
    private readonly log: Log,
  ) {}

  register(): vscode.Disposable {
    return vscode.Disposable.from(
      vscode.languages.registerCodeActionsProvider(LINTED, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
      this.log.command('smile.moveKeyToProfile', (uri?: unknown, offset?: unknown) =>
        this.moveKey(uri, offset),
      ),
    );
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const ours = diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
    if (ours.length === 0) return [];
    const findings = await this.diagnostics.findingsIn(document);
    return ours.flatMap((problem) => {
      const start = document.offsetAt(problem.range.start);
      const finding = findings.find((one) => one.start === start && isOfRule(problem, one.rule));
      return finding === undefined ? [] : actionsFor(document, problem, finding);
    });
  }

  /** The key is read from the file here: it is never part of a command. */
  private async moveKey(uri: unknown, offset: unknown): Promise<void> {
    if (typeof uri !== 'string' || typeof offset !== 'number') {
      throw new HumanError(
        'smile.moveKeyToProfile needs the URI of a file and the offset of a key.',
      );
    }
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    const finding = await this.keyAt(document, offset);
    if (!finding) throw new HumanError('There is no API key here any more.');
    const text = document.getText();
    const apiKey = text.slice(finding.start, finding.end);
    const { partnerId } = findCredentials(text);
    if (!(await this.keepApiKey({ apiKey, ...(partnerId !== null && { partnerId }) }))) return;
    // The file may have changed while the person was asked.
    const now = await this.keyAt(document, offset);
    const [fix] = now?.fixes ?? [];
    if (
      now === undefined ||
      fix === undefined ||
      document.getText().slice(now.start, now.end) !== apiKey
    ) {
      throw new HumanError(
        'The API key is kept, but the file has changed: take the key out of it.',
      );
    }
    if (!(await vscode.workspace.applyEdit(editOf(document, fix)))) {
      throw new HumanError('The API key is kept, but the file could not be changed.');
    }
  }

  private async keyAt(document: vscode.TextDocument, offset: number): Promise<Finding | undefined> {
    const findings = await this.diagnostics.findingsIn(document);
    return findings.find(({ rule, start }) => rule === 'api-key-in-source' && start === offset);
  }
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
    } else {
      // It edits the file only after the key is kept: a key that is lost cannot be had back.
      action.command = {
        title: fix.title,
        command: 'smile.moveKeyToProfile',
        arguments: [document.uri.toString(), start],
      };
    }
    return action;
  });
  const configure = new vscode.CodeAction(
    vscode.l10n.t('Configure the severity of {0}', rule),
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
