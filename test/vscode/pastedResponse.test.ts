import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sign } from '../../src/core/smile/signature';
import { closeAllTabs, followPanels, type PanelPage } from '../support/panelPages';
import { recordScreen, type Hands } from '../support/screen';
import { activateSmile, addProfile, fresh, startOwnSimulator } from '../support/smileExtension';
import { freeAddress, startStub, type StubServer } from '../support/stubServer';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const responseOf = (jobId: string, more: object = {}): object => ({
  ResultCode: '0810',
  ResultText: 'Document Verified',
  SmileJobID: '0000000001',
  PartnerParams: { user_id: 'u-1', job_id: jobId, job_type: 6 },
  ...more,
});
const textOf = (jobId: string): string => JSON.stringify(responseOf(jobId));

/** The lenses over responses. */
async function explainLenses({ uri }: vscode.TextDocument): Promise<vscode.Command[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    uri,
    100,
  );
  return lenses.flatMap(({ command }) => (command?.title === '$(info) Explain' ? [command] : []));
}

/** What a user sees who clicks a lens, or runs the command and uses what it shows. */
async function explain(
  lens?: vscode.Command,
  hands: Hands = {},
): Promise<{ pages: readonly PanelPage[]; texts: string[] }> {
  const following = followPanels();
  const screen = recordScreen(hands);
  try {
    const { command, arguments: args = [] } = lens ?? { command: 'smile.explainResponse' };
    await vscode.commands.executeCommand(command, ...(args as unknown[]));
  } finally {
    screen.stop();
    following.stop();
  }
  return { pages: following.pages, texts: screen.texts.map(({ text }) => text) };
}

/** The panels that were opened, by their titles. */
const titles = ({ pages }: { readonly pages: readonly PanelPage[] }): string[] =>
  pages.map(({ panel }) => panel.title);

describe('A response that a user has already', () => {
  before(async () => {
    await activateSmile();
  });
  beforeEach(() => vscode.env.clipboard.writeText(''));
  afterEach(async () => {
    await closeTexts();
    await closeAllTabs();
  });

  it('is explained by the lens over it, and no other response of the file is', async () => {
    const lines = ['j-1', 'j-2', 'j-3'].map((jobId) => `2026-11-27 INFO got ${textOf(jobId)}\n`);
    const document = await openText('log', lines.join(''));
    const [first, second, third] = await explainLenses(document);
    assert.ok(first && second && third);
    assert.deepEqual(titles(await explain(second)), ['Response: j-2']);
    assert.deepEqual(titles(await explain(third)), ['Response: j-3']);
    assert.deepEqual(titles(await explain(first)), ['Response: j-1']);
  });

  it('is explained alone by its lens where it is in a list, and is not cut off', async () => {
    const document = await openText('json', `[\n${textOf('j-1')},\n${textOf('j-2')}\n]`);
    for (const lens of await explainLenses(document)) {
      const { pages, texts } = await explain(lens);
      assert.deepEqual([pages.length, texts], [1, []]);
      const state = await until('the state', () =>
        pages[0]?.received.findLast((each) => each.type === 'state'),
      );
      assert.doesNotMatch(state.state.report?.alert ?? '', /cut off/);
    }
    assert.deepEqual((await explainLenses(document)).length, 2);
  });

  it('has the headers that stand before it, where its lens is', async () => {
    const { apiKey, partnerId } = { apiKey: 'a-key', partnerId: '0777' };
    const { timestamp, signature } = await sign(apiKey, partnerId, new Date().toISOString());
    await addProfile({
      ...{ name: fresh('Signed'), environment: 'local', partnerId, apiKey },
      url: await freeAddress(),
    });
    const webhook = '{"status": "clear", "reason": null, "product": "enhanced_kyc"}';
    const headers = `response-timestamp: ${timestamp}\nresponse-signature: ${signature}\n\n`;
    const document = await openText('log', `${textOf('j-1')}\n${headers}${webhook}\n`);
    const [, lens] = await explainLenses(document);
    const { pages } = await explain(lens);
    const { state } = await until('the state', () =>
      pages[0]?.received.findLast((each) => each.type === 'state'),
    );
    assert.equal(state.report?.signature?.state, 'valid');
    await startOwnSimulator(); // its profile is the active one again
  });

  it('is never taken for another one if the file was changed under its lens', async () => {
    const document = await openText('log', `${textOf('j-1')}\n${textOf('j-2')}\n`);
    const [first] = await explainLenses(document);
    assert.ok(first);
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(0, 0, 1, 0)); // now the second one is in its place
    await vscode.workspace.applyEdit(edit);
    const { pages, texts } = await explain(first);
    assert.deepEqual(
      { titles: titles({ pages }), texts },
      {
        titles: [],
        texts: ['The file has changed since. Choose Explain above the response again.'],
      },
    );
    const [again] = await explainLenses(document);
    assert.deepEqual(titles(await explain(again)), ['Response: j-2']);
  });

  it('is picked from a list where the selection has several', async () => {
    const refused = '{"error":"Job not found","code":"2304"}';
    const text = `${textOf('j-1')}\n${textOf('j-2')}\n${refused}\n`;
    await openText('json', text);
    await vscode.commands.executeCommand('editor.action.selectAll');
    let offered: unknown;
    const shown = await explain(undefined, {
      pick: (items) => {
        offered = items.map(({ label, description, detail }) => [label, description, detail]);
        return items[1];
      },
    });
    assert.deepEqual(titles(shown), ['Response: j-2']);
    const says = 'The response says: Approved · Document Verified';
    assert.deepEqual(offered, [
      ['$(unverified) Not signed', 'callback or result · j-1', says],
      ['$(unverified) Not signed', 'callback or result · j-2', says],
      ['$(report) Request refused', 'error response', 'Job not found'],
    ]);
    assert.ok(shown.texts.includes('3 responses were found'));
  });

  it('is not shown if the user leaves the list', async () => {
    await openText('json', `${textOf('j-1')}\n${textOf('j-2')}`);
    await vscode.commands.executeCommand('editor.action.selectAll');
    assert.deepEqual(titles(await explain()), []);
  });

  it('is taken from the open file, the clipboard or what is pasted, as the user chooses', async () => {
    await openText('json', textOf('in-file'));
    await vscode.env.clipboard.writeText(textOf('copied'));
    const choose = async (label: string): Promise<string[]> =>
      titles(
        await explain(undefined, {
          pick: (items) => items.find((item) => item.label.endsWith(label)),
          type: () => `log line ${textOf('typed')}`,
        }),
      );
    assert.deepEqual(await choose('Open file'), ['Response: in-file']);
    await closeAllTabs();
    await openText('json', textOf('in-file'));
    assert.deepEqual(await choose('Clipboard'), ['Response: copied']);
    await closeAllTabs();
    await openText('json', textOf('in-file'));
    assert.deepEqual(await choose('Paste a Response…'), ['Response: typed']);
  });

  it('is asked for at once if neither the file nor the clipboard has one', async () => {
    await openText('json', '{"name": "app"}');
    await vscode.env.clipboard.writeText('nothing');
    assert.deepEqual(titles(await explain(undefined, { type: () => textOf('typed') })), [
      'Response: typed',
    ]);
    const none = await explain(undefined, { type: () => '{"name": "app"}' });
    assert.deepEqual(titles(none), []);
    assert.ok(none.texts.includes('No response of Smile ID was found in this text.'));
  });

  describe('without a signature', () => {
    const stubs: StubServer[] = [];
    const names = [fresh('A'), fresh('B'), fresh('C')];
    /** The profiles whose servers were asked for the job; the check of a key asks for another one. */
    let asked: string[] = [];

    /** Has the job requested from its panel, as a user who picks from a list of profiles by name. */
    async function lookUp(body: object, pick: string): Promise<readonly string[][]> {
      const { pages } = await explain(undefined, { type: () => JSON.stringify(body) });
      const lists: string[][] = [];
      const screen = recordScreen({
        pick: (items) => {
          lists.push(items.map(({ label }) => label).filter((label) => names.includes(label)));
          return items.find(({ label }) => label === pick);
        },
      });
      const following = followPanels();
      try {
        pages[0]?.say({ type: 'lookUpPasted' });
        await until(
          'a panel of the job, or a list',
          () => following.pages[0] ?? (pick === '' ? lists[0] : undefined),
        );
        const [opened] = following.pages;
        if (opened) {
          await until('the response', () =>
            opened.received.find((each) => each.type === 'state' && each.state.report !== null),
          );
        }
      } finally {
        following.stop();
        screen.stop();
      }
      return lists;
    }

    beforeEach(async () => {
      for (const [at, partnerId] of ['0777', '777', '0888'].entries()) {
        const name = names[at] ?? '';
        const stub = await startStub((request, response) => {
          request.on('data', (bytes) => {
            if (String(bytes).includes('"j-1"')) asked.push(name);
          });
          response.end('{"error":"Job not found","code":"2304"}');
        });
        stubs.push(stub);
        await addProfile({
          ...{ name, environment: 'local', partnerId, apiKey: `key-${at}`, url: stub.url },
        });
      }
      asked = [];
    });
    afterEach(async () => {
      for (const name of names) {
        const screen = recordScreen({ press: (_message, [button]) => button });
        await vscode.commands.executeCommand('smile.signOut', name);
        screen.stop();
      }
      for (const stub of stubs.splice(0)) await stub.stop();
    });
    after(() => startOwnSimulator()); // its profile is the active one again

    it('is looked up with the profile that the user picks, if several fit', async () => {
      assert.deepEqual(await lookUp(responseOf('j-1'), names[1] ?? ''), [names]);
      assert.deepEqual(asked, [names[1]]);
    });

    it('offers only the profiles of the partner that it names', async () => {
      const lists = await lookUp(responseOf('j-1', { partner_id: '777' }), names[0] ?? '');
      assert.deepEqual([lists, asked], [[names.slice(0, 2)], [names[0]]]);
    });

    it('is looked up at once if one profile is of the partner that it names', async () => {
      // the active profile is another one
      await vscode.commands.executeCommand('smile.switchProfile', names[0]);
      const lists = await lookUp(responseOf('j-1', { partner_id: '888' }), names[0] ?? '');
      assert.deepEqual([lists, asked], [[], [names[2]]]);
    });

    it('is not looked up if the user leaves the list, or if no profile is of its partner', async () => {
      assert.deepEqual(await lookUp(responseOf('j-1'), ''), [names]);
      assert.deepEqual(asked, []);
    });
  });

  describe('with links to images', () => {
    let stub: StubServer;
    const fetched = (): string[] => stub.requests.filter((each) => each === 'GET /selfie');

    before(async () => {
      stub = await startStub((_request, response) => {
        response.end(PNG);
      });
      await addProfile({
        ...{ name: fresh('Pasted'), environment: 'local', partnerId: '0777', apiKey: 'a-key' },
        url: stub.url,
      });
    });
    after(async () => {
      await stub.stop();
      await startOwnSimulator(); // its profile is the active one again
    });

    it('has them fetched only once the user wants to see them', async () => {
      const signed = await sign('a-key', '0777', new Date().toISOString());
      const image_links = { selfie_image: new URL('/selfie', stub.url).href };
      const body = JSON.stringify(responseOf('j-1', { ...signed, image_links }));
      const { pages } = await explain(undefined, { type: () => body });
      const [page] = pages;
      assert.ok(page);
      const state = (isDropped: boolean) =>
        until('the images', () =>
          page.received.find(
            (each) =>
              each.type === 'state' &&
              each.state.images.length > 0 &&
              each.state.imagesDropped === isDropped,
          ),
        );
      await state(true);
      // the real page is there beside this one, and a page may request an image at any time
      page.say({ type: 'image', name: 'selfie_image' });
      page.say({ type: 'saveImage', name: 'selfie_image' });
      const version = page.received.length;
      page.say({ type: 'reveal', id: null, on: true });
      await until('the page after that', () => page.received[version]);
      assert.deepEqual(fetched(), []);
      page.say({ type: 'fetchImages' });
      await state(false);
      await until('the image', () => page.received.find(({ type }) => type === 'image'));
      assert.deepEqual(fetched(), ['GET /selfie']);
    });
  });
});
