import * as l10n from '../l10n';
import * as z from 'zod/mini';
import { OUTCOMES } from '../catalogue/types';
import type { Clock } from '../clock';
import { Emitter, type Event } from '../event';
import { HumanError } from '../humanError';
import { line, type Logger } from '../logger';
import type { RecordStore } from '../recordStore';
import type { Verdict } from '../smile/job';
import type { JobIds, JobStatusOptions } from '../smile/jobRequest';
import { isSuspicious, type Answered, type JobStatusOutcome } from '../smile/outcome';
import { isSameAccount, type Profile } from '../smile/profile';
import type { JobLookup } from './jobLookup';
import { jobKey, OwnId } from './recentJobs';
import {
  judge,
  LONGEST_WAIT,
  MINUTE,
  nextDelay,
  SHORTEST_WAIT,
  type Outcome,
} from './watchSchedule';

/**
 * What is stored of a running watch, for other windows and for the next session: only IDs, times and the
 * verdict. Of the windows that watch the same job, the one that wrote last checks it.
 */
export const StoredWatch = z.object({
  profileId: z.string(),
  userId: z.nullable(OwnId),
  jobId: OwnId,
  /** Until then a window runs it for certain, ISO 8601 in UTC. Renewed with every check. */
  aliveUntil: z.string(),
  /** The window that runs it, as a random name. Missing in older records. */
  window: z.optional(z.string()),
  /** No window runs it, and that window alone may offer to resume it. */
  claimed: z.optional(z.literal(true)),
  /** The last verdict that this window knows. */
  verdict: z._default(z.nullable(z.enum([...OUTCOMES, 'unknown'])), null),
});
export type StoredWatch = z.infer<typeof StoredWatch>;

/** The current state of a watch: plain data, for those that show it. */
export interface WatchState {
  readonly profileId: string;
  readonly ids: JobIds;
  /** `checking` during a request, `waiting` for the next check; with the other two it has ended. */
  readonly phase: 'checking' | 'waiting' | 'stopped' | 'finished';
  /** Responses and failures since it began or was resumed, also those of requests from elsewhere. */
  readonly polls: number;
  /** When the next check is due; null unless waiting. */
  readonly nextAt: Date | null;
  /** The last one that is known. */
  readonly verdict: Verdict | null;
  /** Why it ended, or why the last check brought no response. A sentence for users. */
  readonly reason: string | null;
  /** Whether it has changed to the slow timer. */
  readonly slow: boolean;
}

/** Whether a watch is still running. */
export function isActive({ phase }: Pick<WatchState, 'phase'>): boolean {
  return phase === 'checking' || phase === 'waiting';
}

/** A verdict that differs from the one known before. */
export interface VerdictChange {
  readonly profile: Profile;
  readonly ids: JobIds;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly outcome: Answered;
}

const LIMIT = 24 * 60 * MINUTE;
/** How long after its due time a check may take before its window counts as closed; clocks may differ by as much. */
const GRACE = 2 * MINUTE;
const LONGEST_LEASE = LONGEST_WAIT + 2 * GRACE;

interface Watch {
  profile: Profile;
  elapsedMs: number;
  /** When `elapsedMs` was last updated. */
  countedAt: number;
  /** When the last outcome came; null before the first one. */
  outcomeAt: number | null;
  /** Another window checks the job now. */
  following: boolean;
  /** The verdict of another window that was the reason for the last check of this one. */
  reportedElsewhere: Verdict | null;
  failures: number;
  slowWaits: number;
  /** Ends the request under way, or the wait for the next one. */
  underWay: AbortController;
  state: WatchState;
}

/**
 * The jobs that this window polls until they are final; one watch per job, wherever it was started. All
 * requests go through JobLookup, so each is signed for its own time, and the response to a request from
 * elsewhere counts for the watch, too. If several windows watch the same job, one of them checks it: the
 * others wait until it reports another verdict, ends or is gone, and then check once themselves.
 */
export class JobWatches {
  private readonly changed: Emitter<WatchState>;
  readonly onDidChange: Event<WatchState>;
  private readonly verdictChanged: Emitter<VerdictChange>;
  /** Fires if an earlier verdict was known; the first one is not a change. */
  readonly onDidChangeVerdict: Event<VerdictChange>;
  private readonly watches = new Map<string, Watch>();
  private readonly listening: readonly { dispose(): void }[];
  private readonly window = crypto.randomUUID();
  /** Watches of earlier sessions that only this window may offer, by the key of each. */
  private claimed: ReadonlySet<string> = new Set();
  private keepingClaims: Promise<void> | null = null;
  private readonly ending = new AbortController();
  private disposed: Promise<void> | null = null;
  /** Writes in sequence, so that a late one does not bring back a record that was removed. */
  private saving: Promise<void> = Promise.resolve();
  private diskFailed = false;

  /**
   * @param profiles get: by ID, before each check, since a profile may be edited or removed meanwhile
   * @param options what each check requests beside the result
   */
  constructor(
    private readonly lookup: Pick<JobLookup, 'lookUp' | 'onDidChange'>,
    private readonly profiles: { get(id: string): Promise<Profile | undefined> },
    private readonly stored: RecordStore<StoredWatch>,
    private readonly options: () => JobStatusOptions,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.changed = new Emitter(logger);
    this.onDidChange = this.changed.event;
    this.verdictChanged = new Emitter(logger);
    this.onDidChangeVerdict = this.verdictChanged.event;
    this.listening = [
      lookup.onDidChange(({ profile, request, outcome, at }) => {
        const watch = this.running(profile.id, request);
        if (!watch || !outcome || outcome.kind === 'cancelled') return;
        if (isSameAccount(watch.profile, profile)) this.apply(watch, outcome, at);
      }),
      stored.onDidChange(() => {
        for (const watch of this.watches.values()) {
          if (watch.following && isActive(watch.state)) void this.due(watch);
        }
      }),
    ];
  }

  /**
   * Begins to watch a job, or resumes a watch that ended; the first check is made at once. A running watch
   * is not changed.
   * @param lastVerdict the verdict known before, so that the first response can be a change
   */
  start(profile: Profile, ids: JobIds, lastVerdict: Verdict | null = null): WatchState {
    const key = keyOf(profile.id, ids);
    const existing = this.watches.get(key);
    if (existing && isActive(existing.state)) return existing.state;
    const watch: Watch = {
      profile,
      elapsedMs: 0,
      countedAt: this.clock.now().getTime(),
      outcomeAt: null,
      following: false,
      reportedElsewhere: null,
      failures: 0,
      slowWaits: 0,
      underWay: new AbortController(),
      state: {
        profileId: profile.id,
        ids: { userId: ids.userId, jobId: ids.jobId },
        phase: 'checking',
        polls: 0,
        nextAt: null,
        verdict: lastVerdict ?? existing?.state.verdict ?? null,
        reason: null,
        slow: false,
      },
    };
    this.watches.set(key, watch);
    this.remember(watch, watch.countedAt + GRACE);
    void this.poll(watch);
    return watch.state;
  }

  /** Called when the user wants no more checks. Does nothing if no watch of this job is running. */
  stop(profileId: string, ids: JobIds): void {
    const watch = this.running(profileId, ids);
    if (watch) this.end(watch, 'stopped', { reason: l10n.t('You stopped watching.') });
  }

  /** Stops the watches of a profile that is signed out, and removes their records of earlier sessions. */
  stopProfile(profileId: string): void {
    for (const watch of this.watches.values()) {
      if (watch.profile.id !== profileId || !isActive(watch.state)) continue;
      this.end(watch, 'stopped', { reason: profileRemoved() });
    }
    void this.save(async () => {
      for (const [key, record] of await this.stored.list()) {
        if (record.profileId === profileId) await this.stored.remove(key);
      }
    });
  }

  /** Stops all watches of this window. The caller removes the records of other windows. */
  async deleteAll(): Promise<void> {
    for (const watch of this.watches.values()) {
      if (isActive(watch.state))
        this.end(watch, 'stopped', { reason: l10n.t('All data was deleted.') });
    }
    this.watches.clear();
    this.claimed = new Set();
    await this.saving;
  }

  /**
   * Another window may have signed out of a profile; or a profile may have changed to another account, and
   * its jobs must be looked up again.
   */
  followProfiles(profiles: readonly Profile[]): void {
    for (const [key, watch] of [...this.watches]) {
      const profile = profiles.find(({ id }) => id === watch.profile.id);
      if (!profile) {
        if (isActive(watch.state)) this.end(watch, 'stopped', { reason: profileRemoved() });
        continue;
      }
      if (isSameAccount(profile, watch.profile)) continue;
      if (!isActive(watch.state)) {
        this.watches.delete(key);
        continue;
      }
      watch.profile = profile;
      watch.underWay.abort();
      this.change(watch, { verdict: null });
      void this.poll(watch);
    }
  }

  state(profileId: string, ids: JobIds): WatchState | undefined {
    return this.watches.get(keyOf(profileId, ids))?.state;
  }

  /** All watches of this window, ended ones included, in the order in which they were first started. */
  all(): readonly WatchState[] {
    return [...this.watches.values()].map(({ state }) => state);
  }

  /**
   * The watches that earlier sessions left running, for the user to start again or forget. Leaves out
   * what a window runs now; after a crash that is known only some minutes later. Never fails.
   */
  async remembered(): Promise<readonly StoredWatch[]> {
    let left: readonly StoredWatch[] = [];
    await this.save(async () => {
      const now = this.clock.now().getTime();
      left = [...(await this.stored.list()).values()].filter(
        (watch) => !isAlive(watch, now) && !this.running(watch.profileId, watch),
      );
    });
    return left;
  }

  /**
   * As `remembered`, but for this window alone: no other one gets them until it ends, so that only one prompts for them.
   * @returns also what was claimed before, if another window has not begun to watch it meanwhile
   */
  async claim(): Promise<readonly StoredWatch[]> {
    const left = await this.remembered();
    this.claimed = new Set([
      ...this.claimed,
      ...left.map((watch) => keyOf(watch.profileId, watch)),
    ]);
    const held = await this.renewClaims(LONGEST_WAIT + GRACE);
    if (held.length > 0) this.keepingClaims ??= this.keepClaims();
    return held;
  }

  private async keepClaims(): Promise<void> {
    const { signal } = this.ending;
    for (;;) {
      await this.clock.sleep(LONGEST_WAIT, signal);
      if (signal.aborted) return;
      await this.renewClaims(LONGEST_WAIT + GRACE);
    }
  }

  /** Renews the records of what is still claimed, and returns them. */
  private async renewClaims(forMs: number): Promise<readonly StoredWatch[]> {
    let held: readonly StoredWatch[] = [];
    await this.save(async () => {
      const now = this.clock.now().getTime();
      const records = [...(await this.stored.list())].filter(
        ([, record]) =>
          this.claimed.has(keyOf(record.profileId, record)) &&
          !this.running(record.profileId, record) &&
          (record.window === this.window || !isAlive(record, now)),
      );
      held = records.map(([, record]) => record);
      this.claimed = new Set(held.map((record) => keyOf(record.profileId, record)));
      const aliveUntil = new Date(now + forMs).toISOString();
      for (const [key, record] of records) {
        await this.stored.write(key, { ...record, aliveUntil, window: this.window, claimed: true });
      }
    });
    return held;
  }

  /** Called when the user does not want to watch these any more. */
  async forget(watches: readonly StoredWatch[]): Promise<void> {
    for (const watch of watches) await this.remove(watch.profileId, watch);
  }

  /**
   * Ends all timers and requests. Running watches stay stored.
   * @returns when the records say to other windows and the next session that no window runs these now
   */
  dispose(): Promise<void> {
    this.disposed ??= this.disposeOnce();
    return this.disposed;
  }

  private async disposeOnce(): Promise<void> {
    for (const listening of this.listening) listening.dispose();
    this.ending.abort();
    if (this.claimed.size > 0) void this.renewClaims(0);
    for (const watch of this.watches.values()) {
      if (!isActive(watch.state)) continue;
      watch.underWay.abort();
      if (!watch.following) this.remember(watch, this.clock.now().getTime());
    }
    await this.saving;
  }

  private running(profileId: string, ids: JobIds): Watch | undefined {
    const watch = this.watches.get(keyOf(profileId, ids));
    return watch && isActive(watch.state) ? watch : undefined;
  }

  /** The wait is over, or another window has reported something. */
  private async due(watch: Watch): Promise<void> {
    const { signal } = watch.underWay;
    const other = await this.otherWindow(watch);
    if (signal.aborted) return;
    this.count(watch);
    const now = this.clock.now().getTime();
    const { verdict } = watch.state;
    const isNew = other?.verdict !== verdict && other?.verdict !== watch.reportedElsewhere;
    if (!other || (other.verdict !== null && isNew)) {
      const sinceOutcome = Math.abs(now - (watch.outcomeAt ?? 0));
      if (sinceOutcome < SHORTEST_WAIT) {
        this.sleep(watch, SHORTEST_WAIT - sinceOutcome);
        return;
      }
      watch.reportedElsewhere = other?.verdict ?? null;
      await this.poll(watch);
      return;
    }
    watch.following = true;
    const aliveUntil = Date.parse(other.aliveUntil);
    const nextAt = new Date(aliveUntil - GRACE);
    this.sleep(watch, aliveUntil - now);
    const { state } = watch;
    if (state.reason === elsewhere() && state.nextAt?.getTime() === nextAt.getTime()) return;
    this.change(watch, { nextAt, reason: elsewhere() });
  }

  /** The record of another window that checks this job now. */
  private async otherWindow({ profile, state: { ids } }: Watch): Promise<StoredWatch | undefined> {
    const key = keyOf(profile.id, ids);
    const now = this.clock.now().getTime();
    const stored = await this.stored.list().catch(() => new Map<string, StoredWatch>());
    return [...stored.values()].find(
      (record) =>
        keyOf(record.profileId, record) === key &&
        record.window !== undefined &&
        record.window !== this.window &&
        record.claimed !== true &&
        isAlive(record, now),
    );
  }

  private async poll(watch: Watch): Promise<void> {
    watch.following = false;
    watch.underWay.abort();
    const { signal } = (watch.underWay = new AbortController());
    try {
      this.change(watch, { phase: 'checking', nextAt: null });
      const profile = await this.profiles.get(watch.profile.id);
      signal.throwIfAborted();
      if (!profile) throw new HumanError(l10n.t("This job's profile was removed."));
      watch.profile = profile;
      const request = { ...watch.state.ids, ...this.options() };
      const outcome = await this.lookup.lookUp(profile, request, signal);
      // An outcome came by the event, and ended this request. Without one, the request was canceled or not sent.
      if (!signal.aborted) this.end(watch, 'stopped', { reason: withoutOutcome(outcome) });
    } catch (error) {
      if (signal.aborted) return; // stopped, or its response has come by the event
      const isHuman = error instanceof HumanError;
      if (!isHuman) this.logger.warn(line`A watch ended unexpectedly: ${error}`);
      const reason = isHuman ? error.message : l10n.t('Unexpected error (see the log).');
      this.end(watch, 'stopped', { reason });
    }
  }

  private apply(watch: Watch, outcome: Outcome, at: Date): void {
    // Wherever the request came from, its outcome replaces that of the request under way, or of the next one.
    watch.underWay.abort();
    watch.following = false;
    this.count(watch);
    watch.outcomeAt = at.getTime();
    const { next, reason } = judge(outcome, watch.elapsedMs);
    const before = watch.state.verdict;
    // A response that cannot be trusted does not change the verdict.
    const trusted =
      outcome.kind === 'answered' && !isSuspicious(outcome.signature) ? outcome : null;
    const verdict = trusted?.job.verdict ?? before;
    const changes = { polls: watch.state.polls + 1, verdict, reason };
    if (next === 'finished' || next === 'stopped') {
      this.end(watch, next, changes);
    } else if (watch.elapsedMs >= LIMIT) {
      this.end(watch, 'stopped', {
        ...changes,
        reason: l10n.t('There was no final result within 24 hours. Start again to go on.'),
      });
    } else {
      this.wait(watch, next, changes);
    }
    if (trusted && before !== null && before !== trusted.job.verdict) {
      const { profile, state } = watch;
      const after = trusted.job.verdict;
      this.verdictChanged.fire({ profile, ids: state.ids, before, after, outcome: trusted });
    }
  }

  private wait(
    watch: Watch,
    next: 'soon' | 'later' | 'retry',
    changes: Pick<WatchState, 'polls' | 'verdict' | 'reason'>,
  ): void {
    watch.failures = next === 'retry' ? watch.failures + 1 : 0;
    const { ms, slow } = nextDelay({
      polls: changes.polls,
      elapsedMs: watch.elapsedMs,
      failures: watch.failures,
      slow: watch.state.slow || next === 'later',
      slowWaits: watch.slowWaits,
    });
    if (slow && watch.failures === 0) watch.slowWaits += 1;
    const nextAt = this.clock.now().getTime() + ms;
    this.sleep(watch, ms);
    this.remember(watch, nextAt + GRACE, changes.verdict);
    this.change(watch, { ...changes, phase: 'waiting', nextAt: new Date(nextAt), slow });
  }

  private sleep(watch: Watch, ms: number): void {
    watch.underWay.abort();
    const { signal } = (watch.underWay = new AbortController());
    void this.clock.sleep(ms, signal).then(() => (signal.aborted ? undefined : this.due(watch)));
  }

  private end(watch: Watch, phase: 'stopped' | 'finished', changes: Partial<WatchState>): void {
    watch.underWay.abort();
    if (!watch.following) void this.remove(watch.profile.id, watch.state.ids);
    this.change(watch, { ...changes, phase, nextAt: null });
  }

  /** Adds at most the longest wait: the machine may have slept, and its clock may have been set. */
  private count(watch: Watch): void {
    const now = this.clock.now().getTime();
    watch.elapsedMs += Math.min(Math.max(0, now - watch.countedAt), LONGEST_WAIT);
    watch.countedAt = now;
  }

  private change(watch: Watch, changes: Partial<WatchState>): void {
    watch.state = { ...watch.state, ...changes };
    this.changed.fire(watch.state);
  }

  private remember(
    { profile, state: { ids, verdict: known } }: Watch,
    aliveUntil: number,
    verdict = known,
  ): void {
    const { data: record } = StoredWatch.safeParse({
      profileId: profile.id,
      ...ids,
      aliveUntil: new Date(aliveUntil).toISOString(),
      window: this.window,
      verdict,
    });
    if (!record) return; // the IDs are too long: the first request is refused
    void this.save(async () => this.stored.write(await jobKey(profile.id, ids), record));
  }

  private remove(profileId: string, ids: JobIds): Promise<void> {
    return this.save(async () => this.stored.remove(await jobKey(profileId, ids)));
  }

  /** If the disk fails, the watches are not remembered; nothing else is lost. */
  private save(work: () => Promise<void>): Promise<void> {
    this.saving = this.saving.then(work).catch(() => {
      if (!this.diskFailed) this.logger.warn(line`Watches cannot be remembered: the disk refused`);
      this.diskFailed = true;
    });
    return this.saving;
  }
}

const profileRemoved = (): string => l10n.t('Its profile was removed.');
const elsewhere = (): string => l10n.t('Another window checks this job.');

/** A lease longer than the longest one was written before the clock was set back. */
function isAlive({ aliveUntil }: StoredWatch, now: number): boolean {
  const left = Date.parse(aliveUntil) - now;
  return left > 0 && left <= LONGEST_LEASE;
}

function keyOf(profileId: string, { userId, jobId }: JobIds): string {
  return JSON.stringify([profileId, userId, jobId]);
}

/** The user declined the request, or canceled it. */
const withoutOutcome = (outcome: JobStatusOutcome): string =>
  outcome.kind === 'cancelled' && outcome.cause === 'declined'
    ? l10n.t('You chose not to send this request to production.')
    : l10n.t('The request was canceled.');
