import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  checkAuthorization,
  type AuthorizationFacts,
} from '../../src/core/report/authorizationChecklist';
import type { KeyOfProfile } from '../../src/core/smile/diagnoseSignature';
import type { Profile } from '../../src/core/smile/profile';
import { sign } from '../../src/core/smile/signature';

const profile: Profile = {
  id: 'p-1',
  name: 'acme-test',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const apiKey = '0123456789abcdef0123456789abcdef';
const TIME = '2026-03-01T12:00:00.000Z';

type Changes = Partial<Omit<AuthorizationFacts, 'signed'>>;

/** The checks of a request that a profile has signed. */
async function checksOf(changes: Changes = {}) {
  const facts = { api: 'v1', profile, apiKey, clockSkewMs: 400, others: [], ...changes } as const;
  const signed = await sign(facts.apiKey, facts.profile.partnerId, TIME);
  return checkAuthorization({ ...facts, signed });
}
const states = async (changes: Changes): Promise<string[]> =>
  (await checksOf(changes)).map(({ state }) => state);
const keyOf = (changes: Partial<Profile>, key = apiKey): KeyOfProfile => {
  const other = { ...profile, id: 'p-2', name: 'acme-live', ...changes };
  return { profile: other, partnerId: other.partnerId, apiKey: key };
};

describe('The checklist for a request that was not authorized', () => {
  it('leaves out for API v3 what matters only to signatures: leading zeros and the clock', async () => {
    const checks = await checksOf();
    assert.equal(checks.length, 4);
    assert.deepEqual(await checksOf({ api: 'v3', clockSkewMs: 3_600_000 }), [checks[0], checks[3]]);
  });

  it('says first what only the portal can show, then what is correct', async () => {
    assert.deepEqual(await checksOf(), [
      {
        state: 'unknown',
        text: 'This request went to sandbox. Each environment has its own API key, and a rotated key stops working at once: compare it with the portal.',
      },
      { state: 'ok', text: 'The partner ID 085 kept its leading zero.' },
      { state: 'ok', text: "The clock of this machine agrees with the server's (0 s apart)." },
      { state: 'ok', text: 'The API key has no spaces, quotes or line breaks (32 characters).' },
    ]);
  });

  for (const [what, partnerId] of [
    ['of the same partner', '085'],
    ['of another partner', '2114'],
  ] as const) {
    it(`finds the key of another environment in a profile ${what}`, async () => {
      const same = [
        keyOf({ id: 'p-3', name: 'acme-copy' }),
        keyOf({ environment: 'production', partnerId }),
      ];
      for (const api of ['v1', 'v3'] as const) {
        assert.deepEqual((await checksOf({ api, others: same }))[0], {
          state: 'problem',
          text: 'The profile "acme-live" (production) has the same API key. Each environment has its own: one of the two is wrong.',
        });
      }
    });
  }

  it('says nothing of a profile that has the same key in the same environment, or another key', async () => {
    const others = [
      keyOf({ id: 'p-3' }),
      keyOf({ environment: 'production' }, 'another-key-of-this-partner'),
    ];
    assert.deepEqual(await checksOf({ others }), await checksOf());
  });

  it('finds the same key beside the partner ID with other zeros, for API v1 only', async () => {
    const others = [keyOf({ partnerId: '85' })];
    assert.deepEqual((await checksOf({ others }))[0], {
      state: 'problem',
      text: 'The profile "acme-live" has the same API key, but the partner ID 85 in place of 085. Leading zeros are part of what is signed: one of the two is wrong.',
    });
    assert.deepEqual(await checksOf({ others, api: 'v3' }), await checksOf({ api: 'v3' }));
  });

  it('suspects a partner ID that lost its zeros', async () => {
    const statesOf = (partnerId: string) => states({ profile: { ...profile, partnerId } });
    assert.deepEqual(
      [await statesOf('85'), await statesOf('2114')],
      [
        ['problem', 'unknown', 'ok', 'ok'],
        ['unknown', 'unknown', 'ok', 'ok'],
      ],
    );
  });

  it('finds a clock that is behind or ahead', async () => {
    const [behind, ahead] = await Promise.all(
      [600_000, -600_000].map(async (clockSkewMs) => (await checksOf({ clockSkewMs }))[0]?.text),
    );
    assert.deepEqual(
      [behind, ahead],
      [
        "The clock of this machine is 10 minutes behind the server's. Signatures contain the time: set the clock.",
        "The clock of this machine is 10 minutes ahead of the server's. Signatures contain the time: set the clock.",
      ],
    );
    assert.deepEqual(await states({ clockSkewMs: null }), ['unknown', 'unknown', 'ok', 'ok']);
  });

  it('finds quotes around a key, and a key of the legacy scheme', async () => {
    for (const key of ['"0123456789abcdef"', "'0123", 'LS0tLS1CRUdJTiBQVUJMSUMgS0VZ']) {
      assert.deepEqual(await states({ apiKey: key }), ['problem', 'unknown', 'ok', 'ok'], key);
    }
  });

  it('never contains the key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 6 }), fc.integer(), async (key, clockSkewMs) => {
        const others = [keyOf({ environment: 'production' }, key)];
        const said = JSON.stringify(await checksOf({ apiKey: key, clockSkewMs, others }));
        const other = 'x'.repeat(key.length);
        const alike = [keyOf({ environment: 'production' }, other)];
        const without = JSON.stringify(
          await checksOf({ apiKey: other, clockSkewMs, others: alike }),
        );
        assert.ok(!said.includes(key) || without.includes(key));
      }),
    );
  });
});
