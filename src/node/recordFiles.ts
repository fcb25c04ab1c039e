import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  type FSWatcher,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  watch,
} from 'node:fs';
import { mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Clock, systemClock } from '../core/clock';
import { Emitter, type Event } from '../core/event';
import { line, type Logger, type LogLine } from '../core/logger';
import { Turns } from '../core/turns';
import { type RecordFormat, RecordLeftAlone, type RecordStore } from '../core/recordStore';

const SUFFIX = '.json';
const DRAFT = '.tmp';
const CORRUPT = '.corrupt';
const MINUTE = 60_000;
/** Records are a tenth of that at most. */
const MAX_BYTES = 64 * 1024;
/** Milliseconds for which reading may keep the extension host from other work. */
const SLICE = 10;

/**
 * What is under a key. Corrupt is what is not JSON; other JSON may be of a newer version. Unreadable is what the disk
 * refuses for now, such as with too many open files.
 */
type Found<T> =
  | { readonly kind: 'record'; readonly record: T }
  | { readonly kind: 'unreadable'; readonly error: unknown }
  | { readonly kind: 'missing' | 'corrupt' | 'foreign' };

/**
 * Records as files, `<key>.json` each, in a folder that several windows use at once. A file is replaced by
 * renaming a complete one over it, so a reader never sees half a record and no lock is needed.
 */
export class RecordFiles<T extends object> implements RecordStore<T> {
  private readonly changed: Emitter<void>;
  readonly onDidChange: Event<void>;
  private readonly records = new Map<string, T>();
  /** Keys whose file has to be read again; null means all of them. */
  private stale: Set<string> | null = null;
  private listing: Promise<void> = Promise.resolve();
  /** A record that is removed while it is written must not come back, nor an older one replace a newer one. */
  private readonly turns = new Turns();
  private watcher: FSWatcher | null = null;
  private notifyTimer: NodeJS.Timeout | undefined;
  private sweepPlanned = false;
  /** What was logged already: the same files are read again and again. */
  private readonly logged = new Set<string>();
  private readonly closed = new AbortController();

  constructor(
    private readonly folder: string,
    private readonly format: RecordFormat<T>,
    private readonly logger: Logger,
    private readonly clock: Clock = systemClock,
  ) {
    this.changed = new Emitter(logger);
    this.onDidChange = this.changed.event;
  }

  async list(): Promise<ReadonlyMap<string, T>> {
    // One after the other: a second caller must not get half of the records while the first one reads.
    this.listing = this.listing.catch(() => undefined).then(() => this.readStale());
    await this.listing;
    return new Map(this.records);
  }

  async keys(): Promise<ReadonlySet<string>> {
    try {
      const names = await readdir(this.folder);
      return new Set(
        names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length)),
      );
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return new Set();
      throw error;
    }
  }

  write(key: string, record: T): Promise<void> {
    return this.turns.run(key, () => this.writeFile(key, record));
  }

  private async writeFile(key: string, record: T): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const found = this.read(key);
    if (found.kind === 'foreign') throw new RecordLeftAlone();
    if (found.kind === 'unreadable') throw found.error;
    if (found.kind === 'corrupt') this.setAside(key);
    const draft = join(this.folder, `${key}.${randomUUID()}${DRAFT}`);
    try {
      const text = JSON.stringify({ version: this.format.version, ...record });
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, this.fileOf(key));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    this.records.set(key, record);
    this.stale?.add(key);
    this.notifyLater();
  }

  remove(key: string): Promise<void> {
    return this.turns.run(key, () => this.removeFile(key));
  }

  private async removeFile(key: string): Promise<void> {
    try {
      const { kind } = this.read(key);
      if (kind !== 'foreign' && kind !== 'unreadable') await rm(this.fileOf(key), { force: true });
      for (let count = 1; ; count += 1) await unlink(this.corruptFile(key, count));
    } catch (error) {
      // A folder with such a name is not ours.
      if (!isMissing(error) && !['EISDIR', 'EPERM'].includes(codeOf(error))) throw error;
    }
    if (this.records.delete(key)) this.notifyLater();
  }

  dispose(): void {
    this.closed.abort();
    clearTimeout(this.notifyTimer);
    this.watcher?.close();
  }

  private isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  private fileOf(key: string): string {
    return join(this.folder, key + SUFFIX);
  }

  private corruptFile(key: string, count: number): string {
    return join(this.folder, `${key}${count === 1 ? '' : `.${count}`}${CORRUPT}`);
  }

  private async readStale(): Promise<void> {
    await this.follow();
    const changed = this.stale;
    // Before the folder is read: what is written or changed in the meantime is read again the next time.
    this.stale = new Set();
    const stale = changed ?? (await this.keysIfReadable());
    if (stale === null) return;
    if (changed === null) {
      for (const key of this.records.keys()) if (!stale.has(key)) this.records.delete(key);
    }
    // Without a watcher, changes of other windows are not known, so each time all files are read.
    if (!this.watcher) this.stale = null;
    // Many tiny files: reading them one after the other costs a tenth of what it costs asynchronously.
    let started = performance.now();
    for (const key of stale) {
      const found = this.read(key);
      if (found.kind === 'record') this.records.set(key, found.record);
      // What was read before stays: a file that cannot be opened for a moment is not gone.
      else if (found.kind !== 'unreadable') this.records.delete(key);
      if (found.kind === 'corrupt') this.setAside(key);
      if (performance.now() - started < SLICE) continue;
      await setImmediate();
      started = performance.now();
    }
  }

  /** Null if the folder cannot be read for a moment: what is known stays, since that is not an empty folder. */
  private async keysIfReadable(): Promise<ReadonlySet<string> | null> {
    try {
      return await this.keys();
    } catch (error) {
      this.stale = null;
      this.warnOnce(line`Records cannot be read: ${codeOf(error)}`);
      return null;
    }
  }

  private read(key: string): Found<T> {
    let text: string;
    try {
      text = textOf(this.fileOf(key));
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' }; // removed meanwhile, by this window or another
      this.stale?.add(key); // it may be readable the next time
      this.warnOnce(line`A record could not be read (${codeOf(error)}): ${key}`);
      return error instanceof NoRecord ? { kind: 'foreign' } : { kind: 'unreadable', error };
    }
    const json = parseJson(text);
    if (json === undefined) return { kind: 'corrupt' };
    const record = versionOf(json) <= this.format.version ? this.format.read(json) : null;
    if (record !== null) return { kind: 'record', record };
    this.warnOnce(line`A record of another version is left as it is: ${key}`);
    return { kind: 'foreign' };
  }

  /**
   * A file that contains no record is kept under another name: a user may still want what is in it. At once,
   * so that no other window has time to put a good one in its place.
   */
  private setAside(key: string): void {
    try {
      let count = 1;
      while (existsSync(this.corruptFile(key, count))) count += 1;
      renameSync(this.fileOf(key), this.corruptFile(key, count));
      this.logger.warn(line`Set aside an unreadable record: ${key}${CORRUPT}`);
    } catch {
      this.warnOnce(line`An unreadable record could not be set aside: ${key}`);
    }
  }

  /**
   * Removes drafts that a window left when it was killed while writing: they contain IDs. What is young may
   * still be written, so it is checked again later.
   */
  private async removeOldDrafts(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(DRAFT))) {
      const draft = join(this.folder, name);
      try {
        const stat = lstatSync(draft, { throwIfNoEntry: false });
        if (!stat) continue; // its window has finished it
        // In both directions: a file written before the clock was set back has a time in the future.
        const age = Math.abs(this.clock.now().getTime() - stat.mtimeMs);
        if (age < MINUTE) void this.removeDraftsLater();
        else rmSync(draft, { force: true });
      } catch (error) {
        this.warnOnce(line`A draft could not be removed (${codeOf(error)})`);
      }
    }
  }

  private async removeDraftsLater(): Promise<void> {
    if (this.sweepPlanned) return;
    this.sweepPlanned = true;
    await this.clock.sleep(MINUTE, this.closed.signal);
    this.sweepPlanned = false;
    if (!this.closed.signal.aborted) await this.removeOldDrafts();
  }

  private async follow(): Promise<void> {
    if (this.watcher || this.isClosed()) return;
    try {
      await mkdir(this.folder, { recursive: true });
      if (this.isClosed()) return; // while the folder was made
      this.watcher = watch(this.folder, { persistent: false }, (_event, name) => {
        this.onFileChange(name);
      });
      this.watcher.on('error', () => {
        this.unfollow();
      });
    } catch (error) {
      this.warnOnce(line`Other windows cannot be followed (${codeOf(error)})`);
    }
    void this.removeOldDrafts();
  }

  private onFileChange(name: string | null): void {
    if (name?.endsWith(DRAFT)) {
      void this.removeDraftsLater();
    } else if (name?.endsWith(SUFFIX)) {
      this.stale?.add(name.slice(0, -SUFFIX.length));
      this.notifyLater();
    } else if (name === null || name === basename(this.folder)) {
      this.unfollow(); // the folder itself, which may be gone
      this.notifyLater();
    }
  }

  /** All files are read the next time. */
  private unfollow(): void {
    this.watcher?.close();
    this.watcher = null;
    this.stale = null;
  }

  private warnOnce(message: LogLine): void {
    if (this.logged.has(message.text)) return;
    this.logged.add(message.text);
    this.logger.warn(message);
  }

  /** One event for many changes: another window may be writing hundreds of records. */
  private notifyLater(): void {
    if (this.notifyTimer !== undefined || this.closed.signal.aborted) return;
    this.notifyTimer = setTimeout(() => {
      this.notifyTimer = undefined;
      this.changed.fire();
    }, 50);
  }
}

/** Windows has no such flag, and no pipes among its files. */
const NEVER_WAIT = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;
const buffer = Buffer.allocUnsafe(MAX_BYTES);

/** @throws also if it is not a file, since a pipe or a device would never end, and if it is too large */
function textOf(path: string): string {
  const file = openSync(path, constants.O_RDONLY | NEVER_WAIT);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new NoRecord('no file');
    if (stat.size > MAX_BYTES) throw new NoRecord('too large');
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, MAX_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/** What is in the place of a record and is not ours, now or later. */
class NoRecord extends Error {
  constructor(readonly code: 'no file' | 'too large') {
    super(code);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

/** Records from before there were versions count as the first one. */
function versionOf(json: unknown): number {
  if (typeof json !== 'object' || json === null || !('version' in json)) return 1;
  return typeof json.version === 'number' ? json.version : Infinity;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
