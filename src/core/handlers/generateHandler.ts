import { productLabel } from '../catalogue/catalogue';
import type { ProductKey } from '../catalogue/types';
import {
  branchesOf,
  branchLines,
  commentOf,
  double,
  single,
  type BranchSign,
  type HandlerLanguage,
  type Quote,
} from './branches';
import { resultCodesOf } from './resultCodes';

const UNKNOWN = 'Not among the documented codes: never a pass';

/** How a function is written in a language. Lines have a tab for each level of indentation. */
interface Style {
  readonly indent: string;
  readonly name: (words: readonly string[]) => string;
  /** How the outcome is given back from a branch. */
  readonly result: (outcome: string) => string;
  readonly sign: BranchSign;
  /** The last branch. */
  readonly otherwise: readonly string[];
  /** All lines, around those of the branches. */
  readonly lines: (
    name: string,
    about: readonly string[],
    branches: readonly string[],
    outcomes: readonly string[],
  ) => string[];
}

/**
 * A function that says what a result code of the product means for the job: one of the verdicts, as text (a
 * symbol in Ruby). It handles every documented code, by outcome, with Smile ID's label; any other code is
 * `unknown`. Complete in itself, with the language's usual indentation; PHP without `<?php`, Java and C# as a
 * static method. Python needs 3.10, PHP 8.0, C# 7, Kotlin 1.3.
 */
export function generateHandler(product: ProductKey, language: HandlerLanguage): string {
  const style = STYLES[language];
  const branches = branchesOf(resultCodesOf(product));
  const about = [
    `What a result code of ${productLabel(product)} says about the job.`,
    branches.length === 0
      ? 'No result codes are documented for this product.'
      : 'Codes are text: as numbers they lose their zeros.',
  ];
  const name = style.name([...product.split('_'), 'outcome']);
  const lines = [
    ...(branchLines(language, style.sign, branches, style.result) ?? []),
    `${commentOf(language)} ${UNKNOWN}`,
    ...style.otherwise,
  ];
  return withIndent(
    style.lines(
      name,
      about,
      lines,
      branches.map(({ outcome }) => outcome),
    ),
    style.indent,
  ).join('\n');
}

/** Tabs at the beginning of lines replaced. */
export function withIndent(lines: readonly string[], indent: string): string[] {
  return lines.map((line) => line.replace(/^\t+/, (tabs) => indent.repeat(tabs.length)));
}

/** What a language indents with, by its own conventions. */
export const usualIndent = (language: HandlerLanguage): string => STYLES[language].indent;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const pascal = (words: readonly string[]): string => words.map(capital).join('');
const camel = ([first = '', ...rest]: readonly string[]): string => first + pascal(rest);
const snake = (words: readonly string[]): string => words.join('_');
/** Go writes initialisms in capitals. */
const goCamel = ([first = '', ...rest]: readonly string[]): string =>
  first + pascal(rest.map((word) => (word === 'kyc' ? 'KYC' : word)));

const indented = (depth: number, lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : '\t'.repeat(depth) + line));

const block = (lines: readonly string[]): string[] => [
  '/**',
  ...lines.map((line) => ` * ${line}`.trimEnd()),
  ' */',
];

const returned =
  (quote: Quote) =>
  (outcome: string): string =>
    `return ${quote(outcome)};`;
const union = (outcomes: readonly string[]): string =>
  [...new Set([...outcomes, 'unknown'])].map(single).join(' | ');

/** `switch`, as JavaScript, TypeScript, Java and C# have it. */
const switching = (quote: Quote): Pick<Style, 'result' | 'sign' | 'otherwise'> => ({
  result: returned(quote),
  sign: ':',
  otherwise: ['default:', `\t${returned(quote)('unknown')}`],
});

const STYLES: Readonly<Record<HandlerLanguage, Style>> = {
  javascript: {
    ...switching(single),
    indent: '  ',
    name: camel,
    lines: (name, about, branches, outcomes) => [
      ...block([...about, '', '@param {string} resultCode', `@returns {${union(outcomes)}}`]),
      `function ${name}(resultCode) {`,
      '\tswitch (resultCode) {',
      ...indented(2, branches),
      '\t}',
      '}',
    ],
  },
  typescript: {
    ...switching(single),
    indent: '  ',
    name: camel,
    lines: (name, about, branches, outcomes) => [
      `type ${capital(name)} = ${union(outcomes)};`,
      '',
      ...block(about),
      `function ${name}(resultCode: string): ${capital(name)} {`,
      '\tswitch (resultCode) {',
      ...indented(2, branches),
      '\t}',
      '}',
    ],
  },
  python: {
    indent: '    ',
    name: snake,
    result: (outcome) => `return ${double(outcome)}`,
    sign: '',
    otherwise: ['case _:', `\treturn ${double('unknown')}`],
    lines: (name, [what = '', ...more], branches) => [
      `def ${name}(result_code: str) -> str:`,
      ...indented(1, [`"""${what}`, '', ...more, '"""', 'match result_code:']),
      ...indented(2, branches),
    ],
  },
  ruby: {
    indent: '  ',
    name: snake,
    result: (outcome) => `:${outcome}`,
    sign: '',
    otherwise: ['else', '\t:unknown'],
    lines: (name, about, branches, outcomes) => [
      ...about.map((line) => `# ${line}`),
      `def ${name}(result_code)`,
      // a case without a when does not parse
      ...indented(
        1,
        outcomes.length === 0
          ? [`# ${UNKNOWN}`, ':unknown']
          : ['case result_code', ...branches, 'end'],
      ),
      'end',
    ],
  },
  php: {
    indent: '    ',
    name: camel,
    result: single,
    sign: '=>',
    otherwise: [`default => ${single('unknown')},`],
    lines: (name, about, branches) => [
      ...block(about),
      `function ${name}(string $resultCode): string`,
      '{',
      '\treturn match ($resultCode) {',
      ...indented(2, branches),
      '\t};',
      '}',
    ],
  },
  java: {
    ...switching(double),
    indent: '    ',
    name: camel,
    lines: (name, about, branches) => [
      ...block(about),
      `static String ${name}(String resultCode) {`,
      '\tswitch (resultCode) {',
      ...indented(2, branches),
      '\t}',
      '}',
    ],
  },
  csharp: {
    ...switching(double),
    indent: '    ',
    name: pascal,
    lines: (name, about, branches) => [
      '/// <summary>',
      ...about.map((line) => `/// ${line}`),
      '/// </summary>',
      `public static string ${name}(string resultCode)`,
      '{',
      '\tswitch (resultCode)',
      '\t{',
      ...indented(2, branches),
      '\t}',
      '}',
    ],
  },
  go: {
    indent: '\t',
    name: goCamel,
    result: (outcome) => `return ${double(outcome)}`,
    sign: ':',
    otherwise: ['default:', `\treturn ${double('unknown')}`],
    lines: (name, [what = '', ...more], branches) => [
      `// ${name} returns what${what.slice('What'.length)}`,
      ...more.map((line) => `// ${line}`),
      `func ${name}(resultCode string) string {`,
      '\tswitch resultCode {',
      ...indented(1, branches),
      '\t}',
      '}',
    ],
  },
  kotlin: {
    indent: '    ',
    name: camel,
    result: double,
    sign: '->',
    otherwise: [`else -> ${double('unknown')}`],
    lines: (name, about, branches) => [
      ...block(about),
      `fun ${name}(resultCode: String): String = when (resultCode) {`,
      ...indented(1, branches),
      '}',
    ],
  },
};
