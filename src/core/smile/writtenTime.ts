/** A time as a text says it. */
export interface WrittenTime {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The digits of the fraction of the second; '' if the text has none. */
  readonly fraction: string;
  /** What the local time of the text is ahead of UTC, in minutes. */
  readonly offset: number;
  /** Without one, the time is taken as UTC. */
  readonly hasZone: boolean;
}

const DATE_TIME = new RegExp(
  [
    String.raw`^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?`,
    String.raw`( ?(?:Z|UTC|([+-])(\d\d):?(\d\d)))?$`,
  ].join(''),
);
const NUMBER = /^(\d{9,10})(?:(\d{3})|\.(\d{1,9}))?$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Milliseconds since 1970; null if a text is no time. */
export const instantOf = (text: string): number | null => readTime(text)?.at ?? null;

/** Null if a text is no time. */
export function readTime(text: string): WrittenTime | null {
  const [, seconds, ms, rest] = NUMBER.exec(text) ?? [];
  if (seconds !== undefined) {
    const fraction = ms ?? rest ?? '';
    return timeAt(Number(seconds) * 1000, fraction);
  }
  if (HTTP_DATE.test(text)) return timeAt(Date.parse(text), '');
  const [, date, time, fraction = '', zone, sign, hours, minutes] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || time === undefined) return null;
  const ahead = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  const offset = sign === '-' ? -ahead : ahead;
  const second = Date.parse(`${date}T${time}Z`) - offset * 60_000;
  return timeAt(second, fraction, offset, zone !== undefined);
}

const timeAt = (
  second: number,
  fraction: string,
  offset = 0,
  hasZone = true,
): WrittenTime | null =>
  Number.isNaN(second)
    ? null
    : { at: second + Number(fraction.slice(0, 3).padEnd(3, '0')), fraction, offset, hasZone };

/**
 * The same time as other languages write it: with and without a fraction, with `Z`, `+00:00` or no zone, with a space,
 * as a number, and so on. The SDKs of JavaScript, Python, PHP, Ruby and Java each have another form.
 */
export function* otherForms(text: string): Generator<string> {
  const time = readTime(text);
  if (!time) return;
  const { at, fraction, offset } = time;
  const fractions = new Set(
    ['', fraction, ...[3, 6, 9].map((digits) => fraction.slice(0, digits).padEnd(digits, '0'))]
      .concat(fraction.replace(/0+$/, ''))
      .map((digits) => (digits === '' ? '' : `.${digits}`)),
  );
  for (const ahead of new Set([0, offset])) {
    const [, date, clock] = /^(.*)T(.{8})/.exec(dateOf(at + ahead * 60_000)) ?? [];
    if (date === undefined || clock === undefined) return;
    const zones = ahead === 0 ? ['Z', '', '+00:00', '+0000'] : [zoneOf(ahead), zoneOf(ahead, '')];
    const spaced = ahead === 0 ? ['+0000', '+00:00', 'UTC'] : zones;
    for (const part of fractions) {
      for (const zone of zones) yield `${date}T${clock}${part}${zone}`;
      for (const zone of zones) yield `${date} ${clock}${part}${zone}`;
      for (const zone of spaced) yield `${date} ${clock}${part} ${zone}`;
    }
  }
  const seconds = String(Math.floor(at / 1000));
  yield String(at);
  for (const part of fractions) yield `${seconds}${part}`;
  yield new Date(at).toUTCString();
}

/** What a text that ends at the second may have been before: it may have had any milliseconds. */
export function* withMilliseconds(text: string): Generator<string> {
  const time = readTime(text);
  if (time?.fraction !== '') return;
  const forms = [
    dateOf,
    (at: number): string => dateOf(at).replace('Z', '+00:00'),
    (at: number): string => String(at),
  ];
  for (const form of forms) {
    for (let ms = 1; ms < 1000; ms += 1) yield form(time.at + ms);
  }
}

/** '' for a time that no calendar has. */
const dateOf = (ms: number): string => (Math.abs(ms) > 8.64e15 ? '' : new Date(ms).toISOString());

function zoneOf(offset: number, colon = ':'): string {
  const minutes = Math.abs(offset);
  const digits = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${sign}${digits(Math.floor(minutes / 60))}${colon}${digits(minutes % 60)}`;
}
