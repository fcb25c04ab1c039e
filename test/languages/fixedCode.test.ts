import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { complaints, hasTool, toolName } from '../support/languageTools';
import { ROOT } from '../support/root';
import { fixes } from '../unit/lintCorpus';

const LANGUAGES: Readonly<Record<string, string>> = {
  '.js': 'javascript',
  '.py': 'python',
  '.rb': 'ruby',
  '.php': 'php',
  '.java': 'java',
};

function check(languageId: string, test: string, code: () => string): void {
  it(`${test} (${toolName(languageId)})`, function () {
    if (!hasTool(languageId)) this.skip();
    assert.equal(complaints(languageId, code()), '');
  });
}

describe('What the fixes of problems leave', () => {
  const folder = join(ROOT, 'test/workspace/fixed');
  for (const name of readdirSync(folder)) {
    check(LANGUAGES[extname(name)] ?? name, `still parses: ${name} of the sample workspace`, () =>
      readFileSync(join(folder, name), 'utf8'),
    );
  }

  // One file for each language: starting its tool is what takes the time.
  for (const languageId of ['javascript', 'python', 'ruby', 'php']) {
    check(languageId, `still parses: every fix in ${languageId}`, () =>
      fixes
        .filter((fix) => fix.languageId === languageId)
        .map(({ after }, index) => asPart(languageId, after, index))
        .join('\n'),
    );
  }

  it('still parses: every fix in JSON', () => {
    for (const { languageId, after } of fixes) {
      if (languageId === 'json') JSON.parse(after);
    }
  });
});

/** Some snippets are parts of functions, and all declare the same names. */
function asPart(languageId: string, code: string, index: number): string {
  switch (languageId) {
    case 'javascript':
      return `async function part${index}() {\n${code.replace(/^import (.*)$/gm, '// $1')}\n}`;
    case 'php':
      return index === 0 ? code : code.replace(/^<\?php\n/, '').replace(/^use (.*)$/gm, '// $1');
    case 'python':
      return code.replace(/^from __future__.*$/m, '');
    default:
      return code;
  }
}
