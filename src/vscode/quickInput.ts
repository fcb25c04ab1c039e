import * as vscode from 'vscode';

/** The person went one step back. */
export const BACK = Symbol('back');
export type Answer<T> = T | typeof BACK | undefined;

export interface Step {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** One question of several. */
export interface Question {
  /** Whether it is asked at all, given the answers so far. */
  readonly when?: () => boolean;
  readonly ask: (step: Pick<Step, 'step' | 'totalSteps'>) => Promise<Answer<unknown>>;
}

/** Asks questions in order, with a way back. False where the person left. */
export async function runSteps(questions: readonly Question[]): Promise<boolean> {
  for (let step = 1; ;) {
    const asked = questions.filter(({ when }) => when?.() ?? true);
    const question = asked[step - 1];
    if (!question) return true;
    const answer = await question.ask({ step, totalSteps: asked.length });
    if (answer === undefined) return false;
    step = answer === BACK ? Math.max(1, step - 1) : step + 1;
  }
}

export interface TextField {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly password?: boolean;
  readonly check: (text: string) => string | null;
}

/** Asks for a line of text; `check` says what is wrong with it, and nothing wrong can be accepted. */
export async function askText(step: Step, options: TextField): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, step);
  input.prompt = options.prompt;
  input.placeholder = options.placeholder ?? '';
  input.value = options.value ?? '';
  input.password = options.password ?? false;
  input.ignoreFocusOut = true;
  if (step.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return await new Promise<Answer<string>>((resolve) => {
    input.onDidChangeValue(() => {
      input.validationMessage = '';
    });
    input.onDidAccept(() => {
      const problem = options.check(input.value);
      if (problem === null) resolve(input.value);
      else input.validationMessage = problem;
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

/** Asks for one of several things, which may still be looked for. */
export async function askChoice<T extends vscode.QuickPickItem>(
  step: Step,
  placeholder: string,
  items: readonly T[] | Promise<readonly T[]>,
  active?: T,
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  Object.assign(pick, step);
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  if (step.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  const offer = (found: readonly T[]): void => {
    pick.busy = false;
    pick.items = found;
    if (active) pick.activeItems = [active];
  };
  return await new Promise<Answer<T>>((resolve, reject) => {
    if (items instanceof Promise) {
      pick.busy = true;
      items.then(offer, reject);
    } else offer(items);
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) resolve(chosen);
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
