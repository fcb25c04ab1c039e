import assert from 'node:assert/strict';
import { THEMES, useWorkbench } from './workbench';

describe('Looks, in light, dark and high contrast', () => {
  const workbench = useWorkbench();

  before(async () => {
    await workbench().startSimulator();
  });

  for (const theme of THEMES) {
    it(`hover, prompt and tree in ${theme}`, async () => {
      await workbench().setTheme(theme);
      await workbench().lookUp('rejected-spoof', 'Rejected');
      await workbench().openFile('verification.js');
      await workbench().hoverOver('0812');
      await workbench().screenshot(`${theme} hover`);
      await workbench().press('Escape');
      await workbench().press('Control+k', 'j');
      await workbench().quickInput.locator('.monaco-list-row.focused').waitFor();
      await workbench().screenshot(`${theme} prompt`);
      await workbench().press('Escape');
      await workbench().runCommand('View: Close All Editors');
    });
  }

  it('the panel has one column when it is narrow, and can be used by keyboard alone', async () => {
    await workbench().page.setViewportSize({ width: 830, height: 900 });
    const panel = await workbench().lookUp('biometric-kyc', 'Approved');
    await panel.locator('.slot img').first().waitFor();
    const overflow = await panel.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
    await workbench().screenshot('narrow');
    await panel.locator('body').press('Tab');
    const reached = new Set<string>();
    for (let step = 0; step < 14; step += 1) {
      reached.add(
        await panel.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
        }),
      );
      await workbench().press('Tab');
    }
    for (const name of [
      'Refresh',
      'Open JSON',
      'Copy Job ID',
      'Copy SmileJobID',
      'Reveal Selfie',
    ]) {
      assert.ok(reached.has(name), `${name} is not among ${[...reached].join(', ')}`);
    }
    await panel.getByRole('button', { name: 'Reveal Selfie', exact: true }).press('Enter');
    assert.equal(await panel.locator('img.blurred').count(), 1);
  });
});
