import * as assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import {
  LEFT_OUT,
  originalTexts,
  pseudoTexts,
  untranslated,
  type PseudoTexts,
} from '../support/pseudoLanguage';
import { RULES } from '../../src/core/lint/run/lint';
import { persist, useWorkbench } from './workbench';

/** Texts of VS Code itself, which have no translation here: for screen readers, in dialogs, and keys. */
const VSCODE = new RegExp(
  `^(?:${[
    ...['Welcome', 'Cancel', 'Close', 'Progress', 'Quick Tree', 'Toggle all checkboxes'],
    ...['\\d+ Results', 'Show message in (?:single line|multiple lines)'],
    ...['\\[Ln \\d+, Col \\d+\\]', 'Actions for .*', 'Back(?: \\(Ctrl.*\\))?'],
    '(?:Control|Shift|Alt)(?:\\+.*)?',
  ].join('|')})$`,
);
/**
 * For screen readers it names a row by its icon, too, and says how to leave a box. The browser names months in English
 * where it does not know the language.
 */
const ADDED = new RegExp(
  [
    ...['^[a-z-]+ {2}(?=\\S)', " \\(Press 'Enter' to confirm or 'Escape' to cancel\\)$"],
    '\\b[A-Z][a-z]{2} \\d{1,2}(?=, )',
  ].join('|'),
  'g',
);
/** What Smile ID calls its fields and their values in a response. */
const FIELDS = ['code', 'job_complete', 'job_success', 'passed', 'true', 'false', 'BVN'];
const NO_IMAGES = 'Image links could not be created';
const ENTRIES = ['login-2', 'login-1', 'document-1', 'kyc-1'];

const RULE_IDS = RULES.map(({ id }) => id);

/** One of each state of the panel that has texts of its own. */
const JOBS = [
  ...['biometric-kyc', 'rejected-spoof', 'enhanced-kyc-all-fields', 'business-verification'],
  ...['aml-check', 'antifraud', 'unauthorized', 'rate-limited-always', 'tampered-signature'],
  ...['html', 'unknown-code', 'image-link-error', 'snake-case', 'connection-lost', 'redirect'],
];

/** Everything that an element shows or says: texts, names for screen readers and tooltips. */
const textsIn = (element: Locator): Promise<string[]> =>
  element.evaluateAll((roots) =>
    roots.flatMap((root) => {
      // VS Code uses the rows of a list again, with parts that are hidden and keep their old name
      const visible = [root, ...root.querySelectorAll('*')].filter((each) =>
        each.checkVisibility(),
      );
      const named = visible.flatMap((each) =>
        ['aria-label', 'title', 'placeholder', 'data-label'].map((name) => each.getAttribute(name)),
      );
      const shown = (root as HTMLElement).innerText.split('\n');
      return [...shown, ...named].flatMap((text) =>
        text === null || text.trim() === '' ? [] : [text.trim()],
      );
    }),
  );

// takes minutes: part of npm run test:all
if (process.env.TEST_PSEUDO_LANGUAGE !== undefined) {
  describe('In a pseudo-language, every text is translated', () => {
    const workbench = useWorkbench({ pseudoLanguage: true });
    const leftOut = new Map<string, string>();
    const found = new Set<string>();
    let texts: PseudoTexts;
    const title = (key: string): string => {
      const translation = texts.manifest[key];
      assert.ok(translation !== undefined, key);
      return translation;
    };
    const text = (english: string): string => {
      const translation = texts.bundle[english];
      assert.ok(translation !== undefined, english);
      return translation;
    };
    const run = (key: string): Promise<void> => workbench().runCommand(`Smile ID: ${title(key)}`);

    /** @param names what else of the texts is the same in every language */
    const expectTranslated = async (
      element: Locator,
      names: readonly string[] = [],
    ): Promise<void> => {
      await element.first().waitFor();
      const said = (await textsIn(element))
        .map((each) => each.replace(ADDED, ''))
        .filter((each) => !VSCODE.test(each));
      const others = said.flatMap((each) => {
        let rest = each;
        for (const [way, english] of leftOut) {
          if (!rest.includes(english)) continue;
          found.add(way);
          rest = rest.replaceAll(english, ' ');
        }
        return untranslated(rest, names).length > 0 ? [each] : [];
      });
      assert.deepEqual(others, []);
      assert.ok(said.length > 0, 'nothing is shown');
    };

    const quickInput = (): Locator => workbench().quickInput;
    const input = (): Locator => quickInput().locator('input:not([type="checkbox"])').first();
    /** Of a list or an input box that has a title, as ours have and the palette does not. */
    const expectPickTranslated = async (names: readonly string[] = []): Promise<void> => {
      await quickInput().locator('.quick-input-title').filter({ hasText: /\S/ }).waitFor();
      await expectTranslated(quickInput(), names);
    };
    const notification = (): Locator =>
      workbench().page.locator(
        '.notification-list-item-message, .notification-list-item-buttons-container a',
      );
    const hovers = (): Locator => workbench().page.locator('.monaco-hover:visible .hover-contents');

    const lookUp = async (jobId: string): Promise<Frame> => {
      const row = quickInput()
        .locator('.monaco-list-row')
        .filter({ hasText: jobId, hasNotText: text('use this ID') });
      await persist(async () => {
        await run('command.getJobStatus');
        await input().fill(jobId, { timeout: 3000 });
        await row.first().click({ timeout: 3000 });
      });
      const panel = await workbench().panel(jobId, jobId);
      await panel.locator('h1.verdict:not(.idle)').waitFor();
      return panel;
    };
    const expectPanelTranslated = async (panel: Frame): Promise<void> => {
      // the names of fields that Smile ID sent, in words
      const labels = await panel.locator('.details .label').allInnerTexts();
      await expectTranslated(panel.locator('main'), [...labels, ...FIELDS, ...ENTRIES, NO_IMAGES]);
    };

    before(async () => {
      texts = await pseudoTexts();
      const english = await originalTexts();
      for (const [way, key] of Object.entries(LEFT_OUT)) {
        const original = english.manifest[key] ?? english.bundle[key];
        assert.ok(original !== undefined, key);
        leftOut.set(way, original);
      }
      await workbench().openViewContainer(title('view.container'));
    });
    afterEach(async () => {
      await workbench().press('Escape');
    });

    it('in the welcome text', async () => {
      await expectTranslated(workbench().sideBar.locator('.welcome-view-content'));
    });

    /** Checks all rows of a list, which draws only those that can be seen. */
    const expectAllTranslated = async (
      rows: Locator,
      next: () => Promise<void>,
    ): Promise<ReadonlySet<string>> => {
      const seen = new Set<string>();
      for (let idle = 0; idle < 4; idle += 1) {
        await expectTranslated(rows);
        const before = seen.size;
        for (const row of await rows.allInnerTexts()) {
          if (!VSCODE.test(row)) seen.add(row);
        }
        if (seen.size > before) idle = 0;
        await next();
      }
      return seen;
    };

    it('in all commands of the palette', async () => {
      await workbench().press('F1');
      await workbench().type('>Smile ID: ');
      // below each is its title in English, by VS Code itself
      const labels = quickInput().locator('.quick-input-list-row:first-child .label-name');
      const seen = await expectAllTranslated(labels, () => workbench().press('PageDown'));
      assert.ok(seen.size >= 10, `${seen.size} commands`);
    });

    it('in all settings', async () => {
      const { page } = workbench();
      await workbench().runCommand('Preferences: Open Settings (UI)');
      await page.locator('.settings-editor .suggest-input-container .monaco-editor').click();
      await page.keyboard.type('@ext:smile-devtools.smile-identity');
      const descriptions = page.locator('.settings-editor .setting-item-description');
      await descriptions.getByText(leftOut.get('a setting') ?? '').waitFor();
      await descriptions.first().hover();
      const scroll = (): Promise<void> => page.mouse.wheel(0, 300);
      const ofUser = await expectAllTranslated(descriptions, scroll);
      // those of the machine are on a tab of their own in a window whose folder is on another one
      const remote = page.locator('.settings-tabs-widget .action-label', { hasText: /^Remote/ });
      await remote.click();
      await remote.and(page.locator('.checked')).waitFor();
      await page.locator('.settings-editor .settings-tree-container').hover();
      await persist(async () => {
        await page.mouse.wheel(0, -5000); // the list stays where it was
        await descriptions.getByText(title('setting.webhooks.port')).waitFor({ timeout: 1000 });
      });
      const seen = new Set([...ofUser, ...(await expectAllTranslated(descriptions, scroll))]);
      const settings = Object.keys(texts.manifest).filter((key) => key.startsWith('setting.'));
      assert.equal(seen.size, settings.length);
      await workbench().press('Escape');
      await workbench().runCommand('View: Close All Editors');
    });

    it('in what the simulator and the status bar say', async () => {
      await run('command.startSimulator');
      await workbench().page.getByText('Local simulator').first().waitFor();
      await expectTranslated(notification());
      await expectTranslated(workbench().page.locator('.statusbar-item[id*="smile.profile"]'));
      await workbench().runCommand('Notifications: Clear All Notifications');
    });

    it('in the list of jobs to look up', async () => {
      await run('command.getJobStatus');
      await expectPickTranslated();
      await workbench().type('biometric-kyc');
      await quickInput().getByText('biometric-kyc').first().waitFor();
      await expectPickTranslated();
      await workbench().type('4711');
      await quickInput()
        .locator('.monaco-list-row.focused')
        .filter({ hasText: text('use this ID') })
        .waitFor();
      await workbench().press('Enter');
      await quickInput().locator('.quick-input-message').filter({ hasText: '4711' }).waitFor();
      await expectPickTranslated();
    });

    for (const jobId of JOBS) {
      it(`in the panel of ${jobId}`, async () => {
        await expectPanelTranslated(await lookUp(jobId));
      });
    }

    it('in what a panel does: watching, comparing, copying, entries of the history', async () => {
      const panel = await lookUp('provisional');
      await panel.locator('.watch-button').click();
      await expectTranslated(panel.locator('.watch'));
      await panel.locator('.watch-button').click();
      await run('command.panel.copyAs');
      await expectPickTranslated();
      await workbench().press('Escape');
      await run('command.panel.compare');
      await expectPickTranslated();
      await workbench().press('Enter');
      await panel.locator('.comparison').waitFor();
      await expectPanelTranslated(panel);
    });

    it('in an entry of the history', async () => {
      const panel = await lookUp('biometric-kyc');
      await panel.locator('button.entry').last().click();
      await panel.locator('.alert.info').waitFor();
      await expectPanelTranslated(panel);
    });

    it('in Recent Jobs', async () => {
      await expectTranslated(workbench().sideBar.locator('.monaco-list-row'));
      await run('command.findJobs');
      await expectPickTranslated();
    });

    it('in the steps of adding a profile, and in what is wrong with a value', async () => {
      await run('command.addProfile');
      await expectPickTranslated();
      await workbench().press('Enter');
      // the list before has an input, too
      await quickInput().locator('.monaco-list-row').first().waitFor({ state: 'hidden' });
      await input().and(workbench().page.locator('[type="text"]')).waitFor();
      await expectPickTranslated();
      await workbench().enter('0 85');
      await quickInput().getByText(text('A partner ID has no spaces or line breaks.')).waitFor();
      await expectPickTranslated();
      await workbench().enter('085');
      await quickInput().locator('input[type="password"]').waitFor();
      await expectPickTranslated();
      await workbench().enter('a-key');
      await input().and(workbench().page.locator('[type="text"]')).waitFor();
      await expectPickTranslated();
    });

    it('in problems and their fixes', async () => {
      await workbench().openFile('legacy/verify.js');
      await workbench().runCommand('View: Toggle Problems');
      const problems = workbench().page.locator('.markers-panel-container');
      await problems.getByText('code-as-number').first().waitFor();
      const messages = problems.locator('.marker-message-details-container .details-container');
      await expectTranslated(messages, RULE_IDS);
      await workbench().runCommand('View: Toggle Problems');
      await workbench().page.locator('.view-line').getByText('7d1c9a52').click();
      await workbench().press('Control+.');
      await expectTranslated(workbench().page.locator('.action-widget .title'), [
        ...RULE_IDS,
        'SMILE_API_KEY',
      ]);
    });

    it('in hovers', async () => {
      for (const [file, words] of [
        ['legacy/verify.js', ['0811', 'get_job_status']],
        ['verification.js', ['0812']],
      ] as const) {
        await workbench().openFile(file);
        for (const word of words) {
          await workbench().hoverOver(word);
          await expectTranslated(hovers(), RULE_IDS);
        }
      }
    });

    it('on the page of a code', async () => {
      await run('command.explainCode');
      await expectPickTranslated();
      await workbench().type('0810');
      await quickInput().locator('.monaco-list-row').filter({ hasText: '0810' }).first().waitFor();
      await expectPickTranslated();
      await workbench().press('Enter');
      const page = await workbench().panel(/^0810$/);
      await expectTranslated(page.locator('.markdown-body'));
    });

    it('in dialogs', async () => {
      await run('command.deleteAllData');
      await expectTranslated(
        workbench().page.locator(
          '.monaco-dialog-box .dialog-message-text, .monaco-dialog-box .dialog-message-detail, .monaco-dialog-box .dialog-buttons a',
        ),
      );
    });

    it('and what was left out of it was found, so that the rest would have been', () => {
      assert.deepEqual([...found].sort(), Object.keys(LEFT_OUT).sort());
    });
  });
}
