import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import { behaviorWords } from '../../core/webhooks/receiverWords';
import {
  ANSWER_200,
  isPossible,
  type ReceiverBehavior,
} from '../../core/webhooks/receiverBehavior';
import type { Commands } from '../commands';
import * as notify from '../notify';
import { pickOne, promptText, type Choice } from '../quickInput';
import type { ForwardDeliveries } from './forwardDeliveries';
import type { PublicAddresses } from './publicAddresses';
import type { ReceiverControl } from './receiverControl';

const StartArgument = z.object({ quiet: z.optional(z.boolean()) });

/** The commands that start, stop and set up the webhook receiver. */
export class ReceiverCommands {
  constructor(
    private readonly control: ReceiverControl,
    private readonly addresses: PublicAddresses,
    private readonly forward: ForwardDeliveries,
  ) {}

  addCommands(commands: Pick<Commands, 'add' | 'addForPrograms'>): void {
    commands.addForPrograms('smile.startWebhookReceiver', (argument) =>
      this.start(isQuiet(argument)),
    );
    // VS Code puts what it returns where `${command:smile.webhookAddress}` stands; a failure is shown, and ends the launch
    commands.add('smile.webhookAddress', async () => (await this.start(true)).url);
    commands.add('smile.stopWebhookReceiver', () => this.stop());
    commands.add('smile.copyWebhookAddress', () => this.copyAddress());
    commands.add('smile.makeReceiverReachable', () => this.addresses.offer());
    commands.add('smile.setWebhookResponse', () => this.setResponse());
  }

  /** @param quiet shows nothing: the caller has a next step */
  private async start(quiet: boolean): Promise<{ url: string }> {
    await this.control.start();
    const url = this.control.url ?? '';
    if (!quiet) {
      await vscode.commands.executeCommand('smile.webhooks.focus');
      void this.offer();
    }
    return { url };
  }

  private async offer(): Promise<void> {
    const { receiver, publicAddress } = this.control;
    if (!receiver) return;
    const copy = vscode.l10n.t('Copy Address');
    const reach = vscode.l10n.t('Make It Reachable…');
    const choice = await (publicAddress
      ? notify.info(
          vscode.l10n.t(
            'The webhook receiver runs on port {0} until the window closes, with the public address {1}.',
            receiver.port,
            new URL(publicAddress.url).host,
          ),
          copy,
        )
      : notify.info(
          vscode.l10n.t(
            'The webhook receiver runs on port {0} until the window closes. Only this machine can reach it.',
            receiver.port,
          ),
          copy,
          reach,
        ));
    if (choice === copy) await this.copyAddress();
    else if (choice === reach) await this.addresses.offer();
  }

  private async stop(): Promise<void> {
    if (this.control.receiver) {
      await this.control.stop();
      return;
    }
    const [port] = await this.control.portsOfOthers();
    void notify.info(
      port === undefined
        ? vscode.l10n.t('The webhook receiver is not running.')
        : vscode.l10n.t('The webhook receiver runs in another window. Stop it there.'),
    );
  }

  private async copyAddress(): Promise<void> {
    await this.control.start();
    await vscode.env.clipboard.writeText(this.control.url ?? '');
    notify.flash(vscode.l10n.t('Address copied. Who has it can send to this receiver.'));
  }

  /** What the receiver answers from now on, to see what the sender does then. */
  private async setResponse(): Promise<void> {
    const receiver = await this.control.start();
    const { behavior } = receiver;
    type Way = Choice & { readonly choose: () => Promise<ReceiverBehavior | undefined> };
    const same = (chosen: ReceiverBehavior) => () => Promise.resolve(chosen);
    const base = behavior.kind === 'endpoint' ? ANSWER_200 : behavior;
    const { delayMs } = base;
    const ways: readonly Way[] = [
      { label: vscode.l10n.t('HTTP 200 at Once'), choose: same(ANSWER_200) },
      {
        label: vscode.l10n.t('Another Status…'),
        choose: async () => {
          const status = await this.number(vscode.l10n.t('HTTP status, 200 to 599'), '500', (n) =>
            isPossible({ kind: 'answer', status: n, delayMs: 0 }),
          );
          return status === undefined ? undefined : { kind: 'answer', status, delayMs };
        },
      },
      {
        label: vscode.l10n.t('After a Delay…'),
        description: vscode.l10n.t('API v3 waits 35 s'),
        choose: async () => {
          const seconds = await this.number(vscode.l10n.t('Seconds, at most 600'), '40', (n) =>
            isPossible({ ...base, delayMs: n * 1000 }),
          );
          return seconds === undefined ? undefined : { ...base, delayMs: seconds * 1000 };
        },
      },
      {
        label: vscode.l10n.t('Close the Connection Without a Response'),
        choose: same({ kind: 'drop', delayMs }),
      },
      {
        label: vscode.l10n.t('What Your Endpoint Responds…'),
        description:
          this.forward.url?.host ?? vscode.l10n.t('webhooks with a valid signature are forwarded'),
        choose: () => this.forward.chooseEndpoint(),
      },
    ];
    const way = await pickOne(ways, {
      title: vscode.l10n.t('Response of the Webhook Receiver'),
      placeHolder: vscode.l10n.t('Now: {0}', behaviorWords(behavior)),
    });
    const chosen = await way?.choose();
    if (!chosen) return;
    this.control.respondWith(receiver, chosen);
    notify.flash(vscode.l10n.t('The webhook receiver responds: {0}', behaviorWords(chosen)));
  }

  private async number(
    prompt: string,
    placeholder: string,
    isAllowed: (value: number) => boolean,
  ): Promise<number | undefined> {
    const title = vscode.l10n.t('Response of the Webhook Receiver');
    const text = await promptText(
      { title, step: 1, totalSteps: 1 },
      {
        prompt,
        placeholder,
        check: (entered) =>
          /^\d{1,3}$/.test(entered.trim()) && isAllowed(Number(entered)) ? null : prompt,
      },
    );
    return typeof text === 'string' ? Number(text) : undefined;
  }
}

/** @throws HumanError if a program passes something else */
function isQuiet(argument: unknown): boolean {
  if (argument === undefined) return false;
  const { data } = StartArgument.safeParse(argument);
  if (!data) throw new HumanError('smile.startWebhookReceiver takes { quiet?: boolean }.');
  return data.quiet ?? false;
}
