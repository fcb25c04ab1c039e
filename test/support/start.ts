import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import { launchChromium } from './chromium';
import { LOOKED_UP } from './lookedUp';
import { ROOT } from './root';
import { openSuiteWindow } from './suiteWindow';
import { addressOf, startServer, writeUserSettings } from './vscodeServer';

/**
 * `npm start`: the simulator, a real VS Code with the packaged extension and the sample workspace, and one job
 * looked up through the extension. With a terminal, simulator and VS Code stay until Ctrl+C.
 */
async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'smile-start-'));
  process.once('exit', () => {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });
  const folder = join(scratch, 'workspace');
  cpSync(join(ROOT, 'test/workspace'), folder, { recursive: true });
  const dataDir = join(scratch, 'data');
  writeUserSettings(dataDir);

  const simulator = await startSimulator();
  console.log(`Simulator: ${simulator.url}`);
  await lookUp(simulator.url, dataDir, folder);

  // again, as a user would have it: installed, and without the test driver, which hides notifications
  const vsix = join(ROOT, 'dist/smile-identity.vsix');
  const server = await startServer({ dataDir, vsix });
  console.log(`
VS Code with the extension: ${addressOf(server.port, folder).href}
  API keys stay in the browser that stored them: start there with "Smile ID: Start Local Simulator"
  (F1), which finds this simulator, then "Smile ID: Get Job Status…".`);
  if (process.stdin.isTTY) {
    console.log('Ctrl+C ends both.');
    await once(process, 'SIGINT');
  }
  await server.stop();
  await simulator.stop();
}

/** Looks a job up inside VS Code, and saves an image of the panel. */
async function lookUp(simulatorUrl: string, dataDir: string, folder: string): Promise<void> {
  const suite = join(ROOT, '.vscode-test/start/lookUp.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/support/lookUp.ts'],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  process.env.SMILE_START_PROFILE = JSON.stringify({
    name: 'Local simulator',
    environment: 'local',
    partnerId: SIMULATOR_PARTNER_ID,
    apiKey: SIMULATOR_API_KEY,
    url: simulatorUrl,
  });
  const server = await startServer({ dataDir, testDriver: true });
  const browser = await launchChromium();
  try {
    let lookedUp: () => void;
    const panelOpen = new Promise<void>((done) => (lookedUp = done));
    const print = (text: string): void => {
      if (text === LOOKED_UP) lookedUp();
      else console.log(text);
    };
    const { page, exit } = await openSuiteWindow({
      server,
      browser,
      suite,
      extension: ROOT,
      folder,
      print,
    });
    const endedEarly = exit.then((code) => {
      throw new Error(`The lookup ended early, with exit code ${code}.`);
    });
    await Promise.race([panelOpen, endedEarly]);
    await page.waitForTimeout(1500); // for images and fonts
    const path = join(ROOT, '.vscode-test/screenshots/start.png');
    await page.screenshot({ path });
    console.log(`Screenshot: ${path}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1); // what still runs ends with this process
  },
);
