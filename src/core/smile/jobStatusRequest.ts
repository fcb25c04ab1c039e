import type { Credentials } from './credentials';
import type { V1JobRequest } from './jobRequest';
import { sign } from './signature';

/** The body of POST /job_status (official documentation; field names as all SDKs send them). */
export interface JobStatusRequest {
  readonly partner_id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly user_id: string;
  readonly job_id: string;
  readonly image_links: boolean;
  readonly history: boolean;
}

/** Signs a request for the current time. Every attempt needs its own signature: the server checks freshness. */
export async function jobStatusRequest(
  { partnerId, apiKey }: Pick<Credentials, 'partnerId' | 'apiKey'>,
  request: V1JobRequest,
  now: Date,
): Promise<JobStatusRequest> {
  return {
    partner_id: partnerId,
    ...(await sign(apiKey, partnerId, now.toISOString())),
    user_id: request.userId,
    job_id: request.jobId,
    image_links: request.imageLinks,
    history: request.history,
  };
}
