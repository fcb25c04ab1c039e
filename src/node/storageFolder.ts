import { readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Everything in one of the extension's own folders, whatever it is. The folders themselves stay: windows watch them. */
export class StorageFolder {
  constructor(private readonly folder: string) {}

  /** Paths below the folder, with `/`. Links and pipes are listed, and never followed or opened. */
  async files(): Promise<readonly string[]> {
    try {
      const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)))
        .map((path) => path.split(sep).join('/'));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }

  /** @throws when the disk refuses */
  async remove(path: string): Promise<void> {
    await rm(join(this.folder, path), { force: true });
  }
}
