import type * as vscode from 'vscode';

/** Languages of source code in which integrations are written. */
export const CODE_LANGUAGES: readonly string[] = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'swift', 'dart', 'go', 'csharp'],
];

/** Data in which codes occur. */
export const DATA_LANGUAGES: readonly string[] = ['json', 'jsonc', 'yaml'];

/** Where codes occur. The same languages activate the extension (package.json). */
export const HOVER_LANGUAGES: readonly string[] = [
  ...CODE_LANGUAGES,
  ...DATA_LANGUAGES,
  'log',
  'plaintext',
];

/** Where payloads and calls that name a job occur. */
export const LENS_LANGUAGES: readonly string[] = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go', 'json', 'jsonc'],
];

/** Texts in which responses are kept: logs, notes. */
export const TEXT_LANGUAGES: readonly string[] = ['log', 'plaintext', 'markdown'];

/** Languages with a debugger that shows values beside the code. */
export const DEBUGGED_LANGUAGES: readonly string[] = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go'],
];

/** Where the rules apply. */
export const LINTED: vscode.DocumentSelector = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'ruby', 'php'],
  ...['java', 'kotlin', 'csharp', 'go', 'json', 'jsonc', 'yaml', 'dotenv'],
  { pattern: '**/{.env,.env.*,*.env}' },
];

/** A selector of languages, in any kind of document: files, untitled ones, cells of notebooks. */
export const inLanguages = (...languages: readonly string[]): { readonly language: string }[] =>
  languages.map((language) => ({ language }));
