import * as z from 'zod/mini';
import type { JobReport } from '../core/jobs/jobReport';
import type { Environment } from '../core/smile/environment';
import type { FetchedPicture } from '../core/smile/picture';

/** What the page asks of the extension. Parsed there: the page may only ask for what its panel shows. */
export const PageMessage = z.discriminatedUnion('type', [
  /** The page is there and knows nothing: sent after each load, also when a hidden panel shows again. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('openJson') }),
  z.object({
    type: z.literal('copy'),
    what: z.enum(['jobId', 'userId', 'smileJobId', 'requestId']),
  }),
  z.object({ type: z.literal('picture'), name: z.string() }),
  z.object({ type: z.literal('openPage'), explanation: z.number() }),
  z.object({
    type: z.literal('remedy'),
    remedy: z.enum(['editProfile', 'startSimulator', 'showLog']),
  }),
]);
export type PageMessage = z.infer<typeof PageMessage>;

/** What a person can do about an outcome, besides asking again. */
export type Remedy = Extract<PageMessage, { type: 'remedy' }>['remedy'];

/** Everything the page shows but the pictures' bytes. */
export interface PanelState {
  readonly profile: { readonly name: string; readonly environment: Environment } | null;
  readonly jobId: string;
  readonly userId: string;
  /** A query is under way; the report, if any, is the one before it. */
  readonly loading: boolean;
  /** Why the last query could not even be made: no key, IDs that cannot be sent, ... */
  readonly problem: string | null;
  /** When the report came in, as the person's clock shows it. */
  readonly askedAt: string | null;
  readonly report: JobReport | null;
  readonly remedies: readonly Remedy[];
  /** Changes with every answer: pictures of an older answer are dropped. */
  readonly answer: number;
}

/** What the page keeps across a restart: IDs and nothing else, since it is written to disk. */
export const SavedPanel = z.object({
  profileId: z.string(),
  userId: z.string(),
  jobId: z.string(),
});
export type SavedPanel = z.infer<typeof SavedPanel>;

export type HostMessage =
  | { readonly type: 'state'; readonly state: PanelState; readonly saved: SavedPanel }
  | {
      readonly type: 'picture';
      readonly answer: number;
      readonly name: string;
      readonly picture: FetchedPicture;
    };
