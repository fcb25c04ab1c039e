import type * as vscode from 'vscode';
import type { CodeMeaning, CodeScope, CodeSpan } from '../core/catalogue/types';
import type { JobStatusOutcome } from '../core/smile/outcome';

/** What other programs pass to the public API and to `smile.getJobStatus`. */
export interface JobStatusQuery {
  /** ID or name; the active profile if it is left out. */
  readonly profile?: string | undefined;
  readonly userId: string;
  readonly jobId: string;
  readonly history?: boolean | undefined;
  readonly imageLinks?: boolean | undefined;
}

/** What `activate()` gives to other extensions. Described in the README; kept stable. */
export interface SmileApi {
  readonly version: 1;
  /**
   * Looks up a job in the same way as the commands; shows nothing.
   * @throws Error with a sentence that a user can act on: bad IDs, no such profile, no key
   */
  getJobStatus(query: JobStatusQuery, token?: vscode.CancellationToken): Promise<JobStatusOutcome>;
  /** Every meaning of a code, or those for one product. Empty if the code is not known. */
  explain(code: string, product?: CodeScope): CodeMeaning[];
  /** Where a text uses four digits as a Smile ID code. */
  findCodes(text: string, languageId?: string): CodeSpan[];
}
