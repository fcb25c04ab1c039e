import * as l10n from '../l10n';
import { shownIfAny, shownText } from '../harmlessText';
import { readError } from './errorResponse';
import type { JsonObject } from './fields';
import type { Cut, HttpResponse } from './http';
import type { BodyKind, Refused, Unreachable, Unreadable } from './outcome';
import { parseBody, type ParsedBody } from './parseBody';
import { READING_LIMITS } from './readingLimits';
import { describeBody, keepText, kindOfBody } from './responseBody';

/** One day: a longer wait is a mistake of the server. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, section 10.2.3); null if it is neither. */
export function retryAfterMs({ headers }: HttpResponse, now: Date): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_RETRY_AFTER_MS);
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)) return null;
  const wait = Date.parse(text) - now.getTime();
  return Number.isNaN(wait) ? null : Math.min(wait, LONGEST_RETRY_AFTER_MS);
}

/** Only these statuses say when to retry. */
const LIMITED: ReadonlySet<number> = new Set([429, 503]);

function retryAtOf(response: HttpResponse, now: Date): string | null {
  const wait = LIMITED.has(response.status) ? retryAfterMs(response, now) : null;
  return wait === null || wait <= 0 ? null : new Date(now.getTime() + wait).toISOString();
}

/** The JSON object in a response, or the outcome of a response that has none. */
export function readBody(response: HttpResponse, now: Date): ParsedBody | Unreachable | Unreadable {
  if (isRedirect(response)) {
    return {
      kind: 'unreachable',
      cause: 'other',
      message: l10n.t(
        'The server responded with a redirect to {1} (HTTP {0}). Redirects are refused: a signed request goes to the address of the profile only.',
        response.status,
        redirectTarget(response),
      ),
    };
  }
  const text = new TextDecoder().decode(response.body);
  const parsed =
    response.cut === null ? parseBody(response.body, text) : kindOfCut(response.cut, text);
  if (typeof parsed !== 'string') return parsed;
  return keepText(
    {
      kind: 'unreadable',
      httpStatus: response.status,
      contentType: shownIfAny(response.headers.get('content-type'))?.slice(0, 100) ?? null,
      excerpt: describeBody(parsed, text, response.body.length),
      bodyKind: parsed,
      message: response.cut === null ? whyUnreadable(parsed) : whyCut(response.cut),
      retryAt: retryAtOf(response, now),
    },
    text,
  );
}

/** HTTP 304 and the other statuses of 3xx have no target. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const isRedirect = ({ status, headers }: HttpResponse): boolean =>
  REDIRECTS.has(status) && headers.has('location');

/** Scheme and host alone: the path may hold anything. */
function redirectTarget({ headers }: HttpResponse): string {
  const target = headers.get('location') ?? '';
  const named = target.startsWith('//') ? `https:${target}` : target;
  if (/^https?:/i.test(named) && URL.canParse(named)) {
    const { origin, host } = new URL(named);
    return shownText(named === target ? origin : host);
  }
  // without a scheme it is relative to the request
  return target === '' || /^[a-z][a-z\d+.-]*:/i.test(target)
    ? l10n.t('another address')
    : l10n.t('another path (hidden: it may contain secrets)');
}

const whyCut = (cut: Cut): string =>
  ({
    'too large': l10n.t(
      'The response is larger than {0} MB; reading stopped.',
      READING_LIMITS.bytes / 1024 ** 2,
    ),
    'connection lost': l10n.t('The connection ended before the whole response had arrived.'),
    'bad encoding': l10n.t(
      'The response could not be decompressed: its Content-Encoding is wrong, or its data is damaged.',
    ),
    'not HTTP': l10n.t('The response breaks the rules of HTTP, so its body could not be read.'),
  })[cut];

const whyUnreadable = (kind: BodyKind): string =>
  ({
    html: l10n.t('The response is a web page, not JSON.'),
    xml: l10n.t('The response is XML, not JSON.'),
    text: l10n.t('The response is plain text, not JSON.'),
    binary: l10n.t('The response is binary data, not JSON.'),
    damaged: l10n.t('The response is damaged.'),
    json: l10n.t('The response is not a JSON object.'),
    'too large': l10n.t('The response is too large.'),
    'cut-off JSON': l10n.t('The response is not a complete JSON object.'),
    'too many values': l10n.t(
      'The response has more than {0} values; it is not read.',
      READING_LIMITS.values.toLocaleString('en-US'),
    ),
    empty: l10n.t('The response is empty.'),
  })[kind];

function kindOfCut(cut: Cut, text: string): BodyKind {
  if (cut === 'bad encoding' || cut === 'not HTTP') return 'damaged';
  return cut === 'too large' ? cut : kindOfBody(text, false);
}

/** The outcome of an error that Smile ID, or a gateway in front of it, sent as JSON. */
export function refusalOf(response: HttpResponse, raw: JsonObject, now: Date): Refused {
  const { status, headers } = response;
  const { code, text } = readError(raw);
  return {
    kind: 'refused',
    httpStatus: status,
    code: shownIfAny(code),
    message:
      shownIfAny(text) ??
      (code === null || status >= 300 ? `HTTP ${status}` : l10n.t('Error {0}', code)),
    requestId: shownIfAny(headers.get('x-amzn-requestid')),
    retryAt: retryAtOf(response, now),
    raw,
  };
}
