import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codePlaceAt } from '../../src/core/codes/codePlace';
import { CodesIn, codesUsedIn } from '../../src/core/codes/codesIn';
import { findCodes } from '../../src/core/codes/findCodes';
import { jobTypeNear } from '../../src/core/codes/productNear';
import { termAt } from '../../src/core/codes/termAt';
import { handlerAt } from '../../src/core/handlers/handlerAt';
import { missingCodes } from '../../src/core/handlers/missingCodes';
import { lintInSteps } from '../../src/core/lint/run/lint';
import { sdkFileOf } from '../../src/core/sdk/sdkFile';
import { sdkNameAt } from '../../src/core/sdk/sdkNameAt';
import { findCredentialsSteps } from '../../src/core/credentials/findCredentials';
import { jobLiterals } from '../../src/core/jobs/jobLiterals';
import { findJobReference } from '../../src/core/jobs/jobReference';
import { snippets as codeSnippets } from '../unit/codeCorpus';
import { corpus as lintSnippets } from '../unit/lintCorpus';
import { cases, mutantOf } from './cases';
import { resultOf } from '../support/steps';
import { languageOf } from '../../src/core/text/languages';
import { Relevance } from '../../src/core/text/relevance';

const TEXTS = [
  ...lintSnippets.map(({ document }) => document.text),
  ...codeSnippets.map(({ text }) => text.replace(/[«»]/g, '')),
];
const LANGUAGES = [
  ...['javascript', 'typescript', 'typescriptreact', 'python', 'ruby', 'php', 'java', 'kotlin'],
  ...['csharp', 'go', 'swift', 'dart', 'json', 'jsonc', 'yaml', 'dotenv', 'log', 'plaintext'],
];

/** Fails if a range is not inside the text. */
function assertInside(text: string, ranges: Iterable<{ start: number; end: number }>): void {
  for (const { start, end } of ranges) {
    assert.ok(
      0 <= start && start <= end && end <= text.length,
      `${start} to ${end} of ${text.length}`,
    );
  }
}

describe('A text of any form', () => {
  const text = mutantOf(TEXTS);
  const language = fc.constantFrom(...LANGUAGES);

  it('breaks no reader of texts, and what is found is inside it', () => {
    fc.assert(
      fc.property(
        text,
        language,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (mutant, id, where) => {
          const offset = Math.floor(where * mutant.length);
          const lineStart = mutant.lastIndexOf('\n', offset - 1) + 1;
          const lineEnd = mutant.indexOf('\n', offset);
          const line = mutant.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
          const character = offset - lineStart;
          assertInside(mutant, findCodes(mutant, id));
          assertInside(mutant, codesUsedIn(mutant, id));
          assertInside(mutant, jobLiterals(mutant));
          findJobReference(mutant);
          resultOf(findCredentialsSteps(mutant));
          jobTypeNear(mutant, offset);
          const read = new CodesIn(mutant, languageOf(id));
          const code = read.at(offset);
          const place = codePlaceAt(mutant, offset, id);
          const term = termAt(read, offset, () => new Relevance(mutant, id).mentionAt(0));
          const name = sdkNameAt(line, character, id, () => sdkFileOf(mutant, id));
          assertInside(line, name === null ? [] : [name]);
          assertInside(
            mutant,
            [code, place, term].filter((found) => found !== null),
          );
          const handler = handlerAt(mutant, offset, id);
          if (handler) {
            assertInside(mutant, [handler]);
            missingCodes(handler, 'biometric_kyc');
          }
        },
      ),
      cases(5000),
    );
  });

  it('breaks no rule, and what rules find and fix is inside it', () => {
    fc.assert(
      fc.property(text, language, (mutant, languageId) => {
        const findings = resultOf(
          lintInSteps({ text: mutant, languageId, path: 'src/smile.ts' }, () => true),
        ).findings;
        assertInside(mutant, findings);
        for (const { fixes } of findings) {
          for (const { edits } of fixes) assertInside(mutant, edits);
        }
      }),
      cases(5000),
    );
  });
});
