/** The words that code, tables and people put around a code. */

export const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Calls that compare their argument with what they are called on. */
export const COMPARERS = words(
  'equals equalsIgnoreCase Equals eql eq equal toBe toEqual toStrictEqual isEqualTo isEqual compareTo ' +
    'contentEquals shouldBe be is startsWith startswith equalTo',
);
/** Calls on a table or a list of codes. */
export const LOOKUPS = words(
  'has includes contains Contains include get put set add fetch containsKey ContainsKey TryGetValue ' +
    'indexOf append push insert delete remove getOrDefault',
);
/** Calls that compare their arguments with each other. */
export const BETWEEN_ARGUMENTS = words(
  'in_array strcmp strcasecmp hash_equals equal equals Equal Equals deepEqual strictEqual assertEquals ' +
    'assertEqual assertSame assert_equal assertNotEquals XCTAssertEqual where whereIn whereNotIn andWhere orWhere ' +
    'Contains contains includes has eq ne isIn toHaveProperty Where expect assertThat',
);
/** Calls and types that only wrap a list. Checked by their last word. */
export const WRAPPERS =
  /(?:^of|list|set|map|dict|dictionary|array|enum|freeze|tuple|of|from|frozenset|literal|new|collection|entries|vec|seq|string|bool|str|const)$/i;
/** Calls and properties that give the same value back. */
export const SAME_VALUE = words(
  'to not be trim Trim strip to_s toString ToString toUpperCase upper value rawValue orEmpty unwrap orElse toLowerCase String',
);
export const CONVERSIONS = words(
  'String str int Number parseInt strval intval expect assertThat trim Integer Int format',
);
/** What may hold a `code` of Smile ID; anything else has codes of its own. */
export const HOLDERS = words(
  'result results response resp res r data body json payload reply answer job smile kyc error err e ex exc ' +
    'exception this self params output callback webhook verification message details status object',
);
export const TYPE_WORDS = words('string String str char text');
export const BEFORE_BARE_CODE = words(
  'with then error returned returns got gives gave and or if when api received failed smile kyc',
);
export const BEFORE_VARIABLE = words(
  'const let var val final static public private protected readonly string str char elif elsif unless while ' +
    'until return not guard case switch match def fun func',
);
export const DECLARES =
  /\b(?:enum|class|object|struct|interface|module|record|namespace)\s+(?:class\s+)?(\w+)/;
export const ASKS = /\b(?:switch|when|match|select|case)\b/;
/** One-time codes, doors, sockets: a bare `code` near these is theirs. */
export const OTHERS_CODE =
  /(?<![a-z\d])(?:pin|sms|zip|postal|promo|coupon|voucher|dial|door|websocket|socket|ws|mcc|2fa|mfa|unlock|mysql|oracle|exit|http)(?![a-z\d])|(?:otp|[a-z]pin)(?![a-z])/i;
