import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { redactSteps } from '../../core/redact';
import { jsonTextSteps } from '../../core/jsonText';
import { withoutMarks } from '../../core/harmlessText';
import { inSlices } from '../../core/slicedWork';
import type { Commands } from '../commands';
import * as notify from '../notify';
import type { ShownDocument } from './shownDocument';

export const JOB_SCHEME = 'smile-job';

/**
 * What a document shows, as its authority: a response, redacted or not, one of two that are compared, or a
 * text that is not JSON.
 */
type DocumentKind = 'redacted' | 'personal' | 'before' | 'after' | 'text';

/** Valid JSON, since VS Code checks what a JSON editor shows. */
const gone = (): string =>
  `${JSON.stringify(
    vscode.l10n.t(
      'This text is no longer in memory, and is never written to disk. Close this editor, and open it again from the job or by its command.',
    ),
  )}\n`;

/**
 * Responses as read-only documents. They live in memory only, and only while their panel is open; redacted
 * unless the user chose to show the personal data.
 */
export class JobDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  /** By panel, then by part. */
  private readonly shown = new Map<string, Map<string, ShownDocument>>();
  /** Two redacted texts that a panel compares. */
  private readonly compared = new Map<string, { before: string; after: string }>();

  dispose(): void {
    this.changed.dispose();
    this.shown.clear();
    this.compared.clear();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    if (uri.authority === 'before' || uri.authority === 'after') {
      return this.compared.get(uri.query)?.[uri.authority] ?? gone();
    }
    const document = this.find(uri);
    if (document === undefined) return gone();
    const { content, redacted } = document;
    if (typeof content === 'string') return textFor(uri, content, redacted);
    const shown = isPersonal(uri) ? content : await inSlices(redactSteps(content));
    const text = await inSlices(jsonTextSteps(shown));
    // Meanwhile another response may have come. VS Code ignores changes of a document that is not open yet.
    if (this.find(uri)?.content !== content) return await this.provideTextDocumentContent(uri);
    return text;
  }

  /** Commands of the documents' own title bar. */
  addCommands(commands: Commands): void {
    commands.add('smile.showPersonalData', async () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      if (uri?.scheme !== JOB_SCHEME || uri.authority !== 'redacted') return;
      const document = this.find(uri);
      const sure = await notify.confirm(
        vscode.l10n.t('Show the unredacted response?'),
        vscode.l10n.t('It contains personal data. It is kept in memory until you close the job.'),
        vscode.l10n.t('Show Personal Data'),
      );
      if (!sure) return;
      if (this.find(uri) === document) await this.openPersonal(uri);
      else
        throw new HumanError(
          vscode.l10n.t('Another response came meanwhile. Show its personal data again.'),
        );
    });
  }

  private find(uri: vscode.Uri): ShownDocument | undefined {
    const [panel = '', part = ''] = uri.query.split('/');
    return this.shown.get(panel)?.get(part);
  }

  /** A new job of a panel: an editor with the JSON of the old one shows the new one. All other parts are dropped. */
  renew(panel: string, document: ShownDocument | null): void {
    const open = this.shown.get(panel);
    for (const [part, before] of [...(open ?? [])]) {
      if (part.startsWith('entry')) continue;
      if (part === 'job' && document?.part === 'job') open?.set(part, document);
      else open?.delete(part);
      this.fireChange(panel, before);
    }
  }

  /** Entries of the history of an old response. */
  dropEntries(panel: string): void {
    const open = this.shown.get(panel);
    for (const [part, before] of [...(open ?? [])]) {
      if (!part.startsWith('entry')) continue;
      open?.delete(part);
      this.fireChange(panel, before);
    }
  }

  drop(panel: string): void {
    if (this.compared.delete(panel)) {
      for (const side of ['before', 'after'] as const) {
        this.changed.fire(comparedUri(panel, side));
      }
    }
    this.dropEntries(panel);
    this.renew(panel, null);
    this.shown.delete(panel);
  }

  /** @param panel a random name of the panel that the document belongs to */
  async open(panel: string, document: ShownDocument): Promise<void> {
    const { part, content, redacted } = document;
    const open = this.shown.get(panel) ?? new Map<string, ShownDocument>();
    this.shown.set(panel, open);
    open.set(part, document);
    this.fireChange(panel, document);
    const kind = typeof content === 'string' && redacted === undefined ? 'text' : 'redacted';
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(uriOf(panel, document, kind)),
      { viewColumn: besideOthers(), preview: false },
    );
  }

  /** Two responses in VS Code's own diff editor, redacted. */
  async openDiff(
    panel: string,
    jobId: string,
    titles: { readonly before: string; readonly after: string },
    texts: { readonly before: string; readonly after: string },
  ): Promise<void> {
    this.compared.set(panel, texts);
    const [before, after] = (['before', 'after'] as const).map((side) => {
      const uri = comparedUri(panel, side);
      this.changed.fire(uri);
      return uri;
    });
    await vscode.commands.executeCommand(
      'vscode.diff',
      before,
      after,
      withoutMarks(`${jobId}: ${titles.before} ↔ ${titles.after}`),
      { viewColumn: vscode.ViewColumn.Active, preview: false }, // half of a window is too narrow for two
    );
  }

  /** The same response with its personal data, for the redacted document in `uri`. */
  async openPersonal(uri: vscode.Uri): Promise<void> {
    const [panel = ''] = uri.query.split('/');
    const shown = this.find(uri);
    if (shown === undefined) return;
    const document = await vscode.workspace.openTextDocument(uriOf(panel, shown, 'personal'));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  private fireChange(panel: string, document: ShownDocument): void {
    for (const kind of ['redacted', 'personal', 'text'] as const) {
      this.changed.fire(uriOf(panel, document, kind));
    }
  }
}

/** Beside the editor that is open; an empty group is not left. */
const besideOthers = (): vscode.ViewColumn =>
  vscode.window.tabGroups.activeTabGroup.tabs.length === 0
    ? vscode.ViewColumn.Active
    : vscode.ViewColumn.Beside;

/** The authority decides; the name only repeats it for the user. */
function isPersonal({ authority }: vscode.Uri): boolean {
  return authority === 'personal';
}

/** A text that has a redacted form is only shown as it came where the user chose that. */
function textFor(uri: vscode.Uri, content: string, redacted: string | undefined): string {
  if (redacted === undefined) return uri.authority === 'text' ? content : gone();
  if (isPersonal(uri)) return content;
  return uri.authority === 'redacted' ? redacted : gone();
}

function uriOf(
  panel: string,
  { part, name, content }: ShownDocument,
  kind: 'redacted' | 'personal' | 'text',
): vscode.Uri {
  const base = kind === 'personal' ? vscode.l10n.t('{0} (personal data)', name) : name;
  return documentUri(
    kind,
    `${base}.${typeof content === 'string' ? 'txt' : 'json'}`,
    `${panel}/${part}`,
  );
}

/** Both sides have the same name. */
const comparedUri = (panel: string, side: 'before' | 'after'): vscode.Uri =>
  documentUri(side, `${vscode.l10n.t('Response')}.json`, panel);

const documentUri = (authority: DocumentKind, name: string, query: string): vscode.Uri =>
  vscode.Uri.from({ scheme: JOB_SCHEME, authority, path: `/${name}`, query });
