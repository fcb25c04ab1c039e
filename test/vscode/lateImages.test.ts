import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { relative } from 'node:path';
import * as vscode from 'vscode';
import { dataFolder, filesBelow } from '../support/dataFolder';
import { closeAllTabs, followPanels, type PanelPage } from '../support/panelPages';
import { recordScreen } from '../support/screen';
import { activateSmile, addProfile, fresh, startOwnSimulator } from '../support/smileExtension';
import { startStub, type StubServer } from '../support/stubServer';
import { until } from '../support/until';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
/** Is in the late image and nowhere else. */
const MARKER = 'bytes-of-a-late-image-5c1d';

describe('An image whose download ends too late', () => {
  let stub: StubServer;
  let held: ServerResponse[] = [];
  let code = '0810';

  before(async () => {
    await activateSmile();
    stub = await startStub(({ url = '' }, response) => {
      if (url.endsWith('/late')) {
        held.push(response.writeHead(200));
        response.write(Buffer.concat([PNG, Buffer.from(MARKER)]));
      } else if (url.endsWith('/soon')) {
        response.end(PNG);
      } else {
        const [name, path] =
          code === '0810' ? ['selfie_image', '/late'] : ['id_photo_image', '/soon'];
        response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            job_complete: true,
            job_success: true,
            result: { ResultCode: code, PartnerParams: { job_type: 1 } },
            image_links: { [name]: new URL(path, stub.url).href },
          }),
        );
      }
    });
  });
  after(async () => {
    await closeAllTabs();
    await stub.stop();
    await startOwnSimulator(); // its profile is the active one again
  });

  const ends: readonly [string, (page: PanelPage, profile: string) => unknown, string[]][] = [
    [
      'its panel is closed',
      ({ panel }) => {
        panel.dispose();
      },
      [],
    ],
    [
      'its profile is signed out',
      async (_page, profile) => {
        const screen = recordScreen({ press: (_message, [button]) => button });
        await vscode.commands.executeCommand('smile.signOut', profile);
        screen.stop();
      },
      [],
    ],
    [
      'a newer response has come',
      async (page) => {
        code = '0811';
        page.say({ type: 'refresh' });
        await until('the image of the newer response', () =>
          page.received.find(({ type }) => type === 'image'),
        );
      },
      ['id_photo_image'],
    ],
  ];
  for (const [what, end, shown] of ends) {
    it(`since ${what} is shown nowhere and kept in no file`, async () => {
      held = [];
      code = '0810';
      await closeAllTabs();
      const following = followPanels();
      const { id } = await addProfile({
        ...{ name: fresh('Late'), environment: 'local', partnerId: '085', apiKey: 'a-key' },
        url: stub.url,
      });
      const request = { profile: id, userId: fresh('user'), jobId: 'j-1', imageLinks: true };
      await vscode.commands.executeCommand('smile.getJobStatus', request);
      following.stop();
      const page = await until('the panel', () => following.pages[0]);
      const download = await until('the download', () => held[0]);
      const over = once(download, 'close');
      await end(page, id);
      download.end('the end');
      await over;
      // a request that begins after the download has ended ends after all effects of the download
      await startOwnSimulator();
      const images = page.received.flatMap((each) => (each.type === 'image' ? [each.name] : []));
      assert.deepEqual(images, shown);
      assert.deepEqual(
        filesBelow(dataFolder())
          .filter((path) => readFileSync(path).includes(MARKER))
          .map((path) => relative(dataFolder(), path)),
        [],
      );
      assert.equal(held.length, 1);
    });
  }
});
