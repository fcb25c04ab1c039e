import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { v3Outcomes } from '../../../src/node/simulator/v3Outcomes';
import { jobIdOfOutcome, jobIdOfSpecial } from '../../../src/node/simulator/v3Scenarios';
import { until } from '../../support/until';
import { violations } from '../axe';
import { colorOf } from '../../support/contrast';
import { contrastOf, faint } from '../contrast';
import { DEFAULT_THEMES, LONG, THEMES, useWorkbench } from '../workbench';

/** Windows, in pixels of a page: at a zoom of 200 % a window has half as many as on its screen. */
const WINDOWS = [
  { size: 'panel 1280 px wide', width: 1630, height: 1100 },
  { size: 'panel 480 px wide', width: 830, height: 1100 },
  { size: 'window of 1400 px at zoom 200 %', width: 700, height: 550 },
];
const LOOKS = THEMES.flatMap((theme) => WINDOWS.map((window) => ({ theme, ...window }))).slice(
  0,
  LONG ? undefined : 1,
);

/** A job of API v3 with this status. */
function jobIdOfStatus(status: string): string {
  const outcome = v3Outcomes.find((each) => each.status === status);
  assert.ok(outcome);
  return jobIdOfOutcome(outcome);
}

/** A scenario of each kind, with words that only its panel shows. */
const STATES = {
  'biometric-kyc': 'History of this user',
  'biometric-kyc-id-found': 'The ID half only',
  'rejected-spoof': 'Possible Spoof Detected',
  provisional: 'Provisional Enroll',
  'business-verification': 'Beneficial owners',
  'aml-check': 'People found',
  antifraud: 'Fraud signals found: 2 suspect users.',
  'photocopied-document': 'appears photocopied',
  'document-system-error': 'This says nothing about the user.',
  'unknown-code': 'The result code 0899 is unknown',
  'tampered-signature': 'Do not act on this response.',
  'missing-signature': 'This response has no signature',
  'unknown-job': 'Job not found',
  'rate-limited-always': 'before the next request',
  'no-zip': 'No zip uploaded yet',
  unauthorized: 'Local checks',
  html: 'Show Response Text',
  'image-link-expired': 'has expired',
  'image-unsupported': 'not a JPEG, PNG or WebP',
  ...Object.fromEntries(
    ['clear', 'attention', 'block', 'error'].map((status) => [
      jobIdOfStatus(status),
      `status ${status}`,
    ]),
  ),
  [jobIdOfSpecial('processing')]: 'status processing',
  [jobIdOfSpecial('not-found')]: 'status not_found',
};

/** States that have every color together. */
const WITH_EVERY_ICON = [
  ...['biometric-kyc', 'rejected-spoof', 'antifraud', 'tampered-signature'],
  ...['document-system-error', 'unauthorized', 'rate-limited-always', 'image-link-expired'],
];

/** The states that are looked at, and words of each. */
const SHOWN = Object.entries(STATES).filter(([jobId]) => LONG || WITH_EVERY_ICON.includes(jobId));

/** One of each kind of button, and a job whose panel has it. */
const BUTTONS = {
  'vscode-button:not([secondary])': 'provisional',
  'vscode-button[secondary]:not([disabled])': 'biometric-kyc',
  'button.plain': 'biometric-kyc',
  'button.link': 'biometric-kyc',
  'button.masked': 'biometric-kyc',
  'button.entry': 'biometric-kyc',
  '.check summary': 'biometric-kyc',
} as const;

const ICONS_ONLY: ReadonlySet<string> = new Set(['button.plain']);

/** What moves in a page without end: names of elements, those inside of components included. */
async function movements(page: Frame): Promise<string[]> {
  return await page.evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    const names: string[] = [];
    for (const root of roots) {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        for (const { effect, playState } of element.getAnimations()) {
          const isEndless = effect?.getTiming().iterations === Infinity;
          if (playState === 'running' && isEndless) names.push(element.localName);
        }
      }
    }
    return names;
  });
}

describe('The job panel in every state, theme and width', () => {
  const workbench = useWorkbench();

  before(async () => {
    await workbench().startSimulator();
  });

  for (const { theme, size, width, height } of LOOKS) {
    it(`has no accessibility violation, no overflow and nothing faint, ${theme}, ${size}`, async function () {
      this.timeout(480_000); // some 25 jobs, four seconds each, and more on a busy machine
      await workbench().page.setViewportSize({ width, height });
      await workbench().setTheme(theme);
      const found: Record<string, unknown> = {};
      for (const [jobId, words] of SHOWN) {
        // anew, since a panel drops its images after some minutes
        const panel = await workbench().lookUp(jobId, words);
        await panel
          .locator('.slot:not(.empty), .slot .codicon-warning')
          .first()
          .waitFor({ timeout: 1500 })
          .catch(() => undefined); // states without images
        const wrong = await violations(panel);
        const dim = await faint(panel);
        const overflow = await panel.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wrong.length > 0 || overflow > 0 || Object.keys(dim).length > 0)
          found[jobId] = { wrong, overflow, dim };
        await workbench().screenshot(`panel ${theme} ${size} ${jobId}`);
      }
      assert.deepEqual(found, {});
    });
  }

  it('moves nothing if the user wants reduced motion, not even while a request is on its way', async () => {
    await workbench().page.emulateMedia({ reducedMotion: 'reduce' });
    const panel = await workbench().lookUp('slow-20', 'Loading', 'user-1');
    const bar = panel.locator('vscode-progress-bar');
    await bar.waitFor();
    assert.deepEqual(await movements(panel), []);
    await workbench().page.emulateMedia({ reducedMotion: 'no-preference' });
    await until('a bar that moves', async () =>
      (await movements(panel)).length > 0 ? true : undefined,
    );
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await bar.waitFor({ state: 'detached' });
  });

  it('gives secondary buttons a border of their own where primary ones have a bright one', async () => {
    await workbench().setTheme('Light 2026');
    const panel = await workbench().lookUp('provisional', 'Provisional Enroll');
    const [border, primary] = await panel
      .locator('vscode-button[secondary]')
      .first()
      .evaluate((button) => [
        getComputedStyle(button.shadowRoot?.querySelector('.base') ?? button).borderTopColor,
        getComputedStyle(document.documentElement).getPropertyValue('--vscode-button-border'),
      ]);
    assert.notDeepEqual(colorOf(border), colorOf(primary));
  });

  for (const theme of DEFAULT_THEMES) {
    it(`shows each text with a contrast of 4.5 and each icon of 3, ${theme}`, async () => {
      await workbench().page.setViewportSize({ width: 1630, height: 1100 });
      await workbench().setTheme(theme);
      const found: Record<string, unknown> = {};
      for (const jobId of WITH_EVERY_ICON) {
        const panel = await workbench().lookUp(jobId, 'What to do next');
        const dim = await faint(panel);
        if (Object.keys(dim).length > 0) found[jobId] = dim;
      }
      assert.deepEqual(found, {});
    });
  }

  for (const theme of [...THEMES, ...DEFAULT_THEMES]) {
    it(`stays readable under the mouse and with the focus, ${theme}`, async () => {
      await workbench().page.setViewportSize({ width: 1630, height: 1100 });
      await workbench().setTheme(theme);
      const found: Record<string, unknown> = {};
      for (const [kind, jobId] of Object.entries(BUTTONS)) {
        const panel = await workbench().lookUp(jobId, STATES[jobId]);
        const button = panel.locator(kind).first();
        for (const act of ['hover', 'focus'] as const) {
          await button[act]();
          const contrast = await contrastOf(button);
          if (contrast < (ICONS_ONLY.has(kind) ? 3 : 4.5)) found[`${kind} ${act}`] = contrast;
        }
        await workbench().screenshot(`button ${theme} ${kind}`);
      }
      assert.deepEqual(found, {});
    });
  }
});
