import assert from 'node:assert/strict';
import { until } from '../support/until';
import { useWorkbench } from './workbench';

describe('Deleting all data', () => {
  const workbench = useWorkbench();
  /** What of a choice and a job is found in all that VS Code keeps. This VS Code keeps keys in memory only. */
  const MARKS = ['smile.activeProfile', 'job-to-delete'];
  const kept = async (): Promise<string[]> => {
    const text = await workbench().keptByWindow();
    return MARKS.filter((mark) => text.includes(mark));
  };

  it('says what will be deleted, and deletes nothing if the user cancels', async () => {
    await workbench().runCommand('Smile ID: Start Local Simulator');
    await workbench().page.getByText('Smile ID: local · Local simulator').waitFor();
    await workbench().enterInto('Smile ID: Get Job Status…', 'job-to-delete');
    await workbench().enterAt('User ID of job', 'user-1');
    const panel = await workbench().panel('Approved');
    // VS Code keeps addresses of documents that were open
    await panel.getByRole('button', { name: 'Open JSON' }).click();
    await workbench().page.locator('.monaco-editor').getByText('"0810"').first().waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
    const dialog = workbench().page.locator('.monaco-dialog-box');
    const text = dialog.getByText(
      'This deletes from this machine: 1 profile, 1 recent job, 1 API key, 2 remembered choices',
    );
    await workbench().runCommand('Smile ID: Delete All Data…');
    await text.waitFor();
    await workbench().screenshot('delete-all-data');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await workbench().page.getByText('Smile ID: local · Local simulator').waitFor();
    assert.equal(await workbench().tabs.count(), 2);
    await until('what is kept', async () =>
      (await kept()).length === MARKS.length ? true : undefined,
    );
  });

  it('leaves nothing if the user confirms, and says what was deleted', async () => {
    await workbench().runCommand('Smile ID: Delete All Data…');
    await workbench().chooseInNotification('Delete all data of this extension?', 'Delete All Data');
    await workbench()
      .page.getByText('Deleted: 1 profile, 1 recent job, 1 API key, 2 remembered choices.')
      .first()
      .waitFor();
    await workbench().screenshot('all-data-deleted');
    await workbench().tabs.first().waitFor({ state: 'detached' });
    await workbench()
      .page.getByText('Smile ID: local · Local simulator')
      .waitFor({ state: 'detached' });
    await workbench().openViewContainer('Smile ID');
    await workbench().sideBar.getByText('Start the local simulator').waitFor();
    await workbench().reload();
    await workbench().openViewContainer('Smile ID');
    await workbench().sideBar.getByText('Start the local simulator').waitFor();
    await until('an empty storage', async () => ((await kept()).length === 0 ? true : undefined));
  });
});
