import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintInSteps, RULES } from '../../src/core/lint/run/lint';
import { ROOT } from '../support/root';
import { resultOf } from '../support/steps';

/** The rules that find something in an example. */
const found = (text: string): string[] => {
  const document = { text, languageId: 'javascript', path: '' };
  return resultOf(lintInSteps(document, () => true)).findings.map(({ rule }) => rule);
};

describe('The page of a rule', () => {
  for (const { id } of RULES) {
    it(`has an example that it finds, and one that no rule finds anything in: ${id}`, () => {
      const page = readFileSync(join(ROOT, `docs/rules/${id}.md`), 'utf8');
      const examples = Array.from(
        page.matchAll(/^(\w+):\n\n```js\n([^]*?)^```$/gm),
        ([, kind, code = '']) => [kind, found(code)],
      );
      assert.deepEqual(examples, [
        ['Wrong', [id]],
        ['Right', []],
      ]);
    });
  }
});
