import type { SmileApi } from '../api';
import type { Lazy, Part } from './lazy';

/** The public API. What a code means is said at once, so that its part is loaded in the first call. */
export function publicApi(
  jobs: Lazy<Pick<SmileApi, 'getJobStatus'> & Part>,
  catalogue: () => Pick<SmileApi, 'explain' | 'findCodes'>,
): SmileApi {
  return {
    version: 1,
    getJobStatus: async (query, token) => (await jobs.get()).getJobStatus(query, token),
    // A copy: what another extension changes in it must not change what this one says.
    explain: (code, product) => structuredClone(catalogue().explain(code, product)),
    findCodes: (text, languageId) => catalogue().findCodes(text, languageId),
  };
}
