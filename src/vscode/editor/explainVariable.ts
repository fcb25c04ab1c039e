import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { codesIn } from '../../core/catalogue/shortMeaning';
import { HumanError } from '../../core/humanError';

/** What VS Code passes to a command in the menu of its Variables view. */
const VariablesMenu = z.object({ variable: z.object({ value: z.string() }) });

/** Explains the code in a variable, for the menu of the Variables view. */
export async function explainVariable(argument: unknown): Promise<void> {
  const menu = VariablesMenu.safeParse(argument);
  const [code] = menu.success ? codesIn(menu.data.variable.value) : [];
  if (code === undefined) {
    throw new HumanError(vscode.l10n.t('This variable has no result code (four digits as text).'));
  }
  await vscode.commands.executeCommand('smile.explainCode', code);
}
