import * as vscode from 'vscode';
import { systemClock } from '../../core/clock';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import type { ResponseSummary } from '../../core/report/responseSummary';
import type { HttpClient } from '../../core/smile/http';
import { Attempts } from '../../core/webhooks/attempts';
import type { Deliveries } from '../../core/webhooks/deliveries';
import { summaryOfDelivery } from '../../core/webhooks/delivery';
import { Forwarding, type WebhookSender } from '../../core/webhooks/forwarding';
import type { Commands } from '../commands';
import type { Profiles } from '../credentials/profiles';
import { Disposable } from '../disposable';
import type { JobDocuments } from '../jobPanel/jobDocuments';
import type { JobPanels } from '../jobPanel/jobPanels';
import type { Log } from '../log';
import type { OfferedJob, RunningSimulator } from '../simulator/simulatorCommands';
import type { CheckSignature } from './checkSignature';
import { DeliveryCommands } from './deliveryCommands';
import { DeliveryDocuments } from './deliveryDocuments';
import { ForwardDeliveries } from './forwardDeliveries';
import { LocalEndpoint, type ProbesEndpoints } from './localEndpoint';
import { PublicAddresses } from './publicAddresses';
import { ReceiverCommands } from './receiverCommands';
import type { ReceiverControl } from './receiverControl';
import { ReceiverTask } from './receiverTask';
import { REPORTS, SendTestWebhook, type SendDeps } from './sendTestWebhook';
import { SimulateJob } from './simulateJob';
import { WebhooksTree } from './webhooksTree';
import { WebhooksView } from './webhooksView';

export interface WebhooksDeps {
  readonly profiles: Profiles;
  readonly recent: RecentJobs;
  readonly panels: JobPanels;
  readonly documents: JobDocuments;
  readonly http: HttpClient;
  readonly deliveries: Deliveries;
  readonly control: ReceiverControl;
  readonly memory: vscode.Memento;
  /** @param confirmed private addresses that the user confirmed */
  readonly sender: (
    confirmed: ReadonlySet<string>,
    keys: () => Promise<readonly string[]>,
  ) => WebhookSender & ProbesEndpoints;
  readonly isInstalled: (program: string) => boolean;
  readonly scenarios: () => readonly OfferedJob[];
  readonly webhooksOfScenarios: SendDeps['webhooksOfScenarios'];
  readonly simulator: () => Promise<RunningSimulator | null>;
  readonly signatures: Pick<CheckSignature, 'checkDelivery'>;
  readonly log: Log;
}

/** Webhooks: receiving, showing, passing on and sending them. */
export class Webhooks extends Disposable {
  readonly view: WebhooksView;
  readonly tasks: ReceiverTask;
  private readonly received = this.register(new vscode.EventEmitter<ResponseSummary>());
  /** What each delivery says, for other extensions. */
  readonly onDidReceive = this.received.event;
  private readonly addresses: PublicAddresses;
  private readonly endpoint: LocalEndpoint;
  private readonly attempts: Attempts;
  private readonly forwarding: Forwarding;
  private readonly forward: ForwardDeliveries;
  private readonly test: SendTestWebhook;
  private readonly deliveryCommands: DeliveryCommands;

  constructor(private readonly deps: WebhooksDeps) {
    super();
    const { profiles, recent, panels, documents, log, scenarios, webhooksOfScenarios } = deps;
    const { deliveries, control } = deps;
    this.addresses = this.register(
      new PublicAddresses(control, deps.http, deps.isInstalled, log, systemClock),
    );
    this.tasks = this.register(new ReceiverTask(control, log));
    this.endpoint = new LocalEndpoint(deps.memory);
    const keys = async () => (await profiles.withKeys()).map(({ apiKey }) => apiKey);
    const sender = deps.sender(this.endpoint.confirmed, keys);
    this.attempts = new Attempts(log);
    const { attempts, endpoint } = this;
    const forwarding = this.register(new Forwarding(sender, attempts, systemClock));
    this.forwarding = forwarding;
    this.forward = this.register(
      new ForwardDeliveries({ deliveries, control, endpoint, probe: sender, forwarding, log }),
    );
    const tree = new WebhooksTree(deliveries, attempts);
    this.view = this.register(new WebhooksView(tree, deliveries, control, this.forward, log));
    this.test = new SendTestWebhook({
      ...{ profiles, recent, deliveries, scenarios, webhooksOfScenarios, endpoint, sender },
      ...{ attempts, documents, shownJob: () => panels.shownJob },
    });
    this.deliveryCommands = new DeliveryCommands({
      ...{ deliveries, panels, endpoint, probe: sender, forwarding, documents },
      ...{ test: this.test, signatures: deps.signatures },
      texts: this.register(new DeliveryDocuments(deliveries, documents)),
      selection: () => this.view.selection,
    });
    this.register(
      profiles.onDidChange(() => {
        deliveries.keysChanged();
      }),
      deliveries.onDidReceive((delivery) => {
        this.received.fire(summaryOfDelivery(delivery));
      }),
    );
  }

  addCommands(commands: Commands): void {
    const { addresses, deps } = this;
    const { control } = deps;
    new ReceiverCommands(control, addresses, this.forward).addCommands(commands);
    commands.add('smile.clearDeliveries', () => {
      this.forget();
    });
    this.forward.addCommands(commands);
    this.deliveryCommands.addCommands(commands);
    commands.add('smile.sendTestWebhook', this.test.send);
    new SimulateJob(deps).addCommands(commands);
  }

  /** Ends the receiver, and forgets what came. */
  async clear(): Promise<void> {
    await this.deps.control.forget();
    await this.forward.stop();
    this.forwarding.stop(); // what the endpoint still responds is not kept
    this.endpoint.forget();
    this.forget();
  }

  private forget(): void {
    this.deps.deliveries.clear();
    this.attempts.clear();
    this.deps.documents.drop(REPORTS);
  }
}
