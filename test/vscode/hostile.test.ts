import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { PageMessage } from '../../src/webview/protocol';
import { closeAllTabs, followPanels, type PanelPage } from '../support/panelPages';
import { recordScreen } from '../support/screen';
import { activateSmile, fresh, startOwnSimulator } from '../support/smileExtension';
import { until } from '../support/until';

const Commands = z.object({
  contributes: z.object({ commands: z.array(z.object({ command: z.string() })) }),
});

class Foreign {
  readonly profile = { id: '../../x', name: 'x' };
  readonly job = { jobId: '[a](command:workbench.action.quit)' };
}

/** Arguments that no caller should pass, but some will. */
const ARGUMENTS: readonly (readonly unknown[])[] = [
  [null],
  [NaN],
  [''],
  ['\0\u202e../../etc/passwd'],
  ['x'.repeat(100_000)],
  [[]],
  [{}],
  [{ userId: {}, jobId: [] }],
  [{ userId: '\n', jobId: '[a](command:workbench.action.quit)', profile: '__proto__' }],
  [{ __proto__: null, toString: 'x' }],
  [new Foreign(), [new Foreign()]],
  [vscode.Uri.parse('file:///etc/passwd'), -1],
  [() => undefined],
];

describe('What hostile callers and pages send', () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => {
    rejections.push(reason);
  };
  before(async () => {
    await activateSmile();
    await startOwnSimulator();
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await vscode.commands.executeCommand('smile.stopWebhookReceiver'); // some commands start it
    await closeAllTabs();
  });
  beforeEach(async () => {
    await closeAllTabs();
    rejections.length = 0;
    await vscode.env.clipboard.writeText('untouched');
  });

  it('to any command ends it with a sentence, and opens and copies nothing', async () => {
    const extension = vscode.extensions.getExtension('smile-devtools.smile-identity');
    const { commands } = Commands.parse(extension?.packageJSON).contributes;
    const internal = ['_smile.getJobStatus', '_smile.watchJob', '_smile.versionChecked'].concat(
      '_smile.explainResponse',
    );
    // these do the same whatever they are passed
    const acts = [
      ...['smile.startSimulator', 'smile.stopSimulator', 'smile.showLog'],
      ...['smile.openMigrationGuide', 'smile.copyWebhookAddress', 'smile.openExample'],
    ];
    const screen = recordScreen();
    const odd: string[] = [];
    try {
      for (const id of [...commands.map(({ command }) => command), ...internal]) {
        if (acts.includes(id)) continue;
        for (const args of ARGUMENTS) {
          try {
            await vscode.commands.executeCommand(id, ...args);
          } catch (error) {
            // a program gets a sentence, not the internals of the code
            const message = error instanceof Error ? error.message : String(error);
            if (!/^[A-Z\w.]+ .*\.$/s.test(message) || /undefined|is not a/.test(message)) {
              odd.push(`${id}: ${message}`);
            }
          }
        }
      }
    } finally {
      screen.stop();
    }
    assert.deepEqual(odd, []);
    assert.deepEqual(
      screen.texts.map(({ text }) => text).filter((text) => text.includes('Unexpected error')),
      [],
    );
    assert.deepEqual(rejections, []);
    assert.equal(await vscode.env.clipboard.readText(), 'untouched');
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      [],
    );
  });

  it('from a page of a job is refused, unless a page of that job may request it', async () => {
    const following = followPanels();
    const screen = recordScreen();
    try {
      await vscode.commands.executeCommand('smile.getJobStatus', {
        userId: fresh('user'),
        jobId: 'biometric-kyc',
        history: true,
      });
      const page = await until('the page', () => following.pages[0]);
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).length;
      for (const message of forged()) say(page, message);
      // The response to the last one comes after all before it were read.
      const before = page.received.length;
      say(page, { type: 'ready' });
      await until('the state', () => page.received.length > before || undefined);
      assert.deepEqual(rejections, []);
      assert.equal(await vscode.env.clipboard.readText(), 'untouched');
      assert.equal(vscode.window.tabGroups.all.flatMap((group) => group.tabs).length, tabs);
      const { state } = page.received.findLast((message) => message.type === 'state') ?? {};
      assert.equal(state?.viewing ?? null, null);
    } finally {
      screen.stop();
      following.stop();
    }
  });
});

function say(page: PanelPage, message: unknown): void {
  page.say(message as PageMessage);
}

/** Messages that no page of ours sends. */
function* forged(): Generator {
  const types = [
    ...['', 'constructor', '__proto__', 'execute', 'openExternal', 'copy', 'image', 'openEntry'],
    ...['openPage', 'remedy', 'reveal', 'watch', 'imageCopied', 'copyImage', 'saveImage'],
  ];
  const values = [null, -1, 1e9, NaN, '', '../x', 'selfie_image\0', [], {}, 'all', 'apiKey'];
  for (const type of types) {
    for (const value of values) {
      yield { type, what: value, name: value, index: value, explanation: value, remedy: value };
      yield { type, id: value, ok: value, command: 'workbench.action.quit', args: [value] };
    }
  }
  for (const odd of [null, undefined, 7, 'ready', [], [{ type: 'copyAs' }], { TYPE: 'copyAs' }]) {
    yield odd;
  }
}
