import { SMILE_SIGNS } from './signs';

const ANY = new RegExp(
  SMILE_SIGNS.filter(({ isCovered }) => isCovered !== true)
    .map(({ pattern }) => pattern)
    .join('|'),
  'i',
);

/**
 * Whether a text may be about Smile ID at all: one search, before anything else is loaded or read. What explains or
 * checks a text requires more than this, see Relevance.
 */
export const mayConcernSmile = (text: string): boolean => ANY.test(text);
