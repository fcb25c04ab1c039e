import * as assert from 'node:assert/strict';
import type { ReplayOutcome } from '../../src/core/smile/v3Client';
import { SIMULATOR_PROFILE_ID, type Profile } from '../../src/core/smile/profile';
import type { Profiles } from '../../src/vscode/credentials/profiles';
import { ResendWebhook } from '../../src/vscode/lookup/resendWebhook';
import type { WebhookReceiver } from '../../src/core/webhooks/webhookReceiver';
import { ProductionGate } from '../../src/vscode/productionGate';
import { recordScreen } from '../support/screen';

const JOB = 'job_01m45mn5m0enwb31m7wv7rmj1f';
const profileIn = (environment: Profile['environment'], id = 'p'): Profile => ({
  ...{ id, name: 'acme', environment, partnerId: '085', url: null },
});
const refused = (httpStatus: number, message: string): ReplayOutcome => ({
  ...{ kind: 'refused', httpStatus, code: null, message, requestId: null, retryAt: null, raw: {} },
});

const OFF = { receiver: null, publicAddress: null };

describe('Resend Webhook', () => {
  /** As a user who types an address, and presses a button of each message. */
  const resend = async (
    environment: Profile['environment'],
    address: string | null,
    presses: boolean,
    outcome: ReplayOutcome = { kind: 'accepted' },
    id?: string,
    receiver: ConstructorParameters<typeof ResendWebhook>[3] = OFF,
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
      type: (_prompt, value) => address ?? value,
      press: (_text, buttons) => (presses ? buttons[0] : undefined),
    });
    const command = new ResendWebhook(api, profiles, new ProductionGate(), receiver);
    const again = () => command.resend(profileIn(environment, id), JOB);
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
    [400, 'No valid callback URL available', /^No address is known to send it to: enter one/],
    [400, 'Unable to determine product for this job', /^The product of this job is not known/],
    [400, '"job_id" must be a valid TypeID', /^The job ID or the address was not accepted/],
    [
      401,
      'Invalid authentication credentials.',
      /^The credentials of this profile were not accepted/,
    ],
    [
      403,
      'Callback url not allowed.',
      /^The domain of the address is not allowed for your account/,
    ],
    [404, 'Job not found', /^This partner has no such job/],
    [404, 'Reference not found for this job', /^There is no stored result/],
    [409, 'Job is still processing.', /^The job is still processing: only finished jobs/],
    [415, 'Unsupported Media Type', /^The form of the request was not accepted/],
  ];
  for (const [httpStatus, message, sentence] of REFUSALS) {
    it(`has one short sentence for HTTP ${httpStatus}: ${message}`, async () => {
      const { said } = await resend('sandbox', '', true, refused(httpStatus, message));
      const last = said.at(-1) ?? '';
      assert.match(last, sentence);
      assert.ok(last.length < 100 && !last.slice(0, -1).includes('. '), last);
    });
  }

  it('does not say of HTTP 500 that nothing was sent', async () => {
    const failed = refused(500, 'An unexpected error occurred.');
    const { said } = await resend('sandbox', '', true, failed);
    assert.match(
      said.at(-1) ?? '',
      /^An unexpected error occurred\. \(HTTP 500\) It is not known whether the webhook/,
    );
  });

  it('says first where the webhook goes, and who sends it', async () => {
    const hook = 'http://127.0.0.1:3000/hook';
    const accepted: ReplayOutcome = { kind: 'accepted' };
    const results = [
      await resend('sandbox', 'https://me.example/hook', true),
      await resend('sandbox', '', true),
      await resend('local', hook, true, accepted, SIMULATOR_PROFILE_ID),
      await resend('local', '', true, accepted, SIMULATOR_PROFILE_ID),
      await resend('local', 'https://me.example/hook', true),
    ];
    assert.deepEqual(
      results.map(({ said }) => said.at(-1)),
      [
        'https://me.example/hook: the webhook will be sent again by Smile ID.',
        'Stored or default address: the webhook will be sent again by Smile ID.',
        `${hook}: the webhook will be sent again by the simulator.`,
        'The simulator sends the webhook again if an address on this machine is stored with the job. If not, nothing is sent: enter an address.',
        'https://me.example/hook: the webhook will be sent again by the local server.',
      ],
    );
  });

  it('offers the address of the running receiver where the sender can reach it', async () => {
    const LOCAL = 'http://127.0.0.1:4000/secret';
    const PUBLIC = 'https://acme.example/secret';
    const receiver = { url: LOCAL } as WebhookReceiver;
    const offered = async (
      environment: Profile['environment'],
      publicUrl: string | null,
      id?: string,
    ) => {
      const publicAddress =
        publicUrl === null ? null : { url: publicUrl, reach: 'reached' as const };
      const running = { receiver, publicAddress };
      return (await resend(environment, null, true, undefined, id, running)).sent[0];
    };
    assert.deepEqual(
      [
        await offered('production', PUBLIC),
        await offered('sandbox', PUBLIC),
        await offered('production', null),
        await offered('sandbox', null),
        await offered('sandbox', 'http://acme.example/secret'), // API v3 sends to HTTPS only
        await offered('local', PUBLIC, SIMULATOR_PROFILE_ID),
        await offered('local', null),
      ],
      [PUBLIC, PUBLIC, null, null, null, LOCAL, LOCAL],
    );
  });

  it('takes no address that the sender cannot reach, and says which it can', async () => {
    const problemOf = async (
      environment: Profile['environment'],
      address: string,
      id?: string,
    ): Promise<string | undefined> => {
      const { sent, said } = await resend(environment, address, true, undefined, id);
      assert.deepEqual(sent, []);
      return said.at(-1);
    };
    const onlyHere =
      'The simulator sends to this machine only: enter an address that starts with http://127.0.0.1, or nothing.';
    assert.deepEqual(
      [
        await problemOf('local', 'https://me.example/hook', SIMULATOR_PROFILE_ID),
        await problemOf('local', 'ftp://127.0.0.1', SIMULATOR_PROFILE_ID),
        await problemOf('local', 'http://me.example/hook'),
        await problemOf('sandbox', 'http://me.example/hook'),
        await problemOf('sandbox', 'https://127.0.0.1/hook'),
        await problemOf('sandbox', 'http://127.0.0.1:3000/hook'),
        await problemOf('sandbox', 'https://me.example/my hook'),
      ],
      [
        onlyHere,
        onlyHere,
        'Enter an address that starts with https:// or http://127.0.0.1, or nothing.',
        'Enter an address that starts with https://, or nothing.',
        'Smile ID cannot reach an address of this machine.',
        'Smile ID cannot reach an address of this machine.',
        'The address must not contain a space.',
      ],
    );
  });
});
