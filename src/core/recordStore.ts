import * as l10n from './l10n';
import type { Event } from './event';
import { HumanError } from './humanError';

/**
 * Small records that several windows read and write at the same time, one record per key. Each write
 * replaces one record as a whole and changes no other, so writers of different keys never lose
 * anything. Implemented by src/node/recordFiles.ts.
 */
export interface RecordStore<T> {
  /** All records that this version can read; the others are left out. Never fails. */
  list(): Promise<ReadonlyMap<string, T>>;
  /**
   * The keys of all records, also of those that only a newer version can read.
   * @throws if that cannot be known
   */
  keys(): Promise<ReadonlySet<string>>;
  /**
   * @throws RecordLeftAlone if there is a record that this version cannot read; the error of the disk
   *   when it refuses (full, read-only, ...)
   */
  write(key: string, record: T): Promise<void>;
  /** Does nothing if there is no such record, or one that this version cannot read. */
  remove(key: string): Promise<void>;
  /** Fires after this or another window changed something. */
  readonly onDidChange: Event<void>;
}

/** How records of one kind are read. */
export interface RecordFormat<T> {
  /**
   * Increased when older versions of the extension must no longer read the records, nor write over them.
   * A value that they do not know, such as a new verdict, has the same effect.
   */
  readonly version: number;
  /** The record in a file's JSON, or null if this version cannot read it. */
  readonly read: (json: unknown) => T | null;
}

/** The format of records that a schema describes. */
export function formatOf<T>(
  schema: { safeParse(json: unknown): { readonly data?: T } },
  version = 1,
): RecordFormat<T> {
  return { version, read: (json) => schema.safeParse(json).data ?? null };
}

/** Why a record could not be written: a sentence for users. */
export function whyNotStored(error: unknown): string {
  if (error instanceof HumanError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === 'ENOSPC') return l10n.t('The disk is full.');
  return code === null ? l10n.t('The disk refused.') : l10n.t('The disk refused ({0}).', code);
}

/** Nothing was written: the stored record is one that this version cannot read, and must not destroy. */
export class RecordLeftAlone extends HumanError {
  constructor() {
    super(
      l10n.t(
        'A newer version of this extension may have stored this, so it is left as it is. Reload the window to use that version.',
      ),
    );
  }
}
