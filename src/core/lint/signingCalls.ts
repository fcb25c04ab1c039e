import { anyOf } from './patterns';
import type { Stretch } from './search';
import type { Source } from './source';

const CALL = anyOf(
  'g',
  /\.update\(|\bhmac\.new\(|HMAC\.(?:hex|base64)?digest\(|\.Write\(/,
  /\b(?:hash_hmac|doFinal|ComputeHash|HashData|HmacSHA256)\(/,
);

/** A call that signs something, or a part of it. */
interface SigningCall {
  readonly start: number;
  /** Up to its bracket. */
  readonly name: string;
}

export function* signingCallsIn(source: Source): Generator<SigningCall> {
  for (const { 0: name, index: start } of source.matches(CALL)) {
    if (!source.isInString(start)) yield { start, name };
  }
}

/** The argument that is signed. */
export function messageOf(source: Source, { start, name }: SigningCall): Stretch | null {
  const all = source.argumentsAt(start + name.length - 1);
  if (name.startsWith('HMAC.')) return all[2] ?? null;
  if (!/^(?:hmac\.new|hash_hmac|HashData)/.test(name)) return all[0] ?? null;
  return all.find((one) => /^msg\s*=/.test(source.slice(one))) ?? all[1] ?? null;
}
