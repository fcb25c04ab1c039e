import * as vscode from 'vscode';
import { codeVariables } from '../../core/codes/codeVariables';
import { codesIn, shortMeaning } from '../../core/catalogue/shortMeaning';
import { StackFrame } from './stackFrame';

/** Lines around the one where execution is paused; what is far from it is rarely read. */
const LINES = 60;

/** Meanings of codes, beside the variables that contain them while execution is paused. */
export class CodeInlineValues implements vscode.InlineValuesProvider {
  constructor(private readonly enabled: () => boolean) {}

  async provideInlineValues(
    document: vscode.TextDocument,
    viewPort: vscode.Range,
    context: vscode.InlineValueContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineValue[]> {
    return this.enabled() ? await inlineValues(document, viewPort, context, token) : [];
  }
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
  const frame = new StackFrame(session, frameId);
  const first = Math.max(viewPort.start.line, stoppedLocation.start.line - LINES, 0);
  // Lines below have not run yet.
  const last = Math.min(viewPort.end.line, stoppedLocation.end.line);
  for (let line = first; line <= last && !token.isCancellationRequested; line += 1) {
    for (const { start, text, paths } of codeVariables(
      document.lineAt(line).text,
      document.languageId,
    )) {
      const [code] = codesIn((await frame.valueOf(paths)) ?? '');
      const meaning = code === undefined ? null : shortMeaning(code);
      if (code === undefined || meaning === null) continue;
      const range = new vscode.Range(line, start, line, start + text.length);
      values.push(new vscode.InlineValueText(range, `${text} = ${code} ${meaning}`));
    }
  }
  return values;
}
