import * as vscode from 'vscode';

export const RULE_SCHEME = 'smile-rule';

/**
 * The README's section on each rule, as a page of its own that the code of a problem links to. VS Code opens it
 * in its Markdown preview (`workbench.editorAssociations` in package.json).
 */
export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(private readonly extensionUri: vscode.Uri) {}

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const rule = path.replace(/^\/|\.md$/g, '');
    const readme = await readmeIn(this.extensionUri);
    const section = readme.split(/^(?=#{1,6} )/m).find((part) => part.startsWith(`### ${rule}\n`));
    return (
      section?.trim().replace(/^#+/, '#') ??
      // the name is not repeated: the preview turns any address in a text into a link
      `# ${vscode.l10n.t('Unknown rule')}\n\n${vscode.l10n.t('The README has no section of this name.')}`
    );
  }
}

/** In the package, its name is in lower case. */
async function readmeIn(folder: vscode.Uri): Promise<string> {
  const read = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));
  return await read('README.md').catch(() => read('readme.md'));
}
