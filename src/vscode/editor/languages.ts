import type * as vscode from 'vscode';
import { idsWith, type Feature } from '../../core/text/languages';

/** The languages with a feature, in any kind of document: files, untitled ones, cells of notebooks. */
export const languagesWith = (feature: Feature): readonly { readonly language: string }[] =>
  idsWith(feature).map((language) => ({ language }));

/** Where the rules apply. */
export const LINTED: vscode.DocumentSelector = [
  ...idsWith('lint'),
  { pattern: '**/{.env,.env.*,*.env}' },
];
