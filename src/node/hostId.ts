import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const FORM = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The ID of the machine that a remote window is connected to: a random UUID, kept in the extension's folder there.
 * It is read each time, since another window may delete all data. The file is short and read synchronously, so that
 * the status bar can be drawn at once.
 */
export class HostId {
  /** Used until something is stored. */
  private readonly fresh = randomUUID();

  constructor(private readonly file: string) {}

  get current(): string {
    return this.read() ?? this.fresh;
  }

  private read(): string | null {
    try {
      const text = readFileSync(this.file, 'utf8');
      return FORM.test(text) ? text : null;
    } catch {
      return null;
    }
  }

  /**
   * Makes sure that later windows get the same ID.
   * @returns false if the disk refuses
   */
  keep(): boolean {
    if (this.read() !== null) return true;
    const { file } = this;
    const draft = `${file}.${this.fresh}.tmp`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(draft, this.fresh);
      try {
        linkSync(draft, file); // at once, and never over the ID that another window stored meanwhile
      } catch {
        if (this.read() === null) writeFileSync(file, this.fresh); // a damaged file, or a disk without links
      }
      rmSync(draft);
      return true;
    } catch {
      return false;
    }
  }
}
