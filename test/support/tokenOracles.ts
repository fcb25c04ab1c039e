import { createRequire } from 'node:module';
import ts from 'typescript';
import { Language as Grammar, Parser, type Node } from 'web-tree-sitter';
import { languageOf } from '../../src/core/text/languages';
import { tokensOf } from '../../src/core/text/lexer';

/**
 * What others say of a text: each string, comment, regular expression and pair of brackets, as `kind start-end`.
 * Null where they cannot parse it themselves.
 */
export type Oracle = (text: string) => Set<string> | null;

/** What nodes of a tree-sitter grammar are. */
interface NodeTypes {
  readonly grammar: string;
  /** Of another package than that of most grammars. */
  readonly file?: string;
  readonly strings: string;
  readonly comments: string;
  readonly regexps?: string;
  /** Nodes in which nothing is looked at. */
  readonly skipped?: string;
}

const NODES: Readonly<Record<string, NodeTypes>> = {
  python: { grammar: 'python', strings: 'string', comments: 'comment' },
  ruby: {
    grammar: 'ruby',
    strings: 'string string_array symbol_array delimited_symbol subshell heredoc_body character',
    comments: 'comment uninterpreted',
    regexps: 'regex',
  },
  php: {
    grammar: 'php',
    strings: 'string encapsed_string heredoc nowdoc shell_command_expression',
    comments: 'comment',
  },
  java: {
    grammar: 'java',
    strings: 'string_literal character_literal',
    comments: 'line_comment block_comment',
  },
  kotlin: {
    grammar: 'kotlin',
    strings: 'string_literal line_string_literal multi_line_string_literal character_literal',
    comments: 'line_comment multiline_comment shebang_line',
  },
  csharp: {
    grammar: 'c_sharp',
    strings:
      'string_literal verbatim_string_literal raw_string_literal interpolated_string_expression character_literal',
    comments: 'comment region_directive endregion_directive error_directive warning_directive',
  },
  go: {
    grammar: 'go',
    strings: 'interpreted_string_literal raw_string_literal rune_literal',
    comments: 'comment',
  },
  dart: { grammar: 'dart', strings: 'string_literal', comments: 'comment documentation_comment' },
  swift: {
    grammar: 'swift',
    strings: 'line_string_literal multi_line_string_literal raw_string_literal',
    comments: 'comment multiline_comment',
    regexps: 'regex_literal',
    skipped: 'directive diagnostic',
  },
  shellscript: {
    grammar: 'bash',
    file: '@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm',
    strings: 'string raw_string ansi_c_string ansii_c_string heredoc_body',
    comments: 'comment',
  },
  yaml: {
    grammar: 'yaml',
    file: '@tree-sitter-grammars/tree-sitter-yaml/tree-sitter-yaml.wasm',
    strings: 'double_quote_scalar single_quote_scalar block_scalar',
    comments: 'comment',
  },
  json: { grammar: 'json', strings: 'string', comments: 'comment' },
};

/** What opens brackets, and at which of its characters ours open. */
const OPEN = new Map<string, readonly number[]>([
  ...['(', '[', '{', '${', '#{', '\\(', '$('].map((sign) => [sign, [0]] as const),
  ...['#[', '<(', '>('].map((sign) => [sign, [1]] as const),
  ...['[[', '(('].map((sign) => [sign, [0, 1]] as const),
  ['$((', [0, 2]],
]);
const CLOSE = new Set([')', ']', '}', ']]', '))']);

const { resolve } = createRequire(import.meta.url);

async function treeSitter(types: NodeTypes, file: string): Promise<Oracle> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Grammar.load(file));
  const kinds = new Map<string, string>();
  const name = (kind: string, nodes = ''): void => {
    for (const node of nodes.split(' ')) if (node !== '') kinds.set(node, kind);
  };
  name('string', types.strings);
  name('comment', types.comments);
  name('regexp', types.regexps);
  name('skipped', types.skipped);
  return (text) => {
    const tree = parser.parse(text);
    if (tree === null) return null;
    try {
      if (tree.rootNode.hasError) return null;
      return itemsOf(tree.rootNode, text, kinds);
    } finally {
      tree.delete();
    }
  };
}

/** Where nodes begin before or after what we call by that name: Ruby's `:"…"`, C#'s `#region`. */
const OFFSETS = new Map([
  ['delimited_symbol', 1],
  ...['region', 'endregion', 'error', 'warning'].map((name) => [`${name}_directive`, -1] as const),
]);

function itemsOf(root: Node, text: string, kinds: ReadonlyMap<string, string>): Set<string> {
  const items = new Set<string>();
  const cursor = root.walk();
  const open: (readonly number[])[][] = [[]];
  for (;;) {
    const type = cursor.nodeType;
    const kind = cursor.nodeIsNamed ? kinds.get(type) : undefined;
    const signs = cursor.nodeIsNamed ? undefined : OPEN.get(type);
    const start = cursor.startIndex + (OFFSETS.get(type) ?? 0);
    if (kind !== undefined) items.add(itemOf(kind, start, cursor.endIndex, text));
    else if (type === '[]' || type === '[]=') items.add(itemOf('brackets', start, start + 2, text));
    else if (signs !== undefined) open.at(-1)?.push(signs.map((offset) => start + offset));
    else if (!cursor.nodeIsNamed && CLOSE.has(type)) {
      const opening = open.at(-1)?.pop();
      for (const [depth, from] of (opening ?? []).entries())
        items.add(itemOf('brackets', from, cursor.endIndex - depth, text));
    }
    if (kind !== 'comment' && cursor.gotoFirstChild()) {
      open.push([]);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return items;
      open.pop();
    }
  }
}

/** White space at the ends of a range is no difference: the end of a heredoc, of a comment. */
function itemOf(kind: string, start: number, end: number, text: string): string {
  const range = text.slice(start, end);
  const from = start + range.length - range.trimStart().length;
  return `${kind} ${from}-${start + range.trimEnd().length}`;
}

function typeScript(fileName: string): Oracle {
  return (text) => {
    const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
    const problems: unknown = Reflect.get(file, 'parseDiagnostics');
    if (Array.isArray(problems) && problems.length > 0) return null;
    const items = new Set<string>();
    const shebang = ts.getShebang(text);
    if (shebang !== undefined) items.add(itemOf('comment', 0, shebang.length, text));
    visit(file, text, items);
    return items;
  };
}

const isOfJSDoc = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstJSDocNode && kind <= ts.SyntaxKind.LastJSDocNode;

function visit(node: ts.Node, text: string, items: Set<string>): void {
  const add = (kind: string, start: number, end: number): void => {
    items.add(itemOf(kind, start, end, text));
  };
  if (ts.isJsxText(node)) return;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    add('string', node.getStart(), node.end);
  if (ts.isTemplateExpression(node) || ts.isTemplateLiteralTypeNode(node)) {
    add('string', node.getStart(), node.end);
    let open = node.head.end - 2;
    for (const { literal } of node.templateSpans) {
      add('brackets', open, literal.getStart() + 1);
      open = literal.end - 2;
    }
  }
  if (ts.isRegularExpressionLiteral(node)) add('regexp', node.getStart(), node.end);
  const children = node.getChildren().filter(({ kind }) => !isOfJSDoc(kind));
  const open: number[] = [];
  for (const child of children) {
    switch (child.kind) {
      case ts.SyntaxKind.OpenBraceToken:
      case ts.SyntaxKind.OpenBracketToken:
      case ts.SyntaxKind.OpenParenToken:
        open.push(child.getStart());
        break;
      case ts.SyntaxKind.CloseBraceToken:
      case ts.SyntaxKind.CloseBracketToken:
      case ts.SyntaxKind.CloseParenToken:
        add('brackets', open.pop() ?? 0, child.end);
    }
    visit(child, text, items);
  }
  if (children.length > 0) return;
  for (const ranges of [ts.getLeadingCommentRanges, ts.getTrailingCommentRanges])
    for (const { pos, end } of ranges(text, node.getFullStart()) ?? []) add('comment', pos, end);
}

const WITH_TYPESCRIPT: Readonly<Record<string, string>> = {
  javascript: 'code.jsx',
  javascriptreact: 'code.jsx',
  typescript: 'code.ts',
  typescriptreact: 'code.tsx',
};

/** The oracle of a language, by VS Code's ID of it. */
export async function oracleOf(languageId: string): Promise<Oracle> {
  const fileName = WITH_TYPESCRIPT[languageId];
  if (fileName !== undefined) return typeScript(fileName);
  const types = NODES[languageId === 'jsonc' ? 'json' : languageId];
  if (types === undefined) throw new Error(`No oracle for ${languageId}`);
  return treeSitter(
    types,
    resolve(types.file ?? `tree-sitter-wasms/out/tree-sitter-${types.grammar}.wasm`),
  );
}

/** What our tokens say of a text, in the same form. */
export function ourItems(text: string, languageId: string): Set<string> {
  const language = languageOf(languageId);
  if (language === null) throw new Error(`No such language: ${languageId}`);
  const tokens = tokensOf(text, language);
  const items = new Set<string>();
  const isDart = languageId === 'dart';
  const literals = new Map<number, number>();
  for (let index = 0; index < tokens.length; index += 1) {
    const kind = tokens.kindAt(index);
    const start = tokens.startOf(index);
    const partner = tokens.partnerOf(index);
    if (kind === 'comment' || kind === 'regexp')
      items.add(itemOf(kind, start, tokens.endOf(index), text));
    if (kind === 'open' && partner >= 0 && tokens.textOf(index) !== '`')
      items.add(
        itemOf(
          'brackets',
          start + (isDart && tokens.textOf(index) === '${' ? 1 : 0),
          tokens.endOf(partner),
          text,
        ),
      );
    if (kind === 'quote') {
      const isRegExp = languageId === 'ruby' && /^(?:\/|%r)/.test(tokens.textOf(index));
      // the word after a shell's heredoc is a node of its own
      const isHeredoc = languageId === 'shellscript' && start === tokens.endOf(index);
      const end = isHeredoc ? tokens.startOf(partner) : tokens.endOf(partner);
      const item = itemOf(isRegExp ? 'regexp' : 'string', start, end, text);
      if (isDart) joinLiterals(literals, start, end, text);
      else items.add(item);
    }
  }
  for (const [end, start] of literals) items.add(itemOf('string', start, end, text));
  return items;
}

/** Dart: strings side by side are one literal. Literals are known by their ends. */
function joinLiterals(
  literals: Map<number, number>,
  start: number,
  end: number,
  text: string,
): void {
  let before = start;
  while (before > 0 && text.charAt(before - 1).trim() === '') before -= 1;
  const first = literals.get(before);
  if (first !== undefined) literals.delete(before);
  literals.set(end, first ?? start);
}

function rangeOf(item: string): readonly [number, number] {
  const [, start, end] = item.split(/[ -]/);
  return [Number(start), Number(end)];
}

export interface Agreement {
  /** How many there are on either side. */
  readonly tokens: number;
  readonly onlyOurs: readonly string[];
  readonly onlyTheirs: readonly string[];
}

/** Null where the oracle cannot parse the text. */
export function agreementOn(text: string, languageId: string, oracle: Oracle): Agreement | null {
  const theirs = oracle(text);
  if (theirs === null) return null;
  const ours = ourItems(text, languageId);
  const skipped = [...theirs].filter((item) => item.startsWith('skipped')).map(rangeOf);
  const isSkipped = (item: string): boolean => {
    const [start, end] = rangeOf(item);
    return skipped.some(([from, to]) => from <= start && end <= to);
  };
  const onlyOurs = [...ours].filter((item) => !theirs.has(item) && !isSkipped(item));
  const onlyTheirs = [...theirs].filter((item) => !ours.has(item) && !isSkipped(item));
  return { tokens: theirs.size + onlyOurs.length, onlyOurs, onlyTheirs };
}
