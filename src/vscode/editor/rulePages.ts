import * as vscode from 'vscode';
import { RULES } from '../../core/lint/finding';
import { settingOfRule } from './diagnosticSettings';

export const RULE_SCHEME = 'smile-rule';

/**
 * What is known about a rule: `docs/rules`, and a link to the setting of its severity. The code of a problem links here,
 * and VS Code opens the page in its Markdown preview (`workbench.editorAssociations` in package.json).
 */
export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(private readonly extensionUri: vscode.Uri) {}

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const rule = RULES.find(({ id }) => path === `/${id}.md`)?.id;
    if (rule === undefined) {
      // the name is not repeated: the preview turns any address in a text into a link
      return `# ${vscode.l10n.t('Unknown rule')}\n\n${vscode.l10n.t('There is no rule of this name.')}`;
    }
    const file = vscode.Uri.joinPath(this.extensionUri, 'docs/rules', `${rule}.md`);
    const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    // VS Code's own address of a setting: the preview runs no commands
    const setting = `${vscode.env.uriScheme}://settings/${settingOfRule(rule)}`;
    return `${page}\n[${vscode.l10n.t('Change the severity')}](${setting})\n`;
  }
}
