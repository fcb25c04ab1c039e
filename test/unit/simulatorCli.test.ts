import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { allScenarios } from '../../src/node/simulator/allScenarios';

interface Run {
  readonly code: unknown;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command line; `whenReady` gets the output once the simulator is running; then the simulator is stopped. */
async function run(
  args: readonly string[],
  whenReady?: (output: string) => Promise<NodeJS.Signals>,
): Promise<Run> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/node/simulator/cli.ts', ...args]);
  let output = '';
  let errors = '';
  let ready = false;
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (ready || !whenReady || !output.includes('unknown-code')) return;
    ready = true;
    whenReady(output).then(
      (signal) => child.kill(signal),
      (error: unknown) => {
        errors += String(error);
        child.kill('SIGKILL');
      },
    );
  });
  const closed: readonly unknown[] = await once(child, 'close');
  return { code: closed[0], output, errors };
}

describe('npm run simulator', () => {
  it('prints address, credentials and scenarios, serves them, and stops on Ctrl+C', async () => {
    const args = ['--partner-id', '0123', '--api-key', 'a key of mine'];
    const { code, output, errors } = await run(args, async (printed) => {
      const url = /URL +(http:\/\/127\.0\.0\.1:\d+)\/v1/.exec(printed)?.[1] ?? '';
      assert.deepEqual(await (await fetch(`${url}/scenarios`)).json(), allScenarios);
      return 'SIGINT';
    });
    assert.deepEqual({ code, errors }, { code: 0, errors: '' });
    assert.match(output, /Partner ID +0123\n +API key +a key of mine\n/);
    for (const { jobId, title } of allScenarios) {
      assert.ok(output.includes(`  ${jobId} `) && output.includes(title), jobId);
    }
  });

  it('serves https with --tls, and stops on SIGTERM', async () => {
    const { code, output, errors } = await run(['--tls'], () => Promise.resolve('SIGTERM'));
    assert.deepEqual({ code, errors }, { code: 0, errors: '' });
    assert.match(output, /URL +https:\/\/127\.0\.0\.1:\d+\/v1/);
  });

  it('lists its options with --help', async () => {
    const { code, output, errors } = await run(['--help']);
    assert.deepEqual({ code, errors }, { code: 0, errors: '' });
    for (const option of ['--port', '--tls', '--cert-file', '--partner-id', '--api-key']) {
      assert.ok(output.includes(`${option} `), option);
    }
  });

  for (const [args, message] of [
    [['--port', 'http'], '--port takes a number from 0 to 65535, not "http".'],
    [['--port', '65536'], '--port takes a number from 0 to 65535, not "65536".'],
    [['--cert-file', 'x.pem'], '--cert-file needs --tls.'],
    [['--api-key', ''], '--partner-id and --api-key must not be empty.'],
    [['--verbose'], "Unknown option '--verbose'"],
  ] as const) {
    it(`says what is wrong with "${args.join(' ')}"`, async () => {
      const errors = `${message}\nTry --help.\n`;
      assert.deepEqual(await run(args), { code: 1, output: '', errors });
    });
  }

  it('says so when the port is taken', async () => {
    let second: Run | undefined;
    const { errors } = await run([], async (printed) => {
      const port = /:(\d+)\/v1/.exec(printed)?.[1] ?? '';
      second = await run(['--port', port]);
      assert.equal(
        second.errors,
        `Port ${port} is taken. Choose another one, or leave --port out.\nTry --help.\n`,
      );
      return 'SIGINT';
    });
    assert.deepEqual([errors, second?.code], ['', 1]);
  });
});
