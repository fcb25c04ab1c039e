import { v3PartnerId } from './environment';
import { CONSTANT } from './signature';
import { otherForms } from './writtenTime';

/** What a signature may have been made of. */
export interface Ingredients {
  readonly apiKey: string;
  /** Those with which the signature is right. */
  readonly partnerIds: readonly string[];
  /** The same partner ID with more or fewer zeros, where that is wrong. */
  readonly otherSpellings: readonly string[];
  /** The partner that the text names, if the key is of another one. */
  readonly foreignIds: readonly string[];
  readonly timestamp: string;
  /** Forms of the body, as far as it is known. */
  readonly bodies: readonly string[];
}

/** How the bytes may have been made. */
export interface Making {
  /** The key, if it is not the text of the API key. */
  readonly key?: Uint8Array<ArrayBuffer>;
  readonly message: string;
  /** What stood in place of the timestamp or the partner ID. */
  readonly timestamp?: string;
  readonly partnerId?: string;
}

/** Smile ID's formula: timestamp, partner ID and constant, with nothing between them. */
export const rightMakings = ({ partnerIds, timestamp }: Ingredients): readonly Making[] =>
  partnerIds.map((partnerId) => ({ message: timestamp + partnerId + CONSTANT, partnerId }));

const BLANKS = ['\n', '\r\n', ' ', '\t'] as const;
const OTHER_CONSTANTS = ['sid_response'] as const;

/**
 * The mistakes in making a signature that integrators are known to make, each as the ways in which the bytes come out.
 * Sources: Smile ID's troubleshooting of 2204 and 2205, the SDKs and their histories, and public code that does it.
 */
export const MISTAKES = {
  zeros: ({ otherSpellings, timestamp }) =>
    otherSpellings.map((partnerId) => ({ message: timestamp + partnerId + CONSTANT, partnerId })),
  'foreign key': ({ foreignIds, timestamp }) =>
    foreignIds.map((partnerId) => ({ message: timestamp + partnerId + CONSTANT, partnerId })),
  'key decoded': (given) => {
    const key = decoded(given.apiKey);
    return key === null ? [] : rightMakings(given).map((making) => ({ ...making, key }));
  },
  'key whitespace': (given) =>
    BLANKS.flatMap((blank) => [given.apiKey + blank, blank + given.apiKey]).flatMap((text) =>
      rightMakings(given).map((making) => ({ ...making, key: new TextEncoder().encode(text) })),
    ),
  'part whitespace': ({ partnerIds, timestamp }) =>
    partnerIds.flatMap((id) =>
      BLANKS.flatMap((blank) => [
        { message: timestamp + blank + id + CONSTANT },
        { message: blank + timestamp + id + CONSTANT },
        { message: timestamp + id + blank + CONSTANT },
        { message: timestamp + id + CONSTANT + blank },
      ]),
    ),
  order: ({ partnerIds, timestamp }) =>
    partnerIds.flatMap((id) => [
      { message: timestamp + CONSTANT + id },
      { message: id + timestamp + CONSTANT },
      { message: id + CONSTANT + timestamp },
      { message: CONSTANT + timestamp + id },
      { message: CONSTANT + id + timestamp },
    ]),
  'no constant': ({ partnerIds, timestamp }) =>
    partnerIds.map((id) => ({ message: timestamp + id })),
  'other constant': ({ partnerIds, timestamp }) =>
    partnerIds.flatMap((id) =>
      OTHER_CONSTANTS.map((constant) => ({ message: timestamp + id + constant })),
    ),
  body: (given) => signedBodies(given).map((body) => ({ message: body })),
  'time and body': (given) =>
    signedBodies(given).map((body) => ({ message: given.timestamp + body })),
  // the one with the most ways comes last
  time: (given) => timesOf(given, otherForms(given.timestamp)),
} as const satisfies Readonly<Record<string, (given: Ingredients) => readonly Making[]>>;

/** Real bodies have 1.5 MB at most, and each key reads all of it. */
const LONGEST_BODY = 2 * 1024 * 1024;

const signedBodies = ({ bodies }: Ingredients): readonly string[] =>
  bodies.filter(({ length }) => length <= LONGEST_BODY);

export type MakingMistake = keyof typeof MISTAKES;

/** The right formula, with another text for the time. */
export const timesOf = (
  { partnerIds, timestamp }: Ingredients,
  times: Iterable<string>,
): readonly Making[] =>
  [...new Set(times)]
    .filter((time) => time !== timestamp)
    .flatMap((time) =>
      partnerIds.map((id) => ({ message: time + id + CONSTANT, timestamp: time, partnerId: id })),
    );

/** A partner ID as the portal pads it, to three digits, and without zeros. Others are spelled in one way. */
export const spellingsOf = (partnerId: string): readonly string[] =>
  [...new Set([partnerId, v3PartnerId(partnerId), v3PartnerId(partnerId).padStart(3, '0')])].filter(
    (id) => /^\d+$/.test(id) || id === partnerId,
  );

/** The bytes that a text of Base64 stands for; null if it is none, or stands for nothing. */
function decoded(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return bytes.length === 0 ? null : bytes;
  } catch {
    return null; // most keys are not Base64
  }
}
