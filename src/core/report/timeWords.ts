import * as l10n from '../l10n';
import { readTime } from '../smile/writtenTime';

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;

/** A time in the user's time zone for use in a sentence, with the date if it is not today. */
export const timeWords = (at: Date, now = new Date()): string =>
  dayHere(at) === dayHere(now) ? at.toLocaleTimeString() : dateWords(at, dayHere(at), now);

/** A time of a response. */
export interface SentTime {
  /** As people write it: "Today 10:16 AM", "Nov 26, 10:16 AM". */
  readonly words: string;
  /** The text as sent, in words; null if the text is shown itself, since it is no time. */
  readonly sent: string | null;
}

/** @param text without a time zone, its hour is shown unchanged: nobody knows which zone it is of */
export function sentTimeOf(text: string, now = new Date()): SentTime {
  const time = readTime(text);
  if (!time) return { words: text, sent: null };
  const at = new Date(time.at);
  const day = time.hasZone ? dayHere(at) : dayInUtc(at);
  const zone = time.hasZone ? {} : { timeZone: 'UTC' };
  return {
    words:
      day === dayHere(now)
        ? l10n.t('Today {0}', at.toLocaleTimeString(undefined, { ...CLOCK, ...zone }))
        : dateWords(at, day, now, zone),
    sent: time.hasZone ? l10n.t('{0}, as sent', text) : l10n.t('{0}, as sent, no time zone', text),
  };
}

/** The year is left out if it is the current one. */
function dateWords(
  at: Date,
  day: string,
  now: Date,
  zone: Pick<Intl.DateTimeFormatOptions, 'timeZone'> = {},
): string {
  const isThisYear = day.slice(0, 4) === dayHere(now).slice(0, 4);
  const date = { month: 'short', day: 'numeric', ...CLOCK, ...zone } as const;
  return at.toLocaleString(undefined, isThisYear ? date : { year: 'numeric', ...date });
}

/** `2026-11-26` */
const dayInUtc = (at: Date): string => at.toISOString().slice(0, 10);

/** The same in the user's time zone. */
const dayHere = (at: Date): string =>
  dayInUtc(new Date(at.getTime() - at.getTimezoneOffset() * 60_000));
