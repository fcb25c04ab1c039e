import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FEATURES, FIND, positionOf, type EditedFile, type Feature } from './editorFindings';
import { languageOfFile } from './languageOfFile';

/**
 * `npm run measure -- FOLDER... [--feature NAME]`: what the features of the editor find in the files below each
 * folder, as if it was opened in VS Code. Of several folders, each path begins with the name of its folder.
 */

const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'vendor', 'dist', 'build']);
/** In bytes. */
const LONGEST = 1_000_000;
const BYTES_THAT_TELL = 8000;
/** In characters: the lines of code that was minified are longer on average. */
const LONGEST_LINES = 500;
const MINIFIED = /\.min\.\w+$/i;

interface Line {
  readonly feature: Feature;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

function* filesBelow(folder: string, path = ''): Generator<string> {
  for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
    const own = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isFile()) yield own;
    else if (entry.isDirectory() && !SKIPPED.has(entry.name)) yield* filesBelow(folder, own);
  }
}

/** Null for what no user reads: binary, long and minified files. */
function textOf(file: string): string | null {
  if (MINIFIED.test(file) || statSync(file).size > LONGEST) return null;
  const bytes = readFileSync(file);
  if (bytes.subarray(0, BYTES_THAT_TELL).includes(0)) return null;
  const text = new TextDecoder().decode(bytes);
  const isMinified = /\.(?:[cm]?js|css)$/.test(file) && text.length / linesIn(text) > LONGEST_LINES;
  return isMinified ? null : text;
}

const linesIn = (text: string): number => text.split('\n').length;

function linesOf(file: EditedFile, prefix: string, features: readonly Feature[]): Line[] {
  const position = positionOf(file.text);
  return features.flatMap((feature) =>
    FIND[feature](file).map(({ start, what }) => ({
      feature,
      path: prefix + file.path,
      ...position(start),
      what,
    })),
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byPlace = (one: Line, other: Line): number =>
  FEATURES.indexOf(one.feature) - FEATURES.indexOf(other.feature) ||
  compare(one.path, other.path) ||
  one.line - other.line ||
  one.column - other.column ||
  compare(one.what, other.what);

function main(): void {
  const { values, positionals: folders } = parseArgs({
    options: { feature: { type: 'string' } },
    allowPositionals: true,
  });
  if (folders.length === 0) throw new Error('npm run measure -- FOLDER... [--feature NAME]');
  const features = FEATURES.filter((name) => name === (values.feature ?? name));
  if (features.length === 0) {
    throw new Error(
      `No such feature: ${String(values.feature)}. There are ${FEATURES.join(', ')}.`,
    );
  }
  const lines = folders.flatMap((folder) => {
    const prefix = folders.length === 1 ? '' : `${basename(resolve(folder))}/`;
    return [...filesBelow(folder)].flatMap((path) => {
      const text = textOf(join(folder, path));
      if (text === null) return [];
      return linesOf({ path, languageId: languageOfFile(path), text }, prefix, features);
    });
  });
  for (const { feature, path, line, column, what } of lines.sort(byPlace)) {
    console.log(`${feature}\t${path}:${line}:${column}\t${what}`);
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
