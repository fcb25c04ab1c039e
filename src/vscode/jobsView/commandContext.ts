import { commands } from 'vscode';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import type { Deliveries } from '../../core/webhooks/deliveries';
import type { Profiles } from '../credentials/profiles';
import { Disposable } from '../disposable';
import type { Log } from '../log';

/**
 * Keeps the context keys up to date by which package.json offers what needs a profile, a job or a webhook. Until this is
 * loaded they are as start/offerCommands.ts sets them.
 */
export class CommandContext extends Disposable {
  private last = Promise.resolve();

  constructor(
    private readonly profiles: Profiles,
    private readonly recent: Pick<RecentJobs, 'list' | 'onDidChange'>,
    deliveries: Pick<Deliveries, 'all' | 'onDidChange'>,
    log: Pick<Log, 'error'>,
  ) {
    super();
    // one after the other, so that an earlier state does not replace a later one
    const update = (): void => {
      this.last = this.last
        .then(() => this.update())
        .catch((error: unknown) => {
          log.error(error);
        });
    };
    this.register(
      profiles.onDidChange(update),
      recent.onDidChange(update),
      deliveries.onDidChange(() => {
        void commands.executeCommand(
          'setContext',
          'smile.hasDeliveries',
          deliveries.all.length > 0,
        );
      }),
    );
    update();
  }

  private async update(): Promise<void> {
    const known = new Set((await this.profiles.list()).map(({ id }) => id));
    void commands.executeCommand('setContext', 'smile.hasProfile', known.size > 0);
    const jobs = await this.recent.list();
    const hasJobs = jobs.some(({ profileId }) => known.has(profileId));
    void commands.executeCommand('setContext', 'smile.hasJobs', hasJobs);
    // beside a profile, the command that lists these keys is offered anyway
    const hasLostKeys = known.size === 0 && (await this.profiles.keysWithoutProfile()).length > 0;
    void commands.executeCommand('setContext', 'smile.hasLostKeys', hasLostKeys);
  }
}
