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

const Scopes = z.object({
  scopes: z.array(z.object({ variablesReference: z.number(), expensive: z.optional(z.boolean()) })),
});
const Variables = z.object({
  variables: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      variablesReference: z.number(),
      /** `lazy`: a getter, of which this is the source and not the value. */
      presentationHint: z.optional(z.object({ lazy: z.optional(z.boolean()) })),
    }),
  ),
});
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
  const frame = new Frame(session, frameId);
  const first = Math.max(viewPort.start.line, stoppedLocation.start.line - LINES, 0);
  // What stands below has not run yet.
  const last = Math.min(viewPort.end.line, stoppedLocation.end.line);
  for (let line = first; line <= last && !token.isCancellationRequested; line += 1) {
    for (const match of document.lineAt(line).text.matchAll(CODE_NAME)) {
      const [name] = match;
      const [code] = codesIn((await frame.valueOf(name.split('.'))) ?? '');
      const meaning = code === undefined ? null : shortMeaning(code);
      if (code === undefined || meaning === null) continue;
      const range = new vscode.Range(line, match.index, line, match.index + name.length);
      values.push(new vscode.InlineValueText(range, `${name} = ${code} ${meaning}`));
    }
  }
  return values;
}

/**
 * The variables of a stack frame, as the Variables view has them. Nothing is evaluated: a getter may change what is
 * being debugged.
 */
class Frame {
  private readonly known = new Map<number, ReturnType<Frame['read']>>();
  private scopes: Promise<readonly number[]> | null = null;

  constructor(
    private readonly session: vscode.DebugSession,
    private readonly frameId: number,
  ) {}

  /** Null where the name is not known there, which is no error: it may belong to another function. */
  async valueOf([first, ...rest]: readonly string[]): Promise<string | null> {
    this.scopes ??= this.readScopes();
    for (const scope of await this.scopes) {
      let found = await this.variable(scope, first);
      for (const name of rest) {
        found = found && (await this.variable(found.variablesReference, name));
      }
      if (found) return found.value;
    }
    return null;
  }

  private async variable(reference: number, name: string | undefined) {
    if (reference === 0) return undefined; // has no variables in it
    const variables = this.known.get(reference) ?? this.read(reference);
    this.known.set(reference, variables);
    return (await variables).find((variable) => variable.name === name);
  }

  private async read(variablesReference: number) {
    const response = await this.request('variables', { variablesReference, filter: 'named' });
    const variables = Variables.safeParse(response).data?.variables ?? [];
    return variables.filter(({ presentationHint }) => presentationHint?.lazy !== true);
  }

  private async readScopes(): Promise<readonly number[]> {
    const response = await this.request('scopes', { frameId: this.frameId });
    const scopes = Scopes.safeParse(response).data?.scopes ?? [];
    return scopes
      .filter(({ expensive }) => expensive !== true)
      .map(({ variablesReference }) => variablesReference);
  }

  private async request(command: string, body: object): Promise<unknown> {
    try {
      return await this.session.customRequest(command, body);
    } catch {
      return null; // execution went on, so there is nothing to show
    }
  }
}
