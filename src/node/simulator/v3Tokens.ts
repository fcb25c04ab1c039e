import { randomBytes } from 'node:crypto';
import { mintTypeId } from './mintTypeId';
import { keep } from './requestCounts';
import { isObject, parseObject } from './simulatedHttp';
import type { Form } from './multipart';
import { callbackUrlOf, EMAIL, faultOfConsent, invalid, missing, PHONE, textsOf } from './v3Fields';

/** What a token holds besides the partner: later requests take it from there, whatever they contain themselves. */
export interface Bound {
  readonly userId: string | null;
  /** Fields of submissions, by name, as they would be sent. */
  readonly texts: ReadonlyMap<string, string>;
  /** Parts of user_details. */
  readonly details: Readonly<Record<string, string>>;
}

export interface Token {
  readonly bound: Bound;
  /** In milliseconds. */
  readonly expires: number;
  /** What the URL of its callback is called inside it. */
  readonly callbackId: string | null;
}

interface Fault {
  readonly fault: string;
}

interface Payload {
  readonly texts: Map<string, string>;
  readonly details: Readonly<Record<string, string>>;
  /** As the token shows it. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly callbackId: string | null;
}

/** Seconds. The documentation says 15 minutes, and so do tokens that were seen. */
const LIFETIME = 900;
/** The tokens granted last are known. */
export const MAX_TOKENS = 500;

/** For which a token can be (specs/v3/openapi.yaml). */
const PRODUCTS: ReadonlySet<string> = new Set([
  ...['aml', 'basic_kyc', 'one_time_aml', 'biometric_kyc', 'address_verification'],
  ...['document_verification', 'enhanced_document_verification', 'enhanced_kyc'],
  ...['phone_number_verification', 'smart_selfie_authentication', 'smart_selfie_registration'],
  'smart_selfie_compare',
]);

/** Which fields of the payload are fields of submissions, which belong to user_details, and their forms. */
const IN_SUBMISSION = { country: /^.+$/, id_type: /^.+$/, id_number: /^.+$/ };
const IN_DETAILS = { given_names: /^.+$/, last_name: /^.+$/, email: EMAIL, phone_number: PHONE };
/** These stay readable in the token; the others are kept by the server, and the token has their references. */
const READABLE: ReadonlySet<string> = new Set(['country', 'id_type']);

/** Looser than that of a request. */
const CONSENT = {
  language: /^[A-Za-z]{2}$/,
  policy: /^https?:\/\/./,
  future: missing('consent.granted_at'),
};
const CONSENT_KEYS = ['granted', 'granted_at', 'notice_language', 'notice_privacy_policy_url'];

/** The tokens that the server knows. They are of the form of a JWT, and nobody can tell that they are none. */
export class V3Tokens {
  private readonly tokens = new Map<string, Token>();

  /**
   * @param form of the request; null if it has no body
   * @returns the token, or what is wrong with the request
   */
  mint(
    form: Form | null,
    { partnerId, apiUrl, now }: { partnerId: string; apiUrl: string; now: Date },
  ): { readonly token: string } | Fault {
    const texts = form?.texts ?? new Map<string, string>();
    const userId = texts.get('user_id') ?? null;
    const product = texts.get('product');
    if (userId === '') return { fault: invalid('user_id') };
    if (product !== undefined && !PRODUCTS.has(product)) return { fault: invalid('product') };
    const params = texts.get('partner_params');
    if (params !== undefined && !textsOf(params)) return { fault: invalid('partner_params') };
    const payload = this.readPayload(texts.get('payload'), now);
    if ('fault' in payload) return payload;
    const iat = Math.floor(now.getTime() / 1000);
    const claims = {
      ...{ iat, exp: iat + LIFETIME, partner_id: partnerId, api_url: apiUrl, policy: 15 },
      ...(userId !== null && { user_id: userId }),
      ...(product !== undefined && { product }),
      ...(params !== undefined && { partner_params: textsOf(params) }),
      ...(texts.has('payload') && { payload: payload.claims }),
    };
    const token = [
      base64(JSON.stringify({ alg: 'HS256', typ: 'JWT' })),
      base64(JSON.stringify(claims)),
      randomBytes(32).toString('base64url'),
    ].join('.');
    if (params !== undefined) payload.texts.set('partner_params', params);
    const { details, callbackId } = payload;
    const bound = { userId, texts: payload.texts, details };
    const expires = (iat + LIFETIME) * 1000;
    keep(this.tokens, token, { bound, expires, callbackId }, MAX_TOKENS);
    return { token };
  }

  /** @returns null if it is unknown or over */
  find(token: string, now: Date): Token | null {
    const found = this.tokens.get(token);
    return found && found.expires > now.getTime() ? found : null;
  }

  /** From now on no token is valid. */
  forgetAll(): void {
    this.tokens.clear();
  }

  private readPayload(json: string | undefined, now: Date): Payload | Fault {
    const payload = parseObject(json ?? '{}');
    if (!payload) return { fault: invalid('payload') };
    const texts = new Map<string, string>();
    const details: Record<string, string> = {};
    const claims: Record<string, unknown> = {};
    let callbackId: string | null = null;
    for (const [name, form] of Object.entries({ ...IN_SUBMISSION, ...IN_DETAILS })) {
      const value = payload[name];
      if (value === undefined) continue;
      if (typeof value !== 'string' || !form.test(value)) return { fault: invalid(name) };
      const bound = name === 'country' ? value.toUpperCase() : value;
      claims[name] = READABLE.has(name) ? bound : mintTypeId('pii', now);
      if (name in IN_DETAILS) details[name] = bound;
      else texts.set(name, bound);
    }
    const { callback_url: callback, consent } = payload;
    if (callback !== undefined) {
      const url = typeof callback === 'string' ? this.callbackOf(callback) : null;
      if (url === null) return { fault: invalid('callback_url') };
      texts.set('callback_url', url);
      callbackId = mintTypeId('callback', now);
      claims.callback_url = callbackId;
    }
    if (consent !== undefined) {
      const fault = faultOfConsent(consent, CONSENT, now);
      if (fault !== null) return { fault };
      const known = isObject(consent) ? consent : {};
      if (Object.keys(known).some((key) => !CONSENT_KEYS.includes(key))) {
        return { fault: invalid('consent') };
      }
      const language = String(known.notice_language).toUpperCase();
      claims.consent = { ...known, notice_language: language };
      texts.set('consent', JSON.stringify(claims.consent));
    }
    return { texts, details, claims, callbackId };
  }

  /** The URL, also if it is meant by what it is called in an earlier token. */
  private callbackOf(text: string): string | null {
    const earlier = [...this.tokens.values()].find(({ callbackId }) => callbackId === text);
    return earlier?.bound.texts.get('callback_url') ?? callbackUrlOf(text)?.href ?? null;
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64url');
