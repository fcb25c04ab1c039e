import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../support/root';
import type { LoadTime } from './loadTime';
import { bundleSize, vsixSize } from './sizes';

/** One line of the output. Budgets are upper limits (design: speed budgets). */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly budget: number;
}

const sizes = (): Figure[] => [
  { name: 'dist/extension.js, minified', value: bundleSize() / 1000, unit: 'KB', budget: 200 },
  { name: 'VSIX', value: vsixSize() / 1000, unit: 'KB', budget: 400 },
];

/**
 * A copy of the extension that nothing activates but the suite: what is measured is the extension, not the
 * rest of VS Code's start. A host can load it for the first time only once: the median of three hosts.
 */
async function loading(): Promise<Figure[]> {
  const suite = join(ROOT, '.vscode-test/bench/loadTime.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['test/bench/loadTime.ts'],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const copy = mkdtempSync(join(tmpdir(), 'smile-bench-'));
  for (const path of ['dist', 'media', 'package.nls.json']) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  copyFileSync(join(ROOT, 'test/bench/timedExtension.cjs'), join(copy, 'timedExtension.cjs'));
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as object;
  const timed = { ...manifest, main: './timedExtension.cjs', activationEvents: [] };
  writeFileSync(join(copy, 'package.json'), JSON.stringify(timed));

  const result = join(copy, 'times.json');
  const runSuite = ['--import', 'tsx', 'test/support/runSuite.ts', '--suite', suite];
  const times = [1, 2, 3].map((): LoadTime => {
    execFileSync(process.execPath, [...runSuite, '--extension', copy], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, BENCH_RESULT: result },
    });
    return JSON.parse(readFileSync(result, 'utf8')) as LoadTime;
  });
  rmSync(copy, { recursive: true });
  const median = (key: keyof LoadTime): number =>
    times.map((time) => time[key]).sort((a, b) => a - b)[1] ?? NaN;
  return [
    { name: 'loading the bundle, extension host', value: median('load'), unit: 'ms', budget: 15 },
    { name: 'activate(), extension host', value: median('activate'), unit: 'ms', budget: 5 },
  ];
}

/** Add further ones here. */
const BENCHES: readonly (() => Figure[] | Promise<Figure[]>)[] = [sizes, loading];

async function main(): Promise<void> {
  for (const bench of BENCHES) {
    for (const { name, value, unit, budget } of await bench()) {
      const verdict = value <= budget ? 'within' : 'OVER';
      console.log(
        `${name}: ${value.toFixed(1)} ${unit} (${verdict} the budget of ${budget} ${unit})`,
      );
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
