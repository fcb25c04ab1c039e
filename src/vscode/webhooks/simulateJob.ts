import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { SIMULATOR_PROFILE_ID } from '../../core/smile/profile';
import { checkId } from '../../core/smile/jobRequest';
import { isV3JobId } from '../../core/smile/typeId';
import { checkEndpoint } from '../../core/webhooks/endpointAddress';
import type { Commands } from '../commands';
import * as notify from '../notify';
import { promptChoice, promptText, runSteps, type Choice, type TextField } from '../quickInput';
import type { OfferedJob, RunningSimulator } from '../simulator/simulatorCommands';
import type { ReceiverControl } from './receiverControl';

export interface SimulateDeps {
  readonly scenarios: () => readonly OfferedJob[];
  /** The simulator of this window, started if it does not run; null if another window runs it. */
  readonly simulator: () => Promise<RunningSimulator | null>;
  readonly control: ReceiverControl;
}

/** "Simulate a Job…": submits a job to the simulator, which sends its webhooks as Smile ID does. */
export class SimulateJob {
  constructor(private readonly deps: SimulateDeps) {}

  addCommands(commands: Pick<Commands, 'add'>): void {
    commands.add('smile.simulateJob', () => this.run());
  }

  private async run(): Promise<void> {
    const input = await this.prompt();
    if (!input) return;
    const { callbackUrl } = input;
    const simulator = await this.deps.simulator();
    if (!simulator) {
      throw new HumanError(
        vscode.l10n.t('The local simulator runs in another window. Simulate the job there.'),
      );
    }
    const { scenario, jobId: ownJobId, userId: ownUserId } = input;
    const submission = simulator.submit({
      scenario,
      ...(ownJobId !== '' && { jobId: ownJobId }),
      ...(ownUserId !== '' && { userId: ownUserId }),
      ...(callbackUrl !== null && { callbackUrl }),
    });
    if (submission.kind === 'refused') throw new HumanError(refusalWords(submission.cause));
    const { jobId, userId, api, webhooks } = submission;
    const show = vscode.l10n.t('Get Job Status');
    const text =
      callbackUrl === null
        ? vscode.l10n.t('Job {0} was submitted to the simulator, without webhooks.', jobId)
        : webhooks === 1
          ? vscode.l10n.t('Job {0} was submitted to the simulator. 1 webhook follows.', jobId)
          : vscode.l10n.t(
              'Job {0} was submitted to the simulator. {1} webhooks follow.',
              jobId,
              webhooks,
            );
    const choice = await notify.info(text, show);
    if (choice !== show) return;
    await vscode.commands.executeCommand('_smile.getJobStatus', {
      profile: SIMULATOR_PROFILE_ID,
      jobId,
      ...(api === 'v1' && { userId }),
    });
  }

  /** @returns undefined if the user left; an empty ID is made up, a null address means no webhooks */
  private async prompt(): Promise<SimulatedJob | undefined> {
    let scenario = '';
    let jobId = '';
    let userId = '';
    const ways = waysOfWebhooks();
    let way: Way | undefined;
    let address = 'http://127.0.0.1:3000/';
    const title = vscode.l10n.t('Simulate a Job');
    // API v3 creates both IDs
    const isV1 = (): boolean => !isV3JobId(scenario);
    const id = (prompt: string, value: string, name: 'job ID' | 'user ID') => ({
      ...{ prompt, value, placeholder: vscode.l10n.t('Leave empty for a new one') },
      check: (text: string) => (text.trim() === '' ? null : checkId(name, text.trim())),
    });
    const done = await runSteps([
      {
        show: async (step) => {
          const text = vscode.l10n.t('Select what happens to it');
          const chosen = await promptChoice({ title, ...step }, text, this.scenarios());
          if (typeof chosen === 'object') scenario = chosen.jobId;
          return chosen;
        },
      },
      {
        when: isV1,
        show: async (step) => {
          const field = id(vscode.l10n.t('Job ID'), jobId, 'job ID');
          const text = await promptText({ title, ...step }, field);
          if (typeof text === 'string') jobId = text.trim();
          return text;
        },
      },
      {
        when: isV1,
        show: async (step) => {
          const field = id(vscode.l10n.t('User ID'), userId, 'user ID');
          const text = await promptText({ title, ...step }, field);
          if (typeof text === 'string') userId = text.trim();
          return text;
        },
      },
      {
        show: async (step) => {
          const text = vscode.l10n.t('Select where its webhooks go');
          const chosen = await promptChoice({ title, ...step }, text, ways, way);
          if (typeof chosen === 'object') way = chosen;
          return chosen;
        },
      },
      {
        when: () => way?.to === 'endpoint',
        show: async (step) => {
          const text = await promptText({ title, ...step }, addressField(address));
          if (typeof text === 'string') address = text.trim();
          return text;
        },
      },
    ]);
    if (!done || !way) return undefined;
    const ids = isV1() ? { jobId, userId } : { jobId: '', userId: '' };
    return { scenario, ...ids, callbackUrl: await this.addressOf(way, address) };
  }

  private scenarios(): readonly (Choice & { readonly jobId: string })[] {
    return this.deps.scenarios().map(({ jobId, title }) => ({
      icon: 'beaker',
      label: title,
      description: jobId,
      jobId,
    }));
  }

  private async addressOf({ to }: Way, entered: string): Promise<string | null> {
    switch (to) {
      case 'receiver':
        return (await this.deps.control.start()).url;
      case 'endpoint':
        return entered;
      case 'nowhere':
        return null;
    }
  }
}

interface SimulatedJob {
  readonly scenario: string;
  readonly jobId: string;
  readonly userId: string;
  readonly callbackUrl: string | null;
}

type Way = Choice & { readonly to: 'receiver' | 'endpoint' | 'nowhere' };

const waysOfWebhooks = (): readonly Way[] => [
  {
    icon: 'inbox',
    label: vscode.l10n.t('The Webhook Receiver of This Window'),
    to: 'receiver',
  },
  {
    icon: 'link',
    label: vscode.l10n.t('Your Own Endpoint…'),
    description: vscode.l10n.t('on this machine'),
    to: 'endpoint',
  },
  { icon: 'circle-slash', label: vscode.l10n.t('No Webhooks'), to: 'nowhere' },
];

const onlyHere = (): string => vscode.l10n.t('The simulator sends webhooks to this machine only.');

const refusalWords = (cause: 'no such scenario' | 'callback address'): string =>
  cause === 'callback address'
    ? onlyHere()
    : vscode.l10n.t('The simulator that runs does not have this scenario. Start it again.');

const addressField = (value: string): TextField => ({
  prompt: vscode.l10n.t('Address on this machine'),
  value,
  check: (entered) => {
    const checked = checkEndpoint(entered);
    if (!checked.ok) return checked.reason;
    return checked.value.confirm === null ? null : onlyHere();
  },
});
