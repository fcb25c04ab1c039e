import { isLoopback, parseUrl } from '../../core/smile/environment';
import { isObject, parseJson, parseObject } from './simulatedHttp';

/** The sentences of API v3 about fields (specs/v3/openapi.yaml), which name the field. */
export const missing = (name: string): string => `Required field '${name}' is missing or invalid.`;
export const invalid = (name: string): string => `Field '${name}' is invalid.`;

export const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s.]+$/;
/** E.164, as the specification writes it. */
export const PHONE = /^\+[1-9]\d{6,14}$/;

type Object = Readonly<Record<string, unknown>>;

/** A text in an object; empty if it is none. */
export const textIn = (object: Object, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};

/** A JSON object of texts, such as partner_params; null if it is not one. */
export function textsOf(json: string): Readonly<Record<string, string>> | null {
  const entries = Object.entries(parseObject(json) ?? { none: null });
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return texts.length === entries.length ? Object.fromEntries(texts) : null;
}

/** A JSON array of texts; null if it is not one. */
export function listOf(json: string): readonly string[] | null {
  const list = parseJson(json);
  if (!Array.isArray(list)) return null;
  const items: readonly unknown[] = list;
  const texts = items.filter((item) => typeof item === 'string');
  return texts.length === items.length ? texts : null;
}

/** Of a consent: requests want an upper-case language and https, the payload of a token neither. */
export interface ConsentRules {
  readonly language: RegExp;
  readonly policy: RegExp;
  /** The sentence about a time in the future. */
  readonly future: string;
}

/** How far in the future a consent may have been given: the specification names a minute for tokens. */
const MAX_AHEAD = 60_000;

/** What is wrong with a consent, or null. */
export function faultOfConsent(consent: unknown, rules: ConsentRules, now: Date): string | null {
  const given: Object = isObject(consent) ? consent : {};
  const grantedAt = timeOf(textIn(given, 'granted_at'));
  if (given.granted !== true) return missing('consent.granted');
  if (Number.isNaN(grantedAt)) return missing('consent.granted_at');
  if (grantedAt > now.getTime() + MAX_AHEAD) return rules.future;
  if (!rules.language.test(textIn(given, 'notice_language'))) {
    return missing('consent.notice_language');
  }
  if (!rules.policy.test(textIn(given, 'notice_privacy_policy_url'))) {
    return missing('consent.notice_privacy_policy_url');
  }
  return null;
}

/** @returns NaN if it is no date with a time. Without a zone it is read as UTC. */
function timeOf(text: string): number {
  const [, time, zone = 'Z'] = /^(\d{4}-\d\d-\d\dT[\d:.]+)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  return time === undefined ? NaN : Date.parse(time + zone);
}

/**
 * Where webhooks may go. Smile ID takes https only; the simulator also takes http on this machine, which is the only
 * place that it sends them to.
 */
export function callbackUrlOf(text: string): URL | null {
  const url = parseUrl(text);
  if (!url) return null;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)) ? url : null;
}
