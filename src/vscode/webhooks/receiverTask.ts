import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import type { ReceiverControl } from './receiverControl';

/** The type of the task in package.json, and its name, which a launch configuration has as `preLaunchTask`. */
const TASK_TYPE = 'smile';
const TASK_NAME = 'webhook receiver';
const FULL_NAME = `${TASK_TYPE}: ${TASK_NAME}`;
const Definition = z.object({ type: z.literal(TASK_TYPE), task: z.literal(TASK_NAME) });

/**
 * The receiver as a background task, so that it starts before the app that is debugged and ends with it. The problem
 * matcher of package.json reads its first two lines, which therefore are the same in every language.
 */
export class ReceiverTask extends Disposable implements vscode.TaskProvider {
  /** IDs of the debug sessions that need the task. */
  private readonly sessions = new Set<string>();

  constructor(
    private readonly control: ReceiverControl,
    private readonly log: Pick<Log, 'error'>,
  ) {
    super();
    this.register(
      vscode.debug.onDidStartDebugSession(({ id, parentSession, configuration }) => {
        if (!parentSession && namesTask(configuration.preLaunchTask, this.running?.task)) {
          this.sessions.add(id);
        }
      }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => {
        if (this.sessions.delete(id) && this.sessions.size === 0) this.running?.terminate();
      }),
    );
  }

  provideTasks(): vscode.Task[] {
    return [this.taskOf({ type: TASK_TYPE, task: TASK_NAME })];
  }

  resolveTask({ definition }: vscode.Task): vscode.Task | undefined {
    return definition.task === TASK_NAME ? this.taskOf(definition) : undefined;
  }

  private get running(): vscode.TaskExecution | undefined {
    return vscode.tasks.taskExecutions.find(
      ({ task }) => task.definition.type === TASK_TYPE && task.definition.task === TASK_NAME,
    );
  }

  private taskOf(definition: vscode.TaskDefinition): vscode.Task {
    const task = new vscode.Task(
      definition,
      vscode.TaskScope.Workspace,
      TASK_NAME,
      TASK_TYPE,
      new vscode.CustomExecution(() =>
        Promise.resolve(new ReceiverTerminal(this.control, this.log)),
      ),
      '$smile-webhook-receiver',
    );
    task.isBackground = true;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent };
    task.detail = vscode.l10n.t('Receives webhooks of Smile ID on this machine');
    return task;
  }
}

/** A launch configuration names it by its full name, by the label that tasks.json gives it, or by its definition. */
function namesTask(name: unknown, task: vscode.Task | undefined): boolean {
  if (typeof name === 'string') return name === FULL_NAME || name === task?.name;
  return Definition.safeParse(name).success;
}

/** Runs the receiver as long as the task runs. One that ran before stays when the task ends. */
class ReceiverTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly ended = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.ended.event;
  private isOwner = false;
  private isClosed = false;
  private following: vscode.Disposable | null = null;
  /** The address that was written last. */
  private shown: string | null = null;

  constructor(
    private readonly control: ReceiverControl,
    private readonly log: Pick<Log, 'error'>,
  ) {}

  open(): void {
    void this.run();
  }

  close(): void {
    this.isClosed = true;
    this.following?.dispose();
    if (this.isOwner) void this.control.stop();
    this.isOwner = false;
    this.written.dispose();
    this.ended.dispose();
  }

  private async run(): Promise<void> {
    this.write('Starting the webhook receiver.');
    try {
      this.isOwner = this.control.receiver === null;
      const { port } = await this.control.start();
      if (this.isClosed) return;
      this.following = this.control.onDidChange(() => {
        if (this.control.receiver) this.writeAddress();
        else this.end(0);
      });
      this.write(`The webhook receiver runs on port ${port}.`);
      this.writeAddress();
    } catch (error) {
      if (!(error instanceof HumanError)) this.log.error(error);
      this.write(
        `The webhook receiver did not start. ${error instanceof HumanError ? error.message : ''}`,
      );
      this.end(1);
    }
  }

  /** For the app that is debugged: its path is a secret, so nothing else can know it. */
  private writeAddress(): void {
    const { url } = this.control;
    if (url === null || url === this.shown) return;
    this.shown = url;
    this.write(`Its address is ${url}`);
  }

  private write(text: string): void {
    this.written.fire(`${text}\r\n`);
  }

  private end(code: number): void {
    this.following?.dispose();
    this.ended.fire(code);
  }
}
