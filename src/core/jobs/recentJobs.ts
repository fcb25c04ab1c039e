import * as z from 'zod/mini';
import { OUTCOMES, PRODUCTS } from '../catalogue/types';
import { Emitter, type Event } from '../event';
import { line, type Logger } from '../logger';
import type { RecordStore } from '../recordStore';
import { sha256 } from '../sha256';
import { LONGEST_ID, type JobIds } from '../smile/jobRequest';
import type { JobStatusOutcome } from '../smile/outcome';
import { Turns } from '../turns';
import { NO_WATCH, noWatchAfter, noWatchOf } from './noWatch';

const Verdict = z.enum([...OUTCOMES, 'unknown']);

/** The latest time that a Date can be, in milliseconds since 1970. */
const LATEST = 8.64e15;

/** A value from a response is stored only in the form of its field; anything else may be personal. */
const ifFits = <T extends z.ZodMiniType>(schema: T) => z.catch(z.nullable(schema), null);

/** The partner's own IDs: any text that is short enough to be sent. */
export const OwnId = z.string().check(z.maxLength(LONGEST_ID));

/**
 * What is stored of a job that was looked up: IDs, codes and times. Never a body, an image, a link or an
 * ID field: records are also parsed with this before they are written.
 */
export const StoredJob = z.object({
  profileId: z.string(),
  /** Null for a job of API v3, which is looked up by its job ID alone. */
  userId: z.nullable(OwnId),
  jobId: OwnId,
  smileJobId: ifFits(z.string().check(z.regex(/^\d{1,10}$/))),
  jobType: ifFits(z.int().check(z.gte(0), z.lte(99))),
  product: ifFits(z.enum(PRODUCTS)),
  code: ifFits(z.string().check(z.regex(/^\d{4}$/))),
  /** Null until Smile ID responded with a job. */
  verdict: z.nullable(Verdict),
  /** Of the response with the verdict; null if the verdict is older than this field. */
  signature: z._default(
    z.nullable(z.enum(['valid', 'invalid', 'missing', 'unsigned', 'unknown'])),
    null,
  ),
  /** How the last request ended. */
  outcome: z.enum(['answered', 'refused', 'unreachable', 'unreadable']),
  /** Of the last response that was not a job. */
  httpStatus: ifFits(z.int().check(z.gte(100), z.lte(599))),
  /** Why watching it makes no sense, or null. Missing in older records. */
  noWatch: z.catch(z.optional(z.nullable(z.enum(NO_WATCH))), undefined),
  /** When it was last requested, ISO 8601 in UTC. */
  askedAt: z.string(),
  /**
   * Its position in the list, in milliseconds since 1970: the time, or later than all jobs that were listed then,
   * since a clock that was wrong for a while must not keep jobs at the top, nor remove them. Missing in older
   * records.
   */
  order: z.catch(z.optional(z.int().check(z.lte(LATEST))), undefined),
});
export type StoredJob = z.infer<typeof StoredJob>;

/**
 * A name that the user gave to a job. Stored separately, so that renaming and looking up never overwrite each
 * other.
 */
export const JobName = z.object({ name: z.string() });
export type JobName = z.infer<typeof JobName>;

export type RecentJob = Readonly<StoredJob> & {
  readonly key: string;
  readonly name: string | null;
};

/** The key of a job's records: a digest, since IDs may contain characters that file names may not. */
export async function jobKey(profileId: string, { userId, jobId }: JobIds): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([profileId, userId, jobId]));
  return (await sha256(bytes)).slice(0, 32);
}

/** The state of the profiles that jobs belong to. */
interface ProfileStates {
  /** Whether a profile is certainly removed, and its API key with it. */
  isSignedOut(profileId: string): Promise<boolean>;
  /** Whether a profile ends with this window. Other windows do not know it and would treat it as signed out. */
  isWindowOnly(profile: { readonly id: string }): boolean;
}

const KEPT: ProfileStates = {
  isSignedOut: () => Promise.resolve(false),
  isWindowOnly: () => false,
};

/** The jobs that were looked up, newest first, of all profiles and windows. */
export class RecentJobs {
  private readonly changed: Emitter<void>;
  readonly onDidChange: Event<void>;
  /** A record takes over fields of the one before it, and a removal must not come between. */
  private readonly turns = new Turns();
  private jobs: Promise<Map<string, RecentJob>> | null = null;
  private cleared: Promise<void> | null = null;
  /** Records that the disk refused, or of a profile that ends with this window; they are still shown. */
  private readonly unsaved = new Map<string, StoredJob>();

  constructor(
    private readonly stored: RecordStore<StoredJob>,
    private readonly names: RecordStore<JobName>,
    private readonly limit: () => number,
    private readonly logger: Logger,
    private readonly profiles: ProfileStates = KEPT,
  ) {
    this.changed = new Emitter(logger);
    this.onDidChange = this.changed.event;
    const reload = (): void => {
      this.jobs = null;
      this.changed.fire();
    };
    stored.onDidChange(reload);
    names.onDidChange(reload);
  }

  /** Newest first. */
  async list(): Promise<readonly RecentJob[]> {
    return [...(await this.load()).values()];
  }

  async get(profileId: string, ids: JobIds): Promise<RecentJob | undefined> {
    return (await this.load()).get(await jobKey(profileId, ids));
  }

  /**
   * Records that a job was requested, and the outcome. An outcome without a job keeps the fields of
   * the last response.
   * @throws if the disk refuses; the job then stays in the list of this window only.
   */
  async record(
    profileId: string,
    ids: JobIds,
    outcome: Exclude<JobStatusOutcome, { kind: 'cancelled' }>,
    at: Date,
  ): Promise<void> {
    const key = await jobKey(profileId, ids);
    await this.turns.run(key, () => this.store(key, profileId, ids, outcome, at));
    await this.removeOverLimit().catch(() => {
      this.logger.warn(line`Recent jobs: those over the limit could not be removed`);
    });
  }

  private async store(
    key: string,
    profileId: string,
    ids: JobIds,
    outcome: Exclude<JobStatusOutcome, { kind: 'cancelled' }>,
    at: Date,
  ): Promise<void> {
    // If the folder cannot be read, this job must still be recorded.
    const jobs = await this.load().catch(() => this.unsaved);
    const before = jobs.get(key);
    const newest = [...jobs.values()].reduce((latest, job) => Math.max(latest, orderOf(job)), 0);
    const job = outcome.kind === 'answered' ? outcome.job : null;
    const record = StoredJob.parse({
      profileId,
      userId: ids.userId,
      jobId: ids.jobId,
      smileJobId: (job ?? before)?.smileJobId ?? null,
      jobType: (job ?? before)?.jobType ?? null,
      product: (job ?? before)?.product ?? null,
      code: job ? (job.result?.code ?? null) : (before?.code ?? null),
      verdict: (job ?? before)?.verdict ?? null,
      signature: outcome.kind === 'answered' ? outcome.signature : (before?.signature ?? null),
      outcome: outcome.kind,
      httpStatus: 'httpStatus' in outcome ? outcome.httpStatus : null,
      noWatch: noWatchAfter(outcome, before ? noWatchOf(before) : null),
      askedAt: at.toISOString(),
      order: Math.max(at.getTime(), newest + 1),
    } satisfies Record<keyof StoredJob, unknown>);
    try {
      if (this.profiles.isWindowOnly({ id: profileId })) {
        this.unsaved.set(key, record);
      } else {
        await this.stored.write(key, record);
        this.unsaved.delete(key);
      }
    } catch (error) {
      this.unsaved.set(key, record);
      throw error;
    } finally {
      this.reload();
    }
  }

  /** Gives a job a name, or removes it if the name is empty. */
  async rename(key: string, name: string): Promise<void> {
    const text = name.trim();
    if (!(await this.load()).has(key)) return; // it was removed meanwhile
    await (text === '' ? this.names.remove(key) : this.names.write(key, { name: text }));
    this.reload();
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.turns.run(key, async () => {
        this.unsaved.delete(key);
        await this.stored.remove(key);
        await this.names.remove(key);
      });
    }
    this.reload();
  }

  /** Removes one job, whether or not it is listed. */
  async forget(profileId: string, ids: JobIds): Promise<void> {
    await this.remove([await jobKey(profileId, ids)]);
  }

  /** Removes all jobs of a profile, or of all profiles. */
  async clear(profileId?: string): Promise<void> {
    const jobs = await this.list();
    await this.remove(
      jobs
        .filter((job) => profileId === undefined || job.profileId === profileId)
        .map(({ key }) => key),
    );
  }

  /** Forgets what the disk refused, after all data was deleted. */
  forgetUnsaved(): void {
    this.unsaved.clear();
    this.reload();
  }

  private reload(): void {
    this.jobs = null;
    this.changed.fire();
  }

  private load(): Promise<Map<string, RecentJob>> {
    this.jobs ??= this.read().catch((error: unknown) => {
      this.jobs = null; // the disk may work again next time
      throw error;
    });
    this.cleared ??= this.clearSignedOut(this.jobs).catch(() => {
      this.logger.warn(line`Recent jobs: those of profiles that are signed out were not removed`);
    });
    return this.jobs;
  }

  /**
   * Removes what earlier windows left of profiles that were signed out, if a window was closed meanwhile or
   * noticed it late.
   */
  private async clearSignedOut(read: Promise<Map<string, RecentJob>>): Promise<void> {
    const profiles = new Set([...(await read).values()].map(({ profileId }) => profileId));
    for (const profileId of profiles) {
      if (await this.profiles.isSignedOut(profileId)) await this.clear(profileId);
    }
  }

  /** In the order of the list: it is read more often than it changes. */
  private async read(): Promise<Map<string, RecentJob>> {
    const [stored, names] = await Promise.all([this.stored.list(), this.names.list()]);
    const all = new Map([...stored, ...this.unsaved]);
    const placed = Array.from(all, ([key, job]) => ({ key, job, order: orderOf(job) }));
    placed.sort((a, b) => b.order - a.order || (a.key < b.key ? -1 : 1));
    return new Map(
      placed.map(({ key, job }) => [key, { ...job, key, name: names.get(key)?.name ?? null }]),
    );
  }

  private async removeOverLimit(): Promise<void> {
    const surplus = (await this.list()).slice(Math.max(1, this.limit()));
    if (surplus.length === 0) return;
    this.logger.info(line`Recent jobs: removed ${surplus.length} over the limit`);
    await this.remove(surplus.map(({ key }) => key));
  }
}

/** A time that is not valid, such as in a record edited by hand, counts as the oldest. */
function orderOf({ order, askedAt }: StoredJob): number {
  return order ?? (Date.parse(askedAt) || 0);
}
