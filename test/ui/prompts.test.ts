import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until';
import { persist, useWorkbench } from './workbench';

const GET = 'Smile ID: Get Job Status…';

describe('The prompt for a job, as a user meets it', () => {
  const workbench = useWorkbench();
  const input = () => workbench().quickInput.locator('input').first();
  const rows = () => workbench().quickInput.locator('.monaco-list-row');
  /** Opens the prompt with a text in it; a page that takes the focus late closes it. */
  const paste = (text: string): Promise<void> =>
    persist(async () => {
      await workbench().runCommand(GET);
      await input().fill(text, { timeout: 3000 });
      await rows().first().waitFor({ timeout: 3000 });
    });

  before(async () => {
    await workbench().startSimulator();
  });
  afterEach(async () => {
    await workbench().press('Escape');
    await workbench().runCommand('View: Close All Editors');
  });

  const PASTED: readonly [string, string, string][] = [
    ['JSON', '{"user_id":"user-7","job_id":"rejected-spoof","job_type":1}', 'user-7'],
    ['a log line', '2026-03-02 WARN user_id=user-8 job_id=rejected-spoof failed', 'user-8'],
    [
      'cURL',
      `curl -X POST http://127.0.0.1/v1/job_status -d '{"job_id": "rejected-spoof", "user_id": "user-9"}'`,
      'user-9',
    ],
  ];
  for (const [what, text, userId] of PASTED) {
    it(`looks up the job in ${what} with both IDs`, async () => {
      await paste(text);
      await rows().getByText(userId).waitFor();
      assert.deepEqual(await workbench().quickPickRows(), [`rejected-spoof ${userId}`]);
      if (what === 'JSON') await workbench().screenshot('prompt-pasted-json');
      await workbench().press('Enter');
      const panel = await workbench().panel('Rejected');
      const ids = await panel.locator('.ids code').allInnerTexts();
      assert.deepEqual(ids.slice(0, 2), ['rejected-spoof', userId]);
    });
  }

  it('is for the user ID only, if a text has no more than the job ID', async () => {
    await paste('{"job_id": "approved-77", "job_type": 1}');
    await workbench().press('Enter');
    await workbench().quickInput.getByText('User ID of job approved-77').waitFor();
    await workbench().type('{"user_id": 1}');
    await workbench().press('Enter');
    await workbench().quickInput.getByText('This is JSON, not a user ID.').waitFor();
    await workbench().screenshot('prompt-not-a-user-id');
  });

  it('says that a text is no ID, and stays open', async () => {
    for (const [text, problem] of [
      ['{"status": "ok"}', 'This is JSON without a job ID.'],
      ['https://portal.usesmileid.com/jobs/77', 'This is a URL, not a job ID.'],
      ['curl https://example.com', 'This is a command without a job ID.'],
      ['user_id=user-1 failed', 'This has a user ID, but no job ID.'],
    ] as const) {
      await paste(text);
      await workbench().press('Enter');
      await rows().getByText(problem).waitFor();
      assert.deepEqual(await workbench().quickPickRows(), [problem]);
    }
    await workbench().screenshot('prompt-not-a-job-id');
  });

  const offeredAt = async (file: string, text: string): Promise<string | undefined> => {
    await workbench().openFile(file);
    await workbench().clickIn(text);
    await workbench().runCommand(GET);
    await rows().first().waitFor();
    return (await workbench().quickPickRows())[0];
  };

  /** An editor that was just opened may move its lines under the pointer. */
  const offers = (file: string, text: string, job: string): Promise<void> =>
    persist(async () => {
      const first = await offeredAt(file, text);
      if (first !== job) await workbench().press('Escape');
      assert.equal(first, job);
    });

  it('offers the job of the line of a log at the cursor first', async () => {
    await offers('server.log', 'tunde', 'rejected-spoof user-tunde-0077');
    await workbench().quickInput.getByText('at the cursor').waitFor();
    await workbench().screenshot('prompt-at-the-cursor');
  });

  it('offers the job of the JSON around the cursor, on whatever line of it', async () => {
    await offers('job-status.json', 'job_type', 'biometric-kyc user-ada-4821');
  });

  it('takes no name of a variable for an ID', async () => {
    assert.notEqual(await offeredAt('verification.js', 'job_id'), 'jobId userId');
    await workbench().quickInput.getByText('at the cursor').waitFor({ state: 'detached' });
  });

  it('is opened by the menu of the editor, at the job under the pointer', async () => {
    await workbench().openFile('server.log');
    await workbench().chooseFromEditorMenu('zola', 'Get Smile ID Job Status…');
    await rows().getByText('user-zola-1990').waitFor();
    assert.equal((await workbench().quickPickRows())[0], 'unauthorized user-zola-1990');
  });
});

describe('Menus and commands of the editor, as a user meets them', () => {
  const workbench = useWorkbench();
  const text = async (): Promise<string> =>
    (
      await workbench()
        .page.locator('.editor-group-container.active .view-lines')
        .first()
        .innerText()
    ).replaceAll('\u00a0', ' ');
  const ours = (items: readonly string[]): string[] =>
    items.filter((item) => /Smile|Result Code|Response|Signature/.test(item));
  const closeAll = async (): Promise<void> => {
    await workbench().runCommand('View: Revert and Close Editor');
    await workbench().runCommand('View: Close All Editors');
  };

  before(async () => {
    await workbench().startSimulator();
  });

  it('offer in one group what they can do at the cursor, and more with a selection', async () => {
    await workbench().openFile('verification.js');
    await workbench().press('Control+Home'); // a first try may have selected all
    assert.deepEqual(ours(await workbench().editorMenu('0812')), [
      'Get Smile ID Job Status…',
      'Explain Result Code…',
    ]);
    await workbench().press('Control+a');
    assert.deepEqual(ours(await workbench().editorMenu('0812')), [
      'Get Smile ID Job Status…',
      'Explain Result Code…',
      'Explain Response…',
      'Check Signature…',
    ]);
    await workbench().openEditorMenu('0812');
    await workbench().screenshot('editor-menu');
    await workbench().press('Escape');
  });

  it('explain the code under the pointer at once', async () => {
    await workbench().openFile('verification.js');
    await workbench().press('Control+Home');
    await workbench().chooseFromEditorMenu('0812', 'Explain Result Code…');
    await workbench().panel(/^0812$/);
    await workbench().runCommand('View: Close All Editors');
  });

  it('import credentials from a settings file of the Explorer', async () => {
    writeFileSync(
      join(workbench().folder, '.env'),
      'SMILE_PARTNER_ID=0085\nSMILE_API_KEY=local-simulator\nSMILE_SID_SERVER=http://127.0.0.1:1/v1\n',
    );
    await workbench().openViewContainer('Explorer');
    await workbench().chooseFromTreeMenu(/^\.env$/, 'Import Smile ID Credentials…');
    await workbench().quickInput.getByText('.env: local · partner 0085 · API key found.').waitFor();
    const name = workbench().quickInput.locator('input').first();
    assert.equal(await name.inputValue(), 'Local 0085');
    assert.equal(await workbench().quickInputTitle(), 'Import Credentials');
    await workbench().screenshot('import-from-explorer');
    await workbench().press('Escape');
    await workbench().openViewContainer('Smile ID');
  });

  it('say of the open file that it has no credentials', async () => {
    await workbench().openFile('verification.js');
    await workbench().runCommand('Smile ID: Import Credentials…');
    await workbench()
      .quickInput.getByPlaceholder('No credentials in server/verification.js.')
      .waitFor();
    await workbench().screenshot('import-none-in-open-file');
    await workbench().press('Escape');
    await workbench().runCommand('View: Close All Editors');
  });

  it('generate a handler without a file, in a language that is chosen', async () => {
    await workbench().runCommand('Smile ID: Generate Result Handler…');
    assert.equal(await workbench().quickInputTitle(), 'Generate Result Handler (1/2)');
    await workbench().screenshot('handler-language');
    await workbench().pick('Python');
    await workbench().quickInput.getByText('Biometric KYC').first().waitFor();
    await workbench().pressQuickInputButton('Back');
    await workbench().quickInput.getByText('Kotlin').waitFor();
    await workbench().pick('PHP');
    await workbench().pick('Document Verification');
    const editor = workbench().page.locator('.editor-group-container.active .monaco-editor');
    await editor.getByText('documentVerificationOutcome').first().waitFor();
    assert.match(await text(), /<\?php/);
    await workbench().screenshot('handler-new-file');
  });

  it('change no file by Enter in the list of unhandled codes, only by its button', async () => {
    await closeAll();
    writeFileSync(
      join(workbench().folder, 'handler.js'),
      `// Smile ID, Document Verification\nfunction outcome(resultCode) {\n  switch (resultCode) {\n    case '0810':\n      return 'approved';\n    case '0811':\n      return 'rejected';\n    default:\n      return 'unknown';\n  }\n}\n`,
    );
    await workbench().openFile('handler.js');
    const before = await text();
    const list = async (): Promise<void> => {
      await workbench().clickIn('approved');
      await workbench().runCommand('Smile ID: Find Unhandled Result Codes');
      const products = workbench().quickInput.getByText('Select the Product That Is Handled Here');
      const codes = workbench().quickInput.getByText('Not Handled');
      await products.or(codes).first().waitFor();
      if (await products.isVisible()) await workbench().pick('Document Verification');
      await codes.waitFor();
    };
    await list();
    await workbench().screenshot('unhandled-codes');
    await workbench().press('Enter');
    await workbench().panel('Sources, read in');
    await workbench().runCommand('View: Close Editor');
    assert.equal(await text(), before);
    await list();
    await workbench().pressQuickInputButton(/^Add All/);
    const editor = workbench().page.locator('.editor-group-container.active .monaco-editor');
    await editor.getByText('TODO').first().waitFor();
    assert.match(await text(), /case '0817': \/\/ [^\n]*\n +\/\/ Other labels: [^\n]*\n/);
    await workbench().screenshot('unhandled-codes-added');
    await closeAll();
  });
});

describe('Removing the active profile, as a user meets it', () => {
  const workbench = useWorkbench();
  let url = '';

  const fillIn = async (name: string, partnerId = '085'): Promise<void> => {
    await workbench().pick('Local');
    await workbench().enterAt('Address on this machine', url);
    await workbench().enterAt('Partner ID, exactly', partnerId);
    await workbench().enterAt('API key of local', 'local-simulator');
    await workbench().quickInput.getByText('Name of the profile').waitFor();
    if (name === '') await workbench().press('Enter');
    else await workbench().enter(name);
    await workbench().page.getByText('accepts its API key').first().waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
  };

  before(async () => {
    await workbench().startSimulator();
    url = await workbench().simulatorUrl();
    await workbench().runCommand('Smile ID: Add Profile…');
    await fillIn('first');
  });

  it('begins with a name that says the environment once', async () => {
    await workbench().runCommand('Smile ID: Add Profile…');
    await fillIn('');
    await workbench().page.getByText('Smile ID: local 085').waitFor();
    const panel = await workbench().lookUp('approved', 'Approved', 'user-1');
    assert.match(await panel.locator('.source').innerText(), /^local 085 · checked at/);
    await workbench().runCommand(GET);
    assert.equal(await workbench().quickInputTitle(), 'Get Job Status: local 085');
    await workbench().screenshot('profile-named-once');
    await workbench().press('Escape');
  });

  it('keeps the item of the status bar, and the panel without its job', async () => {
    await workbench().runCommand('Smile ID: Remove Profile…');
    await workbench().pick('Local 085');
    await workbench().page.getByRole('button', { name: 'Remove Profile' }).last().click();
    await workbench().page.getByText('Smile ID: No Profile').waitFor();
    const panel = await workbench().panel("This job's profile was removed.");
    assert.doesNotMatch(await panel.locator('main').innerText(), /Approved|0810/);
    assert.equal(
      await panel.locator('.toolbar vscode-button:not([secondary])').innerText(),
      'Add Profile…',
    );
    await workbench().screenshot('profile-removed');
  });

  it('leads the next lookup, and a click on the item, to the other profiles', async () => {
    await workbench().page.getByText('Smile ID: No Profile').click();
    assert.equal(await workbench().quickInputTitle(), 'Switch Profile');
    await workbench().press('Escape');
    await workbench().runCommand(GET);
    assert.equal(await workbench().quickInputTitle(), 'Switch Profile');
    await workbench().pick('first');
    await workbench().quickInput.getByText('Get Job Status: local · first').waitFor();
    await workbench().press('Escape');
    await workbench().page.getByText('Smile ID: local · first').waitFor();
  });

  it('lets the panel open its job again with a new profile', async () => {
    const removed = await workbench().panel("This job's profile was removed.");
    await removed.getByText('Add Profile…', { exact: true }).click();
    await fillIn('again');
    const panel = await workbench().panel('Approved', 'approved');
    assert.match(await panel.locator('.source').innerText(), /^local · again/);
    assert.equal(await workbench().tabs.count(), 1);
  });

  it('leaves nothing of its jobs in what VS Code keeps of the window, also of tabs that are not shown', async () => {
    const jobs = ['job-behind-another-tab', 'job-in-front'];
    for (const jobId of jobs)
      await workbench().lookUp(jobId, 'Approved', 'user-of-a-removed-profile');
    const marks = [...jobs, 'user-of-a-removed-profile'];
    const kept = async (): Promise<string[]> => {
      const text = await workbench().keptByWindow();
      return marks.filter((mark) => text.includes(mark));
    };
    await until('what is kept', async () => ((await kept()).length === 3 ? true : undefined));
    await workbench().runCommand('Smile ID: Remove Profile…');
    await workbench().pick('again');
    await workbench().page.getByRole('button', { name: 'Remove Profile' }).last().click();
    await workbench().panel("This job's profile was removed.");
    await workbench().reload();
    await until('nothing that is kept', async () =>
      (await kept()).length === 0 ? true : undefined,
    );
    await workbench().tabs.first().waitFor({ state: 'detached' });
  });
});
