import { createHash, randomBytes } from 'node:crypto';
import { TYPE_ID_ALPHABET } from '../../core/smile/typeId';

/** When the jobs of the scenarios were made, so that their IDs stay the same. */
const OF_SCENARIOS = new Date('2026-01-02T03:04:05.000Z');

/** A new ID: `prefix_` and a UUIDv7 in Crockford's base 32 (see core/smile/typeId.ts). */
export function mintTypeId(prefix: string, at: Date): string {
  return typeIdOf(prefix, at, randomBytes(10));
}

/** The ID of what has this name in the simulator: always the same. */
export function fixedTypeId(prefix: string, name: string): string {
  return typeIdOf(prefix, OF_SCENARIOS, createHash('sha256').update(name).digest());
}

/** @param random at least 10 bytes */
function typeIdOf(prefix: string, at: Date, random: Uint8Array): string {
  const bits = BigInt(`0x${Buffer.from(random.subarray(0, 10)).toString('hex')}`);
  const uuid =
    (BigInt(at.getTime()) << 80n) |
    (7n << 76n) | // version
    ((bits >> 68n) << 64n) |
    (2n << 62n) | // variant
    (bits & ((1n << 62n) - 1n));
  const characters = Array.from({ length: 26 }, (_, index) =>
    TYPE_ID_ALPHABET.charAt(Number((uuid >> BigInt(5 * (25 - index))) & 31n)),
  );
  return `${prefix}_${characters.join('')}`;
}
