import assert from 'node:assert/strict';
import { RULES, lintInSteps, type Finding } from '../../src/core/lint/run/lint';
import { corpus } from './lintCorpus';
import { resultOf } from '../support/steps';

const overlaps = (one: { start: number; end: number }, other: { start: number; end: number }) =>
  one.start < other.end && other.start < one.end;

describe('Diagnostics in the corpus', () => {
  const tally = new Map(RULES.map(({ id }) => [id, { right: 0, missed: 0, invented: 0 }]));
  const wrong: string[] = [];
  for (const { name, document, marks } of corpus) {
    const findings = resultOf(lintInSteps(document, () => true)).findings;
    const count = (rule: string, what: 'right' | 'missed' | 'invented', text: string) => {
      for (const { id } of RULES) if (id === rule) (tally.get(id) ?? { [what]: 0 })[what] += 1;
      if (what !== 'right') wrong.push(`${what} ${rule} in ${name}: ${text}`);
    };
    const isMatch = (finding: Finding, mark: (typeof marks)[number]) =>
      finding.rule === mark.rule && overlaps(finding, mark);
    for (const mark of marks) {
      const text = document.text.slice(mark.start, mark.end);
      count(mark.rule, findings.some((one) => isMatch(one, mark)) ? 'right' : 'missed', text);
    }
    for (const finding of findings) {
      if (!marks.some((mark) => isMatch(finding, mark)))
        count(finding.rule, 'invented', document.text.slice(finding.start, finding.end));
    }
  }

  for (const [rule, { right, missed, invented }] of tally) {
    const precision = right / Math.max(1, right + invented);
    const recall = right / Math.max(1, right + missed);
    const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
    it(`${rule}: precision ${percent(precision)}, recall ${percent(recall)} of ${right + missed}`, () => {
      const own = wrong.filter((line) => line.split(' ')[1] === rule);
      assert.ok(precision >= 0.99 && recall >= 0.97, own.join('\n'));
    });
  }
});
