import * as assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { addPseudoLanguage, PSEUDO_LANGUAGE } from '../support/pseudoLanguage';
import { ROOT } from '../support/root';
import { addressOf, startServer, writeUserSettings } from '../support/vscodeServer';
import type { VSCodeVersion, VSCodeServer } from '../support/vscodeServer';

/** VS Code's own themes as its theme picker names them, and the classes that window and pages then carry. */
const THEME_CLASSES = {
  'Light 2026': { window: 'vs', page: 'vscode-light' },
  'Dark 2026': { window: 'vs-dark', page: 'vscode-dark' },
  'Light Modern': { window: 'vs', page: 'vscode-light' },
  'Dark Modern': { window: 'vs-dark', page: 'vscode-dark' },
  'Light High Contrast': { window: 'hc-light', page: 'vscode-high-contrast-light' },
  'Dark High Contrast': { window: 'hc-black', page: 'vscode-high-contrast' },
};
export type Theme = keyof typeof THEME_CLASSES;
/** Every theme takes long, and so only `npm run test:all` looks at screens in more than one. */
export const LONG = process.env.TEST_LONG !== undefined;
const OLDER_THEMES: readonly Theme[] = [
  'Light Modern',
  'Dark Modern',
  'Light High Contrast',
  'Dark High Contrast',
];
/** Those that screens are looked at in. */
export const THEMES = OLDER_THEMES.slice(0, LONG ? undefined : 1);
/** The themes that VS Code begins with, whose colors are not those of the others. */
export const DEFAULT_THEMES: readonly Theme[] = LONG ? ['Light 2026', 'Dark 2026'] : [];

export interface WorkbenchOptions {
  /** Milliseconds that each message takes between window and server, each way, as in a remote window. */
  readonly lag?: number;
  /** User settings besides the clean set. */
  readonly settings?: Record<string, unknown>;
  readonly version?: VSCodeVersion;
  /** VS Code's pseudo-language, in which every letter of a translated text has an accent. */
  readonly pseudoLanguage?: boolean;
  /** Install the extension's VSIX (default), or leave VS Code bare. */
  readonly extension?: boolean;
}

/** A request over http of the window or of a page inside it. */
export interface PageRequest {
  readonly url: string;
  /** Whether a page of our extension sent it, rather than the workbench. */
  readonly ours: boolean;
}

/** How long a step may take, and one attempt at it, in milliseconds. */
const TIMEOUT = Number(process.env.UI_TIMEOUT ?? 30_000);
const ATTEMPT = 3000;

const SCREENSHOTS = join(ROOT, '.vscode-test/screenshots');
const VSIX = join(ROOT, 'dist/smile-identity.vsix');
const OURS = 'smile-devtools.smile-identity';

/**
 * A real VS Code with the packaged extension installed and a copy of test/workspace open, used as a user
 * would: with keys, clicks and eyes. Every step waits for what it needs and fails with what it looked for.
 */
export class Workbench {
  /** Errors in the console that come from our code: the installed extension's files or our pages. */
  readonly errors: string[] = [];
  readonly requests: PageRequest[] = [];
  /** VS Code gives each webview an ID, which the addresses of all its frames contain. */
  private readonly ourPages = new Set<string>();
  private theme: Theme | undefined;
  private simulated = false;
  /** How often VS Code has started its extension hosts in the page that is loaded. */
  private hostStarts = 0;

  private constructor(
    readonly page: Page,
    /** The folder that is open. */
    readonly folder: string,
    private readonly scratch: string,
    private readonly browser: Browser,
    private readonly server: VSCodeServer,
  ) {
    page.on('framenavigated', (frame) => {
      const { searchParams } = new URL(frame.url(), 'http://127.0.0.1');
      const id = searchParams.get('id');
      if (id !== null && searchParams.get('extensionId') === OURS) this.ourPages.add(id);
    });
    page.on('console', (message) => {
      const text = `${message.text()} (${message.location().url})`;
      if (message.type() === 'error' && this.isOurs(text)) this.errors.push(text);
      if (text.includes('web worker extension host is started')) this.hostStarts += 1;
    });
    page.on('domcontentloaded', () => (this.hostStarts = 0));
    page.on('pageerror', (error) => {
      const text = error.stack ?? error.message;
      if (this.isOurs(text)) this.errors.push(text);
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith('http')) return; // blob: and data: stay inside the page
      // the frame of a document that is still to come has no address yet
      const sender = request.isNavigationRequest() ? url : request.frame().url();
      this.requests.push({ url, ours: this.isOurs(sender) });
    });
  }

  /** Whether an address, or a text that contains one, is of our extension's files or of a page of it. */
  private isOurs(text: string): boolean {
    return text.includes(OURS) || [...this.ourPages].some((id) => text.includes(id));
  }

  /**
   * Addresses off this machine that our pages requested. VS Code serves what an extension may load from
   * vscode-resource.vscode-cdn.net through a service worker: that does not leave the machine.
   */
  foreignRequests(): string[] {
    return this.requests
      .filter(({ url, ours }) => {
        const { hostname } = new URL(url);
        const local =
          hostname === '127.0.0.1' || hostname.endsWith('.vscode-resource.vscode-cdn.net');
        return ours && !local;
      })
      .map(({ url }) => url);
  }

  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const scratch = mkdtempSync(join(tmpdir(), 'smile-ui-'));
    const folder = join(scratch, 'workspace');
    cpSync(join(ROOT, 'test/workspace'), folder, { recursive: true });
    const dataDir = join(scratch, 'data');
    writeUserSettings(dataDir, options.settings);
    const server = await startServer({
      dataDir,
      ...(options.version === undefined ? {} : { version: options.version }),
      ...(options.extension === false ? {} : { vsix: VSIX }),
      ...(options.pseudoLanguage === true ? { prepare: addPseudoLanguage } : {}),
    });
    const browser = await launchChromium();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(TIMEOUT);
    if (options.pseudoLanguage === true) {
      await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${PSEUDO_LANGUAGE}'`);
    }
    if (options.lag !== undefined) await delayMessages(context, options.lag);
    const page = await context.newPage();
    const workbench = new Workbench(page, folder, scratch, browser, server);
    await workbench.load(() => page.goto(addressOf(server.port, folder).href));
    return workbench;
  }

  /** Always call it (mocha: `after`). */
  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.scratch, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Reloads the window by **Developer: Reload Window**, which lets VS Code save what is open. */
  async reload(): Promise<void> {
    await this.page.waitForTimeout(1000); // editors are saved a moment after they open
    const row = this.commandRow('Developer: Reload Window');
    await persist(async () => {
      await this.typeCommand('Developer: Reload Window');
      await row.waitFor({ timeout: ATTEMPT });
    });
    // once: a click can take until the next page is there, and again would reload that one
    await this.load(() => row.click());
    // A page that closes in the middle of loading reports errors for what it did not get.
    const kept = this.errors.filter((text) => !text.includes('Webview.loadLocalResource'));
    this.errors.splice(0, Infinity, ...kept);
  }

  /** The folder in which the extension keeps its records. */
  get storage(): string {
    return join(this.scratch, 'data/data/User/globalStorage', OURS);
  }

  /**
   * VS Code 1.139 starts the extension hosts of every fourth page twice on a busy machine, since it creates the service
   * twice; the first ones live on, and do what was meant for the others. Such a page is loaded again.
   */
  private async load(start: () => Promise<unknown>): Promise<void> {
    const { page } = this;
    await persist(async () => {
      // a late message of the page before must not be taken for one of this page
      const loading = page.waitForEvent('domcontentloaded');
      const loaded = page.waitForEvent('load');
      const decided = loading.then(() =>
        page.waitForEvent('console', (each) => each.text().includes('AccountPolicyGate')),
      );
      await Promise.all([loaded, decided, start()]);
      start = () => page.reload();
      await page.waitForTimeout(500); // the second start follows within 200 ms
      assert.equal(this.hostStarts, 1);
    });
    await this.ready();
  }

  private async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
    // commands of extensions are there once the remote extension host has been reached
    await this.page.locator('.statusbar-item[id="status.host"]').waitFor();
    await this.page.locator('.part.sidebar .composite.title').waitFor();
  }

  // --- keys, palette and quick input ---

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /**
   * Runs a command by its title in the palette, such as `Smile ID: Get Job Status…`. Keys go to the window only once a
   * page inside it has handed the focus over, and the palette lists the commands that were known when it opened:
   * those of extensions come a moment after the window.
   */
  async runCommand(title: string): Promise<void> {
    const row = this.commandRow(title);
    await persist(async () => {
      await this.typeCommand(title);
      await row.click({ timeout: ATTEMPT });
    });
    // the rows of the palette stay until those of the next list are drawn, and would be taken for them
    await row.waitFor({ state: 'hidden' });
  }

  private commandRow(title: string): Locator {
    const name = this.page.locator('.label-name', { hasText: exactly(title) });
    return this.quickInput.locator('.monaco-list-row').filter({ has: name }).first();
  }

  /** Opens the palette with a title in it. */
  private async typeCommand(title: string): Promise<void> {
    await this.closeQuickInput();
    await this.press('F1');
    await this.quickInput.locator('input[type="text"]').fill(`>${title}`, { timeout: ATTEMPT });
  }

  /** Whether the palette lists a command with this title. */
  async offers(title: string): Promise<boolean> {
    const rows = this.quickInput.locator('.monaco-list-row');
    const none = rows.filter({ hasText: /No matching commands|similar commands/ });
    const row = this.commandRow(title);
    await persist(async () => {
      await this.typeCommand(title);
      await row.or(none).first().waitFor({ timeout: ATTEMPT });
    });
    const isOffered = await row.isVisible();
    await this.press('Escape');
    return isOffered;
  }

  /** Gives what was open a moment to close by itself: keys that open a list move on in one that is open. */
  private async closeQuickInput(): Promise<void> {
    await this.quickInput
      .waitFor({ state: 'hidden', timeout: 1000 })
      .catch(() => this.press('Escape'));
  }

  /** The title above the quick input, once one is open. */
  async quickInputTitle(): Promise<string> {
    const title = this.quickInput.locator('.quick-input-title').filter({ hasText: /\S/ });
    return (await title.innerText()).trim();
  }

  /** The sentence of an input box: its prompt, or what is wrong with the value. */
  async quickInputMessage(): Promise<string> {
    return (await this.quickInput.locator('.quick-input-message').innerText()).trim();
  }

  /** Types into the open input box or quick pick, without accepting. */
  async type(text: string): Promise<void> {
    const input = this.quickInput.locator('input:not([type="checkbox"])').first();
    await input.waitFor();
    await input.fill(text);
  }

  /** Types and accepts with Enter. */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.press('Enter');
  }

  /** Runs a command and enters a text into its list, which closes if a page takes the focus late. */
  async enterInto(command: string, text: string): Promise<void> {
    const input = this.quickInput.locator('input:not([type="checkbox"])').first();
    await persist(async () => {
      await this.runCommand(command);
      await input.fill(text, { timeout: ATTEMPT });
    });
    await this.press('Enter');
  }

  /** Types and accepts with Enter, once the input shows this prompt. */
  async enterAt(prompt: string, text: string): Promise<void> {
    await this.quickInput.getByText(prompt).waitFor();
    await this.enter(text);
  }

  /** The rows of the open quick pick: label, description and detail, with a space between. */
  async quickPickRows(): Promise<string[]> {
    // rows of a list before this one may stay for a moment, without a text
    return await rowTexts(this.quickInput.locator('.monaco-list-row', { hasText: /\S/ }));
  }

  /** Picks the first row that contains a text. */
  async pick(text: string | RegExp): Promise<void> {
    await this.quickInput.locator('.monaco-list-row').filter({ hasText: text }).first().click();
  }

  /** Presses one of the buttons beside the quick input's title or on its rows, by its tooltip. */
  async pressQuickInputButton(label: string | RegExp): Promise<void> {
    // Away from the input, and a key: its tooltip would cover the button, whether the pointer or a key brought it.
    await this.page.mouse.move(200, 10);
    await persist(async () => {
      await this.press('End');
      await this.page
        .locator('.monaco-hover:visible')
        .first()
        .waitFor({ state: 'hidden', timeout: 2000 });
    });
    await this.quickInput.getByRole('button', { name: label }).first().click();
  }

  // --- view container, tree, status bar, notifications ---

  /** Opens a view container by the name its icon in the activity bar carries. */
  async openViewContainer(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name, exact: false }).first();
    // What opens a container by itself may come between, and a click on the one that is open closes it.
    await persist(async () => {
      if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
      await this.page.locator('.sidebar .composite.title').waitFor({ timeout: ATTEMPT });
    });
  }

  /** The side bar as a user reads it: title, welcome text or rows. */
  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** Drags the border of the side bar. */
  async setSideBarWidth(width: number): Promise<void> {
    const left = (await this.sideBar.boundingBox())?.x ?? 0;
    await persist(async () => {
      const box = await this.sideBar.boundingBox();
      const { mouse } = this.page;
      await mouse.move(left + (box?.width ?? 0), 400);
      await mouse.down();
      await mouse.move(left + width, 400, { steps: 4 });
      await mouse.up();
      const now = (await this.sideBar.boundingBox())?.width ?? 0;
      if (Math.abs(now - width) > 2) throw new Error(`The side bar is ${now} px wide.`);
    });
  }

  treeItem(text: string | RegExp): Locator {
    return this.sideBar.locator('.monaco-list-row').filter({ hasText: text }).first();
  }

  /** The rows of the side bar's tree: label and description, with a space between. */
  async treeRows(): Promise<string[]> {
    return await rowTexts(this.sideBar.locator('.monaco-list-row'));
  }

  /** The rows of the side bar's trees that are drawn now, each as far as its width shows it. */
  async rowsAsDrawn(): Promise<{ readonly text: string; readonly whole: boolean }[]> {
    return await this.sideBar.locator('.monaco-list-row').evaluateAll((rows) =>
      rows.map((row) => {
        const container = row.querySelector('.monaco-icon-label-container') ?? row;
        const end = container.getBoundingClientRect().right;
        const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let text = '';
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const part = node.textContent ?? '';
          for (let at = 0; at < part.length; at += 1) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            if (range.getBoundingClientRect().right > end) {
              return { text: text.slice(0, -2), whole: false }; // an ellipsis covers the last ones
            }
            text += at === 0 && text !== '' ? ` ${part[at] ?? ''}` : (part[at] ?? '');
          }
        }
        return { text, whole: true };
      }),
    );
  }

  /** Presses an inline action of a tree item, by its tooltip. */
  async pressTreeAction(item: string | RegExp, action: string): Promise<void> {
    const row = this.treeItem(item);
    await row.waitFor();
    await this.page.waitForTimeout(500); // a tree that is being drawn again loses clicks
    await row.hover();
    await row.getByRole('button', { name: action }).click();
  }

  /** Chooses from the context menu of a tree item. */
  async chooseFromTreeMenu(item: string | RegExp, action: string): Promise<void> {
    await this.chooseFromMenu(
      () => this.treeItem(item).click({ button: 'right', timeout: ATTEMPT }),
      action,
    );
  }

  /** Puts the cursor of the active editor into a text. */
  async clickIn(text: string): Promise<void> {
    const { x, y } = await this.placeOf(text);
    await this.page.mouse.click(x, y);
  }

  /** Chooses from the context menu at a text of the active editor. */
  async chooseFromEditorMenu(text: string, action: string): Promise<void> {
    await this.chooseFromMenu(() => this.openEditorMenu(text), action);
  }

  /** What the context menu at a text of the active editor offers. */
  async editorMenu(text: string): Promise<string[]> {
    return await this.itemsOfMenu(() => this.openEditorMenu(text));
  }

  /** What the context menu of a tree item offers. */
  async treeMenu(item: string | RegExp): Promise<string[]> {
    return await this.itemsOfMenu(
      () => this.treeItem(item).click({ button: 'right', timeout: ATTEMPT }),
      `menu of ${String(item)}`,
    );
  }

  /** @param screenshot a name, if one is to be taken of the menu */
  private async itemsOfMenu(open: () => Promise<void>, screenshot?: string): Promise<string[]> {
    let items: string[] = [];
    // a tree that is being drawn again loses clicks, and a menu is there before its items are
    await persist(async () => {
      if (!(await this.menu.isVisible())) await open();
      await this.menu.getByRole('menuitem').first().waitFor({ timeout: ATTEMPT });
      items = await this.menu.getByRole('menuitem').allInnerTexts();
    });
    if (screenshot !== undefined) await this.screenshot(screenshot);
    await this.press('Escape');
    await this.menu.waitFor({ state: 'detached' });
    return items.map((item) => oneLine(item));
  }

  /** Opens the context menu at a text of the active editor. */
  async openEditorMenu(text: string): Promise<void> {
    const { x, y } = await this.placeOf(text);
    await this.page.mouse.click(x, y, { button: 'right' });
  }

  private get menu(): Locator {
    return this.page.locator('.monaco-menu').first();
  }

  private async chooseFromMenu(open: () => Promise<void>, action: string): Promise<void> {
    const { menu } = this;
    // a tree that is being drawn again loses clicks, and a menu takes none that may belong to its opening
    await persist(async () => {
      if (!(await menu.isVisible())) await open();
      await menu.getByRole('menuitem', { name: action }).click({ timeout: ATTEMPT });
      await menu.waitFor({ state: 'detached', timeout: ATTEMPT });
    });
  }

  async statusBarTexts(): Promise<string[]> {
    return (await this.page.locator('.statusbar .statusbar-item').allInnerTexts()).map(oneLine);
  }

  /** All notifications, read in the notification center, newest first. */
  async notifications(): Promise<string[]> {
    await this.runCommand('Notifications: Show Notifications');
    const items = this.page.locator('.notifications-center .notification-list-item-message');
    await this.page.locator('.notifications-center.visible').waitFor();
    const texts = (await items.allInnerTexts()).map(oneLine);
    await this.runCommand('Notifications: Hide Notifications');
    return texts;
  }

  /** Waits for a notification or dialog that contains a text, and presses one of its buttons. */
  async chooseInNotification(text: string | RegExp, button: string): Promise<void> {
    const message = this.page
      .locator('.notification-toast, .monaco-dialog-box')
      .filter({ hasText: text })
      .first();
    await message.getByRole('button', { name: button }).click();
  }

  // --- editors ---

  /** Opens a file of the workspace by its path there. */
  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const row = this.quickInput.locator('.monaco-list-row.focused').filter({ hasText: name });
    // a page that takes the focus late closes the list again
    await persist(async () => {
      await this.closeQuickInput();
      await this.press('Control+p');
      await this.quickInput.locator('input[type="text"]').fill(path, { timeout: ATTEMPT });
      await row.waitFor({ timeout: ATTEMPT });
      await this.press('Enter');
      await this.tabs.filter({ hasText: name }).first().waitFor({ timeout: ATTEMPT });
    });
    await this.page
      .locator('.editor-group-container.active .monaco-editor .view-line')
      .first()
      .waitFor();
  }

  get tabs(): Locator {
    return this.page.locator('.tabs-container .tab');
  }

  /**
   * Rests the pointer on a text of the active editor.
   * @returns what the hover says
   */
  async hoverOver(text: string): Promise<string> {
    const hover = this.page.locator('.monaco-hover:visible .hover-contents').first();
    // the editor may still be on its way, or move its lines
    await persist(async () => {
      const { x, y } = await this.placeOf(text);
      await this.page.mouse.move(x - 40, y + 120);
      await this.page.mouse.move(x, y, { steps: 4 });
      await hover.waitFor({ timeout: ATTEMPT });
    });
    const contents = await this.page
      .locator('.monaco-hover:visible .hover-contents')
      .allInnerTexts();
    return contents.join('\n').trim();
  }

  /** The middle of a text in the active editor, in pixels of the window. */
  private async placeOf(text: string): Promise<{ readonly x: number; readonly y: number }> {
    const editor = this.page.locator('.editor-group-container.active .monaco-editor').first();
    const place = await editor.locator('.view-line').evaluateAll((lines, wanted) => {
      for (const line of lines) {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const start = (node.textContent ?? '').indexOf(wanted);
          if (start < 0) continue;
          const range = document.createRange();
          range.setStart(node, start);
          range.setEnd(node, start + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
      }
      return null;
    }, text);
    if (place === null) throw new Error(`The editor does not show ${text}.`);
    return place;
  }

  /**
   * The page inside the active webview editor: the innermost frame.
   * @param text something it must show, which proves that it has been drawn
   * @param jobId whose panel it must be: that of the job before may show the same text
   */
  async panel(text: string | RegExp, jobId?: string): Promise<Frame> {
    const deadline = Date.now() + TIMEOUT;
    const theme = this.theme && THEME_CLASSES[this.theme].page;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames()) {
        const isOf = jobId === undefined || (await shows(frame, jobId, theme));
        if (!isOf || !(await shows(frame, text, theme))) continue;
        // a page that has just been drawn takes the focus, if it gets it at all: a prompt would go away then
        await frame
          .waitForFunction(() => document.hasFocus(), undefined, { timeout: 1000 })
          .catch(() => undefined);
        return frame;
      }
      await this.page.waitForTimeout(50);
    }
    throw new Error(`No panel shows ${String(text)}.`);
  }

  /**
   * Looks a job up by its job ID, one of the list or, with a user ID, any other, and waits until its panel shows a
   * text. The prompt goes away when a page takes the focus from it, as one that has just been drawn does.
   */
  async lookUp(jobId: string, text: string | RegExp, userId?: string): Promise<Frame> {
    const input = this.quickInput.locator('input').first();
    const row = this.quickInput
      .locator('.monaco-list-row')
      .filter({ hasText: jobId, hasNotText: 'use this ID' });
    await persist(async () => {
      await this.runCommand('Smile ID: Get Job Status…');
      await input.fill(jobId, { timeout: ATTEMPT });
      if (userId === undefined) {
        await row.first().click({ timeout: ATTEMPT });
        return;
      }
      await this.press('Enter');
      try {
        await this.quickInput.getByText('User ID of job').waitFor({ timeout: ATTEMPT });
      } catch (error) {
        // the user ID of a recent job is known, for instance when a test runs again
        if (await this.quickInput.isVisible()) throw error;
        return;
      }
      await input.fill(userId, { timeout: ATTEMPT });
      await this.press('Enter');
    });
    return await this.panel(text, jobId);
  }

  /** Starts the local simulator, or finds the one that runs, and makes its profile the active one. */
  async startSimulator(): Promise<void> {
    this.simulated = true;
    await this.openViewContainer('Smile ID');
    await this.runCommand('Smile ID: Start Local Simulator');
    await this.page.getByText('Smile ID: local · Local simulator').waitFor();
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** After a test that failed: restores what the next one, perhaps the same once more, relies on. */
  async tidy(): Promise<void> {
    for (const held of ['Control', 'Shift', 'Alt']) await this.page.keyboard.up(held);
    await this.press('Escape');
    await this.runCommand('View: Close All Editors');
    const discard = this.page.getByRole('button', { name: "Don't Save" });
    await discard.click({ timeout: 1000 }).catch(() => undefined); // nothing was changed
    await this.runCommand('Notifications: Clear All Notifications');
    if (this.simulated) await this.startSimulator();
  }

  /** The address of this window's simulator, as its profile says. */
  async simulatorUrl(): Promise<string> {
    await this.runCommand('Smile ID: Edit Profile…');
    await this.pick('Local simulator');
    await this.pick('Address');
    await this.quickInput.getByText('Address on this machine').waitFor();
    const url = await this.quickInput.locator('input').first().inputValue();
    await this.press('Escape');
    return url;
  }

  /** Everything that VS Code keeps of this window: in the browser's own database, and on the server's disk. */
  async keptByWindow(): Promise<string> {
    const inBrowser = await this.page.evaluate(async () => {
      const texts: string[] = [];
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((done) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => {
            done(opening.result);
          };
        });
        for (const store of database.objectStoreNames) {
          const values = await new Promise<unknown>((done) => {
            const reading = database.transaction(store).objectStore(store).getAll();
            reading.onsuccess = () => {
              done(reading.result);
            };
          });
          texts.push(JSON.stringify(values));
        }
        database.close();
      }
      return texts.join('\n');
    });
    const onDisk = readdirSync(this.scratch, { recursive: true, encoding: 'utf8' })
      .map((name) => join(this.scratch, name))
      .filter(
        (path) => !path.includes('/extensions/') && existsSync(path) && statSync(path).isFile(),
      )
      .map((path) => readFileSync(path, 'utf8'));
    return [inBrowser, ...onDisk].join('\n');
  }

  // --- looks ---

  async setTheme(theme: Theme): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.type(theme);
    await this.pick(theme);
    await this.page.locator(`.monaco-workbench.${THEME_CLASSES[theme].window}`).waitFor();
    await this.quickInput.waitFor({ state: 'hidden' });
    this.theme = theme;
  }

  /** Saves what the window shows. Returns the file. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }
}

/**
 * Opens a workbench for the tests of a `describe` and closes it after them. A test or hook that fails leaves a screenshot;
 * an error of ours in the console, or a request to another machine, fails the whole.
 */
export function useWorkbench(options?: WorkbenchOptions): () => Workbench {
  let workbench: Workbench | undefined;
  let failed = false;
  before(async () => {
    workbench = await Workbench.open(options);
  });
  beforeEach(async () => {
    if (failed) await workbench?.tidy();
  });
  afterEach(async function () {
    const test = this.currentTest;
    failed = test?.isPassed() === false;
    if (failed) await workbench?.screenshot(`failed ${test?.title ?? ''}`);
  });
  after(async function () {
    const { title, tests } = this.test?.parent ?? { title: '', tests: [] };
    const none = tests.every(({ state }) => state === undefined);
    if (none) await workbench?.screenshot(`failed before ${title}`);
    await workbench?.close();
    const strayed = { errors: workbench?.errors, requests: workbench?.foreignRequests() };
    assert.deepEqual(strayed, { errors: [], requests: [] });
  });
  return () => {
    assert.ok(workbench);
    return workbench;
  };
}

/** Keeps the order of messages. */
async function delayMessages(context: BrowserContext, lag: number): Promise<void> {
  await context.routeWebSocket(/.*/, (page) => {
    const server = page.connectToServer();
    page.onMessage((message) => {
      setTimeout(() => {
        server.send(message);
      }, lag);
    });
    server.onMessage((message) => {
      setTimeout(() => {
        page.send(message);
      }, lag);
    });
  });
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${literally(text)}\\s*$`);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Repeats a step until it succeeds: for what VS Code loses if it comes a moment too early. */
export async function persist(step: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + TIMEOUT;
  for (;;) {
    try {
      await step();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Whether a frame is a webview's innermost, can be seen, has a theme (any: undefined), and shows a text. */
async function shows(
  frame: Frame,
  text: string | RegExp,
  theme: string | undefined,
): Promise<boolean> {
  if (!frame.url().includes('/webview/') || frame.childFrames().length > 0) return false;
  try {
    if (!(await (await frame.frameElement()).isVisible())) return false;
    // a page follows its window a moment later
    if (theme !== undefined && (await frame.locator(`body.${theme}`).count()) === 0) return false;
    // "Rejected" is a verdict, "rejected-spoof" a job that is being looked up
    const exact = typeof text === 'string' ? new RegExp(literally(text)) : text;
    return await frame.getByText(exact).first().isVisible();
  } catch {
    return false; // VS Code replaces frames while it draws a page; the next look finds the new one
  }
}

async function rowTexts(rows: Locator): Promise<string[]> {
  await rows.first().waitFor();
  const texts: string[] = [];
  for (const row of await rows.all()) {
    const parts = row.locator('.label-name, .label-description, .quick-input-list-label-meta');
    texts.push(oneLine((await parts.allInnerTexts()).join(' ')));
  }
  return texts;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
