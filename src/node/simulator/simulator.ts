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

/** A running simulator. */
export interface Simulator {
  /** Base URL, `http://127.0.0.1:PORT/v1`: job status is POST `{url}/job_status`. API v3 is at `/v3` of the same server. */
  readonly url: string;
  /** With leading zeros, as v1 takes it. */
  readonly partnerId: string;
  /** Ends responses and webhooks in progress and frees the port. May be called again. */
  stop(): Promise<void>;
}
