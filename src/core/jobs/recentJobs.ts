import * as z from 'zod/mini';
import { OUTCOMES, PRODUCTS } from '../catalogue/types';
import { Emitter, type Event } from '../event';
import { line, type Logger } from '../logger';
import type { RecordStore } from '../recordStore';
import { LONGEST_ID, type JobIds } from '../smile/jobRequest';
import type { JobStatusOutcome } from '../smile/outcome';

const Verdict = z.enum([...OUTCOMES, 'unknown']);

/** The latest time that a Date can be, in milliseconds since 1970. */
const LATEST = 8.64e15;

/** Of what a response said, only what has the form of its field; anything else may be personal. */
const ifFits = <T extends z.ZodMiniType>(schema: T) => z.catch(z.nullable(schema), null);

/** The partner's own IDs: any text, as long as one that is sent. */
export const OwnId = z.string().check(z.maxLength(LONGEST_ID));

/**
 * What is stored of a job a developer looked at: IDs, codes and times. Never a body, an image, a link or
 * an ID field: records are parsed with this before they are written, too.
 */
export const StoredJob = z.object({
  profileId: z.string(),
  userId: OwnId,
  jobId: OwnId,
  smileJobId: ifFits(z.string().check(z.regex(/^\d{1,10}$/))),
  jobType: ifFits(z.int().check(z.gte(0), z.lte(99))),
  product: ifFits(z.enum(PRODUCTS)),
  code: ifFits(z.string().check(z.regex(/^\d{4}$/))),
  /** Null while no query has been answered with a job. */
  verdict: z.nullable(Verdict),
  /** Of the response that brought the verdict; null where it is older than this field. */
  signature: z._default(z.nullable(z.enum(['valid', 'invalid', 'missing'])), null),
  /** How the last request ended. */
  outcome: z.enum(['answered', 'refused', 'unreachable', 'unreadable']),
  /** Of the last response that was no job. */
  httpStatus: ifFits(z.int().check(z.gte(100), z.lte(599))),
  /** When it was last asked for, ISO 8601 in UTC. */
  askedAt: z.string(),
  /**
   * Its place in the list, in milliseconds since 1970: the time, or later than all that were listed then,
   * since a clock that was wrong for a while must not keep jobs on top, nor remove them. Missing in older records.
   */
  order: z.catch(z.optional(z.int().check(z.lte(LATEST))), undefined),
});
export type StoredJob = z.infer<typeof StoredJob>;

/** A name that a person gave to a job. Kept apart, so that renaming and asking never overwrite each other. */
export const JobName = z.object({ name: z.string() });
export type JobName = z.infer<typeof JobName>;

export type RecentJob = Readonly<StoredJob> & {
  readonly key: string;
  readonly name: string | null;
};

/** The key of a job's records: a digest, since IDs may hold anything and file names may not. */
export async function jobKey(profileId: string, { userId, jobId }: JobIds): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([profileId, userId, jobId]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What becomes of the profiles that jobs belong to. */
interface ProfileStates {
  /** Whether a profile is gone for certain, and its API key with it. */
  isSignedOut(profileId: string): Promise<boolean>;
  /** Whether a profile goes when this window closes. Other windows do not know it: to them it would be signed out. */
  isWindowOnly(profile: { readonly id: string }): boolean;
}

const KEPT: ProfileStates = {
  isSignedOut: () => Promise.resolve(false),
  isWindowOnly: () => false,
};

/** The jobs a developer looked at, newest first, over all profiles and windows. */
export class RecentJobs {
  private readonly changed: Emitter<void>;
  readonly onDidChange: Event<void>;
  private jobs: Promise<Map<string, RecentJob>> | null = null;
  private cleared: Promise<void> | null = null;
  /** Records that the disk refused, or of a profile that goes with this window; it still shows them. */
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
   * Notes that a job was asked for, and what came of it. An outcome without an answer leaves what an
   * earlier answer said.
   * @throws when the disk refuses; the job then stays in the list of this window only.
   */
  async record(
    profileId: string,
    ids: JobIds,
    outcome: Exclude<JobStatusOutcome, { kind: 'cancelled' }>,
    at: Date,
  ): Promise<void> {
    const key = await jobKey(profileId, ids);
    // A folder that cannot be read must not keep this job from being noted.
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
      this.jobs = null;
      this.changed.fire();
    }
    await this.removeOverLimit().catch(() => {
      this.logger.warn(line`Recent jobs: those over the limit could not be removed`);
    });
  }

  /** Gives a job a name, or takes it away with an empty one. */
  async rename(key: string, name: string): Promise<void> {
    const text = name.trim();
    if (!(await this.load()).has(key)) return; // it was removed meanwhile
    await (text === '' ? this.names.remove(key) : this.names.write(key, { name: text }));
    this.reload();
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.unsaved.delete(key);
      await this.stored.remove(key);
      await this.names.remove(key);
    }
    this.reload();
  }

  /** Removes one job, whether or not it is listed. */
  async forget(profileId: string, ids: JobIds): Promise<void> {
    await this.remove([await jobKey(profileId, ids)]);
  }

  /** Removes all jobs of a profile, or all there are. */
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
      this.jobs = null; // the next look may find the disk well again
      throw error;
    });
    this.cleared ??= this.clearSignedOut(this.jobs).catch(() => {
      this.logger.warn(line`Recent jobs: those of profiles that are signed out were not removed`);
    });
    return this.jobs;
  }

  /**
   * Removes what windows before this one left of profiles that were signed out: one was closed just then, or heard
   * of it late.
   */
  private async clearSignedOut(read: Promise<Map<string, RecentJob>>): Promise<void> {
    const profiles = new Set([...(await read).values()].map(({ profileId }) => profileId));
    for (const profileId of profiles) {
      if (await this.profiles.isSignedOut(profileId)) await this.clear(profileId);
    }
  }

  /** In the order of the list: it is asked for more often than it changes. */
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

/** A time that is none, as of a record that somebody wrote by hand, is older than all. */
function orderOf({ order, askedAt }: StoredJob): number {
  return order ?? (Date.parse(askedAt) || 0);
}
