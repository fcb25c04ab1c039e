import { wordSet } from '../text/wordSet';

/** What a value is for. */
export type Role = 'partnerId' | 'apiKey' | 'server';

/** What a name says, in camel case, with underscores, or in another form. */
export interface CredentialName {
  readonly role: Role | null;
  /** The environment in it: `sandbox`, `production`, `dev`. */
  readonly tag: string | null;
  readonly isOurs: boolean;
  /** Whether it belongs to another service: `MAPS_API_KEY`. */
  readonly isOthers: boolean;
  readonly isKey: boolean;
  /** `SecretKey`: a word that many others have for something else. */
  readonly isSecret: boolean;
  /** `SMILE_ID_SANDBOX`, `isProduction`: on or off. */
  readonly isFlag: boolean;
}

/** Words for environments. The integrator's own stages are distinguished, but do not belong to Smile ID. */
export const TAGS: ReadonlyMap<string, string> = new Map([
  ['sandbox', 'sandbox'],
  ['test', 'sandbox'],
  ['production', 'production'],
  ['prod', 'production'],
  ['live', 'production'],
  ['dev', 'dev'],
  ['development', 'dev'],
  ['staging', 'staging'],
  ['stage', 'staging'],
  ['local', 'local'],
]);

export const isEnvironment = (tag: string | null | undefined): tag is 'sandbox' | 'production' =>
  tag === 'sandbox' || tag === 'production';

/** Words that do not say to whom something belongs. */
const NEUTRAL = wordSet(
  'my our the default api auth signature key id identity partner sid kyc kyb verification secret private public ' +
    'config configuration settings options opts params credentials creds this self app const static env environ ' +
    'environment os process system module exports data value input next vite react expo nuxt is use mode enabled ' +
    'server base url host endpoint',
);

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['partnerId', /_partner_id$/],
  ['apiKey', /_(?:api|auth|signature|secret)_key$|_smile(?:_?id|_?identity)?_key$/],
  ['server', /_(?:server|env|environment|mode|host|endpoint)$/],
  ['server', /(?:^|_(?:base|api|server|smile|smileid|id|identity))_url$/],
];
const FLAG =
  /^(?:_(?:is|use|this|self|kyc|next|vite|public|smile(?:_?id|_?identity)?))*(?:_mode|_enabled|_)?$/;
const SMILE_WORD = /^smile(?:id|identity)?$/;
const SID = /_sid_(?:server|partner|api|auth|env)/;

export function readName(name: string): CredentialName {
  const all = name
    .slice(-100)
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/(api|auth|partner|sid|base|secret)(?=key|id\b|id_|server|url)/g, '$1_')
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  const tag = all.map((word) => TAGS.get(word)).find((word) => word !== undefined) ?? null;
  const rest = all.filter((word) => !TAGS.has(word));
  const joined = `_${rest.join('_')}`;
  const role = ROLES.find(([, pattern]) => pattern.test(joined))?.[0] ?? null;
  const smile = rest.findIndex((word) => SMILE_WORD.test(word));
  const isOurs =
    SID.test(joined) || (smile >= 0 && rest.slice(smile + 1).every((word) => NEUTRAL.has(word)));
  const isOthers = !isOurs && !rest.every((word) => NEUTRAL.has(word));
  return {
    role,
    tag,
    isOurs,
    isOthers,
    isKey: joined.endsWith('_key'),
    isSecret: joined.endsWith('_secret_key'),
    isFlag: tag !== null && FLAG.test(joined),
  };
}
