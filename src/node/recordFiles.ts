import { randomUUID } from 'node:crypto';
import { existsSync, type FSWatcher, readdirSync, readFileSync, watch } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter, type Event } from '../core/event';
import type { Logger } from '../core/logger';
import type { RecordStore } from '../core/recordStore';

const SUFFIX = '.json';

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
      if (record === null) this.records.delete(key);
      else this.records.set(key, record);
    }
    return new Map(this.records);
  }

  async write(key: string, record: T): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const draft = join(this.folder, `${key}.${randomUUID()}.tmp`);
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

  private read(key: string): T | null {
    let text: string;
    try {
      // Many tiny files: reading them one after the other is several times faster than asynchronously.
      text = readFileSync(this.fileOf(key), 'utf8');
    } catch {
      return null; // removed meanwhile, by this window or another
    }
    const record = this.parse(parseJson(text));
    if (record === null) void this.setAside(key);
    return record;
  }

  /** An unreadable file is kept under another name: somebody may still want what is in it. */
  private async setAside(key: string): Promise<void> {
    try {
      await rename(this.fileOf(key), join(this.folder, `${key}.corrupt`));
      this.logger.warn(`Set aside an unreadable record: ${key}.corrupt`);
    } catch {
      this.logger.warn(`An unreadable record could not be set aside: ${key}`);
    }
  }

  private async follow(): Promise<void> {
    if (this.watcher || this.disposed || this.unwatchable) return;
    try {
      await mkdir(this.folder, { recursive: true });
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
