import type { Source } from './source';

/** Whether Smile ID is named anywhere in a file, comments included. */
export const namesSmile = (source: Source): boolean =>
  source.fact('smile', ({ text }) => /smile/i.test(text));
