import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  checkAuthorization,
  type AuthorizationFacts,
} from '../../src/core/report/authorizationChecklist';
import type { Profile } from '../../src/core/smile/profile';

const profile: Profile = {
  id: 'p-1',
  name: 'acme-test',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
const facts: AuthorizationFacts = {
  api: 'v1',
  profile,
  apiKey: '0123456789abcdef0123456789abcdef',
  clockSkewMs: 400,
  sameKey: [],
};
const states = (changed: Partial<AuthorizationFacts>): string[] =>
  checkAuthorization({ ...facts, ...changed }).map(({ state }) => state);

describe('The checklist for a request that was not authorized', () => {
  it('leaves out for API v3 what matters only to signatures: leading zeros and the clock', () => {
    assert.equal(states({}).length, 4);
    assert.deepEqual(
      checkAuthorization({ ...facts, api: 'v3', clockSkewMs: 3_600_000 }).map(({ text }) => text),
      [0, 3].map((at) => checkAuthorization(facts)[at]?.text),
    );
  });

  it('says what is correct and what only the portal can show', () => {
    assert.deepEqual(checkAuthorization(facts), [
      {
        state: 'unknown',
        text: 'This request went to sandbox. Each environment has its own API key, and a rotated key stops working at once: compare it with the portal.',
      },
      { state: 'ok', text: 'The partner ID 085 kept its leading zero.' },
      { state: 'ok', text: "The clock of this machine agrees with the server's (0 s apart)." },
      { state: 'ok', text: 'The API key has no spaces, quotes or line breaks (32 characters).' },
    ]);
  });

  it('finds the key of another environment', () => {
    const live: Profile = { ...profile, id: 'p-2', name: 'acme-live', environment: 'production' };
    assert.deepEqual(checkAuthorization({ ...facts, sameKey: [live] })[0], {
      state: 'problem',
      text: 'The profile "acme-live" (production) has the same API key. Each environment has its own: one of the two is wrong.',
    });
    assert.deepEqual(states({ sameKey: [{ ...profile, id: 'p-3' }] })[0], 'unknown');
  });

  it('suspects a partner ID that lost its zeros', () => {
    assert.equal(states({ profile: { ...profile, partnerId: '85' } })[1], 'problem');
    assert.equal(states({ profile: { ...profile, partnerId: '2114' } })[1], 'unknown');
  });

  it('finds a clock that is behind or ahead', () => {
    assert.deepEqual(
      [600_000, -600_000].map(
        (clockSkewMs) => checkAuthorization({ ...facts, clockSkewMs })[2]?.text,
      ),
      [
        "The clock of this machine is 10 minutes behind the server's. Signatures contain the time: set the clock.",
        "The clock of this machine is 10 minutes ahead of the server's. Signatures contain the time: set the clock.",
      ],
    );
    assert.equal(states({ clockSkewMs: null })[2], 'unknown');
  });

  it('finds quotes around a key, and a key of the legacy scheme', () => {
    for (const apiKey of ['"0123456789abcdef"', "'0123", 'LS0tLS1CRUdJTiBQVUJMSUMgS0VZ']) {
      assert.equal(states({ apiKey })[3], 'problem', apiKey);
    }
  });

  it('never contains the key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.integer(), (apiKey, clockSkewMs) => {
        const said = JSON.stringify(checkAuthorization({ ...facts, apiKey, clockSkewMs }));
        const without = JSON.stringify(
          checkAuthorization({ ...facts, apiKey: 'x'.repeat(apiKey.length), clockSkewMs }),
        );
        assert.ok(!said.includes(apiKey) || without.includes(apiKey));
      }),
    );
  });
});
