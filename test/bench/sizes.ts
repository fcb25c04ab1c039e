import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { ROOT } from '../support/root';

export const VSIX = join(ROOT, 'dist/smile-identity.vsix');

/** Bytes that VS Code loads when it starts the extension; a test in VS Code shows that nothing else is loaded. */
export const startSize = (): number => statSync(join(ROOT, 'dist/extension.js')).size;

/** Bytes of the package. */
export const vsixSize = (): number => statSync(VSIX).size;

/** The files inside the package, by their paths: a VSIX is a zip, whose central directory lists them. */
export function vsixFiles(): ReadonlyMap<string, string> {
  const zip = readFileSync(VSIX);
  const files = new Map<string, string>();
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let entry = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(entry) === 0x02014b50) {
    const size = zip.readUInt32LE(entry + 20);
    const name = zip.readUInt16LE(entry + 28);
    const extra = zip.readUInt16LE(entry + 30);
    const comment = zip.readUInt16LE(entry + 32);
    const local = zip.readUInt32LE(entry + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    const deflated = zip.readUInt16LE(entry + 10) === 8;
    files.set(
      zip.toString('utf8', entry + 46, entry + 46 + name),
      (deflated ? inflateRawSync(packed) : packed).toString('utf8'),
    );
    entry += 46 + name + extra + comment;
  }
  return files;
}
