import * as assert from 'node:assert/strict';
import { extensions, commands } from 'vscode';
import type { SmileApi } from '../../src/vscode/smileApi';
import { LOOKED_UP } from './lookedUp';

/**
 * The part of `npm start` that runs inside VS Code: looks a job up through the extension, prints the outcome, and
 * shows the job. The window stays as it is until the process that started it ends it.
 */
export async function run(): Promise<void> {
  const profile: unknown = JSON.parse(process.env.SMILE_START_PROFILE ?? '');
  const request = {
    userId: 'user-ada-4821',
    jobId: 'biometric-kyc',
    history: true,
    imageLinks: true,
  };
  const api = await extensions.getExtension<SmileApi>('smile-devtools.smile-identity')?.activate();
  assert.ok(api, 'The extension is not installed.');
  await commands.executeCommand('smile.addProfile', profile);

  const outcome = await api.getJobStatus(request);
  console.log(`Job ${request.jobId} of user ${request.userId}: ${outcome.kind}`);
  assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
  const { verdict, result, product } = outcome.job;
  console.log(`  verdict    ${verdict}, ${result?.code ?? 'no code'} ${result?.text ?? ''}`);
  console.log(`  product    ${product ?? 'unknown'}`);
  console.log(`  signature  ${outcome.signature}`);
  for (const { meaning, nextStep } of api.explain(result?.code ?? '', product ?? undefined)) {
    console.log(`  means      ${meaning}`);
    console.log(`  next step  ${nextStep}`);
  }

  await commands.executeCommand('smile.getJobStatus', request);
  console.log(LOOKED_UP);
  await new Promise(() => undefined);
}
