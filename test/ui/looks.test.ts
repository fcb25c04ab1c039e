import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { ROOT } from '../support/root';
import { useWorkbench, type Theme } from './workbench';

const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');
const THEMES: readonly Theme[] = [
  'Light Modern',
  'Dark Modern',
  'Light High Contrast',
  'Dark High Contrast',
];
const JOBS = {
  'biometric-kyc': 'Approved',
  'rejected-spoof': 'Rejected',
  'unknown-code': 'Unknown',
  'tampered-signature': 'The answer is not signed with your API key.',
  unauthorised: 'Not authorised',
  'image-link-expired': 'The link to this picture has expired.',
};

/** What axe finds wrong with a page: the rule, and the elements it is about. */
async function violations(page: Frame): Promise<string[]> {
  await page.evaluate(AXE);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) =>
      [id, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)].join('\n'),
    );
  });
}

describe('Looks, in light, dark and high contrast', () => {
  const workbench = useWorkbench();

  before(async () => {
    await workbench().openViewContainer('Smile ID');
    await workbench().runCommand('Smile: Start Local Simulator');
    await workbench().page.getByText('Smile ID: local · Local simulator').waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  for (const theme of THEMES) {
    it(`the panel has no accessibility violation in ${theme}, whatever it shows`, async () => {
      await workbench().setTheme(theme);
      const found: Record<string, string[]> = {};
      for (const [jobId, text] of Object.entries(JOBS)) {
        const panel = await workbench().lookUp(jobId, text);
        await panel
          .locator('.slot:not(.empty), .slot .codicon-warning, .certainty')
          .first()
          .waitFor({ timeout: 3000 })
          .catch(() => undefined);
        const wrong = await violations(panel);
        if (wrong.length > 0) found[jobId] = wrong;
        await workbench().screenshot(`${theme} ${jobId}`);
      }
      assert.deepEqual(found, {});
      await workbench().openFile('verification.js');
      await workbench().hoverOver('0812');
      await workbench().screenshot(`${theme} hover`);
      await workbench().press('Escape');
      await workbench().press('Control+Alt+j');
      await workbench().quickInput.locator('.monaco-list-row.focused').waitFor();
      await workbench().screenshot(`${theme} prompt`);
      await workbench().press('Escape');
      await workbench().runCommand('View: Close All Editors');
    });
  }

  it('the panel stands in one column where it is narrow, and can be used by keyboard alone', async () => {
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
    await panel.getByRole('button', { name: 'Reveal Selfie' }).press('Enter');
    assert.equal(await panel.locator('img.blurred').count(), 1);
  });
});
