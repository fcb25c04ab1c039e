import * as z from 'zod/mini';
import type { JobComparison } from '../core/report/jobComparison';
import type { HistoryGroup } from '../core/report/jobHistory';
import type { JobReport } from '../core/report/jobReport';
import type { DetailSection } from '../core/report/personalReport';
import type { SentTime } from '../core/report/timeWords';
import type { Translations } from '../core/l10n';
import type { AuthorizationCheck } from '../core/report/authorizationChecklist';
import type { Environment } from '../core/smile/environment';
import type { FetchedImage } from '../core/smile/image';
import type { MissingReason } from '../core/webhooks/missingDelivery';

/** What the page requests of the extension. Parsed there: the page may request only what its panel shows. */
export const PageMessage = z.discriminatedUnion('type', [
  /** The page is loaded and has no data: sent after each load, also when a hidden panel is shown again. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('openJson') }),
  /** The text of a response that could not be read; the user confirms first. */
  z.object({ type: z.literal('openText') }),
  /** JSON or text of the last response, if it has no job and an older one is shown. */
  z.object({ type: z.literal('openFailure') }),
  z.object({
    type: z.literal('copy'),
    what: z.enum(['jobId', 'userId', 'smileJobId', 'requestId']),
  }),
  z.object({ type: z.literal('copyAs') }),
  /** Requests the job of a pasted response, and compares the two. */
  z.object({ type: z.literal('lookUpPasted') }),
  /** Explains why a signature is not valid, or may not be what it seems. */
  z.object({ type: z.literal('checkSignature') }),
  /** Has Smile ID send the webhook of a job of API v3 again. */
  z.object({ type: z.literal('resendWebhook') }),
  z.object({ type: z.literal('image'), name: z.string() }),
  /** The page copies or saves no image by itself: the extension has the user confirm first. */
  z.object({ type: z.enum(['copyImage', 'saveImage']), name: z.string() }),
  /** Images again, after they were dropped. */
  z.object({ type: z.literal('fetchImages') }),
  z.object({ type: z.literal('imageCopied'), ok: z.boolean() }),
  /** Shows one personal field, or all if there is no ID. */
  z.object({ type: z.literal('reveal'), id: z.nullable(z.string()), on: z.boolean() }),
  /** Shows an entry of the history in place of the current result; null goes back. */
  z.object({ type: z.literal('openEntry'), index: z.nullable(z.number()) }),
  z.object({ type: z.literal('lookUpEntry') }),
  z.object({ type: z.enum(['compare', 'comparePrevious', 'closeComparison', 'openDiff']) }),
  z.object({ type: z.literal('watch'), on: z.boolean() }),
  z.object({ type: z.literal('openPage'), explanation: z.number() }),
  z.object({
    type: z.literal('remedy'),
    remedy: z.enum([
      'addProfile',
      'editProfile',
      'lookUpOther',
      'sendRequest',
      'startSimulator',
      'showLog',
    ]),
  }),
]);
export type PageMessage = z.infer<typeof PageMessage>;

/** What a user can do about an outcome, besides refreshing. */
export type Remedy = Extract<PageMessage, { type: 'remedy' }>['remedy'];
export type CopiedId = Extract<PageMessage, { type: 'copy' }>['what'];

/** What a watch of this job is doing. */
export interface WatchLine {
  readonly phase: 'checking' | 'waiting' | 'stopped' | 'finished';
  readonly polls: number;
  /** Milliseconds since 1970; null if no check is due. */
  readonly nextAt: number | null;
  readonly slow: boolean;
  readonly reason: string | null;
}

/** Everything the page shows but history and images. */
export interface PanelState {
  readonly profile: {
    readonly name: string;
    readonly environment: Environment;
    /** Environment and name, each once. */
    readonly label: string;
  } | null;
  /** Null if the response was requested. */
  readonly pasted: {
    /** "Webhook #12, received at 3:04 PM"; null if the user pasted it. */
    readonly received: string | null;
  } | null;
  /** Why no webhook of this job came, if that is known or possible; empty if one came, or none is expected yet. */
  readonly missingWebhook: readonly MissingReason[];
  /** Whether a signature is in doubt, so that there is something to explain. */
  readonly canCheckSignature: boolean;
  /** Whether Smile ID can send the webhook of this job again. */
  readonly canResend: boolean;
  /** Of what is shown: an entry of the history may be of another job. */
  readonly jobId: string;
  /** Null if it is not known: API v3 looks up a job by its job ID alone. */
  readonly userId: string | null;
  /** The name that the user gave to the job, or null. */
  readonly name: string | null;
  /** A request is under way; the report, if any, is the one before it. */
  readonly loading: boolean;
  /** Why the last request could not even be sent: no key, IDs that cannot be sent, ... */
  readonly problem: string | null;
  /** Why the last request returned no job, if an older response is still shown. */
  readonly failure: {
    readonly headline: string;
    readonly summary: string;
    readonly nextStep: string;
    readonly document: 'json' | 'text' | null;
  } | null;
  /** When the response came in, as the user's clock shows it. */
  readonly checkedAt: string | null;
  readonly report: JobReport | null;
  /** The headline of the response before, if it was another one, and when that ended. Read out once, while it is new. */
  readonly change: {
    readonly was: string;
    readonly until: string;
    readonly isNew: boolean;
  } | null;
  /** Why an action is not possible now; null if it is. Buttons, commands and keys go by this alone. */
  readonly blocked: Readonly<Record<PanelAction, string | null>>;
  /** What can be opened in an editor: the JSON of what is shown, or a text that is not JSON. */
  readonly document: 'json' | 'text' | null;
  /** The entry of the history that is shown in place of the current result. */
  readonly viewing: {
    readonly index: number;
    /** Whether it is of another job than the one that was looked up. */
    readonly otherJob: boolean;
    readonly time: SentTime | null;
  } | null;
  readonly checklist: readonly AuthorizationCheck[];
  readonly details: {
    readonly sections: readonly DetailSection[];
    readonly masked: boolean;
    readonly revealed: boolean;
    readonly notes: readonly string[];
  } | null;
  readonly images: readonly string[];
  /** Why Smile ID sent no links to images, if it said so. */
  readonly imageError: string | null;
  /** Images are dropped after a while. */
  readonly imagesDropped: boolean;
  /** Whether the response with the images was not requested: then they are not either, until the user wants that. */
  readonly isUnrequested: boolean;
  readonly comparison: {
    readonly before: string;
    readonly after: string;
    readonly result: JobComparison;
  } | null;
  readonly watch: WatchLine | null;
  readonly remedies: readonly Remedy[];
  /** Which button stands out: the first remedy, the first of the actions, or none, as nothing is to be done now. */
  readonly primary: 'remedy' | 'refresh' | null;
  /** Changes with every response: images of an older response are dropped. */
  readonly version: number;
}

/** What the user can do with what is shown, if nothing blocks it. */
export type PanelAction = 'refresh' | 'watch' | 'compare' | 'copyAs' | 'open' | 'lookUpPasted';

/** What the page keeps across a restart: IDs and nothing else, since it is written to disk. */
export const SavedPanel = z.object({
  profileId: z.string(),
  /** Null for a lookup by API v3. */
  userId: z.nullable(z.string()),
  jobId: z.string(),
});
export type SavedPanel = z.infer<typeof SavedPanel>;

export type HostMessage =
  /** The first one, if VS Code's language is not English. */
  | { readonly type: 'translations'; readonly translations: Translations }
  /** Without `saved`, nothing is kept across a restart. */
  | { readonly type: 'state'; readonly state: PanelState; readonly saved: SavedPanel | null }
  /** Apart from the state, since it is large and changes with a response only. */
  | { readonly type: 'history'; readonly groups: readonly HistoryGroup[] }
  | {
      readonly type: 'image';
      readonly version: number;
      readonly name: string;
      readonly image: FetchedImage;
    }
  /** The user agreed to have an image on the clipboard. */
  | { readonly type: 'copyImage'; readonly version: number; readonly name: string };
