import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAllTabs, followPanels, jobTabs } from '../support/panelPages';
import { activateSmile, fresh, startOwnSimulator } from '../support/smileExtension';
import { until } from '../support/until';

describe('The page of a job panel', () => {
  before(async () => {
    await activateSmile();
    await closeAllTabs();
    await startOwnSimulator();
  });
  after(closeAllTabs);

  /** The webviews of two jobs. */
  async function webviews(): Promise<vscode.Webview[]> {
    const following = followPanels();
    try {
      for (const jobId of ['approved', 'biometric-kyc']) {
        const job = { userId: fresh('user'), jobId };
        await vscode.commands.executeCommand('smile.getJobStatus', job);
      }
    } finally {
      following.stop();
    }
    await until('the tabs', () => (jobTabs().length === 2 ? true : undefined));
    return following.pages.map(({ panel }) => panel.webview);
  }

  it('may load its own scripts, styles and font and show the images that it is sent, and nothing else', async () => {
    const pages = await webviews();
    const nonces = pages.map(({ html, cspSource, options }) => {
      const policies = html.match(/<meta http-equiv[^>]*>/g);
      const [nonce = ''] = /(?<='nonce-)[^']+/.exec(html) ?? [];
      assert.deepEqual(policies, [
        '<meta http-equiv="Content-Security-Policy" content="' +
          "default-src 'none'; img-src blob:; " +
          `font-src ${cspSource}; style-src ${cspSource}; script-src 'nonce-${nonce}'; ` +
          `base-uri 'none'; form-action 'none'" />`,
      ]);
      // what VS Code says for "files of this webview": itself and the hosts that it serves them from
      assert.match(
        cspSource,
        /^('self'|https:\/\/\*\.vscode-cdn\.net)( https:\/\/\*\.vscode-cdn\.net)*$/,
      );
      assert.match(nonce, /^[A-Za-z0-9+/]{24}$/);
      assert.deepEqual(
        html
          .match(/<script[^>]*>/g)
          ?.map((tag) => tag.replace(/src="[^"]*\/dist\/panel\.js"/, 'SRC')),
        [`<script nonce="${nonce}" SRC>`],
      );
      assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=/);
      assert.deepEqual(
        [
          options.enableCommandUris ?? false,
          options.portMapping ?? [],
          options.localResourceRoots?.map(({ path }) => path.split('/').at(-1)),
        ],
        [false, [], ['dist', 'media']],
      );
      return nonce;
    });
    assert.equal(new Set(nonces).size, 2);
  });
});
