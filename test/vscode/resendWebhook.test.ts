import * as assert from 'node:assert/strict';
import type { ReplayOutcome } from '../../src/core/smile/v3Client';
import type { Profile } from '../../src/core/smile/profile';
import type { Profiles } from '../../src/vscode/credentials/profiles';
import { ResendWebhook } from '../../src/vscode/lookup/resendWebhook';
import { ProductionGate } from '../../src/vscode/productionGate';
import { recordScreen } from '../support/screen';

const JOB = 'job_01m45mn5m0enwb31m7wv7rmj1f';
const profileIn = (environment: Profile['environment']): Profile => ({
  ...{ id: 'p', name: 'acme', environment, partnerId: '085', url: null },
});
const refused = (httpStatus: number, message: string): ReplayOutcome => ({
  ...{ kind: 'refused', httpStatus, code: null, message, requestId: null, retryAt: null, raw: {} },
});

describe('Resend Webhook', () => {
  /** As a user who types an address, and presses a button of each message. */
  const resend = async (
    environment: Profile['environment'],
    address: string,
    presses: boolean,
    outcome: ReplayOutcome = { kind: 'accepted' },
  ) => {
    const sent: (string | null)[] = [];
    const profiles = {
      credentials: () => Promise.resolve({ partnerId: '085', apiKey: 'k', baseUrl: 'x' }),
    } as unknown as Profiles;
    const api = {
      replay: (_: unknown, _jobId: string, callbackUrl: string | null) => {
        sent.push(callbackUrl);
        return Promise.resolve(outcome);
      },
    };
    const screen = recordScreen({
      type: () => address,
      press: (_text, buttons) => (presses ? buttons[0] : undefined),
    });
    const command = new ResendWebhook(api, profiles, new ProductionGate());
    const again = () => command.resend(profileIn(environment), JOB);
    try {
      await again();
      if (environment === 'production') await again();
    } finally {
      screen.stop();
    }
    return { sent, said: screen.texts.map(({ text }) => text) };
  };

  it('asks in production each time, and names the live system and the address', async () => {
    const { sent, said } = await resend('production', 'https://me.example/hook', true);
    assert.deepEqual(sent, ['https://me.example/hook', 'https://me.example/hook']);
    const dialogs = said.filter((text) => text.startsWith(`Resend the webhook of job ${JOB}`));
    assert.equal(dialogs.length, 2);
    assert.ok(
      said.includes(
        'Smile ID sends the stored result again, to https://me.example/hook. A live system may act on it a second time. The job is not run again.',
      ),
    );
  });

  it('sends nothing in production without the consent of the user', async () => {
    assert.deepEqual((await resend('production', '', false)).sent, []);
  });

  it('leaves the address to Smile ID if none is entered, and says what that means', async () => {
    const { sent, said } = await resend('sandbox', '', true);
    assert.deepEqual(sent, [null]);
    assert.match(
      said.join('\n'),
      /the address stored with the job or the partner's default, which the API does not reveal/,
    );
  });

  const REFUSALS: readonly [number, string, RegExp][] = [
    [400, 'No valid callback URL available', /knows no address to send it to: enter one/],
    [400, 'Unable to determine product for this job', /cannot tell the product of this job/],
    [400, '"job_id" must be a valid TypeID', /did not accept the job ID or the address/],
    [401, 'Invalid authentication credentials.', /did not accept the credentials/],
    [403, 'Callback url not allowed.', /is not on the list of your account/],
    [404, 'Job not found', /knows no such job/],
    [404, 'Reference not found for this job', /has no stored result/],
    [409, 'Job is still processing.', /still processing: only finished jobs/],
    [415, 'Unsupported Media Type', /did not accept the form of the request/],
  ];
  for (const [httpStatus, message, sentence] of REFUSALS) {
    it(`has a sentence for HTTP ${httpStatus}: ${message}`, async () => {
      const { said } = await resend('sandbox', '', true, refused(httpStatus, message));
      const last = said.at(-1) ?? '';
      assert.match(last, /^The webhook is not sent again\. /);
      assert.match(last, sentence);
    });
  }

  it('does not say of HTTP 500 that nothing was sent', async () => {
    const failed = refused(500, 'An unexpected error occurred.');
    const { said } = await resend('sandbox', '', true, failed);
    assert.match(said.at(-1) ?? '', /^It is not known whether Smile ID sends the webhook again/);
  });
});
