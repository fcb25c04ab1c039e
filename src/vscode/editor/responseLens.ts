import * as vscode from 'vscode';
import { responseRanges } from '../../core/smile/responseRanges';
import { cachePerVersion } from './cachePerVersion';
import { isOthersAt } from './relevance';
import { yieldToTyping } from './yieldToTyping';

const rangesOf = cachePerVersion((document: vscode.TextDocument) =>
  responseRanges(document.getText(), document.languageId),
);

/** "Explain" over a response of Smile ID in a file. */
export class ResponseLens implements vscode.CodeLensProvider {
  constructor(private readonly enabled: () => boolean) {}

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[]> {
    if (!this.enabled()) return [];
    await yieldToTyping();
    // The text has changed: VS Code requests the lenses again.
    if (token.isCancellationRequested) return [];
    return rangesOf(document).flatMap(({ start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      if (isOthersAt(document, range.start)) return [];
      return new vscode.CodeLens(range, {
        title: `$(info) ${vscode.l10n.t('Explain')}`,
        tooltip: vscode.l10n.t('Explains this response of Smile ID; nothing is sent'),
        command: '_smile.explainResponse',
        arguments: [document.uri, document.version, start, end],
      });
    });
  }
}
