import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { HttpClient } from '../../core/smile/http';
import { SIMULATOR_PROFILE_ID, type Profile } from '../../core/smile/profile';
import { ProfileNotStored, type Profiles } from '../credentials/profiles';
import type { Commands } from '../commands';
import type { Log } from '../log';
import { textOf } from '../../core/l10n';
import { line } from '../../core/logger';
import * as notify from '../notify';

/** Stored, so it is the same in every language. */
const SIMULATOR_PROFILE = 'Local simulator';

/** A job of the simulator, offered for its profile. */
export interface OfferedJob {
  readonly jobId: string;
  readonly title: string;
}

/** The simulator of this window. */
export interface RunningSimulator {
  readonly url: string;
  /** Submits a job, whose webhooks are sent as Smile ID does; implemented in src/node/simulator. */
  submit(job: {
    /** The job ID of a scenario. */
    readonly scenario: string;
    readonly userId?: string;
    readonly jobId?: string;
    readonly callbackUrl?: string;
  }):
    | {
        readonly kind: 'submitted';
        readonly api: 'v1' | 'v3';
        readonly userId: string;
        readonly jobId: string;
        readonly webhooks: number;
      }
    | { readonly kind: 'refused'; readonly cause: 'no such scenario' | 'callback address' };
  stop(): Promise<void>;
}

/** The simulator, as the composition root passes it. */
export interface SimulatorParts {
  /** Fails if the port is taken; 0 is any free one. */
  readonly start: (port: number) => Promise<RunningSimulator>;
  readonly partnerId: string;
  readonly apiKey: string;
  readonly scenarios: readonly OfferedJob[];
}

type SimulatorProfile = Profile & { readonly url: string };

const Quiet = z.object({ quiet: z.literal(true) });
const ScenarioList = z.array(z.object({ jobId: z.string() }));

/** Starts and stops the embedded simulator, and keeps its profile pointing at it. */
export class SimulatorCommands implements vscode.Disposable {
  private running: RunningSimulator | null = null;
  private starting: Promise<SimulatorProfile> | null = null;
  private restarting: Promise<boolean> | null = null;
  /** By the user, who does not want it to come back by itself. */
  private stopped = false;

  constructor(
    private readonly simulator: SimulatorParts,
    private readonly profiles: Profiles,
    private readonly http: HttpClient,
    private readonly log: Pick<Log, 'info'>,
  ) {}

  addCommands(commands: Pick<Commands, 'add' | 'addForPrograms'>): void {
    commands.addForPrograms('smile.startSimulator', (argument) =>
      this.start(Quiet.safeParse(argument).success),
    );
    commands.add('smile.stopSimulator', () => this.stop());
  }

  dispose(): void {
    void this.running?.stop();
    this.running = null;
  }

  /** The scenarios, if the profile is that of the simulator. */
  offeredTo(profile: Profile): readonly OfferedJob[] {
    return profile.id === SIMULATOR_PROFILE_ID ? this.scenarios : [];
  }

  /** With their titles in the user's language. */
  get scenarios(): readonly OfferedJob[] {
    return this.simulator.scenarios.map(({ jobId, title }) => ({
      jobId,
      title: textOf(`scenario.${jobId}`, title),
    }));
  }

  /** The simulator of this window, which is started if none runs; null if it runs in another window. */
  async own(): Promise<RunningSimulator | null> {
    await this.started();
    return this.running;
  }

  /**
   * Starts the simulator again after a request found nothing at its address: it ends with its window, and panels,
   * watches and the active profile of the next one need it. It comes back on the port that it had.
   * @returns whether the request can be sent again
   */
  async restart(baseUrl: string): Promise<boolean> {
    if (this.starting) await Promise.allSettled([this.starting]);
    if (this.stopped || !vscode.workspace.isTrusted) return false;
    const profile = await this.profile();
    if (profile?.url !== baseUrl || !baseUrl.startsWith('http:')) return false;
    this.restarting ??= this.restartOnce(profile).finally(() => {
      this.restarting = null;
    });
    return await this.restarting;
  }

  private async restartOnce(profile: Profile): Promise<boolean> {
    const port = portOf(profile);
    if (this.running || port === 0) return this.running?.url === profile.url;
    try {
      this.running = await this.simulator.start(port);
    } catch {
      return (await this.elsewhere(profile)) !== null; // another window was faster
    }
    await this.showRunning();
    this.log.info(line`Simulator started again`);
    return true;
  }

  /**
   * Starts the simulator, or uses the one that another window runs; its profile becomes active.
   * @param quiet does not offer a next step: the caller has one
   */
  private async start(quiet: boolean): Promise<{ url: string; profile: string }> {
    const profile = await this.started();
    await this.profiles.setActive(profile);
    if (!quiet) void this.offer();
    return { url: profile.url, profile: profile.name };
  }

  private started(): Promise<SimulatorProfile> {
    this.starting ??= this.startOnce().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  private async startOnce(): Promise<SimulatorProfile> {
    await this.restarting;
    this.stopped = false;
    const before = await this.profile();
    const taken = await this.profiles.find(SIMULATOR_PROFILE);
    const url = this.running?.url ?? (await this.elsewhere(before)) ?? (await this.run(before));
    // Before anything that may fail, so that a simulator that runs can always be stopped.
    await this.showRunning();
    const profile: SimulatorProfile = {
      id: SIMULATOR_PROFILE_ID,
      name: before?.name ?? (taken ? `${SIMULATOR_PROFILE} (built in)` : SIMULATOR_PROFILE),
      environment: 'local',
      partnerId: this.simulator.partnerId,
      url,
    };
    try {
      await this.profiles.save(profile, this.simulator.apiKey);
    } catch (error) {
      // Its key is not a secret: if keyring or disk refuse, there is nothing to report.
      if (!(error instanceof ProfileNotStored)) throw error;
      this.profiles.saveForWindow(profile, this.simulator.apiKey);
    }
    return profile;
  }

  private async profile(): Promise<Profile | undefined> {
    return (await this.profiles.list()).find(({ id }) => id === SIMULATOR_PROFILE_ID);
  }

  /** On the port that it had, if that is free: apps may be set to it. */
  private async run(before: Profile | undefined): Promise<string> {
    this.running = await this.simulator.start(portOf(before)).catch(() => this.simulator.start(0));
    this.log.info(line`Simulator started`);
    return this.running.url;
  }

  /** The address at which the simulator of another window responds. */
  private async elsewhere(profile: Profile | undefined): Promise<string | null> {
    if (profile?.url == null) return null;
    try {
      const { status, body } = await this.http.send({
        method: 'GET',
        url: new URL('/scenarios', profile.url).href,
        maxBytes: 1024 * 1024,
        signal: AbortSignal.timeout(1000),
      });
      // Another server may have the port by now: it must not get a request, nor a signature.
      return status === 200 && this.isScenarioList(body) ? profile.url : null;
    } catch {
      return null;
    }
  }

  private isScenarioList(body: Uint8Array): boolean {
    const list: unknown = JSON.parse(new TextDecoder().decode(body));
    return ScenarioList.safeParse(list).data?.[0]?.jobId === this.simulator.scenarios[0]?.jobId;
  }

  private async offer(): Promise<void> {
    const look = vscode.l10n.t('Get Job Status');
    const choice = await notify.info(
      vscode.l10n.t(
        'The local simulator is running, and its profile is active. No account is needed.',
      ),
      look,
    );
    if (choice === look) await vscode.commands.executeCommand('smile.getJobStatus');
  }

  private async stop(): Promise<void> {
    if (!this.running) {
      await this.showRunning();
      const profile = await this.profile();
      void notify.info(
        (await this.elsewhere(profile)) === null
          ? vscode.l10n.t('The local simulator is not running.')
          : vscode.l10n.t('The local simulator runs in another window. Stop it there.'),
      );
      return;
    }
    this.stopped = true;
    await this.running.stop();
    this.running = null;
    await this.showRunning();
    this.log.info(line`Simulator stopped`);
  }

  private async showRunning(): Promise<void> {
    await vscode.commands.executeCommand(
      'setContext',
      'smile.simulatorRunning',
      this.running !== null,
    );
  }
}

/** 0 if it has none. */
const portOf = (profile: Profile | undefined): number =>
  profile?.url == null ? 0 : Number(new URL(profile.url).port);
