import * as vscode from 'vscode';
import { inert, shownText } from '../core/harmlessText';

/*
 * The one way to show quick picks and input boxes; the linter forbids others. VS Code makes icons of `$(name)` in
 * lists, and links that run any command in prompts and in validation messages.
 */

/** The user went one step back. */
export const BACK = Symbol('back');
export type Input<T> = T | typeof BACK | undefined;

export interface Step {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** One step alone needs no count. */
function showStep(input: vscode.QuickInput, { step, totalSteps }: Step): void {
  if (totalSteps > 1) Object.assign(input, { step, totalSteps });
}

/** Something to choose. Its texts may contain anything, so its icon is a field of its own. */
export interface Choice extends vscode.QuickPickItem {
  /** The name of a codicon, shown before the label. */
  readonly icon?: string;
}

/** Only this file has this symbol, so every item in a list went through `shownItems`. */
const shown = Symbol('shown');
type Shown<T> = T & { readonly [shown]: true };

export function shownItems<T extends Choice>(items: readonly T[]): Shown<T>[] {
  return items.map((item) => {
    const { icon, label, description, detail } = item;
    const text = lineOf(label);
    return {
      ...item,
      label: icon === undefined ? text : `$(${icon}) ${text}`,
      ...(description === undefined ? {} : { description: lineOf(description) }),
      ...(detail === undefined ? {} : { detail: lineOf(detail) }),
      [shown]: true as const,
    };
  });
}

const lineOf = (text: string): string => inert(shownText(text));

/** A list whose items change while it is open. */
export function createPick<T extends Choice>(title: string): vscode.QuickPick<Shown<T>> {
  const pick = vscode.window.createQuickPick<Shown<T>>();
  pick.title = inert(title);
  return pick;
}

/** Undefined if the user left. */
export async function pickOne<T extends Choice>(
  items: readonly T[],
  { title, ...options }: vscode.QuickPickOptions & { readonly title: string },
): Promise<T | undefined> {
  const offered = shownItems(items);
  const chosen = await vscode.window.showQuickPick(offered, { ...options, title: inert(title) });
  return chosen && items[offered.indexOf(chosen)];
}

/** One prompt of several. */
export interface Prompt {
  /** Whether it is shown at all, given the input so far. */
  readonly when?: () => boolean;
  readonly show: (step: Pick<Step, 'step' | 'totalSteps'>) => Promise<Input<unknown>>;
}

/** Shows prompts in order, with a way back. False if the user left. */
export async function runSteps(prompts: readonly Prompt[]): Promise<boolean> {
  for (let step = 1; ;) {
    const shown = prompts.filter(({ when }) => when?.() ?? true);
    const prompt = shown[step - 1];
    if (!prompt) return true;
    const input = await prompt.show({ step, totalSteps: shown.length });
    if (input === undefined) return false;
    step = input === BACK ? Math.max(1, step - 1) : step + 1;
  }
}

export interface TextField {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly check: (text: string) => string | null;
  /** Whether it is checked at each key, too: where the beginning of a valid text is valid. */
  readonly whileTyping?: boolean;
}

/** Prompts for a line of text, which is accepted only if `check` reports no problem. */
export async function promptText(step: Step, options: TextField): Promise<Input<string>> {
  const input = vscode.window.createInputBox();
  input.title = inert(step.title);
  showStep(input, step);
  input.prompt = inert(options.prompt);
  input.placeholder = inert(options.placeholder ?? '');
  input.value = options.value ?? '';
  input.password = options.password ?? false;
  input.ignoreFocusOut = true;
  if (step.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return await new Promise<Input<string>>((resolve) => {
    input.onDidChangeValue((value) => {
      const isChecked = options.whileTyping === true && value !== '';
      input.validationMessage = inert((isChecked ? options.check(value) : null) ?? '');
    });
    input.onDidAccept(() => {
      const problem = options.check(input.value);
      if (problem === null) resolve(input.value);
      else input.validationMessage = inert(problem);
    });
    input.onDidTriggerButton(() => {
      resolve(BACK);
    });
    input.onDidHide(() => {
      resolve(undefined);
    });
    input.show();
  }).finally(() => {
    input.dispose();
  });
}

/** Prompts for one of several things, which may still be loading. */
export async function promptChoice<T extends Choice>(
  step: Step,
  placeholder: string,
  items: readonly T[] | Promise<readonly T[]>,
  active?: T,
): Promise<Input<T>> {
  const pick = createPick<T>(step.title);
  showStep(pick, step);
  pick.placeholder = inert(placeholder);
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  if (step.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  let offered: readonly T[] = [];
  const offer = (found: readonly T[]): void => {
    offered = found;
    pick.busy = false;
    pick.items = shownItems(found);
    const current = pick.items[active ? found.indexOf(active) : -1];
    if (current) pick.activeItems = [current];
  };
  return await new Promise<Input<T>>((resolve, reject) => {
    if (items instanceof Promise) {
      pick.busy = true;
      items.then(offer, reject);
    } else offer(items);
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) resolve(offered[pick.items.indexOf(chosen)]);
    });
    pick.onDidTriggerButton(() => {
      resolve(BACK);
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
    pick.show();
  }).finally(() => {
    pick.dispose();
  });
}
