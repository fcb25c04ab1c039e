import type { SmileApi } from '../api';
import type { Lazy, Part } from './lazy';

/** The public API. `explain` and `findCodes` are synchronous, so the first call loads their part. */
export function publicApi(
  jobs: Lazy<Pick<SmileApi, 'getJobStatus' | 'readResponse'> & Part>,
  catalogue: () => Pick<SmileApi, 'explain' | 'findCodes'>,
): SmileApi {
  return {
    version: 1,
    getJobStatus: async (query, token) => (await jobs.get()).getJobStatus(query, token),
    readResponse: async (body, headers) => (await jobs.get()).readResponse(body, headers),
    // A copy: changes that another extension makes must not change what this one shows.
    explain: (code, product) => structuredClone(catalogue().explain(code, product)),
    findCodes: (text, languageId) => catalogue().findCodes(text, languageId),
  };
}
