import assert from 'node:assert/strict';
import { attemptReport, type ReportedAttempt } from '../../src/core/webhooks/attemptReport';
import type { AttemptOutcome } from '../../src/core/webhooks/attempts';

const URL_OF_APP = new URL('http://127.0.0.1:3000/hook');
const AT = new Date('2026-03-01T12:00:00.000Z');
const TIME = AT.toLocaleTimeString();

const responded = (status: number, body = '', isCut = false): AttemptOutcome => ({
  kind: 'responded',
  ...{ status, ms: 40, body, isCut },
  headers: { 'content-type': 'application/json' },
});

const attempt = (
  outcome: AttemptOutcome,
  more: Partial<ReportedAttempt> = {},
): ReportedAttempt => ({
  ...{ api: 'v3', title: 'Biometric KYC, once', at: AT, outcome },
  ...{ expected: 'accepted', verdict: null },
  ...more,
});

const linesOf = (...attempts: readonly ReportedAttempt[]): readonly string[] =>
  attemptReport(URL_OF_APP, attempts).redacted.split('\n');

describe('The report on test webhooks', () => {
  it('says what the endpoint responded to each, what that shows, and what Smile ID would do next', () => {
    assert.deepEqual(
      linesOf(
        attempt(responded(204)),
        attempt(responded(500, '{"message": "out of order"}', true), { verdict: 'still failing' }),
      ),
      [
        'Sent to http://127.0.0.1:3000/hook',
        'Bodies are redacted here. The button with the eye, above, shows them as they came.',
        '',
        `1. Biometric KYC, once, ${TIME}`,
        '   HTTP 204 after 40 ms.',
        '   Smile ID is done: it wants any 2xx within 35 s.',
        '',
        `2. Biometric KYC, once, ${TIME}`,
        '   HTTP 500 after 40 ms.',
        '   Still failing, as in the attempt before.',
        '   Wrong: a valid webhook must be accepted, with a status of 200 to 299.',
        '   Smile ID tries up to 3 more times, since it wants any 2xx within 35 s.',
        '   Body, application/json:',
        '   | {"[redacted]": "out of [redacted]"}',
        '   The rest of the body is not shown.',
        '',
      ],
    );
  });

  it('names the profile whose key signs, and says of no body that it is redacted if none is', () => {
    const { redacted } = attemptReport(URL_OF_APP, [attempt(responded(204))], 'Acme\n(test)');
    assert.deepEqual(redacted.split('\n').slice(0, 3), [
      'Sent to http://127.0.0.1:3000/hook',
      'Profile: Acme (test)',
      '',
    ]);
  });

  it('shows the body as it came to a user who chose to see personal data', () => {
    const { personal } = attemptReport(URL_OF_APP, [attempt(responded(500, '{"name": "Tunde"}'))]);
    assert.deepEqual(
      personal.split('\n').filter((text) => text.includes('|')),
      ['   | {"name": "Tunde"}'],
    );
  });

  it('does not say what Smile ID would do next with a signature that it never makes', () => {
    const wrong = { expected: 'refused' } as const;
    assert.deepEqual(
      linesOf(attempt(responded(401), wrong), attempt(responded(200), wrong)).slice(2),
      [
        `1. Biometric KYC, once, ${TIME}`,
        '   HTTP 401 after 40 ms.',
        '   Right: a webhook with this signature must be refused.',
        '',
        `2. Biometric KYC, once, ${TIME}`,
        '   HTTP 200 after 40 ms.',
        '   Wrong: a webhook with this signature must be refused, with a status of 400 to 499.',
        '',
      ],
    );
  });

  it('judges nothing that was not sent, and says of what may be handled either way that both are right', () => {
    assert.deepEqual(
      linesOf(
        attempt({ kind: 'not allowed', refusal: 'not confirmed' }),
        attempt({ kind: 'stopped' }),
        attempt(responded(400), { expected: 'either' }),
        attempt(responded(200), { expected: 'either' }),
        attempt(responded(500), { expected: 'either' }),
      ).slice(2),
      [
        `1. Biometric KYC, once, ${TIME}`,
        '   Not sent: this address was not confirmed.',
        '',
        `2. Biometric KYC, once, ${TIME}`,
        '   Stopped.',
        '',
        `3. Biometric KYC, once, ${TIME}`,
        '   HTTP 400 after 40 ms.',
        '   Refused. To accept it would be right, too: for example, how old a signature may be is your choice.',
        '   Smile ID tries up to 3 more times, since it wants any 2xx within 35 s.',
        '',
        `4. Biometric KYC, once, ${TIME}`,
        '   HTTP 200 after 40 ms.',
        '   Accepted. To refuse it would be right, too: for example, how old a signature may be is your choice.',
        '   Smile ID is done: it wants any 2xx within 35 s.',
        '',
        `5. Biometric KYC, once, ${TIME}`,
        '   HTTP 500 after 40 ms.',
        '   Wrong: a webhook must be accepted, with a status of 200 to 299, or refused, with one of 400 to 499.',
        '   Smile ID tries up to 3 more times, since it wants any 2xx within 35 s.',
        '',
      ],
    );
  });

  it('masks what an address may carry: the query of the endpoint, and the target of a redirect', () => {
    const location = '/login?email=tunde@example.com&id_number=12345678901';
    const outcome = { kind: 'redirected', status: 302, ms: 40, location } as const;
    const url = new URL('http://127.0.0.1:3000/hook?token=s3cr3t-of-mine');
    const { redacted, personal } = attemptReport(url, [attempt(outcome)]);
    const secrets = ['tunde@example.com', '12345678901', 's3cr3t-of-mine'];
    assert.deepEqual(
      secrets.map((secret) => [redacted.includes(secret), personal.includes(secret)]),
      secrets.map(() => [false, true]),
    );
  });
});
