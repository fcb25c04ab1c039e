import * as vscode from 'vscode';
import { withoutMarks } from '../../core/harmlessText';
import { jobLiterals } from '../../core/jobs/jobLiterals';
import { cachePerVersion } from './cachePerVersion';
import { mentionAt } from './relevance';
import { yieldToTyping } from './yieldToTyping';

const jobsOf = cachePerVersion((document: vscode.TextDocument) =>
  jobLiterals(document.getText(), document.languageId),
);

/** "Get job status" and "Watch" over an object or a call that names a job. */
export class JobLens implements vscode.CodeLensProvider {
  constructor(private readonly enabled: () => boolean) {}

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    if (!this.enabled()) return [];
    await yieldToTyping();
    // The text has changed: VS Code requests the lenses again.
    if (token.isCancellationRequested) return [];
    return jobsOf(document).flatMap(({ ids, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      if (!mentionAt(document, range.start).smile) return [];
      const jobId = withoutMarks(ids.jobId);
      const request = { ...ids, history: true, imageLinks: true };
      return [
        new vscode.CodeLens(range, {
          title: `$(search) ${vscode.l10n.t('Get job status')}`,
          tooltip: vscode.l10n.t('Requests job {0} from Smile ID with the active profile', jobId),
          command: '_smile.getJobStatus',
          arguments: [request],
        }),
        new vscode.CodeLens(range, {
          title: `$(eye) ${vscode.l10n.t('Watch')}`,
          tooltip: vscode.l10n.t('Checks job {0} until its result is final', jobId),
          command: '_smile.watchJob',
          arguments: [ids],
        }),
      ];
    });
  }
}
