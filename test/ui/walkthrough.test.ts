import * as assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { persist, THEMES, useWorkbench } from './workbench';

const STEPS = ['simulator', 'profile', 'job', 'hover', 'fix'] as const;
type Step = (typeof STEPS)[number];

describe('The walkthrough', () => {
  const workbench = useWorkbench({ settings: { 'workbench.hover.delay': 0 } });
  const step = (id: Step): Locator =>
    workbench().page.locator(
      `.getting-started-step[data-step-id="smile-devtools.smile-identity#start#${id}"]`,
    );
  /** Shows the walkthrough, by its tab if it is open. */
  const show = async (): Promise<void> => {
    // VS Code draws the page again when an editor opens beside it
    const shown = step('simulator').waitFor({ timeout: 2000 });
    if (await shown.then(() => true).catch(() => false)) return;
    await workbench().runCommand('Welcome: Open Walkthrough...');
    await workbench().pick('Get Started with Smile ID');
    await step('simulator').waitFor();
  };
  const completed = async (): Promise<Step[]> => {
    await show();
    const states = await Promise.all(STEPS.map((id) => step(id).getAttribute('aria-checked')));
    return STEPS.filter((_, index) => states[index] === 'true');
  };
  const select = async (id: Step): Promise<void> => {
    await show();
    const expanded = step(id).and(workbench().page.locator('.expanded'));
    if (!(await expanded.isVisible())) await step(id).locator('.step-title').click();
    await expanded.waitFor();
  };
  const press = async (id: Step, button: string): Promise<void> => {
    await select(id);
    await step(id).getByRole('button', { name: button }).click();
  };
  /** Puts the cursor into the example: the walkthrough takes the focus again when VS Code draws it anew. */
  const focus = (text: string): Promise<void> =>
    workbench().page.locator('.view-line').getByText(text, { exact: true }).click();
  const complete = async (id: Step): Promise<void> => {
    await show();
    await step(id).and(workbench().page.locator('[aria-checked="true"]')).waitFor();
  };

  it('is offered by the empty list of recent jobs, with nothing done yet', async () => {
    await workbench().openViewContainer('Smile ID');
    await workbench().sideBar.getByText('Get started', { exact: true }).click();
    await step('simulator').waitFor();
    assert.deepEqual(await completed(), []);
  });

  it('has an image for each step, in the colors of each theme', async () => {
    // VS Code shows images, and opens editors to the side, only if there is enough width
    await workbench().runCommand('View: Toggle Primary Side Bar Visibility');
    const colors = new Set<string>();
    for (const theme of THEMES.toReversed()) {
      await workbench().setTheme(theme);
      for (const id of STEPS) {
        await select(id);
        const frame = await workbench().panel(IMAGE_TEXTS[id]);
        colors.add(await frame.locator('svg').evaluate((image) => getComputedStyle(image).fill));
        await workbench().screenshot(`walkthrough ${id} ${theme}`);
      }
    }
    assert.equal(colors.size, THEMES.length);
  });

  it('completes a step when the simulator runs', async () => {
    await press('simulator', 'Start Local Simulator');
    await complete('simulator');
    await workbench().page.getByText('Smile ID: local · Local simulator').waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
    assert.deepEqual(await completed(), ['simulator'], 'its profile is not one of your own');
  });

  it('completes a step when a profile was added', async () => {
    const url = await workbench().simulatorUrl();
    await press('profile', 'Add Profile');
    await workbench().pick('Local');
    await workbench().enterAt('Address on this machine', url);
    await workbench().enterAt('Partner ID, exactly', '085');
    await workbench().enterAt('API key of local', 'local-simulator');
    await workbench().enterAt('Name of the profile', 'own');
    await complete('profile');
    await workbench().runCommand('Notifications: Clear All Notifications');
    assert.deepEqual(await completed(), ['simulator', 'profile']);
  });

  it('completes a step when a job was looked up, and not when the prompt was left', async () => {
    await press('job', 'Get Job Status');
    await workbench().quickInput.waitFor();
    await workbench().press('Escape');
    assert.deepEqual(await completed(), ['simulator', 'profile']);
    await press('job', 'Get Job Status');
    await workbench().enter('rejected-spoof');
    await workbench().enterAt('User ID of job', 'user-1');
    await workbench().panel('Possible Spoof');
    await complete('job');
  });

  it('completes a step when something was hovered over in the example', async () => {
    await press('hover', 'Open Example');
    await workbench().page.locator('.view-line').getByText('0813').waitFor();
    assert.deepEqual(await completed(), ['simulator', 'profile', 'job']);
    await focus("'0813'");
    assert.match(await workbench().hoverOver('0813'), /Next:/);
    await complete('hover');
    await workbench().screenshot('walkthrough hovered');
  });

  it('completes the last step when a fix was applied', async () => {
    await press('fix', 'Open Example');
    await workbench()
      .page.locator('.view-line .squiggly-warning, .squiggly-warning')
      .first()
      .waitFor();
    assert.deepEqual(await completed(), ['simulator', 'profile', 'job', 'hover']);
    const fix = workbench().page.locator('.action-widget').getByText("Convert to string '0810'");
    await persist(async () => {
      await focus('810');
      await workbench().press('Control+.');
      await fix.waitFor({ timeout: 3000 });
    });
    await workbench().screenshot('walkthrough fix');
    await fix.click();
    await complete('fix');
    await workbench().screenshot('walkthrough done');
  });
});

/** What each image shows, as text. */
const IMAGE_TEXTS: Readonly<Record<Step, string>> = {
  simulator: 'rejected-spoof',
  profile: '085',
  job: '0813',
  hover: 'if (ResultCode',
  fix: '810 →',
};
