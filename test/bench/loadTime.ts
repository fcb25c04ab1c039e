import { writeFileSync } from 'node:fs';
import { extensions } from 'vscode';

interface Times {
  /** First `require` of the file: reading, compiling and running its top level. */
  readonly load: number;
  /** The call of `activate()`, until it returns. */
  readonly activate: number;
}

/** Milliseconds, in the real extension host. */
export interface LoadTime {
  readonly ours: Times;
  /** Of an extension with the same manifest that does nothing, in the same host. */
  readonly empty: Times;
}

/** A suite that lets VS Code activate the timed copy of the extension once start-up is over. */
export async function run(): Promise<void> {
  const extension = extensions.getExtension<LoadTime>('smile-devtools.smile-identity');
  if (!extension || extension.isActive)
    throw new Error('The timed extension is missing or active.');
  await new Promise((done) => setTimeout(done, 3000));
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(await extension.activate()));
}
