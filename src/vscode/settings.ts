import * as vscode from 'vscode';

/** One setting of this extension: its current value, and word when it changes. */
export class Setting<T> implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<T>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;

  /** @param name below `smile.`; type and default stand in package.json */
  constructor(
    private readonly name: string,
    private readonly fallback: T,
  ) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`smile.${name}`)) this.changed.fire(this.value);
    });
  }

  get value(): T {
    const value = vscode.workspace.getConfiguration('smile').get<T>(this.name, this.fallback);
    return typeof value === typeof this.fallback ? value : this.fallback;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
