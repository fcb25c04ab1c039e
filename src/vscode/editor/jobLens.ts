import * as vscode from 'vscode';
import { jobLiterals } from '../../core/smile/jobLiterals';

/** Where payloads and calls occur. */
const LANGUAGES = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go', 'json', 'jsonc'],
];

/** "Get job status" and "Watch" over an object or a call that names a job. */
export class JobLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly enabled: () => boolean) {
    this.subscriptions = [
      vscode.languages.registerCodeLensProvider(
        LANGUAGES.map((language) => ({ language })),
        this,
      ),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('smile.codeLens.enabled')) this.changed.fire();
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.enabled()) return [];
    return jobLiterals(document.getText()).flatMap(({ ids, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const query = { ...ids, history: true, imageLinks: true };
      return [
        new vscode.CodeLens(range, {
          title: '$(search) Get job status',
          tooltip: `Asks Smile ID for job ${ids.jobId} with the active profile`,
          command: '_smile.getJobStatus',
          arguments: [query],
        }),
        new vscode.CodeLens(range, {
          title: '$(eye) Watch',
          tooltip: `Asks for job ${ids.jobId} until its result is final`,
          command: '_smile.watchJob',
          arguments: [ids],
        }),
      ];
    });
  }
}
