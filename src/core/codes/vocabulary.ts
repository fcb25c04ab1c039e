import { wordSet } from '../text/wordSet';

/** The words that code, tables and people put around a code. */

/** Calls that compare their argument with what they are called on. */
export const COMPARERS = wordSet(
  'equals equalsIgnoreCase Equals eql eq equal toBe toEqual toStrictEqual isEqualTo isEqual compareTo ' +
    'contentEquals shouldBe be is startsWith startswith equalTo',
);
/** Calls on a table or a list of codes. */
export const LOOKUPS = wordSet(
  'has includes contains Contains include get put set add fetch containsKey ContainsKey TryGetValue ' +
    'indexOf append push insert delete remove getOrDefault',
);
/** Calls that ask a list for their argument. */
export const ASKERS = wordSet('includes contains Contains include member indexOf has any');
/** Calls that compare their arguments with each other. */
export const BETWEEN_ARGUMENTS = wordSet(
  'in_array strcmp strcasecmp hash_equals equal equals Equal Equals deepEqual strictEqual assertEquals ' +
    'assertEqual assertSame assert_equal assertNotEquals XCTAssertEqual where whereIn whereNotIn andWhere orWhere ' +
    'Contains contains includes has eq ne isIn toHaveProperty Where expect assertThat',
);
/** Calls that take what a test expects something of. */
export const EXPECTERS = wordSet('expect assertThat');
/** Between such a call and the comparison. */
export const BEFORE_EXPECTED = wordSet(
  'to to_not not_to not be should deep resolves rejects is that have',
);
/** Calls and types that only wrap a list, by the last word of their names. */
export const WRAPPERS = wordSet(
  'of list set map dict dictionary array enum freeze tuple from frozenset literal new collection entries vec seq ' +
    'string bool str const',
);
/** What may hold a `code` of Smile ID; anything else has codes of its own. */
export const HOLDERS = wordSet(
  'result results response resp res r data body json payload reply answer job smile kyc error err e ex exc ' +
    'exception this self params output callback webhook verification message details status object',
);
/** What may hold a `status` or a `reason` of Smile ID, beside that. */
export const MORE_HOLDERS = new Set([
  ...HOLDERS,
  ...['event', 'check', 'fixture', 'expected', 'fields', 'request', 'v'],
]);
export const COMPARES = wordSet('== === != !== <> = eq ne is not in IN NOT !in !is like');
export const SWITCHES = wordSet('switch match when case select');
export const LABELS = wordSet('case when is in');
/** Words before a bare `code` in prose that make it no other one. */
export const BEFORE_BARE_CODE = wordSet(
  'with then error returned returns got gives gave and or if when api received failed smile kyc',
);
/** One-time codes, doors, sockets: a bare `code` near these is theirs. */
const OTHERS =
  'pin sms zip postal promo coupon voucher dial door web_?socket socket ws mcc 2fa mfa unlock mysql oracle exit http';
export const OTHERS_CODE = new RegExp(
  `(?<![a-z\\d])(?:${OTHERS.replaceAll(' ', '|')})(?![a-z\\d])|(?:otp|[a-z]pin)(?![a-z])`,
  'i',
);
