import type { SignatureParts } from '../smile/diagnoseSignature';
import { isObject, type JsonObject } from '../smile/fields';
import { parseBody } from '../smile/parseBody';
import { headersFrom, headersIn, type Headers } from '../smile/pastedHeaders';
import { readPastedText, type PastedValue } from '../smile/pastedText';
import { READING_LIMITS } from '../smile/readingLimits';
import { documentOf } from '../smile/readResponse';
import type { Arrival } from './delivery';

export interface FoundSignatures {
  /** In the order of the text; those that it calls expected or computed come last. */
  readonly parts: readonly SignatureParts[];
  /** There are more. */
  readonly truncated: boolean;
}

/** More than these are not diagnosed at once. */
const MOST = 20;
/** In characters: of a longer body, only the text itself is tried. */
const LONGEST_BODY = 1024 * 1024;

/** In characters: so much of a delivery that is no JSON object. */
const LONGEST_SEARCHED = 100_000;

/** What a program prints of a header that is not there. */
const ABSENT = /^(?:undefined|null|none|nil|"")?$/i;

/**
 * Finds the signatures in any text, with what was signed: a body, headers, a line of a log, code, or several of them.
 * A webhook of API v3 without its headers is found, too. The time is proportional to the text.
 */
export function findSignatures(text: string): FoundSignatures {
  const read = text.slice(0, READING_LIMITS.bytes);
  const named = namedIn(read);
  const { values, truncated } = readPastedText(read);
  // headers after the last object, or without any
  const headers = headersIn(read.slice(values.at(-1)?.range.end ?? 0));
  const ofValues = values.flatMap((value) => partsOfValue(value, read));
  const ofHeaders = headers ? partsOfHeaders(headers, []) : [];
  const seen = [...ofValues, ...ofHeaders];
  const isOfWebhook = seen.some(isSignedInHeaders);
  const found = seen.filter((parts) => !isOfWebhook || !isWithoutHeaders(parts));
  const hasSignature = found.some(({ signature }) => signature !== null);
  const stated = hasSignature ? found : [...found, ...partsOfNames(named)];
  const expectsHeaders = !isOfWebhook && /response[-_]signature/i.test(read);
  const all = [...stated.map((parts) => ({ ...parts, expectsHeaders })), ...others(named, stated)];
  const own = all.filter((parts, at) => all.findIndex((other) => isSame(parts, other)) === at);
  return {
    parts: own.slice(0, MOST),
    truncated: truncated || read.length < text.length || own.length > MOST,
  };
}

/**
 * The signatures of a webhook that came. It is known what is header and what is body, so nothing is searched for: anybody
 * may have sent it, and a search takes seconds for the longest texts.
 */
export function signaturesOfDelivery({
  headers,
  body,
}: Pick<Arrival, 'headers' | 'body'>): FoundSignatures {
  const text = new TextDecoder().decode(body);
  const parsed = parseBody(body, text);
  if (typeof parsed === 'string') {
    const ofHeaders = partsOfHeaders(headers, [text]);
    return ofHeaders.length > 0
      ? { parts: ofHeaders, truncated: false }
      : findSignatures(text.slice(0, LONGEST_SEARCHED));
  }
  const { raw } = parsed;
  const found = partsOfObject(raw, headers, bodiesOf(text, raw), true);
  const expectsHeaders =
    Object.hasOwn(headers, 'response-signature') && !found.some(isSignedInHeaders);
  return {
    parts: found.slice(0, MOST).map((parts) => ({ ...parts, expectsHeaders })),
    truncated: found.length > MOST,
  };
}

const isSignedInHeaders = ({ place, signature }: SignatureParts): boolean =>
  place === 'webhook headers' && signature !== null;

/** A webhook whose headers may stand elsewhere in the text. */
const isWithoutHeaders = ({ timestamp, signature }: SignatureParts): boolean =>
  timestamp === null && signature === null;

/** Other signatures for the first time and body, as a program prints those that it compares. */
function others(
  named: ReadonlyMap<string, readonly string[]>,
  stated: readonly SignatureParts[],
): SignatureParts[] {
  const first = stated.find(({ timestamp }) => timestamp !== null);
  if (!first) return [];
  return (named.get('other') ?? [])
    .filter((signature) => stated.every((parts) => parts.signature !== signature))
    .map((signature) => ({ ...first, signature, expectsHeaders: false }));
}

const isSame = (one: SignatureParts, other: SignatureParts): boolean =>
  one.place === other.place &&
  one.timestamp === other.timestamp &&
  one.signature === other.signature &&
  one.bodies[0] === other.bodies[0];

const isText = (value: unknown): value is string =>
  typeof value === 'string' && !ABSENT.test(value.trim());

const textOr = (value: unknown): string | null => (isText(value) ? value : null);

function partsOfValue(value: PastedValue, text: string): readonly SignatureParts[] {
  const own = headersFrom(value.value);
  const ofOwn = own ? partsOfHeaders(own, []) : [];
  if (ofOwn.length > 0) return ofOwn;
  const raw = text.slice(value.range.start, value.range.end);
  const bodies = value.cutOff ? [] : bodiesOf(value.form === 'JSON' ? raw : null, value.value);
  return partsOfObject(value.value, value.headers, bodies, value.form === 'JSON');
}

function partsOfObject(
  object: JsonObject,
  headers: Headers | null,
  bodies: readonly string[],
  isJson: boolean,
): readonly SignatureParts[] {
  const ofHeaders = headers ? partsOfHeaders(headers, bodies) : [];
  const ofBody = objectsIn(object)
    .slice(0, MOST + 1)
    .flatMap((inner) => partsOfBody(inner, bodies, isJson));
  const found = [...ofHeaders, ...ofBody];
  if (found.length > 0 || documentOf(object) !== 'webhook') return found;
  return [{ ...NOTHING, place: 'webhook headers', bodies }];
}

const NOTHING = { timestamp: null, signature: null, partnerId: null, expectsHeaders: false };

function partsOfHeaders(headers: Headers, bodies: readonly string[]): readonly SignatureParts[] {
  const partnerId = textOr(headers['smileid-partner-id']);
  const partsOf = (
    place: SignatureParts['place'],
    timeName: string,
    signatureName: string,
  ): SignatureParts[] => {
    const timestamp = textOr(headers[timeName]);
    const signature = textOr(headers[signatureName]);
    if (timestamp === null && signature === null) return [];
    return [{ place, timestamp, signature, partnerId, bodies, expectsHeaders: false }];
  };
  return [
    ...partsOf('webhook headers', 'response-timestamp', 'response-signature'),
    ...partsOf('request headers', 'smileid-timestamp', 'smileid-request-signature'),
  ];
}

/** What a signature, or a piece of one, may be; an expression of a program is none. */
const SIGNATURE = /^[\w+/=|-]{8,4000}\s{0,2}$/;
/** What stands beside a timestamp in JSON, which has no expressions. */
const ANY_SIGNATURE = /^[\w+/=|-]{1,4000}\s{0,2}$/;

function partsOfBody(
  object: JsonObject,
  bodies: readonly string[],
  isJson: boolean,
): SignatureParts[] {
  const signature = textOr(object.signature) ?? textOr(object.sec_key);
  const { timestamp: time } = object;
  const timestamp = typeof time === 'number' ? String(time) : textOr(time);
  const form = isJson && timestamp !== null ? ANY_SIGNATURE : SIGNATURE;
  if (signature === null || !form.test(signature)) return [];
  const partner = object.partner_id ?? object.partnerId;
  const partnerId = typeof partner === 'number' ? String(partner) : textOr(partner);
  return [{ place: 'body', timestamp, signature, partnerId, bodies, expectsHeaders: false }];
}

/** An object and those inside of it, as far as they have a signature. Values are nested a limited number of levels. */
function objectsIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isObject(value)) return [];
  const isSigned = Object.hasOwn(value, 'signature') || Object.hasOwn(value, 'sec_key');
  return isSigned ? [value] : Object.values(value).flatMap(objectsIn);
}

/**
 * What may have been signed in place of the formula: the text itself; what JavaScript and Python write of it; the same
 * without the signature, which was not known when it was made.
 */
function bodiesOf(raw: string | null, value: JsonObject): readonly string[] {
  const given = raw === null ? [] : [raw];
  if ((raw?.length ?? 0) > LONGEST_BODY) return given;
  const without = (...names: readonly string[]): JsonObject =>
    Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
  return [
    ...new Set([
      ...given,
      ...[value, without('signature'), without('signature', 'timestamp')].flatMap((object) => [
        JSON.stringify(object),
        pythonJson(object),
      ]),
    ]),
  ];
}

/** As Python's json.dumps writes it: with a space after each separator, and ASCII only. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (isObject(value)) {
    const fields = Object.entries(value).map(
      ([name, field]) => `${pythonJson(name)}: ${pythonJson(field)}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return JSON.stringify(value).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What the names of a text mean, in lower case and without separators. */
const MEANINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    timestamp: 'timestamp responsetimestamp smileidtimestamp',
    signature: 'signature responsesignature smileidrequestsignature seckey',
    partner: 'partnerid smileidpartnerid',
    other:
      'expected computed calculated generated actual received expectedsignature computedsignature ' +
      'calculatedsignature generatedsignature actualsignature receivedsignature',
  }).flatMap(([meaning, names]) => names.split(' ').map((name) => [name, meaning] as const)),
);
const NAME =
  /(?<![A-Za-z])[A-Za-z][\w-]{3,40}(?=(?:\\?["'`]){0,1}\s{0,5}(?:=>|[:=]|\s[A-Za-z0-9+/]))/g;
const VALUE = new RegExp(
  [
    String.raw`(?:\\?["'\x60])?\s{0,5}(?:=>|[:=])?\s{0,5}(?:\\?["'\x60])?`,
    String.raw`(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?`,
    // "=" ends a value, so that none is longer than what stands before the next name
    String.raw`|(?:[\w+/|%.-]|\\/){1,4000}={0,2}(?:\|\w{1,100})?)`,
  ].join(''),
  'y',
);

/** The values that stand behind names in a text that is no object: a line of a log, code, an address. */
function namedIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { 0: name, index } of text.matchAll(NAME)) {
    const meaning = MEANINGS.get(name.replace(/[-_]/g, '').toLowerCase());
    if (meaning === undefined) continue;
    VALUE.lastIndex = index + name.length;
    const value = plain(VALUE.exec(text)?.[1] ?? '');
    const isSigned = meaning === 'signature' || meaning === 'other';
    if (isSigned ? !looksSigned(value) : !isValueOf(meaning, value)) continue;
    const values = found.get(meaning) ?? [];
    if (values.length < MOST && !values.includes(value)) found.set(meaning, [...values, value]);
  }
  return found;
}

/** Without the escapes of JSON, PHP and addresses. */
function plain(value: string): string {
  const text = value.replaceAll('\\/', '/');
  try {
    return /%[\da-f]{2}/i.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text; // a percent sign that is no escape
  }
}

/** Long enough, and with a digit: no name of a variable or of a function. */
const looksSigned = (value: string): boolean =>
  value.length >= 27 && SIGNATURE.test(value) && /\d/.test(value);

const isValueOf = (meaning: string, value: string): boolean =>
  meaning === 'partner' ? /^\d{1,10}$/.test(value) : /^\d[\d:T .Z+UC-]{8,40}$/.test(value);

function partsOfNames(named: ReadonlyMap<string, readonly string[]>): SignatureParts[] {
  const times = named.get('timestamp') ?? [];
  const [partnerId = null] = named.get('partner') ?? [];
  return (named.get('signature') ?? []).map((signature, at) => ({
    place: 'text',
    timestamp: times[at] ?? times[0] ?? null,
    signature,
    partnerId,
    bodies: [],
    expectsHeaders: false,
  }));
}
