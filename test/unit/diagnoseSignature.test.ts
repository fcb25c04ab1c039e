import assert from 'node:assert/strict';
import { createHmac, createHash } from 'node:crypto';
import fc from 'fast-check';
import { Signature } from 'smile-identity-core';
import {
  diagnoseSignature,
  type KeyOfProfile,
  type SignatureMistake,
  type SignatureParts,
} from '../../src/core/smile/diagnoseSignature';
import { findSignatures, signaturesOfDelivery } from '../../src/core/webhooks/signatureParts';
import { signatureVerdict, verdictText } from '../../src/core/webhooks/signatureVerdict';

/** In as many cases is each mistake found, and each right signature left alone. */
const RUNS = 200;
const NOW = new Date('2026-03-01T12:00:12.000Z');

/* What integrators write, with Node's own crypto: nothing of it is ours. */
type Encoding = 'base64' | 'hex' | 'base64url';
const hmac = (key: string | Buffer, message: string, encoding: Encoding = 'base64'): string =>
  createHmac('sha256', key).update(message, 'utf8').digest(encoding);

interface Case {
  readonly keys: readonly KeyOfProfile[];
  /** The one that signs. */
  readonly key: KeyOfProfile;
  /** A key that nobody has stored. */
  readonly secret: string;
  readonly at: Date;
  readonly timestamp: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly place: 'body' | 'webhook headers';
}

const apiKey = fc.oneof(
  fc.uuid(),
  fc.stringMatching(/^[\w-]{20,60}$/),
  fc.base64String({ minLength: 24, maxLength: 60 }).filter((text) => text.length > 20),
);
/** As the portal shows them: at least three digits, some of them zeros. */
const partner = fc.oneof(
  fc.integer({ min: 1, max: 99 }).map((id) => String(id).padStart(3, '0')),
  fc.integer({ min: 100, max: 99_999 }).map(String),
);
const moment = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  // a fraction of zeros is lost without a trace
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000 + (date.getTime() % 989) + 1));

/** As JavaScript, Python, PHP, Ruby, Java and others write a time. */
const FORMS: Readonly<Record<string, (date: Date) => string>> = {
  'ISO with milliseconds': (date) => date.toISOString(),
  'ISO without milliseconds': (date) => date.toISOString().replace(/\.\d+/, ''),
  'ISO with milliseconds and +00:00': (date) => date.toISOString().replace('Z', '+00:00'),
  'ISO without milliseconds and with +00:00': (date) =>
    date.toISOString().replace(/\.\d+Z/, '+00:00'),
  'ISO with microseconds': (date) => date.toISOString().replace('Z', '000+00:00'),
  'ISO without a zone': (date) => date.toISOString().replace('Z', ''),
  seconds: (date) => String(Math.floor(date.getTime() / 1000)),
  milliseconds: (date) => String(date.getTime()),
  Ruby: (date) =>
    date
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z/, ' +0000'),
  'Ruby in UTC': (date) =>
    date
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z/, ' UTC'),
  Python: (date) => date.toISOString().replace('T', ' ').replace('Z', '000+00:00'),
  SQL: (date) =>
    date
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z/, ''),
  HTTP: (date) => date.toUTCString(),
};
const form = fc.constantFrom(...Object.values(FORMS));

const body = fc.record({
  ResultCode: fc.constantFrom('0810', '0811', '1012'),
  SmileJobID: fc.stringMatching(/^\d{10}$/),
  FullName: fc.string({ unit: 'grapheme', maxLength: 20 }),
  PartnerParams: fc.record({ job_id: fc.uuid(), user_id: fc.uuid(), job_type: fc.nat(11) }),
});

/** Several profiles, of which the first two are of one partner in two environments. */
const base: fc.Arbitrary<Case> = fc
  .record({
    secrets: fc.uniqueArray(apiKey, { minLength: 4, maxLength: 4 }),
    partners: fc.uniqueArray(partner, {
      minLength: 2,
      maxLength: 2,
      selector: Number, // two spellings of one ID are one partner
    }),
    at: moment,
    write: form,
    body,
    place: fc.constantFrom('body' as const, 'webhook headers' as const),
  })
  .map(({ secrets, partners: [one = '', two = ''], at, write, body, place }) => {
    const [first = '', second = '', third = '', secret = ''] = secrets;
    const keys: [KeyOfProfile, KeyOfProfile, KeyOfProfile] = [
      keyOf('acme-test', 'sandbox', one, first),
      keyOf('acme-live', 'production', one, second),
      keyOf('other', 'sandbox', two, third),
    ];
    return { keys, key: keys[0], secret, at, timestamp: write(at), body, place };
  });

const keyOf = (
  name: string,
  environment: KeyOfProfile['profile']['environment'],
  partnerId: string,
  secret: string,
): KeyOfProfile => ({ partnerId, apiKey: secret, profile: { id: name, name, environment } });

const unpadded = (partnerId: string): string => partnerId.replace(/^0+/, '');
const hasFraction = (time: string): boolean => /[.]\d|^\d{13}$/.test(time);
const hasZero = ({ key }: Case): boolean => key.partnerId.startsWith('0');

const partsOf = (
  { timestamp, place, body }: Case,
  signature: string,
  more: Partial<SignatureParts> = {},
): SignatureParts => ({
  ...{ place, timestamp, signature, partnerId: null, expectsHeaders: false },
  bodies: [JSON.stringify(body)],
  ...more,
});

const rightOf = ({ key, timestamp }: Case, encoding?: Encoding): string =>
  hmac(key.apiKey, `${timestamp}${key.partnerId}sid_request`, encoding);

/** A mistake, as the signature that code with it makes; undefined where it changes nothing. */
interface Made {
  readonly signature: string;
  readonly timestamp?: string;
  readonly parts?: Partial<SignatureParts>;
}
type Wrong = (given: Case) => Made | undefined;

const signed =
  (message: (given: Case) => string | undefined): Wrong =>
  (given) => {
    const text = message(given);
    return text === undefined ? undefined : { signature: hmac(given.key.apiKey, text) };
  };
const isRight: Wrong = (given) => ({ signature: rightOf(given) });
const ifOther = (given: Case, signature: string): Made | undefined =>
  signature === rightOf(given) ? undefined : { signature };

/** Each way in which a mistake is made, by the mistake that must be named. */
const WRONG: readonly (readonly [what: string, SignatureMistake, Wrong])[] = [
  [
    'drops the zeros of the partner ID',
    'zeros',
    (given) =>
      hasZero(given) && given.place === 'body'
        ? signed(({ timestamp, key }) => `${timestamp}${unpadded(key.partnerId)}sid_request`)(given)
        : undefined,
  ],
  ...Object.entries(FORMS).map(([name, write]): [string, SignatureMistake, Wrong] => [
    `writes the time anew after signing ${name}`,
    'time',
    (given) => {
      const before = write(given.at);
      const isLost = hasFraction(before) && !hasFraction(given.timestamp);
      if (before === given.timestamp || isLost) return undefined;
      return { signature: hmac(given.key.apiKey, `${before}${given.key.partnerId}sid_request`) };
    },
  ]),
  [
    'loses the milliseconds after signing',
    'time',
    ({ key, at }) => ({
      signature: hmac(key.apiKey, `${at.toISOString()}${key.partnerId}sid_request`),
      parts: { timestamp: at.toISOString().replace(/\.\d+/, '') },
    }),
  ],
  [
    'decodes the key from Base64',
    'key decoded',
    ({ key, timestamp }) => {
      const bytes = Buffer.from(key.apiKey, 'base64');
      const isBase64 = bytes.toString('base64') === key.apiKey;
      const signature = hmac(bytes, `${timestamp}${key.partnerId}sid_request`);
      return isBase64 ? { signature } : undefined;
    },
  ],
  ...['\n', '\r\n', ' '].map((blank): [string, SignatureMistake, Wrong] => [
    `has ${JSON.stringify(blank)} behind the key`,
    'key whitespace',
    ({ key, timestamp }) => ({
      signature: hmac(key.apiKey + blank, `${timestamp}${key.partnerId}sid_request`),
    }),
  ]),
  ...['\n', ' '].flatMap((blank): [string, SignatureMistake, Wrong][] => [
    [
      `has ${JSON.stringify(blank)} behind the partner ID`,
      'part whitespace',
      signed(({ key, timestamp }) => `${timestamp}${key.partnerId}${blank}sid_request`),
    ],
    [
      `has ${JSON.stringify(blank)} behind the timestamp`,
      'part whitespace',
      signed(({ key, timestamp }) => `${timestamp}${blank}${key.partnerId}sid_request`),
    ],
  ]),
  [
    'puts the partner ID first',
    'order',
    signed(({ key, timestamp }) => `${key.partnerId}${timestamp}sid_request`),
  ],
  [
    'puts the constant first',
    'order',
    signed(({ key, timestamp }) => `sid_request${timestamp}${key.partnerId}`),
  ],
  [
    'forgets the constant',
    'no constant',
    signed(({ key, timestamp }) => `${timestamp}${key.partnerId}`),
  ],
  [
    'has the constant sid_response',
    'other constant',
    signed(({ key, timestamp }) => `${timestamp}${key.partnerId}sid_response`),
  ],
  [
    'has partner ID and key of two profiles',
    'foreign key',
    ({ keys, key, timestamp }) => {
      const partnerId = keys[2]?.partnerId ?? '';
      const signature = hmac(key.apiKey, `${timestamp}${partnerId}sid_request`);
      return { signature, parts: { partnerId } };
    },
  ],
  [
    'names another partner than it signs for',
    'other partner',
    (given) => ({
      signature: rightOf(given),
      parts: { partnerId: given.keys[2]?.partnerId ?? '' },
    }),
  ],
  ['signs the body', 'body', signed(({ body }) => JSON.stringify(body))],
  [
    'signs timestamp and body',
    'time and body',
    signed(({ body, timestamp }) => `${timestamp}${JSON.stringify(body)}`),
  ],
  ['writes hex', 'hex', (given) => ({ signature: rightOf(given, 'hex') })],
  [
    'writes hex in capitals',
    'hex',
    (given) => ({ signature: rightOf(given, 'hex').toUpperCase() }),
  ],
  [
    'writes URL-safe Base64',
    'url-safe',
    (given) => {
      const signature = rightOf(given).replaceAll('+', '-').replaceAll('/', '_');
      return ifOther(given, signature);
    },
  ],
  [
    'writes Base64 without padding',
    'unpadded',
    (given) => ({ signature: rightOf(given).replace('=', '') }),
  ],
  [
    'writes a line break behind the signature',
    'signature whitespace',
    (given) => ({ signature: `${rightOf(given)}\n` }),
  ],
  [
    'signs a request as earlier SDKs of API v3 did',
    'v3 request',
    ({ key, timestamp, body }) => ({
      signature: hmac(key.apiKey, `${timestamp}${JSON.stringify(body)}`, 'hex'),
    }),
  ],
  [
    'takes the signature of a request for that of a webhook',
    'v3 request',
    ({ secret, at, body }) => ({
      signature: hmac(secret, `${at.toISOString()}${JSON.stringify(body)}`, 'hex'),
      parts: { place: 'request headers', timestamp: at.toISOString() },
    }),
  ],
  [
    'looks for the signature of a body in the headers',
    'v1 body',
    (given) => ({ signature: rightOf(given), parts: { place: 'body', expectsHeaders: true } }),
  ],
  [
    'loses the header of the timestamp',
    'no timestamp',
    (given) => ({
      signature: rightOf(given),
      parts: { place: 'webhook headers', timestamp: null },
    }),
  ],
  [
    'loses the header of the signature',
    'no signature',
    () => ({ signature: '', parts: { place: 'webhook headers', signature: null } }),
  ],
  [
    'signs in the old form',
    'sec_key',
    ({ secret, key, timestamp }) => {
      const digest = createHash('sha256').update(`${Number(key.partnerId)}:${timestamp}`);
      const encrypted = createHash('sha512').update(secret).digest('base64');
      return { signature: `${encrypted}|${digest.digest('hex')}` };
    },
  ],
];

describe('What is wrong with a signature', () => {
  for (const [what, mistake, wrong] of WRONG) {
    it(`is named as "${mistake}" if code ${what}, and as nothing else`, async () => {
      await fc.assert(
        fc.asyncProperty(base, async (given) => {
          const made = wrong(given);
          fc.pre(made !== undefined);
          const parts = partsOf(given, made.signature, made.parts);
          const { state, mistakes } = await diagnoseSignature(parts, given.keys);
          assert.deepEqual({ state, mistakes }, { state: 'explained', mistakes: [mistake] });
        }),
        { numRuns: RUNS, maxSkipsPerRun: 1000 },
      );
    });
  }

  it('is named beside the key of another environment', async () => {
    await fc.assert(
      fc.asyncProperty(base, async (given) => {
        const [, live] = given.keys;
        const { mistakes } = await diagnoseSignature(
          partsOf(given, rightOf(given, 'hex')),
          given.keys,
          live?.profile,
        );
        assert.deepEqual(mistakes, ['other environment', 'hex']);
      }),
      { numRuns: RUNS },
    );
  });

  it('is not one mistake if two were made: both are named, or none', async () => {
    const second = (given: Case, signature: string): Readonly<Record<string, string>> => ({
      hex: Buffer.from(signature, 'base64').toString('hex'),
      unpadded: signature.replace('=', ''),
      stranger: hmac(given.secret, signature),
    });
    const makings = WRONG.filter(([, mistake]) =>
      ['zeros', 'time', 'key whitespace', 'order', 'no constant', 'body'].includes(mistake),
    );
    await fc.assert(
      fc.asyncProperty(
        base,
        fc.constantFrom(...makings),
        fc.constantFrom('hex', 'unpadded', 'stranger'),
        async (drawn, [, mistake, wrong], other) => {
          const given = { ...drawn, timestamp: drawn.at.toISOString() };
          const made = wrong(given);
          fc.pre(made !== undefined);
          const signature = second(given, made.signature)[other] ?? '';
          const parts = partsOf(given, signature, made.parts);
          const { mistakes } = await diagnoseSignature(parts, given.keys);
          assert.deepEqual(mistakes, other === 'stranger' ? [] : [mistake, other]);
        },
      ),
      { numRuns: RUNS, maxSkipsPerRun: 1000 },
    );
  });

  it('is nothing that two mistakes in the making share', async () => {
    const pairs: readonly ((given: Case) => string)[] = [
      ({ key, timestamp }) => hmac(`${key.apiKey}\n`, `${timestamp}${key.partnerId}`),
      ({ key, timestamp }) => hmac(key.apiKey, `${key.partnerId}${timestamp}`),
      ({ key, timestamp }) => hmac(key.apiKey, `${timestamp}${key.partnerId}\nsid_response`),
      ({ key, body }) => hmac(`${key.apiKey}\n`, JSON.stringify(body)),
      ({ key, timestamp }) =>
        hmac(key.apiKey, `${timestamp}${key.partnerId}sid_request${timestamp}`),
    ];
    await fc.assert(
      fc.asyncProperty(base, fc.constantFrom(...pairs), async (drawn, pair) => {
        const given = { ...drawn, timestamp: drawn.at.toISOString() };
        const { state, mistakes } = await diagnoseSignature(
          partsOf(given, pair(given)),
          given.keys,
        );
        assert.deepEqual({ state, mistakes }, { state: 'unexplained', mistakes: [] });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('A right signature', () => {
  for (const [name, write] of Object.entries(FORMS)) {
    it(`is never accused, whichever profile made it, for a time of the form ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(base, fc.nat(2), fc.boolean(), async (drawn, at, isStated) => {
          const key = drawn.keys[at] ?? drawn.key;
          const given = { ...drawn, key, timestamp: write(drawn.at) };
          const partnerId = isStated ? key.partnerId : null;
          const parts = partsOf(given, rightOf(given), { partnerId });
          for (const checking of [null, key.profile]) {
            const found = await diagnoseSignature(parts, given.keys, checking);
            assert.deepEqual(
              { state: found.state, mistakes: found.mistakes, key: found.key },
              { state: 'right', mistakes: [], key },
            );
          }
        }),
        { numRuns: RUNS },
      );
    });
  }

  it('is right whichever profile is active, and it is said that the key of that one did not make it', async () => {
    await fc.assert(
      fc.asyncProperty(base, async (given) => {
        const [, live] = given.keys;
        const found = await diagnoseSignature(
          partsOf(given, rightOf(given)),
          given.keys,
          live?.profile,
        );
        const { state, mistakes, key } = found;
        assert.deepEqual(
          { state, mistakes, key },
          { state: 'right', mistakes: [], key: given.key },
        );
        const { sentences, fixes } = signatureVerdict(found, { now: NOW, clockSkewMs: null });
        assert.deepEqual(fixes, []);
        assert.match(
          sentences[0] ?? '',
          /^Right, (.* )?with the sandbox key of the profile "acme-test"/,
        );
        assert.equal(
          sentences.at(-1),
          'The production key of the active profile "acme-live" did not make it.',
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('of API v3 is right with the zeros of the partner ID and without them', async () => {
    await fc.assert(
      fc.asyncProperty(base, fc.boolean(), fc.boolean(), async (drawn, isStored, isSigned) => {
        const shown = drawn.key.partnerId;
        const spelled = (isPadded: boolean): string => (isPadded ? shown : unpadded(shown));
        const stored = { ...drawn.key, partnerId: spelled(isStored) };
        const signature = hmac(stored.apiKey, `${drawn.timestamp}${spelled(isSigned)}sid_request`);
        const { state } = await diagnoseSignature(
          partsOf({ ...drawn, place: 'webhook headers' }, signature),
          [stored, ...drawn.keys.slice(1)],
        );
        assert.equal(state, 'right');
      }),
      { numRuns: RUNS },
    );
  });

  it('is one that the official SDK makes; what the SDK refuses is never called right', async () => {
    await fc.assert(
      fc.asyncProperty(base, fc.nat(43), async (drawn, at) => {
        const given = { ...drawn, timestamp: drawn.at.toISOString() };
        const theirs = new Signature(given.key.partnerId, given.key.apiKey);
        const { signature } = theirs.generate_signature(given.timestamp);
        const stateOf = async (text: string) =>
          (await diagnoseSignature(partsOf({ ...given, place: 'body' }, text), [given.key])).state;
        assert.equal(await stateOf(signature), 'right');
        const other = signature[at] === 'A' ? 'B' : 'A';
        const altered = signature.slice(0, at) + other + signature.slice(at + 1);
        const isAccepted = theirs.confirm_signature(given.timestamp, altered);
        if (!isAccepted) assert.notEqual(await stateOf(altered), 'right');
      }),
      { numRuns: RUNS },
    );
  });

  it('is right before it is old: a wrong key is named, whatever its age', async () => {
    await fc.assert(
      fc.asyncProperty(base, fc.integer({ min: -1e10, max: 1e10 }), async (given, age) => {
        const verdict = signatureVerdict(
          await diagnoseSignature(partsOf(given, rightOf(given, 'hex')), given.keys),
          { now: new Date(given.at.getTime() + age), clockSkewMs: null },
        );
        assert.equal(verdict.sentences[0], 'The digest is written in hex.');
      }),
      { numRuns: RUNS },
    );
  });
});

describe('The verdict on a signature', () => {
  const key = keyOf('acme-test', 'sandbox', '085', 'sandbox-key-123');
  const TIME = '2026-03-01T12:00:00.000Z';
  const right: SignatureParts = {
    place: 'body',
    timestamp: TIME,
    signature: hmac(key.apiKey, `${TIME}085sid_request`),
    partnerId: '085',
    bodies: ['{}'],
    expectsHeaders: false,
  };
  const said = async (
    parts: SignatureParts,
    secondsLater = 12,
    clockSkewMs: number | null = null,
  ): Promise<string> => {
    const now = new Date(Date.parse(TIME) + secondsLater * 1000);
    const diagnosis = await diagnoseSignature(parts, [key]);
    return signatureVerdict(diagnosis, { now, clockSkewMs }).sentences.join(' ');
  };

  it('says how old a right signature is, and that age is no fault of the key', async () => {
    assert.deepEqual(await Promise.all([12, 47 * 60, -360].map((later) => said(right, later))), [
      'Right, made 12 s ago, with the sandbox key of the profile "acme-test". It does not cover the body.',
      'Right, with the sandbox key of the profile "acme-test", but 47 min old. A 5-minute window refuses it; nothing is wrong with the key.',
      'Right, with the sandbox key of the profile "acme-test", but its time is 6 min ahead. The clock of this machine is behind, or that of the sender is ahead. Nothing is wrong with the key.',
    ]);
  });

  it("measures the age by Smile ID's clock where that is known, and names a wrong one", async () => {
    assert.deepEqual(
      [await said(right, -348, 360_000), await said(right, 372, -360_000)],
      [
        'Right, made 12 s ago, with the sandbox key of the profile "acme-test". It does not cover the body. The clock of this machine is 6 min behind Smile ID\'s.',
        'Right, made 12 s ago, with the sandbox key of the profile "acme-test". It does not cover the body. The clock of this machine is 6 min ahead of Smile ID\'s.',
      ],
    );
  });

  it('cannot tell, and never says wrong, if no key of the partner is stored', async () => {
    await fc.assert(
      fc.asyncProperty(base, fc.constantFrom(...WRONG), async (given, [, , wrong]) => {
        const made = wrong(given);
        const isOfForm = made?.parts === undefined && made?.signature.includes('|') === false;
        fc.pre(isOfForm);
        const stranger = { ...given, key: { ...given.key, apiKey: given.secret } };
        const { signature } = wrong(stranger) ?? made;
        const partnerId = given.key.partnerId;
        const others = given.keys.filter((other) => other.partnerId !== partnerId);
        for (const keys of [[], others]) {
          const found = await diagnoseSignature(partsOf(given, signature, { partnerId }), keys);
          const verdict = signatureVerdict(found, { now: NOW, clockSkewMs: null });
          assert.equal(found.state, 'cannot tell');
          assert.deepEqual(verdict.sentences, [
            `Cannot tell: no profile has a key of partner ${partnerId}.`,
          ]);
          assert.doesNotMatch(verdict.supportText, /wrong/i);
        }
      }),
      { numRuns: RUNS, maxSkipsPerRun: 1000 },
    );
  });

  it('has no key, no whole signature and no expected one, whatever is diagnosed', async () => {
    /** Pieces long enough to be of use; a name or a time may have shorter ones. */
    const pieces = (text: string): string[] =>
      Array.from({ length: Math.max(0, text.length - 7) }, (_, at) => text.slice(at, at + 8));
    await fc.assert(
      fc.asyncProperty(
        base,
        fc.constantFrom(isRight, ...WRONG.map(([, , wrong]) => wrong)),
        fc.boolean(),
        async (given, wrong, isLive) => {
          const made = wrong(given);
          fc.pre(made !== undefined);
          const [test, live] = given.keys;
          const found = await diagnoseSignature(
            partsOf(given, made.signature, made.parts),
            given.keys,
            (isLive ? live : test)?.profile ?? null,
          );
          const verdict = signatureVerdict(found, { now: NOW, clockSkewMs: 600_000 });
          const all = JSON.stringify(verdict) + verdictText(verdict);
          const secrets = [
            ...given.keys.flatMap((other) => [
              other.apiKey,
              rightOf({ ...given, key: other }),
              rightOf({ ...given, key: other }, 'hex'),
            ]),
            made.signature.trim(),
          ];
          for (const secret of secrets.flatMap(pieces)) {
            assert.ok(!all.includes(secret), `${secret} in ${all}`);
          }
        },
      ),
      { numRuns: RUNS, maxSkipsPerRun: 1000 },
    );
  });

  it('has one thing to do for each mistake, and each sentence on a line of its own', async () => {
    const live = keyOf('acme-live', 'production', '085', 'production-key-123');
    const signature = hmac(key.apiKey, `${TIME}85sid_request`);
    const diagnosis = await diagnoseSignature({ ...right, signature }, [key, live], live.profile);
    assert.equal(
      verdictText(signatureVerdict(diagnosis, { now: NOW, clockSkewMs: null })).split(
        '\n\nWhat',
      )[0],
      [
        'Made with the sandbox key of the profile "acme-test"; the profile "acme-live" checks with its production key.',
        'Right for partner 85; the profile "acme-test" says 085.',
        'Something changed the leading zeros.',
        '',
        'Check with the key of the environment that the job ran in.',
        'Keep the partner ID as text, exactly as the portal shows it.',
      ].join('\n'),
    );
  });

  it('has the partner ID of the text, the one that was signed, and that of the profile', async () => {
    const idsOf = async (parts: Partial<SignatureParts>, signed: string): Promise<string[]> => {
      const signature = hmac(key.apiKey, `${TIME}${signed}sid_request`);
      const diagnosis = await diagnoseSignature({ ...right, signature, ...parts }, [key]);
      const { compared } = signatureVerdict(diagnosis, { now: NOW, clockSkewMs: null });
      return compared.filter((line) => line.startsWith('Partner ID'));
    };
    assert.deepEqual(
      [
        await idsOf({}, '085'),
        await idsOf({ partnerId: '85' }, '085'),
        await idsOf({ partnerId: '85' }, '85'),
        await idsOf({ place: 'text' }, '85'),
        await idsOf({ place: 'text', partnerId: '85' }, '85'),
        await idsOf({ partnerId: null }, '085'),
        await idsOf({ partnerId: '85', signature: hmac(key.apiKey, 'x') }, ''),
      ],
      [
        ['Partner ID: 3 characters, "085"'],
        ['Partner ID: 2 characters, "85"', 'Partner ID that was signed: 3 characters, "085"'],
        ['Partner ID: 2 characters, "85"', 'Partner ID of the profile: 3 characters, "085"'],
        ['Partner ID: 3 characters, "085"', 'Partner ID that was signed: 2 characters, "85"'],
        ['Partner ID: 2 characters, "85"', 'Partner ID of the profile: 3 characters, "085"'],
        ['Partner ID: 3 characters, "085"'],
        ['Partner ID: 2 characters, "85"', 'Partner ID of the profile: 3 characters, "085"'],
      ],
    );
  });

  it('says of what is no digest only that, whichever keys are stored', async () => {
    for (const keys of [[], [key]]) {
      const diagnosis = await diagnoseSignature({ ...right, signature: 'abc' }, keys);
      const { sentences, fixes } = signatureVerdict(diagnosis, { now: NOW, clockSkewMs: null });
      assert.deepEqual(
        [sentences, fixes],
        [
          [
            'These 3 characters are not a signature.',
            'Smile ID writes 32 bytes as 44 characters of Base64.',
          ],
          ['Copy the whole signature.'],
        ],
      );
    }
  });

  it('does not repeat what a text has in place of a time, a partner ID or a signature', async () => {
    const strange: SignatureParts = {
      ...right,
      timestamp: 'Ada Lovelace',
      partnerId: 'ada@example.com',
      signature: 'Ada Lovelace',
    };
    const verdict = signatureVerdict(await diagnoseSignature(strange, [key]), {
      now: NOW,
      clockSkewMs: null,
    });
    assert.doesNotMatch(JSON.stringify(verdict), /Ada|example/);
  });
});

describe('The signatures in a text', () => {
  const SIGNATURE = hmac('sandbox-key-123', '2026-03-01T12:00:00.000Z085sid_request');
  const TIME = '2026-03-01T12:00:00.000Z';
  const callback = { ResultCode: '0810', timestamp: TIME, signature: SIGNATURE };
  const webhook = { status: 'clear', product: 'biometric_kyc', reason: null, message: 'x' };
  const found = (text: string) =>
    findSignatures(text).parts.map(({ bodies, ...parts }) => ({
      ...parts,
      body: bodies[0] ?? null,
    }));
  const ofBody = {
    ...{ place: 'body', timestamp: TIME, signature: SIGNATURE, partnerId: null },
    ...{ expectsHeaders: false, body: JSON.stringify(callback) },
  };
  const ofHeaders = { ...ofBody, place: 'webhook headers', body: JSON.stringify(webhook) };
  const headers = `Response-Signature: ${SIGNATURE}\nResponse-Timestamp: ${TIME}\n`;

  const TEXTS: readonly (readonly [string, string, readonly unknown[]])[] = [
    ['a callback of API v1', JSON.stringify(callback), [ofBody]],
    [
      'a request of API v1',
      JSON.stringify({ partner_id: '085', timestamp: TIME, signature: SIGNATURE }),
      [
        {
          ...ofBody,
          partnerId: '085',
          body: JSON.stringify({ partner_id: '085', timestamp: TIME, signature: SIGNATURE }),
        },
      ],
    ],
    [
      'a callback whose signature is too short',
      JSON.stringify({ timestamp: TIME, signature: 'AAAA' }),
      [
        {
          ...ofBody,
          signature: 'AAAA',
          body: JSON.stringify({ timestamp: TIME, signature: 'AAAA' }),
        },
      ],
    ],
    ['an object with a signature of something else', '{"signature":"Ada"}', []],
    ['a webhook of API v3', `${headers}\n${JSON.stringify(webhook)}`, [ofHeaders]],
    [
      'the body before its headers',
      `${JSON.stringify(webhook)}\n${headers}`,
      [{ ...ofHeaders, body: null }],
    ],
    ['headers alone', headers, [{ ...ofHeaders, body: null }]],
    [
      'headers as an object',
      JSON.stringify({ 'response-signature': SIGNATURE, 'response-timestamp': TIME }),
      [{ ...ofHeaders, body: null }],
    ],
    [
      'a webhook whose time got lost',
      `Response-Signature: ${SIGNATURE}\n\n${JSON.stringify(webhook)}`,
      [{ ...ofHeaders, timestamp: null }],
    ],
    [
      'a webhook without headers',
      JSON.stringify(webhook),
      [{ ...ofHeaders, timestamp: null, signature: null }],
    ],
    [
      'the headers of a request',
      `SmileID-Partner-ID: 85\nSmileID-Timestamp: ${TIME}\nSmileID-Request-Signature: abcd1234`,
      [
        {
          ...{ ...ofBody, place: 'request headers', partnerId: '85', signature: 'abcd1234' },
          body: null,
        },
      ],
    ],
    [
      'a line of a log',
      `WARN signature mismatch partner_id=085 timestamp=${TIME} signature=${SIGNATURE}`,
      [{ ...ofBody, place: 'text', partnerId: '085', body: null }],
    ],
    [
      'code',
      `const timestamp = '${TIME}';\nconst signature = "${SIGNATURE}";\nconst partnerId = '085';`,
      [{ ...ofBody, place: 'text', partnerId: '085', body: null }],
    ],
    [
      'an address',
      `https://me.example/?signature=${encodeURIComponent(SIGNATURE)}&timestamp=${encodeURIComponent(TIME)}`,
      [{ ...ofBody, place: 'text', body: null }],
    ],
    [
      'a body, and what a program computed',
      `${JSON.stringify(callback)}\ncomputed: ${'ab'.repeat(30)}1234`,
      [ofBody, { ...ofBody, signature: `${'ab'.repeat(30)}1234` }],
    ],
    [
      'a body, and code that reads headers',
      `request.headers['response-signature'] // undefined\n${JSON.stringify(callback)}`,
      [{ ...ofBody, expectsHeaders: true }],
    ],
    ['code that signs', 'const body = { timestamp, signature: sign(key, timestamp) };', []],
    ['a text of something else', 'signature: yes, timestamp: no', []],
  ];
  for (const [what, text, parts] of TEXTS) {
    it(`are found in ${what}`, () => {
      assert.deepEqual(found(text), parts);
    });
  }

  it('are twenty at most, and more are mentioned', () => {
    const many = Array.from({ length: 21 }, (_, at) =>
      JSON.stringify({ ...callback, timestamp: `2026-03-01T12:00:${at + 10}Z` }),
    );
    const { parts, truncated } = findSignatures(many.join('\n'));
    assert.deepEqual([parts.length, truncated], [20, true]);
  });

  it('lead to an HMAC over the body as JavaScript and Python write it', async () => {
    const key = keyOf('acme-test', 'sandbox', '085', 'sandbox-key-123');
    const python = '{"ResultCode": "0810", "FullName": "Ad\\u00e9 \\"A\\"", "n": [1, 2]}';
    const value: unknown = JSON.parse(python);
    for (const body of [python, JSON.stringify(value)]) {
      const text = JSON.stringify({
        ...(typeof value === 'object' ? value : {}),
        timestamp: TIME,
        signature: hmac(key.apiKey, body),
      });
      const [parts] = findSignatures(text).parts;
      assert.ok(parts);
      assert.deepEqual((await diagnoseSignature(parts, [key])).mistakes, ['body']);
    }
  });
});

describe('The signatures of a delivery', () => {
  it('are compared with an HMAC over the body, unless that is longer than any real one', async () => {
    const key = keyOf('acme-test', 'sandbox', '085', 'sandbox-key-123');
    const states: string[] = [];
    for (const length of [1_500_000, 2_500_000]) {
      const body = JSON.stringify({ status: 'clear', product: 'x', images: 'A'.repeat(length) });
      const signed = { 'response-timestamp': TIME, 'response-signature': hmac(key.apiKey, body) };
      const [parts = assert.fail()] = partsIn(body, signed);
      states.push((await diagnoseSignature(parts, [key])).state);
    }
    assert.deepEqual(states, ['explained', 'unexplained']);
  });

  const SIGNATURE = hmac('sandbox-key-123', '2026-03-01T12:00:00.000Z085sid_request');
  const TIME = '2026-03-01T12:00:00.000Z';
  const partsIn = (
    body: string,
    headers: Readonly<Record<string, string>> = {},
  ): readonly SignatureParts[] => signaturesOfDelivery({ headers, body: utf8(body) }).parts;

  it('are right wherever they are, whatever else is in headers and body', async () => {
    const value = fc.jsonValue({ maxDepth: 2 });
    const more = fc.dictionary(fc.string(), value);
    const headers = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,9}$/), fc.string());
    await fc.assert(
      fc.asyncProperty(base, more, headers, async ({ key, keys, timestamp }, fields, others) => {
        const signature = hmac(key.apiKey, `${timestamp}${key.partnerId}sid_request`);
        const v1 = { ...fields, ResultCode: '0810', timestamp, signature };
        const signed = { 'response-timestamp': timestamp, 'response-signature': signature };
        for (const [place, found] of [
          ['body', partsIn(JSON.stringify(v1), others)],
          ['webhook headers', partsIn(JSON.stringify(fields), { ...others, ...signed })],
          ['webhook headers', partsIn('no JSON', { ...others, ...signed })],
        ] as const) {
          const [parts] = found;
          const one = parts ?? assert.fail();
          const { state } = await diagnoseSignature(one, keys, key.profile);
          assert.deepEqual([one.place, state], [place, 'right']);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('are found behind a body as long as one can be', () => {
    const long = 'x'.repeat(10 * 1024 * 1024 - 200);
    const body = JSON.stringify({
      ResultCode: '0810',
      long,
      timestamp: TIME,
      signature: SIGNATURE,
    });
    assert.deepEqual(
      partsIn(body, { host: '127.0.0.1:8080' }).map(({ place, signature }) => [place, signature]),
      [['body', SIGNATURE]],
    );
  });

  it('are those of API v1 in a check of headers if the header is there without a value', () => {
    const body = JSON.stringify({ ResultCode: '0810', timestamp: TIME, signature: SIGNATURE });
    const found = [{}, { 'response-signature': '' }].map((headers) =>
      partsIn(body, headers).map(({ expectsHeaders }) => expectsHeaders),
    );
    assert.deepEqual(found, [[false], [true]]);
  });

  it('are missing if only the body of API v3 came, and looked for in what is damaged', () => {
    const webhook = JSON.stringify({ status: 'clear', product: 'enhanced_kyc', reason: null });
    const damaged = `{"ResultCode": "0810", "timestamp": "${TIME}", "signature": "${SIGNATURE}"`;
    const shown = [webhook, damaged, '{'.repeat(1024 * 1024)].map((body) =>
      partsIn(body).map(({ place, signature }) => [place, signature]),
    );
    assert.deepEqual(shown, [[['webhook headers', null]], [['body', SIGNATURE]], []]);
  });
});

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
