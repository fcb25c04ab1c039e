import { EventEmitter } from 'vscode';
import type { ResponseSummary } from '../../core/report/responseSummary';
import type { SmileApi } from '../smileApi';
import type { Lazy, Part } from './lazy';

type JobsPart = Pick<SmileApi, 'getJobStatus' | 'readResponse'> & {
  readonly webhooks: { readonly onDidReceive: SmileApi['onDidReceiveWebhook'] };
} & Part;

/** The public API. `explain` and `findCodes` are synchronous, so the first call loads their part. */
export function publicApi(
  jobs: Lazy<JobsPart>,
  catalogue: () => Pick<SmileApi, 'explain' | 'findCodes'>,
  subscriptions: { dispose(): unknown }[],
): SmileApi {
  const received = new EventEmitter<ResponseSummary>();
  subscriptions.push(received);
  jobs.whenLoaded(({ webhooks }) => {
    subscriptions.push(
      webhooks.onDidReceive((summary) => {
        received.fire(structuredClone(summary));
      }),
    );
  });
  return {
    version: 1,
    getJobStatus: async (query, token) => (await jobs.get()).getJobStatus(query, token),
    readResponse: async (body, headers) => (await jobs.get()).readResponse(body, headers),
    onDidReceiveWebhook: received.event,
    // A copy: changes that another extension makes must not change what this one shows.
    explain: (code, product) => structuredClone(catalogue().explain(code, product)),
    findCodes: (text, languageId) => catalogue().findCodes(text, languageId),
  };
}
