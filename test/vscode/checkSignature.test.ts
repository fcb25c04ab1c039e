import * as assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as vscode from 'vscode';
import { recordScreen, type Hands } from '../support/screen';
import { activateSmile, addProfile, fresh } from '../support/smileExtension';
import { startStub, type StubServer } from '../support/stubServer';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

const KEY = fresh('a-key-of-this-test');
const PARTNER = '0417';

describe('Check Signature', () => {
  let server: StubServer;
  const name = fresh('signing');

  before(async () => {
    await activateSmile();
    server = await startStub((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'no such job', code: '2304' }));
    });
    await addProfile({
      ...{ name, environment: 'local', partnerId: PARTNER, apiKey: KEY, url: server.url },
    });
  });
  beforeEach(() => vscode.env.clipboard.writeText(''));
  afterEach(closeTexts);
  after(() => server.stop());

  const timestamp = new Date().toISOString();
  const sign = (message: string): string =>
    createHmac('sha256', KEY).update(message).digest('base64');
  const signature = sign(`${timestamp}${PARTNER}sid_request`);
  const hex = Buffer.from(signature, 'base64').toString('hex');
  const callback = JSON.stringify({ ResultCode: '0810', timestamp, signature });

  /** Runs the command as a user who does this, and waits for the text that it opens. */
  const assertVerdict = async (hands: Hands, expected: RegExp): Promise<void> => {
    const before = server.requests.length;
    const screen = recordScreen(hands);
    try {
      await vscode.commands.executeCommand('smile.checkSignature');
    } finally {
      screen.stop();
    }
    let text = '';
    await until(`the verdict ${String(expected)}`, () => {
      const document = vscode.window.activeTextEditor?.document;
      text = document?.uri.scheme === 'smile-job' ? document.getText() : '';
      return expected.test(text) ? true : undefined;
    });
    assert.equal(server.requests.length, before, 'nothing is sent');
    for (const secret of [KEY, signature, hex]) assert.ok(!text.includes(secret), text);
  };
  const pick = (label: RegExp) => (items: readonly vscode.QuickPickItem[]) =>
    items.find((item) => label.test(item.label));

  it('explains the signature in the selection, without a question', async () => {
    await openText('log', `a line\nPOST /callback ${callback}\n`);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    const lines = [
      String.raw`^This text has no API key and no whole signature\..*\n\n`,
      String.raw`Right, made \d+ s ago, with the local key of the profile "${name}"\.`,
      String.raw` It does not cover the body\.\n[^]*\n- Partner ID: 4 characters, "0417"\n`,
    ];
    await assertVerdict({}, new RegExp(lines.join('')));
  });

  it('offers the open file and the clipboard', async () => {
    await vscode.env.clipboard.writeText(
      `Response-Signature: ${signature}\n\n{"status":"clear","product":"aml","reason":null}`,
    );
    await openText('json', callback);
    await assertVerdict({ pick: pick(/Open file/) }, /\nRight, made/);
    await openText('json', callback);
    await assertVerdict(
      { pick: pick(/Clipboard/) },
      /\nResponse-Timestamp is missing, the signature is there/,
    );
  });

  it('takes a text that is pasted, and prompts for the parts if that has none', async () => {
    const typed: Readonly<Record<string, string>> = {
      Paste: 'nothing is here',
      Timestamp: timestamp,
      Signature: hex,
      Partner: PARTNER,
    };
    await assertVerdict(
      {
        pick: pick(/Paste|API v1/),
        type: (prompt) => typed[prompt.replace(/\W.*/, '')],
      },
      /\nThe digest is written in hex\./,
    );
  });

  it('prompts for the parts if the user prefers that', async () => {
    const values = [timestamp, sign(`${timestamp}417sid_request`), ''];
    await assertVerdict(
      { pick: pick(/Enter|API v1/), type: () => values.shift() },
      /\nRight for partner 417; the profile ".*" says 0417\./,
    );
  });

  it('opens nothing if the user leaves', async () => {
    const screen = recordScreen({});
    try {
      await vscode.commands.executeCommand('smile.checkSignature');
    } finally {
      screen.stop();
    }
    assert.equal(vscode.window.activeTextEditor, undefined);
    assert.ok(screen.texts.length > 0);
  });
});
