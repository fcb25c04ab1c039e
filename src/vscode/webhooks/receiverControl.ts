import * as vscode from 'vscode';
import { systemClock } from '../../core/clock';
import { HumanError } from '../../core/humanError';
import { line } from '../../core/logger';
import type { RecordStore } from '../../core/recordStore';
import type { Deliveries } from '../../core/webhooks/deliveries';
import type { ReceiverBehavior } from '../../core/webhooks/receiverBehavior';
import type { Reach, ReceiverPast, ReceiverRun } from '../../core/webhooks/missingDelivery';
import type {
  ReceiverOptions,
  StartedReceiver,
  WebhookReceiver,
} from '../../core/webhooks/webhookReceiver';
import type { StoredReceiver } from '../storage/stores';
import { Disposable } from '../disposable';
import type { Log } from '../log';

/** What the receiver of a window needs from the rest. */
export interface ReceiverDeps {
  readonly start: (options: ReceiverOptions) => Promise<StartedReceiver>;
  readonly deliveries: Deliveries;
  /** The port of the settings; 0 takes any free one. */
  readonly port: () => number;
  /** Receivers of all windows, for the other windows. */
  readonly stored: RecordStore<StoredReceiver>;
  readonly isProcessRunning: (pid: number) => boolean;
  readonly log: Log;
}

/** An address at which a receiver can be reached from outside. */
export interface PublicAddress {
  /** With the secret path. */
  readonly url: string;
  readonly reach: Reach;
}

/** The webhook receiver of this window: at most one runs. It ends with the window. */
export class ReceiverControl extends Disposable {
  private readonly changed = this.register(new vscode.EventEmitter<void>());
  /** Fires when it starts or stops, here or in another window, or when its public address or its response changed. */
  readonly onDidChange = this.changed.event;
  private readonly resumed = this.register(new vscode.EventEmitter<void>());
  /** Fires when it starts again with the public address that it had. */
  readonly onDidResume = this.resumed.event;
  private running: WebhookReceiver | null = null;
  /** Kept with the public address, so that one that was given to Smile ID stays valid in this window. */
  private path: string | undefined;
  private lastPort = 0;
  /** Starting and stopping, one after the other: otherwise a late end would remove the record of what started since. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly runs: ReceiverRun[] = [];
  private readonly publicHosts = new Set<string>();
  private current: PublicAddress | null = null;

  constructor(private readonly deps: ReceiverDeps) {
    super();
    this.register(
      deps.stored.onDidChange(() => {
        this.changed.fire();
      }),
    );
  }

  /** VS Code waits for it when the window closes. */
  override async dispose(): Promise<void> {
    super.dispose();
    await this.stop();
  }

  get receiver(): WebhookReceiver | null {
    return this.running;
  }

  /** The address that the user created or entered last. */
  get publicAddress(): PublicAddress | null {
    return this.running && this.current;
  }

  /** What Smile ID has to be told: the public address, else the one of this machine; null if it does not run. */
  get url(): string | null {
    return this.publicAddress?.url ?? this.running?.url ?? null;
  }

  get past(): ReceiverPast {
    return { runs: this.runs, reach: this.current?.reach ?? 'this machine only' };
  }

  /** Starts it, unless it runs. @throws HumanError if the port cannot be used */
  start(): Promise<WebhookReceiver> {
    return this.inTurn(async () => this.running ?? (await this.startOnce()));
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.stopOnce());
  }

  /** Stops it, and forgets its addresses: those that were given to anybody lead nowhere from now on. */
  forget(): Promise<void> {
    return this.inTurn(async () => {
      await this.stopOnce();
      this.path = undefined;
      this.lastPort = 0;
      this.forgetPublicAddress();
      this.runs.length = 0;
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined); // who called it knows of the failure
    return done;
  }

  /** Requests that name its host are refused from now on. */
  forgetPublicAddress(): void {
    this.current = null;
    this.publicHosts.clear();
    this.changed.fire();
  }

  /** The public address that the user created or entered; requests with its host are accepted from now on. */
  usePublicAddress(origin: URL): string {
    const { running } = this;
    if (!running) throw new HumanError(vscode.l10n.t('The webhook receiver is not running.'));
    this.publicHosts.add(origin.host);
    const url = new URL(running.path, origin).href;
    this.current = { url, reach: 'not tested' };
    this.changed.fire();
    return url;
  }

  respondWith(receiver: WebhookReceiver, behavior: ReceiverBehavior): void {
    receiver.behavior = behavior;
    this.changed.fire();
  }

  /** What a test of the public address found. */
  tested(url: string, reach: Reach): void {
    if (this.current?.url !== url) return; // another one was entered meanwhile
    this.current = { url, reach };
    this.changed.fire();
  }

  /** The ports on which receivers of other windows run. */
  async portsOfOthers(): Promise<readonly number[]> {
    const { stored, isProcessRunning } = this.deps;
    const ports: number[] = [];
    for (const [key, { pid, port }] of await stored.list()) {
      if (pid === process.pid) continue;
      if (isProcessRunning(pid)) ports.push(port);
      // its window crashed, and another process may get its ID; the disk may refuse
      else await stored.remove(key).catch(() => undefined);
    }
    return ports;
  }

  private async startOnce(): Promise<WebhookReceiver> {
    const { log } = this.deps;
    const port = this.deps.port();
    // a tunnel that was created for the last port leads there
    const again = port === 0 && this.lastPort !== 0 ? await this.startAt(this.lastPort) : null;
    const started = again?.kind === 'running' ? again : await this.startAt(port);
    if (started.kind !== 'running') throw new HumanError(await this.whyNotStarted(started, port));
    const { receiver } = started;
    if (receiver.port !== this.lastPort) this.forgetPublicAddress();
    else if (this.current) this.current = { ...this.current, reach: 'not tested' };
    this.running = receiver;
    this.path = receiver.path;
    this.lastPort = receiver.port;
    this.runs.push({ from: Date.now(), to: null });
    try {
      await this.deps.stored.write(String(process.pid), { pid: process.pid, port: receiver.port });
    } catch (error) {
      log.warn(line`Other windows cannot see the webhook receiver: ${error}`);
    }
    await this.announce();
    if (this.current) this.resumed.fire();
    return receiver;
  }

  private async stopOnce(): Promise<void> {
    const { running } = this;
    if (!running) return;
    this.running = null;
    this.endRun();
    await running.stop();
    await this.removeRecord();
    await this.announce();
  }

  private startAt(port: number): Promise<StartedReceiver> {
    const { start, deliveries, log } = this.deps;
    return start({
      ...{ port, deliveries, publicHosts: this.publicHosts, clock: systemClock, logger: log },
      ...(this.path !== undefined && { path: this.path }),
    });
  }

  private async whyNotStarted(
    started: Exclude<StartedReceiver, { kind: 'running' }>,
    port: number,
  ): Promise<string> {
    switch (started.kind) {
      case 'port taken':
        return (await this.portsOfOthers()).includes(port)
          ? vscode.l10n.t(
              'The webhook receiver runs in another window, on port {0}. Stop it there, or set smile.webhooks.port to 0 to use any free port.',
              port,
            )
          : vscode.l10n.t(
              'Another program uses port {0}. Set smile.webhooks.port to another port, or to 0 to use any free port.',
              port,
            );
      case 'port not allowed':
        return vscode.l10n.t(
          'The system does not allow the use of port {0}. Set smile.webhooks.port to a port above 1023.',
          port,
        );
      case 'failed':
        return vscode.l10n.t(
          'The webhook receiver could not be started ({0}).',
          started.code ?? vscode.l10n.t('no reason given'),
        );
    }
  }

  private endRun(): void {
    const last = this.runs.pop();
    if (last) this.runs.push({ ...last, to: Date.now() });
  }

  private async removeRecord(): Promise<void> {
    try {
      await this.deps.stored.remove(String(process.pid));
    } catch (error) {
      this.deps.log.warn(line`The record of the webhook receiver stays: ${error}`);
    }
  }

  private async announce(): Promise<void> {
    await vscode.commands.executeCommand(
      'setContext',
      'smile.receivingWebhooks',
      this.running !== null,
    );
    this.changed.fire();
  }
}
