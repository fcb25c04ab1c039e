import * as vscode from 'vscode';
import { redact } from '../../core/redact';
import type { Log } from '../log';

export const JOB_SCHEME = 'smile-job';

/** An answer, redacted or not, or one of two that are compared. It is the document's authority. */
type DocumentKind = 'redacted' | 'personal' | 'before' | 'after';

const GONE = `// This answer is no longer in memory.
// Answers are never written to disk: open the job again and refresh it to see its JSON.
`;

/**
 * Answers as read-only JSON documents. They live in memory only, and only while their panel is open;
 * redacted unless a person asked for the personal data.
 */
export class JobDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly answers = new Map<string, Readonly<Record<string, unknown>>>();
  /** Two redacted texts that a panel compares. */
  private readonly compared = new Map<string, { before: string; after: string }>();
  private readonly registration: vscode.Disposable;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(JOB_SCHEME, this);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
    this.answers.clear();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    if (uri.authority === 'before' || uri.authority === 'after') {
      return this.compared.get(uri.query)?.[uri.authority] ?? GONE;
    }
    const answer = this.answers.get(uri.query);
    if (!answer) return GONE;
    return `${JSON.stringify(isPersonal(uri) ? answer : redact(answer), null, 2)}\n`;
  }

  /** Commands of the documents' own title bar. */
  register(log: Log): vscode.Disposable {
    return log.command('smile.showPersonalData', async () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      if (uri?.scheme !== JOB_SCHEME || isPersonal(uri)) return;
      const show = 'Show Personal Data';
      const choice = await vscode.window.showWarningMessage(
        'Show the whole answer, with the personal data of a real person?',
        { modal: true, detail: 'It stays in memory, and is gone when the job is closed.' },
        show,
      );
      if (choice === show) await this.openPersonal(uri);
    });
  }

  /** @param panel a random name of the panel that the answer belongs to */
  set(panel: string, jobId: string, answer: Readonly<Record<string, unknown>>): void {
    this.answers.set(panel, answer);
    this.tell(panel, jobId);
  }

  drop(panel: string, jobId: string): void {
    if (this.compared.delete(panel)) {
      for (const side of ['before', 'after'] as const) {
        this.changed.fire(uriOf(panel, jobId, side));
      }
    }
    if (this.answers.delete(panel)) this.tell(panel, jobId);
  }

  async open(panel: string, jobId: string, personal: boolean): Promise<void> {
    const document = await vscode.workspace.openTextDocument(
      uriOf(panel, jobId, personal ? 'personal' : 'redacted'),
    );
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: false,
    });
  }

  /** Two answers in VS Code's own diff editor, redacted. */
  async openDiff(
    panel: string,
    jobId: string,
    titles: { readonly before: string; readonly after: string },
    texts: { readonly before: string; readonly after: string },
  ): Promise<void> {
    this.compared.set(panel, texts);
    const [before, after] = (['before', 'after'] as const).map((side) => {
      const uri = uriOf(panel, jobId, side);
      this.changed.fire(uri);
      return uri;
    });
    await vscode.commands.executeCommand(
      'vscode.diff',
      before,
      after,
      `${jobId}: ${titles.before} and ${titles.after}`,
      { viewColumn: vscode.ViewColumn.Beside, preview: false },
    );
  }

  /** The same answer with its personal data, for the redacted document in `uri`. */
  async openPersonal(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(
      uriOf(uri.query, uri.path.replace(/^\/|\.json$/g, ''), 'personal'),
    );
    await vscode.window.showTextDocument(document, { preview: false });
  }

  private tell(panel: string, jobId: string): void {
    for (const kind of ['redacted', 'personal'] as const) {
      this.changed.fire(uriOf(panel, jobId, kind));
    }
  }
}

/** Said by the authority, which no job ID can touch; the name only repeats it for the person. */
export function isPersonal({ authority }: vscode.Uri): boolean {
  return authority === 'personal';
}

function uriOf(panel: string, jobId: string, kind: DocumentKind): vscode.Uri {
  const name = jobId.replace(/[/\\]/g, '_');
  return vscode.Uri.from({
    scheme: JOB_SCHEME,
    authority: kind,
    path: `/${name}${kind === 'personal' ? ' (personal data)' : ''}.json`,
    query: panel,
  });
}
