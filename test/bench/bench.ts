import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { ROOT } from '../support/root';
import { codeSearch } from './codeSearch';
import { diagnosticTime } from './diagnosticTime';
import { median, type Figure } from './figure';
import type { HoverTime } from './hoverTime';
import type { LoadTime } from './loadTime';
import type { PanelMemory } from './panelMemory';
import { panelPaint } from './panelPaint';
import { query } from './query';
import { readingTime } from './readingTime';
import { recentJobs } from './recentJobs';
import { startSize, vsixSize } from './sizes';
import type { WebhookTime } from './webhookTime';

const sizes = (): Figure[] => [
  { name: 'dist/extension.js, minified', value: startSize() / 1000, unit: 'KB', budget: 60 },
  { name: 'VSIX', value: vsixSize() / 1000, unit: 'KB', budget: 500 },
];

/** Bundles a suite for the extension host. Returns its path. */
async function bundleSuite(name: string): Promise<string> {
  const suite = join(ROOT, `.vscode-test/bench/${name}.js`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [`test/bench/${name}.ts`],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return suite;
}

const run = promisify(execFile);

/** Runs a suite in a new extension host, and returns what it leaves in the file BENCH_RESULT. */
async function measure(
  suite: string,
  extension: string,
  env: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'smile-bench-'));
  const result = join(folder, 'times.json');
  const runSuite = ['--import', 'tsx', 'test/support/runSuite.ts', '--suite', suite];
  await run(process.execPath, [...runSuite, '--extension', extension], {
    cwd: ROOT,
    env: { ...process.env, ...env, BENCH_RESULT: result },
  });
  const times: unknown = JSON.parse(readFileSync(result, 'utf8'));
  rmSync(folder, { recursive: true });
  return times;
}

/**
 * A copy of the extension that nothing activates but the suite: what is measured is the extension, not the
 * rest of VS Code's start. A host can load it for the first time only once: the median of three hosts. The one that
 * is first pays for what a host does once, so three more hosts have the other order, and the figure is between both.
 */
async function loading(): Promise<Figure[]> {
  const suite = await bundleSuite('loadTime');
  const copy = mkdtempSync(join(tmpdir(), 'smile-bench-'));
  for (const path of ['dist', 'media', 'package.nls.json']) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  for (const file of ['timedExtension.cjs', 'emptyExtension.cjs']) {
    copyFileSync(join(ROOT, 'test/bench', file), join(copy, file));
  }
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    contributes: { views: Record<string, { id: string; name: string }[]> };
  };
  manifest.contributes.views.smile?.push({ id: 'smile.empty', name: 'Empty' });
  const timed = { ...manifest, main: './timedExtension.cjs', activationEvents: [] };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(timed));

  const sum = ({ load, activate }: LoadTime['ours']): number => load + activate;
  const ratios: number[] = [];
  const ours: number[] = [];
  for (const first of ['ours', 'empty']) {
    const times: LoadTime[] = [];
    for (let host = 0; host < 3; host += 1) {
      times.push((await measure(suite, copy, { BENCH_FIRST: first })) as LoadTime);
    }
    ratios.push(median(times.map(({ ours, empty }) => sum(ours) / sum(empty))));
    ours.push(median(times.map(({ ours }) => sum(ours))));
  }
  rmSync(copy, { recursive: true });
  return [
    {
      name: `loading and activating, extension host (${ours.map((ms) => ms.toFixed(1)).join(' ms first, ')} ms second), against an extension that only registers`,
      value: Math.sqrt(ratios.reduce((product, ratio) => product * ratio)),
      unit: 'times',
      budget: 3,
    },
  ];
}

async function hovering(): Promise<Figure[]> {
  const { manyLines, oneLine } = (await measure(await bundleSuite('hoverTime'), ROOT)) as HoverTime;
  const figure = (file: string, value: number): Figure => ({
    name: `a hover in ${file}, 99th percentile, extension host`,
    value,
    unit: 'ms',
    budget: 5,
  });
  return [
    figure('a JSON log of 10 MB', manyLines),
    figure('a JSON log of 10 MB in one line', oneLine),
  ];
}

async function panelMemory(): Promise<Figure[]> {
  const { grown } = (await measure(await bundleSuite('panelMemory'), ROOT)) as PanelMemory;
  const name = 'memory kept after 50 panels were opened and closed, extension host';
  return [{ name, value: grown / 1024 / 1024, unit: 'MB', budget: 5 }];
}

async function webhooks(): Promise<Figure[]> {
  const { ours, plain } = (await measure(await bundleSuite('webhookTime'), ROOT)) as WebhookTime;
  const words = ({ delay, total }: WebhookTime['ours']): string =>
    `${delay.toFixed(1)} ms, ${(total / 1000).toFixed(1)} s for all`;
  return [
    {
      name: `event loop delay while 5,000 webhooks of 2 KB come, 99th percentile, extension host (${words(ours)}), against a plain server (${words(plain)})`,
      value: ours.delay / plain.delay,
      unit: 'times',
      budget: 5,
    },
  ];
}

/** By the name that `npm run bench -- NAME` takes. Add further ones here. */
const BENCHES: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  sizes,
  loading,
  hovering,
  codeSearch,
  diagnosticTime,
  query: () => query(async (suite, env) => measure(await bundleSuite(suite), ROOT, env)),
  readingTime,
  recentJobs,
  webhooks,
  panelMemory,
  panelPaint,
};

async function main(names: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const bench = BENCHES[name];
    if (!bench) throw new Error(`No bench ${name}. There are ${Object.keys(BENCHES).join(', ')}.`);
    for (const { name, value, unit, budget } of await bench()) {
      const isOver = value > budget;
      // Times in milliseconds are those of the machine, and are judged by a reader.
      if (isOver && unit !== 'ms') process.exitCode = 1;
      const verdict = isOver ? 'OVER' : 'within';
      console.log(
        `${name}: ${value.toFixed(value < 10 ? 2 : 1)} ${unit} (${verdict} the budget of ${budget} ${unit})`,
      );
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
