import { languageOf } from '../text/languages';
import { isObject } from './fields';
import { piecesOf } from './pastedPieces';
import { READING_LIMITS } from './readingLimits';
import { documentOf } from './readResponse';
import { likenessOf, mayBeResponse } from './responseLikeness';

/** Start and end of a response in a text, in UTF-16 units. */
export interface ResponseRange {
  readonly start: number;
  readonly end: number;
}

/** In characters; longer texts are generated. */
export const LONGEST_WITH_RESPONSES = 200_000;

/**
 * The responses of Smile ID that a file contains: as objects of its language, in dumps and in strings; the outermost of
 * each. A type or a call that only has the names of the fields is none. Empty for a text that is longer than
 * LONGEST_WITH_RESPONSES. The time is proportional to the text.
 */
export function responseRanges(text: string, languageId: string): ResponseRange[] {
  if (text.length > LONGEST_WITH_RESPONSES || !mayBeResponse(text)) return [];
  const found = responsesIn(text, languageOf(languageId)?.hasBareText !== true, 0);
  let end = 0;
  return found
    .sort((one, other) => one.start - other.start || other.end - one.end)
    .filter((range) => {
      const isOuter = range.start >= end;
      if (isOuter) ({ end } = range);
      return isOuter;
    });
}

function responsesIn(text: string, onlyLiterals: boolean, level: number): ResponseRange[] {
  const found: ResponseRange[] = [];
  const seen = (value: unknown, start: number, end: number): void => {
    if (typeof value === 'string') {
      const mayContain =
        level < READING_LIMITS.strings && value.includes('{') && mayBeResponse(value);
      if (!mayContain || responsesIn(value, onlyLiterals, level + 1).length === 0) return;
    } else if (!isObject(value) || likenessOf(value) !== 'response') return;
    // some objects have a field of a response, such as the PartnerParams of a request
    else if (documentOf(value) === null) return;
    found.push({ start, end });
  };
  const pieces = piecesOf(text, { onlyLiterals, seen });
  while (pieces.next().done === false); // each reports what it contains
  return found;
}
