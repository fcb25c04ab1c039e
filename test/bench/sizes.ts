import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/root';

export const VSIX = join(ROOT, 'dist/smile-identity.vsix');

/** Bytes that VS Code loads when it starts the extension; a test in VS Code shows that nothing else is loaded. */
export const startSize = (): number => statSync(join(ROOT, 'dist/extension.js')).size;

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
