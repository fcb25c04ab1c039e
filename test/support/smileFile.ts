import { codesUsedIn } from '../../src/core/codes/codesIn';
import { isOfSmile } from '../../src/core/codes/findCodes';
import type { CodeSpan } from '../../src/core/catalogue/types';
import { Relevance } from '../../src/core/text/relevance';

/** The codes of a snippet that is part of a file about Smile ID, as its path says. */
export function codesInSmileFile(text: string, languageId: string): CodeSpan[] {
  const relevance = new Relevance(text, languageId, 'smile/snippet');
  return codesUsedIn(text, languageId).filter((span) => isOfSmile(span, relevance));
}
