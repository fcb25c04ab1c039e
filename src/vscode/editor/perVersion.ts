import type * as vscode from 'vscode';

/** Reads something of a document once for each version of its text. */
export function perVersion<T>(
  read: (document: vscode.TextDocument) => T,
): (document: vscode.TextDocument) => T {
  const known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly value: T }>();
  return (document) => {
    const { version } = document;
    const last = known.get(document);
    if (last?.version === version) return last.value;
    const value = read(document);
    known.set(document, { version, value });
    return value;
  };
}
