import { writeFileSync } from 'node:fs';
import { extensions } from 'vscode';

/** Milliseconds, in the real extension host. */
export interface LoadTime {
  /** First `require` of the bundle: reading, compiling and running its top level. */
  readonly load: number;
  /** The call of `activate()`, until it returns. */
  readonly activate: number;
}

/** A suite that lets VS Code activate the timed copy of the extension once start-up is over. */
export async function run(): Promise<void> {
  const extension = extensions.getExtension<LoadTime>('smile-devtools.smile-identity');
  if (!extension || extension.isActive)
    throw new Error('The timed extension is missing or active.');
  await new Promise((done) => setTimeout(done, 3000));
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(await extension.activate()));
}
