import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Workbench } from '../ui/workbench';
import { ROOT } from './root';

const FOLDER = join(ROOT, 'media/readme');
/** The whole window without its title bar: what a reader should look at. */
const CLIP = { x: 0, y: 34, width: 1280, height: 836 };

/** Takes the images of the README from a real VS Code, as WebP since they are part of the package. */
async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const workbench = await Workbench.open();
  try {
    await workbench.openViewContainer('Smile ID');
    await workbench.runCommand('Smile ID: Start Local Simulator');
    await workbench.page.getByText('Smile ID: local · Local simulator').waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    const earlier = { approved: 'Approved', 'no-zip': 'Pending', 'rejected-document': 'Rejected' };
    for (const [jobId, verdict] of Object.entries(earlier)) {
      await workbench.lookUp(jobId, verdict);
      await workbench.runCommand('View: Close All Editors');
    }
    await workbench.setTheme('Light Modern');
    const panel = await workbench.lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.slot img').nth(1).waitFor();
    await shoot(workbench.page, 'panel-light');

    await workbench.runCommand('View: Close All Editors');
    await workbench.setTheme('Dark Modern');
    const dark = await workbench.lookUp('rejected-spoof', 'History of this user');
    await dark.getByText('Compare', { exact: true }).click();
    await workbench.pick('approved');
    await dark.getByRole('heading', { name: 'Compared: Approved and rejected' }).waitFor();
    await workbench.runCommand('Notifications: Clear All Notifications');
    await shoot(workbench.page, 'panel-dark');
  } finally {
    await workbench.close();
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500);
  const png = await page.screenshot({ clip: CLIP });
  // Browsers write WebP; the tools for it are not worth a dependency.
  const webp = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    // as wide as the pages of extensions show them
    canvas.width = 1024;
    canvas.height = Math.round((image.naturalHeight * canvas.width) / image.naturalWidth);
    const context = canvas.getContext('2d');
    if (context) context.imageSmoothingQuality = 'high';
    context?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/webp', 0.4).split(',')[1] ?? '';
  }, png.toString('base64'));
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(webp, 'base64'));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
