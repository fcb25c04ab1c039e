import * as assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { allProducts } from '../../src/core/catalogue/catalogue';
import { codesUsedIn } from '../../src/core/codes/codesIn';
import type { ProductKey } from '../../src/core/catalogue/types';
import { HANDLER_LANGUAGES, type HandlerLanguage } from '../../src/core/handlers/handlerStyles';
import { generateHandler } from '../../src/core/handlers/generateHandler';
import { handlerAt, type ResultHandler } from '../../src/core/handlers/handlerAt';
import { insertMissing, missingCodes } from '../../src/core/handlers/missingCodes';
import { resultCodesOf } from '../../src/core/handlers/resultCodes';
import { verdictOf } from '../../src/core/smile/verdict';
import { complaints, hasTool, output, toolName } from '../support/languageTools';

const codesOf = (product: ProductKey): string[] => resultCodesOf(product).map(({ code }) => code);
const documented = allProducts().filter((product) => codesOf(product).length > 0);
const undocumented = allProducts().filter((product) => codesOf(product).length === 0);

/** A whole source file of functions. */
function fileOf(language: HandlerLanguage, functions: readonly string[]): string {
  const code = functions.join('\n\n');
  switch (language) {
    case 'php':
      return `<?php\n${code}`;
    case 'java':
      return `class Code {\n${code}\n}`;
    case 'csharp':
      return `public static class Code\n{\n${code}\n}`;
    case 'go':
      return `package code\n\n${code}\n`;
    case 'typescript':
      return `${code}\nexport {};`;
    default:
      return code;
  }
}

function named(product: ProductKey, language: 'javascript' | 'python' | 'ruby' | 'php'): string {
  const snake = `${product}_outcome`;
  if (language === 'python' || language === 'ruby') return snake;
  return snake.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** The handler in code that has one; the cursor is on its first code. */
function handlerIn(code: string, language: HandlerLanguage): ResultHandler {
  const found = handlerAt(code, code.search(/(["'])\d{4}\1/), language);
  assert.ok(found, code);
  return found;
}

const without = (text: string, code: string, replacement = ''): string =>
  text.replace(new RegExp(`(["'])${code}\\1`), `$1${replacement}$1`);

function inserted(code: string, product: ProductKey, language: HandlerLanguage): string {
  const insertion = insertMissing(code, handlerIn(code, language), product, language);
  assert.ok(insertion, code);
  return code.slice(0, insertion.offset) + insertion.text + code.slice(insertion.offset);
}

describe('A generated handler', () => {
  for (const language of HANDLER_LANGUAGES) {
    it(`parses in ${language}, for every product (${toolName(language)})`, function () {
      if (!hasTool(language)) this.skip();
      const functions = allProducts().map((product) => generateHandler(product, language));
      assert.equal(complaints(language, fileOf(language, functions)), '');
    });

    it(`still parses in ${language} with the branches that were missing (${toolName(language)})`, function () {
      if (!hasTool(language)) this.skip();
      const functions = documented
        .filter((product) => codesOf(product).length > 2)
        .map((product) => {
          const [first = '', second = ''] = codesOf(product);
          const code = without(
            without(generateHandler(product, language), first, 'a'),
            second,
            'b',
          );
          return inserted(code, product, language);
        });
      assert.equal(complaints(language, fileOf(language, functions)), '');
    });
  }

  const cases = documented.flatMap((product) => [
    ...codesOf(product).map((code) => ({
      product,
      code,
      outcome: verdictOf({ code, text: null }, product, true),
    })),
    { product, code: '9999', outcome: 'unknown' as const },
    { product, code: '', outcome: 'unknown' as const },
  ]);

  it('gives every documented code its verdict, and no pass to any other code (JavaScript)', () => {
    const code = fileOf(
      'javascript',
      documented.map((product) => generateHandler(product, 'javascript')),
    );
    const calls = cases.map(({ product, code: result }) => {
      return `${named(product, 'javascript')}(${JSON.stringify(result)})`;
    });
    assert.deepEqual(
      JSON.parse(String(runInNewContext(`${code};JSON.stringify([${calls.join()}])`))),
      cases.map(({ outcome }) => outcome),
    );
  });

  for (const { language, command, fileName, program } of [
    {
      language: 'python',
      command: 'python3',
      fileName: 'run.py',
      program: (code: string, calls: string) =>
        `${code}\nimport json\nprint(json.dumps([${calls}]))`,
    },
    {
      language: 'ruby',
      command: 'ruby',
      fileName: 'run.rb',
      program: (code: string, calls: string) =>
        `${code}\nrequire 'json'\nputs JSON.dump([${calls}])`,
    },
    {
      language: 'php',
      command: 'php',
      fileName: 'run.php',
      program: (code: string, calls: string) => `${code}\necho json_encode([${calls}]);`,
    },
  ] as const) {
    it(`gives every documented code its verdict, and no pass to any other code (${command})`, function () {
      if (!hasTool(language)) this.skip();
      const code = fileOf(
        language,
        documented.map((product) => generateHandler(product, language)),
      );
      const calls = cases.map(
        ({ product, code: result }) => `${named(product, language)}('${result}')`,
      );
      assert.deepEqual(
        JSON.parse(output(command, fileName, program(code, calls.join(',\n')))),
        cases.map(({ outcome }) => outcome),
      );
    });
  }

  it('says what each code is called, in every language', () => {
    for (const language of HANDLER_LANGUAGES) {
      for (const product of documented) {
        const lines = generateHandler(product, language).split('\n');
        for (const { code, text, altTexts } of resultCodesOf(product)) {
          const label = text ?? altTexts[0] ?? '';
          assert.ok(
            lines.some((line) => line.includes(code) && line.endsWith(label)),
            `${language} ${code} ${label}`,
          );
        }
      }
    }
  });

  it('treats an ID that was found as a pending job of Biometric KYC, and says why', () => {
    const code = generateHandler('biometric_kyc', 'javascript');
    assert.match(
      code,
      /\/\/ Pending: not finished\n.*case '1012'.*\n.*The ID half only: the selfie is still to come\.\n.*return 'pending';/,
    );
  });

  it('says below the case of a code what else it is called, not above all cases of its branch', () => {
    const code = generateHandler('document_verification', 'typescript');
    assert.match(
      code,
      /\/\/ Needs attention.*\n +case '0817': \/\/.*\n +\/\/ Other labels: .*\n +return 'attention';/,
    );
  });

  it('ends with the branch for unknown codes, which says that it is no pass', () => {
    for (const language of HANDLER_LANGUAGES) {
      for (const product of allProducts()) {
        const code = generateHandler(product, language);
        const last = code.indexOf('Not among the documented codes: never a pass');
        assert.ok(last > 0);
        assert.doesNotMatch(code.slice(last), /["':](?!unknown)(?:approved|provisional|\d{4})/);
      }
    }
  });

  it('is indented as its language is, without blanks at the end of lines', () => {
    for (const language of HANDLER_LANGUAGES) {
      const code = generateHandler('biometric_kyc', language);
      assert.doesNotMatch(code, /[ \t]$/m);
      assert.equal(/^\t/m.test(code), language === 'go');
    }
  });
});

describe('The handler that was generated', () => {
  for (const language of HANDLER_LANGUAGES) {
    it(`is found again, for its product and complete (${language})`, () => {
      for (const product of documented) {
        const code = generateHandler(product, language);
        const handler = handlerIn(code, language);
        assert.deepEqual(
          { product: handler.product, codes: new Set(handler.codes) },
          { product, codes: new Set(codesOf(product)) },
        );
        assert.deepEqual(missingCodes(handler, product), []);
        assert.equal(insertMissing(code, handler, product, language), null);
        // so that a hover explains them
        const seen = new Set(codesUsedIn(code, language).map((span) => span.code));
        assert.deepEqual(
          codesOf(product).filter((one) => !seen.has(one)),
          [],
        );
      }
      for (const product of undocumented) {
        const code = generateHandler(product, language);
        assert.equal(handlerAt(code, code.length / 2, language), null);
      }
    });
  }

  const handlers = fc
    .record({
      product: fc.constantFrom(...documented.filter((product) => codesOf(product).length > 1)),
      language: fc.constantFrom(...HANDLER_LANGUAGES),
      seed: fc.nat(),
      other: fc.constantFrom('', '9999', 'else'),
    })
    .map(({ seed, ...rest }) => {
      const codes = codesOf(rest.product);
      return { ...rest, gone: codes[seed % codes.length] ?? '' };
    });

  it('misses exactly the code that was deleted from it, and nothing once it is put in', () => {
    fc.assert(
      fc.property(handlers, ({ product, language, gone, other }) => {
        const code = without(generateHandler(product, language), gone, other);
        const handler = handlerIn(code, language);
        assert.deepEqual(
          missingCodes(handler, product).map((one) => one.code),
          [gone],
        );
        const whole = inserted(code, product, language);
        assert.deepEqual(missingCodes(handlerIn(whole, language), product), []);
      }),
      { numRuns: 400 },
    );
  });

  it('does for the other codes what it did, and fails for a code that was put in (JavaScript)', () => {
    fc.assert(
      fc.property(handlers, ({ product, gone }) => {
        const before = generateHandler(product, 'javascript');
        const after = inserted(without(before, gone), product, 'javascript');
        const name = named(product, 'javascript');
        const run = (code: string, result: string): unknown =>
          runInNewContext(`${code};${name}('${result}')`);
        for (const code of [...codesOf(product), '9999']) {
          if (code === gone) assert.throws(() => run(after, code), /TODO: /);
          else assert.equal(run(after, code), run(before, code));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('Missing branches', () => {
  const insertionIn = (text: string, languageId: string) => {
    const handler = handlerAt(text, text.indexOf('0811'), languageId);
    assert.ok(handler);
    return insertMissing(text, handler, 'smile_secure', languageId);
  };

  it('are written above the comment of the last branch, indented as the others are', () => {
    const text = `\tswitch (resultCode) {
\t\tcase '0811':
\t\t\treturn 1;

\t\t// anything else
\t\tdefault:
\t\t\treturn 2;
\t}`;
    const insertion = insertionIn(text, 'typescriptreact');
    assert.deepEqual(insertion, {
      offset: text.indexOf('\t\t// anything'),
      text: `\t\t// Approved
\t\tcase '5210': // No Suspect Users Found
\t\t\tthrow new Error('TODO: approved');
\t\t// Rejected
\t\tcase '5211': // Suspect Users Found
\t\t\tthrow new Error('TODO: rejected');
\t\t// Error: says nothing about the user
\t\tcase '5212': // System Error
\t\t\tthrow new Error('TODO: error');
`,
    });
  });

  for (const { title, languageId, text } of [
    { title: 'an arrow of Java', languageId: 'java', text: `case "0811" -> 1;\n  default -> 2;` },
    {
      title: 'a case of PHP',
      languageId: 'php',
      text: `case '0811':\n    break;\n  default:\n    x();`,
    },
    {
      title: 'a block',
      languageId: 'csharp',
      text: `case "0811": { return 1; }\n  default: return 2;`,
    },
    {
      title: 'a break',
      languageId: 'java',
      text: `case "0811":\n    a();\n    break;\n  default: b();`,
    },
    {
      title: 'a return over several lines',
      languageId: 'javascript',
      text: `case '0811':\n    return f(\n      1,\n    )\n  default:\n    return 2`,
    },
  ]) {
    it(`are written after ${title} (${languageId})`, () => {
      assert.notEqual(insertionIn(`switch (resultCode) {\n  ${text}\n}`, languageId), null);
    });
  }

  for (const { title, languageId, text } of [
    {
      title: 'the branch before runs on into the last one',
      languageId: 'javascript',
      text: `switch (resultCode) {\n  case '0811':\n    log();\n  default:\n    return 2;\n}`,
    },
    {
      title: 'the branch before shares its code with the last one',
      languageId: 'csharp',
      text: `switch (resultCode) {\n  case "0810": return 1;\n  case "0811":\n  default:\n    return 2;\n}`,
    },
    {
      title: 'the branch before may leave or not',
      languageId: 'javascript',
      text: `switch (resultCode) {\n  case '0811':\n    if (x) return 1;\n  default:\n    return 2;\n}`,
    },
    {
      title: 'a branch of Go falls through',
      languageId: 'go',
      text: `switch resultCode {\ncase "0811":\n\tfallthrough\ndefault:\n\treturn 2\n}`,
    },
    {
      title: 'there is no last branch',
      languageId: 'python',
      text: `match result_code:\n    case "0811":\n        pass`,
    },
    {
      title: 'the last branch begins within a line',
      languageId: 'javascript',
      text: `switch (resultCode) {\n  case '0811': return 1; default: return 2;\n}`,
    },
    {
      title: 'the cases are conditions',
      languageId: 'kotlin',
      text: `when {\n    resultCode == "0811" -> 1\n    else -> 2\n}`,
    },
    {
      title: 'it is a chain of conditions',
      languageId: 'ruby',
      text: `if result_code == '0810'\n  a\nelsif result_code == '0811'\n  b\nelse\n  c\nend`,
    },
    {
      title: 'it is a list',
      languageId: 'javascript',
      text: `const APPROVED_CODES = ['0810', '0811'];`,
    },
    {
      title: 'no handlers are written in the language',
      languageId: 'swift',
      text: `switch resultCode {\n  case "0811":\n    a()\n  default:\n    b()\n}`,
    },
  ]) {
    it(`are left to the user if ${title}`, () => {
      assert.equal(insertionIn(text, languageId), null);
    });
  }

  it('are not written into a text that has changed since', () => {
    const code = without(generateHandler('basic_kyc', 'go'), '1022');
    const handler = handlerIn(code, 'go');
    assert.equal(insertMissing(`\n${code}`, handler, 'basic_kyc', 'go'), null);
  });
});
