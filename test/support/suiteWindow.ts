import { format } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { addressOf, type VSCodeServer } from './vscodeServer';

/** Of no interest: a web server without optional native modules and without a gallery, starting up. */
const WORKBENCH_PROBLEM =
  /code-server\/lib\/vscode\/node_modules|\/static\/out\/vs\/|native-watchdog|ServiceWorker|gallery/;
const WORKBENCH_NEWS =
  /^(Resolv\w+ connection|Creating a socket|Updating additional|Ignoring fetching|Creation of|No search|\[(reconnection|AgentHost|AccountPolicy))/;

export interface SuiteWindow {
  readonly page: Page;
  /** Settles with the suite's exit code; with 1 if server or browser ended first. */
  readonly exit: Promise<number>;
}

export interface SuiteWindowOptions {
  readonly server: VSCodeServer;
  readonly browser: Browser;
  /** A CommonJS module that exports `run(): Promise<void>`. */
  readonly suite: string;
  /** The extension under development: its folder. VS Code runs no suite without one. */
  readonly extension: string;
  readonly folder: string | undefined;
  /** Receives what the extension host prints. */
  readonly print: (text: string, problem: boolean) => void;
}

/** Opens a window of the server (started with `testDriver`) whose extension host runs a suite. */
export async function openSuiteWindow(options: SuiteWindowOptions): Promise<SuiteWindow> {
  const { server, browser, suite, extension, folder, print } = options;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const exit = new Promise<number>((done) => {
    const fail = () => {
      done(1);
    };
    browser.once('disconnected', fail);
    page.once('crash', fail);
    void server.ended.then(fail);
    void page.exposeFunction('codeAutomationExit', done);
  });
  // console's arguments, from the extension host and among them the workbench's own log
  await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) => {
    const text = format(...values);
    const problem = type === 'error' || type === 'warn';
    if (!(problem ? WORKBENCH_PROBLEM : WORKBENCH_NEWS).test(text)) print(text, problem);
  });
  const address = addressOf(server.port, folder);
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(suite)],
    ['skipWelcome', 'true'],
  ];
  address.searchParams.set('payload', JSON.stringify(payload));
  await page.goto(address.href);
  return { page, exit };
}
