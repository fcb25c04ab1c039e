import { isObject } from './fields';
import { isV3JobId } from './typeId';

/** HTTP headers by their names in lower case. */
export type Headers = Readonly<Record<string, string>>;

const MOST = 100;
const LONGEST_NAME = 100;
/** How much of the text before a body is searched for headers. */
const BEFORE = 16_000;

/** They carry credentials, and nothing that explains a response. */
const SECRET: ReadonlySet<string> = new Set([
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key'],
  ...['smileid-token', 'smileid-api-key'],
]);
/** Of which at least one is in every list of headers. A word with a colon may be anything. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['response-signature', 'response-timestamp', 'smileid-job-id', 'job-id', 'user-id'],
  ...['api-version', 'content-type'],
  ...['smileid-request-signature', 'smileid-timestamp', 'smileid-partner-id'],
]);
/** A line of its own, as curl prints it, with the arrows of `curl -v` or without. */
const LINE = /^\s{0,20}(?:[<>*|]\s?)?([A-Za-z][\w-]{0,99})\s{0,5}:[ \t]{0,5}(\S.*)$/;
/** What follows the name of a header that explains a response. */
const NAME = [
  String.raw`(response-(?:signature|timestamp)|(?:smileid-)?job-id|user-id`,
  String.raw`|smileid-(?:request-signature|timestamp|partner-id))["']?\s{0,5}[:=]`,
].join('');
const OTHER_NAME = String.raw`(?:api-version|content-type|host)["']?\s{0,5}:`;
/** The first line of a request or of a response. */
const MESSAGE_START =
  /^\s{0,20}(?:[<>*|]\s?)?(?:(?:GET|POST|PUT|PATCH|DELETE)\s+\S|HTTP\/[\d.]+\s+\d{3})/;
/** Anywhere in a line of a log; also without a space before it, as a box of one line joins lines. */
const NAMED = new RegExp(
  `(?<![-_])${NAME}\\s{0,5}["']?((?:(?!${NAME.replace('(', '(?:')}|${OTHER_NAME})[\\w+/=:.-])+)`,
  'gi',
);

/** The headers that stand before a body. */
export function headersIn(before: string): Headers | null {
  const found: [string, string][] = [];
  for (const line of before.slice(-BEFORE).split(/\r?\n/)) {
    if (MESSAGE_START.test(line)) found.length = 0; // those before it are of another message
    const [, name, value] = LINE.exec(line) ?? [];
    if (name !== undefined && value !== undefined) found.push([name, value.trim()]);
    // after the line as a whole, which may have several headers
    for (const [, known = '', exact = ''] of line.matchAll(NAMED)) found.push([known, exact]);
  }
  return headersOf(found);
}

/** The headers of a parsed value: an object, a list of names and values by turns, or of pairs. */
export function headersFrom(value: unknown): Headers | null {
  if (Array.isArray(value)) return headersOf(pairsOf(value));
  return isObject(value) ? headersOf(Object.entries(value)) : null;
}

function pairsOf(list: readonly unknown[]): [string, unknown][] {
  const isFlat = list.length % 2 === 0 && list.every((item) => typeof item === 'string');
  return list.flatMap((item, at): [string, unknown][] => {
    if (isFlat) return at % 2 === 0 ? [[String(item), list[at + 1]]] : [];
    if (Array.isArray(item)) return [[String(item[0]), item[1]]];
    return isObject(item) ? [[String(item.name ?? item.key), item.value]] : [];
  });
}

function headersOf(pairs: readonly (readonly [string, unknown])[]): Headers | null {
  const headers = new Map<string, string>();
  for (const [name, value] of pairs) {
    const text: unknown = Array.isArray(value) ? value[0] : value;
    if (name.length > LONGEST_NAME || headers.size >= MOST) continue;
    // The name that WSGI, Rack and PHP give a header.
    const own = name.replace(/^HTTP_(?=[A-Z])/, '');
    const key = (own === name ? own : own.replaceAll('_', '-')).toLowerCase();
    if (typeof text === 'string' && !SECRET.has(key)) headers.set(key, text);
  }
  // other programs have jobs and users, too
  if (!headers.has('response-signature') && !isV3JobId(headers.get('job-id') ?? '')) {
    headers.delete('job-id');
    headers.delete('user-id');
  }
  return [...headers.keys()].some((name) => KNOWN.has(name)) ? Object.fromEntries(headers) : null;
}

/** A text that has a body and its headers, as those that are searched for signatures. */
export const withHeaders = (headers: Headers, body: string): string =>
  [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\n');
