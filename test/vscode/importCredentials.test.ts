import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Finding } from '../../src/core/lint/finding';
import { findCredentialsSteps } from '../../src/core/smile/credentialsImport';
import { inSlices } from '../../src/core/steps';
import { pauseUnlessCancelled } from '../../src/vscode/abort';
import { chooseCredentials } from '../../src/vscode/credentials/importCredentials';
import { readCredentials } from '../../src/vscode/credentials/readCredentials';
import type { FoundKey } from '../../src/vscode/credentials/profileCommands';
import { moveKeyToProfile } from '../../src/vscode/editor/diagnosticFixes';

const KEY = '3b9c1f7e-52d4-4a80-9e16-7d0c4b8a2f35';
const LIVE_KEY = '9e61d0c4-0b8a-4f35-a11c-c4b8a2f351d7';
const TWO = `new IDApi('085', '${KEY}', 0);\nnew IDApi('2045', '${LIVE_KEY}', 1);\n`;

async function open(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content });
  return await vscode.window.showTextDocument(document);
}

describe('Import Credentials', () => {
  it('takes the file in the editor, and says what it found without the key', async () => {
    const { document } = await open(`PARTNER_ID=085\nAPI_KEY=${KEY}\nSID_SERVER=0\n`);
    assert.deepEqual(await chooseCredentials(), {
      draft: { environment: 'sandbox', partnerId: '085', apiKey: KEY },
      found: `${document.fileName}: sandbox · partner 085 · API key found.`,
    });
  });

  it('takes what is selected where a file holds several', async () => {
    const editor = await open(TWO);
    editor.selection = new vscode.Selection(1, 0, 1, 60);
    const chosen = await chooseCredentials();
    assert.deepEqual(chosen?.draft, {
      environment: 'production',
      partnerId: '2045',
      apiKey: LIVE_KEY,
    });
  });

  it('reads only the selection of a file that is too large', async () => {
    const editor = await open(TWO + '\n'.repeat(1_000_000));
    editor.selection = new vscode.Selection(1, 0, 1, 60);
    assert.equal((await chooseCredentials())?.draft.apiKey, LIVE_KEY);
  });
});

describe('A long file', () => {
  const LONG_TEXT = 'apiKey = "x"; '.repeat(70_000);

  it('is read to its end', async () => {
    const text = `${LONG_TEXT}\nnew IDApi('085', '${KEY}', 0);\n`;
    assert.deepEqual(
      (await readCredentials(text, 'app.ts')).map(({ apiKey }) => apiKey),
      [KEY],
    );
  });

  it('is read no further once the user cancels', async () => {
    const cancel = new vscode.CancellationTokenSource();
    const steps = findCredentialsSteps(LONG_TEXT, 'app.ts');
    const reading = inSlices(steps, pauseUnlessCancelled(cancel.token));
    cancel.cancel();
    await assert.rejects(reading, vscode.CancellationError);
    assert.notEqual(steps.next().done, true, 'it is at its end');
    cancel.dispose();
  });
});

describe('Move API Key to Profile', () => {
  for (const [key, partnerId] of [
    [KEY, '085'],
    [LIVE_KEY, '2045'],
  ] as const) {
    it(`takes the partner ID ${partnerId} that belongs to the key`, async () => {
      const { document } = await open(TWO);
      const start = TWO.indexOf(key);
      const end = start + key.length;
      const finding: Finding = { rule: 'api-key-in-source', start, end, message: '', fixes: [] };
      const kept: FoundKey[] = [];
      await moveKeyToProfile(
        document.uri.toString(),
        start,
        () => Promise.resolve([finding]),
        (found) => {
          kept.push(found);
          return Promise.resolve(false);
        },
      );
      assert.deepEqual(kept, [{ apiKey: key, partnerId }]);
    });
  }
});
