import * as assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as vscode from 'vscode';
import { closeAllTabs, followPanels } from '../support/panelPages';
import { recordScreen, type Hands } from '../support/screen';
import { activateSmile, addProfile, fresh, startOwnSimulator } from '../support/smileExtension';
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

  /** Waits for the text of a verdict, and returns it. */
  const verdict = async (expected: RegExp): Promise<string> =>
    await until(`the verdict ${String(expected)}`, () => {
      const document = vscode.window.activeTextEditor?.document;
      const text = document?.uri.scheme === 'smile-job' ? document.getText() : '';
      return expected.test(text) ? text : undefined;
    });

  /** Runs the command as a user who does this, and returns what they saw until the verdict opened. */
  const assertVerdict = async (hands: Hands, expected: RegExp): Promise<readonly string[]> => {
    const before = server.requests.length;
    const screen = recordScreen(hands);
    try {
      await vscode.commands.executeCommand('smile.checkSignature');
    } finally {
      screen.stop();
    }
    const text = await verdict(expected);
    assert.equal(server.requests.length, before, 'nothing is sent');
    for (const secret of [KEY, signature, hex]) assert.ok(!text.includes(secret), text);
    return screen.texts.map((shown) => shown.text);
  };
  const pick = (label: RegExp) => (items: readonly vscode.QuickPickItem[]) =>
    items.find((item) => label.test(item.label));

  it('explains the signature in the selection, without a question', async () => {
    await openText('log', `a line\nPOST /callback ${callback}\n`);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(1, 0, 2, 0);
    const lines = [
      String.raw`^Right, made \d+ s ago, with the local key of the profile "${name}"\.\n`,
      String.raw`It does not cover the body\.\n[^]*\n- Partner ID: 4 characters, "0417"\n`,
      String.raw`[^]*\n\nThis text has no API key and no whole signature\.\nYou can send it .*\n$`,
    ];
    await assertVerdict({}, new RegExp(lines.join('')));
  });

  it('offers the open file and the clipboard', async () => {
    await vscode.env.clipboard.writeText(
      `Response-Signature: ${signature}\n\n{"status":"clear","product":"aml","reason":null}`,
    );
    await openText('json', callback);
    await assertVerdict({ pick: pick(/Open file/) }, /^Right, made/);
    await openText('json', callback);
    await assertVerdict(
      { pick: pick(/Clipboard/) },
      /^Response-Timestamp is missing, the signature is there/,
    );
  });

  it('takes a text that is pasted, and prompts for the parts if that has none', async () => {
    const typed: Readonly<Record<string, string>> = {
      Paste: 'nothing is here',
      Timestamp: timestamp,
      Signature: hex,
      Partner: PARTNER,
    };
    const seen = await assertVerdict(
      {
        pick: pick(/Paste|API v1/),
        type: (prompt) => typed[prompt.replace(/\W.*/, '')],
      },
      /^The digest is written in hex\./,
    );
    const why = 'No signature was found in this text. Where does yours come from?';
    assert.ok(seen.includes(why), seen.join('\n'));
  });

  it('prompts for the parts if the user prefers that', async () => {
    const values = [timestamp, sign(`${timestamp}417sid_request`), ''];
    await assertVerdict(
      { pick: pick(/Enter|API v1/), type: () => values.shift() },
      /^Right for partner 417; the profile ".*" says 0417\./,
    );
  });

  it('does not accuse a signature that the key of a profile made which is not active', async () => {
    const live = fresh('live');
    await addProfile({
      ...{ name: live, environment: 'production', partnerId: PARTNER },
      apiKey: fresh('another-key'),
    });
    try {
      await vscode.env.clipboard.writeText(callback);
      await assertVerdict(
        { pick: pick(/Clipboard/) },
        new RegExp(
          [
            String.raw`^Right, made \d+ s ago, with the local key of the profile "${name}"\.\n`,
            String.raw`It does not cover the body\.\n`,
            String.raw`The production key of the active profile "${live}" did not make it\.\n\nWhat`,
          ].join(''),
        ),
      );
    } finally {
      await startOwnSimulator(); // so that another profile is active again
    }
  });

  it('is one click away in the panel of a response whose signature is not valid', async () => {
    const offered = async (body: string) => {
      const following = followPanels();
      const screen = recordScreen({ pick: pick(/Clipboard/) });
      try {
        await vscode.env.clipboard.writeText(body);
        await vscode.commands.executeCommand('smile.explainResponse');
      } finally {
        screen.stop();
        following.stop();
      }
      const [page] = following.pages;
      assert.ok(page);
      const { state } = await until('the state', () =>
        page.received.findLast((each) => each.type === 'state'),
      );
      return { page, can: state.canCheckSignature };
    };
    assert.equal((await offered(callback)).can, false);
    const { page, can } = await offered(
      callback.replace(signature, sign(`${timestamp}${PARTNER}`)),
    );
    assert.equal(can, true);
    page.say({ type: 'checkSignature' });
    await verdict(/^The constant sid_request is missing/);
    await closeAllTabs();
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
