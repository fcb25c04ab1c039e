import * as vscode from 'vscode';
import { withoutMarks } from '../../core/shownText';
import { jobLiterals } from '../../core/smile/jobLiterals';
import { perVersion } from './perVersion';
import { typingFirst } from './typingFirst';

const jobsOf = perVersion((document: vscode.TextDocument) => jobLiterals(document.getText()));

/** "Get job status" and "Watch" over an object or a call that names a job. */
export class JobLens implements vscode.CodeLensProvider {
  constructor(private readonly enabled: () => boolean) {}

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    if (!this.enabled()) return [];
    await typingFirst();
    // The text was typed on: it is asked for again.
    if (token.isCancellationRequested) return [];
    return jobsOf(document).flatMap(({ ids, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const jobId = withoutMarks(ids.jobId);
      const query = { ...ids, history: true, imageLinks: true };
      return [
        new vscode.CodeLens(range, {
          title: '$(search) Get job status',
          tooltip: `Asks Smile ID for job ${jobId} with the active profile`,
          command: '_smile.getJobStatus',
          arguments: [query],
        }),
        new vscode.CodeLens(range, {
          title: '$(eye) Watch',
          tooltip: `Asks for job ${jobId} until its result is final`,
          command: '_smile.watchJob',
          arguments: [ids],
        }),
      ];
    });
  }
}
