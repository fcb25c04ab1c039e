import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { codesIn, shortMeaning } from '../../core/catalogue/shortMeaning';
import { HumanError } from '../../core/humanError';
import type { Log } from '../log';

/** Names of variables that hold a result code; a key of an object (`resultCode:`) is none. */
const CODE_NAME = /(?<![\w$.])(?:\w+\.)*(?:result_?code|smile_?code)\b(?!\s*(?:\(|:(?!:)))/gi;
/** Lines around the one where execution stands; what is far from it is rarely looked at. */
const LINES = 60;

const LANGUAGES = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go'],
];

const Evaluated = z.object({ result: z.string() });
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

async function inlineValues(
  document: vscode.TextDocument,
  viewPort: vscode.Range,
  { frameId, stoppedLocation }: vscode.InlineValueContext,
  token: vscode.CancellationToken,
): Promise<vscode.InlineValue[]> {
  const session = vscode.debug.activeDebugSession;
  if (!session) return [];
  const values: vscode.InlineValue[] = [];
  const asked = new Map<string, Promise<string | null>>();
  const first = Math.max(viewPort.start.line, stoppedLocation.start.line - LINES, 0);
  // What stands below has not run yet.
  const last = Math.min(viewPort.end.line, stoppedLocation.end.line);
  for (let line = first; line <= last && !token.isCancellationRequested; line += 1) {
    for (const match of document.lineAt(line).text.matchAll(CODE_NAME)) {
      const [name] = match;
      const value = asked.get(name) ?? evaluate(session, name, frameId);
      asked.set(name, value);
      const [code] = codesIn((await value) ?? '');
      const meaning = code === undefined ? null : shortMeaning(code);
      if (code === undefined || meaning === null) continue;
      const range = new vscode.Range(line, match.index, line, match.index + name.length);
      values.push(new vscode.InlineValueText(range, `${name} = ${code} ${meaning}`));
    }
  }
  return values;
}

/** Null where the name is not known there, which is no error: it may belong to another function. */
async function evaluate(
  session: vscode.DebugSession,
  expression: string,
  frameId: number,
): Promise<string | null> {
  try {
    const answer: unknown = await session.customRequest('evaluate', {
      expression,
      frameId,
      context: 'hover', // must not change anything
    });
    return Evaluated.safeParse(answer).data?.result ?? null;
  } catch {
    return null;
  }
}
