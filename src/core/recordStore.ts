import type { Event } from './event';

/**
 * Small records that several windows read and write at once, one record a key. Each write replaces one
 * record as a whole and touches no other, so writers of different keys never lose anything.
 * Implemented by src/node/recordFiles.ts.
 */
export interface RecordStore<T> {
  /** All readable records; unreadable ones are set aside and do not keep the others from loading. */
  list(): Promise<ReadonlyMap<string, T>>;
  /** @throws when the disk refuses (full, read-only, ...) */
  write(key: string, record: T): Promise<void>;
  /** Does nothing where there is no such record. */
  remove(key: string): Promise<void>;
  /** Fires after this or another window changed something. */
  readonly onDidChange: Event<void>;
}
