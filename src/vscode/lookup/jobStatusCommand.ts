import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { JobLookup } from '../../core/jobs/jobLookup';
import { checkJobIds, type JobRequest } from '../../core/smile/jobRequest';
import type { JobStatusOutcome } from '../../core/smile/outcome';
import type { Profile } from '../../core/smile/profile';
import { withSignal } from '../abort';
import type { Profiles } from '../credentials/profiles';
import type { JobPanels } from '../jobPanel/jobPanels';
import type { Commands } from '../commands';
import * as notify from '../notify';
import type { OfferedJob } from '../simulator/simulatorCommands';
import type { JobPrompt } from './jobPrompt';
import { parseJobStatusQuery } from './jobStatusQuery';

const NEVER = new AbortController().signal;

/** "Smile ID: Get Job Status…", and the same for programs. */
export class JobStatusCommand {
  /** @param offered jobs that the prompt offers for a profile, such as the simulator's scenarios */
  constructor(
    private readonly profiles: Profiles,
    private readonly lookup: JobLookup,
    private readonly prompt: JobPrompt,
    private readonly panels: JobPanels,
    private readonly offered: (profile: Profile) => readonly OfferedJob[],
  ) {}

  addCommands(commands: Commands): void {
    commands.addForPrograms('smile.getJobStatus', (argument) =>
      argument === undefined ? this.promptForJob() : this.run(argument),
    );
    // for the lens: its errors are shown to the user
    commands.add('_smile.getJobStatus', (argument) => this.run(argument));
  }

  /** Prompts for a job, and shows it. */
  private async promptForJob(): Promise<JobStatusOutcome | undefined> {
    const profile = await this.profileForUser();
    if (!profile) return undefined;
    const request = await this.prompt.show(profile, this.offered(profile));
    return request && (await this.show(profile, request));
  }

  /** Shows a job without a prompt. */
  private async run(argument: unknown): Promise<JobStatusOutcome> {
    const { profile, request } = await this.resolve(argument);
    return await this.show(profile, request);
  }

  private async show(profile: Profile, request: JobRequest): Promise<JobStatusOutcome> {
    const panel = this.panels.show(profile, request);
    return await panel.lookUp(request, NEVER);
  }

  /** Looks up a job without showing it: the public API. */
  async getJobStatus(
    argument: unknown,
    token?: vscode.CancellationToken,
  ): Promise<JobStatusOutcome> {
    const { profile, request } = await this.resolve(argument);
    return await withSignal(token, (signal) => this.lookup.lookUp(profile, request, signal));
  }

  private async resolve(argument: unknown): Promise<{
    profile: Profile;
    request: JobRequest;
  }> {
    const { profile: name, request } = parseJobStatusQuery(argument);
    const profile = await (name === undefined ? this.profiles.active() : this.profiles.find(name));
    if (!profile) {
      throw new HumanError(
        name === undefined
          ? vscode.l10n.t(
              'There is no active Smile ID profile. Add one with "Smile ID: Add Profile…".',
            )
          : vscode.l10n.t('There is no Smile ID profile "{0}".', name),
      );
    }
    const problem = checkJobIds(request);
    if (problem !== null) throw new HumanError(problem);
    return { profile, request };
  }

  private async profileForUser(): Promise<Profile | undefined> {
    const active = await this.profiles.active();
    if (active) return active;
    if ((await this.profiles.list()).length > 0) {
      await vscode.commands.executeCommand('smile.switchProfile');
      return await this.profiles.active();
    }
    const add = vscode.l10n.t('Add Profile');
    const simulate = vscode.l10n.t('Start Local Simulator');
    const choice = await notify.info(
      vscode.l10n.t(
        'Add a profile to look up jobs, or try the local simulator (no account needed).',
      ),
      add,
      simulate,
    );
    if (choice === add) await vscode.commands.executeCommand('smile.addProfile');
    if (choice === simulate)
      await vscode.commands.executeCommand('smile.startSimulator', { quiet: true });
    return choice === undefined ? undefined : await this.profiles.active();
  }
}
