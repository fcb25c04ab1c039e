import assert from 'node:assert/strict';
import { violations } from './axe';
import { useWorkbench, type Theme } from './workbench';

const THEMES: readonly Theme[] = [
  'Light Modern',
  'Dark Modern',
  'Light High Contrast',
  'Dark High Contrast',
];
/** Widths of the whole window, and of the panel in it, in pixels. */
const WIDTHS = [
  { window: 1630, panel: 1280 },
  { window: 830, panel: 480 },
];
/** A scenario of each kind, with words that only its panel shows. */
const STATES = {
  'biometric-kyc': 'History of this user',
  'biometric-kyc-id-found': 'still out',
  'rejected-spoof': 'Possible Spoof Detected',
  provisional: 'Provisional Enroll',
  'business-verification': 'Beneficial owners',
  'aml-check': 'People found',
  antifraud: 'The antifraud summary speaks of fraud',
  'unknown-code': 'does not know the result code 0899',
  'tampered-signature': 'The answer is not signed with your API key.',
  'no-zip': 'No zip uploaded yet',
  unauthorised: 'Checked on this machine',
  html: 'a web page, not JSON',
  'image-link-expired': 'has expired',
  'picture-unsupported': 'no JPEG, PNG or WebP',
};

describe('The job panel in every state, theme and width', () => {
  const workbench = useWorkbench();

  before(async () => {
    await workbench().startSimulator();
    for (const [jobId, words] of Object.entries(STATES)) await workbench().lookUp(jobId, words);
  });

  for (const theme of THEMES) {
    for (const { window, panel: width } of WIDTHS) {
      it(`has no accessibility violation and no overflow, ${theme}, ${width} px wide`, async () => {
        await workbench().page.setViewportSize({ width: window, height: 1100 });
        await workbench().setTheme(theme);
        const found: Record<string, unknown> = {};
        for (const [jobId, words] of Object.entries(STATES)) {
          const tab = workbench().tabs.filter({ hasText: new RegExp(`^\\s*${jobId}\\s*$`) });
          await tab.click();
          const panel = await workbench().panel(words);
          await panel
            .locator('.slot:not(.empty), .slot .codicon-warning')
            .first()
            .waitFor({ timeout: 1500 })
            .catch(() => undefined); // states without pictures
          const wrong = await violations(panel);
          const overflow = await panel.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (wrong.length > 0 || overflow > 0) found[jobId] = { wrong, overflow };
          await workbench().screenshot(`panel ${theme} ${width} ${jobId}`);
        }
        assert.deepEqual(found, {});
      });
    }
  }
});
