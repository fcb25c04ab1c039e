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
import { LocalEndpoint, type ProbesEndpoints } from './localEndpoint';
import { PublicAddresses } from './publicAddresses';
import { ReceiverCommands } from './receiverCommands';
import type { ReceiverControl } from './receiverControl';
import { ReceiverTask } from './receiverTask';
import { SendTestWebhook, type SendDeps } from './sendTestWebhook';
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
  private readonly test: SendTestWebhook;
  private readonly deliveryCommands: DeliveryCommands;

  constructor(private readonly deps: WebhooksDeps) {
    super();
    const { profiles, recent, panels, documents, log, scenarios, webhooksOfScenarios } = deps;
    const { deliveries, control } = deps;
    this.view = this.register(
      new WebhooksView(new WebhooksTree(deliveries), deliveries, control, log),
    );
    this.addresses = this.register(
      new PublicAddresses(control, deps.http, deps.isInstalled, log, systemClock),
    );
    this.tasks = this.register(new ReceiverTask(control, log));
    const endpoint = new LocalEndpoint(deps.memory);
    const keys = async () => (await profiles.withKeys()).map(({ apiKey }) => apiKey);
    const sender = deps.sender(endpoint.confirmed, keys);
    const attempts = new Attempts();
    const forwarding = this.register(new Forwarding(sender, attempts, systemClock));
    this.test = new SendTestWebhook({
      ...{ profiles, recent, deliveries, scenarios, webhooksOfScenarios, endpoint, sender },
      ...{ attempts, documents, shownJob: () => panels.shownJob },
    });
    this.deliveryCommands = this.register(
      new DeliveryCommands({
        ...{ deliveries, panels, endpoint, probe: sender, forwarding, documents, log },
        ...{ test: this.test, signatures: deps.signatures },
        selection: () => this.view.selection,
      }),
    );
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
    const { control, deliveries } = deps;
    new ReceiverCommands(control, deliveries, addresses).addCommands(commands);
    this.deliveryCommands.addCommands(commands);
    commands.add('smile.sendTestWebhook', this.test.send);
    new SimulateJob(deps).addCommands(commands);
  }

  /** Ends the receiver, and forgets what came. */
  async clear(): Promise<void> {
    await this.deps.control.forget();
    this.deps.deliveries.clear();
  }
}
