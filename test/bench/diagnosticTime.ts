import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type * as Lint from '../../src/core/lint/lint';
import { ROOT } from '../support/root';
import { corpus } from '../unit/lintCorpus';
import { median, type Figure } from './figure';

const LINES = 5000;
const RUNS = 15;

/** All rules over a file of 5,000 lines, mostly code that has nothing to do with Smile ID, as in any service. */
export async function diagnosticTime(): Promise<Figure[]> {
  const { lint } = await bundledRules();
  return ['javascript', 'python', 'java'].map((languageId) => {
    const text = service(languageId);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const begun = performance.now();
      const findings = lint({ text, languageId, path: 'service' }, () => true);
      times.push(performance.now() - begun);
      if (findings.length === 0) throw new Error('There is nothing to find in this text.');
    }
    return {
      name: `diagnostics for 5,000 lines of ${languageId}`,
      value: median(times),
      unit: 'ms',
      budget: 30,
    };
  });
}

function service(languageId: string): string {
  const texts = corpus.filter(({ document }) => document.languageId === languageId);
  const lines: string[] = [];
  for (let index = 0; lines.length < LINES; index += 1) {
    for (let filler = 0; filler < 25; filler += 1) {
      lines.push(
        `  const value${index}_${filler} = await load(request.params.id, { retry: ${filler}, name: 'x' });`,
      );
    }
    lines.push(...(texts[index % texts.length]?.document.text ?? '').split('\n'));
  }
  return lines.slice(0, LINES).join('\n');
}

/** As it ships, in one file. */
async function bundledRules(): Promise<typeof Lint> {
  const outfile = join(ROOT, '.vscode-test/bench/lint.js');
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/core/lint/lint.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  return createRequire(outfile)(outfile) as typeof Lint;
}
