import * as assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

describe('The extension in VS Code', () => {
  it('activates and returns version 1 of its API', async () => {
    const extension = vscode.extensions.getExtension<{ version: number }>(
      'smile-devtools.smile-identity',
    );
    assert.equal((await extension?.activate())?.version, 1);
  });
});

/** The test window is one: its extension host is a server, its page a browser that has only the server's address. */
describe('In a remote window', () => {
  it('runs beside git and the app of the user, which reaches the simulator', async () => {
    assert.notEqual(vscode.env.remoteName, undefined);
    const { url } = await vscode.commands.executeCommand<{ url: string }>('smile.startSimulator', {
      quiet: true,
    });
    try {
      const scenarios = new URL('/scenarios', url).href;
      const app = `fetch(${JSON.stringify(scenarios)}).then(({ status }) => console.log(status))`;
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', app]);
      assert.deepEqual(
        {
          extension: vscode.extensions.getExtension('smile-devtools.smile-identity')?.extensionKind,
          git: vscode.extensions.getExtension('vscode.git')?.extensionKind,
          simulator: stdout.trim(),
        },
        {
          extension: vscode.ExtensionKind.Workspace,
          git: vscode.ExtensionKind.Workspace,
          simulator: '200',
        },
      );
    } finally {
      await vscode.commands.executeCommand('smile.stopSimulator');
    }
  });
});
