import * as vscode from 'vscode';
import type { JobLookup } from '../../core/jobs/jobLookup';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import type { JobStatusOptions } from '../../core/smile/jobRequest';
import type { Profile } from '../../core/smile/profile';
import type { ProfileCommands } from '../credentials/profileCommands';
import type { PageMessage } from '../../webview/protocol';
import type { JobPanels } from '../jobPanel/jobPanels';
import type { CommandId } from '../commandIds';
import type { Commands } from '../commands';
import * as notify from '../notify';
import { promptText } from '../quickInput';
import type { JobNode } from './jobsTree';
import type { RowCommands } from './rowCommands';

const NEVER = new AbortController().signal;

/** Commands for recent jobs and for the profiles that group them. */
export class JobsCommands {
  constructor(
    private readonly recent: RecentJobs,
    private readonly panels: JobPanels,
    private readonly lookup: JobLookup,
    private readonly options: () => JobStatusOptions,
    private readonly profiles: Pick<ProfileCommands, 'switch' | 'edit' | 'signOut'>,
    private readonly selectOne: () => Promise<void>,
  ) {}

  addCommands(commands: Commands, rows: RowCommands): void {
    const copy = (id: CommandId, text: (node: JobNode) => string | null): void => {
      rows.jobs(id, async (jobs) => {
        const lines = jobs.map(text).filter((line) => line !== null);
        if (lines.length > 0) await vscode.env.clipboard.writeText(lines.join('\n'));
      });
    };
    rows.jobs('smile.openJob', async ([node]) => {
      if (node) await this.panels.open(node.profile, node.job);
    });
    rows.jobs('smile.refreshJob', (jobs) => this.refresh(jobs));
    const inPanel = (id: CommandId, message: PageMessage): void => {
      rows.jobs(id, async ([node]) => {
        if (!node) return;
        const panel = this.panels.show(node.profile, node.job);
        await Promise.all([panel.load(), panel.pageLoaded]);
        await panel.on({ type: 'openEntry', index: null }); // the row is of the job
        if (!panel.closed.aborted) await panel.on(message);
      });
    };
    inPanel('smile.compareJob', { type: 'compare' });
    inPanel('smile.copyJobAs', { type: 'copyAs' });
    inPanel('smile.openJobJson', { type: 'openJson' });
    copy('smile.copyJobId', ({ job }) => job.jobId);
    copy('smile.copyUserId', ({ job }) => job.userId);
    copy('smile.copySmileJobId', ({ job }) => job.smileJobId);
    rows.jobs('smile.renameJob', async ([node]) => {
      if (!node) return;
      const { job } = node;
      const name = await promptText(
        { title: vscode.l10n.t('Rename Job {0}', job.jobId), step: 1, totalSteps: 1 },
        {
          prompt: vscode.l10n.t('Name in the list; empty shows the job ID again'),
          placeholder: job.jobId,
          value: job.name ?? '',
          check: (text) =>
            text.trim().length > 100 ? vscode.l10n.t('A name has at most 100 characters.') : null,
        },
      );
      if (typeof name === 'string') await this.recent.rename(job.key, name);
    });
    rows.jobs('smile.removeJob', async (jobs) => {
      await this.recent.remove(jobs.map(({ job }) => job.key));
      if (jobs.length > 1) await this.selectOne();
    });
    commands.add('smile.clearJobs', () => this.clear());
    rows.profile('smile.row.switchProfile', ({ profile }) => this.profiles.switch(profile.id));
    rows.profile('smile.row.editProfile', ({ profile }) => this.profiles.edit(profile.id));
    rows.profile('smile.row.signOut', ({ profile }) => this.profiles.signOut(profile.id));
    rows.profile('smile.row.clearJobs', ({ profile }) => this.clear(profile));
  }

  /** One after the other, and without opening anything: open panels show their responses, the tree the rest. */
  private async refresh(jobs: readonly JobNode[]): Promise<void> {
    for (const { profile, job } of jobs) {
      const panel = this.panels.find(profile.id, job);
      if (panel) {
        await panel.refresh();
        continue;
      }
      const request = { userId: job.userId, jobId: job.jobId, ...this.options() };
      const outcome = await this.lookup.lookUp(profile, request, NEVER);
      if (outcome.kind === 'cancelled') return;
    }
  }

  private async clear(profile?: Profile): Promise<void> {
    if ((await this.recent.list()).length === 0) {
      void notify.info(vscode.l10n.t('No jobs have been looked up yet.'));
      return;
    }
    const sure = await notify.confirm(
      profile
        ? vscode.l10n.t('Clear the recent jobs of "{0}"?', profile.name)
        : vscode.l10n.t('Clear all recent jobs?'),
      vscode.l10n.t('Only this list is cleared. Nothing changes at Smile ID.'),
      vscode.l10n.t('Clear'),
    );
    if (sure) await this.recent.clear(profile?.id);
  }
}
