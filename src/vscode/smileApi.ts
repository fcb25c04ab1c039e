import type * as vscode from 'vscode';
import type { CodeMeaning, CodeScope, CodeSpan } from '../core/catalogue/types';
import type { ResponseSummary } from '../core/report/responseSummary';
import type { JobStatusOutcome } from '../core/smile/outcome';

/** What other programs pass to the public API and to `smile.getJobStatus`. */
export interface JobStatusQuery {
  /** ID or name; the active profile if it is left out. */
  readonly profile?: string | undefined;
  /** Not needed for a job ID of API v3 (`job_…`). */
  readonly userId?: string | undefined;
  readonly jobId: string;
  /** Which API is used; by default the form of the job ID decides. */
  readonly api?: 'v1' | 'v3' | undefined;
  readonly history?: boolean | undefined;
  readonly imageLinks?: boolean | undefined;
}

/** What `activate()` gives to other extensions. Described in docs/api.md; kept stable. */
export interface SmileApi {
  readonly version: 1;
  /**
   * Looks up a job in the same way as the commands; shows nothing.
   * @throws Error with a sentence that a user can act on: bad IDs, no such profile, no key
   */
  getJobStatus(query: JobStatusQuery, token?: vscode.CancellationToken): Promise<JobStatusOutcome>;
  /**
   * Reads a response of any version of the API that a program has already. Nothing is requested.
   * @param body an object, or a text such as a log line
   * @param headers of the response, where they are known
   * @returns `kind: 'unknown'` for anything else, also for a list of several; never rejects
   */
  readResponse(body: unknown, headers?: Readonly<Record<string, string>>): Promise<ResponseSummary>;
  /**
   * Fires for each webhook that the receiver of this window gets: what `readResponse` gives of it, with the verdict on its
   * signature. Only one that is `valid` is from Smile ID, and no signature covers the body.
   */
  readonly onDidReceiveWebhook: vscode.Event<ResponseSummary>;
  /** Every meaning of a code, or those for one product. Empty if the code is not known. */
  explain(code: string, product?: CodeScope): CodeMeaning[];
  /** Where a text that concerns Smile ID uses four digits as a code; docs/api.md says what shows that it does. */
  findCodes(text: string, languageId?: string): CodeSpan[];
}
