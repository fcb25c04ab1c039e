import type * as vscode from 'vscode';

/** Identifies a state of a document: a change of its language does not change its version. */
type State = Pick<vscode.TextDocument, 'version' | 'languageId'>;

export const stateOf = ({ version, languageId }: State): string => `${version} ${languageId}`;

/** Reads something of a document once for each version of its text, and again when its language changes. */
export function cachePerVersion<Document extends State, T>(
  read: (document: Document) => T,
): (document: Document) => T {
  const known = new WeakMap<Document, { readonly state: string; readonly value: T }>();
  return (document) => {
    const state = stateOf(document);
    const last = known.get(document);
    if (last?.state === state) return last.value;
    const value = read(document);
    known.set(document, { state, value });
    return value;
  };
}
