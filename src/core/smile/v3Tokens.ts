import * as z from 'zod/mini';
import * as l10n from '../l10n';
import { REDACTED } from '../redact';
import { SharedWork } from '../sharedWork';
import type { ApiRequests } from './apiRequests';
import type { Credentials } from './credentials';
import { v3BaseUrl, v3PartnerId } from './environment';
import { JsonObject } from './fields';
import { readBody, refusalOf } from './httpOutcome';
import type { Cancelled, Refused, Unreachable, Unreadable } from './outcome';

/** Why there is no token. */
export type NoToken = Refused | Unreachable | Unreadable | Cancelled;

/** That there is a token. Its text stays here. */
export interface Granted {
  readonly kind: 'token';
}

interface Token extends Granted {
  readonly text: string;
  /** When a new one is requested, in milliseconds since 1970; null if the token does not say when it ends. */
  readonly renewAt: number | null;
}

interface Entry {
  readonly apiKey: string;
  readonly work: SharedWork<Token | NoToken>;
  readonly token: Token | null;
}

const RENEW_BEFORE_END_MS = 60_000;
const CANCELLED: Cancelled = { kind: 'cancelled', cause: 'stopped' };

/**
 * The tokens of API v3. They are in memory only, and callers share them: of a token that is being requested, and of
 * one that is valid for at least another minute.
 */
export class V3Tokens {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly requests: ApiRequests) {}

  async get(credentials: Credentials, cancel: AbortSignal): Promise<Token | NoToken> {
    const key = keyOf(credentials);
    const known = this.entries.get(key);
    const { work } =
      known && this.isUsable(known, credentials) ? known : this.start(key, credentials);
    return work.join(cancel, CANCELLED);
  }

  /** A token was not accepted: the next caller gets another one. */
  drop(credentials: Credentials, { text }: Token): void {
    const key = keyOf(credentials);
    if (this.entries.get(key)?.token?.text === text) this.entries.delete(key);
  }

  /** A body without key and token, which a server may repeat. */
  withoutSecrets(raw: JsonObject, credentials: Credentials): JsonObject {
    const token = this.entries.get(keyOf(credentials))?.token?.text;
    return withoutSecrets(raw, [credentials.apiKey, ...(token === undefined ? [] : [token])]);
  }

  /** Forgets keys and tokens: a profile has changed, or was removed. */
  forget(): void {
    this.entries.clear();
  }

  private isUsable({ apiKey, work, token }: Entry, credentials: Credentials): boolean {
    if (apiKey !== credentials.apiKey) return false;
    if (token === null) return !work.stopped.aborted;
    return token.renewAt !== null && this.requests.clock.now().getTime() < token.renewAt;
  }

  private start(key: string, credentials: Credentials): Entry {
    const { apiKey } = credentials;
    const work = new SharedWork((stop) => this.request(credentials, stop));
    const entry: Entry = { apiKey, work, token: null };
    this.entries.set(key, entry);
    void work.result
      .catch(() => null)
      .then((token) => {
        if (this.entries.get(key) !== entry) return;
        if (token?.kind === 'token') this.entries.set(key, { ...entry, token });
        else this.entries.delete(key);
      });
    return entry;
  }

  /** The only request that carries the key. */
  private request(credentials: Credentials, stop: AbortSignal): Promise<Token | NoToken> {
    const { requests } = this;
    const { apiKey, partnerId, baseUrl } = credentials;
    const request = {
      method: 'POST',
      url: `${v3BaseUrl(baseUrl)}/token`,
      headers: { 'smileid-partner-id': v3PartnerId(partnerId), 'smileid-api-key': apiKey },
    } as const;
    return requests.withinLimit(stop, async (limit): Promise<Token | NoToken> => {
      const response = await requests.send(credentials, () => Promise.resolve(request), limit);
      if ('kind' in response) return response;
      const now = requests.clock.now();
      const body = readBody(response, now);
      if ('kind' in body) return body;
      const text = TokenResponse.safeParse(body.raw).data?.token;
      if (response.status >= 300) {
        return refusalOf(response, withoutSecrets(body.raw, [apiKey]), now);
      }
      if (text === undefined) {
        return {
          // it may be there under another name
          ...refusalOf(response, {}, now),
          message: l10n.t('The response to the token request has no token.'),
        };
      }
      const end = endOf(text);
      const renewAt = end === null ? null : end - RENEW_BEFORE_END_MS;
      return { kind: 'token', text, renewAt };
    });
  }
}

/** A body in which a server repeats a secret, without it. */
function withoutSecrets(raw: JsonObject, secrets: readonly string[]): JsonObject {
  const text = JSON.stringify(raw);
  const found = secrets
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .filter((secret) => secret.length >= SHORTEST_SECRET && text.includes(secret));
  if (found.length === 0) return raw;
  const masked = found.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  return JsonObject.parse(JSON.parse(masked));
}

/** Shorter ones are parts of words. */
const SHORTEST_SECRET = 6;

/** A header carries it: no white space, no line break. */
const TokenResponse = z.object({ token: z.string().check(z.regex(/^[\x21-\x7e]{1,8192}$/)) });
const Claims = z.object({ exp: z.number() });

/** The end of a JSON Web Token (RFC 7519, `exp`), in milliseconds since 1970; null if it cannot be read. */
function endOf(token: string): number | null {
  try {
    const [, payload = ''] = token.split('.');
    const claims = Claims.safeParse(
      JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))),
    );
    return claims.success ? claims.data.exp * 1000 : null;
  } catch {
    return null; // another form of token is used once
  }
}

/** Without the key, which must not be spread in memory. */
const keyOf = ({ baseUrl, partnerId }: Credentials): string => JSON.stringify([baseUrl, partnerId]);
