import * as vscode from 'vscode';
import type { RecentJob, RecentJobs } from '../../core/jobs/recentJobs';
import {
  checkTypedId,
  findJobId,
  findJobReference,
  type JobReference,
} from '../../core/jobs/jobReference';
import type { JobIds, JobRequest, JobStatusOptions } from '../../core/smile/jobRequest';
import { jobNear } from '../../core/jobs/jobNear';
import type { Profile } from '../../core/smile/profile';
import { isV3JobId } from '../../core/smile/typeId';
import { profileLine } from '../environmentLabel';
import { stateOfRecord } from '../../core/report/jobState';
import type { OfferedJob } from '../simulator/simulatorCommands';
import { stateIcon } from '../stateIcons';
import { ageOf } from '../age';
import { userLabel } from '../userLabel';
import { promptText, BACK, createPick, shownItems, type Choice } from '../quickInput';

type Item = Choice & {
  readonly job?: JobIds & Partial<JobStatusOptions>;
  /** Only the job ID is known yet. */
  readonly jobId?: string;
};

const OPTIONS = 'smile.queryOptions';
const SIMULATOR_USER = 'user-1';
/** After this time, a user has seen which item is selected for a text, and may have clicked another one. */
const READ_MS = 500;

/** Prompts for a job with as few key presses as possible: recent ones first, or typed. */
export class JobPrompt {
  constructor(
    private readonly recent: RecentJobs,
    private readonly state: vscode.Memento,
    /** Jobs of which the receiver of this window got a webhook, signed with the key of this profile. */
    private readonly received: (profile: Profile) => readonly JobIds[],
  ) {}

  /** The options that the user left on; both are on at first. */
  get options(): JobStatusOptions {
    return {
      history: true,
      imageLinks: true,
      ...this.state.get<Partial<JobStatusOptions>>(OPTIONS),
    };
  }

  /** Undefined if the user left. */
  async show(profile: Profile, offered: readonly OfferedJob[]): Promise<JobRequest | undefined> {
    const jobs = (await this.recent.list()).filter(({ profileId }) => profileId === profile.id);
    const title = vscode.l10n.t('Get Job Status: {0}', profileLine(profile));
    for (;;) {
      const item = await this.pickJob(
        title,
        jobs,
        [...receivedItems(this.received(profile)), ...offeredItems(offered)],
        offered.length > 0
          ? vscode.l10n.t('use this ID; the simulator approves what is no scenario')
          : vscode.l10n.t('use this ID'),
      );
      if (!item) return undefined;
      if (item.job) {
        const { userId, jobId, ...set } = item.job;
        return { ...this.options, ...set, userId, jobId };
      }
      const jobId = item.jobId ?? '';
      const userId = await promptText(
        { title, step: 2, totalSteps: 2 },
        {
          prompt: vscode.l10n.t('User ID of job {0} (API v1 needs both IDs)', jobId),
          value: jobs.find((job) => job.jobId === jobId)?.userId ?? '',
          check: (text) => checkTypedId('user ID', text.trim()),
        },
      );
      if (userId === undefined) return undefined;
      if (userId !== BACK) return { ...this.options, userId: userId.trim(), jobId };
    }
  }

  private async pickJob(
    title: string,
    jobs: readonly RecentJob[],
    offered: readonly Item[],
    useTyped: string,
  ): Promise<Item | undefined> {
    const pick = createPick<Item>(title);
    pick.matchOnDescription = true;
    const inEditor = foundItems(jobInEditor());
    let first = [...inEditor, ...foundItems(null)];
    const known = onceEach([...first, ...recentItems(jobs), ...offered]).slice(first.length);
    const isListed = (job: JobIds): boolean =>
      [...first, ...known].some((item) => item.job && isSameJob(item.job, job));
    // VS Code reports by its position which item is accepted, perhaps of the list before the current one. So each item
    // keeps its position for as long as the prompt is open.
    const show = (): void => {
      const value = pick.value.trim();
      // VS Code shows a listed job for its ID, not for a text that only contains it.
      const typed = typedItems(value, useTyped).filter(
        ({ job }) => job?.jobId !== value || !isListed(job),
      );
      pick.items = shownItems([...first, ...known, ...typed]);
    };
    /** The typed text that VS Code has shown as an item. Until then it applies a new text to the list before. */
    let shownText = '';
    pick.onDidChangeActive(([item]) => {
      shownText = item?.jobId ?? shownText;
    });
    const accepted = (): Item | undefined => {
      const typed = pick.value.trim();
      const [item] = pick.selectedItems;
      const isRead = Date.now() - changedAt >= READ_MS;
      const isChosen = isRead || typed === '' || typed === shownText || typed === item?.job?.jobId;
      return (isChosen ? item : undefined) ?? typedItems(typed, useTyped)[0];
    };
    const showOptions = (): void => {
      const show =
        jobs.length + offered.length === 0
          ? vscode.l10n.t('Enter a job ID')
          : vscode.l10n.t('Enter or select a job ID');
      pick.placeholder = `${show} · ${optionsText(this.options)}`;
      pick.buttons = OPTION_BUTTONS.map(({ option, icon, iconOff, on, off }) => ({
        iconPath: new vscode.ThemeIcon(this.options[option] ? icon : iconOff),
        tooltip: this.options[option] ? on() : off(),
      }));
    };
    let changedAt = 0;
    pick.onDidChangeValue(() => {
      changedAt = Date.now();
      show();
    });
    show();
    showOptions();
    return await new Promise<Item | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const chosen = accepted();
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
      // Only now: the prompt does not have to wait, and a browser lets only a focused window read the clipboard.
      void copiedJob().then((copied) => {
        if (!copied || isListed(copied.job)) return;
        first = [...inEditor, ...foundItems(copied)];
        if (pick.value !== '') return;
        const [active] = pick.activeItems;
        const position = active ? pick.items.indexOf(active) : -1;
        show();
        // A user who is about to press Enter gets the job that was selected, not the one that was added.
        const same = pick.items[position];
        if (same) pick.activeItems = [same];
      });
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
  {
    option: 'history',
    icon: 'history',
    iconOff: 'circle-slash',
    on: () => vscode.l10n.t('History: on. Switch off'),
    off: () => vscode.l10n.t('History: off. Switch on'),
  },
  {
    option: 'imageLinks',
    icon: 'eye',
    iconOff: 'eye-closed',
    on: () => vscode.l10n.t('Image links: on. Switch off'),
    off: () => vscode.l10n.t('Image links: off. Switch on'),
  },
] as const;

function optionsText({ history, imageLinks }: JobStatusOptions): string {
  if (history && imageLinks) return vscode.l10n.t('history on, image links on');
  if (history) return vscode.l10n.t('history on, image links off');
  return imageLinks
    ? vscode.l10n.t('history off, image links on')
    : vscode.l10n.t('history off, image links off');
}

/** The job in what is typed or pasted, or its text as a job ID; or what is wrong with it. */
function typedItems(typed: string, useTyped: string): Item[] {
  if (typed === '') return [];
  const job = isV3JobId(typed) ? null : findJobReference(typed);
  if (job) return [{ ...jobItem('arrow-right', job), alwaysShow: true }];
  const jobId = findJobId(typed);
  if (jobId !== null) return [{ icon: 'arrow-right', label: jobId, jobId, alwaysShow: true }];
  const problem = checkTypedId('job ID', typed);
  if (problem !== null) return [{ icon: 'error', label: problem, alwaysShow: true }];
  const item = { icon: 'search', label: typed, alwaysShow: true };
  if (!isV3JobId(typed)) return [{ ...item, description: useTyped, jobId: typed }];
  return [
    {
      ...item,
      description: vscode.l10n.t('API v3, needs no user ID'),
      job: { userId: null, jobId: typed },
    },
    // VS Code puts first what has the typed text in its label, and this is the exception
    { ...item, label: vscode.l10n.t('API v1, with a user ID'), description: typed, jobId: typed },
  ];
}

const isSameJob = (one: JobIds, other: JobIds): boolean =>
  one.jobId === other.jobId && one.userId === other.userId;

/** Each job in the first place that has it. */
function onceEach(items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  return items.filter(({ job }) => {
    const key = job && JSON.stringify([job.userId, job.jobId]);
    const isNew = key === undefined || !seen.has(key);
    if (key !== undefined) seen.add(key);
    return isNew;
  });
}

/** Takes the position of an item that may come later. VS Code shows only a separator that an item follows at once. */
const NO_ITEM: Item = { label: '', kind: vscode.QuickPickItemKind.Separator };

/** Always two items. */
const foundItems = (found: FoundJob | null): Item[] =>
  found
    ? [
        { label: found.where, kind: vscode.QuickPickItemKind.Separator },
        jobItem('arrow-right', found.job),
      ]
    : [NO_ITEM, NO_ITEM];

const jobItem = (icon: string, job: JobReference): Item => ({
  icon,
  label: job.jobId,
  description: userLabel(job),
  job,
});

function recentItems(jobs: readonly RecentJob[]): Item[] {
  if (jobs.length === 0) return [];
  return [
    { label: vscode.l10n.t('recent jobs'), kind: vscode.QuickPickItemKind.Separator },
    ...jobs.map((job) => ({
      icon: stateIcon(stateOfRecord(job)).icon,
      label: job.name ?? job.jobId,
      description: [
        ...(job.name === null ? [] : [job.jobId]),
        userLabel(job),
        ageOf(job.askedAt),
      ].join(' · '),
      job: { userId: job.userId, jobId: job.jobId },
    })),
  ];
}

function receivedItems(jobs: readonly JobIds[]): Item[] {
  if (jobs.length === 0) return [];
  return [
    { label: vscode.l10n.t('received webhooks'), kind: vscode.QuickPickItemKind.Separator },
    ...jobs.map((job) => jobItem('inbox', job)),
  ];
}

function offeredItems(offered: readonly OfferedJob[]): Item[] {
  const isV3 = ({ jobId }: OfferedJob): boolean => isV3JobId(jobId);
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const icon = 'beaker';
  const v1 = offered
    .filter((job) => !isV3(job))
    .map(({ jobId, title }): Item => {
      const job = { userId: SIMULATOR_USER, jobId };
      return { icon, label: jobId, description: title, job };
    });
  // an ID of API v3 says nothing to a reader
  const v3 = offered.filter(isV3).map(({ jobId, title }): Item => {
    const job = { userId: null, jobId };
    return { icon, label: title, description: jobId, job };
  });
  return [
    ...(v1.length === 0 ? [] : [separator(vscode.l10n.t('simulator scenarios')), ...v1]),
    ...(v3.length === 0 ? [] : [separator(vscode.l10n.t('simulator scenarios of API v3')), ...v3]),
  ];
}

interface FoundJob {
  readonly job: JobReference;
  readonly where: string;
}

/** The job in the selection, if it contains both IDs; without a selection, the job at the cursor. */
function jobInEditor(): FoundJob | null {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const { document, selection } = editor;
  const job = selection.isEmpty
    ? jobNear(document.getText(), document.offsetAt(selection.active), document.languageId)
    : findJobReference(document.getText(selection), document.languageId);
  const where = selection.isEmpty
    ? vscode.l10n.t('at the cursor')
    : vscode.l10n.t('from the selection');
  return job && { job, where };
}

/** The job in the clipboard, if it contains both IDs. */
async function copiedJob(): Promise<FoundJob | null> {
  try {
    const job = findJobReference(await vscode.env.clipboard.readText());
    return job && { job, where: vscode.l10n.t('from the clipboard') };
  } catch {
    return null; // a clipboard that cannot be read has no job
  }
}
