import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/root';

export const VSIX = join(ROOT, 'dist/smile-identity.vsix');

/** Bytes of the minified bundle: what is loaded when VS Code loads it, without what it loads later. */
export const bundleSize = (): number =>
  [...loadedWith(join(ROOT, 'dist/extension.js'))].reduce(
    (sum, file) => sum + statSync(file).size,
    0,
  );

/** A file of the bundle and, once each, the parts that it requires at once. */
function loadedWith(file: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const code = readFileSync(file, 'utf8');
  // A late part stands behind a promise: `.then(() => toESM(require("./parts/...")))`.
  for (const [, late, part] of code.matchAll(/(then\(\(\)=>[\w$]+\()?require\("(\.[^"]+)"\)/g)) {
    if (late === undefined && part !== undefined) loadedWith(join(dirname(file), part), loaded);
  }
  return loaded;
}

/** Bytes of the package. */
export const vsixSize = (): number => statSync(VSIX).size;

/** The paths inside the package: a VSIX is a zip, whose central directory lists them. */
export function vsixFiles(): string[] {
  const zip = readFileSync(VSIX);
  const files: string[] = [];
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(entry) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(entry + offset));
    files.push(zip.toString('utf8', entry + 46, entry + 46 + (name ?? 0)));
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}
