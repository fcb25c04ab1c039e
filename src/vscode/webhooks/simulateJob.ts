import * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import { SIMULATOR_PROFILE_ID } from '../../core/smile/profile';
import { isV3JobId } from '../../core/smile/typeId';
import { checkEndpoint } from '../../core/webhooks/endpointAddress';
import type { Commands } from '../commands';
import * as notify from '../notify';
import { pickOne, promptText, type Choice } from '../quickInput';
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
    const scenario = await this.chooseScenario();
    if (!scenario) return;
    const isV3 = isV3JobId(scenario);
    const ids = isV3 ? {} : await promptForIds();
    if (!ids) return;
    const callbackUrl = await this.chooseAddress();
    if (callbackUrl === undefined) return;
    const simulator = await this.deps.simulator();
    if (!simulator) {
      throw new HumanError(
        vscode.l10n.t('The local simulator runs in another window. Simulate the job there.'),
      );
    }
    const submission = simulator.submit({
      scenario,
      ...ids,
      ...(callbackUrl !== null && { callbackUrl }),
    });
    if (submission.kind === 'refused') {
      throw new HumanError(vscode.l10n.t('The simulator sends webhooks to this machine only.'));
    }
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

  private async chooseScenario(): Promise<string | undefined> {
    const items = this.deps.scenarios().map(({ jobId, title }) => ({
      icon: 'beaker',
      label: title,
      description: jobId,
      jobId,
    }));
    const item = await pickOne(items, {
      title: vscode.l10n.t('Simulate a Job'),
      placeHolder: vscode.l10n.t('Select what happens to it'),
      matchOnDescription: true,
    });
    return item?.jobId;
  }

  /** @returns null for no address; undefined if the user left */
  private async chooseAddress(): Promise<string | null | undefined> {
    type Way = Choice & { readonly choose: () => Promise<string | null | undefined> };
    const ways: readonly Way[] = [
      {
        icon: 'inbox',
        label: vscode.l10n.t('The Webhook Receiver of This Window'),
        choose: async () => (await this.deps.control.start()).url,
      },
      {
        icon: 'link',
        label: vscode.l10n.t('Your Own Endpoint…'),
        description: vscode.l10n.t('on this machine'),
        choose: () => promptForAddress(),
      },
      {
        icon: 'circle-slash',
        label: vscode.l10n.t('No Webhooks'),
        choose: () => Promise.resolve(null),
      },
    ];
    const way = await pickOne(ways, {
      title: vscode.l10n.t('Simulate a Job'),
      placeHolder: vscode.l10n.t('Select where its webhooks go'),
    });
    return way?.choose();
  }
}

async function promptForAddress(): Promise<string | undefined> {
  const text = await promptText(
    { title: vscode.l10n.t('Simulate a Job'), step: 1, totalSteps: 1 },
    {
      prompt: vscode.l10n.t('Address on this machine'),
      value: 'http://127.0.0.1:3000/',
      check: (entered) => {
        const checked = checkEndpoint(entered);
        if (!checked.ok) return checked.reason;
        return checked.value.confirm === null
          ? null
          : vscode.l10n.t('The simulator sends webhooks to this machine only.');
      },
    },
  );
  return typeof text === 'string' ? text.trim() : undefined;
}

/** IDs of API v1; those that are left empty are made up. */
async function promptForIds(): Promise<
  { readonly userId?: string; readonly jobId?: string } | undefined
> {
  const prompt = (step: number, text: string) =>
    promptText(
      { title: vscode.l10n.t('Simulate a Job'), step, totalSteps: 2 },
      { prompt: text, placeholder: vscode.l10n.t('empty: a new one'), check: () => null },
    );
  const jobId = await prompt(1, vscode.l10n.t('Job ID'));
  if (typeof jobId !== 'string') return undefined;
  const userId = await prompt(2, vscode.l10n.t('User ID'));
  if (typeof userId !== 'string') return undefined;
  return {
    ...(jobId.trim() !== '' && { jobId: jobId.trim() }),
    ...(userId.trim() !== '' && { userId: userId.trim() }),
  };
}
