import type { Credentials } from './credentials';
import type { JobRequest } from './jobRequest';
import type { JobStatusOutcome } from './outcome';
import type { Granted, NoToken } from './v3Tokens';

/** An API of Smile ID that reports what happened to a job. Its versions differ behind it only. */
export interface JobApi {
  /** Never throws for what can be expected of a network, a server or a user who cancels. */
  jobStatus(
    credentials: Credentials,
    request: JobRequest,
    cancel: AbortSignal,
  ): Promise<JobStatusOutcome>;
  /** Requests a token of API v3, which is granted only to a key that belongs to the partner. Never throws either. */
  checkToken(credentials: Credentials, cancel: AbortSignal): Promise<Granted | NoToken>;
  /** How far the server's clock was ahead of this machine's at its last response, in milliseconds; null if unknown. */
  clockSkewMs(credentials: Pick<Credentials, 'baseUrl'>): number | null;
}
