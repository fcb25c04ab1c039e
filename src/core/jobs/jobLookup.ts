import type { Clock } from '../clock';
import { Emitter, type Event } from '../event';
import { HumanError } from '../humanError';
import { line, type Logger, type LogLine } from '../logger';
import type { JobApi } from '../smile/jobApi';
import type { Credentials } from '../smile/credentials';
import {
  checkJobIds,
  type JobIds,
  type JobRequest,
  type JobStatusOptions,
} from '../smile/jobRequest';
import type { JobStatusOutcome } from '../smile/outcome';
import type { Profile } from '../smile/profile';
import { SharedWork } from '../sharedWork';
import type { RecentJobs } from './recentJobs';

/** Access to the API keys. */
export interface CredentialSource {
  /** @throws HumanError when the key is missing or the keyring fails */
  credentials(profile: Profile): Promise<Credentials>;
  /** False after the user has signed out of it, or changed it to another account. */
  has(profile: Profile): Promise<boolean>;
}

/**
 * A request that began, or its outcome. Code that shows or judges outcomes gets them from here, whichever part
 * sent the request: the promise of a request only says that it is over.
 */
export interface LookupEvent {
  readonly profile: Profile;
  readonly request: JobRequest;
  /** Null while the request is under way. */
  readonly outcome: JobStatusOutcome | null;
  /** When it began, or when its outcome came: the time that is stored and shown. */
  readonly at: Date;
}

interface InFlightRequest {
  readonly request: JobRequest;
  readonly work: SharedWork<JobStatusOutcome>;
}

const CANCELLED: JobStatusOutcome = { kind: 'cancelled', cause: 'stopped' };
const DECLINED: JobStatusOutcome = { kind: 'cancelled', cause: 'declined' };

/**
 * The single entry point for job status requests. One request per job is in flight at a time;
 * concurrent callers share its response, and it is stopped only when all of them have canceled.
 */
export class JobLookup {
  private readonly changed: Emitter<LookupEvent>;
  readonly onDidChange: Event<LookupEvent>;
  private readonly unsaved: Emitter<unknown>;
  /** Fires with the error when a job could not be written to the recent jobs. */
  readonly onDidFailToRecord: Event<unknown>;
  private readonly inFlight = new Map<string, InFlightRequest>();
  /** Also those that no caller may join any more. */
  private readonly executing = new Set<Promise<unknown>>();
  private generation = 0;

  /** @param allow called before each request: production needs the consent of the user, once per profile and window */
  constructor(
    private readonly api: Pick<JobApi, 'jobStatus'>,
    private readonly source: CredentialSource,
    private readonly recent: RecentJobs,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly allow: (profile: Profile) => Promise<boolean>,
  ) {
    this.changed = new Emitter(logger);
    this.onDidChange = this.changed.event;
    this.unsaved = new Emitter(logger);
    this.onDidFailToRecord = this.unsaved.event;
  }

  /** @throws HumanError for IDs that cannot be sent, or if the key cannot be read */
  async lookUp(
    profile: Profile,
    request: JobRequest,
    cancel: AbortSignal,
  ): Promise<JobStatusOutcome> {
    const problem = checkJobIds(request);
    if (problem !== null) throw new HumanError(problem);
    if (!(await this.allow(profile))) return DECLINED;
    const { id, environment, url, partnerId } = profile;
    const key = JSON.stringify([
      this.generation,
      id,
      environment,
      url,
      partnerId,
      request.userId,
      request.jobId,
    ]);
    for (;;) {
      if (cancel.aborted) return CANCELLED;
      const inFlight = this.inFlight.get(key) ?? this.start(key, profile, request);
      const outcome = await inFlight.work.join(cancel, CANCELLED);
      if (outcome.kind === 'cancelled' || covers(inFlight.request, request)) return outcome;
      // That request was for less. It is over now, so this one is sent by itself.
    }
  }

  /**
   * Stops every request under way; its callers get the outcome `cancelled`.
   * @returns when nothing more of them is recorded
   */
  async cancelAll(): Promise<void> {
    for (const { work } of [...this.inFlight.values()]) work.stop();
    await Promise.allSettled(this.executing);
  }

  /** From now on no caller joins a request that began before: a profile has changed, perhaps its key. */
  retireInFlight(): void {
    this.generation += 1;
  }

  private start(key: string, profile: Profile, request: JobRequest): InFlightRequest {
    const work = new SharedWork((stop) =>
      this.execute(profile, request, stop).finally(() => {
        this.executing.delete(work.result);
        forget();
      }),
    );
    this.executing.add(work.result);
    const inFlight: InFlightRequest = { request, work };
    const forget = (): void => {
      if (this.inFlight.get(key) === inFlight) this.inFlight.delete(key);
    };
    work.stopped.addEventListener('abort', forget); // no caller may join it from then on
    this.inFlight.set(key, inFlight);
    return inFlight;
  }

  private async execute(
    profile: Profile,
    request: JobRequest,
    stop: AbortSignal,
  ): Promise<JobStatusOutcome> {
    let at = this.clock.now();
    this.changed.fire({ profile, request, outcome: null, at });
    let outcome: JobStatusOutcome = CANCELLED;
    try {
      const credentials = await this.source.credentials(profile);
      const startedAt = this.clock.now().getTime();
      outcome = await this.api.jobStatus(credentials, request, stop);
      at = this.clock.now();
      const ms = at.getTime() - startedAt;
      this.logger.info(line`job_status, ${profile.environment}: ${summary(outcome)} in ${ms} ms`);
      if (outcome.kind !== 'cancelled') await this.record(profile, request, outcome, at);
      return outcome;
    } finally {
      this.changed.fire({ profile, request, outcome, at });
    }
  }

  private async record(
    profile: Profile,
    ids: JobIds,
    outcome: Exclude<JobStatusOutcome, { kind: 'cancelled' }>,
    at: Date,
  ): Promise<void> {
    try {
      // If the user signed out during the request, nothing of that profile may be kept.
      if (!(await this.source.has(profile))) return;
      try {
        await this.recent.record(profile.id, ids, outcome, at);
      } finally {
        // Signing out clears the list, perhaps before this record was in it.
        if (!(await this.source.has(profile))) await this.recent.forget(profile.id, ids);
      }
    } catch (error) {
      this.unsaved.fire(error); // the response itself can still be shown
    }
  }
}

/** Whether a request includes everything that another one needs. */
export function covers(made: JobStatusOptions, wanted: JobStatusOptions): boolean {
  return (made.history || !wanted.history) && (made.imageLinks || !wanted.imageLinks);
}

function summary(outcome: JobStatusOutcome): LogLine {
  switch (outcome.kind) {
    case 'answered':
      return line`answered, signature ${outcome.signature}`;
    case 'refused':
      return line`refused, HTTP ${outcome.httpStatus}, code ${outcome.code}, request ${outcome.requestId}`;
    case 'unreachable':
      return line`unreachable, ${outcome.cause}`;
    case 'unreadable':
      return line`unreadable, HTTP ${outcome.httpStatus}`;
    case 'cancelled':
      return line`cancelled`;
  }
}
