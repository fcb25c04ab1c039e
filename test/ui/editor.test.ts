import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { sign } from '../../src/core/smile/signature';
import { startStub } from '../support/stubServer';
import { useWorkbench } from './workbench';

const KEY = '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4';

/** The middle of some text of a line, as coordinates of the window. */
function middleOf(line: Locator, wanted: string): Promise<{ x: number; y: number }> {
  return line.evaluate((row, part) => {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let at = row.textContent.indexOf(part) + 1;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (at < length) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
      at -= length;
    }
    throw new Error(`The line does not show ${part}.`);
  }, wanted);
}

describe('In the editor, as a user meets it', () => {
  const workbench = useWorkbench({
    settings: { 'terminal.integrated.gpuAcceleration': 'off', 'workbench.hover.delay': 0 },
  });
  const text = async (): Promise<string> => {
    const lines = await workbench()
      .page.locator('.editor-group-container.active .view-lines .view-line')
      .evaluateAll((all) =>
        all
          .map((line) => ({
            top: parseFloat((line as HTMLElement).style.top),
            text: line.textContent,
          }))
          .sort((one, other) => one.top - other.top)
          .map((line) => line.text),
      );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  };

  before(async () => {
    await workbench().startSimulator();
  });

  it('lists the problems of a file, with a link from each to what is known about it', async () => {
    await workbench().openFile('legacy/verify.js');
    await workbench().runCommand('View: Toggle Problems');
    const problems = workbench().page.locator('.markers-panel-container');
    await problems.getByText('code-as-number').waitFor();
    await workbench().screenshot('problems');
    await problems.getByText('wrong-image-option').click({ modifiers: ['Alt'] });
    const page = await workbench().panel('wrong-image-option');
    assert.match(await page.locator('body').innerText(), /The fix renames the option\./);
    await workbench().screenshot('rule');
    await workbench().runCommand('View: Close Editor');
    await workbench().runCommand('View: Toggle Problems');
  });

  it('completes a code from its first digits', async () => {
    await workbench().openFile('verification.js');
    await workbench().press('Control+End');
    await workbench().page.keyboard.type("\nif (answer.result.ResultCode === '");
    await workbench().page.locator('.suggest-widget').getByText('0812').first().waitFor();
    await workbench().screenshot('completion');
    await workbench().page.keyboard.type('081');
    // the list is filtered once more after the last digit: each key waits for what the one before did
    const suggestion = (code: string) =>
      workbench().page.locator('.suggest-widget .monaco-list-row.focused').getByText(code);
    for (const code of ['0810', '0811', '0812', '0813']) {
      await suggestion(code).first().waitFor();
      await workbench().press(code === '0813' ? 'Tab' : 'ArrowDown');
    }
    assert.match(await text(), /ResultCode === '0813'/);
  });

  it('finds the recent jobs that have a code, and says if there are none', async () => {
    await workbench().lookUp('rejected-spoof', 'Rejected');
    await workbench().openFile('verification.js');
    await workbench().hoverOver('0812');
    await workbench()
      .page.locator('.monaco-hover:visible')
      .getByText('Find in recent jobs')
      .click();
    await workbench()
      .page.locator('.notification-toast')
      .getByText('No recent job has the code 0812.')
      .waitFor();
    await workbench().runCommand('Notifications: Clear All Notifications');
    await workbench().runCommand('Smile ID: Find in Recent Jobs…');
    assert.equal(await workbench().quickInputTitle(), 'Recent Jobs');
    await workbench().type('0813');
    await workbench().screenshot('find jobs');
    await workbench().pick('rejected-spoof');
    await workbench().panel('Possible Spoof');
  });

  it('makes links of the codes in a terminal, if the line uses them as such', async () => {
    const { page } = workbench();
    await workbench().runCommand('Terminal: Create New Terminal');
    const terminal = page.locator('.terminal-wrapper.active');
    await terminal.locator('.xterm-rows').getByText('workspace').first().waitFor();
    await terminal.locator('.xterm-screen').click(); // the panel beside may have kept the focus
    await page.keyboard.type('echo "smile answered" ResultCode=0812 in 1012 ms\n');
    const line = terminal.locator('.xterm-rows > div').filter({ hasText: /^smile answered/ });
    await line.waitFor();
    const { x, y } = await middleOf(line, '0812');
    const elsewhere = await middleOf(line, '1012');
    await page.mouse.move(x, y, { steps: 4 });
    await page.locator('.monaco-hover:visible').getByText('Explain 0812').waitFor();
    await workbench().screenshot('terminal');
    // now the links of the line are known, and one elsewhere would be shown as soon as the page is drawn
    await page.mouse.move(elsewhere.x, elsewhere.y, { steps: 4 });
    await page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
    await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    });
    assert.equal(await page.locator('.monaco-hover:visible').count(), 0);
    await page.keyboard.down('Control');
    await page.mouse.click(x, y);
    await page.keyboard.up('Control');
    await workbench().panel('This code has several meanings');
    await workbench().runCommand('View: Close Editor');
    await workbench().runCommand('View: Toggle Terminal');
  });

  it('moves an API key into a profile, and only then out of the file', async () => {
    const { page } = workbench();
    const url = await workbench().simulatorUrl();
    await workbench().openFile('legacy/verify.js');
    const fix = async (): Promise<void> => {
      await page.locator('.view-line').getByText('7d1c9a52').click();
      await workbench().press('Control+.');
      await page.locator('.action-widget').getByText('Replace with SMILE_API_KEY').click();
    };
    await fix();
    await workbench().quickInput.locator('.monaco-list-row.focused').waitFor();
    await workbench().press('Escape');
    assert.match(await text(), new RegExp(KEY), 'canceling keeps the file as it is');

    await fix();
    await workbench().pick('Local');
    await workbench().enterAt('Address on this machine', url);
    await workbench().screenshot('move key');
    await workbench().enterAt('Name of the profile', 'moved');
    await page.locator('.view-line').getByText('process.env').waitFor();
    assert.match(await text(), /new Utilities\('085', process\.env\.SMILE_API_KEY, 0\)/);
    await page.getByText('Smile ID: local · moved').waitFor();
    await workbench().press('Control+z');
    await workbench().runCommand('Notifications: Clear All Notifications');
  });

  it('makes no link of a job ID or of a text of a server, whatever they look like', async () => {
    const { page } = workbench();
    const link = '[Click to go on](command:workbench.action.toggleSidebarVisibility)';
    const read = '[Click to go on] (command:workbench.action.toggleSidebarVisibility)';
    const apiKey = 'a-key';
    let decided = false;
    const reply = async (sent: string): Promise<object> => {
      if (!sent.includes('user-1')) return { error: `no such job ${link}`, code: '2213' };
      const result = {
        ...{ ResultCode: '0810', ResultText: 'Enroll User', IsFinalResult: 'true' },
        PartnerParams: { user_id: 'user-1', job_id: link, job_type: 1 },
      };
      return {
        ...(decided
          ? { code: '2302', job_complete: true, job_success: true, result }
          : {
              code: '2302',
              job_complete: false,
              job_success: false,
              result: 'No zip uploaded yet',
            }),
        ...(await sign(apiKey, '085', new Date().toISOString())),
      };
    };
    const server = await startStub((request, response) => {
      const parts: string[] = [];
      request.setEncoding('utf8');
      request.on('data', (part: string) => parts.push(part));
      request.on('end', () => {
        void reply(parts.join('')).then((body) => {
          response.writeHead('error' in body ? 400 : 200, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body));
        });
      });
    });
    const message = async (part: string): Promise<{ text: string; links: number }> => {
      const shown = page.locator('.notification-list-item-message').filter({ hasText: part });
      await shown.first().waitFor();
      return {
        text: await shown.first().innerText(),
        links: await page.locator('.notification-list-item-message a').count(),
      };
    };
    try {
      await workbench().runCommand('Smile ID: Add Profile…');
      await workbench().pick('Local');
      await workbench().enterAt('Address on this machine', server.url);
      await workbench().enterAt('Name of the profile', 'hostile');
      await workbench().enterAt('Partner ID, exactly', '085');
      await workbench().enterAt('API key of local', apiKey);
      assert.deepEqual(await message('no such job'), {
        text: `Profile "hostile" is saved. Its API key could not be verified: no such job ${read} (2213)`,
        links: 0,
      });
      await workbench().screenshot('server text as text');
      await workbench().runCommand('Notifications: Clear All Notifications');

      const payload = `smileId.track({ user_id: 'user-1', job_id: '${link}' });\n`;
      writeFileSync(join(workbench().folder, 'payload.js'), payload);
      await workbench().openFile('payload.js');
      await page.locator('.codelens-decoration a').filter({ hasText: 'Watch' }).click();
      await workbench().panel('next check in');
      await workbench().openFile('legacy/verify.js');
      decided = true;
      assert.deepEqual(await message('→ Approved'), {
        text: `${read}: Pending → Approved (local)`,
        links: 0,
      });
      await workbench().screenshot('job ID as text');
      await workbench().chooseInNotification('→ Approved', 'Open Job');
      await workbench().panel('Watching ended');
    } finally {
      await server.stop();
    }
  });
});
