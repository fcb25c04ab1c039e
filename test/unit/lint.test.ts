import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  lintInSteps,
  RULES,
  type Check,
  type Finding,
  type LintDocument,
  type RuleId,
} from '../../src/core/lint/run/lint';

import { Source } from '../../src/core/lint/source';
import { AS_SUCCESS, treatmentOf } from '../../src/core/lint/treatment';
import { assertConstant } from '../support/growth';
import { corpus, fixes } from './lintCorpus';
import { resultOf } from '../support/steps';

const KEY = '7d1c9a52-3e0b-4f6e-9b8d-51f20aa7c3e4';

const all = (languageId: string, text: string, path = ''): readonly Finding[] =>
  resultOf(lintInSteps({ text, languageId, path }, () => true)).findings;

/** The text after the first fix of a finding. */
function applied(text: string, { fixes }: Finding): string {
  return (fixes[0]?.edits ?? []).reduceRight(
    (changed, { start, end, text: by }) => changed.slice(0, start) + by + changed.slice(end),
    text,
  );
}

/** Applies the fixes of one rule, one after the other, until none of them changes anything. */
function fixed(document: LintDocument, rule: RuleId): string {
  let { text } = document;
  for (let round = 0; round < 20; round += 1) {
    const findings = resultOf(lintInSteps({ ...document, text }, (id) => id === rule)).findings;
    const finding = findings.find((one) => (one.fixes[0]?.edits.length ?? 0) > 0);
    if (finding === undefined) return text;
    const after = applied(text, finding);
    const left = resultOf(lintInSteps({ ...document, text: after }, (id) => id === rule)).findings;
    assert.equal(left.length, findings.length - 1, `the fix leaves the finding:\n${after}`);
    text = after;
  }
  return text;
}

describe('Fixes', () => {
  for (const { name, rule, languageId, before, after } of fixes) {
    it(`leave what is expected of ${name}`, () => {
      assert.equal(fixed({ text: before, languageId, path: 'smile/file' }, rule), after);
    });
  }

  it('end the finding they belong to, and no edit overlaps another, all over the corpus', () => {
    for (const { name, document } of corpus) {
      const findings = resultOf(lintInSteps(document, () => true)).findings;
      for (const finding of findings) {
        for (const { edits } of finding.fixes) {
          let last = -1;
          for (const { start, end } of edits) {
            assert.ok(start >= last && end >= start && end <= document.text.length, name);
            last = end;
          }
          if (edits.length === 0) continue;
          const text = applied(document.text, finding);
          const left = resultOf(
            lintInSteps({ ...document, text }, (id) => id === finding.rule),
          ).findings;
          const before = findings.filter(({ rule }) => rule === finding.rule);
          assert.equal(left.length, before.length - 1, `${name}\n${text}`);
        }
      }
    }
  });
});

describe('lint', () => {
  it('has a title and a severity for each of its rules', () => {
    assert.ok(RULES.length >= 12);
    assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
    for (const { id, title, severity } of RULES) {
      assert.match(id, /^[a-z]+(-[a-z]+)+$/);
      assert.match(title, /^[A-Z][^.!]{5,60}$/);
      assert.ok(['error', 'warning', 'information', 'hint'].includes(severity));
    }
  });

  it('returns the whole finding: rule, range, message, fixes', () => {
    const text = "const options = { return_image_links: true };\nimport 'smile-identity-core';";
    assert.deepEqual(all('javascript', text), [
      {
        rule: 'wrong-image-option',
        start: 18,
        end: 36,
        message: 'This SDK ignores return_image_links without a warning; use return_images.',
        fixes: [
          {
            title: 'Rename to return_images',
            edits: [{ start: 18, end: 36, text: 'return_images' }],
          },
        ],
      },
    ]);
  });

  it('runs only the rules that are on', () => {
    for (const { document } of corpus) {
      const findings = resultOf(lintInSteps(document, () => true)).findings;
      for (const { id } of RULES) {
        assert.deepEqual(
          resultOf(lintInSteps(document, (rule) => rule === id)).findings,
          findings.filter(({ rule }) => rule === id),
        );
      }
      assert.deepEqual(resultOf(lintInSteps(document, () => false)).findings, []);
    }
  });

  it('ignores files that do not use Smile ID, and languages it does not know', () => {
    assert.deepEqual(all('javascript', "if (resultCode.startsWith('081')) approve();"), []);
    assert.deepEqual(all('javascript', `const apiKey = '${KEY}';`), []);
    assert.deepEqual(all('markdown', `Smile ID: SMILE_API_KEY=${KEY}`), []);
    assert.deepEqual(all('plaintext', `Smile ID: SMILE_API_KEY=${KEY}`), []);
  });

  it('reads a .env file as one, whatever its language is called', () => {
    for (const path of ['.env', 'api/.env.local', 'deploy/smile.env']) {
      const [finding] = all('plaintext', `SMILE_API_KEY=${KEY}\n`, path);
      assert.equal(finding?.rule, 'api-key-in-source', path);
    }
  });

  it('spans the API key itself, so that it can be moved, and never repeats it', () => {
    for (const { document } of corpus) {
      for (const { rule, start, end, message, fixes } of resultOf(lintInSteps(document, () => true))
        .findings) {
        if (rule !== 'api-key-in-source') continue;
        const key = document.text.slice(start, end);
        assert.match(key, /^[\w-]+$/);
        assert.equal(JSON.stringify({ message, fixes }).includes(key), false);
        assert.equal(fixes[0]?.command, 'moveKeyToProfile');
      }
    }
  });

  it('says that an API key is for production only if something beside it says so', () => {
    const production = (languageId: string, text: string, path = '') =>
      all(languageId, text, path).map((finding) => finding.production);
    assert.deepEqual(production('dotenv', `SMILE_API_KEY=${KEY}`), [undefined]);
    assert.deepEqual(production('dotenv', `SMILE_API_KEY=${KEY}`, '.env.production'), [true]);
    assert.deepEqual(production('dotenv', `SMILE_LIVE_API_KEY=${KEY}`), [true]);
    assert.deepEqual(production('dotenv', `SMILE_SANDBOX_API_KEY=${KEY}\nSID_SERVER=0`), [
      undefined,
    ]);
    assert.deepEqual(production('dotenv', `SMILE_API_KEY=${KEY}\nSMILE_SID_SERVER=1`), [true]);
    assert.deepEqual(production('javascript', `new WebApi('085', cb, '${KEY}', 1); // Smile ID`), [
      true,
    ]);
    assert.deepEqual(
      production(
        'javascript',
        `const smile = { apiKey: '${KEY}', url: 'https://api.smileidentity.com/v1' };`,
      ),
      [true],
    );
    assert.deepEqual(
      production(
        'javascript',
        `const smile = { apiKey: '${KEY}', url: 'https://testapi.smileidentity.com/v1' };`,
      ),
      [undefined],
    );
  });

  it('leaves the key of the simulator alone', () => {
    assert.deepEqual(all('dotenv', 'SMILE_API_KEY=local-simulator'), []);
  });

  it('finds the same with line breaks of Windows', () => {
    for (const { name, document } of corpus) {
      const rules = (text: string) =>
        resultOf(lintInSteps({ ...document, text }, () => true)).findings.map(({ rule }) => rule);
      assert.deepEqual(rules(document.text.replaceAll('\n', '\r\n')), rules(document.text), name);
    }
  });

  /** What is typed into a text, or lost from it, that changes what its brackets, quotes and lines are. */
  const SIGNS = [
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '`',
    '\\',
    ',',
    ';',
    '\n',
    '/*',
    '#',
    '\u2028',
  ];
  const change = fc.record({
    at: fc.nat(),
    cut: fc.oneof(fc.constantFrom(0, 1), fc.nat({ max: 200 })),
    text: fc.oneof(fc.constantFrom(...SIGNS), fc.constant(''), fc.string()),
  });

  it('fails on no text, changed or cut anywhere, in any language, and stays within it', () => {
    const languages = [...new Set(corpus.map(({ document }) => document.languageId))];
    const inside = (text: string, { start, end }: { start: number; end: number }): boolean =>
      start >= 0 && start <= end && end <= text.length;
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus),
        fc.option(fc.constantFrom(...languages)),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        ({ document }, language, changes, share) => {
          let { text } = document;
          for (const { at, cut, text: by } of changes) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + by + text.slice(from + cut);
          }
          text = text.slice(0, Math.ceil(text.length * share));
          const languageId = language ?? document.languageId;
          for (const finding of resultOf(lintInSteps({ ...document, languageId, text }, () => true))
            .findings) {
            assert.ok(finding.start < finding.end && inside(text, finding), finding.rule);
            for (const { title, edits } of finding.fixes) {
              let last = 0;
              for (const edit of edits) {
                assert.ok(edit.start >= last && inside(text, edit), title);
                last = edit.end;
              }
            }
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('offers no fix for a call whose bracket is not closed, and marks only what surely belongs to it', () => {
    const before = '<?php // sid_request for Smile ID\n$signature = ';
    const found = (call: string) =>
      all('php', `${before}${call}`).map(({ rule, start, end, fixes }) => ({
        rule,
        marked: `${before}${call}`.slice(start, end),
        fixes: fixes.length,
      }));
    const call = "hash_hmac('sha256', $timestamp . $partner . 'sid_request', $key";
    const rule = 'signature-as-hex';
    assert.deepEqual(found(`${call});`), [{ rule, marked: `${call})`, fixes: 1 }]);
    for (const open of [call, `${call};`, `${call};\n${'echo $value;\n'.repeat(200)}`]) {
      assert.deepEqual(found(open), [{ rule, marked: 'hash_hmac(', fixes: 0 }]);
    }
  });
});

describe('What code says about a value', () => {
  const values = {
    'a branch': 'if (ResultCode === "0811") { approve(); } ',
    'a label': 'switch (ResultCode) { case "0811" ',
  };
  for (const [what, code] of Object.entries(values)) {
    it(`is read near it, however long its line is: ${what}`, () => {
      assertConstant({
        size: 4_000_000,
        input: (length) => {
          const text = `smileId;${'a;'.repeat(length / 4)}${code}${'a;'.repeat(length / 4)}`;
          const source = Source.of({ text, languageId: 'javascript', path: '' });
          assert.ok(source);
          const start = text.indexOf('0811');
          return { source, value: { start, end: start + 4 } };
        },
        run: ({ source, value }) => {
          for (let times = 0; times < 500; times += 1) treatmentOf(source, value, AS_SUCCESS);
        },
      });
    });
  }
});

describe('lintInSteps', () => {
  const inSteps = (document: LintDocument, earlier?: Check): Check => {
    const steps = lintInSteps(document, () => true, earlier);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
    }
  };

  /** What a user may type or paste: all of the corpus, and signs that turn code into text or back. */
  const pasted = [
    ...['"', "'", '`', '/*', '*/', '//', '#', '"""', '\n', '{', '}', '(', ')', ' ', '8', 'x'],
    ...['import os\n', "import 'smile-identity-core';\n", 'const code = body.ResultCode;\n'],
    ...['job_type: 1,\n', 'biometric_kyc\n', 'document_verification\n', '/v3/\n', '\n\n\n'],
    ...['const made = parseInt(body.ResultCode);\nif (made === 810) approve();\n', 'hex.', '"os"'],
  ];

  for (const languageId of ['javascript', 'python', 'ruby', 'php', 'java', 'go', 'json', 'yaml']) {
    it(`finds after each change what a full check finds, in ${languageId}`, () => {
      const texts = corpus
        .map(({ document }) => document)
        .filter((document) => document.languageId === languageId)
        .map(({ text }) => text);
      const filler = '\n' + '  value = load(request)\n'.repeat(150);
      const change = fc.record({
        at: fc.nat({ max: 999_999 }),
        cut: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2000 })),
        text: fc.oneof(fc.constantFrom(...pasted), fc.constantFrom('', ...texts)),
      });
      const parts = fc.array(fc.constantFrom(...texts), { minLength: 15, maxLength: 40 });
      fc.assert(
        fc.property(parts, fc.array(change, { minLength: 1, maxLength: 12 }), (all, changes) => {
          let document = { text: all.join(filler), languageId, path: 'service' };
          let check = inSteps(document);
          for (const { at, cut, text: by } of changes) {
            const { text } = document;
            const start = Math.floor((at / 1_000_000) * text.length);
            document = { ...document, text: text.slice(0, start) + by + text.slice(start + cut) };
            check = inSteps(document, check);
            assert.deepEqual(check.findings, inSteps(document).findings);
          }
        }),
        { numRuns: 10 },
      );
    });
  }

  it('reads only what was changed and what may depend on it, while the rest is unchanged', () => {
    const start = "import { WebApi } from 'smile-identity-core';\n";
    const rest = 'const value = load(request);\n'.repeat(2000);
    const charactersRead = (before: string, after: string): number => {
      const document = (text: string) => ({ text, languageId: 'javascript', path: '' });
      const { source } = inSteps(document(after), inSteps(document(before)));
      assert.ok(source);
      return source.region.end - source.region.start;
    };
    const wrong = 'const options = { sid_server: 0, return_image_links: true };\n';
    const before = start + rest + wrong + rest;
    const after = start + rest + wrong.replace('true', 'false') + rest;
    assert.ok(charactersRead(before, after) < 40_000, 'a change in one place');
    const without = after.slice(start.length);
    assert.equal(charactersRead(before, without), without.length, 'another SDK');
    const open = `${start}const text = \``;
    assert.equal(
      charactersRead(before, open + rest),
      (open + rest).length,
      'all that follows is text',
    );
  });
});
