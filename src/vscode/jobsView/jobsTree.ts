import * as vscode from 'vscode';
import { isActive, type JobWatches } from '../../core/jobs/jobWatches';
import { noWatchOf } from '../../core/jobs/noWatch';
import type { RecentJob, RecentJobs } from '../../core/jobs/recentJobs';
import { stateLabel, stateOfRecord, stateWords } from '../../core/report/jobState';
import { listLabels, type ListLabel } from '../../core/report/listLabels';
import { productLabel } from '../../core/catalogue/catalogue';
import { apiOf, type JobIds } from '../../core/smile/jobRequest';
import type { Profile } from '../../core/smile/profile';
import { profileLabel } from '../../core/smile/profileLabel';
import { ageOf } from '../age';
import type { Profiles } from '../credentials/profiles';
import { Disposable } from '../disposable';
import { ENVIRONMENT_ICONS, environmentLabel, profileLine } from '../environmentLabel';
import { withoutMarks } from '../../core/harmlessText';
import { rowTooltip } from '../rowTooltip';
import { stateThemeIcon } from '../stateIcons';

/** A profile in the tree, with its jobs. */
export class ProfileNode {
  constructor(
    readonly profile: Profile,
    readonly jobs: readonly JobNode[],
    readonly windowOnly = false,
  ) {}
}

/** A job in the tree. It lasts as long as its row, even when the job changes. */
export class JobNode {
  constructor(
    readonly profile: Profile,
    public job: RecentJob,
    public watched = false,
    /** Of its job ID, among the other jobs of its profile. */
    readonly id: ListLabel = { label: job.jobId, whole: job.jobId },
  ) {}
}

type Node = ProfileNode | JobNode;

/** Recent jobs by profile, newest first. The active profile is on top. */
export class JobsTree extends Disposable implements vscode.TreeDataProvider<Node> {
  private readonly changed = this.register(new vscode.EventEmitter<JobNode[] | undefined>());
  readonly onDidChangeTreeData = this.changed.event;
  private shown: readonly ProfileNode[] = [];
  private updating: Promise<void> = Promise.resolve();

  constructor(
    private readonly recent: RecentJobs,
    private readonly profiles: Profiles,
    private readonly watches: Pick<JobWatches, 'state'>,
  ) {
    super();
    this.register(
      recent.onDidChange(() => {
        this.update();
      }),
      profiles.onDidChange(() => {
        this.refresh();
      }),
    );
  }

  /** Builds the tree again. */
  refresh(): void {
    this.changed.fire(undefined);
  }

  /** Draws the same rows again. They stay, so that an open menu keeps its row. */
  redraw(): void {
    this.changed.fire(this.shown.flatMap(({ jobs }) => [...jobs]));
  }

  /**
   * Draws changes of the jobs. The rows stay where they are while only watches send requests: a list should
   * not move under the pointer every few seconds. Building the tree again removes its rows for a moment, in
   * which a command that was chosen for a row comes without it.
   */
  update(): void {
    this.updating = this.updating
      .then(async () => {
        const now = await this.groups();
        if (!isSameList(this.shown, now)) {
          this.refresh();
          return;
        }
        const fresh = new Map(now.flatMap(({ jobs }) => jobs).map((node) => [node.job.key, node]));
        const changed = this.shown
          .flatMap(({ jobs }) => jobs)
          .filter((node) => {
            const { job, watched } = fresh.get(node.job.key) ?? node;
            const before = JSON.stringify([node.job, node.watched]);
            Object.assign(node, { job, watched });
            return JSON.stringify([job, watched]) !== before;
          });
        if (changed.length > 0) this.changed.fire(changed);
      })
      .catch(() => {
        this.refresh(); // which shows the error
      });
  }

  /** The row of a job, once all changes up to now are drawn; undefined if it has none. */
  async find(profileId: string, { userId, jobId }: JobIds): Promise<JobNode | undefined> {
    await this.updating;
    return (await this.groups())
      .flatMap(({ jobs }) => jobs)
      .find(
        ({ profile, job }) =>
          profile.id === profileId && job.userId === userId && job.jobId === jobId,
      );
  }

  /** The first row of a job, once all changes up to now are drawn. */
  async first(): Promise<JobNode | undefined> {
    await this.updating;
    return (await this.groups()).flatMap(({ jobs }) => jobs)[0];
  }

  /** VS Code knows rows by their IDs, so this need not be the very node of the list. */
  getParent(node: Node): ProfileNode | undefined {
    return node instanceof JobNode ? new ProfileNode(node.profile, [node]) : undefined;
  }

  private isWatched({ id }: Profile, job: RecentJob): boolean {
    const watch = this.watches.state(id, job);
    return watch !== undefined && isActive(watch);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node instanceof JobNode) return [];
    if (node) return [...node.jobs];
    // after a running update, which must not compare its rows with rows that are about to go
    const building = this.updating.then(() => this.groups());
    this.updating = building.then(
      (groups) => {
        this.shown = groups;
      },
      () => undefined,
    );
    return [...(await building)];
  }

  private async groups(): Promise<readonly ProfileNode[]> {
    const [profiles, active, jobs] = await Promise.all([
      this.profiles.list(),
      this.profiles.active(),
      this.recent.list(),
    ]);
    const known = new Set(profiles.map(({ id }) => id));
    const shown = jobs.some(({ profileId }) => known.has(profileId));
    if (!shown) return []; // the welcome texts are shown
    return [...profiles]
      .sort((a, b) => Number(b.id === active?.id) - Number(a.id === active?.id))
      .map((profile) => {
        const own = jobs.filter(({ profileId }) => profileId === profile.id);
        const labels = listLabels(own.map(({ jobId, userId }) => [jobId, userId ?? '']));
        const rows = own.map(
          (job, index) => new JobNode(profile, job, this.isWatched(profile, job), labels[index]),
        );
        return new ProfileNode(profile, rows, this.profiles.isWindowOnly(profile));
      })
      .filter((group) => group.jobs.length > 0 || group.profile.id === active?.id);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node instanceof ProfileNode ? profileTreeItem(node) : jobTreeItem(node);
  }
}

/** Whether two states of the tree have the same rows in the same order, except for the order of watched jobs. */
function isSameList(before: readonly ProfileNode[], now: readonly ProfileNode[]): boolean {
  const isWatched = new Map(
    now.flatMap(({ jobs }) => jobs.map(({ job, watched }) => [job.key, watched])),
  );
  const rows = (groups: readonly ProfileNode[]) =>
    JSON.stringify(
      groups.map(({ profile, jobs, windowOnly }) => {
        const keys = jobs.map(({ job }) => job.key);
        const free = keys.filter((key) => isWatched.get(key) !== true);
        return [profile, windowOnly, [...keys].sort(), free];
      }),
    );
  return rows(before) === rows(now);
}

function profileTreeItem({ profile, jobs, windowOnly }: ProfileNode): vscode.TreeItem {
  const environment = environmentLabel(profile.environment);
  const shown = profileLabel(profile, environment);
  const label = withoutMarks(shown.at(-1) ?? profile.name);
  const item = new vscode.TreeItem(
    label,
    jobs.length > 0
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.None,
  );
  // VS Code keeps a row folded that it has known without rows below it, so this is another one.
  item.id = jobs.length > 0 ? `${profile.id}:jobs` : profile.id;
  const words = [
    ...shown.slice(0, -1),
    ...(windowOnly ? [vscode.l10n.t('this window only')] : []),
    ...(jobs.length === 0 ? [vscode.l10n.t('no jobs yet')] : []),
  ];
  item.description = words.join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    ENVIRONMENT_ICONS[profile.environment],
    profile.environment === 'production'
      ? new vscode.ThemeColor('list.warningForeground')
      : undefined,
  );
  item.contextValue = jobs.length > 0 ? 'profile.jobs' : 'profile';
  item.tooltip = withoutMarks(
    [profile.name, environment, vscode.l10n.t('partner {0}', profile.partnerId)].join(', '),
  );
  item.accessibilityInformation = {
    label: [vscode.l10n.t('profile {0}', label), ...words].join(', '),
  };
  return item;
}

function jobTreeItem(node: JobNode): vscode.TreeItem {
  const { profile, job, watched, id } = node;
  const state = stateOfRecord(job);
  const name = job.name === null ? null : withoutMarks(job.name);
  const item = new vscode.TreeItem(name ?? id.label);
  item.id = job.key;
  // A code alone does not say what must be read before it.
  const isAlert = state === 'untrusted' || state === 'attention';
  const words = job.code === null || isAlert ? [stateLabel(state)] : [];
  const failure = job.verdict === null ? [] : failureOf(job);
  const watching = watched ? [vscode.l10n.t('watching')] : [];
  const age = ageOf(job.askedAt);
  const code = job.code === null ? [] : [withoutMarks(job.code)];
  item.description = [...words, ...code, ...failure, ...(watched ? watching : [age])].join(' · ');
  item.iconPath = stateThemeIcon(state);
  item.contextValue = [
    'job',
    apiOf(job),
    ...(job.smileJobId === null ? [] : ['known']),
    ...(watched ? ['watched'] : noWatchOf(job) === null ? ['watchable'] : []),
  ].join('.');
  item.tooltip = tooltipOf(job, profile);
  item.command = { command: 'smile.openJob', title: vscode.l10n.t('Open'), arguments: [node] };
  item.accessibilityInformation = {
    label: [
      name ?? id.whole,
      stateWords(job),
      ...code.map((digits) => vscode.l10n.t('code {0}', digits)),
      ...failure,
      age,
      ...watching,
      vscode.l10n.t('profile {0}', withoutMarks(profileLine(profile))),
    ].join(', '),
  };
  return item;
}

/** What the last request brought in place of a job. */
const failureOf = (job: RecentJob): string[] =>
  job.outcome === 'answered' ? [] : [stateLabel(stateOfRecord({ ...job, verdict: null }))];

function tooltipOf(job: RecentJob, profile: Profile): vscode.MarkdownString {
  const checked = [new Date(job.askedAt).toLocaleString(), ...failureOf(job)];
  return rowTooltip(
    [
      [vscode.l10n.t('Job ID'), job.jobId],
      [vscode.l10n.t('User ID'), job.userId],
      ['API', apiOf(job)],
      ['SmileJobID', job.smileJobId],
      [vscode.l10n.t('Profile'), profileLine(profile)],
      [vscode.l10n.t('Checked'), checked.join(', ')],
    ],
    stateWords(job),
    [
      ...(job.code === null ? [] : [vscode.l10n.t('code {0}', job.code)]),
      ...(job.product === null ? [] : [productLabel(job.product)]),
    ],
  );
}
