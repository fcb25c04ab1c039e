import * as vscode from 'vscode';
import { RULES } from '../../core/lint/run/allRules';
import type { RuleId } from '../../core/lint/ruleId';
import { settingOfRule } from './diagnosticSettings';

export const RULE_SCHEME = 'smile-rule';

const ruleOf = (path: string): RuleId | undefined =>
  RULES.find(({ id }) => path === `/${id}.md`)?.id;

/**
 * What is known about a rule: `docs/rules`, and a link to the setting of its severity. The code of a problem links here,
 * and VS Code opens the page in its Markdown preview (`workbench.editorAssociations` in package.json).
 */
export class RulePages implements vscode.TextDocumentContentProvider {
  constructor(private readonly extensionUri: vscode.Uri) {}

  async provideTextDocumentContent({ path }: vscode.Uri): Promise<string> {
    const rule = ruleOf(path);
    if (rule === undefined) {
      // the name is not repeated: the preview turns any address in a text into a link
      return `# ${vscode.l10n.t('Unknown rule')}\n\n${vscode.l10n.t('There is no rule of this name.')}`;
    }
    const file = vscode.Uri.joinPath(this.extensionUri, 'docs/rules', `${rule}.md`);
    const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    // VS Code's own address of a setting. The preview runs no commands, and in a browser it follows no such address.
    if (vscode.env.uiKind === vscode.UIKind.Web) return page;
    const setting = `${vscode.env.uriScheme}://settings/${settingOfRule(rule)}`;
    return `${page}\n[${vscode.l10n.t('Change the severity')}](${setting})\n`;
  }
}

/**
 * Opens the setting of a rule's severity: the button of its page.
 * @param page its address
 */
export async function changeSeverity(page: unknown): Promise<void> {
  const rule = page instanceof vscode.Uri ? ruleOf(page.path) : undefined;
  if (rule === undefined) return;
  await vscode.commands.executeCommand(
    'workbench.action.openSettings',
    `@id:${settingOfRule(rule)}`,
  );
}
