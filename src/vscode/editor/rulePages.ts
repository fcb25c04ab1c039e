import * as vscode from 'vscode';

export const RULE_SCHEME = 'smile-rule';

/**
 * What the README says of each rule, as pages of their own: where the code of a problem leads. VS Code opens
 * them in its Markdown preview (`workbench.editorAssociations` in package.json).
 */
export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(private readonly extensionUri: vscode.Uri) {}

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const rule = path.replace(/^\/|\.md$/g, '');
    const readme = await readmeIn(this.extensionUri);
    const section = readme.split(/^(?=#{1,6} )/m).find((part) => part.startsWith(`### ${rule}\n`));
    return (
      section?.trim().replace(/^#+/, '#') ??
      // the name is not repeated: the preview makes a link of an address in any text
      `# ${vscode.l10n.t('Unknown rule')}\n\n${vscode.l10n.t('The README has no section of this name.')}`
    );
  }
}

/** The package holds it in small letters. */
async function readmeIn(folder: vscode.Uri): Promise<string> {
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));
  return await read('README.md').catch(() => read('readme.md'));
}
