import { codesUsedIn } from './codesIn';
import { isKnown } from './knownDigits';
import type { CodeSpan } from '../catalogue/types';
import { Relevance } from '../text/relevance';

/** The codes of Smile ID in a text: digits that are used as a code, where the text concerns Smile ID. */
export function findCodes(text: string, languageId?: string): CodeSpan[] {
  const relevance = new Relevance(text, languageId);
  return codesUsedIn(text, languageId).filter((span) => isOfSmile(span, relevance));
}

/**
 * Whether digits that are used as a code are Smile ID's. Without a sure sign or two others, only a known code in
 * quotes whose key is `ResultCode`.
 *
 * @param span offsets in the text of the relevance
 */
export const isOfSmile = (span: CodeSpan, relevance: Relevance): boolean =>
  // the quicker question first
  (isKnown(Number(span.code)) && relevance.isText(span) && relevance.isResultCode(span)) ||
  relevance.strengthAt(span.start) !== 'none';
