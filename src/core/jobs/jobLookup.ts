import type { Clock } from '../clock';
import { Emitter, type Event } from '../event';
import { HumanError } from '../humanError';
import { line, type Logger, type LogLine } from '../logger';
import type { SmileClient } from '../smile/client';
import type { Credentials } from '../smile/credentials';
import {
  checkJobIds,
  type JobIds,
  type JobRequest,
  type JobStatusOptions,
} from '../smile/jobRequest';
import type { JobStatusOutcome } from '../smile/outcome';
import type { Profile } from '../smile/profile';
import type { RecentJobs } from './recentJobs';

/** Where the keys are. */
export interface CredentialSource {
  /** @throws HumanError when the key is missing or the keyring fails */
  credentials(profile: Profile): Promise<Credentials>;
  /** False once the person has signed out of it, or made it one of another account. */
  has(profile: Profile): Promise<boolean>;
}

/**
 * A request that began, or what it came to. Whoever shows or judges outcomes gets them from here, whoever sent the
 * request: the promise of a request says only that it is over.
 */
export interface LookupEvent {
  readonly profile: Profile;
  readonly request: JobRequest;
  /** Null while the request is under way. */
  readonly outcome: JobStatusOutcome | null;
  /** When it began, or when the outcome came: the time that is recorded and shown. */
  readonly at: Date;
}

interface InFlightRequest {
  readonly request: JobRequest;
  readonly outcome: Promise<JobStatusOutcome>;
  readonly stop: AbortController;
  waiting: number;
}

const CANCELLED: JobStatusOutcome = { kind: 'cancelled', cause: 'stopped' };
const DECLINED: JobStatusOutcome = { kind: 'cancelled', cause: 'declined' };

/**
 * The one door to Smile ID: whoever wants a job asks here. One request per job is in flight at a time;
 * who asks meanwhile shares its answer, and it is stopped only when nobody waits for it any more.
 */
export class JobLookup {
  private readonly changed: Emitter<LookupEvent>;
  readonly onDidChange: Event<LookupEvent>;
  private readonly unsaved: Emitter<unknown>;
  /** Fires with the error when a job could not be written to the recent jobs. */
  readonly onDidFailToRecord: Event<unknown>;
  private readonly inFlight = new Map<string, InFlightRequest>();
  private generation = 0;

  /**
   * @param allow asked before each query: production asks the user, once per profile and window
   */
  constructor(
    private readonly client: SmileClient,
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

  /** @throws HumanError for IDs that cannot be sent, or a key that cannot be had */
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
      const outcome = await join(inFlight, cancel);
      if (outcome.kind === 'cancelled' || covers(inFlight.request, request)) return outcome;
      // That query asked for less. It is over now, so this one goes on its own.
    }
  }

  /** Stops every query under way; who waits for one hears that it was cancelled. */
  cancelAll(): void {
    for (const { stop } of [...this.inFlight.values()]) stop.abort();
  }

  /** From now on nobody joins a query that began before: a profile has changed, perhaps its key. */
  retireInFlight(): void {
    this.generation += 1;
  }

  private start(key: string, profile: Profile, request: JobRequest): InFlightRequest {
    const stop = new AbortController();
    const inFlight: InFlightRequest = {
      request: request,
      outcome: this.execute(profile, request, stop.signal).finally(() => {
        forget();
      }),
      stop,
      waiting: 0,
    };
    const forget = (): void => {
      if (this.inFlight.get(key) === inFlight) this.inFlight.delete(key);
    };
    // Nobody may join a request that is being stopped, nor hear of its failure.
    stop.signal.addEventListener('abort', forget);
    inFlight.outcome.catch(() => undefined);
    this.inFlight.set(key, inFlight);
    return inFlight;
  }

  private async execute(
    profile: Profile,
    request: JobRequest,
    stop: AbortSignal,
  ): Promise<JobStatusOutcome> {
    let at = this.clock.now();
    this.changed.fire({ profile, request: request, outcome: null, at });
    let outcome: JobStatusOutcome = CANCELLED;
    try {
      const credentials = await this.source.credentials(profile);
      const begun = this.clock.now().getTime();
      outcome = await this.client.jobStatus(credentials, request, stop);
      at = this.clock.now();
      const ms = at.getTime() - begun;
      this.logger.info(line`job_status, ${profile.environment}: ${summary(outcome)} in ${ms} ms`);
      if (outcome.kind !== 'cancelled') await this.record(profile, request, outcome, at);
      return outcome;
    } finally {
      this.changed.fire({ profile, request: request, outcome, at });
    }
  }

  private async record(
    profile: Profile,
    ids: JobIds,
    outcome: Exclude<JobStatusOutcome, { kind: 'cancelled' }>,
    at: Date,
  ): Promise<void> {
    try {
      // Who signs out while a query is under way wants nothing of that profile kept.
      if (!(await this.source.has(profile))) return;
      try {
        await this.recent.record(profile.id, ids, outcome, at);
      } finally {
        // Signing out clears the list: perhaps before this record was in it.
        if (!(await this.source.has(profile))) await this.recent.forget(profile.id, ids);
      }
    } catch (error) {
      this.unsaved.fire(error); // the answer itself is still worth showing
    }
  }
}

/** Whether a request brings all that another one would. */
export function covers(made: JobStatusOptions, wanted: JobStatusOptions): boolean {
  return (made.history || !wanted.history) && (made.imageLinks || !wanted.imageLinks);
}

async function join(inFlight: InFlightRequest, cancel: AbortSignal): Promise<JobStatusOutcome> {
  inFlight.waiting += 1;
  let leave = (): void => undefined;
  const left = new Promise<JobStatusOutcome>((resolve) => {
    leave = () => {
      resolve(CANCELLED);
    };
    cancel.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([inFlight.outcome, left]);
  } finally {
    cancel.removeEventListener('abort', leave);
    inFlight.waiting -= 1;
    if (inFlight.waiting === 0) inFlight.stop.abort();
  }
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
