import { isErrorResponse } from './errorResponse';
import type { ApiRequests } from './apiRequests';
import type { Credentials } from './credentials';
import type { JsonObject } from './fields';
import { readBody, refusalOf } from './httpOutcome';
import type { V1JobRequest } from './jobRequest';
import { jobStatusRequest } from './jobStatusRequest';
import { readJob } from './jobStatusResponse';
import type { JobStatusOutcome, SignatureState } from './outcome';
import { signatureIn, verify } from './signature';
import type { SignedPairs } from './signedPairs';

/** Requests the status of jobs by API v1: a signed POST with both IDs. */
export class V1Client {
  constructor(
    private readonly requests: ApiRequests,
    private readonly signedPairs: SignedPairs,
  ) {}

  async jobStatus(
    credentials: Credentials,
    request: V1JobRequest,
    cancel: AbortSignal,
  ): Promise<JobStatusOutcome> {
    const { requests } = this;
    return requests.withinLimit(cancel, async (limit): Promise<JobStatusOutcome> => {
      const url = `${credentials.baseUrl}/job_status`;
      const signed = async () => {
        const body = await jobStatusRequest(credentials, request, requests.clock.now());
        await this.signedPairs.add(body);
        return { method: 'POST', url, body: JSON.stringify(body) } as const;
      };
      const response = await requests.send(credentials, signed, limit);
      if ('kind' in response) return response;
      const now = requests.clock.now();
      const body = readBody(response, now);
      if ('kind' in body) return body;
      const { raw, notes } = body;
      if (response.status >= 300 || isErrorResponse(raw)) return refusalOf(response, raw, now);
      const signature = await signatureState(raw, credentials);
      return { kind: 'answered', job: readJob(raw, request, notes), signature, raw };
    });
  }
}

async function signatureState(
  raw: JsonObject,
  { apiKey, partnerId }: Credentials,
): Promise<SignatureState> {
  const signed = signatureIn(raw);
  if (signed === null) return 'missing';
  return (await verify(apiKey, partnerId, signed)) ? 'valid' : 'invalid';
}
