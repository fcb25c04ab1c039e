import * as vscode from 'vscode';

/** **Smile ID: Open Migration Guide from API v1 to v3**: the page of the package, in VS Code's own preview. */
export async function openMigrationGuide(extensionUri: vscode.Uri): Promise<void> {
  const page = vscode.Uri.joinPath(extensionUri, 'docs/v1-to-v3.md');
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
