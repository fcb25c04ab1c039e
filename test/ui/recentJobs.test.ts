import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { jobKey, type StoredJob } from '../../src/core/jobs/recentJobs';
import type { Profile } from '../../src/core/smile/profile';
import { TYPE_ID_ALPHABET } from '../../src/core/smile/typeId';
import { storeRecord } from '../support/storeRecord';
import { contrastBetween } from './contrast';
import { persist, THEMES, useWorkbench } from './workbench';

/** Profiles as another window would have stored them; one has the name that is proposed. */
const ACME: Profile = {
  ...{ id: 'acme', name: 'Acme', environment: 'sandbox', partnerId: '085', url: null },
};
const SANDBOX: Profile = { ...ACME, id: 'sandbox', name: 'sandbox' };
const LIVE: Profile = { ...ACME, id: 'live', name: 'Acme live', environment: 'production' };
const PROFILES = [ACME, SANDBOX, LIVE];

/** The row of a scenario of the simulator. */
const APPROVED = /^approved.*0810/;

/** One of each verdict and of each kind of failure. */
const STATES: readonly Partial<StoredJob>[] = [
  { code: '0810', verdict: 'approved' },
  { code: '0811', verdict: 'rejected' },
  { code: '0815', verdict: 'provisional' },
  { code: '2204', verdict: 'error' },
  { code: '0899', verdict: 'unknown' },
  { code: null, verdict: 'pending' },
  { code: '0817', verdict: 'attention' },
  { code: '0810', verdict: 'approved', signature: 'invalid' },
  ...[401, 429].map((httpStatus) => ({ verdict: null, outcome: 'refused', httpStatus }) as const),
  { verdict: null, outcome: 'unreachable' },
  { verdict: null, outcome: 'unreadable', httpStatus: 502 },
];

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A random UUID, or one with the same time as others, or an ID of API v3 of the same day: only their ends differ. */
function jobIdOf(index: number): string {
  const digits = hex(String(index));
  if (index % 3 > 0) {
    const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');
    return index % 2 > 0 ? uuid : uuid.replace(/^.{8}-.{4}-./, '0193a5b2-7c1d-7');
  }
  const random = Array.from(digits.slice(0, 15), (digit) => TYPE_ID_ALPHABET[parseInt(digit, 16)]);
  return `job_01k9z3v7q4e${random.join('')}`;
}

const REJECTED = { code: '0811', verdict: 'rejected' } as const;
const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString();

describe('Recent Jobs, as a user works with the list', () => {
  const workbench = useWorkbench({ settings: { 'smile.recentJobs.limit': 1000 } });

  const store = (kind: string, key: string, record: object): void => {
    storeRecord(join(workbench().storage, kind), key, record);
  };
  const storeJob = async (profileId: string, jobId: string, more: Partial<StoredJob>) => {
    const ids = { userId: jobId.startsWith('job_') ? null : 'user-1', jobId };
    store('jobs', await jobKey(profileId, ids), {
      ...{ profileId, ...ids, smileJobId: null, jobType: null, product: null, code: null },
      ...{ verdict: null, signature: 'valid', outcome: 'answered', httpStatus: null },
      ...{ askedAt: minutesAgo(59), ...more }, // of jobs with the same time, any may come first
    } satisfies StoredJob);
  };

  const rows = () => workbench().sideBar.locator('.monaco-list-row');
  const isSelected = async (text: string | RegExp): Promise<void> => {
    const selected = workbench().sideBar.locator('.monaco-list-row.selected');
    await selected.filter({ hasText: text }).waitFor();
    assert.equal(await selected.count(), 1);
  };
  const isFocusInSideBar = async (): Promise<boolean> =>
    await workbench().sideBar.evaluate((part) => part.contains(document.activeElement));
  const focusList = async (): Promise<void> => {
    await persist(async () => {
      await workbench().runCommand('Smile ID: Focus on Recent Jobs View');
      assert.ok(await isFocusInSideBar());
    });
  };

  before(async () => {
    for (const profile of PROFILES) store('profiles', profile.id, profile);
    await storeJob(ACME.id, 'order-1', { code: '0810', verdict: 'approved' });
    await workbench().startSimulator();
  });

  it('shows and selects the first job of a profile, and leaves the focus in its panel', async () => {
    await workbench().treeItem('no jobs yet').waitFor();
    await workbench().lookUp('rejected-spoof', 'Rejected');
    await isSelected(/rejected-spoof.*0813 · now/);
    assert.equal(await isFocusInSideBar(), false);
    assert.deepEqual(await workbench().treeRows(), [
      'Local simulator local',
      'rejected-spoof 0813 · now',
      'Acme sandbox',
      'order-1 0810 · 59 min ago',
    ]);
    await workbench().screenshot('recent jobs selected');
  });

  it('selects the row of the panel that becomes the active one', async () => {
    await workbench().lookUp('approved', 'Approved');
    await isSelected(APPROVED);
    await workbench().tabs.filter({ hasText: 'rejected-spoof' }).click();
    await isSelected('rejected-spoof');
    assert.equal(await isFocusInSideBar(), false);
  });

  it('stays closed when the side bar shows something else or nothing, and selects the row when it opens', async () => {
    await workbench().openViewContainer('Explorer');
    await workbench().lookUp('provisional', 'Provisional');
    await workbench().tabs.filter({ hasText: 'approved' }).click();
    await workbench().panel('Approved', 'approved');
    await workbench().sideBar.getByText('README.md').waitFor();
    await workbench().openViewContainer('Smile ID');
    await isSelected(APPROVED);
    const toggle = 'View: Toggle Primary Side Bar Visibility';
    await workbench().runCommand(toggle);
    await workbench().sideBar.waitFor({ state: 'hidden' });
    await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await workbench().tabs.filter({ hasText: 'provisional' }).click();
    await workbench().panel('Provisional', 'provisional');
    assert.equal(await workbench().sideBar.isVisible(), false);
    await workbench().runCommand(toggle);
    await isSelected('provisional');
  });

  it('renames with F2 and removes with Delete the row that has the focus, not the selected one', async () => {
    await isSelected('provisional');
    await focusList();
    await workbench().press('Home', 'ArrowDown');
    const focused = workbench().sideBar.locator('.monaco-list-row.focused .label-name');
    const jobId = await focused.innerText();
    assert.notEqual(jobId, 'provisional');
    await workbench().press('F2');
    assert.equal(await workbench().quickInputTitle(), `Rename Job ${jobId}`);
    await workbench().enter('Tunde, first try');
    await workbench().treeItem('Tunde, first try').waitFor();
    await focusList();
    await workbench().press('Home', 'ArrowDown', 'Delete');
    await workbench().treeItem('Tunde, first try').waitFor({ state: 'detached' });
    await isSelected('provisional');
  });

  it('removes all selected rows with Delete, and none while the focus is elsewhere', async () => {
    await storeJob(ACME.id, 'order-2', { ...REJECTED, askedAt: minutesAgo(58) });
    await storeJob(ACME.id, 'order-3', { ...REJECTED, askedAt: minutesAgo(57) });
    await workbench().treeItem('order-3').waitFor();
    const panel = await workbench().lookUp('approved', 'Approved');
    await panel.locator('h1').click();
    await workbench().press('Delete', 'F2');
    await focusList();
    await workbench().press('End', 'Control+Shift+Enter', 'Shift+ArrowUp');
    await workbench().screenshot('recent jobs several selected');
    const several = workbench().sideBar.locator('.monaco-list-row.selected .label-name');
    const selected = (await several.allInnerTexts()).sort();
    assert.deepEqual(selected, ['approved', 'order-1', 'order-2']);
    await workbench().press('Delete');
    await persist(async () => {
      const left = await workbench().treeRows();
      assert.deepEqual(
        left.filter((row) => /^(order|approved)/.test(row)).map((row) => row.split(' ')[0]),
        ['order-3'],
      );
    });
    // what several rows cannot do together is offered for one again
    await persist(async () => {
      const menu = await workbench().treeMenu('order-3');
      assert.ok(menu.includes('Open Job'), menu.join(', '));
    });
  });

  it('offers in the menu of a decided job what can be done with it, and no Watch', async () => {
    await workbench().lookUp('approved', 'Approved');
    assert.deepEqual(await workbench().treeMenu(APPROVED), [
      ...['Open Job', 'Refresh Job', 'Compare…', 'Copy As…', 'Open JSON'],
      ...['Copy Job ID', 'Copy User ID', 'Copy SmileJobID', 'Rename… F2', 'Remove Del'],
    ]);
  });

  it('opens the JSON of a job, and what else its panel offers, from its row', async () => {
    await workbench().runCommand('View: Close All Editors');
    await workbench().chooseFromTreeMenu(APPROVED, 'Open JSON');
    await workbench().page.locator('.monaco-editor').getByText('"0810"').first().waitFor();
    await workbench().chooseFromTreeMenu(APPROVED, 'Copy As…');
    await workbench().quickInput.getByText('cURL').first().waitFor();
    await workbench().press('Escape');
    await workbench().chooseFromTreeMenu(APPROVED, 'Compare…');
    await workbench().quickInput.locator('.monaco-list-row').first().waitFor();
    await workbench().press('Escape');
    await workbench().runCommand('View: Close All Editors');
  });

  it('acts on the job of the row, also while its panel shows an entry of the history', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('button.entry').filter({ hasText: 'Authenticated' }).first().click();
    await panel.getByText('Back to Current Result').waitFor();
    await workbench().chooseFromTreeMenu(/^biometric-kyc/, 'Open JSON');
    await workbench().tabs.filter({ hasText: 'Response.json' }).waitFor();
    await workbench().runCommand('View: Close All Editors');
  });

  it('shows the response of a job that is not JSON as text, after the user confirms', async () => {
    await workbench().lookUp('html', 'HTML page "403 Forbidden"');
    await workbench().runCommand('View: Close All Editors');
    await workbench().chooseFromTreeMenu(/^html/, 'Open JSON');
    await workbench().page.getByText('personal data in it cannot be hidden').waitFor();
    await workbench().page.getByRole('button', { name: 'Show Response Text' }).last().click();
    await workbench().tabs.filter({ hasText: 'Response text (HTTP 403).txt' }).waitFor();
    await workbench().runCommand('View: Close All Editors');
  });

  it('watches a job and stops watching it by the button on its row', async () => {
    await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await workbench().pressTreeAction('no-zip', 'Watch');
    await workbench()
      .treeItem(/^no-zip.*watching$/)
      .waitFor();
    await workbench().treeItem('no-zip').hover();
    await workbench().screenshot('recent jobs watched');
    await workbench().pressTreeAction('no-zip', 'Stop Watching');
    await workbench()
      .treeItem(/^no-zip.*now$/)
      .waitFor();
  });

  it('has a button above the list that searches it', async () => {
    const header = workbench().sideBar.locator('.pane-header').filter({ hasText: 'Recent Jobs' });
    await header.hover();
    await header.getByRole('button', { name: 'Find in Recent Jobs…' }).click();
    assert.equal(await workbench().quickInputTitle(), 'Recent Jobs');
    await workbench().press('Escape');
  });

  it('reads each row out: name, verdict, code, age and profile', async () => {
    const labels = await rows().evaluateAll((all) =>
      all.map((row) => row.getAttribute('aria-label')),
    );
    assert.deepEqual(
      labels.flatMap((label) =>
        /^(approved|order|profile Acme)/.test(label ?? '')
          ? [label?.replace(/, (now|\d+ (min|h) ago),/, ', AGE,')]
          : [],
      ),
      [
        'approved, Approved, code 0810, AGE, profile local · Local simulator',
        'profile Acme, sandbox',
        'order-3, Rejected, code 0811, AGE, profile sandbox · Acme',
      ],
    );
  });

  it('shows of 200 jobs of three profiles what differs, in a side bar of 240 px', async () => {
    for (let index = 0; index < 200; index += 1) {
      const profile = PROFILES[index % PROFILES.length];
      assert.ok(profile);
      await storeJob(profile.id, jobIdOf(index), STATES[index % STATES.length] ?? {});
    }
    await workbench().setSideBarWidth(240);
    await focusList();
    const seen = new Set<string>();
    const whole = new Set<string>();
    // rows that come while others are read may be above them
    for (let round = 0; round < 8 && seen.size < 200; round += 1) {
      await workbench().press('Home');
      for (let idle = 0; idle < 6; idle += 1) {
        // the row with the focus shows buttons, too, so each is read again without it
        for (const key of ['PageDown', 'PageDown', 'ArrowUp']) {
          for (const { text } of await workbench().rowsAsDrawn()) {
            const [name = ''] = /^\S+…\S+/.exec(text) ?? [];
            if (name === '') continue; // a profile, or a job of another test
            if (!seen.has(name)) idle = 0;
            seen.add(name);
            // the code, or enough of the words
            if (/^\S+…\S{6} (\d{4} |\D{6})/.test(text)) whole.add(name);
          }
          await workbench().press(key);
          // a busy window draws only the last of several pages
          await workbench().page.evaluate(
            'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
          );
        }
      }
    }
    await workbench().screenshot('recent jobs 240 px');
    assert.deepEqual([seen.size, [...seen].filter((name) => !whole.has(name))], [200, []]);
  });

  for (const theme of THEMES) {
    it(`has icons that stand out from the list, ${theme}`, async () => {
      await workbench().setTheme(theme);
      await focusList();
      await workbench().press('Home');
      const list = workbench().sideBar.locator('.monaco-list').first();
      await workbench().screenshot(`recent jobs ${theme}`);
      const icons = await workbench()
        .sideBar.locator('.monaco-list-row:not(.selected) .custom-view-tree-node-item-icon')
        .evaluateAll((all) =>
          all.map((icon) => ({
            icon: icon.getAttribute('class'),
            color: getComputedStyle(icon).color,
          })),
        );
      const behind = await list.evaluate((element) => {
        for (let each: Element | null = element; each; each = each.parentElement) {
          const { backgroundColor } = getComputedStyle(each);
          if (!/, 0\)$|transparent/.test(backgroundColor)) return backgroundColor;
        }
        return '';
      });
      assert.ok(icons.length > 10);
      assert.deepEqual(
        icons.filter(({ color }) => contrastBetween(color, behind) < 3),
        [],
      );
    });
  }
});
