import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { codesIn } from '../../core/catalogue/shortMeaning';
import { HumanError } from '../../core/humanError';
import type { Log } from '../log';

const LANGUAGES = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go'],
];

/** What VS Code hands to a command in the menu of its Variables view. */
const VariablesMenu = z.object({ variable: z.object({ value: z.string() }) });

/** Codes explained where execution is paused: beside variables, and in the menu of the Variables view. */
export function registerWhileDebugging(enabled: () => boolean, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerInlineValuesProvider(
      LANGUAGES.map((language) => ({ language })),
      {
        async provideInlineValues(document, viewPort, context, token) {
          if (!enabled()) return [];
          const { inlineValues } = await import('./inlineValues');
          return await inlineValues(document, viewPort, context, token);
        },
      },
    ),
    log.command('smile.explainVariable', async (argument?: unknown) => {
      const menu = VariablesMenu.safeParse(argument);
      const [code] = menu.success ? codesIn(menu.data.variable.value) : [];
      if (code === undefined) {
        throw new HumanError('This variable holds no result code: four digits as text.');
      }
      await vscode.commands.executeCommand('smile.explainCode', code);
    }),
  );
}
