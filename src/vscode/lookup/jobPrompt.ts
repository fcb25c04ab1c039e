import * as vscode from 'vscode';
import type { RecentJob, RecentJobs } from '../../core/jobs/recentJobs';
import {
  checkId,
  type JobIds,
  type JobQuery,
  type JobStatusOptions,
} from '../../core/smile/jobQuery';
import { findJobReference, type JobReference } from '../../core/smile/jobReference';
import type { Profile } from '../../core/smile/profile';
import { ENVIRONMENT_LABELS } from '../environmentLabel';
import { stateOfRecord } from '../../core/report/jobState';
import type { OfferedJob } from '../simulator/simulatorCommands';
import { stateIcon } from '../stateIcons';
import { ageOf } from '../age';
import { askText, BACK, createPick, shownItems, type Choice } from '../quickInput';

type Item = Choice & {
  readonly job?: JobIds & Partial<JobStatusOptions>;
  /** Only the job ID is known yet. */
  readonly jobId?: string;
};

const OPTIONS = 'smile.queryOptions';
const SIMULATOR_USER = 'user-1';

/** Asks which job, with as few key presses as can be: recent ones first, or typed. */
export class JobPrompt {
  constructor(
    private readonly recent: RecentJobs,
    private readonly state: vscode.Memento,
  ) {}

  /** The options that a person left switched on; both are on at first. */
  get options(): JobStatusOptions {
    return {
      history: true,
      imageLinks: true,
      ...this.state.get<Partial<JobStatusOptions>>(OPTIONS),
    };
  }

  /** Undefined where the person left. */
  async ask(profile: Profile, offered: readonly OfferedJob[]): Promise<JobQuery | undefined> {
    const jobs = (await this.recent.list()).filter(({ profileId }) => profileId === profile.id);
    const title = `Get Job Status: ${profile.name} (${ENVIRONMENT_LABELS[profile.environment]})`;
    for (;;) {
      const item = await this.pickJob(title, jobs, offered);
      if (!item) return undefined;
      if (item.job) {
        const { userId, jobId, ...set } = item.job;
        return { ...this.options, ...set, userId, jobId };
      }
      const jobId = item.jobId ?? '';
      const userId = await askText(
        { title, step: 2, totalSteps: 2 },
        {
          prompt: `User ID of job ${jobId} (Smile ID finds a job by both IDs only)`,
          value: jobs.find((job) => job.jobId === jobId)?.userId ?? '',
          check: (text) => checkId('user ID', text.trim()),
        },
      );
      if (userId === undefined) return undefined;
      if (userId !== BACK) return { ...this.options, userId: userId.trim(), jobId };
    }
  }

  private async pickJob(
    title: string,
    jobs: readonly RecentJob[],
    offered: readonly OfferedJob[],
  ): Promise<Item | undefined> {
    const pick = createPick<Item>(title);
    pick.step = 1;
    pick.totalSteps = 2;
    pick.matchOnDescription = true;
    let found = selectedJob();
    const show = (): void => {
      const typed = pick.value.trim();
      const known = [
        ...(found ? foundItems(found) : []),
        ...recentItems(jobs),
        ...offeredItems(offered),
      ];
      // A job that is known comes with its user ID, so it goes before the bare job ID.
      pick.items = shownItems(
        known.some(({ job }) => job?.jobId === typed)
          ? [...known, ...typedItems(typed)]
          : [...typedItems(typed), ...known],
      );
    };
    const showOptions = (): void => {
      const ask = jobs.length + offered.length === 0 ? 'Type a job ID' : 'Pick or type a job ID';
      const { history, imageLinks } = this.options;
      pick.placeholder = `${ask} · history ${onOff(history)}, picture links ${onOff(imageLinks)}`;
      pick.buttons = OPTION_BUTTONS.map(({ option, icon, label }) => ({
        iconPath: new vscode.ThemeIcon(icon),
        tooltip: `${label}: ${onOff(this.options[option])}. Switch ${onOff(!this.options[option])}`,
      }));
    };
    pick.onDidChangeValue(show);
    show();
    showOptions();
    return await new Promise<Item | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        // Who types fast is ahead of the list.
        const chosen = item ?? typedItems(pick.value.trim())[0];
        if (chosen?.job ?? chosen?.jobId) resolve(chosen);
      });
      pick.onDidTriggerButton((button) => {
        const option = OPTION_BUTTONS[pick.buttons.indexOf(button)]?.option;
        if (option) void this.toggle(option).then(showOptions);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
      // Only now: the prompt need not wait, and a browser gives its clipboard to a focused window only.
      if (!found) {
        void copiedJob().then((copied) => {
          found = copied;
          if (!found || pick.value !== '') return;
          const [active] = pick.activeItems;
          show();
          // Who is about to press Enter gets the job that was under the cursor, not the one that came in.
          const same = pick.items.find(({ label }) => label === active?.label);
          if (same) pick.activeItems = [same];
        });
      }
    }).finally(() => {
      pick.dispose();
    });
  }

  private async toggle(option: keyof JobStatusOptions): Promise<void> {
    const options = this.options;
    await this.state.update(OPTIONS, { ...options, [option]: !options[option] });
  }
}

const OPTION_BUTTONS = [
  { option: 'history', icon: 'history', label: 'History' },
  { option: 'imageLinks', icon: 'file-media', label: 'Picture links' },
] as const;

const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** What is typed, as a job ID; or what is wrong with it. */
function typedItems(typed: string): Item[] {
  if (typed === '') return [];
  const problem = checkId('job ID', typed);
  return problem === null
    ? [{ icon: 'search', label: typed, description: 'as typed', jobId: typed, alwaysShow: true }]
    : [{ icon: 'error', label: problem, alwaysShow: true }];
}

function foundItems({ job, where }: FoundJob): Item[] {
  return [
    { label: where, kind: vscode.QuickPickItemKind.Separator },
    { icon: 'arrow-right', label: job.jobId, description: `user ${job.userId}`, job },
  ];
}

function recentItems(jobs: readonly RecentJob[]): Item[] {
  if (jobs.length === 0) return [];
  return [
    { label: 'recent jobs', kind: vscode.QuickPickItemKind.Separator },
    ...jobs.map((job) => ({
      icon: stateIcon(stateOfRecord(job)).icon,
      label: job.name ?? job.jobId,
      description: `${job.name === null ? '' : `${job.jobId} · `}user ${job.userId} · ${ageOf(job.askedAt)}`,
      job: { userId: job.userId, jobId: job.jobId },
    })),
  ];
}

function offeredItems(offered: readonly OfferedJob[]): Item[] {
  if (offered.length === 0) return [];
  return [
    { label: 'scenarios of the simulator', kind: vscode.QuickPickItemKind.Separator },
    ...offered.map(({ jobId, title }) => ({
      icon: 'beaker',
      label: jobId,
      description: title,
      job: { userId: SIMULATOR_USER, jobId },
    })),
  ];
}

interface FoundJob {
  readonly job: JobReference;
  readonly where: string;
}

/** The job that the selection speaks of, where it holds both IDs. */
function selectedJob(): FoundJob | null {
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) return null;
  const job = findJobReference(editor.document.getText(editor.selection));
  return job && { job, where: 'from the selection' };
}

/** The same for the clipboard. */
async function copiedJob(): Promise<FoundJob | null> {
  try {
    const job = findJobReference(await vscode.env.clipboard.readText());
    return job && { job, where: 'from the clipboard' };
  } catch {
    return null; // a clipboard that cannot be read holds no job
  }
}
