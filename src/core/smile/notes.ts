import { shownText } from '../shownText';
import { READING_LIMITS } from './readingLimits';

const MORE = 'There is more that is odd; it is not listed.';

/** What was odd in a response, in plain words: each note once, few enough and short enough to be shown. */
export class Notes {
  private readonly texts: Set<string>;

  constructor(texts: readonly string[] = []) {
    this.texts = new Set(texts);
  }

  /** A function of its own: readers of parts of a response get it alone. */
  readonly add = (sentence: string): void => {
    const { notes, noteLength } = READING_LIMITS;
    const text = shownText(sentence);
    if (this.texts.size >= notes) this.texts.add(MORE);
    else this.texts.add(text.length > noteLength ? `${text.slice(0, noteLength)}…` : text);
  };

  get list(): readonly string[] {
    return [...this.texts];
  }
}
