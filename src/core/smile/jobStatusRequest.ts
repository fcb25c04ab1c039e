import type { Credentials } from './credentials';
import type { JobQuery } from './jobQuery';
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

/** Signs a query for this very moment. Every attempt needs its own: the server checks freshness. */
export async function jobStatusRequest(
  { partnerId, apiKey }: Pick<Credentials, 'partnerId' | 'apiKey'>,
  query: JobQuery,
  now: Date,
): Promise<JobStatusRequest> {
  return {
    partner_id: partnerId,
    ...(await sign(apiKey, partnerId, now.toISOString())),
    user_id: query.userId,
    job_id: query.jobId,
    image_links: query.imageLinks,
    history: query.history,
  };
}
