import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('The extension in VS Code', () => {
  it('activates and returns version 1 of its API', async () => {
    const extension = vscode.extensions.getExtension<{ version: number }>(
      'smile-devtools.smile-identity',
    );
    assert.equal((await extension?.activate())?.version, 1);
  });
});
