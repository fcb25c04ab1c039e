import type { Credentials } from './credentials';
import { v3PartnerId } from './environment';
import type { Profile } from './profile';
import { digester } from './signature';
import { isSecKey, readSignature, type FormMistake } from './signatureForm';
import {
  MISTAKES,
  rightMakings,
  spellingsOf,
  timesOf,
  type Ingredients,
  type Making,
  type MakingMistake,
} from './signatureMistakes';
import { withMilliseconds } from './writtenTime';

/** What is known of a signature. */
export interface SignatureParts {
  /**
   * Where it is: in a body of API v1, in the headers of a webhook of API v3 (`Response-…`), in those of a request
   * (`SmileID-…`), or in a text that does not say of which API it is.
   */
  readonly place: 'body' | 'webhook headers' | 'request headers' | 'text';
  readonly timestamp: string | null;
  readonly signature: string | null;
  /** What the text says; null if it does not name the partner. */
  readonly partnerId: string | null;
  /** Forms of the body, the text itself first; none if it is not known. */
  readonly bodies: readonly string[];
  /** The headers of a webhook of API v3 are read, or are there without a value. */
  readonly expectsHeaders: boolean;
}

/** A key that a profile has. */
export type KeyOfProfile = Pick<Credentials, 'partnerId' | 'apiKey'> & {
  readonly profile: Pick<Profile, 'id' | 'name' | 'environment'>;
};

/** A mistake that was made with a signature; at most one of its making, and one of its form. */
export type SignatureMistake =
  | MakingMistake
  | FormMistake
  /** Beside another mistake: made with the key of another environment than that of the profile that checks it. */
  | 'other environment'
  /** Made for another partner than the text says. */
  | 'other partner'
  /** Of no form that a digest has, such as a part of it. */
  | 'no digest'
  | 'sec_key'
  | 'v3 request'
  | 'v1 body'
  | 'no timestamp'
  | 'no signature'
  | 'no headers';

export interface SignatureDiagnosis<Key extends KeyOfProfile = KeyOfProfile> {
  readonly parts: SignatureParts;
  /**
   * `right`: a stored key made it as Smile ID does. `explained`: it is not, and this is why. `unexplained`: a key of
   * the partner is stored, and no known mistake leads to these bytes. `cannot tell`: no such key is stored.
   */
  readonly state: 'right' | 'explained' | 'unexplained' | 'cannot tell';
  readonly mistakes: readonly SignatureMistake[];
  /** Whose key made it. */
  readonly key: Key | null;
  /** What was signed in place of what the text or the profile says, where that is the mistake. */
  readonly signed: Pick<Making, 'timestamp' | 'partnerId'>;
  /**
   * The profile with which it should have been right, and the first characters of what is right for it. Of a right
   * signature: the profile that checks, if it has another key of the same partner.
   */
  readonly expected: { readonly key: Key; readonly start: string } | null;
}

/** How many characters of a signature may be shown: far too few to use it. */
export const SHOWN_OF_SIGNATURE = 4;

/** Of profiles whose partner fits, those for which every millisecond of a second is tried. */
const MOST_TRIED = 3;

/**
 * Finds out who made a signature, and how. Whether it is right does not depend on its age. Each verdict is about bytes: a
 * mistake is named only if it leads to exactly this signature, or is there to see, as a missing header. Makings are
 * tried one by one, so the work grows with the number of keys and with the body, and not with their combinations.
 *
 * @param keys of all profiles
 * @param checking the profile that checks it, if that is known
 */
export async function diagnoseSignature<Key extends KeyOfProfile>(
  parts: SignatureParts,
  keys: readonly Key[],
  checking: Key['profile'] | null = null,
): Promise<SignatureDiagnosis<Key>> {
  const { signature, timestamp, partnerId } = parts;
  const nothing = { parts, mistakes: [], key: null, signed: {}, expected: null };
  if (signature === null || timestamp === null) {
    return { ...nothing, state: 'explained', mistakes: [missingIn(parts)] };
  }
  if (isSecKey(signature)) return { ...nothing, state: 'explained', mistakes: ['sec_key'] };
  const isOfPartner = (key: Key): boolean =>
    partnerId === null || v3PartnerId(key.partnerId) === v3PartnerId(partnerId);
  const fitting = (key: Key): number =>
    Number(isOfPartner(key)) * 2 + Number(key.profile.id === checking?.id);
  const ordered = [...keys].sort((a, b) => fitting(b) - fitting(a));
  const written = readSignature(signature);
  // whatever a request to API v3 is signed with, this extension does not know its form
  if (!written && parts.place !== 'request headers') {
    return { ...nothing, state: 'explained', mistakes: ['no digest'] };
  }
  const found = written && (await makerOf(written.digest, parts, timestamp, ordered, isOfPartner));
  if (!found) {
    const [key] = ordered.filter(isOfPartner);
    if (!key) return { ...nothing, state: 'cannot tell' };
    if (parts.place === 'request headers') {
      return { ...nothing, state: 'explained', mistakes: ['v3 request'] };
    }
    const start = await startOf(key, parts, timestamp);
    return { ...nothing, state: 'unexplained', expected: { key, start } };
  }
  const { key, making, mistake } = found;
  const own = ownMistakes(mistake, written.mistakes);
  const checks = isOfPartner(key) ? otherEnvironment(key, checking, ordered) : null;
  const others: readonly SignatureMistake[] = [
    ...(isOfPartner(key) || mistake === 'foreign key' ? [] : (['other partner'] as const)),
    ...own,
    ...(own.length === 0 && parts.expectsHeaders && parts.place === 'body'
      ? (['v1 body'] as const)
      : []),
  ];
  // a signature may be right for a profile that is not active
  const mistakes: readonly SignatureMistake[] =
    checks && others.length > 0 ? ['other environment', ...others] : others;
  const { timestamp: time, partnerId: id } = making;
  const expected = checks ?? key;
  const isExpected = mistake !== null || checks !== null;
  return {
    ...nothing,
    state: mistakes.length === 0 ? 'right' : 'explained',
    mistakes,
    key,
    signed: {
      ...(time === undefined ? {} : { timestamp: time }),
      ...(id === undefined ? {} : { partnerId: id }),
    },
    expected: isExpected
      ? { key: expected, start: await startOf(expected, parts, timestamp) }
      : null,
  };
}

function missingIn({ place, timestamp, signature }: SignatureParts): SignatureMistake {
  if (signature !== null) return 'no timestamp';
  return timestamp === null && place === 'webhook headers' ? 'no headers' : 'no signature';
}

/** Earlier SDKs of API v3 signed requests so, with the text of the body, and in hex. */
function ownMistakes(
  making: MakingMistake | null,
  form: readonly FormMistake[],
): readonly SignatureMistake[] {
  if (making === 'time and body' && form.includes('hex')) {
    return ['v3 request', ...form.filter((mistake) => mistake !== 'hex')];
  }
  return making === null ? form : [making, ...form];
}

interface Maker<Key> {
  readonly key: Key;
  readonly making: Making;
  readonly mistake: MakingMistake | null;
}

/** The key and the way that lead to a digest: what is right first, with any key. */
async function makerOf<Key extends KeyOfProfile>(
  digest: string,
  parts: SignatureParts,
  timestamp: string,
  keys: readonly Key[],
  isOfPartner: (key: Key) => boolean,
): Promise<Maker<Key> | null> {
  const search = async (
    mistake: MakingMistake | null,
    tried: readonly Key[],
    makings: (given: Ingredients) => readonly Making[],
  ): Promise<Maker<Key> | null> => {
    for (const key of tried) {
      const making = await firstWith(digest, key, makings(ingredientsOf(key, parts, timestamp)));
      if (making) return { key, making, mistake };
    }
    return null;
  };
  const right = await search(null, keys, rightMakings);
  if (right) return right;
  for (const mistake of MISTAKE_IDS) {
    const found = await search(mistake, keys, MISTAKES[mistake]);
    if (found) return found;
  }
  // these are many, so they come last
  return search('time', keys.filter(isOfPartner).slice(0, MOST_TRIED), (given) =>
    timesOf(given, withMilliseconds(timestamp)),
  );
}

const isMakingMistake = (id: string): id is MakingMistake => Object.hasOwn(MISTAKES, id);
const MISTAKE_IDS = Object.keys(MISTAKES).filter(isMakingMistake);

function ingredientsOf(
  { apiKey, partnerId }: KeyOfProfile,
  { place, bodies, partnerId: stated }: SignatureParts,
  timestamp: string,
): Ingredients {
  const isSame = stated !== null && v3PartnerId(stated) === v3PartnerId(partnerId);
  const spellings = [...new Set([...spellingsOf(partnerId), ...(isSame ? [stated] : [])])];
  // whether API v3 signs the padded or the unpadded ID is not documented
  const isAny = place === 'webhook headers' || place === 'text';
  return {
    apiKey,
    partnerIds: isAny ? spellings : [partnerId],
    otherSpellings: isAny ? [] : spellings.filter((id) => id !== partnerId),
    foreignIds: stated === null || isSame ? [] : [stated],
    timestamp,
    bodies,
  };
}

/** So many makings with one key are tried at once. */
const AT_ONCE = 500;

/** The first making with this digest. */
async function firstWith(
  digest: string,
  { apiKey }: KeyOfProfile,
  makings: readonly Making[],
): Promise<Making | null> {
  const usual = digester(new TextEncoder().encode(apiKey));
  for (let start = 0; start < makings.length; start += AT_ONCE) {
    const tried = makings.slice(start, start + AT_ONCE);
    const made = await Promise.all(
      tried.map(async ({ key, message }) => (await (key ? digester(key) : usual))(message)),
    );
    const found = tried[made.indexOf(digest)];
    if (found) return found;
  }
  return null;
}

async function startOf(
  key: KeyOfProfile,
  parts: SignatureParts,
  timestamp: string,
): Promise<string> {
  const [right] = rightMakings(ingredientsOf(key, parts, timestamp));
  const digest = await digester(new TextEncoder().encode(key.apiKey));
  return (await digest(right?.message ?? '')).slice(0, SHOWN_OF_SIGNATURE);
}

/**
 * The profile that checks, if the same partner has a key in each environment, and the one that signed is of another
 * environment.
 */
function otherEnvironment<Key extends KeyOfProfile>(
  key: Key,
  checking: Key['profile'] | null,
  keys: readonly Key[],
): Key | null {
  const own = keys.find(({ profile }) => profile.id === checking?.id);
  const isOther =
    own !== undefined &&
    own.profile.environment !== key.profile.environment &&
    v3PartnerId(own.partnerId) === v3PartnerId(key.partnerId) &&
    own.apiKey !== key.apiKey;
  return isOther ? own : null;
}
