import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../src/core/clock';
import { hasPassed } from '../../src/core/webhooks/attempts';
import { healthProblem, outcomeText } from '../../src/core/webhooks/endpointWords';
import { sequencesOf, signedInTurn, type Step } from '../../src/core/webhooks/testWebhook';
import { SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from '../../src/node/simulator/scenarios';
import { startSimulator } from '../../src/node/simulator/server';
import { v3Outcome } from '../../src/node/simulator/v3Outcomes';
import { jobIdOfOutcome } from '../../src/node/simulator/v3Scenarios';
import { webhooksOfScenario } from '../../src/node/simulator/webhooksOfScenario';
import { Endpoint } from '../../src/node/webhooks/endpoint';
import { ROOT } from '../support/root';
import { freeAddress } from '../support/stubServer';
import { until } from '../support/until';

const KEY = { partnerId: SIMULATOR_PARTNER_ID, apiKey: SIMULATOR_API_KEY };
const OTHER_KEY = { ...KEY, apiKey: 'that of the other environment' };
const never = new AbortController().signal;
/** The waits between the webhooks of a sequence are left out. */
const hurried: Clock = { ...systemClock, sleep: () => Promise.resolve() };
const V3 = jobIdOfOutcome(v3Outcome('document_verification', 'clear', null));

/** A Python that has Flask: Debian's package is for the one of the system. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import flask'], { stdio: 'ignore' }).status === 0,
);

/** The handlers of the sample workspace, as an integrator would run them. */
const HANDLERS: Readonly<Record<string, readonly [command: string | undefined, file: string]>> = {
  Express: [process.execPath, 'webhooks.js'],
  Flask: [python, 'callback.py'],
};

for (const [name, [command, file]] of Object.entries(HANDLERS)) {
  describe(`A real handler in ${name}`, () => {
    const endpoint = new Endpoint(systemClock);
    let handler: ChildProcess | undefined;
    let output = '';
    let base: string;

    before(async function () {
      if (command === undefined) this.skip(); // Flask is not installed
      base = new URL(await freeAddress()).origin;
      const child = spawn(command, [join(ROOT, 'test/workspace/server', file)], {
        env: {
          ...process.env,
          PORT: new URL(base).port,
          PYTHONUNBUFFERED: '1',
          SMILE_PARTNER_ID: KEY.partnerId,
          SMILE_API_KEY: KEY.apiKey,
        },
      });
      handler = child;
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await until(`the handler: ${output}`, async () => {
        assert.equal(child.exitCode, null, output);
        const url = new URL(base);
        const problem = healthProblem(await endpoint.health(url, never), url);
        return problem === null || undefined;
      });
    });

    after(async () => {
      if (handler?.exitCode !== null) return;
      handler.kill();
      await once(handler, 'exit');
    });

    /** What the handler says to each webhook, and whether that is right. */
    async function send(steps: readonly Step[], path: string, key = KEY): Promise<unknown[]> {
      const url = new URL(path, base);
      const seen: unknown[] = [];
      for await (const { step, webhook } of signedInTurn(steps, key, hurried, never)) {
        const outcome = await endpoint.post(url, webhook, never);
        const body = outcome.kind === 'responded' ? outcome.body : outcomeText(outcome, url);
        const received = /"received":\s*"(\w+)"/.exec(body)?.[1];
        const status = outcome.kind === 'responded' ? outcome.status : outcome.kind;
        seen.push([received ?? status, hasPassed(outcome, step.expected)]);
      }
      return seen;
    }

    const sequences = (scenario: string) => sequencesOf(webhooksOfScenario(scenario, new Date()));

    it('accepts what is signed, and refuses the rest, in every sequence of v1', async () => {
      const seen: Record<string, unknown> = {};
      for (const [sequence, steps] of sequences('provisional-then-approved')) {
        seen[sequence] = await send(steps, '/smile/callback');
      }
      const each = (...codes: readonly string[]) => codes.map((code) => [code, true]);
      assert.deepEqual(
        seen,
        {
          'in order': each('1012', '0814', '1210'),
          'out of order': each('1210', '0814', '1012'),
          twice: each('1012', '1012', '0814', '0814', '1210', '1210'),
          late: each('1012', '0814', '1210'),
          'wrong signature': [[401, true]],
          'no signature': [[401, true]],
          stale: each('1210'),
        },
        output,
      );
    });

    it('accepts what is signed, and refuses the rest, in every sequence of v3', async () => {
      const seen: Record<string, unknown> = {};
      for (const [sequence, steps] of sequences(V3)) {
        seen[sequence] = await send(steps, '/smile/webhook');
      }
      assert.deepEqual(
        seen,
        {
          'in order': [['clear', true]],
          twice: [
            ['clear', true],
            ['clear', true],
          ],
          'processing first': [
            ['processing', true],
            ['clear', true],
          ],
          'wrong signature': [[401, true]],
          'no signature': [[401, true]],
          stale: [['clear', true]],
        },
        output,
      );
    });

    it('refuses what another key signed, and has no other path', async () => {
      const v1 = sequences('base64-photo').get('in order') ?? [];
      const v3 = sequences(V3).get('in order') ?? [];
      assert.deepEqual(
        [
          await send(v1, '/smile/callback'),
          await send(v1, '/smile/callback', OTHER_KEY),
          await send(v3, '/smile/webhook', OTHER_KEY),
          await send(v3, '/elsewhere'),
        ],
        [[['0810', true]], [[401, false]], [[401, false]], [[404, false]]],
        output,
      );
    });

    it('receives the webhooks of a job that was submitted to the simulator', async () => {
      const simulator = await startSimulator();
      try {
        output = '';
        simulator.submit({ scenario: 'approved', callbackUrl: `${base}/smile/callback` });
        const submitted = simulator.submit({ scenario: V3, callbackUrl: `${base}/smile/webhook` });
        assert.ok(submitted.kind === 'submitted');
        await until('the webhooks', () => {
          const isThere = output.includes(`job ${submitted.jobId} is clear`);
          return (isThere && /approved|result 0810/.test(output)) || undefined;
        });
      } finally {
        await simulator.stop();
      }
    });
  });
}
