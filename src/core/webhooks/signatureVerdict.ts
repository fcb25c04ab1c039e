import { withoutMarks } from '../harmlessText';
import * as l10n from '../l10n';
import {
  SHOWN_OF_SIGNATURE,
  type KeyOfProfile,
  type SignatureDiagnosis,
  type SignatureMistake,
  type SignatureParts,
} from '../smile/diagnoseSignature';
import { environmentName } from '../smile/environment';
import { CONSTANT } from '../smile/signature';
import { readSignature } from '../smile/signatureForm';
import { instantOf } from '../smile/writtenTime';
import { duration, WINDOW_MS } from './signatureAge';

/** What is said of a signature. No part has a key, or more than the first characters of a signature. */
export interface SignatureVerdict {
  readonly state: SignatureDiagnosis['state'];
  readonly sentences: readonly string[];
  /** What to do, one for each mistake; empty if nothing is to be done. */
  readonly fixes: readonly string[];
  /** The bytes that were compared, each as its length and its first characters. */
  readonly compared: readonly string[];
  /** All of it in English, for Smile ID's support. */
  readonly supportText: string;
}

/** When it is checked. */
export interface CheckedNow {
  readonly now: Date;
  /** How far Smile ID's clock is ahead of this machine's, in milliseconds; null if that is not known. */
  readonly clockSkewMs: number | null;
}

/** Clocks that differ by less are not worth a word. */
const SMALL_SKEW_MS = 60_000;

export function signatureVerdict(
  diagnosis: SignatureDiagnosis,
  checked: CheckedNow,
): SignatureVerdict {
  const words = () => ({
    sentences: sentencesOf(diagnosis, checked),
    fixes: fixesOf(diagnosis),
    compared: comparedIn(diagnosis),
  });
  const supportText = l10n.inEnglish(() => verdictText(words()));
  return { state: diagnosis.state, ...words(), supportText };
}

/** A verdict as plain text, a sentence on each line: an editor may be narrow. */
export function verdictText({
  sentences,
  fixes,
  compared,
}: Pick<SignatureVerdict, 'sentences' | 'fixes' | 'compared'>): string {
  return [
    ...sentences,
    ...(fixes.length === 0 ? [] : ['', ...fixes]),
    '',
    l10n.t('What was compared:'),
    ...compared.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function sentencesOf(diagnosis: SignatureDiagnosis, checked: CheckedNow): string[] {
  return [...stateSentences(diagnosis, checked), ...clockSentence(checked)];
}

function stateSentences(diagnosis: SignatureDiagnosis, checked: CheckedNow): readonly string[] {
  const { state, mistakes, parts } = diagnosis;
  switch (state) {
    case 'right':
      return [
        ...rightSentences(diagnosis, checked),
        ...zerosSentence(diagnosis),
        ...activeSentence(diagnosis),
      ];
    case 'explained':
      return mistakes.flatMap((mistake) => mistakeSentences(mistake, diagnosis));
    case 'unexplained':
      return [
        l10n.t('None of the known mistakes explains these bytes.'),
        l10n.t(
          'Likeliest: the key was renewed, and the old one stops working at once; or the bytes were changed on the way.',
        ),
      ];
    case 'cannot tell':
      return [
        parts.partnerId !== null && isPartnerId(parts.partnerId)
          ? l10n.t('Cannot tell: no profile has a key of partner {0}.', parts.partnerId)
          : l10n.t('Cannot tell: no profile has a key for this signature.'),
      ];
  }
}

function rightSentences(
  { key, parts }: SignatureDiagnosis,
  checked: CheckedNow,
): readonly string[] {
  if (!key) return [];
  const age = ageOf(parts, checked);
  const environment = environmentName(key.profile.environment);
  const name = shown(key);
  if (age === null) {
    return [
      l10n.t('Right, with the {0} key of the profile "{1}".', environment, name),
      l10n.t('Its time cannot be read, so its age is not known.'),
      l10n.t('It does not cover the body.'),
    ];
  }
  if (age > WINDOW_MS) {
    return [
      l10n.t(
        'Right, with the {1} key of the profile "{2}", but {0} old.',
        duration(age),
        environment,
        name,
      ),
      l10n.t('A 5-minute window refuses it; nothing is wrong with the key.'),
    ];
  }
  if (age < -SMALL_SKEW_MS) {
    return [
      l10n.t(
        'Right, with the {1} key of the profile "{2}", but its time is {0} ahead.',
        duration(age),
        environment,
        name,
      ),
      l10n.t('The clock of this machine is behind, or that of the sender is ahead.'),
      l10n.t('Nothing is wrong with the key.'),
    ];
  }
  return [
    l10n.t(
      'Right, made {0} ago, with the {1} key of the profile "{2}".',
      duration(Math.max(0, age)),
      environment,
      name,
    ),
    l10n.t('It does not cover the body.'),
  ];
}

/** A right signature is right whichever profile is active, but code with the key of that one refuses it. */
function activeSentence({ expected }: SignatureDiagnosis): string[] {
  if (!expected) return [];
  const { key } = expected;
  return [
    l10n.t(
      'The {0} key of the active profile "{1}" did not make it.',
      environmentName(key.profile.environment),
      shown(key),
    ),
  ];
}

/** Whether API v3 signs the zeros is not documented, so both are right there. */
function zerosSentence({ key, signed: { partnerId } }: SignatureDiagnosis): string[] {
  if (!key || partnerId === undefined || partnerId === key.partnerId) return [];
  return [
    l10n.t(
      'It was signed for partner {0}, and the profile says {1}: API v3 may sign it so, API v1 does not.',
      partnerId,
      key.partnerId,
    ),
  ];
}

/** In milliseconds, by Smile ID's clock where it is known; null if the time cannot be read. */
function ageOf({ timestamp }: SignatureParts, { now, clockSkewMs }: CheckedNow): number | null {
  const at = timestamp === null ? null : instantOf(timestamp);
  return at === null ? null : now.getTime() + (clockSkewMs ?? 0) - at;
}

function clockSentence({ clockSkewMs }: CheckedNow): string[] {
  if (clockSkewMs === null || Math.abs(clockSkewMs) < SMALL_SKEW_MS) return [];
  return [
    clockSkewMs > 0
      ? l10n.t("The clock of this machine is {0} behind Smile ID's.", duration(clockSkewMs))
      : l10n.t("The clock of this machine is {0} ahead of Smile ID's.", duration(clockSkewMs)),
  ];
}

function mistakeSentences(
  mistake: SignatureMistake,
  { parts, key, signed, expected }: SignatureDiagnosis,
): string | readonly string[] {
  switch (mistake) {
    case 'other environment':
      return l10n.t(
        'Made with the {0} key of the profile "{1}"; the profile "{2}" checks with its {3} key.',
        key ? environmentName(key.profile.environment) : '',
        key ? shown(key) : '',
        expected ? shown(expected.key) : '',
        expected ? environmentName(expected.key.profile.environment) : '',
      );
    case 'other partner':
      return l10n.t(
        'Made with the key of partner {0}, the profile "{1}"; the text names another partner.',
        key?.partnerId ?? '',
        key ? shown(key) : '',
      );
    case 'zeros':
      return [
        l10n.t(
          'Right for partner {0}; the profile "{1}" says {2}.',
          signed.partnerId ?? '',
          key ? shown(key) : '',
          key?.partnerId ?? '',
        ),
        l10n.t('Something changed the leading zeros.'),
      ];
    case 'time':
      return l10n.t(
        'Signed as {0}, sent as {1}: the time was read and written anew.',
        signed.timestamp ?? '',
        parts.timestamp ?? '',
      );
    case 'foreign key':
      return l10n.t(
        'Signed for the partner that the text names, with the key of partner {0}, the profile "{1}".',
        key?.partnerId ?? '',
        key ? shown(key) : '',
      );
    case 'key decoded':
      return [l10n.t('The key was decoded from Base64.'), l10n.t('Its text is the key.')];
    case 'key whitespace':
      return l10n.t(
        'The key begins or ends with a line break or a space, which became part of it.',
      );
    case 'part whitespace':
      return l10n.t(
        'A line break or a space is among the signed bytes, beside the timestamp, the partner ID or the constant.',
      );
    case 'order':
      return l10n.t(
        'The right parts in another order: timestamp, partner ID and {0} must follow each other so.',
        CONSTANT,
      );
    case 'no constant':
      return l10n.t('The constant {0} is missing behind timestamp and partner ID.', CONSTANT);
    case 'other constant':
      return l10n.t(
        'Another constant than {0}, which signs responses and webhooks, too.',
        CONSTANT,
      );
    case 'body':
      return [l10n.t('An HMAC over the body.'), formulaSentence()];
    case 'time and body':
      return [l10n.t('An HMAC over timestamp and body.'), formulaSentence()];
    case 'hex':
      return [
        l10n.t('The digest is written in hex.'),
        l10n.t('Smile ID writes Base64: 44 characters, not 64.'),
      ];
    case 'url-safe':
      return l10n.t('The digest is written in URL-safe Base64, with "-" and "_" for "+" and "/".');
    case 'unpadded':
      return l10n.t('The digest is written without its closing "=".');
    case 'signature whitespace':
      return l10n.t('A line break or a space stands around the signature.');
    case 'no digest':
      return [
        l10n.t('These {0} characters are not a signature.', parts.signature?.length ?? 0),
        l10n.t('Smile ID writes 32 bytes as 44 characters of Base64.'),
      ];
    case 'sec_key':
      return [
        l10n.t('The old sec_key form: an encrypted digest and the digest, with "|" between them.'),
        l10n.t('No API key can check it; the SDKs dropped it in 2022.'),
      ];
    case 'v3 request':
      return [
        l10n.t(
          'A signature of a request to API v3: it has a secret of its own and covers the body.',
        ),
        l10n.t('Webhooks carry Response-Signature, made with the API key.'),
      ];
    case 'v1 body':
      return l10n.t(
        'The signature is right and stands in the body: a callback of API v1 in a check of the headers of API v3.',
      );
    case 'no timestamp':
      return parts.place === 'body'
        ? l10n.t('The signature is there, its timestamp is not.')
        : l10n.t(
            '{0} is missing, the signature is there: something on the way, such as a proxy, drops headers.',
            parts.place === 'webhook headers' ? 'Response-Timestamp' : 'SmileID-Timestamp',
          );
    case 'no signature':
      return l10n.t(
        '{0} is missing, the timestamp is there: something on the way, such as a proxy, drops headers.',
        parts.place === 'webhook headers' ? 'Response-Signature' : 'SmileID-Request-Signature',
      );
    case 'no headers':
      return l10n.t(
        'A webhook of API v3 without its headers: Response-Signature and Response-Timestamp are not in this text.',
      );
  }
}

const formulaSentence = (): string =>
  l10n.t('Smile ID signs timestamp, partner ID and {0}, and not the body.', CONSTANT);

/** What to do: mistakes that one thing corrects share it. */
function fixesOf({ state, mistakes, parts }: SignatureDiagnosis): readonly string[] {
  switch (state) {
    case 'right':
      return [];
    case 'explained':
      return [...new Set(mistakes.map((mistake) => fixOf(mistake, parts)))];
    case 'unexplained':
      return [l10n.t('Compare the API key of the profile with the one that the portal shows.')];
    case 'cannot tell':
      return [l10n.t('Add a profile with the partner ID and the API key, and check again.')];
  }
}

function fixOf(mistake: SignatureMistake, { place }: SignatureParts): string {
  switch (mistake) {
    case 'other environment':
      return l10n.t('Check with the key of the environment that the job ran in.');
    case 'other partner':
    case 'foreign key':
      return l10n.t('Use partner ID and API key of the same profile.');
    case 'zeros':
      return l10n.t('Keep the partner ID as text, exactly as the portal shows it.');
    case 'time':
      return l10n.t(
        'Send and check the text of the timestamp that was signed, to the last character.',
      );
    case 'key decoded':
      return l10n.t('Pass the API key to the HMAC as the text that it is.');
    case 'key whitespace':
      return l10n.t('Trim the API key where it is read, such as from a file.');
    case 'part whitespace':
      return l10n.t('Trim timestamp and partner ID, and join the parts with nothing between them.');
    case 'order':
    case 'no constant':
    case 'other constant':
    case 'body':
    case 'time and body':
      return l10n.t('Sign timestamp + partner ID + "{0}", in this order.', CONSTANT);
    case 'hex':
    case 'url-safe':
    case 'unpadded':
      return l10n.t('Write the digest in standard Base64, with its closing "=".');
    case 'signature whitespace':
      return l10n.t('Trim the signature, or encode it without line breaks.');
    case 'no digest':
      return l10n.t('Copy the whole signature.');
    case 'sec_key':
      return l10n.t('Sign with HMAC-SHA256 and the API key, as the SDKs have done since 2022.');
    case 'v3 request':
      return l10n.t('Check webhooks by Response-Signature and Response-Timestamp.');
    case 'v1 body':
      return l10n.t('Take timestamp and signature of a callback of API v1 from its body.');
    case 'no timestamp':
    case 'no signature':
      return place === 'body'
        ? l10n.t('Copy timestamp and signature together.')
        : l10n.t('Log the headers at the first server, and let the proxy pass them on.');
    case 'no headers':
      return l10n.t('Copy the headers together with the body.');
  }
}

function comparedIn(diagnosis: SignatureDiagnosis): string[] {
  const { parts, key, signed, state } = diagnosis;
  // what another profile would make is compared with nothing
  const expected = state === 'right' ? null : diagnosis.expected;
  const ofProfile = key?.partnerId ?? expected?.key.partnerId;
  const partner = parts.partnerId ?? signed.partnerId ?? ofProfile;
  const signedFor = signed.partnerId === partner ? null : signed.partnerId;
  const other = [partner, signedFor].includes(ofProfile) ? null : ofProfile;
  const lines = [
    [l10n.t('Timestamp'), parts.timestamp, shownTime(parts.timestamp)],
    [l10n.t('Timestamp that was signed'), signed.timestamp, shownTime(signed.timestamp)],
    [l10n.t('Partner ID'), partner, shownPartner(partner)],
    [l10n.t('Partner ID that was signed'), signedFor, shownPartner(signedFor)],
    [l10n.t('Partner ID of the profile'), other, shownPartner(other)],
    [l10n.t('Constant'), CONSTANT, CONSTANT],
    [l10n.t('Signature'), parts.signature, shownStart(parts.signature)],
  ] as const;
  const right = expected && environmentName(expected.key.profile.environment);
  return [
    l10n.t('Where: {0}', placeName(parts.place)),
    ...lines.flatMap(([name, text, start]) =>
      text == null ? [] : [lineOf(name, text.length, start)],
    ),
    ...(expected && right !== null
      ? [
          lineOf(
            l10n.t('Expected with the {0} key of "{1}"', right, shown(expected.key)),
            44,
            `${expected.start}…`,
          ),
        ]
      : []),
    ...(parts.bodies[0] === undefined
      ? []
      : [lineOf(l10n.t('Body, which no signature covers'), parts.bodies[0].length, null)]),
    ...(state === 'unexplained'
      ? [
          l10n.t(
            'Tried with the keys of all profiles: other zeros, times, orders and constants; the body; line breaks; keys read as Base64; hex, URL-safe and unpadded Base64',
          ),
        ]
      : []),
  ];
}

const lineOf = (name: string, length: number, start: string | null): string =>
  start === null
    ? l10n.t('{0}: {1} characters', name, length)
    : l10n.t('{0}: {1} characters, "{2}"', name, length, start);

const placeName = (place: SignatureParts['place']): string =>
  ({
    body: l10n.t('body (API v1)'),
    text: l10n.t('a text that does not name the API'),
    'webhook headers': l10n.t('headers of a webhook (API v3)'),
    'request headers': l10n.t('headers of a request'),
  })[place];

const shown = ({ profile }: KeyOfProfile): string => withoutMarks(profile.name);

/** A text of the user that is no time is not repeated: it may be anything. */
const shownTime = (text: string | null | undefined): string | null =>
  text != null && instantOf(text) !== null ? text : null;

const shownPartner = (text: string | null | undefined): string | null =>
  text != null && isPartnerId(text) ? text : null;

const isPartnerId = (text: string): boolean => /^\d{1,10}$/.test(text);

const shownStart = (signature: string | null): string | null =>
  signature !== null && readSignature(signature)
    ? `${signature.trim().slice(0, SHOWN_OF_SIGNATURE)}…`
    : null;
