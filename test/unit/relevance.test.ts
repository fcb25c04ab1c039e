import * as assert from 'node:assert/strict';
import { mentionIn } from '../../src/core/catalogue/scan/mention';
import { lintInSteps } from '../../src/core/lint/run/lint';
import { sdkFileOf } from '../../src/core/sdk/sdkFile';
import { jobLiterals } from '../../src/core/smile/jobLiterals';
import { mayConcernSmile } from '../../src/core/text/relevance';
import { resultOf } from '../support/steps';
import { snippets } from './codeCorpus';
import { snippetsOf } from './corpus';
import { corpus as linted } from './lintCorpus';

interface Text {
  readonly text: string;
  readonly languageId: string;
}

/** What decides for itself whether a text concerns Smile ID, and then has something to say about it. */
const READERS: Readonly<Record<string, (text: Text) => boolean>> = {
  mention: ({ text }) => mentionIn(text).smile,
  problem: ({ text, languageId }) =>
    resultOf(lintInSteps({ text, languageId, path: 'file' }, () => true)).findings.length > 0,
  job: ({ text }) => jobLiterals(text).length > 0,
  'package of an SDK': ({ text, languageId }) => sdkFileOf(text, languageId).namesSmile,
};

describe('Whether a text may concern Smile ID', () => {
  const texts: Text[] = [
    ...['snippets.txt', 'terms.txt', 'terms2.txt'].flatMap(snippetsOf),
    ...snippets.map(({ text, languageId }) => ({ languageId, text: text.replace(/[«»]/g, '') })),
    ...linted.map(({ document }) => document),
  ];
  const lines = texts.flatMap(({ text, languageId }) =>
    text.split('\n').map((line): Text => ({ text: line, languageId })),
  );

  for (const [name, reads] of Object.entries(READERS)) {
    it(`is never denied if there is a ${name}, even in a line alone`, () => {
      const found = [...texts, ...lines].filter(reads);
      assert.ok(found.length > 5, `only ${found.length}`);
      assert.deepEqual(
        found.filter(({ text }) => !mayConcernSmile(text)),
        [],
      );
    });
  }

  it('is denied for other code', () => {
    for (const text of [
      'const code = "0810"; if (response.code === 404) retry(job_id, user_id);',
      '{"status": "clear", "code": "2000", "message": "ok"}',
      'DATABASE_URL=postgres://localhost/app\nAPI_KEY=abc',
      '2026-01-01 12:00:00 ERROR 2203 connection refused, partner 0812',
    ]) {
      assert.equal(mayConcernSmile(text), false, text);
    }
  });
});
