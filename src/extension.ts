import * as vscode from 'vscode';
import { explain } from './core/catalogue/catalogue';
import { findCodes } from './core/catalogue/scan/findCodes';
import { systemClock } from './core/clock';
import { JobLookup } from './core/jobs/jobLookup';
import { isActive, JobWatches } from './core/jobs/jobWatches';
import { RecentJobs } from './core/jobs/recentJobs';
import { SmileClient } from './core/smile/client';
import { NodeHttpClient } from './node/http';
import { RecordFiles } from './node/recordFiles';
import { StorageFolder } from './node/storageFolder';
import { scenarios, SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from './node/simulator/scenarios';
import type { SmileApi } from './vscode/api';
import type { FoundKey, ProfileCommands } from './vscode/credentials/profileCommands';
import { Profiles } from './vscode/credentials/profiles';
import { registerProfileCommands } from './vscode/credentials/registerProfileCommands';
import { registerCodeCompletion } from './vscode/editor/codeCompletion';
import { registerCodeHover } from './vscode/editor/codeHover';
import { CodeInlayHints } from './vscode/editor/codeInlayHints';
import { registerCodeTerminalLinks } from './vscode/editor/codeTerminalLinks';
import { registerWhileDebugging } from './vscode/editor/codeWhileDebugging';
import { Diagnostics } from './vscode/editor/diagnostics';
import { DiagnosticSettings } from './vscode/editor/diagnosticSettings';
import { ExplainCode } from './vscode/editor/explainCode';
import { JobLens } from './vscode/editor/jobLens';
import { registerRulePages } from './vscode/editor/rulePages';
import { JobDocuments } from './vscode/jobPanel/jobDocuments';
import { JobPanels } from './vscode/jobPanel/jobPanels';
import { JobsCommands } from './vscode/jobsView/jobsCommands';
import { JobsTree } from './vscode/jobsView/jobsTree';
import { RowCommands } from './vscode/jobsView/rowCommands';
import { RecentJobsView } from './vscode/jobsView/recentJobsView';
import { Log } from './vscode/log';
import { JobPrompt } from './vscode/lookup/jobPrompt';
import { JobStatusCommand } from './vscode/lookup/jobStatusCommand';
import { ProductionGate } from './vscode/productionGate';
import { Setting } from './vscode/settings';
import { SimulatorCommands } from './vscode/simulator/simulatorCommands';
import { ProfileStatus } from './vscode/statusBar';
import { STORES, type StoreDescription } from './vscode/stores';
import { Watching } from './vscode/watch/watching';

/** Builds the parts and hands them to each other. Nothing is awaited and nothing is read here. */
export function activate(context: vscode.ExtensionContext): SmileApi {
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(new Log());
  const timeout = new Setting('requestTimeout', 30);
  const pictureMinutes = new Setting('pictures.minutes', 10);
  const limit = new Setting('recentJobs.limit', 200);
  const lens = new Setting('codeLens.enabled', true);
  const inlineValues = new Setting('inlineValues.enabled', true);
  const inlayHints = new Setting('inlayHints.enabled', false);
  const completion = new Setting('completion.enabled', true);
  const hover = new Setting('hover.enabled', true);

  const folder = (...path: string[]): string =>
    vscode.Uri.joinPath(context.globalStorageUri, ...path).fsPath;
  const files = <T extends object>({ path, format }: StoreDescription<T>): RecordFiles<T> =>
    own(new RecordFiles(folder(...path), format, log));

  const http = new NodeHttpClient();
  const timeoutMs = (): number => Math.min(300, Math.max(1, timeout.value)) * 1000;
  const client = new SmileClient(http, systemClock, timeoutMs);
  const gate = new ProductionGate();
  const { secrets, workspaceState, globalState } = context;
  const profiles = own(new Profiles(files(STORES.profiles), secrets, workspaceState, globalState));
  const recent = new RecentJobs(
    files(STORES.jobs),
    files(STORES.labels),
    () => limit.value,
    log,
    profiles,
  );
  const view = own(
    new RecentJobsView(
      new JobsTree(recent, profiles, (profileId, ids) => {
        const watch = watches.state(profileId, ids);
        return watch !== undefined && isActive(watch);
      }),
      log,
    ),
  );
  const rows = new RowCommands(view.tree, log);
  const lookup = new JobLookup(client, profiles, recent, systemClock, log, {
    allow: (profile) => gate.allow(profile),
    onUnsaved: (error) => {
      view.showUnsaved(error);
    },
  });
  own(view.follow(lookup));
  own(
    profiles.onDidChange(() => {
      lookup.forgetFlights();
    }),
  );

  const documents = own(new JobDocuments());
  const prompt = new JobPrompt(recent, globalState);
  const options = () => prompt.options;
  const { extensionUri } = context;
  const { version } = context.extension.packageJSON as { readonly version: string };
  const watched = files(STORES.watches);
  const watches = own(new JobWatches(lookup, profiles, watched, options, systemClock, log));
  const panels = own(
    new JobPanels({
      extensionUri,
      version,
      lookup,
      watches,
      profiles,
      recent,
      client,
      http,
      documents,
      options,
      timeoutMs,
      pictureMinutes: () => Math.min(120, Math.max(1, pictureMinutes.value)),
      log,
    }),
  );
  // What it leaves tells the next session that nobody watches any more. VS Code waits for this, and for no `dispose`.
  atEnd = () => watches.dispose();
  own(panels.register());
  const watching = new Watching(watches, profiles, panels, rows, log);
  own(watching.register());
  own(view.followWatches(watches));
  const simulator = new SimulatorCommands(
    {
      start: async () => (await import('./node/simulator/server')).startSimulator(),
      partnerId: SIMULATOR_PARTNER_ID,
      apiKey: SIMULATOR_API_KEY,
      scenarios,
    },
    profiles,
    http,
    log,
  );
  const jobStatus = new JobStatusCommand(
    profiles,
    lookup,
    prompt,
    panels,
    (profile) => simulator.offeredTo(profile),
    log,
  );
  own(new ProfileStatus(profiles, log));
  own(jobStatus.register());
  own(simulator.register());
  let loaded: Promise<ProfileCommands> | null = null;
  const profileCommands = (): Promise<ProfileCommands> =>
    (loaded ??= import('./vscode/credentials/profileCommands').then(
      ({ ProfileCommands }) =>
        new ProfileCommands(
          profiles,
          recent,
          client,
          gate,
          (profile) => {
            watches.stopProfile(profile.id);
          },
          log,
        ),
    ));
  own(registerProfileCommands(profileCommands, rows, log));
  own(new JobsCommands(rows, recent, panels, lookup, options, log).register());
  own(documents.register(log));
  own(
    log.command('smile.showLog', () => {
      log.show();
    }),
  );
  own(
    log.command('smile.deleteAllData', async () => {
      const { deleteAllData } = await import('./vscode/deleteAllData');
      await deleteAllData({
        folders: [context.globalStorageUri, context.storageUri].flatMap((uri) =>
          uri ? [new StorageFolder(uri.fsPath)] : [],
        ),
        secrets,
        mementos: [workspaceState, globalState],
        stop: async () => {
          lookup.cancelAll();
          await panels.closeAll();
          await watches.deleteAll();
          recent.forgetUnsaved();
          profiles.forgetWindowOnly();
        },
        log,
      });
    }),
  );
  own(registerCodeHover(() => hover.value));
  own(registerCodeCompletion(() => completion.value));
  own(new CodeInlayHints(() => inlayHints.value));
  own(new JobLens(() => lens.value));
  own(registerCodeTerminalLinks());
  const diagnostics = own(new Diagnostics(new DiagnosticSettings(), log));
  own(
    log.command('smile.moveKeyToProfile', async (uri?: unknown, offset?: unknown) => {
      const { moveKeyToProfile } = await import('./vscode/editor/diagnosticFixes');
      const keep = async (key: FoundKey) => (await profileCommands()).keep(key);
      await moveKeyToProfile(uri, offset, diagnostics.findingsIn, keep);
    }),
  );
  // Tests wait for it. Commands with such a name are listed nowhere.
  own(
    log.command('_smile.versionChecked', (uri?: unknown) =>
      uri instanceof vscode.Uri ? diagnostics.versionChecked(uri) : undefined,
    ),
  );
  own(registerRulePages(extensionUri));
  own(registerWhileDebugging(() => inlineValues.value, log));
  own(
    log.command('smile.findJobs', async (code?: unknown) => {
      await (await import('./vscode/jobsView/findJobs')).findJobs(recent, profiles, code);
    }),
  );
  own(
    log.command('smile.generateHandler', async () => {
      await (await import('./vscode/editor/handlerCommands')).generateHandlerHere();
    }),
  );
  own(
    log.command('smile.showMissingCodes', async () => {
      await (await import('./vscode/editor/handlerCommands')).showMissingCodes();
    }),
  );
  own(new ExplainCode(version, log).register());

  return {
    version: 1,
    getJobStatus: (query, token) => jobStatus.getJobStatus(query, token),
    // A copy: what another extension changes in it must not change what this one says.
    explain: (code, product) => structuredClone(explain(code, product)),
    findCodes,
  };
}

let atEnd: () => Promise<void> = () => Promise.resolve();

/** VS Code waits for it. */
export function deactivate(): Promise<void> {
  return atEnd();
}
