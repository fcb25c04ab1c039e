import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import { HumanError } from '../../core/humanError';
import type { HttpClient } from '../../core/smile/http';
import {
  checkPublicAddress,
  isInspector,
  reachText,
  testPublicAddress,
} from '../../core/webhooks/publicAddress';
import { Disposable } from '../disposable';
import type { Log } from '../log';
import * as notify from '../notify';
import { pickOne, promptText, type Choice } from '../quickInput';
import type { ReceiverControl } from './receiverControl';

/** Programs that make a port of this machine public, with the command for one. */
const TUNNELS: readonly { readonly program: string; readonly command: (port: number) => string }[] =
  [
    {
      program: 'cloudflared',
      command: (port) => `cloudflared tunnel --url http://127.0.0.1:${port}`,
    },
    { program: 'ngrok', command: (port) => `ngrok http ${port}` },
  ];

/** Milliseconds. A tunnel that was just started takes a moment. */
const TEST_TIMEOUT = 20_000;
const CLOCK_CHECK = 15_000;
/** A clock that jumps by more was asleep, or was set. */
const JUMP = 60_000;

type Way = Choice & { readonly run: () => Promise<void> | void };

/** How the receiver is reached from outside. Only what the user does here, or in VS Code's own views, makes it public. */
export class PublicAddresses extends Disposable {
  constructor(
    private readonly control: ReceiverControl,
    private readonly http: HttpClient,
    private readonly isInstalled: (program: string) => boolean,
    private readonly log: Pick<Log, 'error'>,
    private readonly clock: Clock,
  ) {
    super();
    const ended = new AbortController();
    this.register(
      {
        dispose: () => {
          ended.abort();
        },
      },
      control.onDidResume(() => {
        this.testQuietly();
      }),
    );
    void this.followClock(ended.signal);
  }

  /** Lets the user choose a way. */
  async offer(): Promise<void> {
    const { port } = await this.control.start();
    const way = await pickOne<Way>(this.ways(port), {
      title: vscode.l10n.t('Make Webhook Receiver Reachable'),
      placeHolder: vscode.l10n.t('Select how Smile ID reaches port {0} of this machine', port),
    });
    await way?.run();
  }

  private ways(port: number): readonly Way[] {
    const enter: Way = {
      icon: 'globe',
      label: vscode.l10n.t('Enter a Public Address…'),
      description: vscode.l10n.t('of a tunnel that runs already'),
      run: () => this.enter(),
    };
    const { publicAddress } = this.control;
    const test: Way[] = publicAddress
      ? [
          {
            icon: 'beaker',
            label: vscode.l10n.t('Test the Public Address'),
            description: new URL(publicAddress.url).host,
            run: () => this.test(),
          },
        ]
      : [];
    const remove: Way[] = publicAddress
      ? [
          {
            icon: 'close',
            label: vscode.l10n.t('Stop Using the Public Address'),
            description: vscode.l10n.t('only this machine can send then'),
            run: () => {
              this.control.forgetPublicAddress();
            },
          },
        ]
      : [];
    const isRemote = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
    const ports: Way = isRemote
      ? {
          icon: 'radio-tower',
          label: vscode.l10n.t('Forward the Port with VS Code'),
          description: vscode.l10n.t('make it public in the Ports view'),
          run: () => this.forward(port),
        }
      : {
          icon: 'radio-tower',
          label: vscode.l10n.t('Open the Ports View'),
          description: vscode.l10n.t('forward port {0} there, and make it public', port),
          run: async () => {
            await this.openPorts();
            await this.enter();
          },
        };
    const tunnels = TUNNELS.filter(({ program }) => this.isInstalled(program)).map(
      ({ program, command }): Way => ({
        icon: 'terminal',
        label: vscode.l10n.t('Open a Terminal with {0}', program),
        description: command(port),
        run: async () => {
          const terminal = vscode.window.createTerminal({ name: program });
          terminal.show();
          terminal.sendText(command(port), false); // Enter is for the user: it makes the port public
          await this.enter();
        },
      }),
    );
    return [...test, ports, ...tunnels, enter, ...remove];
  }

  private async openPorts(): Promise<void> {
    await vscode.commands.executeCommand('~remote.forwardedPorts.focus');
  }

  /** In a remote window, VS Code itself has an address for each port. */
  private async forward(port: number): Promise<void> {
    const local = vscode.Uri.parse(`http://127.0.0.1:${port}`);
    const external = await vscode.env.asExternalUri(local);
    await this.openPorts();
    const checked = checkPublicAddress(external.toString(true));
    if (checked.ok) await this.use(checked.value);
    else await this.enter(); // VS Code forwards to the user's own machine only
  }

  private async enter(): Promise<void> {
    const text = await promptText(
      { title: vscode.l10n.t('Public Address of the Webhook Receiver'), step: 1, totalSteps: 1 },
      {
        prompt: vscode.l10n.t('The address that the tunnel shows. It is tested at once.'),
        placeholder: 'https://abc.example.com',
        check: (entered) => {
          const checked = checkPublicAddress(entered);
          return checked.ok ? null : checked.reason;
        },
      },
    );
    const checked = typeof text === 'string' ? checkPublicAddress(text) : null;
    if (checked?.ok === true) await this.use(checked.value);
  }

  private async use(origin: URL): Promise<void> {
    if (isInspector(origin)) {
      const use = vscode.l10n.t('Use It');
      const warning = vscode.l10n.t(
        'Others may see what is sent to {0}. Time and signature of a webhook can sign requests in your name while they are fresh.',
        origin.host,
      );
      if ((await notify.warn(warning, use)) !== use) return;
    }
    this.control.usePublicAddress(origin);
    await this.test();
  }

  /** Requests the public address, and says where it leads. */
  async test(): Promise<void> {
    const found = await notify.progress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Testing the public address'),
      },
      () => this.find(),
    );
    if (!found) throw new HumanError(vscode.l10n.t('The receiver has no public address to test.'));
    const { url, reach } = found;
    const text = `${new URL(url).host}: ${reachText(reach)}`;
    const works = reach === 'reached' || reach === 'http only';
    const copy = vscode.l10n.t('Copy Address');
    const again = vscode.l10n.t('Test Again');
    const choice = await (works ? notify.info(text, copy) : notify.warn(text, again));
    if (choice === copy) await vscode.env.clipboard.writeText(url);
    else if (choice === again) await this.test();
  }

  private async find() {
    const { receiver, publicAddress } = this.control;
    if (!receiver || !publicAddress) return null;
    const { path, reply } = receiver.newSelfTest();
    const { url } = publicAddress;
    const signal = AbortSignal.timeout(TEST_TIMEOUT);
    const reach = await testPublicAddress(this.http, new URL(path, url), reply, signal);
    this.control.tested(url, reach);
    return { url, reach };
  }

  /** By wall time alone: whether other clocks stand still while the machine sleeps differs between systems. */
  private async followClock(signal: AbortSignal): Promise<void> {
    for (;;) {
      const before = this.clock.now().getTime();
      await this.clock.sleep(CLOCK_CHECK, signal);
      if (signal.aborted) return;
      const passed = this.clock.now().getTime() - before;
      if (Math.abs(passed - CLOCK_CHECK) > JUMP) this.testQuietly();
    }
  }

  /** After the machine slept, or the receiver was off: a tunnel may look alive, and nothing arrives. */
  private testQuietly(): void {
    if (!this.control.publicAddress) return;
    this.find()
      .then((found) => {
        if (!found || found.reach === 'reached') return;
        void notify.warn(`${new URL(found.url).host}: ${reachText(found.reach)}`);
      })
      .catch((error: unknown) => {
        this.log.error(error);
      });
  }
}
