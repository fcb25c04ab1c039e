import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

/**
 * What the VS Code of a suite keeps on disk: settings, logs, backups and every extension's storage. The
 * runner says in SMILE_TEST_DATA where that is.
 */
export function dataFolder(): string {
  const folder = process.env.SMILE_TEST_DATA ?? '';
  assert.ok(existsSync(folder), 'SMILE_TEST_DATA names no folder: start suites with runSuite.ts.');
  return folder;
}

/** Every file below a folder, by its whole path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path) && statSync(path).isFile());
}

/**
 * The extension's own folder (`globalStorageUri`), whichever build of VS Code runs; undefined if the extension
 * has not made it yet.
 */
export function storageFolder(): string | undefined {
  const name = 'smile-devtools.smile-identity';
  const found = readdirSync(dataFolder(), { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === name && path.split(sep).includes('globalStorage'))
    .map((path) => join(dataFolder(), path));
  const [folder, ...others] = found;
  assert.deepEqual(others, []);
  return folder;
}

/** The records in a folder of the extension's storage, by file name; empty if there is no such folder. */
export function storedRecords(...path: string[]): Map<string, Readonly<Record<string, unknown>>> {
  const storage = storageFolder();
  const folder = storage === undefined ? undefined : join(storage, ...path);
  if (folder === undefined || !existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, objectIn(join(folder, name))]),
  );
}

/** What the extension's storage contains, as paths with `/`. */
export function storedFiles(): string[] {
  const folder = storageFolder();
  if (folder === undefined) return [];
  return filesBelow(folder).map((path) => relative(folder, path).split(sep).join('/'));
}

function objectIn(path: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  assert.ok(typeof value === 'object' && value !== null, `${path} contains no object`);
  return Object.fromEntries(Object.entries(value));
}
