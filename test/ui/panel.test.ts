import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { MARKERS } from '../../src/node/simulator/testPerson';
import { violations } from './axe';
import { persist, useWorkbench } from './workbench';

/** Scenarios whose responses contain personal data of every kind. */
const WITH_PERSONAL_DATA = [
  'biometric-kyc',
  'enhanced-kyc',
  'enhanced-kyc-all-fields',
  'document-verification',
  'base64-photo',
  'business-verification',
  'business-proprietor',
  'aml-check',
  'antifraud',
  'snake-case',
];

describe('The job panel, as a user works with it', () => {
  const workbench = useWorkbench();
  const button = (panel: Frame, name: string) => panel.getByRole('button', { name, exact: true });
  const blurred = (panel: Frame): Promise<boolean[]> =>
    panel
      .locator('.images img')
      .evaluateAll((images) => images.map((image) => image.classList.contains('blurred')));

  before(async () => {
    await workbench().startSimulator();
  });

  afterEach(async () => {
    await workbench().runCommand('View: Close All Editors');
  });

  it('runs no script that is put into its page, however that is done', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.slot img').first().waitFor();
    await panel.evaluate('globalThis.__name = (named) => named'); // what tsx puts around functions
    const result = await panel.evaluate(async () => {
      const ran: string[] = [];
      Object.assign(window, { ranInPage: (what: string) => ran.push(what) });
      const code = (what: string): string => `window.ranInPage('${what}')`;
      const script = (set: (element: HTMLScriptElement) => void): void => {
        const element = document.createElement('script');
        set(element);
        document.body.append(element);
      };
      const file = (type: string, text: string): string =>
        URL.createObjectURL(new Blob([text], { type }));
      const ways: Record<string, () => unknown> = {
        'inline script': () => {
          script((element) => (element.textContent = code('inline script')));
        },
        'script in a blob': () => {
          script((element) => (element.src = file('text/javascript', code('script in a blob'))));
        },
        'script in a data URL': () => {
          script(
            (element) => (element.src = `data:text/javascript,${code('script in a data URL')}`),
          );
        },
        'a handler': () => {
          const element = document.createElement('b');
          element.setAttribute('onclick', code('a handler'));
          element.click();
        },
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that it is refused is what is tested
        'text as code': () => setTimeout(code('text as code')),
        'a worker': () => {
          try {
            return new Worker(file('text/javascript', ''));
          } catch {
            return null; // some browsers throw, too
          }
        },
      };
      const blocked: Record<string, string> = {};
      for (const [what, go] of Object.entries(ways)) {
        const refused = new Promise<string>((resolve) => {
          const notice = (directive: string): void => {
            resolve(directive);
          };
          document.addEventListener(
            'securitypolicyviolation',
            ({ effectiveDirective }) => {
              notice(effectiveDirective);
            },
            { once: true },
          );
          setTimeout(notice, 3000, 'not refused');
        });
        go();
        blocked[what] = await refused;
      }
      return { ran, blocked };
    });
    assert.deepEqual(result, {
      ran: [],
      blocked: {
        'inline script': 'script-src-elem',
        'script in a blob': 'script-src-elem',
        'script in a data URL': 'script-src-elem',
        'a handler': 'script-src-attr',
        'text as code': 'script-src',
        'a worker': 'worker-src',
      },
    });
  });

  it('says in its first lines what happened, who decided, and how certain that is', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    assert.deepEqual(
      {
        title: await panel.locator('h1').innerText(),
        facts: await panel.locator('.facts').innerText(),
        halves: (await panel.locator('.halves li').allInnerTexts()).map((text) =>
          text.replace(/\s+/g, ' '),
        ),
        envelope: await panel.locator('.envelope code').allInnerTexts(),
      },
      {
        title: 'Approved · Enroll User',
        facts: 'Biometric KYC · code 1210 · human decision · final · confidence 97 %',
        halves: ['ID ID Number Validated (1012)', 'Selfie Enroll User (1210)'],
        envelope: ['2302', 'true', 'true'],
      },
    );
  });

  it('never says to accept a job with a warning, and its row in the list warns, too', async () => {
    for (const { jobId, title, alert, next, icon } of [
      {
        jobId: 'antifraud',
        title: 'Needs attention · Enroll User',
        alert: 'Fraud signals found: 2 suspect users. Review before you accept.',
        next: 'Review the fraud signals (see Antifraud below) before you accept. They are independent of the result code.',
        icon: 'codicon-warning',
      },
      {
        jobId: 'tampered-signature',
        title: 'Signature invalid · The response says: Approved · Enroll User',
        alert:
          'This response is not signed with your API key. Someone else may have created or changed it.',
        next: 'Do not act on this response. Refresh. If the signature stays invalid, check the API key, the partner ID and any proxy in between.',
        icon: 'codicon-unverified',
      },
      {
        jobId: 'missing-signature',
        title: 'Not signed · The response says: Approved · Enroll User',
        alert: 'This response has no signature, so it cannot be verified.',
        next: 'Do not act on this response. Refresh. If the signature is still missing, check the address of the server and any proxy in between.',
        icon: 'codicon-unverified',
      },
    ]) {
      const panel = await workbench().lookUp(jobId, 'What to do next');
      assert.deepEqual(
        {
          title: await panel.locator('h1').innerText(),
          alerts: (await panel.getByRole('alert').allInnerTexts()).map((text) => text.trim()),
          next: await panel.locator('#next + p').innerText(),
        },
        { title, alerts: [alert], next },
      );
      const unverified = title.startsWith('Signature') || title.startsWith('Not signed');
      assert.deepEqual(
        await panel.locator('#why, #checks').allInnerTexts(),
        ['Why', 'Checks'].map((heading) => (unverified ? `${heading} (not verified)` : heading)),
      );
      const row = workbench().treeItem(jobId);
      await row.locator(`.${icon}`).waitFor();
    }
    await workbench().screenshot('warnings');
  });

  it('acts on the entry of the history that it shows, or says why it cannot', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('button.entry').filter({ hasText: 'Authenticated' }).first().click();
    await panel.getByText('Back to Current Result').waitFor();
    const blocked = async (): Promise<unknown[]> =>
      panel
        .locator('.toolbar vscode-button')
        .evaluateAll((buttons) =>
          buttons.flatMap((one) =>
            one.hasAttribute('disabled')
              ? [[one.textContent.trim(), one.getAttribute('title')]]
              : [],
          ),
        );
    const reason = 'Go back to the current result first';
    assert.deepEqual(
      await blocked(),
      ['Refresh', 'Watch', 'Compare', 'Copy'].map((name) => [name, reason]),
    );
    await workbench().screenshot('history entry');
    await button(panel, 'Open JSON').click();
    await workbench().tabs.filter({ hasText: 'History entry' }).waitFor();
    await workbench().page.locator('.monaco-editor').getByText('"0820"').first().waitFor();
    await workbench().runCommand('View: Close Editor');
    await panel.getByText('Back to Current Result').click();
    await panel.getByRole('heading', { name: 'Approved · Enroll User' }).waitFor();
    assert.deepEqual(await blocked(), []);
  });

  it('opens the body of a refusal as JSON, and a response that is not JSON as text, after the user confirms', async () => {
    const refused = await workbench().lookUp('unknown-job', 'Job not found');
    await button(refused, 'Open JSON').click();
    await workbench().tabs.filter({ hasText: 'Error response (HTTP 400).json' }).waitFor();
    await workbench().page.locator('.monaco-editor').getByText('"2304"').first().waitFor();
    await workbench().runCommand('View: Close All Editors');

    const page = await workbench().lookUp('html', 'HTML page "403 Forbidden"');
    await button(page, 'Show Response Text').click();
    await workbench().page.getByText('personal data in it cannot be hidden').waitFor();
    await workbench().screenshot('response text dialog');
    await workbench().page.getByRole('button', { name: 'Cancel' }).last().click();
    await button(page, 'Show Response Text').click();
    await workbench().page.getByRole('button', { name: 'Show Response Text' }).last().click();
    await workbench().tabs.filter({ hasText: 'Response text (HTTP 403).txt' }).waitFor();
    await workbench().page.locator('.monaco-editor').getByText('<center>').first().waitFor();
    await workbench().screenshot('response text');
  });

  it('can be used completely by keyboard alone', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.slot img').first().waitFor();
    await panel.locator('body').press('Tab');
    const reached: string[] = [];
    for (let step = 0; step < 60; step += 1) {
      const name = await panel.evaluate(() => {
        const element = document.activeElement;
        return (
          element?.getAttribute('aria-label') ??
          element?.textContent.replace(/\s+/g, ' ').trim() ??
          ''
        );
      });
      reached.push(name);
      await workbench().press('Tab');
    }
    const wanted = [
      ...['Refresh', 'Watch', 'Compare', 'Copy', 'Open JSON', 'Copy Job ID', 'Copy User ID'],
      ...['official page', 'Reveal Selfie', 'Liveness check Passed', '4 not applicable'],
      ...['Reveal all', 'Reveal Full name', 'Filter by verdict', 'Approved · Enroll User'],
    ];
    assert.deepEqual(
      wanted.filter((name) => !reached.some((found) => found.startsWith(name))),
      [],
      reached.join('\n'),
    );

    await panel.locator('.check summary').first().press('Enter');
    assert.equal(await panel.locator('.check').first().getAttribute('open'), '');
    const entries = panel.locator('button.entry');
    await entries.first().press('ArrowDown');
    await entries.nth(1).press('Enter');
    await panel.getByText('Back to Current Result').waitFor();
    const focused = (): Promise<string> =>
      panel.evaluate(() => document.activeElement?.textContent.replace(/\s+/g, ' ').trim() ?? '');
    assert.match(await focused(), /^Provisional · Provisional Enroll/); // the title of what was opened
    assert.equal(
      await panel.locator('h1').innerText(),
      'Provisional · Provisional Enroll - Under Review',
    );
    await button(panel, 'Back to Current Result').press('Enter');
    await panel.getByRole('heading', { name: 'Approved · Enroll User' }).waitFor();
    assert.match(await focused(), /^Provisional · Provisional Enroll.*0814/); // the entry it came from
    await button(panel, 'Reveal Full name').press('Enter');
    await panel.getByText('Testperson').first().waitFor();
    assert.match(await focused(), /Testperson/);
  });

  it('can be driven from the command palette, and searched', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await workbench().runCommand('Smile ID: Compare This Job…');
    await workbench()
      .quickInput.getByText('Compare this response with')
      .or(workbench().quickInput.getByPlaceholder('Compare this response with'))
      .first()
      .waitFor();
    await workbench().press('Escape');
    await workbench().runCommand('Smile ID: Refresh This Job');
    await panel.getByRole('heading', { name: 'Approved · Enroll User' }).waitFor();
  });

  it('shows images enlarged: zoomed, rotated, fitted, in actual size, side by side', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.caption').getByText('480 × 600').waitFor();
    assert.deepEqual(await blurred(panel), [true, true]);
    await button(panel, 'Reveal Selfie').press('Enter');
    assert.deepEqual(await blurred(panel), [false, true]);
    await button(panel, 'Enlarge Selfie').press('Enter');
    const image = panel.locator('.viewer img');
    const size = async (): Promise<string> => {
      const box = await image.boundingBox();
      return `${Math.round(box?.width ?? 0)} × ${Math.round(box?.height ?? 0)}`;
    };
    const becomes = async (expected: string): Promise<void> => {
      await persist(async () => {
        assert.equal(await size(), expected);
      });
    };
    await image.waitFor();
    await workbench().press('1');
    await becomes('480 × 600');
    await workbench().press('r');
    await becomes('600 × 480');
    await workbench().press('+');
    await becomes('750 × 600');
    await workbench().press('0');
    const stage = await panel.locator('.stage').boundingBox();
    const width = Math.round(stage?.width ?? 0);
    await becomes(`${width} × ${Math.round((width * 480) / 600)}`); // turned, it is wider than high
    await workbench().screenshot('viewer');
    await workbench().press('Escape');
    await panel.locator('.viewer[open]').waitFor({ state: 'detached' });

    await panel
      .getByRole('button', { name: 'Reveal selfie and ID photo side by side' })
      .press('Enter');
    assert.deepEqual(await panel.locator('.viewer figcaption').allInnerTexts(), [
      'Selfie',
      'ID photo',
    ]);
    await workbench().screenshot('viewer side by side');
    await workbench().press('Escape');
  });

  it('copies and saves an image only after a warning', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.slot img').first().waitFor();
    await button(panel, 'Reveal Selfie').click();
    await button(panel, 'Enlarge Selfie').click();
    await button(panel, 'Save image').click();
    const dialog = workbench().page.locator('.monaco-dialog-box');
    await dialog.getByText('Save this image as a file?').waitFor();
    await workbench().screenshot('save-image');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await workbench().page.evaluate(() => navigator.clipboard.writeText('before'));
    await button(panel, 'Copy image').click();
    await dialog.getByText('Copy this image?').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    // messages of the page are handled in order: the dialog of this one comes after all that the first one did
    await button(panel, 'Copy image').click();
    const copy = dialog.getByRole('button', { name: 'Copy Image' });
    await copy.waitFor();
    assert.equal(await workbench().page.evaluate(() => navigator.clipboard.readText()), 'before');
    await copy.click();
    await workbench().page.getByText('Image copied').waitFor();
    const copied = await workbench().page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const png = await item?.getType('image/png');
      return png && (await createImageBitmap(png)).width;
    });
    assert.equal(copied, 480);
    await panel.locator('.viewer').press('Escape');
  });

  it('offers to refresh when a link has expired, and refuses what is not an image', async () => {
    const expired = await workbench().lookUp('image-link-expired', 'has expired');
    await expired.locator('.slot').getByRole('button', { name: 'Refresh' }).first().waitFor();
    await workbench().runCommand('View: Close All Editors');
    const gif = await workbench().lookUp('image-unsupported', 'not a JPEG, PNG or WebP');
    const captions = await gif.locator('.caption').allInnerTexts();
    assert.ok(captions.length >= 2);
  });

  it('shows images that came inside the response as well', async () => {
    const panel = await workbench().lookUp('base64-photo', 'History of this user');
    await panel.locator('.slot img').nth(5).waitFor();
    const captions = (await panel.locator('.caption').allInnerTexts()).map(
      (text) => text.split('\n')[0],
    );
    assert.deepEqual(captions, [
      'Selfie',
      'ID card, front',
      'ID card, back',
      'ID photo',
      'ID photo (in the response)',
      'Document (in the response)',
    ]);
  });

  it('masks personal details, which are not in the page until they are revealed', async () => {
    const panel = await workbench().lookUp('enhanced-kyc', 'Personal details');
    const held = async (): Promise<string[]> => {
      const html = await panel.content();
      return MARKERS.filter((marker) => html.includes(marker));
    };
    assert.deepEqual(await held(), []);
    await button(panel, 'Reveal Full name').click();
    await panel.getByText('Testperson').first().waitFor();
    assert.deepEqual((await held()).includes('Testperson'), true);
    assert.equal((await held()).length < MARKERS.length, true);
    await panel.getByText('Reveal all').click();
    await panel.getByText('Reveal all').waitFor({ state: 'detached' });
    assert.ok((await held()).length > 4);
    await workbench().screenshot('personal details revealed');
    await panel.getByText('Hide all').click();
    await panel.getByText('Reveal all').waitFor();
    assert.deepEqual(await held(), []);
  });

  it('masks the names in full data that are not names of fields, and moves the focus to one that is revealed', async () => {
    const panel = await workbench().lookUp('enhanced-document-verification', 'Full data');
    const held = async (): Promise<string[]> => {
      const html = await panel.content();
      return ['bvn', 'watchListed', 'enrollment', 'level'].filter((name) => html.includes(name));
    };
    assert.deepEqual(await held(), []);
    const branch = panel.locator('.branch > .detail', { hasText: /^Field/ });
    await branch.getByRole('button').click();
    await panel.locator(':focus', { hasText: 'enrollment' }).waitFor();
    assert.deepEqual(await held(), ['enrollment']);
  });

  it('filters the history, opens an entry in the same panel, and from there another job', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.getByText('8 entries', { exact: true }).waitFor();
    await panel.getByLabel('Filter by verdict').selectOption('rejected');
    await panel.getByText('1 of 8 entries').waitFor();
    assert.deepEqual(await panel.locator('.entries h3').allInnerTexts(), [
      'Job document-1 SmileJobID 0006662138',
    ]);
    await panel.locator('button.entry').first().click();
    await panel.getByText('of job document-1').waitFor();
    assert.match(await panel.locator('h1').innerText(), /^Rejected/);
    assert.equal(await workbench().tabs.count(), 1);
    await button(panel, 'Open Job').click();
    await workbench().tabs.filter({ hasText: 'document-1' }).waitFor();
    assert.equal(await workbench().tabs.count(), 2);
  });

  it('watches until the result is final, with a countdown, for panel and tree alike', async () => {
    const panel = await workbench().lookUp('pending-3', 'Pending');
    await panel.getByText('Watch', { exact: true }).click();
    await panel.getByText(/next check in [12] s/).waitFor();
    await workbench().treeItem('watching').waitFor();
    await workbench().screenshot('watching');
    await panel.getByRole('heading', { name: 'Approved' }).waitFor();
    await panel.getByText('Watching ended: the result is final.').waitFor();
    await workbench()
      .treeItem(/pending-3.*now$/)
      .waitFor();
  });

  it('can stop a watch, and says why one stopped by itself', async () => {
    const panel = await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await panel.getByText('Watch', { exact: true }).click();
    await panel.getByText(/next check in/).waitFor();
    await panel.getByText('Stop Watching').click();
    await panel.getByText('Watching stopped: You stopped watching.').waitFor();
    await workbench().runCommand('View: Close All Editors');
    const refused = await workbench().lookUp('unauthorized', 'Local checks');
    await refused.getByText('Watch', { exact: true }).click();
    await refused.getByText(/Watching stopped: Smile ID refused the request \(code 2205/).waitFor();
    await workbench().screenshot('watch refused');
  });

  it('reports a changed verdict while the panel is hidden, with a button that opens it again', async () => {
    const panel = await workbench().lookUp('pending-2', 'Pending', 'user-1');
    await panel.getByText('Watch', { exact: true }).click();
    await panel.getByText(/next check in/).waitFor();
    await workbench().openFile('verification.js');
    const changed = 'pending-2: Pending → Approved (local)';
    await workbench().page.getByText(changed).first().waitFor();
    await workbench().screenshot('verdict changed');
    await workbench().chooseInNotification(changed, 'Open Job');
    await (
      await workbench().panel('Watching ended')
    )
      .getByRole('heading', { name: 'Approved' })
      .waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  it('offers after a restart to resume watching', async () => {
    const panel = await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await panel.getByText('Watch', { exact: true }).click();
    await panel.getByText(/next check in/).waitFor();
    await workbench().reload();
    await workbench().runCommand('Smile ID: Start Local Simulator'); // the one before ended with its window
    await workbench().chooseInNotification('Resume watching?', 'Resume');
    await workbench().treeItem('watching').waitFor();
    await workbench().chooseFromTreeMenu('no-zip', 'Stop Watching');
    await workbench().treeItem('watching').waitFor({ state: 'detached' });
  });

  it('leaves the rows of the list where they are while two jobs are watched', async () => {
    const watch = async (panel: Frame): Promise<void> => {
      await panel.getByText('Watch', { exact: true }).click();
      await panel.getByText(/next check in/).waitFor();
    };
    await watch(await workbench().lookUp('no-zip', 'No zip uploaded yet'));
    const panel = await workbench().lookUp('pending-50', 'Pending', 'user-1');
    await watch(panel);
    const watched = (job: string) => workbench().treeItem(new RegExp(`^${job}.*watching`));
    await watched('pending-50').waitFor();
    const orders = new Set<string>();
    let seconds = 0;
    for (let checks = 0; checks < 3;) {
      const rows = await workbench().treeRows();
      orders.add(rows.flatMap((row) => /^(\S+) .*watching$/.exec(row)?.[1] ?? []).join());
      const countdown = await panel.getByText(/next check in/).innerText();
      const left = Number(/in (\d+) s/.exec(countdown)?.[1]);
      if (left > seconds) checks += 1; // it starts again after each
      seconds = left;
    }
    // which of them was checked last when the list was drawn depends on the clock
    assert.deepEqual(
      [...orders].map((order) => order.split(',').sort()),
      [['no-zip', 'pending-50']],
    );
    for (const job of ['no-zip', 'pending-50']) {
      await workbench().chooseFromTreeMenu(job, 'Stop Watching');
      await watched(job).waitFor({ state: 'detached' });
    }
  });

  it('compares with the last response, an entry and another job, in words and in the diff editor', async () => {
    const panel = await workbench().lookUp('pending-4', 'Pending', 'user-1');
    await persist(async () => {
      await panel.getByText('Refresh', { exact: true }).click();
      await panel.getByRole('heading', { name: 'Approved' }).waitFor({ timeout: 1000 });
    });
    await panel.getByText('Compare', { exact: true }).click();
    await workbench().pick('Previous response');
    await panel.getByRole('heading', { name: 'Compared: Pending → Approved' }).waitFor();
    await panel.getByText('Verdict: Pending → Approved').waitFor();
    await workbench().screenshot('compared');
    await panel.getByText('Open in diff editor').click();
    const diff = workbench().page.locator('.monaco-diff-editor');
    await diff.getByText('"code"').first().waitFor();
    const texts = await diff.innerText();
    assert.deepEqual(
      MARKERS.filter((marker) => texts.includes(marker)),
      [],
    );
    await workbench().screenshot('diff');
    await workbench().runCommand('View: Close All Editors');

    const other = await workbench().lookUp('rejected-spoof', 'History of this user');
    await other.getByText('Compare', { exact: true }).click();
    await workbench().pick('pending-4');
    await other.getByRole('heading', { name: 'Compared: Approved and Rejected' }).waitFor();
    assert.deepEqual(await violations(other), []);
    await other.getByText('Close', { exact: true }).click();
    await other.locator('.comparison').waitFor({ state: 'detached' });
  });

  it('is copied as cURL, SDK call, ticket, fixture and model, without key or personal data', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.getByText('Copy', { exact: true }).click();
    await workbench().quickInput.getByText('TypeScript model').waitFor();
    await workbench().screenshot('copy as');
    await workbench().press('Escape');
    const forms = {
      cURL: 'SMILE_API_KEY',
      'JavaScript SDK call': 'return_images: true',
      'Python SDK call': '"return_images": True',
      'Ruby SDK call': 'return_image_links: true',
      'PHP SDK call': "'return_image_links' => true",
      'Java SDK call': 'new Options(true, true, false, "")',
      'Markdown for a support ticket': '| SmileJobID |',
      'JSON fixture': '"ResultCode": "1210"',
      'TypeScript model': 'export interface JobStatusResponse',
    };
    for (const [form, words] of Object.entries(forms)) {
      await panel.getByText('Copy', { exact: true }).click();
      await workbench().pick(new RegExp(`^${form}`));
      await workbench().page.waitForFunction(
        async (expected) => (await navigator.clipboard.readText()).includes(expected),
        words,
      );
      const text = await workbench().page.evaluate(() => navigator.clipboard.readText());
      const held = [...MARKERS, 'local-simulator'].filter((secret) => text.includes(secret));
      assert.deepEqual(held, [], form);
    }
  });

  it('keeps a response when a refresh fails, and says so', async () => {
    const panel = await workbench().lookUp('approved', 'History of this user');
    await workbench().runCommand('Smile ID: Stop Local Simulator');
    await panel.getByText('Refresh', { exact: true }).click();
    const alert = panel.getByRole('alert').filter({ hasText: 'Showing the last response' });
    await alert.waitFor();
    await panel.getByRole('heading', { name: 'Approved' }).waitFor();
    await workbench().screenshot('refresh failed');
    await workbench().startSimulator();
    await persist(async () => {
      await panel.getByText('Refresh', { exact: true }).click();
      await alert.waitFor({ state: 'detached', timeout: 1000 });
    });
  });

  it('leaves no personal data in what the window keeps, whatever was shown', async () => {
    for (const jobId of WITH_PERSONAL_DATA) {
      const panel = await workbench().lookUp(jobId, 'Reveal all');
      await panel.getByText('Reveal all').click();
      await panel.getByText('Hide all').waitFor();
      const entry = panel.locator('button.entry').first();
      if ((await entry.count()) > 0) {
        await entry.click();
        await panel.getByText('Back to Current Result').waitFor();
      }
      await workbench().runCommand('View: Close All Editors');
    }
    await workbench().reload(); // which writes everything down
    const kept = await workbench().keptByWindow();
    assert.match(kept, /biometric-kyc/, 'what the window keeps was not found');
    assert.deepEqual(
      MARKERS.filter((marker) => kept.includes(marker)),
      [],
    );
  });
});
