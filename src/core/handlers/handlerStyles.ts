import {
  arms,
  cases,
  double,
  joined,
  single,
  type BranchSign,
  type BranchStyle,
  type Quote,
} from './branches';

/** What is said above the last branch. */
export const UNKNOWN = 'Not among the documented codes: never a pass';

/** The languages that handlers are written in. */
export const HANDLER_LANGUAGES = [
  'javascript',
  'typescript',
  'python',
  'ruby',
  'php',
  'java',
  'csharp',
  'go',
  'kotlin',
] as const;
export type HandlerLanguage = (typeof HANDLER_LANGUAGES)[number];

/** How a function is written in a language. Lines have a tab for each level of indentation. */
interface HandlerStyle extends BranchStyle {
  readonly indent: string;
  readonly name: (words: readonly string[]) => string;
  /** How the outcome is given back from a branch. */
  readonly result: (outcome: string) => string;
  readonly sign: BranchSign;
  /** How a branch says that nobody has decided yet what it does. */
  readonly raise: (outcome: string, sign: BranchSign) => string;
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
const switching = (quote: Quote): Pick<HandlerStyle, 'result' | 'sign' | 'otherwise'> => ({
  result: returned(quote),
  sign: ':',
  otherwise: ['default:', `\t${returned(quote)('unknown')}`],
});

/** One row for each language in which handlers are generated. */
export const HANDLER_STYLES: Readonly<Record<HandlerLanguage, HandlerStyle>> = {
  javascript: {
    comment: '//',
    forms: { ':': cases(single) },
    raise: (outcome) => `throw new Error('TODO: ${outcome}');`,
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
    comment: '//',
    forms: { ':': cases(single) },
    raise: (outcome) => `throw new Error('TODO: ${outcome}');`,
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
    comment: '#',
    forms: {
      '': joined(
        '#',
        (codes, result) => [`case ${codes.map(double).join(' | ')}:`, `\t${result}`],
        // lines stay below 80 characters
        6,
      ),
    },
    raise: (outcome) => `raise NotImplementedError("TODO: ${outcome}")`,
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
    comment: '#',
    forms: {
      '': joined('#', (codes, result) => [`when ${codes.map(single).join(', ')}`, `\t${result}`]),
    },
    raise: (outcome) => `raise NotImplementedError, 'TODO: ${outcome}'`,
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
    comment: '//',
    forms: { ':': cases(single), '=>': arms(single, '=>', ',') },
    raise: (outcome, sign) =>
      `throw new \\LogicException('TODO: ${outcome}')${sign === ':' ? ';' : ''}`,
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
    comment: '//',
    forms: {
      ':': cases(double),
      '->': joined('//', (codes, result) => [`case ${codes.map(double).join(', ')} -> ${result}`]),
    },
    raise: (outcome) => `throw new UnsupportedOperationException("TODO: ${outcome}");`,
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
    comment: '//',
    forms: {
      ':': cases(double),
      '=>': joined('//', (codes, result) => [`${codes.map(double).join(' or ')} => ${result},`]),
    },
    raise: (outcome, sign) =>
      `throw new System.NotImplementedException("TODO: ${outcome}")${sign === ':' ? ';' : ''}`,
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
    comment: '//',
    forms: {
      ':': joined('//', (codes, result) => [
        `case ${codes.map(double).join(', ')}:`,
        `\t${result}`,
      ]),
    },
    raise: (outcome) => `panic("TODO: ${outcome}")`,
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
    comment: '//',
    // before 1.4 no comma may be after the last code
    forms: { '->': arms(double, '->', '', '') },
    raise: (outcome) => `TODO("${outcome}")`,
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
