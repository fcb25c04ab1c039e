import assert from 'node:assert/strict';
import { languageOf } from '../../src/core/text/languages';
import { tokensOf } from '../../src/core/text/lexer';
import { Regions } from '../../src/core/text/regions';

/** The regions around `here`, from the inside out, each with its head. */
function around(regions: Regions, text: string): { head: string; whole: string }[] {
  const found: { head: string; whole: string }[] = [];
  let region = regions.innermostAt(text.indexOf('here'));
  for (; region >= 0; region = regions.parentOf(region)) {
    const [head, whole] = [regions.headOf(region), regions.rangeOf(region)];
    found.push({
      head: text.slice(head.start, head.end).trim(),
      whole: text.slice(whole.start, whole.end).trim(),
    });
  }
  return found;
}

function inBrackets(text: string): { head: string; whole: string }[] {
  const language = languageOf('typescript');
  assert.ok(language);
  return around(Regions.inBrackets(tokensOf(text, language)), text);
}

describe('Regions', () => {
  it('are what is in brackets, with the line before them', () => {
    const text = 'const a = 1;\nexport function f(b: B) {\n  if (b) {\n    here();\n  }\n}\n';
    assert.deepEqual(inBrackets(text), [
      { head: 'if (b)', whole: 'if (b) {\n    here();\n  }' },
      { head: 'export function f(b: B)', whole: text.slice(text.indexOf('export')).trim() },
    ]);
  });

  it('have the whole list of parameters in their head, and a brace on a line of its own', () => {
    assert.deepEqual(inBrackets('a();\nfunction f(\n  b: B,\n)\n{\n  here();\n}'), [
      {
        head: 'function f(\n  b: B,\n)',
        whole: 'function f(\n  b: B,\n)\n{\n  here();\n}',
      },
    ]);
  });

  it('end their head at what is before them in a list', () => {
    assert.deepEqual(inBrackets('[{ a: 1 }, { b: [here] }]'), [
      { head: 'b:', whole: 'b: [here]' },
      { head: '', whole: '{ b: [here] }' },
      { head: '', whole: '[{ a: 1 }, { b: [here] }]' },
    ]);
  });

  it('are the lines that are indented below a line, where there are no brackets', () => {
    const text = 'def f():\n    a()\n\n    if b:\n        here\n    c()\nd()\n';
    assert.deepEqual(around(Regions.inLines(text), text), [
      { head: 'here', whole: 'here' },
      { head: 'if b:', whole: 'if b:\n        here' },
      { head: 'def f():', whole: 'def f():\n    a()\n\n    if b:\n        here\n    c()' },
    ]);
  });
});
