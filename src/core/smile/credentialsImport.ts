import { environmentOfSidServer, type Environment } from './environment';

/** Credentials found in a text. What is null was not there. */
export interface FoundCredentials {
  readonly partnerId: string | null;
  readonly apiKey: string | null;
  readonly environment: Environment | null;
  readonly url: string | null;
}

/**
 * A name and its value: `SMILE_PARTNER_ID=085`, `partner_id: "085"`, `partnerId = '085';`. Comments that
 * follow an unquoted value are left out.
 */
const ASSIGNMENT =
  /(?:^|[^\w])["']?([A-Za-z][\w.-]*)["']?([ \t]*(?:=>|:=|=|:)[ \t]*)(?:"([^"\r\n]*)"|'([^'\r\n]*)'|`([^`\r\n]*)`|([^\s"'`,;#()[\]{}]+))/gm;

const NAMES = {
  partnerId: /partner_?id$/,
  apiKey: /(api_?key|auth_?key|signature_?key|smile_?(id_?)?key)$/,
  server: /(sid_?server|smile_?(id(entity)?_?)?(server|env(ironment)?))$/,
} as const;

const ENVIRONMENT_WORDS: Readonly<Record<string, '0' | '1'>> = {
  sandbox: '0',
  test: '0',
  production: '1',
  prod: '1',
  live: '1',
};

/** The arguments of `new WebApi(partner_id, callback, api_key, sid_server)` and its kin, as literals. */
const CONSTRUCTOR =
  /\b(?:WebApi|IDApi|Signature|Utilities|SmileIdentityCore|IdApi|BusinessVerification)\s*(?:\.new)?\(\s*["']([^"']+)["']\s*,\s*(?:(?:["'][^"']*["']|null|nil|None|undefined)\s*,\s*)?["']([^"']+)["']\s*(?:,\s*["']?([^"'\s)]+)["']?)?\s*\)/;

/**
 * Reads partner ID, API key and sid_server from a `.env` file or a piece of source code. Values are taken
 * as they are written: leading zeros stay.
 */
export function findCredentials(text: string): FoundCredentials {
  const found: { partnerId?: string; apiKey?: string; server?: string } = {};
  const named = new Set<string>();
  for (const match of text.matchAll(ASSIGNMENT)) {
    const name = (match[1] ?? '').replace(/[-.]/g, '_').toLowerCase();
    const bare = match[6];
    const value = (match[3] ?? match[4] ?? match[5] ?? bare ?? '').trim();
    // Without quotes, only a number or the value of a .env file is a literal; the rest is code.
    if (value === '' || (bare !== undefined && match[2] !== '=' && !/^\d+$/.test(bare))) continue;
    if (/^(process\.env|os\.|ENV\[|getenv|env\()/.test(value)) continue;
    for (const key of ['partnerId', 'apiKey', 'server'] as const) {
      if (!NAMES[key].test(name)) continue;
      // A file may hold keys of other services, too.
      const ours = /smile|sid_/.test(name);
      if (found[key] === undefined || (ours && !named.has(key))) found[key] = value;
      if (ours) named.add(key);
    }
  }
  const literal = CONSTRUCTOR.exec(text);
  if (literal) {
    found.partnerId ??= literal[1] ?? '';
    found.apiKey ??= literal[2] ?? '';
    if (literal[3] !== undefined) found.server ??= literal[3];
  }
  const server = found.server === undefined ? null : serverOf(found.server);
  return {
    partnerId: found.partnerId ?? null,
    apiKey: found.apiKey ?? null,
    environment: server?.environment ?? null,
    url: server?.url ?? null,
  };
}

function serverOf(text: string): ReturnType<typeof environmentOfSidServer> {
  return environmentOfSidServer(ENVIRONMENT_WORDS[text.toLowerCase()] ?? text);
}
