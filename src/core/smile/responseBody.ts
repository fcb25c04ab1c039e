import * as l10n from '../l10n';
import type { BodyKind, Unreadable } from './outcome';

/**
 * Titles of the pages that gateways, proxies and content networks send, in lower case. Others are not shown:
 * the title of a page may contain anything.
 */
const KNOWN_TITLES: ReadonlySet<string> = new Set([
  '400 bad request',
  '401 authorization required',
  '401 unauthorized',
  '403 forbidden',
  '404 not found',
  '405 not allowed',
  '408 request time-out',
  '413 request entity too large',
  '429 too many requests',
  '500 internal server error',
  '502 bad gateway',
  '503 service temporarily unavailable',
  '503 service unavailable',
  '504 gateway time-out',
  '302 found',
  'access denied',
  'attention required! | cloudflare',
  'bad gateway',
  'error: the request could not be satisfied',
  'gateway timeout',
  'just a moment...',
  'service unavailable',
]);

/** @param isJson whether the text was parsed, as JSON that is not an object */
export function kindOfBody(text: string, isJson: boolean): BodyKind {
  const start = text.trimStart().slice(0, 200);
  if (start === '') return 'empty';
  if (isJson) return 'json';
  if (BINARY.test(start)) return 'binary';
  if (start.startsWith('<')) {
    return /^<(?:!doctype html|html|head|body)/i.test(start) ? 'html' : 'xml';
  }
  return /^[[{]/.test(start) ? 'cut-off JSON' : 'text';
}

/** Control characters other than white space: no text has them, in any encoding. */
const BINARY = /[\u0000-\u0008\u000e-\u001f]/;

const kindLabel = (kind: BodyKind): string =>
  ({
    html: l10n.t('HTML page'),
    xml: 'XML',
    text: l10n.t('Text'),
    binary: l10n.t('Binary data'),
    json: l10n.t('JSON, but not an object'),
    'too large': l10n.t('Body over the limit'),
    'cut-off JSON': l10n.t('JSON that is cut off or damaged'),
    'too many values': l10n.t('JSON with too many values'),
    empty: l10n.t('Empty body'),
    damaged: l10n.t('Damaged body'),
  })[kind];

/**
 * What may be shown and logged of a body that cannot be read: its kind, its title if that is a known one,
 * and its length. Never a part of the text, which may contain personal data.
 *
 * @param bytes length of the body as received
 */
export function describeBody(kind: BodyKind, text: string, bytes: number): string {
  if (kind === 'empty') return kindLabel(kind);
  const title = kind === 'html' ? titleOf(text) : null;
  const label = kindLabel(kind);
  return l10n.t(
    '{0}, {1} bytes',
    title === null ? label : `${label} "${title}"`,
    bytes.toLocaleString('en-US'),
  );
}

function titleOf(html: string): string | null {
  const title = /<title>([^<]{1,60})<\/title>/i.exec(html.slice(0, 2000))?.[1]?.trim();
  return title !== undefined && KNOWN_TITLES.has(title.toLowerCase()) ? title : null;
}

/**
 * The texts of bodies that could not be read, by their outcome. Not fields of the outcomes, which are logged
 * and given to other extensions; removed together with them.
 */
const texts = new WeakMap<Unreadable, string>();

export function keepText(outcome: Unreadable, text: string): Unreadable {
  texts.set(outcome, text);
  return outcome;
}

/** The text of a body that could not be read, for a user who wants to see it. */
export const textOf = (outcome: Unreadable): string => texts.get(outcome) ?? '';
