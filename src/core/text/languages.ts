import {
  openingInCSharp,
  openingInPhp,
  openingInRuby,
  openingInShell,
  openingInSwift,
  PHP_HOLES,
  RUBY_HOLES,
  SHELL_HOLES,
} from './openings';
import { StringForm, type Hole, type Opening } from './stringForm';
import { wordSet } from './wordSet';

/** What the extension offers in a language. */
export type Feature =
  'hover' | 'completion' | 'jobLens' | 'responseLens' | 'inlineValues' | 'lint' | 'handlers';

/** An import that an expression needs: how a file shows that it has it, and what it would stand before. */
export interface Import {
  readonly present: RegExp;
  readonly text: string;
  readonly before: RegExp;
}

/** All that is known of a language, for the lexer and for the features. */
export interface Language {
  /** VS Code's. */
  readonly ids: readonly string[];
  /** As VS Code names it; empty where nothing shows it. */
  readonly name: string;
  /** Of files that are known by their name alone. */
  readonly endings: readonly string[];
  readonly features: readonly Feature[];
  /** The official SDK for it. */
  readonly sdk: 'javascript' | 'python' | 'ruby' | 'php' | 'java' | null;
  /** The language in which handlers are generated for it. */
  readonly generated:
    | ('javascript' | 'typescript' | 'python' | 'ruby' | 'php')
    | ('java' | 'csharp' | 'go' | 'kotlin')
    | null;
  /** How a text is read: as code, or in a way of its own. */
  readonly layout: 'code' | 'shell' | 'yaml' | 'settings' | 'prose';
  /** What holds the lines of a block together. */
  readonly blocks: 'brackets' | 'indentation' | 'end';
  readonly lineComments: readonly string[];
  readonly blockComments: 'none' | 'flat' | 'nested';
  /** Whether `#` begins a line for the compiler. */
  readonly hasDirectives: boolean;
  /** Whether a string in three quotes that begins a line is a comment. */
  readonly hasDocstrings: boolean;
  /** How a string is written where nothing else is asked for. */
  readonly quote: '"' | "'";
  /** By what opens them, longer ones first. */
  readonly strings: readonly (readonly [open: string, form: StringForm])[];
  /** The form of a string with letters before its quote. */
  readonly withPrefix: ((letters: string, open: string) => StringForm | null) | null;
  /** Strings that open with these characters in a way that only a function can tell. */
  readonly unusual: {
    readonly signs: string;
    readonly open: (text: string, at: number) => Opening | null;
  } | null;
  /** Whether words without quotes are text, and no variables. */
  readonly hasBareText: boolean;
  /** What is between an object and the name of its member, at the end of a text. */
  readonly accessor: RegExp;
  /** What a word has beside letters, digits and `_`. */
  readonly wordSigns: string;
  /** What stands around a word that may have any signs: Kotlin's names of tests. */
  readonly wordQuote: '`' | '';
  readonly regexps: 'script' | 'ruby' | 'none';
  readonly heredocs: 'ruby' | 'shell' | 'none';
  /** Tags: in code, around code, or around `<?php`. */
  readonly markup: 'jsx' | 'page' | 'php' | 'none';
  /** What braces are around; `by distance`: values where they touch a type, as Go's formatter writes them. */
  readonly braces: 'statements' | 'values' | 'both' | 'by distance';
  /** What begins a statement that may have `;` before its block. */
  readonly heads: ReadonlySet<string>;
  /** Whether braces after `new Type` and after the name of a property belong to a value. */
  readonly hasInitializers: boolean;
  /** Whether what follows `=>` is what a function answers. */
  readonly hasArrows: boolean;
  /** Whether a name is before its type with no sign between them. */
  readonly hasTypesLast: boolean;
  /** The word between a key and its value. */
  readonly pairWord: string;
  /** Whether a line end ends a statement; `unless open`: not if this line or the next one shows that it goes on. */
  readonly linesEnd: 'never' | 'always' | 'unless open';
  /** Whether a call may be without its brackets. */
  readonly hasCommands: boolean;
  /** Strings in which a backslash escapes only itself and the quotes, by how they open. */
  readonly plainStrings: readonly string[];
  /** The expression that reads a variable of the environment; null where a file cannot. */
  readonly readVariable: ((name: string) => string) | null;
  /** What that expression needs, the first that can be placed. */
  readonly imports: readonly Import[];
  /** What is before a value on its line where only a constant can be. */
  readonly constant: RegExp | null;
  /** The expression that is true for a value that is one of some codes. */
  readonly isOneOf: ((value: string, codes: readonly string[]) => string) | null;
  /** Whether a number and its text are the same key. */
  readonly hasLooseKeys: boolean;
  /** Whether comparing text with a number does not even compile. */
  readonly isTyped: boolean;
}

const SINGLE = new StringForm("'");
const DOUBLE = new StringForm('"');
const SINGLE_LINES = new StringForm("'", { hasLines: true });

const PLAIN: Language = {
  ids: [],
  name: '',
  endings: [],
  features: [],
  sdk: null,
  generated: null,
  layout: 'code',
  blocks: 'brackets',
  lineComments: ['//'],
  blockComments: 'flat',
  hasDirectives: false,
  hasDocstrings: false,
  quote: '"',
  strings: [
    ['"', DOUBLE],
    ["'", SINGLE],
  ],
  withPrefix: null,
  unusual: null,
  hasBareText: false,
  accessor: /(?<!\.)\??\.\s*$/,
  wordSigns: '',
  wordQuote: '',
  regexps: 'none',
  heredocs: 'none',
  markup: 'none',
  braces: 'both',
  heads: new Set(),
  hasInitializers: false,
  hasArrows: false,
  hasTypesLast: false,
  pairWord: '',
  linesEnd: 'never',
  hasCommands: false,
  plainStrings: [],
  readVariable: null,
  imports: [],
  constant: null,
  isOneOf: null,
  hasLooseKeys: false,
  isTyped: false,
};

const IN_MOBILE_CODE: readonly Feature[] = ['hover', 'completion', 'handlers'];
const IN_CODE: readonly Feature[] = [
  ...IN_MOBILE_CODE,
  ...(['jobLens', 'responseLens', 'inlineValues', 'lint'] as const),
];

const quoted = (codes: readonly string[], quote: string): string =>
  codes.map((code) => quote + code + quote).join(', ');

const SCRIPT: Language = {
  ...PLAIN,
  name: 'JavaScript',
  sdk: 'javascript',
  generated: 'javascript',
  features: IN_CODE,
  quote: "'",
  strings: [
    ...PLAIN.strings,
    ['`', new StringForm('`', { hasLines: true, holes: [{ open: '${', close: '}' }] })],
  ],
  wordSigns: '$#',
  regexps: 'script',
  hasArrows: true,
  linesEnd: 'unless open',
  readVariable: (name) => `process.env.${name}`,
  isOneOf: (value, codes) => `[${quoted(codes, "'")}].includes(${value})`,
  hasLooseKeys: true,
};

const PYTHON_HOLES: readonly Hole[] = [{ open: '{', close: '}', isDoubled: true, hasFormat: true }];
const PYTHON_QUOTES = ['"""', "'''", '"', "'"];
const PYTHON_STRINGS = new Map(
  (['all', 'kept'] as const).flatMap((escapes) =>
    [[], PYTHON_HOLES].flatMap((holes) =>
      PYTHON_QUOTES.map((quote) => [
        `${escapes} ${holes.length} ${quote}`,
        new StringForm(quote, { escapes, holes, hasLines: quote.length > 1 }),
      ]),
    ),
  ),
);
const PYTHON_PREFIXES = new Set(['r', 'b', 'u', 'f', 't', 'br', 'rb', 'fr', 'rf', 'tr', 'rt']);

function withPythonPrefix(letters: string, quote: string): StringForm | null {
  const prefix = letters.toLowerCase();
  if (prefix !== '' && !PYTHON_PREFIXES.has(prefix)) return null;
  const escapes = prefix.includes('r') ? 'kept' : 'all';
  return PYTHON_STRINGS.get(`${escapes} ${/[ft]/.test(prefix) ? 1 : 0} ${quote}`) ?? null;
}

const TYPESCRIPT: Partial<Language> = { name: 'TypeScript', generated: 'typescript' };

/** In an annotation, or as the default of a parameter. */
const CONSTANT = /@\w|\[\w+\(|[(,]\s*[\w<>?]+\s*:?\s*\w+\s*=\s*$/;
const CONSTANT_OR_CONST = new RegExp(String.raw`\bconst\b|${CONSTANT.source}`);
/** The value of an attribute: a call would need braces. */
const ATTRIBUTE = /<\w[^>]*\s[\w-]+=$/;

const JVM_VARIABLE = (name: string): string => `System.getenv("${name}")`;

const MOBILE_HOLES: readonly Hole[] = [{ open: '${', close: '}' }];
const DART_QUOTES = ['"""', "'''", '"', "'"];
const DART_RAW = new Map(
  DART_QUOTES.map((quote) => [
    quote,
    new StringForm(quote, { escapes: 'none', hasLines: quote.length > 1 }),
  ]),
);

/** Of text that is not known to be code. */
export const PROSE: Language = {
  ...PLAIN,
  layout: 'prose',
  blocks: 'indentation',
  lineComments: [],
  blockComments: 'none',
  braces: 'values',
  linesEnd: 'always',
};

/** Of a file of no known language, and of what is pasted: code, settings, prose with code in it. */
export const UNKNOWN: Language = {
  ...PROSE,
  lineComments: ['//', '#'],
  blockComments: 'flat',
  heredocs: 'shell',
};

export const LANGUAGES: readonly Language[] = [
  {
    ...SCRIPT,
    ids: ['javascript', 'javascriptreact'],
    endings: ['js', 'jsx', 'mjs', 'cjs'],
    markup: 'jsx',
    constant: ATTRIBUTE,
  },
  { ...SCRIPT, ...TYPESCRIPT, ids: ['typescript'], endings: ['ts', 'mts', 'cts'] },
  {
    ...SCRIPT,
    ...TYPESCRIPT,
    ids: ['typescriptreact'],
    endings: ['tsx'],
    markup: 'jsx',
    constant: ATTRIBUTE,
  },
  {
    ...SCRIPT,
    ids: ['vue', 'svelte', 'html', 'xml'],
    endings: ['vue', 'svelte', 'html', 'xml', 'config'],
    features: [],
    markup: 'page',
  },
  {
    ...PLAIN,
    ids: ['python'],
    name: 'Python',
    sdk: 'python',
    generated: 'python',
    blocks: 'indentation',
    hasDocstrings: true,
    endings: ['py'],
    features: IN_CODE,
    lineComments: ['#'],
    blockComments: 'none',
    strings: PYTHON_QUOTES.flatMap((quote) => {
      const form = withPythonPrefix('', quote);
      return form === null ? [] : [[quote, form] as const];
    }),
    withPrefix: withPythonPrefix,
    readVariable: (name) => `os.environ["${name}"]`,
    imports: [
      {
        present: /^import os\b/m,
        text: 'import os\n',
        before: /^(?:import |from (?!__future__))/m,
      },
    ],
    isOneOf: (value, codes) =>
      `${value} in (${quoted(codes, '"')}${codes.length === 1 ? ',' : ''})`,
    braces: 'values',
    linesEnd: 'always',
  },
  {
    ...PLAIN,
    ids: ['ruby'],
    name: 'Ruby',
    sdk: 'ruby',
    generated: 'ruby',
    blocks: 'end',
    quote: "'",
    endings: ['rb'],
    features: IN_CODE,
    lineComments: ['#'],
    blockComments: 'none',
    strings: [
      ['"', new StringForm('"', { hasLines: true, holes: RUBY_HOLES })],
      ["'", SINGLE_LINES],
      ['`', new StringForm('`', { hasLines: true, holes: RUBY_HOLES })],
    ],
    unusual: { signs: '%', open: openingInRuby },
    accessor: /(?:&?\.|::)\s*$/,
    regexps: 'ruby',
    heredocs: 'ruby',
    readVariable: (name) => `ENV.fetch('${name}')`,
    isOneOf: (value, codes) => `%w[${codes.join(' ')}].include?(${value})`,
    linesEnd: 'unless open',
    hasCommands: true,
    plainStrings: ["'", '%q', '%w', '%i'],
  },
  {
    ...PLAIN,
    ids: ['php'],
    name: 'PHP',
    sdk: 'php',
    generated: 'php',
    quote: "'",
    endings: ['php'],
    features: IN_CODE,
    lineComments: ['//', '#'],
    strings: [
      ['"', new StringForm('"', { hasLines: true, holes: PHP_HOLES, names: 'php' })],
      ["'", SINGLE_LINES],
      ['`', new StringForm('`', { hasLines: true, holes: PHP_HOLES, names: 'php' })],
    ],
    unusual: { signs: '<', open: openingInPhp },
    accessor: /(?:\??->|::)\s*$/,
    wordSigns: '$',
    markup: 'php',
    readVariable: (name) => `getenv('${name}')`,
    constant: /\b(?:const|public|private|protected|static|var)\b/,
    hasLooseKeys: true,
    braces: 'statements',
    plainStrings: ["'"],
  },
  {
    ...PLAIN,
    ids: ['java'],
    name: 'Java',
    sdk: 'java',
    generated: 'java',
    endings: ['java'],
    features: IN_CODE,
    strings: [['"""', new StringForm('"""', { hasLines: true })], ...PLAIN.strings],
    wordSigns: '$',
    readVariable: JVM_VARIABLE,
    constant: CONSTANT,
    isTyped: true,
  },
  {
    ...PLAIN,
    ids: ['kotlin'],
    name: 'Kotlin',
    generated: 'kotlin',
    endings: ['kt', 'kts'],
    wordQuote: '`',
    features: IN_CODE,
    blockComments: 'nested',
    strings: [
      [
        '"""',
        new StringForm('"""', {
          escapes: 'none',
          hasLines: true,
          holes: MOBILE_HOLES,
          names: 'plain',
          isGreedy: true,
        }),
      ],
      ['"', new StringForm('"', { holes: MOBILE_HOLES, names: 'plain' })],
      ["'", SINGLE],
    ],
    readVariable: JVM_VARIABLE,
    constant: CONSTANT_OR_CONST,
    isTyped: true,
    braces: 'statements',
    pairWord: 'to',
    linesEnd: 'unless open',
  },
  {
    ...PLAIN,
    ids: ['swift'],
    endings: ['swift'],
    wordQuote: '`',
    features: IN_MOBILE_CODE,
    blockComments: 'nested',
    strings: [
      ['"""', new StringForm('"""', { hasLines: true, holes: [{ open: '\\(', close: ')' }] })],
      ['"', new StringForm('"', { holes: [{ open: '\\(', close: ')' }] })],
    ],
    unusual: { signs: '#', open: openingInSwift },
    isTyped: true,
    braces: 'statements',
    linesEnd: 'unless open',
  },
  {
    ...PLAIN,
    ids: ['dart'],
    endings: ['dart'],
    features: IN_MOBILE_CODE,
    blockComments: 'nested',
    strings: DART_QUOTES.map((quote) => [
      quote,
      new StringForm(quote, { hasLines: quote.length > 1, holes: MOBILE_HOLES, names: 'plain' }),
    ]),
    withPrefix: (letters, quote) => (letters === 'r' ? (DART_RAW.get(quote) ?? null) : null),
    isTyped: true,
    hasArrows: true,
  },
  {
    ...PLAIN,
    ids: ['go'],
    name: 'Go',
    generated: 'go',
    endings: ['go'],
    features: IN_CODE,
    strings: [...PLAIN.strings, ['`', new StringForm('`', { escapes: 'none', hasLines: true })]],
    readVariable: (name) => `os.Getenv("${name}")`,
    imports: [
      {
        present: /^[ \t]*(?:import )?"os"/m,
        text: '\n\t"os"',
        before: /(?<=^import \()(?=\n)/m,
      },
      { present: /^[ \t]*(?:import )?"os"/m, text: 'import "os"\n', before: /^import "/m },
    ],
    constant: /\bconst\b/,
    isTyped: true,
    braces: 'by distance',
    heads: wordSet('if for switch select func type else go defer'),
    hasTypesLast: true,
    linesEnd: 'unless open',
  },
  {
    ...PLAIN,
    ids: ['csharp'],
    name: 'C#',
    generated: 'csharp',
    endings: ['cs'],
    features: IN_CODE,
    strings: [["'", SINGLE]],
    unusual: { signs: '"$@', open: openingInCSharp },
    readVariable: (name) => `Environment.GetEnvironmentVariable("${name}")`,
    constant: CONSTANT_OR_CONST,
    isTyped: true,
    hasInitializers: true,
    hasDirectives: true,
  },
  {
    ...PLAIN,
    ids: ['shellscript'],
    endings: ['sh', 'bash', 'zsh', 'envrc'],
    layout: 'shell',
    lineComments: ['#'],
    blockComments: 'none',
    strings: [
      ['"', new StringForm('"', { hasLines: true, holes: SHELL_HOLES, names: 'shell' })],
      ["'", new StringForm("'", { escapes: 'none', hasLines: true })],
    ],
    unusual: { signs: '$', open: openingInShell },
    heredocs: 'shell',
    readVariable: (name) => `"$${name}"`,
    braces: 'statements',
    linesEnd: 'unless open',
  },
  {
    ...PLAIN,
    ids: ['json', 'jsonc'],
    endings: ['json', 'jsonc'],
    features: ['hover', 'completion', 'jobLens', 'responseLens', 'lint'],
    braces: 'values',
  },
  {
    ...PLAIN,
    ids: ['yaml'],
    endings: ['yml', 'yaml'],
    features: ['hover', 'completion', 'lint'],
    layout: 'yaml',
    blocks: 'indentation',
    lineComments: ['#'],
    blockComments: 'none',
    strings: [
      ['"', new StringForm('"', { hasLines: true })],
      ["'", new StringForm("'", { escapes: 'none', isDoubled: true, hasLines: true })],
    ],
    braces: 'values',
    linesEnd: 'always',
  },
  {
    ...PLAIN,
    ids: ['dotenv'],
    endings: ['env'],
    features: ['lint'],
    layout: 'settings',
    lineComments: ['#'],
    blockComments: 'none',
    strings: [
      ['"', new StringForm('"', { hasLines: true })],
      ["'", new StringForm("'", { escapes: 'none', hasLines: true })],
    ],
    linesEnd: 'always',
  },
  {
    ...PLAIN,
    ids: ['properties', 'ini'],
    endings: ['properties', 'ini', 'cfg', 'conf', 'toml'],
    layout: 'settings',
    lineComments: ['#', ';', '!'],
    blockComments: 'none',
    strings: [
      ['"', DOUBLE],
      ["'", SINGLE],
    ],
    linesEnd: 'always',
  },
  {
    ...PROSE,
    ids: ['log', 'plaintext'],
    endings: ['txt', 'log'],
    features: ['hover', 'responseLens'],
    hasBareText: true,
  },
  { ...PROSE, ids: ['markdown'], endings: ['md'], features: ['responseLens'] },
];

const BY_ID = new Map(LANGUAGES.flatMap((language) => language.ids.map((id) => [id, language])));
const BY_ENDING = new Map(
  LANGUAGES.flatMap((language) => language.endings.map((ending) => [ending, language])),
);

/** The languages with a feature, by VS Code's IDs. */
export const idsWith = (feature: Feature): readonly string[] =>
  LANGUAGES.flatMap(({ ids, features }) => (features.includes(feature) ? ids : []));

/** @param languageId VS Code's. Null for a language that is not known. */
export const languageOf = (languageId: string): Language | null => BY_ID.get(languageId) ?? null;

const ENV_FILE = /(?:^|\.)env(?:\.|$)/;

/** The language of a file that is known by its path alone, or null. */
export function languageOfPath(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (ENV_FILE.test(name)) return languageOf('dotenv');
  return BY_ENDING.get(name.slice(name.lastIndexOf('.') + 1)) ?? null;
}
