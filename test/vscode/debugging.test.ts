import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activateSmile } from '../support/smileExtension';
import { until } from '../support/until';

const PROGRAM = `const resultCode = '0812';
const job = { resultCode: '0810', get smileCode() { calls += 1; return '0811'; } };
let calls = 0;
console.log(job.resultCode, job.smileCode, calls); // stops here
`;

describe('While a program is debugged', () => {
  let folder: string;
  let document: vscode.TextDocument;

  before(async function () {
    await activateSmile();
    if (!vscode.extensions.getExtension('ms-vscode.js-debug')) {
      this.skip(); // this build of VS Code has no debugger for Node
    }
    folder = mkdtempSync(join(tmpdir(), 'smile-debug-'));
    const program = join(folder, 'job.js');
    writeFileSync(program, PROGRAM);
    document = await vscode.workspace.openTextDocument(program);
    await vscode.window.showTextDocument(document);
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(document.uri, new vscode.Position(3, 0))),
    ]);
    const stopped = new Promise<void>((resolve) => {
      const listening = vscode.debug.onDidChangeActiveStackItem((item) => {
        if (!(item instanceof vscode.DebugStackFrame)) return;
        listening.dispose();
        resolve();
      });
    });
    const started = await vscode.debug.startDebugging(undefined, {
      type: 'node',
      request: 'launch',
      name: 'a job',
      program,
    });
    assert.ok(started);
    await stopped;
  });

  after(async () => {
    await vscode.debug.stopDebugging();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('the short meaning of a code is shown beside its variable, and beside no other one', async () => {
    const frame = vscode.debug.activeStackItem;
    assert.ok(frame instanceof vscode.DebugStackFrame);
    const whole = new vscode.Range(0, 0, 3, 0);
    const stoppedLocation = new vscode.Range(3, 0, 3, 0);
    const values = await vscode.commands.executeCommand<vscode.InlineValueText[]>(
      'vscode.executeInlineValueProvider',
      document.uri,
      whole,
      { frameId: frame.frameId, stoppedLocation },
    );
    assert.deepEqual(
      values
        .filter(({ text }) => /\d{4} /.test(text))
        .map(({ range, text }) => [range.start.line, text]),
      [
        [0, 'resultCode = 0812 Machine Judgement - Pure Provisional; Unable to Verify Document'],
        [3, 'job.resultCode = 0810 Enroll User; Document Verified'],
      ],
    );
  });

  it('nothing of the program is run to find out', async () => {
    const session = vscode.debug.activeDebugSession;
    const frame = vscode.debug.activeStackItem;
    assert.ok(session && frame instanceof vscode.DebugStackFrame);
    const { result } = (await session.customRequest('evaluate', {
      expression: 'calls',
      frameId: frame.frameId,
      context: 'repl',
    })) as { readonly result: string };
    assert.equal(result, '0', 'how often the getter was called');
  });

  it('the menu of the Variables view explains the code of a variable', async () => {
    await vscode.commands.executeCommand('smile.explainVariable', {
      sessionId: 'any',
      variable: { name: 'resultCode', value: "'0812'" },
    });
    await until('the page of the code', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === 'smile-code:/0812.md'),
    );
    const open = vscode.workspace.textDocuments.length;
    await vscode.commands.executeCommand('smile.explainVariable', { variable: { value: 'true' } });
    assert.equal(vscode.workspace.textDocuments.length, open);
  });
});
