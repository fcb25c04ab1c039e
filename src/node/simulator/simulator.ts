/** A scenario of the simulator: a job ID that always takes the same course. */
export interface Scenario {
  readonly jobId: string;
  /** One line: what will happen to this job. */
  readonly title: string;
}

export interface SimulatorOptions {
  /** 0 (default) takes any free port. Always bound to 127.0.0.1. */
  readonly port?: number;
  /** Default {@link SIMULATOR_PARTNER_ID}. */
  readonly partnerId?: string;
  /** Default {@link SIMULATOR_API_KEY}. */
  readonly apiKey?: string;
  /** Serves https with this throw-away key pair (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** A running simulator. */
export interface Simulator {
  /** Base URL, `http://127.0.0.1:PORT/v1`: job status is POST `{url}/job_status`. */
  readonly url: string;
  readonly partnerId: string;
  stop(): Promise<void>;
}
