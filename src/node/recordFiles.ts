import { randomUUID } from 'node:crypto';
import {
  existsSync,
  type FSWatcher,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
} from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter, type Event } from '../core/event';
import type { Logger } from '../core/logger';
import type { RecordStore } from '../core/recordStore';

const SUFFIX = '.json';
const DRAFT = '.tmp';
const CORRUPT = '.corrupt';
const HOUR = 3_600_000;

/**
 * Records as files, `<key>.json` each, in a folder that several windows use at once. A file is replaced by
 * renaming a complete one over it, so a reader never sees half a record and no lock is needed.
 */
export class RecordFiles<T> implements RecordStore<T> {
  private readonly changed = new Emitter<void>();
  readonly onDidChange: Event<void> = this.changed.event;
  private readonly records = new Map<string, T>();
  /** Keys whose file has to be read again; null means all of them. */
  private stale: Set<string> | null = null;
  private watcher: FSWatcher | null = null;
  private told: NodeJS.Timeout | undefined;
  private disposed = false;
  private unwatchable = false;

  /** @param parse the record in a file's JSON, or null where it holds none */
  constructor(
    private readonly folder: string,
    private readonly parse: (json: unknown) => T | null,
    private readonly logger: Logger,
  ) {}

  async list(): Promise<ReadonlyMap<string, T>> {
    await this.follow();
    const stale = this.stale ?? new Set(this.keysOnDisk());
    if (this.stale === null) this.records.clear();
    // Without a watcher nobody tells what other windows write, so every look reads all.
    this.stale = this.watcher ? new Set() : null;
    for (const key of stale) {
      const record = this.read(key);
      if (record === 'unreadable') this.stale?.add(key);
      else if (record === null) this.records.delete(key);
      else this.records.set(key, record);
    }
    return new Map(this.records);
  }

  async write(key: string, record: T): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const draft = join(this.folder, `${key}.${randomUUID()}${DRAFT}`);
    try {
      await writeFile(draft, JSON.stringify(record), { mode: 0o600 });
      await rename(draft, this.fileOf(key));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    this.records.set(key, record);
    this.tell();
  }

  async remove(key: string): Promise<void> {
    await rm(this.fileOf(key), { force: true });
    await rm(join(this.folder, key + CORRUPT), { force: true });
    if (this.records.delete(key)) this.tell();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.told);
    this.watcher?.close();
  }

  private fileOf(key: string): string {
    return join(this.folder, key + SUFFIX);
  }

  private keysOnDisk(): string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length));
  }

  /** Null where there is no such record; an unreadable one may be well at the next look. */
  private read(key: string): T | null | 'unreadable' {
    let text: string;
    try {
      // Many tiny files: reading them one after the other is several times faster than asynchronously.
      text = readFileSync(this.fileOf(key), 'utf8');
    } catch (error) {
      if (isMissing(error)) return null; // removed meanwhile, by this window or another
      this.logger.warn(`A record could not be read: ${key}`);
      return 'unreadable';
    }
    const record = this.parse(parseJson(text));
    if (record === null) this.setAside(key);
    return record;
  }

  /**
   * A file that holds no record is kept under another name: somebody may still want what is in it. At once,
   * so that no other window has time to put a good one in its place.
   */
  private setAside(key: string): void {
    try {
      renameSync(this.fileOf(key), join(this.folder, key + CORRUPT));
      this.logger.warn(`Set aside an unreadable record: ${key}${CORRUPT}`);
    } catch {
      this.logger.warn(`An unreadable record could not be set aside: ${key}`);
    }
  }

  /** Drafts that a window left when it was killed while writing. */
  private removeOldDrafts(): void {
    for (const name of readdirSync(this.folder)) {
      const draft = join(this.folder, name);
      if (name.endsWith(DRAFT) && statSync(draft).mtimeMs < Date.now() - HOUR) {
        rmSync(draft, { force: true });
      }
    }
  }

  private async follow(): Promise<void> {
    if (this.watcher || this.disposed || this.unwatchable) return;
    try {
      await mkdir(this.folder, { recursive: true });
      this.removeOldDrafts();
      this.watcher = watch(this.folder, { persistent: false }, (_event, name) => {
        if (name === null) this.stale = null;
        else if (name.endsWith(SUFFIX)) this.stale?.add(name.slice(0, -SUFFIX.length));
        else return;
        this.tell();
      });
      this.watcher.on('error', () => {
        this.watcher?.close();
        this.watcher = null;
        this.stale = null;
      });
    } catch {
      this.unwatchable = true;
      this.logger.warn('Other windows cannot be followed: the folder cannot be watched');
    }
  }

  /** Tells of many changes at once: another window may be writing hundreds of records. */
  private tell(): void {
    if (this.told !== undefined || this.disposed) return;
    this.told = setTimeout(() => {
      this.told = undefined;
      this.changed.fire();
    }, 50);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
