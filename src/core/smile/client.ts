import type { Clock } from '../clock';
import { ApiRequests } from './apiRequests';
import type { Credentials } from './credentials';
import type { HttpClient } from './http';
import type { JobApi } from './jobApi';
import type { JobRequest } from './jobRequest';
import type { JobStatusOutcome } from './outcome';
import { SignedPairs } from './signedPairs';
import { V1Client } from './v1Client';
import { V3Client, type ReplayOutcome } from './v3Client';
import type { Granted, NoToken } from './v3Tokens';

/** Requests the status of jobs from Smile ID: by API v3 if the job ID is enough, else by API v1. */
export class SmileClient implements JobApi {
  /** What signed the requests of late: as a webhook, such a pair is forged. */
  readonly signedPairs = new SignedPairs();
  private readonly requests: ApiRequests;
  private readonly v1: V1Client;
  private readonly v3: V3Client;

  /** @param timeoutMs limit for a lookup with all its requests, in milliseconds */
  constructor(http: HttpClient, clock: Clock, timeoutMs: () => number) {
    this.requests = new ApiRequests(http, clock, timeoutMs);
    this.v1 = new V1Client(this.requests, this.signedPairs);
    this.v3 = new V3Client(this.requests);
  }

  jobStatus(
    credentials: Credentials,
    request: JobRequest,
    cancel: AbortSignal,
  ): Promise<JobStatusOutcome> {
    const { userId } = request;
    return userId === null
      ? this.v3.jobStatus(credentials, request, cancel)
      : this.v1.jobStatus(credentials, { ...request, userId }, cancel);
  }

  checkToken(credentials: Credentials, cancel: AbortSignal): Promise<Granted | NoToken> {
    return this.v3.checkToken(credentials, cancel);
  }

  /** Forgets what API v3 granted for keys that may have changed. */
  forgetTokens(): void {
    this.v3.forgetTokens();
  }

  replay(
    credentials: Credentials,
    jobId: string,
    callbackUrl: string | null,
    cancel: AbortSignal,
  ): Promise<ReplayOutcome> {
    return this.v3.replay(credentials, jobId, callbackUrl, cancel);
  }

  clockSkewMs(credentials: Pick<Credentials, 'baseUrl'>): number | null {
    return this.requests.clockSkewMs(credentials);
  }
}
