import * as vscode from 'vscode';

export function registerCodeHover(_enabled: () => boolean): vscode.Disposable {
  return vscode.Disposable.from();
}
