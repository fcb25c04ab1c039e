import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { persist, useWorkbench } from './workbench';

describe('Looking a job up, as a user who is new to the extension', () => {
  const workbench = useWorkbench();

  it('sees a way to start, without an account', async () => {
    await workbench().openViewContainer('Smile ID');
    await workbench().sideBar.getByText('Start the local simulator').click();
    await workbench().page.getByText('Smile ID: local · Local simulator').waitFor();
    await workbench().sideBar.getByText('No jobs looked up yet').waitFor();
  });

  it('is offered the scenarios, and sees what happened and what to do next', async () => {
    await workbench().press('Control+k', 'j');
    const rows = await workbench().quickPickRows();
    assert.ok(
      rows.some((row) => row.startsWith('rejected-spoof')),
      rows.join('\n'),
    );
    // most jobs need no second step
    assert.equal(await workbench().quickInputTitle(), 'Get Job Status: local · Local simulator');
    await workbench().screenshot('prompt');
    await workbench().pick('rejected-spoof ');
    const panel = await workbench().panel('Rejected');
    const text = await panel.locator('main').innerText();
    for (const expected of [
      'Failed Enroll - Possible Spoof Detected',
      'Biometric KYC · code 0813 · machine decision · final',
      'The machine suspects that the selfie or liveness images show a spoof (a print, a screen or a mask).',
      'What to do next',
      'local · Local simulator',
      'signature valid',
      'Liveness check',
    ]) {
      assert.ok(text.includes(expected), `${expected} is not in:\n${text}`);
    }
    assert.deepEqual(await workbench().treeRows(), [
      'Local simulator local',
      'rejected-spoof 0813 · now',
    ]);
  });

  it('reaches a recent job with two key presses, in the editor it already has', async () => {
    const { quickInput } = workbench();
    const pressKeys = async (): Promise<void> => {
      await workbench().press('Control+k', 'j');
      await quickInput
        .getByText('Get Job Status: local · Local simulator')
        .waitFor({ timeout: 3000 });
      await quickInput.locator('.monaco-list-row.focused').waitFor({ timeout: 3000 });
      await workbench().press('Enter');
      await workbench().panel('Rejected');
    };
    await workbench().runCommand('View: Close All Editors');
    await pressKeys();
    await persist(pressKeys); // a new panel takes the focus a moment later
    assert.equal(await workbench().tabs.count(), 1);
  });

  it('enters a job ID, is prompted for the user ID, and sees both in the panel', async () => {
    await workbench().enterInto('Smile ID: Get Job Status…', 'order "77" ü');
    await workbench().enterAt('User ID of job', 'Ada 🙂');
    const panel = await workbench().panel('Approved');
    const ids = await panel.locator('.ids code').allInnerTexts();
    assert.deepEqual(ids.slice(0, 2), ['order "77" ü', 'Ada 🙂']);
  });

  it('looks up the ID that is typed, however fast Enter follows', async () => {
    // the page of the panel before, where it takes the focus late, would close the prompt
    await workbench().runCommand('View: Close All Editors');
    await workbench().runCommand('Smile ID: Get Job Status…');
    const input = workbench().quickInput.locator('input').first();
    await input.fill('unknown-code');
    await input.fill('nobody-knows-it');
    await input.press('Enter');
    await workbench().quickInput.getByText('User ID of job nobody-knows-it').waitFor();
    await workbench().press('Escape');
  });

  it('shows what is typed above what only starts like it, and below a known job of that ID', async () => {
    await workbench().runCommand('Smile ID: Get Job Status…');
    await workbench().type('pending');
    await workbench().quickInput.getByText('use this ID').waitFor();
    const [first] = await workbench().quickPickRows();
    assert.match(first ?? '', /^pending use this ID/);
    await workbench().type('approved');
    await workbench().quickInput.getByText('use this ID').waitFor();
    const [known, typed] = await workbench().quickPickRows();
    assert.match(known ?? '', /^approved Biometric KYC/);
    assert.match(typed ?? '', /^approved use this ID/);
    await workbench().press('Escape');
  });

  it('sees what is wrong with an ID, and loses nothing', async () => {
    await workbench().enterInto('Smile ID: Get Job Status…', 'j'.repeat(300));
    await workbench().quickInput.getByText('has 300 characters').waitFor();
    await workbench().enter('job-1');
    await workbench().enterAt('User ID of job job-1', '   ');
    await workbench().quickInput.getByText('Enter the user ID.').waitFor();
    await workbench().screenshot('prompt-problem');
    await workbench().press('Escape');
  });

  it('finds the job of the selection on top, and the switches for what is requested', async () => {
    await workbench().openFile('job-status.json');
    await workbench().press('Control+a');
    await workbench().runCommand('Smile ID: Get Job Status…');
    await workbench().quickInput.getByText('from the selection').waitFor();
    const [first] = await workbench().quickPickRows();
    assert.match(first ?? '', /^\S+ \S+$/);
    const input = workbench().quickInput.locator('input').first();
    assert.match((await input.getAttribute('placeholder')) ?? '', /history on, image links on/);
    await workbench().pressQuickInputButton(/^Image links: on/);
    await workbench().quickInput.getByPlaceholder('history on, image links off').waitFor();
    await workbench().press('Escape');
    await workbench().runCommand('Smile ID: Get Job Status…');
    await workbench().pressQuickInputButton(/^Image links: off/);
    await workbench().press('Escape');
  });

  it('reveals images one by one', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'Approved');
    const images = panel.locator('.images img');
    await images.first().waitFor();
    const blurred = (): Promise<boolean[]> =>
      images.evaluateAll((images) => images.map((image) => image.classList.contains('blurred')));
    assert.deepEqual(await blurred(), [true, true]);
    await panel.getByRole('button', { name: 'Reveal Selfie', exact: true }).click();
    assert.deepEqual(await blurred(), [false, true]);
    const filter = await images.first().evaluate((image) => getComputedStyle(image).filter);
    assert.equal(filter, 'none');
    await workbench().screenshot('revealed');
    await panel.getByRole('button', { name: 'Hide Selfie', exact: true }).click();
    assert.deepEqual(await blurred(), [true, true]);
  });

  it('opens the response as JSON, redacted until the user confirms', async () => {
    const panel = await workbench().panel('Approved');
    await panel.getByRole('button', { name: 'Open JSON' }).click();
    const editor = workbench().page.locator('.editor-group-container.active .monaco-editor');
    await editor.getByText('"ResultCode"').first().waitFor();
    assert.doesNotMatch(await editor.innerText(), /Testperson/);
    await workbench().runCommand('Smile ID: Show Personal Data');
    await workbench().screenshot('personal-data-dialog');
    await workbench().page.getByRole('button', { name: 'Show Personal Data' }).last().click();
    await workbench().tabs.filter({ hasText: '(personal data).json' }).first().waitFor();
    await workbench().press('Control+f');
    await workbench().page.keyboard.type('Testperson');
    await editor.locator('.findMatch, .currentFindMatch').first().waitFor();
    await workbench().press('Escape');
    await workbench().runCommand('View: Close All Editors');
  });

  it('can cancel a request to Smile ID', async () => {
    await workbench().enterInto('Smile ID: Get Job Status…', 'slow-20');
    await workbench().enterAt('User ID of job', 'user-1');
    const panel = await workbench().panel('Loading…');
    await workbench().screenshot('requesting');
    await panel.getByText('Cancel').click();
    await panel.getByRole('heading', { name: 'You canceled this request, not the job.' }).waitFor();
    await workbench().screenshot('cancelled');
  });

  it('hovers over a code and reads its meanings by product', async () => {
    await workbench().openFile('verification.js');
    const hover = await workbench().hoverOver('0812');
    for (const expected of [
      /Provisional/,
      /Biometric KYC/,
      /Rejected/,
      /Document Verification/,
      /Next:/,
    ]) {
      assert.match(hover, expected);
    }
    const links = workbench().page.locator('.monaco-hover:visible').getByText('Explain in full');
    const { y = Infinity } = (await links.first().boundingBox()) ?? {};
    const shown = await workbench().page.locator('.monaco-hover:visible').first().boundingBox();
    assert.ok(shown && y < shown.y + 30, 'its links are seen without scrolling');
    await workbench().screenshot('hover');
  });

  it('searches for a code by its meaning, and reads everything that is known about it', async () => {
    await workbench().runCommand('Smile ID: Explain Result Code…');
    await workbench().type('liveness images show a spoof');
    await workbench().screenshot('explain-code');
    await workbench().pick('0813');
    const page = await workbench().panel('Sources, read in');
    await page
      .getByRole('heading', { name: /^Rejected: Biometric KYC/ })
      .first()
      .waitFor();
    await workbench().screenshot('code-page');
    await workbench().runCommand('View: Close All Editors');
  });

  it('says of a code that it is not in the catalogue, in the list and when it is picked', async () => {
    await workbench().runCommand('Smile ID: Explain Result Code…');
    await workbench().type('0899');
    await workbench().quickInput.getByText('Unknown code').waitFor();
    await workbench().pick('0899');
    await workbench()
      .page.getByText('This extension does not know the code 0899.')
      .first()
      .waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  it('writes a handler of all codes of a product, and finds none missing in it', async () => {
    await workbench().runCommand('File: New Untitled Text File');
    await workbench().runCommand('Change Language Mode');
    await workbench().type('Python');
    await workbench().pick(/^Python/);
    await workbench().runCommand('Smile ID: Generate Result Handler…');
    await workbench().pick('Biometric KYC');
    const editor = workbench().page.locator('.editor-group-container.active .monaco-editor');
    await editor.getByText('1012').first().waitFor();
    await workbench().screenshot('handler');
    await workbench().press('Control+Home');
    for (let line = 0; line < 12; line += 1) await workbench().press('ArrowDown');
    await workbench().runCommand('Smile ID: Find Unhandled Result Codes');
    await workbench()
      .page.getByText('All documented codes of Biometric KYC are handled here.')
      .first()
      .waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().runCommand('View: Close All Editors');
    const dialog = workbench().page.locator('.monaco-dialog-box');
    await dialog.getByRole('button', { name: "Don't Save" }).click();
  });

  it('copies, names, refreshes and removes jobs in the list', async () => {
    await workbench().openViewContainer('Smile ID');
    await workbench().chooseFromTreeMenu('rejected-spoof', 'Copy Job ID');
    await workbench().page.waitForFunction(
      async () => (await navigator.clipboard.readText()) === 'rejected-spoof',
    );
    await workbench().chooseFromTreeMenu('rejected-spoof', 'Rename…');
    await workbench().enter('Tunde, first try');
    await workbench().treeItem('Tunde, first try').waitFor();
    const tabs = await workbench().tabs.count();
    await workbench().pressTreeAction('Tunde, first try', 'Refresh Job');
    // it moves to the top, and what is below it moves with it
    await persist(async () => {
      const [, first = ''] = await workbench().treeRows();
      assert.match(first, /^Tunde, first try .*now$/);
    });
    assert.equal(await workbench().tabs.count(), tabs, 'refreshing a row opens nothing');
    await workbench().treeItem('Tunde, first try').hover();
    await workbench().chooseFromTreeMenu('order "77"', 'Remove');
    await workbench().treeItem('order "77"').waitFor({ state: 'detached' });
    await workbench().screenshot('tree');
  });

  it('uses the buttons above the list, whatever row has the focus', async () => {
    const header = workbench()
      .page.locator('.part.sidebar .pane-header')
      .filter({ hasText: 'Recent Jobs' });
    const press = async (button: string): Promise<void> => {
      await workbench().treeItem('Tunde, first try').click();
      await header.hover();
      await header.getByRole('button', { name: button }).click();
    };
    await press('Get Job Status');
    await workbench().quickInput.getByText('Get Job Status: local · Local simulator').waitFor();
    await workbench().press('Escape');
    await press('Switch Profile');
    await workbench().quickInput.getByText('Add Profile…').waitFor();
    await workbench().press('Escape');
  });

  it('finds the panel again after a restart, which requests the job again, of a simulator that is back', async () => {
    await workbench().runCommand('View: Close All Editors');
    const url = await workbench().simulatorUrl();
    await workbench().lookUp('rejected-document', 'Rejected');
    await workbench().reload();
    const panel = await workbench().panel('Rejected');
    assert.equal(await workbench().simulatorUrl(), url);
    assert.deepEqual((await panel.locator('.ids code').allInnerTexts()).slice(0, 2), [
      'rejected-document',
      'user-1',
    ]);
  });

  it('sees that the simulator is gone, and starts it from there', async () => {
    await workbench().runCommand('View: Close All Editors');
    await workbench().runCommand('Smile ID: Start Local Simulator');
    await workbench().lookUp('approved', 'Approved');
    await workbench().runCommand('Smile ID: Stop Local Simulator');
    const panel = await workbench().panel('Approved');
    await panel.getByText('Refresh', { exact: true }).click();
    const alert = panel.getByRole('alert').filter({ hasText: 'Request failed.' });
    await alert.waitFor();
    await panel.getByRole('heading', { name: 'Approved' }).waitFor(); // the old response is still shown
    await workbench().screenshot('no-response');
    await panel.getByText('Start Local Simulator').click();
    await alert.waitFor({ state: 'detached' });
    await panel.getByRole('heading', { name: 'Approved' }).waitFor();
  });

  it('sees that a key is wrong while adding a profile, and keeps what was typed', async () => {
    const url = await workbench().simulatorUrl();
    await workbench().runCommand('Smile ID: Add Profile…');
    await workbench().pick('Local');
    await workbench().enterAt('Address on this machine', 'https://api.smileidentity.com');
    await workbench().enterAt('A local profile can only use this machine', url);
    await workbench().quickInput.getByText('Partner ID, exactly').waitFor();
    await workbench().type('0 8'); // wrong already, without Enter
    await workbench().quickInput.getByText('A partner ID has no spaces').waitFor();
    await workbench().enter('085');
    await workbench().quickInput.getByText('API key of local').waitFor();
    await workbench().type('not the');
    await workbench().quickInput.getByText('The API key contains a space.').waitFor();
    await workbench().screenshot('add-profile-key');
    await workbench().enter('not-the-key');
    await workbench().quickInput.getByText('Name of the profile').waitFor();
    const name = workbench().quickInput.locator('input').first();
    assert.equal(await name.inputValue(), 'Local 085');
    await workbench().enter('acme-test');
    await workbench()
      .page.getByText('But local rejected it (2205: You are not authorized to do that)')
      .first()
      .waitFor();
    await workbench().screenshot('wrong-key');
    await workbench().page.getByText('Smile ID: local · acme-test').waitFor();
  });

  it('replaces a rotated key in place, and sees that it is accepted', async () => {
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().runCommand('Smile ID: Edit Profile…');
    await workbench().pick('acme-test');
    await workbench().pick('Replace API Key');
    await workbench().enterAt('New API key', 'local-simulator');
    await workbench().page.getByText('accepts its API key').first().waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  it('imports credentials from the file in the editor, after saying what it found', async () => {
    const url = await workbench().simulatorUrl();
    await workbench().runCommand('View: Close All Editors');
    writeFileSync(
      join(workbench().folder, '.env'),
      `SMILE_PARTNER_ID=085\nSMILE_API_KEY=local-simulator\nSMILE_SID_SERVER=${url}\n`,
    );
    await workbench().runCommand('Smile ID: Import Credentials…');
    await workbench().quickInput.getByText('.env.example').waitFor();
    await workbench().screenshot('import-files');
    assert.deepEqual(await workbench().quickPickRows(), [
      '.env',
      '.env.example',
      'Choose Another File…',
    ]);
    await workbench().pick('.env.example');
    await workbench()
      .quickInput.getByText('.env.example: sandbox · partner 085 · no API key.')
      .waitFor();
    await workbench().press('Escape');

    await workbench().openFile('.env');
    await workbench().runCommand('Smile ID: Import Credentials…');
    await workbench()
      .quickInput.getByText('.env: local · partner 085 · API key found. Name of the profile')
      .waitFor();
    await workbench().screenshot('import-found');
    await workbench().enter('imported');
    await workbench().page.getByText('Smile ID: local · imported').waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().runCommand('Smile ID: Remove Profile…');
    await workbench().pick('imported');
    await workbench().page.getByRole('button', { name: 'Remove Profile' }).last().click();
    await workbench().page.getByText('Smile ID: local · imported').waitFor({ state: 'detached' });
    await workbench().runCommand('View: Close All Editors');
  });

  it('removes a profile, which is gone from the list of profiles then', async () => {
    await workbench().runCommand('Smile ID: Remove Profile…');
    await workbench().pick('acme-test');
    await workbench().page.getByRole('button', { name: 'Remove Profile' }).last().click();
    await workbench().page.getByText('Smile ID: local · acme-test').waitFor({ state: 'detached' });
    await workbench().runCommand('Smile ID: Switch Profile…');
    await workbench().quickInput.getByText('Add Profile…').waitFor();
    const rows = await workbench().quickPickRows();
    assert.deepEqual(rows, ['Local simulator local · partner 085', 'Add Profile…']);
    await workbench().press('Enter');
    await workbench().page.getByText('Smile ID: local · Local simulator').waitFor();
  });

  it('sees a dialog before a request to production, and nothing is sent after Cancel', async () => {
    await workbench().runCommand('Smile ID: Add Profile…');
    await workbench().pick('Production');
    await workbench().enterAt('Partner ID, exactly', '2045');
    await workbench().enterAt('API key of production', 'a-key-without-an-owner');
    await workbench().enterAt('Name of the profile', 'acme-live');
    const dialog = workbench().page.locator('.monaco-dialog-box');
    await dialog.getByText('Check this API key with production now?').waitFor();
    await dialog.getByText('No data of users is read.').waitFor();
    await workbench().screenshot('key-check-dialog');
    // no Cancel: what was entered is kept in both cases; the button without a text closes the dialog
    const buttons = (await dialog.getByRole('button').allInnerTexts()).filter(
      (text) => text !== '',
    );
    assert.deepEqual(buttons.sort(), ['Check', 'Not Now']);
    await dialog.getByRole('button', { name: 'Not Now' }).click();
    await workbench()
      .page.getByText('Profile "acme-live" is saved. Its API key has not been checked.')
      .first()
      .waitFor();
    await workbench().screenshot('key-not-checked');
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().page.getByText('Smile ID: PRODUCTION · acme-live').waitFor();
    await workbench().enterInto('Smile ID: Get Job Status…', 'job-1');
    await workbench().enterAt('User ID of job', 'user-1');
    await dialog.getByText('Send this request to production ("acme-live")?').waitFor();
    await workbench().screenshot('production-dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const panel = await workbench().panel('PRODUCTION');
    await panel
      .getByRole('heading', { name: 'You chose not to send this request to production.' })
      .waitFor();
    const text = await panel.locator('main').innerText();
    assert.match(text, /Not sent/);
    assert.doesNotMatch(text, /checked at/i);
    await workbench().screenshot('production');
    await panel.getByText('Send to Production', { exact: true }).click();
    await dialog.getByText('Send this request to production ("acme-live")?').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
});
