import type { JobRequest } from '../smile/jobRequest';
import type { Profile } from '../smile/profile';

/** A request as other code would send it. The API key is not part of it. */
export interface ExportedRequest {
  readonly profile: Profile;
  readonly request: JobRequest;
}

/** The environment variable from which every snippet reads the API key. */
export const KEY_VARIABLE = 'SMILE_API_KEY';
