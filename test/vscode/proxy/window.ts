import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../../../src/node/simulator/certificate';
import type { OwnWindow } from '../../support/runSuite';

/** What Debian adds to the authorities of the machine, and the program that does it. */
const ADDED = '/usr/local/share/ca-certificates/smile-test.crt';
const UPDATE = '/usr/sbin/update-ca-certificates';

export type Authority = 'store' | 'extra';

/**
 * A server of each authority: to VS Code they are hosts like any other, which it reaches through the proxy; to the
 * extension they are not on this machine. (An authority is known by the name of its host, so there must be two.)
 */
export const HOSTS: Readonly<Record<Authority, string>> = {
  store: '127.0.0.2',
  extra: '127.0.0.3',
};

/**
 * Two throw-away authorities before VS Code starts: one in the store of the machine, if the user may change that,
 * and one that only NODE_EXTRA_CA_CERTS names. Their files are in the folder SMILE_TEST_TLS.
 */
export async function openWindow(scratch: string): Promise<OwnWindow> {
  const folder = join(scratch, 'tls');
  mkdirSync(folder);
  const make = async (name: Authority): Promise<string> => {
    const { key, cert } = await makeCertificate({ host: HOSTS[name] });
    writeFileSync(join(folder, `${name}.key`), key);
    writeFileSync(join(folder, `${name}.crt`), cert);
    return cert;
  };
  await make('extra');
  const env = {
    SMILE_TEST_TLS: folder,
    NODE_EXTRA_CA_CERTS: join(folder, 'extra.crt'),
    // proxies of the developer's machine are not what is tested here
    ...{
      HTTP_PROXY: '',
      HTTPS_PROXY: '',
      NO_PROXY: '',
      http_proxy: '',
      https_proxy: '',
      no_proxy: '',
    },
  };
  if (process.getuid?.() !== 0 || !existsSync(UPDATE)) {
    console.log(
      'Only root on Debian can add an authority to the store of the machine: what needs one is skipped.',
    );
    return { env, close: () => undefined };
  }
  const close = (): void => {
    if (!existsSync(ADDED)) return;
    rmSync(ADDED);
    update('--fresh'); // without it the links to removed files stay
  };
  process.once('exit', close);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  writeFileSync(ADDED, await make('store'));
  update();
  return { env, close };
}

/** Quiet, as it warns of what is on every machine; if it fails, its output is in the error. */
const update = (...args: string[]): Buffer => execFileSync(UPDATE, args, { stdio: 'pipe' });
