import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Leaves a record as another window would: complete at once, since a window that reads half a record sets it aside.
 * @param folder the folder of the kind of record: `jobs`, `profiles`, …
 */
export function storeRecord(folder: string, key: string, record: object): void {
  mkdirSync(folder, { recursive: true });
  const draft = join(folder, `${key}.tmp`);
  writeFileSync(draft, JSON.stringify({ version: 1, ...record }));
  renameSync(draft, join(folder, `${key}.json`));
}
