import { wordSet as words } from '../text/wordSet';

/**
 * How surely a name stands for a Smile ID code: 2 where it can hardly mean anything else (ResultCode,
 * APPROVED_RESULT_CODES, smileCode), 1 where others use it, too (code, errorCode, REJECTED_CODES), a half for the
 * name of an outcome alone (APPROVED) and for other codes (definitiveFailureCodes), which only a list of codes may have, else 0.
 */
export type NameStrength = 0 | 0.5 | 1 | 2;

/** Words that make a name with "code" in it somebody else's. */
const FOREIGN = words(
  'http https exit process request activity mpesa stk daraja sql mysql ora oracle zip postal post country ' +
    'area pin otp totp promo coupon voucher currency language branch bank dial door sms payment paystack ' +
    'flutterwave stripe twilio airtel momo ussd socket close ldap dns smtp ftp bluetooth',
);
/** Words after "code" that make the value a measure, not a code. */
const MEASURES = words(
  'timeout port count counts length len size sizes ttl limit max min ms seconds secs minutes since year ' +
    'years date time timestamp version column col line row width height offset index position page retries ' +
    'delay interval pin phone amount price total',
);
/** What the shorter names are qualified with where they are about Smile ID's answers. */
const QUALIFIERS = words(
  'error err kyc approved approve accepted accept pass passed passing success successful ok rejected ' +
    'reject failed fail failure failing hard soft provisional pending review final terminal retry retryable ' +
    'expected actual returned',
);
/** What lists of codes are called where nothing calls them codes. */
const OUTCOMES = words('approved accepted passed rejected failed pending provisional');
/** What the names of other lists of codes have in them, beside words of their own. */
const ABOUT_CHECKS = new Set([
  ...QUALIFIERS,
  ...['valid', 'invalid', 'verified', 'unverified', 'definitive', 'intermediate', 'known', 'match'],
  ...['matched', 'mismatch', 'matching', 'biometric', 'selfie', 'liveness', 'document', 'enroll'],
  ...['enrolled', 'authentication', 'authenticated', 'identity', 'job', 'good', 'bad', 'allowed'],
]);
const COLLECTIONS = words(
  'map list set label labels message messages text texts name names title titles description descriptions',
);
/** What a value under such a key never is, even in a table of codes. */
const OTHER_KEYS = words(
  'id ids number phone mobile pin otp zip postal address street dob born birth country currency color ' +
    'colour http status job user partner level',
);

const TOKENS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const LONGEST = 64;
const MOST = 5000;
const strengths = new Map<string, NameStrength>();
const otherKeys = new Map<string, boolean>();

/** @param name an identifier or a key in any case style: `resultCode`, `RESULT_CODES`, `result code` */
export function strengthOf(name: string): NameStrength {
  return remember(strengths, name, () => (name.length > LONGEST ? 0 : rate(tokensOf(name))));
}

/** Whether a value under this key is plainly something else: a year, a port, an amount, an ID. */
export function isOtherKey(key: string): boolean {
  return remember(otherKeys, key, () => {
    const tokens = tokensOf(key);
    return (
      tokens.some((token) => FOREIGN.has(token)) ||
      tokens.every((token) => MEASURES.has(token) || OTHER_KEYS.has(token))
    );
  });
}

/** A text has few names, many times over. */
function remember<T>(answers: Map<string, T>, name: string, answer: () => T): T {
  const known = answers.get(name);
  if (known !== undefined) return known;
  if (answers.size > MOST) answers.clear();
  const found = answer();
  answers.set(name, found);
  return found;
}

function tokensOf(name: string): string[] {
  return (name.match(TOKENS) ?? []).flatMap((token) => {
    const joined = /^(result|error|smile)(codes?)$/.exec(token.toLowerCase());
    return joined === null ? [token.toLowerCase()] : joined.slice(1);
  });
}

function rate(tokens: readonly string[]): NameStrength {
  const at = tokens.findLastIndex((token) => token === 'code' || token === 'codes');
  if (at < 0 && tokens.some((token) => OUTCOMES.has(token))) {
    return tokens.every((token) => OUTCOMES.has(token) || COLLECTIONS.has(token)) ? 0.5 : 0;
  }
  if (at < 0 || tokens.some((token) => FOREIGN.has(token))) return 0;
  const before = tokens.slice(0, at);
  const after = tokens.slice(at + 1);
  if (after.some((token) => MEASURES.has(token))) return 0;
  if (before.at(-1) === 'result' || before.includes('smile')) return 2;
  if (!after.every((token) => COLLECTIONS.has(token))) return 0;
  if (before.every((token) => QUALIFIERS.has(token))) return 1;
  // in a text about Smile ID, a list of known codes may have words of its own in its name
  return tokens[at] === 'codes' && before.some((token) => ABOUT_CHECKS.has(token)) ? 0.5 : 0;
}
