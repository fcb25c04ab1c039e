import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { makeCertificate } from './certificate';
import { scenarios, SIMULATOR_API_KEY, SIMULATOR_PARTNER_ID } from './scenarios';
import { v3Scenarios } from './v3Scenarios';
import { startSimulator } from './server';
import type { Scenario, SimulatorOptions } from './simulator';

const HELP = `A stand-in for Smile ID's APIs, job status of v1 and v3, on this machine only.

  npm run simulator -- [options]

  --port N         port to listen on (default: any free one)
  --tls            https with a throw-away certificate, as the official SDKs want it
  --cert-file F    with --tls: write the certificate to F, for NODE_EXTRA_CA_CERTS and the like
  --partner-id X   partner ID to accept (default: ${SIMULATOR_PARTNER_ID})
  --api-key Y      API key to accept (default: ${SIMULATOR_API_KEY}, which is no secret)
  --help           this text
`;

/** A mistake in the arguments: the text says which, and no stack is needed. */
class UsageError extends Error {}

function readArguments(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        tls: { type: 'boolean', default: false },
        'cert-file': { type: 'string' },
        'partner-id': { type: 'string', default: SIMULATOR_PARTNER_ID },
        'api-key': { type: 'string', default: SIMULATOR_API_KEY },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (text !== undefined && !(/^\d{1,5}$/.test(text) && port <= 65_535)) {
    throw new UsageError(`--port takes a number from 0 to 65535, not "${text}".`);
  }
  return port;
}

/** With --tls: a new certificate, written to a file if requested. */
async function tlsOf(values: ReturnType<typeof readArguments>) {
  if (!values.tls) return {};
  const tls = await makeCertificate();
  if (values['cert-file'] !== undefined) await writeFile(values['cert-file'], tls.cert);
  return { tls };
}

async function main(): Promise<void> {
  const values = readArguments(process.argv.slice(2));
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (values['cert-file'] !== undefined && !values.tls) {
    throw new UsageError('--cert-file needs --tls.');
  }
  if (values['partner-id'] === '' || values['api-key'] === '') {
    throw new UsageError('--partner-id and --api-key must not be empty.');
  }
  const port = portOf(values.port);
  const options: SimulatorOptions = {
    port,
    partnerId: values['partner-id'],
    apiKey: values['api-key'],
    ...(await tlsOf(values)),
  };
  const simulator = await startSimulator(options).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(
      error.code === 'EADDRINUSE'
        ? `Port ${port} is taken. Choose another one, or leave --port out.`
        : `The simulator cannot listen on port ${port}: ${error.message}`,
    );
  });
  const stop = (): void => {
    void simulator.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(
    [
      'The simulator is running; Ctrl+C stops it.',
      '',
      `  URL         ${simulator.url}`,
      `  Partner ID  ${values['partner-id']}`,
      `  API key     ${values['api-key']}`,
      '',
      'Job IDs (the user ID may be anything; any other job ID is approved):',
      ...listOf(scenarios),
      '',
      `API v3 is at ${new URL('/v3', simulator.url).href}, and takes the partner ID without leading zeros.`,
      'Its job IDs, besides those of jobs that you submit:',
      ...listOf(v3Scenarios),
    ].join('\n'),
  );
}

function listOf(list: readonly Scenario[]): readonly string[] {
  const width = Math.max(...list.map(({ jobId }) => jobId.length));
  return list.map(({ jobId, title }) => `  ${jobId.padEnd(width)}  ${title}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? `${error.message}\nTry --help.` : error);
  process.exitCode = 1;
});
