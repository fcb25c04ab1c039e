import * as l10n from '../l10n';
import { shownText } from '../harmlessText';
import { READING_LIMITS } from './readingLimits';

const more = (): string => l10n.t('There are more notes; they are not listed.');

/** The oddities of a response, in plain words: each note once, few enough and short enough to be shown. */
export class ReadingNotes {
  private readonly texts: Set<string>;

  constructor(texts: readonly string[] = []) {
    this.texts = new Set(texts);
  }

  /** A bound function: readers of parts of a response get only this. */
  readonly add = (sentence: string): void => {
    const { notes, noteLength } = READING_LIMITS;
    const text = shownText(sentence);
    if (this.texts.size >= notes) this.texts.add(more());
    else this.texts.add(text.length > noteLength ? `${text.slice(0, noteLength)}…` : text);
  };

  get list(): readonly string[] {
    return [...this.texts];
  }
}
