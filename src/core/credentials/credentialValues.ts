import { environmentOfSidServer } from '../smile/environment';
import { checkApiKey } from '../smile/profile';
import { wordSet } from '../text/wordSet';
import { isEnvironment, TAGS } from './credentialNames';

/** Older hosts are those of the SDKs before 2021. */
const HOSTS: ReadonlyMap<string, 'sandbox' | 'production'> = new Map([
  ['testapi.smileidentity.com', 'sandbox'],
  ['api.sandbox.smileidentity.com', 'sandbox'],
  ['3eydmgh10d.execute-api.us-west-2.amazonaws.com', 'sandbox'],
  ['api.smileidentity.com', 'production'],
  ['la7am6gdm8.execute-api.us-west-2.amazonaws.com', 'production'],
]);

export const environmentOfHost = (value: string | null): string | null =>
  HOSTS.get(/^(?:https?:\/\/)?([\w.-]+)/.exec(value ?? '')?.[1]?.toLowerCase() ?? '') ?? null;

/** The environment, or the address on this machine, for a server's number, name or address. */
function environmentOfServer(value: string | null): string | null {
  if (value === null) return null;
  const tag = TAGS.get(value.toLowerCase());
  if (isEnvironment(tag)) return tag;
  const server = environmentOfSidServer(value);
  return server?.url ?? server?.environment ?? environmentOfHost(value);
}

const ON = wordSet('true 1 yes on');
const OFF = wordSet('false 0 no off');

export function environmentOfFlag(tag: string | null, value: string | null): string | null {
  if (value === null || !isEnvironment(tag)) return null;
  if (ON.has(value.toLowerCase())) return tag;
  if (!OFF.has(value.toLowerCase())) return null;
  return tag === 'sandbox' ? 'production' : 'sandbox';
}

/** Partner IDs in the portal are digits, some with leading zeros. */
const asPartnerId = (value: string | null): string | null =>
  value !== null && /^\d{1,8}$/.test(value) && /[1-9]/.test(value) ? value : null;

/** Words of placeholders. None of them has only the letters of a hexadecimal number. */
const PLACEHOLDERS = wordSet(
  'your change changeme replace replaceme placeholder put insert enter paste fill todo example dummy fake sample ' +
    'here xxx none null undefined redacted stub',
);
/** Words that describe a key, as in `test-api-key-1`, and that no key has. */
const DESCRIPTIONS = wordSet(
  'api key token secret test testing sandbox production prod live smile partner demo mock',
);
const LONGEST_PLACEHOLDER = 100;

const wordsOf = (value: string): readonly string[] =>
  value.length > LONGEST_PLACEHOLDER ? [] : value.toLowerCase().split(/[^a-z]+/);

/** A possible key, at least of a server on this machine, which accepts any. */
const asApiKey = (value: string | null): string | null =>
  value !== null &&
  checkApiKey(value) === null &&
  !/[<>{}$%[\]()]|x{4,}|\*{3}|\.{3}/i.test(value) &&
  !wordsOf(value).some((word) => PLACEHOLDERS.has(word))
    ? value
    : null;

/** Beginnings of keys of other services. */
const OF_OTHERS = /^(?:[srp]k_|sk-|AIza|AKIA|SG\.|gh[opsu]_|xox|FLW|whsec_|EAA|ya29|eyJ)/;

/** Keys are UUIDs or, before 2022, about 1,000 characters of base64: never words, never one character after another. */
export function hasFormOfKey(value: string): boolean {
  return (
    /^[\w+/=-]{16,}$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    new Set(value).size > 6 &&
    !/12345678|87654321|abcdef/i.test(value.replace(/-/g, '')) &&
    !OF_OTHERS.test(value) &&
    asApiKey(value) !== null &&
    !wordsOf(value).some((word) => DESCRIPTIONS.has(word))
  );
}

/** What a value is in each role; null if it is nothing of the kind. */
export const READ = { partnerId: asPartnerId, apiKey: asApiKey, server: environmentOfServer };
