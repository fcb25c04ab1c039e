import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { LintDocument } from '../../src/core/lint/finding';
import type * as Lint from '../../src/core/lint/run/lint';
import { ROOT } from '../support/root';
import { corpus } from '../unit/lintCorpus';
import { median, type Figure } from './figure';

const LINES = 5000;
const RUNS = 15;

/** All rules over a file of 5,000 lines, mostly code that has nothing to do with Smile ID, as in any service. */
export async function diagnosticTime(): Promise<Figure[]> {
  const { lintInSteps } = await bundledRules();
  const timed = (document: LintDocument, earlier?: Lint.Check): [Lint.Check, number] => {
    const begun = performance.now();
    const steps = lintInSteps(document, () => true, earlier);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return [step.value, performance.now() - begun];
  };
  return ['javascript', 'python', 'java'].flatMap((languageId) => {
    const text = service(languageId);
    const middle = text.indexOf('\n', text.length / 2);
    const typed = `${text.slice(0, middle)}\n  value();${text.slice(middle)}`;
    const whole: number[] = [];
    const again: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const [first, time] = timed({ text, languageId, path: 'service' });
      const [second, timeAgain] = timed({ text: typed, languageId, path: 'service' }, first);
      if (first.findings.length === 0 || second.findings.length !== first.findings.length)
        throw new Error('There is nothing to find in this text, or not the same after the change.');
      whole.push(time);
      again.push(timeAgain);
    }
    const name = `diagnostics for 5,000 lines of ${languageId}`;
    return [
      { name, value: median(whole), unit: 'ms', budget: 30 },
      {
        name: `${name} after a change, against the first time`,
        value: median(again) / median(whole),
        unit: 'times',
        budget: 0.5,
      },
    ];
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
    entryPoints: ['src/core/lint/run/lint.ts'],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  return createRequire(outfile)(outfile) as typeof Lint;
}
