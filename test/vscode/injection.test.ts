import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { marked } from 'marked';
import * as vscode from 'vscode';
import { Emitter } from '../../src/core/event';
import type { RecentJob } from '../../src/core/jobs/recentJobs';
import type { Profile } from '../../src/core/smile/profile';
import { JobsTree } from '../../src/vscode/jobsView/jobsTree';
import * as notify from '../../src/vscode/notify';
import { ProfileStatus } from '../../src/vscode/credentials/statusBar';
import { MemoryLog } from '../support/fakes';
import { hostileId, hostileText, ICON, LINK, MARK, textsIn } from '../support/hostileText';
import { closeAllTabs, followPanels } from '../support/panelPages';
import { recordScreen, type Hands, type ScreenText } from '../support/screen';
import { activateSmile, addProfile } from '../support/smileExtension';
import { startStub, type StubServer } from '../support/stubServer';
import { closeTexts, openText } from '../support/texts';
import { until } from '../support/until';

/** Each run goes through the whole extension, so there are few; the texts they come from are tried by thousands. */
const RUNS = 6;
fc.configureGlobal({ seed: 20_260_901 }); // so that a run repeats

function assertHarmless(texts: readonly ScreenText[]): void {
  for (const { makes, text } of texts) {
    assert.ok(!MARK.test(text), `a mark in ${JSON.stringify(text)}`);
    if (makes !== 'nothing') assert.ok(!ICON.test(text), `an icon in ${text}`);
    if (makes === 'links and icons') assert.ok(!LINK.test(text), `a link in ${text}`);
  }
}

const nothing = (...texts: readonly string[]): ScreenText[] =>
  texts.map((text) => ({ makes: 'nothing', text }));

describe('Texts that are not ours: IDs, names of profiles and what a server sends', () => {
  let server: StubServer;
  let reply: { readonly status: number; readonly body: unknown };

  before(async () => {
    await activateSmile();
    server = await startStub((_request, response) => {
      response.writeHead(reply.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(reply.body));
    });
  });
  after(async () => {
    await closeAllTabs();
    await server.stop();
  });

  let profiles = 0;
  /** Each name is free once, even if fast-check repeats a case to make it smaller. */
  const profileOf = (name: string) => ({
    name: `${(profiles += 1)} ${name}`.slice(0, 60).trim(),
    environment: 'local' as const,
    partnerId: '085',
    apiKey: 'a-key',
    url: server.url,
  });

  /** Runs commands with a recorded screen. @returns what they showed */
  const shownBy = async (hands: Hands, run: () => Promise<unknown>): Promise<ScreenText[]> => {
    const screen = recordScreen(hands);
    try {
      await run();
    } finally {
      screen.stop();
    }
    return [...screen.texts];
  };
  /** An error that a command passes to its caller is shown by VS Code if the caller was a click. */
  const command = async (name: string, ...args: readonly unknown[]): Promise<ScreenText[]> => {
    try {
      await vscode.commands.executeCommand(name, ...args);
      return [];
    } catch (error) {
      return [{ makes: 'links and icons', text: error instanceof Error ? error.message : '' }];
    }
  };

  it('are harmless in notifications, dialogs and progress of every kind and place', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const message = `Job ${text}.`;
        const shown = await shownBy({}, async () => {
          await notify.info(message, 'Open');
          await notify.warn(message);
          await notify.error(message);
          await notify.confirm(message, message, 'Go');
          notify.flash(message);
          for (const location of [
            vscode.ProgressLocation.Notification,
            vscode.ProgressLocation.Window,
            { viewId: 'smile.recentJobs' },
          ]) {
            await notify.progress({ location, title: message }, (report) => {
              report(message);
              return Promise.resolve();
            });
          }
        });
        assert.equal(shown.length, 9);
        assertHarmless(shown);
      }),
      { numRuns: 100 },
    );
  });

  it('are harmless in the prompts and messages of each command', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileId,
        hostileId,
        hostileId,
        hostileText,
        async (name, job, user, text) => {
          const ids = { userId: user, jobId: job };
          reply = { status: 400, body: { error: text, code: '2205' } };
          const profile = profileOf(name);
          let id = '';
          const shown = await shownBy(
            {
              // the item of the job itself if there is one, otherwise what is typed or comes first
              pick: (items) => items.find(({ kind }) => kind === undefined),
              // No key, and so no request, for the sandbox, which is first in the list.
              type: (prompt) =>
                prompt.startsWith('API key')
                  ? undefined
                  : prompt.startsWith('Name of')
                    ? profile.name
                    : user,
            },
            async () => {
              ({ id } = await addProfile(profile));
              // The job is recorded, so that lists have it.
              await command('smile.getJobStatus', { profile: id, ...ids });
              await command('smile.getJobStatus');
              await command('smile.findJobs');
              await command('smile.findJobs', text);
              await command('smile.explainCode', text);
              await command('smile.checkSignature');
              await command('smile.explainCode');
              await command('smile.copyCodeReport', text);
              await command('smile.switchProfile');
              await command('smile.editProfile');
              await command('smile.editProfile', id);
              await command('smile.signOut', id);
              await command('smile.clearJobs');
              await command('smile.panel.compare');
              await command('smile.panel.copyAs');
              await command('smile.addProfile');
            },
          );
          const thrown = [
            ...(await command('smile.getJobStatus', { profile: text, ...ids })),
            ...(await command('smile.switchProfile', text)),
            ...(await command('smile.addProfile', profile)), // the name is taken
          ];
          assert.ok(shown.length > 30 && thrown.length === 3, `${shown.length}, ${thrown.length}`);
          assertHarmless([...shown, ...thrown]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('are harmless when a profile is added by hand, and the server accepts or rejects the key', async () => {
    await fc.assert(
      fc.asyncProperty(hostileId, hostileText, async (name, text) => {
        for (const code of ['2205', '2220', text]) {
          const typed = profileOf(name);
          reply = { status: 400, body: { error: text, code } };
          let said = '';
          const shown = await shownBy(
            {
              pick: (items) => items.find(({ label }) => label === 'Local'),
              type: (prompt) =>
                [
                  { of: 'Address', is: typed.url },
                  { of: 'Name', is: typed.name },
                  { of: 'Partner', is: typed.partnerId },
                  { of: 'API key', is: typed.apiKey },
                ].find(({ of }) => prompt.startsWith(of))?.is,
              press: (message) => {
                said = message;
                return undefined;
              },
            },
            async () => {
              await command('smile.addProfile');
              await until('the verdict on the key', () => said !== '' || undefined);
            },
          );
          assertHarmless(shown);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are harmless in panels, their titles, their documents and their comparisons', async () => {
    await fc.assert(
      fc.asyncProperty(hostileId, hostileId, hostileText, async (name, jobId, text) => {
        const result = {
          ResultCode: '0812',
          ResultText: text,
          ResultType: 'A\u202e',
          Actions: { [text]: text },
          FullName: text,
          PartnerParams: { user_id: text, job_id: text, job_type: 1 },
        };
        reply = {
          status: 200,
          body: { job_complete: true, job_success: false, code: text, result, history: [result] },
        };
        const following = followPanels();
        try {
          const { id } = await addProfile(profileOf(name));
          const other = `${jobId.slice(0, 250)}-2`; // to compare with
          await command('smile.getJobStatus', { profile: id, userId: jobId, jobId: other });
          await command('smile.getJobStatus', { profile: id, userId: jobId, jobId });
          const page = following.pages.at(-1);
          assert.ok(page);
          page.say({ type: 'reveal', id: null, on: true });
          const before = page.received.length;
          page.say({ type: 'openEntry', index: 0 });
          await until('the entry', () => page.received.length > before || undefined);
          page.say({ type: 'openEntry', index: null });
          reply = { status: 400, body: { error: text, code: '2202' } };
          let failed = false;
          const compared = await shownBy(
            {
              pick: (items) => items.at(-1),
              press: () => {
                failed = true;
                return undefined;
              },
            },
            async () => {
              page.say({ type: 'compare' });
              await until('the other job is refused', () => failed || undefined);
            },
          );
          assertHarmless(compared);
          page.say({ type: 'openJson' });
          const document = await until('the JSON', () =>
            vscode.window.visibleTextEditors
              .map((editor) => editor.document)
              .find(({ uri }) => uri.scheme === 'smile-job'),
          );
          // what is not known is redacted; the unredacted response, which a user may open, has escapes for marks
          assert.match(document.getText(), /"ResultType": "\[redacted\]"/);
          const whole = document.uri.with({ authority: 'personal' });
          const personal = await vscode.workspace.openTextDocument(whole);
          assert.match(personal.getText(), /"ResultType": "A\\u202e"/);
          const received = page.received.map((message) =>
            message.type === 'state'
              ? message.state
              : message.type === 'history'
                ? message.groups
                : [],
          );
          assertHarmless(
            nothing(
              page.panel.title,
              ...textsIn(received),
              document.uri.path,
              ...[document, personal].flatMap((each) => each.getText().split(/\r?\n/)),
            ),
          );
        } finally {
          following.stop();
          await closeAllTabs();
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are harmless over the code, in the tree and in the status bar', async () => {
    await fc.assert(
      fc.asyncProperty(hostileId, hostileId, async (name, id) => {
        const json = JSON.stringify({ partner_params: { user_id: id, job_id: id, job_type: 1 } });
        const document = await openText('json', json);
        const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
          10,
        );
        await closeTexts();
        const tooltips = lenses.flatMap(({ command: made }) => made?.tooltip ?? []);
        assert.equal(tooltips.length, 2);

        const profile: Profile = {
          id: 'p',
          name,
          environment: 'local',
          partnerId: '085',
          url: null,
        };
        const job: RecentJob = {
          ...{ key: 'k', profileId: 'p', userId: id, jobId: id, name: null, smileJobId: id },
          ...{ jobType: 1, product: null, code: id, verdict: 'rejected', outcome: 'answered' },
          ...{ signature: 'valid', httpStatus: null },
          ...{ askedAt: '2026-03-01T12:00:00.000Z' },
        };
        const profiles = {
          list: () => Promise.resolve([profile]),
          active: () => Promise.resolve(profile),
          isWindowOnly: () => true,
          onDidChange: new Emitter<void>(new MemoryLog()).event,
        };
        const recent = {
          list: () => Promise.resolve([job]),
          onDidChange: new Emitter<void>(new MemoryLog()).event,
        };
        const tree = new JobsTree(
          recent as unknown as ConstructorParameters<typeof JobsTree>[0],
          profiles as unknown as ConstructorParameters<typeof JobsTree>[1],
          { state: () => ({ phase: 'waiting' }) } as unknown as ConstructorParameters<
            typeof JobsTree
          >[2],
        );
        const [group] = await tree.getChildren();
        const [row] = await tree.getChildren(group);
        assert.ok(group && row);
        const items = [group, row].map((node) => tree.getTreeItem(node));
        tree.dispose();

        const bar = { text: '', tooltip: '', accessibilityInformation: {}, show: () => undefined };
        const { createStatusBarItem } = vscode.window;
        Object.assign(vscode.window, {
          createStatusBarItem: () => Object.assign(bar, { dispose: () => undefined }),
        });
        const status = new ProfileStatus();
        Object.assign(vscode.window, { createStatusBarItem });
        status.show(profile, true);
        status.dispose();

        assertHarmless([
          ...nothing(...tooltips),
          ...nothing(
            ...items.flatMap(({ label, description, accessibilityInformation }) =>
              textsIn([label, description, accessibilityInformation?.label]),
            ),
          ),
          { makes: 'icons', text: bar.text.replace(/^\$\(account\) /, '') },
          ...nothing(bar.tooltip, ...textsIn(bar.accessibilityInformation)),
        ]);
        const markdown = items[1]?.tooltip;
        assert.ok(markdown instanceof vscode.MarkdownString);
        assert.deepEqual(
          [markdown.isTrusted ?? false, markdown.supportHtml ?? false],
          [false, false],
        );
        // the reader of VS Code's hovers and tooltips, with its options
        assertNoElements(markdown.value, await marked.parse(markdown.value, { gfm: true }));
      }),
      { numRuns: RUNS },
    );
  });

  it('are harmless in the pages that open in the Markdown preview', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        for (const scheme of ['smile-rule', 'smile-code']) {
          const path = `/${text.replace(/^\/+|\p{Cs}/gu, '')}.md`; // half a character cannot be part of an address
          const document = await vscode.workspace.openTextDocument(
            vscode.Uri.from({ scheme, path }),
          );
          const page = document.getText();
          assertNoElements(
            page,
            await vscode.commands.executeCommand<string>('markdown.api.render', page),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  function assertNoElements(markdown: string, html: string): void {
    assert.ok(!/<(?:a|img|script|b)\b/i.test(html), `${markdown}\n${html}`);
  }
});
