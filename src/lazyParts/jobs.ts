import * as vscode from 'vscode';
import { systemClock } from '../core/clock';
import { JobLookup } from '../core/jobs/jobLookup';
import { JobWatches } from '../core/jobs/jobWatches';
import { RecentJobs } from '../core/jobs/recentJobs';
import { translate } from '../core/l10n';
import { SmileClient } from '../core/smile/client';
import { SIMULATOR_PROFILE_ID } from '../core/smile/profile';
import { Deliveries, idsOfJob } from '../core/webhooks/deliveries';
import { NodeHttpClient } from '../node/http/httpClient';
import { RecordFiles } from '../node/recordFiles';
import { isInstalled, isProcessRunning } from '../node/programs';
import { StorageFolder } from '../node/storageFolder';
import { allScenarios } from '../node/simulator/allScenarios';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../node/simulator/scenarios';
import { Endpoint } from '../node/webhooks/endpoint';
import { startWebhookReceiver } from '../node/webhooks/receiver';
import type { SmileApi } from '../vscode/smileApi';
import { Commands } from '../vscode/commands';
import { ConfigValue } from '../vscode/configValue';
import { type FoundKey, ProfileCommands } from '../vscode/credentials/profileCommands';
import type { ProfileMemory } from '../vscode/credentials/profileMemory';
import { Profiles } from '../vscode/credentials/profiles';
import { Disposable } from '../vscode/disposable';
import { deleteAllData } from '../vscode/storage/deleteAllData';
import { isFetchPatched } from '../vscode/fetchSupport';
import { JobDocuments } from '../vscode/jobPanel/jobDocuments';
import { JobPanels } from '../vscode/jobPanel/jobPanels';
import { CommandContext } from '../vscode/jobsView/commandContext';
import { findJobs } from '../vscode/jobsView/findJobs';
import { JobsCommands } from '../vscode/jobsView/jobsCommands';
import { JobsTree } from '../vscode/jobsView/jobsTree';
import { RecentJobsView } from '../vscode/jobsView/recentJobsView';
import { RowCommands } from '../vscode/jobsView/rowCommands';
import { Log } from '../vscode/log';
import { JobPrompt } from '../vscode/lookup/jobPrompt';
import { JobStatusCommand } from '../vscode/lookup/jobStatusCommand';
import { ResendWebhook } from '../vscode/lookup/resendWebhook';
import { ProductionGate } from '../vscode/productionGate';
import { ExplainResponse } from '../vscode/response/explainResponse';
import { restartedSimulator } from '../vscode/simulator/restartedSimulator';
import { SimulatorCommands } from '../vscode/simulator/simulatorCommands';
import type { ProfileStatus } from '../vscode/credentials/statusBar';
import type { HostStorage } from '../vscode/storage/hostStorage';
import { STORES, type StoreDescription } from '../vscode/storage/stores';
import { CheckSignature } from '../vscode/webhooks/checkSignature';
import { jobLookedUp, ownProfileAdded } from '../vscode/walkthroughSteps';
import { Watching } from '../vscode/watch/watching';
import { ReceiverControl } from '../vscode/webhooks/receiverControl';
import { Webhooks } from '../vscode/webhooks/webhooks';

translate(vscode.l10n.bundle);

/** What this part needs from the rest. */
export interface JobsDeps {
  readonly context: vscode.ExtensionContext;
  readonly storage: HostStorage;
  readonly channel: vscode.LogOutputChannel;
  readonly version: string;
  readonly memory: ProfileMemory;
  readonly status: ProfileStatus;
}

/** The part that looks up jobs: profiles, requests, recent jobs, watches, panels and the simulator. */
export class Jobs extends Disposable {
  readonly commands: Commands;
  readonly documents = this.register(new JobDocuments());
  readonly panels: JobPanels;
  readonly recentJobs: RecentJobsView;
  readonly webhooks: Webhooks;
  readonly getJobStatus: SmileApi['getJobStatus'];
  readonly readResponse: SmileApi['readResponse'];
  /** Stores a key as a profile, and prompts for the rest; false if the user left. */
  readonly keepKey: (key: FoundKey) => Promise<boolean>;
  private readonly watches: JobWatches;

  constructor({ context, storage, channel, version, memory, status }: JobsDeps) {
    super();
    const { extensionUri, globalStorageUri, storageUri, workspaceState } = context;
    const { secrets, globalState } = storage;
    const log = new Log(channel);
    const commands = (this.commands = new Commands(log));
    const timeout = new ConfigValue('requestTimeout', 30);
    const timeoutMs = (): number => Math.min(300, Math.max(1, timeout.value)) * 1000;
    const imageMinutes = new ConfigValue('images.timeoutMinutes', 10);
    const limit = new ConfigValue('recentJobs.limit', 200);
    const files = <T extends object>({ path, format }: StoreDescription<T>): RecordFiles<T> =>
      this.register(
        new RecordFiles(vscode.Uri.joinPath(globalStorageUri, ...path).fsPath, format, log),
      );

    const http = new NodeHttpClient(isFetchPatched);
    const api = new SmileClient(http, systemClock, timeoutMs);
    const gate = new ProductionGate();
    const profiles = this.register(new Profiles(files(STORES.profiles), secrets, memory));
    const recent = new RecentJobs(
      files(STORES.jobs),
      files(STORES.labels),
      () => limit.value,
      log,
      profiles,
    );
    const simulator = this.register(
      new SimulatorCommands(
        {
          start: async (port) => (await import('./simulator')).startSimulator({ port }),
          partnerId: SIMULATOR_PARTNER_ID,
          apiKey: SIMULATOR_API_KEY,
          scenarios: allScenarios,
        },
        profiles,
        http,
        log,
      ),
    );
    const attempts = restartedSimulator(api, simulator);
    const lookup = new JobLookup(attempts, profiles, recent, systemClock, log, (profile) =>
      gate.allow(profile),
    );
    const deliveries = this.register(
      new Deliveries({
        keys: () => profiles.withKeys(),
        isOwn: (pair) => api.signedPairs.has(pair),
        clock: systemClock,
        logger: log,
      }),
    );
    const prompt = new JobPrompt(recent, globalState, ({ id }) =>
      deliveries.byJob
        .filter(({ signedBy }) => signedBy?.id === id)
        .flatMap((job) => idsOfJob(job) ?? []),
    );
    const options = () => prompt.options;
    const watched = files(STORES.watches);
    this.watches = new JobWatches(lookup, profiles, watched, options, systemClock, log);
    const { documents, watches } = this;
    const port = new ConfigValue('webhooks.port', 0);
    const control = this.register(
      new ReceiverControl({
        ...{ deliveries, isProcessRunning, log },
        start: startWebhookReceiver,
        port: () => port.value,
        stored: files(STORES.receivers),
      }),
    );
    const tree = new JobsTree(recent, profiles, watches);
    this.recentJobs = this.register(new RecentJobsView(tree, lookup, watches, log));
    const profileCommands = new ProfileCommands(profiles, recent, api, gate, watches, log);
    const signatures = new CheckSignature(profiles, api, documents);
    signatures.addCommands(commands);
    this.panels = this.register(
      new JobPanels({
        ...{ extensionUri, version, lookup, watches, profiles, recent, api, http, documents },
        ...{ options, timeoutMs, log },
        webhooks: { deliveries, receiver: control },
        resend: new ResendWebhook(api, profiles, gate, control).resend,
        signatures,
        pickProfile: (title, among) => profileCommands.pick(title, among),
        imageMinutes: () => Math.min(120, Math.max(1, imageMinutes.value)),
      }),
    );
    const { panels } = this;
    this.recentJobs.follow(panels);
    const jobStatus = new JobStatusCommand(profiles, lookup, prompt, panels, (profile) =>
      simulator.offeredTo(profile),
    );
    const responses = new ExplainResponse(profiles, panels);
    responses.addCommands(commands);
    this.readResponse = responses.readResponse;
    this.webhooks = this.register(
      new Webhooks({
        ...{ profiles, recent, panels, documents, http, log, deliveries, control, isInstalled },
        ...{ memory: workspaceState, signatures },
        sender: (confirmed, keys) => new Endpoint(systemClock, { confirmed, keys }),
        scenarios: () => simulator.scenarios,
        webhooksOfScenarios: async () => (await import('./simulator')).webhooksOfScenario,
        simulator: () => simulator.own(),
      }),
    );
    this.webhooks.addCommands(commands);
    this.getJobStatus = (query, token) => jobStatus.getJobStatus(query, token);
    this.keepKey = async (key) => (await log.showing(() => profileCommands.keep(key))) ?? false;

    const rows = new RowCommands(this.recentJobs, commands);
    this.recentJobs.addCommands(commands);
    jobStatus.addCommands(commands);
    simulator.addCommands(commands);
    profileCommands.addCommands(commands);
    panels.addCommands(commands);
    documents.addCommands(commands);
    new JobsCommands(recent, panels, lookup, options, profileCommands, () =>
      this.recentJobs.selectOne(),
    ).addCommands(commands, rows);
    this.register(new Watching(watches, profiles, panels, log)).addCommands(commands, rows);
    commands.add('smile.findJobs', (code) => findJobs(recent, profiles, code));
    commands.add('smile.showLog', () => {
      log.show();
    });
    this.register(new CommandContext(profiles, recent, deliveries, log));
    const { listener, settled } = followProfiles(profiles, memory, status, log);
    this.register(listener);
    const data = {
      folders: [globalStorageUri, storageUri].flatMap((uri) =>
        uri ? [new StorageFolder(uri.fsPath)] : [],
      ),
      secrets,
      mementos: [workspaceState, globalState],
      settled,
      received: () => deliveries.all.length,
      stop: async () => {
        await lookup.cancelAll();
        await panels.closeAll();
        signatures.forget();
        await watches.deleteAll();
        await this.webhooks.clear();
        recent.forgetUnsaved();
        profiles.forgetWindowOnly();
      },
      log,
    };
    commands.add('smile.deleteAllData', () => deleteAllData(data));
    this.register(
      lookup.onDidChange(({ outcome }) => {
        if (outcome?.kind === 'answered') jobLookedUp();
      }),
      profiles.onDidChange(() => {
        lookup.retireInFlight();
        api.forgetTokens();
      }),
    );
  }

  /** Saves the state of the watches for the next session; VS Code waits for it. */
  override async dispose(): Promise<void> {
    super.dispose();
    await this.watches.dispose();
  }
}

/**
 * Shows the active profile, and remembers what is shown for the next start, one change after the other.
 * `settled` ends when all changes up to now are shown.
 */
function followProfiles(
  profiles: Profiles,
  memory: ProfileMemory,
  status: ProfileStatus,
  log: Log,
): { readonly listener: vscode.Disposable; readonly settled: () => Promise<void> } {
  let last = Promise.resolve();
  const update = async (): Promise<void> => {
    try {
      const all = await profiles.list();
      if (all.some(({ id }) => id !== SIMULATOR_PROFILE_ID)) ownProfileAdded();
      const active = memory.activeOf(all);
      status.show(active, all.length > 0, active && profiles.isWindowOnly(active));
      await memory.note(all.filter((profile) => !profiles.isWindowOnly(profile)));
    } catch (error) {
      log.error(error); // an active profile must not disappear from the status bar
    }
  };
  const next = (): void => {
    last = last.then(update);
  };
  next();
  return { listener: profiles.onDidChange(next), settled: () => last };
}
