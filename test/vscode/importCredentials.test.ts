import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Finding } from '../../src/core/lint/finding';
import { findCredentialsSteps } from '../../src/core/credentials/findCredentials';
import { inSlices } from '../../src/core/slicedWork';
import { pauseUnlessCancelled } from '../../src/vscode/abort';
import { lintInSteps } from '../../src/core/lint/run/lint';
import { chooseCredentials } from '../../src/vscode/credentials/chooseCredentials';
import { readCredentials } from '../../src/vscode/credentials/readCredentials';
import type { FoundKey } from '../../src/vscode/credentials/profileCommands';
import { moveKeyToProfile } from '../../src/vscode/editor/diagnosticFixes';
import { recordScreen } from '../support/screen';
import { resultOf } from '../support/steps';

const KEY = '3b9c1f7e-52d4-4a80-9e16-7d0c4b8a2f35';
const LIVE_KEY = '9e61d0c4-0b8a-4f35-a11c-c4b8a2f351d7';
const TWO = `new IDApi('085', '${KEY}', 0);\nnew IDApi('2045', '${LIVE_KEY}', 1);\n`;

async function open(content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content });
  return await vscode.window.showTextDocument(document);
}

describe('Import Credentials', () => {
  it('reads the file in the editor, and says what it found without the key', async () => {
    const { document } = await open(`PARTNER_ID=085\nAPI_KEY=${KEY}\nSID_SERVER=0\n`);
    assert.deepEqual(await chooseCredentials(), {
      draft: { environment: 'sandbox', partnerId: '085', apiKey: KEY },
      found: `${document.fileName}: sandbox · partner 085 · API key found.`,
    });
  });

  it('says of the file in the editor that it has none', async () => {
    const { document } = await open('const port = 8080;\n');
    const screen = recordScreen();
    try {
      assert.equal(await chooseCredentials(), undefined);
    } finally {
      screen.stop();
    }
    assert.deepEqual(
      screen.texts.map(({ text }) => text).filter((text) => text.startsWith('No credentials')),
      [`No credentials in ${document.fileName}. Select the file with partner ID and API key`],
    );
  });

  it('reads the file that was chosen in the Explorer, not the one in the editor', async () => {
    await open(TWO);
    const folder = mkdtempSync(join(tmpdir(), 'smile-import-'));
    const file = vscode.Uri.file(join(folder, '.env'));
    try {
      writeFileSync(file.fsPath, `SMILE_PARTNER_ID=0085\nSMILE_API_KEY=${KEY}\n`);
      assert.deepEqual(await chooseCredentials(file), {
        draft: { partnerId: '0085', apiKey: KEY },
        found: `${file.fsPath}: environment unknown · partner 0085 · API key found.`,
      });
      writeFileSync(file.fsPath, 'SMILE_API_KEY=put-your-api-key-here\n');
      await assert.rejects(chooseCredentials(file), {
        message: `${file.fsPath} has no partner ID and no API key of Smile ID. Comments, placeholders and the keys of other services do not count.`,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes what is selected if a file contains several', async () => {
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

  // the two lines of the file with credentials, counted from 0
  const far = 600_000;
  const places: readonly [string, string, vscode.Selection][] = [
    ['selected far down in a file that is too large', '\n', at(far, 0, far + 2, 0)],
    ['selected from below to above', '\n', at(far + 2, 0, far, 0)],
    ['selected with lines around them', '\n', at(far - 40, 0, far + 1, 60)],
    ['selected from within a line', '\n', at(far, 4, far + 2, 0)],
    ['selected in a file with the line ends of Windows', '\r\n', at(far, 0, far + 2, 0)],
  ];
  for (const [what, eol, selection] of places) {
    it(`says the lines of the file for credentials that are ${what}`, async () => {
      const editor = await open(eol.repeat(far) + TWO.replaceAll('\n', eol) + eol.repeat(far));
      assert.equal(editor.document.lineAt(far + 1).text, TWO.split('\n')[1]);
      editor.selection = selection;
      assert.deepEqual(await linesOffered(), [`line ${far + 1}`, `line ${far + 2}`]);
    });
  }

  it('says the lines of the file for credentials of a file that it reads whole', async () => {
    const editor = await open('\n'.repeat(7000) + TWO);
    assert.deepEqual(await linesOffered(), ['line 7001', 'line 7002']);
    editor.selection = at(7000, 0, 7002, 0);
    assert.deepEqual(await linesOffered(), ['line 7001', 'line 7002']);
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

function at(...[line, character, toLine, toCharacter]: [number, number, number, number]) {
  return new vscode.Selection(line, character, toLine, toCharacter);
}

/** What the list shows for each of several credentials. */
async function linesOffered(): Promise<unknown[]> {
  const lines: unknown[] = [];
  const screen = recordScreen({
    pick: (items) => {
      lines.push(...items.map(({ description }) => description));
      return undefined;
    },
  });
  try {
    assert.equal(await chooseCredentials(), undefined);
  } finally {
    screen.stop();
  }
  return lines;
}

describe('Store API Key in Profile', () => {
  for (const [key, partnerId, environment] of [
    [KEY, '085', 'sandbox'],
    [LIVE_KEY, '2045', 'production'],
  ] as const) {
    it(`takes the partner ID ${partnerId} and the environment that belong to the key`, async () => {
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
      assert.deepEqual(kept, [{ apiKey: key, partnerId, environment, url: null }]);
    });
  }

  const LINE = `const SMILE_API_KEY = '${KEY}';\n`;
  const keysIn = (document: vscode.TextDocument) => (): Promise<Finding[]> =>
    Promise.resolve([
      ...resultOf(
        lintInSteps({ text: document.getText(), languageId: 'javascript', path: '' }, () => true),
      ).findings,
    ]);

  it('changes the line of the file that contains the key, however far down', async () => {
    const above = '// a line of code\n'.repeat(20_000);
    const { document } = await open(above + LINE + above);
    await moveKeyToProfile(
      document.uri.toString(),
      (above + LINE).indexOf(KEY),
      keysIn(document),
      () => Promise.resolve(true),
    );
    assert.equal(
      document.getText(),
      `${above}const SMILE_API_KEY = process.env.SMILE_API_KEY;\n${above}`,
    );
  });

  it('changes nothing if the key has moved to another line meanwhile', async () => {
    const { document } = await open(LINE);
    const moved = moveKeyToProfile(
      document.uri.toString(),
      LINE.indexOf(KEY),
      keysIn(document),
      async () => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), '// a new line\n');
        return await vscode.workspace.applyEdit(edit);
      },
    );
    await assert.rejects(moved, {
      message: 'The API key is saved, but the file has changed: remove the key from it.',
    });
    assert.equal(document.getText(), `// a new line\n${LINE}`);
  });
});
