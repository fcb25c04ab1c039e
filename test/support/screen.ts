import * as vscode from 'vscode';

/** One text that the extension put on the screen. */
export interface ScreenText {
  /** What VS Code makes of such texts: links and icons, icons, or nothing. */
  readonly makes: 'links and icons' | 'icons' | 'nothing';
  readonly text: string;
}

/** What a user does with a list or an input box: the text to enter, an item to take, or nothing, which leaves. */
export interface Hands {
  readonly pick?: (items: readonly vscode.QuickPickItem[]) => vscode.QuickPickItem | undefined;
  readonly type?: (prompt: string, value: string) => string | undefined;
  readonly press?: (
    message: string,
    buttons: readonly string[],
  ) => string | undefined | Promise<string | undefined>;
}

/**
 * Replaces the parts of VS Code that show texts and wait for a user, and keeps every text. Suite and
 * extension share one `vscode`, since the suite is below the extension's folder.
 */
export function recordScreen(hands: Hands = {}): {
  readonly texts: readonly ScreenText[];
  stop(): void;
} {
  const texts: ScreenText[] = [];
  const keep = (makes: ScreenText['makes'], ...shown: readonly (string | undefined)[]): void => {
    for (const text of shown) if (text !== undefined && text !== '') texts.push({ makes, text });
  };
  const keepItems = (items: readonly vscode.QuickPickItem[]): void => {
    for (const item of items) {
      // The icon before a label is our own, and said beside it.
      const own = 'icon' in item && typeof item.icon === 'string' ? `$(${item.icon}) ` : '';
      const label = item.label.startsWith(own) ? item.label.slice(own.length) : item.label;
      keep('icons', label, item.description, item.detail);
    }
  };
  const message = (text: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    keep('links and icons', text);
    const buttons = rest.filter((item) => typeof item === 'string');
    for (const item of rest) {
      if (typeof item === 'object' && item !== null && 'detail' in item) {
        keep('links and icons', String(item.detail));
      }
    }
    return Promise.resolve(hands.press?.(text, buttons));
  };
  const { withProgress } = vscode.window;
  const fakes = {
    showInformationMessage: message,
    showWarningMessage: message,
    showErrorMessage: message,
    setStatusBarMessage: (text: string) => {
      keep('icons', text);
      return new vscode.Disposable(() => undefined);
    },
    withProgress: (options: vscode.ProgressOptions, task: Parameters<typeof withProgress>[1]) => {
      keep('links and icons', options.title);
      return withProgress(options, task);
    },
    showQuickPick: (
      items: readonly vscode.QuickPickItem[],
      { title, placeHolder }: vscode.QuickPickOptions,
    ) => {
      keep('icons', title, placeHolder);
      keepItems(items);
      return Promise.resolve(hands.pick?.(items));
    },
    createQuickPick: () => new FakePick(keep, keepItems, hands),
    createInputBox: () => new FakeInput(keep, hands),
  };
  const before = Object.fromEntries(
    Object.entries(vscode.window).filter(([name]) => name in fakes),
  );
  Object.assign(vscode.window, fakes);
  return {
    texts,
    stop() {
      Object.assign(vscode.window, before);
    },
  };
}

type Keep = (makes: ScreenText['makes'], ...texts: readonly (string | undefined)[]) => void;

/** What lists and input boxes have in common. */
class FakeQuickInput {
  title = '';
  placeholder = '';
  value = '';
  protected readonly accepted = new vscode.EventEmitter<void>();
  protected readonly hidden = new vscode.EventEmitter<void>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidChangeValue = new vscode.EventEmitter<string>().event;
  readonly onDidTriggerButton = new vscode.EventEmitter<vscode.QuickInputButton>().event;

  dispose(): void {
    this.accepted.dispose();
    this.hidden.dispose();
  }
}

class FakePick extends FakeQuickInput {
  items: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  readonly onDidChangeActive = new vscode.EventEmitter<readonly vscode.QuickPickItem[]>().event;

  constructor(
    private readonly keep: Keep,
    private readonly keepItems: (items: readonly vscode.QuickPickItem[]) => void,
    private readonly hands: Hands,
  ) {
    super();
  }

  show(): void {
    this.keep('icons', this.title, this.placeholder);
    this.keepItems(this.items);
    const item = this.hands.pick?.(this.items);
    if (!item) {
      this.hidden.fire();
      return;
    }
    this.selectedItems = [item];
    this.accepted.fire();
  }
}

class FakeInput extends FakeQuickInput {
  prompt = '';
  validationMessage = '';

  constructor(
    private readonly keep: Keep,
    private readonly hands: Hands,
  ) {
    super();
  }

  show(): void {
    this.keep('icons', this.title, this.placeholder);
    this.keep('links and icons', this.prompt);
    const text = this.hands.type?.(this.prompt, this.value);
    if (text !== undefined) {
      this.value = text;
      this.accepted.fire();
      this.keep('links and icons', this.validationMessage);
    }
    this.hidden.fire(); // a user who sees that something is wrong leaves
  }
}
