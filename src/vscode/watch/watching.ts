import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { HumanError } from '../../core/humanError';
import { checkJobIds } from '../../core/smile/jobRequest';
import type { JobWatches, StoredWatch, VerdictChange } from '../../core/jobs/jobWatches';
import { verdictLabel } from '../../core/report/jobState';
import type { JobPanels } from '../jobPanel/jobPanels';
import type { Commands } from '../commands';
import { Disposable } from '../disposable';
import { environmentLabel } from '../environmentLabel';
import type { RowCommands } from '../jobsView/rowCommands';
import type { Profiles } from '../credentials/profiles';
import type { Log } from '../log';
import * as notify from '../notify';

const keyOf = ({ profileId, userId, jobId }: Omit<StoredWatch, 'aliveUntil'>): string =>
  JSON.stringify([profileId, userId, jobId]);

const WatchArgument = z.object({ userId: z.nullable(z.string()), jobId: z.string() });

/** Watching for the user: the commands, the notification of a changed verdict, and the prompt after a restart. */
export class Watching extends Disposable {
  constructor(
    private readonly watches: JobWatches,
    private readonly profiles: Profiles,
    private readonly panels: JobPanels,
    log: Log,
  ) {
    super();
    // Not while VS Code starts: this prompt can wait.
    const later = setTimeout(() => {
      this.offerRemembered().catch((error: unknown) => log.showError(error));
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
      for (const { profile, job } of selected) this.watches.start(profile, job, job.verdict);
    });
    rows.jobs('smile.stopWatchingJob', (selected) => {
      for (const { profile, job } of selected) this.watches.stop(profile.id, job);
    });
    commands.add('_smile.watchJob', (argument) => this.watchActive(argument));
  }

  private async followProfiles(): Promise<void> {
    this.watches.followProfiles(await this.profiles.list());
  }

  /** Offers to resume what the last session watched. Nothing is sent before the user chooses. */
  private async offerRemembered(): Promise<void> {
    const remembered = await this.watches.remembered();
    const profiles = new Map((await this.profiles.list()).map((profile) => [profile.id, profile]));
    const watched = remembered.flatMap((watch) => {
      const profile = profiles.get(watch.profileId);
      return profile ? [{ ...watch, profile }] : [];
    });
    for (const watch of remembered) {
      // left by a window that was closed while its profile was removed
      if (await this.profiles.isSignedOut(watch.profileId)) await this.watches.forget([watch]);
    }
    const resume = vscode.l10n.t('Resume');
    const forget = vscode.l10n.t('Stop Watching');
    const [first, ...others] = watched;
    if (!first) return;
    const environments = [
      ...new Set(watched.map(({ profile }) => environmentLabel(profile.environment))),
    ].join(', ');
    const choice = await notify.info(
      others.length === 0
        ? vscode.l10n.t(
            'Job {0} was being watched when VS Code closed ({1}). Resume watching?',
            first.jobId,
            environments,
          )
        : vscode.l10n.t(
            '{0} jobs were being watched when VS Code closed ({1}). Resume watching?',
            watched.length,
            environments,
          ),
      resume,
      forget,
    );
    if (choice === resume) {
      // Another window may have shown the same prompt, and be watching by now.
      const free = new Set((await this.watches.remembered()).map(keyOf));
      for (const { profile, ...watch } of watched) {
        if (free.has(keyOf(watch))) this.watches.start(profile, watch);
      }
    }
    if (choice === forget) await this.watches.forget(remembered);
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

  /** Not if the user sees the panel: it shows the change itself. */
  private async notify({ profile, ids, before, after }: VerdictChange): Promise<void> {
    const panel = this.panels.find(profile.id, ids);
    if (vscode.window.state.focused && panel?.isVisible === true) return;
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
