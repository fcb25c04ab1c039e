import assert from 'node:assert/strict';
import { join } from 'node:path';
import { storeRecord } from '../support/storeRecord';
import { persist, useWorkbench } from './workbench';

const OF_PROFILES = ['Switch Profile…', 'Edit Profile…', 'Remove Profile…'];
const OF_JOBS = ['Find in Recent Jobs…', 'Clear Recent Jobs'];

describe('Commands and settings, as a user meets them', () => {
  const workbench = useWorkbench();
  const offered = async (titles: readonly string[]): Promise<string[]> => {
    const shown: string[] = [];
    for (const title of titles) {
      if (await workbench().offers(`Smile ID: ${title}`)) shown.push(title);
    }
    return shown;
  };
  const titleBarButton = (name: string) =>
    workbench().page.locator('.title .editor-actions').getByRole('button', { name });

  it('are offered only where they can do something', async () => {
    await workbench().openViewContainer('Smile ID');
    await workbench().sideBar.getByText('local simulator').waitFor(); // until all is loaded
    // until the extension has counted its profiles, all are offered
    await persist(async () => {
      assert.deepEqual(await offered([...OF_PROFILES, ...OF_JOBS, 'Clear Webhooks']), []);
    });
    await workbench().startSimulator();
    assert.deepEqual(await offered([...OF_PROFILES, ...OF_JOBS]), OF_PROFILES);
    await workbench().lookUp('approved', 'Approved');
    assert.deepEqual(await offered(OF_JOBS), OF_JOBS);
    await workbench().runCommand('Smile ID: Clear Recent Jobs');
    await workbench().chooseInNotification('Clear all recent jobs?', 'Clear');
    await workbench().treeItem('approved').waitFor({ state: 'detached' });
    assert.deepEqual(await offered(OF_JOBS), []);
    await workbench().runCommand('View: Close All Editors');
  });

  it('watch a job and stop watching it by one button of the title bar, and in the palette', async () => {
    const panel = await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await titleBarButton('Watch This Job').click();
    await panel.getByText(/next check in/).waitFor();
    assert.deepEqual(await offered(['Watch This Job', 'Stop Watching This Job']), [
      'Stop Watching This Job',
    ]);
    await workbench().screenshot('watched panel');
    await titleBarButton('Stop Watching This Job').click();
    await panel.getByText('Watching stopped: You stopped watching.').waitFor();
    assert.deepEqual(await offered(['Watch This Job', 'Stop Watching This Job']), [
      'Watch This Job',
    ]);
    await workbench().runCommand('View: Close All Editors');
  });

  it('have settings in groups, with links and a description of each choice', async () => {
    const { page } = workbench();
    await workbench().runCommand('Preferences: Open Settings (UI)');
    const settings = page.locator('.settings-editor');
    await settings.locator('.suggest-input-container .monaco-editor').click();
    await page.keyboard.type('@ext:smile-devtools.smile-identity');
    const groups = settings.locator('.settings-toc-container .monaco-list-row');
    await groups.filter({ hasText: /^Jobs/ }).waitFor();
    await workbench().screenshot('settings');
    const titles = (await groups.allInnerTexts()).map((text) => text.replace(/\s*\(\d+\)\s*/, ''));
    const wanted = ['General', 'Jobs', 'Editor', 'Diagnostics'];
    assert.deepEqual(
      titles.map((title) => title.trim()).filter((title) => wanted.includes(title)),
      wanted,
    );
    await groups.filter({ hasText: /^Jobs/ }).click();
    await settings.getByRole('combobox', { name: 'smile.watch.notifications' }).click();
    await page.getByText('Each change of the verdict.').waitFor();
    await workbench().screenshot('settings choice');
    await workbench().press('Escape');
    await groups.filter({ hasText: /^Editor/ }).click();
    await settings.getByRole('link', { name: 'Editor › Inlay Hints: Enabled' }).waitFor();
    await workbench().screenshot('settings editor');
    await persist(async () => {
      await workbench().press('Escape'); // they may be in a window of their own, which takes the keys
      await settings.waitFor({ state: 'detached', timeout: 1000 });
    });
  });

  it('ask after a restart, in one window, before a job in production is watched again', async () => {
    const put = (kind: string, key: string, record: object): void => {
      storeRecord(join(workbench().storage, kind), key, record);
    };
    put('profiles', 'live', {
      ...{ id: 'live', name: 'Acme live', environment: 'production', partnerId: '2045', url: null },
    });
    const leave = (profileId: string, jobId: string): void => {
      put('watches', jobId, {
        ...{ profileId, userId: 'user-1', jobId, verdict: 'pending' },
        aliveUntil: '2026-01-01T00:00:00.000Z',
      });
    };
    leave('live', 'job-1');
    await workbench().reload();
    const prompt =
      'Job job-1 was being watched when its window was closed or reloaded (PRODUCTION). Resume watching?';
    await workbench().page.locator('.notification-toast').getByText(prompt).waitFor();
    await workbench().screenshot('resume watching');
    leave('local-simulator', 'no-zip');
    const { page } = workbench();
    const other = await page.context().newPage();
    await other.goto(page.url());
    const tab = other.locator('.activitybar').getByRole('tab', { name: 'Smile ID' });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    // What was left meanwhile is taken over, and nothing else: by the new window, or by the first one if VS Code
    // has started its extension host again while it was loaded, as it does now and then.
    const watching = [page, other].map((window) =>
      window.locator('.monaco-list-row').filter({ hasText: 'watching' }).first().waitFor(),
    );
    await Promise.any(watching);
    assert.equal(await other.getByText('Resume watching?').count(), 0);
    await other.close();
  });
});
