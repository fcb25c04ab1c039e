import * as assert from 'node:assert/strict';
import { useWorkbench } from './workbench';

describe('Entering a job ID in a window with a slow connection', () => {
  const workbench = useWorkbench({ lag: 75 });
  const input = () => workbench().quickInput.locator('input').first();

  before(async () => {
    await workbench().startSimulator();
  });
  afterEach(async () => {
    await workbench().press('Escape');
    await workbench().runCommand('View: Close All Editors');
  });

  it('looks up what is pasted and entered at once, although a known job starts like it', async () => {
    await workbench().runCommand('Smile ID: Get Job Status…');
    await input().fill('appro');
    await input().press('Enter');
    await workbench().quickInput.getByText('User ID of job appro ').waitFor();
  });

  it('looks up what is typed in two steps, although the first one is shown', async () => {
    await workbench().runCommand('Smile ID: Get Job Status…');
    await input().fill('pen');
    await workbench().quickInput.getByText('use this ID').waitFor();
    await input().fill('pend');
    await input().press('Enter');
    await workbench().quickInput.getByText('User ID of job pend ').waitFor();
  });
});

describe('Choosing a job in the prompt', () => {
  const workbench = useWorkbench();
  const input = () => workbench().quickInput.locator('input').first();

  before(async () => {
    await workbench().startSimulator();
  });
  afterEach(async () => {
    await workbench().press('Escape');
    await workbench().runCommand('View: Close All Editors');
  });

  it('accepts a known job that starts like what is typed, once the user moved to it', async () => {
    await workbench().runCommand('Smile ID: Get Job Status…');
    await input().fill('appro');
    await workbench().quickInput.getByText('use this ID').waitFor();
    await input().press('ArrowDown');
    const focused = workbench().quickInput.locator('.monaco-list-row.focused');
    await focused.getByText('Biometric KYC, approved by the machine').waitFor();
    await input().press('Enter');
    await workbench().panel('Approved');
  });

  it('opens the job that the user clicks, although a known one is typed', async () => {
    await workbench().lookUp('rejected-spoof', 'Rejected');
    await workbench().runCommand('View: Close All Editors');
    await workbench().runCommand('Smile ID: Get Job Status…');
    await input().fill('rejected-spoof');
    await workbench().page.waitForTimeout(1000); // nobody clicks sooner
    await workbench().pick('rejected-spoof-human');
    await workbench().panel('Rejected', 'rejected-spoof-human');
  });

  it('stays on the job that the user moved to, of two with the same ID, if the clipboard has another one', async () => {
    for (const user of ['user-a', 'user-b']) {
      await workbench().runCommand('Smile ID: Get Job Status…');
      await input().fill('my-job');
      await workbench().pick('use this ID');
      await workbench().enterAt('User ID of job my-job', user);
      await workbench().panel('Approved');
      await workbench().runCommand('View: Close All Editors');
    }
    await workbench().page.evaluate(`
      const text = new Promise((resolve) => {
        globalThis.fillClipboard = () => resolve('{ "user_id": "copied-user", "job_id": "copied-job" }');
      });
      Object.defineProperty(navigator.clipboard, 'readText', { configurable: true, value: () => text });`);
    await workbench().runCommand('Smile ID: Get Job Status…');
    const focused = workbench().quickInput.locator('.monaco-list-row.focused');
    await focused.getByText('user-b').waitFor();
    await input().press('ArrowDown');
    await focused.getByText('user-a').waitFor();
    await workbench().page.evaluate('globalThis.fillClipboard()');
    await workbench().quickInput.getByText('from the clipboard').waitFor();
    assert.match(await focused.innerText(), /user-a/);
    await workbench().screenshot('clipboard came late');
  });
});
