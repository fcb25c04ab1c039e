import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import { checkJobIds } from '../../core/smile/jobRequest';
import type { JobWatches, StoredWatch, VerdictChange } from '../../core/jobs/jobWatches';
import { noWatchOf, noWatchWords } from '../../core/jobs/noWatch';
import { verdictLabel } from '../../core/report/jobState';
import type { JobPanels } from '../jobPanel/jobPanels';
import type { Commands } from '../commands';
import { ConfigValue } from '../configValue';
import { Disposable } from '../disposable';
import { environmentLabel } from '../environmentLabel';
import type { RowCommands } from '../jobsView/rowCommands';
import type { Profiles } from '../credentials/profiles';
import type { Log } from '../log';
import * as notify from '../notify';

const WatchArgument = z.object({ userId: z.nullable(z.string()), jobId: z.string() });

/** Watching for the user: the commands, the notification of a changed verdict, and what follows a restart. */
export class Watching extends Disposable {
  private readonly notifications = new ConfigValue('watch.notifications', 'all');

  constructor(
    private readonly watches: JobWatches,
    private readonly profiles: Profiles,
    private readonly panels: Pick<JobPanels, 'find' | 'open' | 'show'>,
    private readonly log: Pick<Log, 'error' | 'showError'>,
    private readonly window: Pick<
      typeof vscode.window,
      'onDidChangeWindowState' | 'state'
    > = vscode.window,
  ) {
    super();
    // Not while VS Code starts: this can wait.
    const later = setTimeout(() => {
      this.resumeWhenFocused();
    }, 1000);
    this.register(
      {
        dispose: () => {
          clearTimeout(later);
        },
      },
      profiles.onDidChange(() => {
        this.followProfiles().catch((error: unknown) => {
          log.error(error);
        });
      }),
      watches.onDidChangeVerdict((change) => {
        this.notify(change).catch((error: unknown) => log.showError(error));
      }),
    );
  }

  addCommands(commands: Commands, rows: RowCommands): void {
    rows.jobs('smile.watchJob', (selected) => {
      // the button of one row comes with all that are selected
      const possible = selected.filter(({ job }) => noWatchOf(job) === null);
      const [reason] = selected.flatMap(({ job }) => noWatchOf(job) ?? []);
      if (possible.length === 0 && reason) throw new HumanError(noWatchWords(reason));
      for (const { profile, job } of possible) this.watches.start(profile, job, job.verdict);
    });
    rows.jobs('smile.stopWatchingJob', (selected) => {
      for (const { profile, job } of selected) this.watches.stop(profile.id, job);
    });
    commands.add('_smile.watchJob', (argument) => this.watchActive(argument));
  }

  private async followProfiles(): Promise<void> {
    this.watches.followProfiles(await this.profiles.list());
  }

  /** Of several windows that start together, the one that the user looks at takes over what was watched. */
  private resumeWhenFocused(): void {
    const resume = (): void => {
      this.resume().catch((error: unknown) => this.log.showError(error));
    };
    if (this.window.state.focused) {
      resume();
      return;
    }
    const listening = this.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      listening.dispose();
      resume();
    });
    this.register(listening);
  }

  /** Resumes what the last session watched. To production nothing is sent before the user agrees. */
  private async resume(): Promise<void> {
    const { watches } = this;
    const profiles = new Map((await this.profiles.list()).map((profile) => [profile.id, profile]));
    const production: StoredWatch[] = [];
    for (const watch of await watches.claim()) {
      const profile = profiles.get(watch.profileId);
      if (profile?.environment === 'production') production.push(watch);
      else if (profile) watches.start(profile, watch, watch.verdict);
      // left by a window that was closed while its profile was removed
      else if (await this.profiles.isSignedOut(watch.profileId)) await watches.forget([watch]);
    }
    const [first, ...others] = production;
    if (!first) return;
    const resume = vscode.l10n.t('Resume');
    const forget = vscode.l10n.t('Stop Watching');
    const environment = environmentLabel('production');
    const choice = await notify.info(
      others.length === 0
        ? vscode.l10n.t(
            'Job {0} was being watched when its window was closed or reloaded ({1}). Resume watching?',
            first.jobId,
            environment,
          )
        : vscode.l10n.t(
            '{0} jobs were being watched when their window was closed or reloaded ({1}). Resume watching?',
            production.length,
            environment,
          ),
      resume,
      forget,
    );
    if (choice === forget) await watches.forget(production);
    if (choice !== resume) return;
    for (const watch of production) {
      const profile = await this.profiles.get(watch.profileId); // it may have been changed or removed since
      if (profile) watches.start(profile, watch, watch.verdict);
    }
  }

  /** Watches a job that a text names, with the active profile, and shows it. */
  private async watchActive(argument: unknown): Promise<void> {
    const ids = WatchArgument.safeParse(argument);
    if (!ids.success) throw new HumanError('_smile.watchJob needs { userId, jobId }.');
    const problem = checkJobIds(ids.data);
    if (problem !== null) throw new HumanError(problem);
    const profile = await this.profiles.active();
    if (!profile) {
      throw new HumanError(
        vscode.l10n.t(
          'There is no active Smile ID profile. Add one with "Smile ID: Add Profile…".',
        ),
      );
    }
    this.panels.show(profile, ids.data);
    this.watches.start(profile, ids.data);
  }

  /** Not if the user sees the panel, which shows the change itself, nor if the setting says so. */
  private async notify({ profile, ids, before, after }: VerdictChange): Promise<void> {
    const { value } = this.notifications;
    const isFinal = this.watches.state(profile.id, ids)?.phase === 'finished';
    if (value === 'off' || (value === 'final' && !isFinal)) return;
    const panel = this.panels.find(profile.id, ids);
    if (this.window.state.focused && panel?.isVisible === true) return;
    const open = vscode.l10n.t('Open Job');
    const choice = await notify.info(
      vscode.l10n.t(
        '{0}: {1} → {2} ({3})',
        ids.jobId,
        verdictLabel(before),
        verdictLabel(after),
        environmentLabel(profile.environment),
      ),
      open,
    );
    if (choice === open) await this.panels.open(profile, ids);
  }
}
