import * as vscode from 'vscode';
import { stateOfRecord, stateWords } from '../../core/report/jobState';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import { ageOf } from '../age';
import type { Profiles } from '../credentials/profiles';
import { profileLine } from '../environmentLabel';
import * as notify from '../notify';
import { pickOne } from '../quickInput';
import { stateIcon } from '../stateIcons';
import { userLabel } from '../userLabel';
import { JobNode } from './jobsTree';

/** **Smile ID: Find in Recent Jobs…**: search by ID, name, code or profile; from a code, only the jobs that have it. */
export async function findJobs(
  recent: RecentJobs,
  profiles: Profiles,
  argument: unknown,
): Promise<void> {
  const code = typeof argument === 'string' ? argument : null;
  const byId = new Map((await profiles.list()).map((profile) => [profile.id, profile]));
  const items = (await recent.list()).flatMap((job) => {
    const profile = byId.get(job.profileId);
    if (!profile || (code !== null && job.code !== code)) return [];
    return [
      {
        icon: stateIcon(stateOfRecord(job)).icon,
        label: job.name ?? job.jobId,
        description: [job.code, stateWords(job), ageOf(job.askedAt)]
          .filter((part) => part !== null)
          .join(' · '),
        detail: [
          profileLine(profile),
          job.userId === null ? userLabel(job) : vscode.l10n.t('user {0}', job.userId),
          ...(job.name === null ? [] : [vscode.l10n.t('job {0}', job.jobId)]),
        ].join(' · '),
        node: new JobNode(profile, job),
      },
    ];
  });
  if (items.length === 0) {
    const look = vscode.l10n.t('Get Job Status');
    const choice = await notify.info(
      code === null
        ? vscode.l10n.t('No jobs have been looked up yet.')
        : vscode.l10n.t('No recent job has the code {0}.', code),
      look,
    );
    if (choice === look) await vscode.commands.executeCommand('smile.getJobStatus');
    return;
  }
  const choice = await pickOne(items, {
    title:
      code === null ? vscode.l10n.t('Recent Jobs') : vscode.l10n.t('Recent Jobs with {0}', code),
    placeHolder: vscode.l10n.t('Search by job ID, user ID, code or profile'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (choice) await vscode.commands.executeCommand('smile.openJob', choice.node);
}
