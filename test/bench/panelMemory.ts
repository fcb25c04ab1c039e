import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

/** Bytes of heap and buffers, after collecting garbage, in the real extension host. */
export interface PanelMemory {
  readonly grown: number;
}

const PANELS = 50;

/** A suite that opens panels with images and a long history, closes them, and measures what stays. */
export async function run(): Promise<void> {
  await vscode.commands.executeCommand('smile.startSimulator', { quiet: true });
  await openAndClose(10, 'first'); // what is loaded once is no leak
  const before = used();
  await openAndClose(PANELS, 'job');
  const memory: PanelMemory = { grown: Math.max(0, used() - before) };
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(memory));
}

async function openAndClose(count: number, user: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const request = {
      userId: `${user}-${index}`,
      jobId: 'everything',
      history: true,
      imageLinks: true,
    };
    const outcome: unknown = await vscode.commands.executeCommand('smile.getJobStatus', request);
    if (!(outcome instanceof Object && 'kind' in outcome && outcome.kind === 'answered')) {
      throw new Error('The simulator did not respond.');
    }
    await new Promise((done) => setTimeout(done, 150)); // the page requests its images
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
  await new Promise((done) => setTimeout(done, 1000));
}

function used(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('Garbage cannot be collected here.');
  for (let round = 0; round < 3; round += 1) (collect as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
