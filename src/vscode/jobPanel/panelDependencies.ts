import type * as vscode from 'vscode';
import type { JobLookup } from '../../core/jobs/jobLookup';
import type { JobWatches } from '../../core/jobs/jobWatches';
import type { RecentJobs } from '../../core/jobs/recentJobs';
import type { Deliveries } from '../../core/webhooks/deliveries';
import type { Delivery } from '../../core/webhooks/delivery';
import type { ReceiverPast } from '../../core/webhooks/missingDelivery';
import type { JobApi } from '../../core/smile/jobApi';
import type { HttpClient } from '../../core/smile/http';
import type { JobStatusOptions } from '../../core/smile/jobRequest';
import type { Profile } from '../../core/smile/profile';
import type { Profiles } from '../credentials/profiles';
import type { Log } from '../log';
import type { JobDocuments } from './jobDocuments';

/** The webhooks that came, as far as panels show them with their jobs. */
export interface ReceivedWebhooks {
  readonly deliveries: Pick<Deliveries, 'all' | 'byJob' | 'get' | 'onDidChange'>;
  readonly receiver: { readonly past: ReceiverPast };
}

/** What panels need from the rest. */
export interface PanelDependencies {
  readonly extensionUri: vscode.Uri;
  /** Of this extension, for support tickets. */
  readonly version: string;
  readonly lookup: JobLookup;
  readonly watches: JobWatches;
  readonly profiles: Profiles;
  readonly recent: RecentJobs;
  readonly api: JobApi;
  readonly http: HttpClient;
  readonly documents: JobDocuments;
  /** Prompts for an address, and has Smile ID send the webhook of a job again. */
  readonly resend: (profile: Profile, jobId: string) => Promise<void>;
  /** Explains the signatures of a text; those of `signedBy` are right with its key. */
  readonly signatures: {
    checkDelivery(delivery: Delivery): Promise<void>;
    checkText(text: string, signedBy: Profile | null): Promise<void>;
  };
  /** The user chooses one of several profiles; undefined if they left. */
  readonly pickProfile: (
    title: string,
    profiles: readonly Profile[],
  ) => Promise<Profile | undefined>;
  readonly webhooks: ReceivedWebhooks;
  readonly options: () => JobStatusOptions;
  /** How long an image may take, in milliseconds. */
  readonly timeoutMs: () => number;
  /** How long images stay in memory, in minutes. */
  readonly imageMinutes: () => number;
  readonly log: Log;
}
