import { eitherOf } from './patterns';
import type { Stretch } from './search';
import type { Source } from './source';

const CLASSES = 'WebApi ID_?Api Signature Utilities SmileIdentityCore BusinessVerification';
const SDK_CALL = new RegExp(String.raw`\b${eitherOf(CLASSES)}(?:\.new)?\s*\(`, 'gi');

/** A call of one of the classes of the SDKs. */
interface SdkCall {
  readonly start: number;
  /** Its bracket. */
  readonly open: number;
  readonly arguments: readonly Stretch[];
}

export function* sdkCallsIn(source: Source): Generator<SdkCall> {
  for (const { 0: whole, index: start } of source.matches(SDK_CALL)) {
    const open = start + whole.length - 1;
    yield { start, open, arguments: source.argumentsAt(open) };
  }
}
