import type { Clock } from '../../core/clock';

/** A scenario of the simulator: a job ID for which the same happens each time. */
export interface Scenario {
  readonly jobId: string;
  /** One line: what will happen to this job. */
  readonly title: string;
}

export interface SimulatorOptions {
  /** 0 (default) takes any free port. Always bound to 127.0.0.1. */
  readonly port?: number;
  /** Default SIMULATOR_PARTNER_ID of scenarios.ts. */
  readonly partnerId?: string;
  /** Default SIMULATOR_API_KEY of scenarios.ts. */
  readonly apiKey?: string;
  /** Serves https with this throw-away key pair (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: the system's. Decides what is stale, when links and tokens expire and how long things take. */
  readonly clock?: Clock;
}

/** A job to play. Which scenario it is, its ID need not say. */
export interface SubmittedJob {
  /** The job ID of a scenario, of v1 or v3. */
  readonly scenario: string;
  /** Left out: an ID of no user. */
  readonly userId?: string;
  /** For v1; left out: an ID of its own. v3 makes the job ID itself. */
  readonly jobId?: string;
  /** Where its webhooks go: http or https, on this machine. Left out: nowhere. */
  readonly callbackUrl?: string;
}

/** `refused`: there is no such scenario, or webhooks cannot be sent to this address. */
export type Submission =
  | {
      readonly kind: 'submitted';
      readonly api: 'v1' | 'v3';
      readonly userId: string;
      readonly jobId: string;
      /** How many webhooks come, if they are accepted at once. */
      readonly webhooks: number;
    }
  | { readonly kind: 'refused'; readonly cause: 'no such scenario' | 'callback address' };

/** A running simulator. */
export interface Simulator {
  /** Base URL, `http://127.0.0.1:PORT/v1`: job status is POST `{url}/job_status`. API v3 is at `/v3` of the same server. */
  readonly url: string;
  /** With leading zeros, as v1 takes it. */
  readonly partnerId: string;
  /**
   * Submits a job: its webhooks come after a few seconds, signed with the key of this simulator, and job status says the
   * same. One that is not accepted (2xx) comes up to three times more.
   */
  submit(job: SubmittedJob): Submission;
  /** Ends responses and webhooks in progress and frees the port. May be called again. */
  stop(): Promise<void>;
}
