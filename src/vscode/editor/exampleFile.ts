import * as vscode from 'vscode';

/** Code as an integrator may write it, with comments in the user's language. */
const exampleText =
  (): string => `// ${vscode.l10n.t('An example of code that uses Smile ID. None of it runs.')}
const response = {
  PartnerParams: { user_id: 'user-1', job_id: 'rejected-spoof', job_type: 1 },
  // ${vscode.l10n.t('Hover over this code to see what it means, and what to do next.')}
  ResultCode: '0813',
};

// ${vscode.l10n.t('Result codes are strings, so this is never true.')}
// ${vscode.l10n.t('Put the cursor on the number, and press Ctrl+. (Mac: Cmd+.)')}
if (response.ResultCode === 810) {
  approve(response.PartnerParams.user_id);
}
`;

/** What there is to try in it; the cursor is put before the last word. */
const TARGETS = { code: "ResultCode: '0813", finding: 'ResultCode === 810' } as const;

/**
 * **Smile ID: Open Example**: hover and fix can be tried without a project. An example that is open is shown again while
 * its target is still in it.
 *
 * @param target what the cursor is put on, `code` or `finding`; the walkthrough names it, and stays visible beside
 */
export async function openExample(target: unknown): Promise<void> {
  const wanted = TARGETS[target === 'finding' ? 'finding' : 'code'];
  const first = exampleText().split('\n')[0] ?? '';
  const open = vscode.workspace.textDocuments.find(
    (document) =>
      document.isUntitled &&
      document.lineAt(0).text === first &&
      document.getText().includes(wanted),
  );
  const document =
    open ??
    (await vscode.workspace.openTextDocument({ language: 'javascript', content: exampleText() }));
  const at = document.positionAt(document.getText().indexOf(wanted) + wanted.search(/\d+$/));
  await vscode.window.showTextDocument(document, {
    selection: new vscode.Range(at, at),
    viewColumn: target === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
  });
}
