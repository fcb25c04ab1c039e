import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { MARKERS } from '../../../src/node/simulator/testPerson';
import { violations } from '../axe';
import { persist, useWorkbench } from '../workbench';

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
        next: 'Before you accept, have a person compare this user with the suspect users (see Antifraud below) and decide whether it is fraud. Fraud signals are independent of the result code.',
        icon: 'codicon-warning',
      },
      {
        jobId: 'tampered-signature',
        title: 'Signature invalid · The response says: Approved · Enroll User',
        alert:
          'This response is not signed with your API key. Someone else may have created or changed it. Check Signature',
        next: 'Do not act on this response. Refresh. If the signature stays invalid, check the API key, the partner ID and any proxy in between; if all are right, contact Smile ID support.',
        icon: 'codicon-unverified',
      },
      {
        jobId: 'missing-signature',
        title: 'Not signed · The response says: Approved · Enroll User',
        alert: 'This response has no signature, so it cannot be verified.',
        next: 'Do not act on this response. Refresh. If the signature is still missing, check the address of the server and any proxy in between; if both are right, contact Smile ID support.',
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
            one.hasAttribute('aria-disabled')
              ? [[one.textContent.trim(), one.getAttribute('title')]]
              : [],
          ),
        );
    const reason = 'A history entry is shown. Go back to the current result first.';
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
    assert.deepEqual(await blocked(), [
      ['Watch', 'The result is final, so there is nothing to watch.'],
    ]);
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

  it('says of a failure what happened, and nothing that contradicts it', async () => {
    const said = async (jobId: string): Promise<unknown> => {
      const panel = await workbench().lookUp(jobId, 'What to do next');
      const buttons = await panel.locator('.toolbar vscode-button').allInnerTexts();
      return {
        title: (await panel.locator('h1').innerText()).replace(/ \(HTTP.*/s, ''),
        facts: await panel.locator('.facts').innerText(),
        remedies: buttons.slice(5).map((text) => text.trim()),
      };
    };
    assert.deepEqual(
      [await said('redirect'), await said('unauthorized'), await said('html')],
      [
        {
          title:
            'Request failed · The server responded with a redirect to another path (hidden: it may contain secrets)',
          facts: '',
          remedies: ['Edit Profile', 'Show Log'],
        },
        {
          title: 'Not authorized · You are not authorized to do that',
          facts: 'error 2205 · HTTP 400',
          remedies: ['Edit Profile'],
        },
        {
          title: 'Access denied · The response is a web page, not JSON.',
          facts: 'HTTP 403 · text/html · HTML page "403 Forbidden", 112 bytes',
          remedies: ['Edit Profile', 'Show Log'],
        },
      ],
    );
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

    await button(panel, 'Reveal side by side').press('Enter');
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

  it('can stop a watch', async () => {
    const panel = await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await panel.getByText('Watch', { exact: true }).click();
    await panel.getByText(/next check in/).waitFor();
    await panel.getByText('Stop Watching').click();
    await panel.getByText('Watching stopped: You stopped watching.').waitFor();
  });

  it('offers to watch only what can change, in the panel, above it and in the palette', async () => {
    const title = workbench().page.locator('.editor-actions');
    const watch = async (panel: Frame): Promise<unknown[]> => {
      const one = panel.locator('.watch-button');
      const above = title.getByRole('button', { name: 'Watch This Job' });
      return [
        await one.getAttribute('aria-disabled'),
        await one.getAttribute('title'),
        (await above.getAttribute('aria-disabled')) === 'true',
      ];
    };
    const final = await workbench().lookUp('biometric-kyc', 'History of this user');
    await persist(async () => {
      assert.deepEqual(await watch(final), [
        'true',
        'The result is final, so there is nothing to watch.',
        true,
      ]);
    });
    await final.locator('.watch-button').click({ force: true }); // does nothing
    assert.equal(await final.locator('.watch').count(), 0);
    await workbench().press('F1');
    await workbench().type('>Smile ID: This Job');
    await workbench().quickInput.getByText('Refresh This Job').first().waitFor();
    const offered = await workbench().quickPickRows();
    assert.deepEqual(
      offered.filter((row) => row.includes('Watch')),
      [],
    );
    await workbench().press('Escape');
    await workbench().screenshot('watch final');

    const refused = await workbench().lookUp('unauthorized', 'Local checks');
    await persist(async () => {
      assert.deepEqual(await watch(refused), [
        'true',
        'Smile ID refused the request. Refresh when the cause is fixed.',
        true,
      ]);
    });
    assert.equal(await workbench().offers('Smile ID: Compare This Job…'), false);
    const pending = await workbench().lookUp('no-zip', 'No zip uploaded yet');
    assert.equal(await workbench().offers('Smile ID: Compare This Job…'), true);
    await persist(async () => {
      assert.deepEqual(await watch(pending), [null, 'Check until the result is final', false]);
    });
    await title.getByRole('button', { name: 'Watch This Job' }).click();
    await pending.getByText(/next check in/).waitFor();
    await workbench().runCommand('Smile ID: Stop Watching This Job');
    await pending.getByText('Watching stopped: You stopped watching.').waitFor();
  });

  it('has each action once: often used ones above it, the rest in the menu there', async () => {
    const panel = await workbench().lookUp('rejected-spoof', 'History of this user');
    const title = workbench().page.locator('.editor-actions');
    await title.getByRole('button', { name: 'Open JSON of This Job' }).waitFor();
    const above = await title
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((one) => one.getAttribute('aria-label') ?? ''));
    assert.deepEqual(
      above.flatMap((name) => /^[\w ]+ This Job/.exec(name) ?? []),
      ['Refresh This Job', 'Watch This Job', 'Open JSON of This Job'],
    );
    await title.getByRole('button', { name: /More Actions/ }).click();
    const menu = workbench().page.locator('.monaco-menu').first();
    await menu.getByRole('menuitem', { name: 'Compare This Job…' }).waitFor();
    await menu.getByRole('menuitem', { name: 'Copy This Job As…' }).waitFor();
    await workbench().press('Escape');
    // a final result is the one that needs no refresh
    assert.equal(await panel.locator('.toolbar vscode-button:not([secondary])').count(), 0);
    const other = await workbench().lookUp('provisional', 'Provisional Enroll');
    assert.equal(
      await other.locator('.toolbar vscode-button:not([secondary])').innerText(),
      'Refresh',
    );
  });

  it('shows at once why a check failed, and that the other lines open, too', async () => {
    const panel = await workbench().lookUp('rejected-spoof', 'Possible Spoof Detected');
    const open = panel.locator('.check[open]');
    assert.deepEqual(
      (await open.locator('summary').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')),
      ['Register selfie Rejected', 'Liveness check Failed'],
    );
    await open.locator('p').first().waitFor();
    const closed = panel.locator('.check:not([open]) summary').first();
    const looks = (): Promise<readonly string[]> =>
      closed.evaluate((summary) => [
        getComputedStyle(summary, '::before').content,
        getComputedStyle(summary, '::before').fontFamily,
        getComputedStyle(summary).backgroundColor,
      ]);
    const [chevron = '', font, background] = await looks();
    assert.match(chevron, /^"\ueab4"/);
    assert.equal(font, 'codicon');
    await closed.hover();
    assert.notEqual((await looks())[2], background);
    await workbench().screenshot('checks');
  });

  it('shows times as people write them, and what was sent in their tooltips', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    const time = panel.locator('button.entry .secondary span').first();
    assert.match(
      (await time.textContent()) ?? '',
      /^(?:Today|[A-Z][a-z]{2} \d{1,2},) \d{1,2}:\d\d\s[AP]M$/,
    );
    assert.match(
      (await time.getAttribute('title')) ?? '',
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}, as sent, no time zone$/,
    );
    assert.doesNotMatch(await panel.locator('main').innerText(), /\d{4}-\d\d-\d\dT/);
  });

  it('says once that a result has changed, what it was before and until when', async () => {
    const panel = await workbench().lookUp('pending-5', 'Pending', 'user-1');
    await panel.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const live = document.querySelector('header + [role="status"]');
      new MutationObserver(() => said.push(live?.textContent ?? '')).observe(document.body, {
        ...{ subtree: true, childList: true, characterData: true },
      });
    });
    await panel.locator('.watch-button').click();
    await panel.getByText('Watching ended: the result is final.').waitFor();
    const change = panel.locator('.change');
    assert.match(
      await change.innerText(),
      /^Was Pending until \d{1,2}:\d\d:\d\d\s[AP]M\. Compare$/,
    );
    const said = await panel.evaluate<readonly string[]>('window.said');
    const changes = said.filter(
      (text, at) => text !== said[at - 1] && text.includes('Was Pending'),
    );
    assert.equal(changes.length, 1, said.join('\n'));
    assert.match(changes[0] ?? '', /^Approved\. .*Was Pending until .*M\.$/);
    await button(panel, 'Refresh').click();
    await persist(async () => {
      const live = await panel.locator('header + [role="status"]').textContent();
      assert.match(live ?? '', /^Approved\. /);
      assert.doesNotMatch(live ?? '', /Was Pending/);
    });
    assert.match(await change.innerText(), /^Was Pending/);
    await workbench().screenshot('changed');
    await change.getByRole('button', { name: 'Compare' }).click();
    await panel.getByRole('heading', { name: 'Compared: Pending → Approved' }).waitFor();
    await workbench().screenshot('changed and compared');
  });

  it('shows the verdict in the icon of its tab, and the name that the user gives to the job', async () => {
    await workbench().lookUp('rejected-spoof', 'Possible Spoof Detected');
    const tab = workbench().tabs.first();
    const icon = (): Promise<string> =>
      tab.evaluate((element) =>
        [...element.querySelectorAll('*')]
          .flatMap((part) => [getComputedStyle(part), getComputedStyle(part, '::before')])
          .map(({ content, backgroundImage }) => `${content} ${backgroundImage}`)
          .join('\n'),
      );
    await persist(async () => {
      assert.match(await icon(), /tab(?:\/|%2F)rejected\.svg/);
    });
    await workbench().chooseFromTreeMenu('rejected-spoof', 'Rename…');
    await workbench().enter('Customer 4, second try');
    await workbench().tabs.filter({ hasText: 'Customer 4, second try' }).waitFor();
    const panel = await workbench().panel('Customer 4, second try');
    assert.match(
      await panel.locator('.ids').innerText(),
      /^Name\s+Customer 4, second try\s+Job ID/,
    );
    await workbench().screenshot('renamed');
    await workbench().chooseFromTreeMenu('Customer 4, second try', 'Rename…');
    await workbench().enter('');
    await workbench().tabs.filter({ hasText: 'rejected-spoof' }).waitFor();
  });

  it('reveals an image, hides it again, and keeps the focus', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.slot img').first().waitFor();
    const focused = (): Promise<string | null> =>
      panel.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    await button(panel, 'Reveal Selfie').press('Enter');
    assert.deepEqual([await focused(), await blurred(panel)], ['Enlarge Selfie', [false, true]]);
    await workbench().screenshot('revealed with Hide');
    await button(panel, 'Hide Selfie').press('Enter');
    assert.deepEqual([await focused(), await blurred(panel)], ['Reveal Selfie', [true, true]]);
  });

  it('says where images are that Smile ID sent no links to them, and why', async () => {
    const panel = await workbench().lookUp('image-link-error', 'What to do next');
    const images = panel.locator('section').filter({ has: panel.locator('#images') });
    await images.getByText('Smile ID returned no image links:').waitFor();
    await images.getByRole('button', { name: 'Refresh' }).waitFor();
    await workbench().screenshot('no image links');
  });

  it('keeps the focus where it is when a response comes', async () => {
    const panel = await workbench().lookUp('biometric-kyc', 'History of this user');
    await panel.locator('.slot img').first().waitFor();
    const checkedAt = panel.getByText(/checked at/);
    const refresh = async (): Promise<void> => {
      const before = await checkedAt.innerText();
      // in the next second, so that the time shows that the response came
      await panel.waitForFunction((text) => {
        const [clock = ''] = new Date().toLocaleTimeString('en-US').split(/\s/);
        return !text.includes(clock);
      }, before);
      await panel.evaluate(() => {
        document.querySelector<HTMLElement>('.toolbar vscode-button')?.click();
      });
      await persist(async () => {
        assert.notEqual(await checkedAt.innerText(), before);
      });
      await panel.locator('.slot img').first().waitFor();
    };
    const focused = (): Promise<string | null> =>
      panel.evaluate(() => {
        const { activeElement: one } = document;
        return one?.getAttribute('data-detail') ?? one?.textContent.trim() ?? null;
      });
    const keptOn = async (name: string | null): Promise<void> => {
      await refresh();
      await persist(async () => {
        assert.equal(await focused(), name);
      });
    };
    for (const place of [
      ...['.toolbar vscode-button', '.watch-button', '.certainty .link', 'button.slot'],
      ...['.check summary', 'button.masked', 'button.entry'],
    ]) {
      await panel.locator(place).first().focus();
      const name = await focused();
      assert.notEqual(name, await panel.locator('body').innerText(), place);
      await keptOn(name);
    }
    // what is revealed is masked again by a response: the button is where the value was
    await button(panel, 'Reveal Full name').press('Enter');
    await panel.locator(':focus', { hasText: 'Testperson' }).waitFor();
    await keptOn(await focused());
    assert.equal(await panel.locator('button.masked:focus').count(), 1);
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

  it('watches again after a restart what it watched of the simulator, which is back', async () => {
    const panel = await workbench().lookUp('no-zip', 'No zip uploaded yet');
    await panel.getByText('Watch', { exact: true }).click();
    await panel.getByText(/next check in/).waitFor();
    await workbench().reload();
    await workbench().treeItem('watching').waitFor();
    const restored = await workbench().panel('No zip uploaded yet');
    await restored.getByText(/next check in/).waitFor();
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
    await panel.locator('.compare-button').click();
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

    const withEntries = await workbench().lookUp('biometric-kyc', 'History of this user');
    await withEntries.locator('.compare-button').click();
    await workbench().pick('Provisional');
    await withEntries.getByText('Open in diff editor').click();
    await diff.getByText('"ResultCode"').first().waitFor();
    assert.equal(await workbench().page.locator('.editor-group-container').count(), 1);
    // an entry has neither, and only the whole response would
    assert.doesNotMatch(await diff.innerText(), /"(?:job_complete|history)"/);
    await workbench().screenshot('diff of an entry');
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
      'Text for a support ticket': '- SmileJobID: ',
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
