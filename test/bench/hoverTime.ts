import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { Editor } from '../../src/lazyParts/editor';
import { registerEditorFeatures } from '../../src/vscode/start/registerEditorFeatures';
import { Lazy } from '../../src/vscode/start/lazy';
import { quantile } from './figure';
import { jsonLog, jsonLogInOneLine, randomNumbers } from './texts';

/** Milliseconds, 99th percentile, in the real extension host over a real document. */
export interface HoverTime {
  readonly manyLines: number;
  readonly oneLine: number;
}

const SIZE = 10 * 1024 * 1024;
/** Half of them anywhere, half on four digits, where there is the most to do. */
const POSITIONS = 2000;

/** A suite that calls the hover's provider as VS Code's extension host does. */
export async function run(): Promise<void> {
  const provider = registeredProvider();
  const time: HoverTime = {
    manyLines: await p99(provider, jsonLog(SIZE)),
    oneLine: await p99(provider, jsonLogInOneLine(SIZE)),
  };
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(time));
}

/** The provider that registering hands to VS Code. */
function registeredProvider(): vscode.HoverProvider {
  const register = vscode.languages.registerHoverProvider;
  const providers: vscode.HoverProvider[] = [];
  Object.assign(vscode.languages, {
    registerHoverProvider: (_selector: unknown, given: vscode.HoverProvider) => {
      providers.push(given);
      return new vscode.Disposable(() => undefined);
    },
  });
  const channel = vscode.window.createOutputChannel('Bench', { log: true });
  const jobs = { get: () => Promise.reject(new Error('No key is kept here.')) };
  const extensionUri = vscode.Uri.file('/');
  const make = () => Promise.resolve(new Editor({ channel, extensionUri, version: '0', jobs }));
  registerEditorFeatures(new Lazy(make, channel, () => ''));
  Object.assign(vscode.languages, { registerHoverProvider: register });
  const [provider] = providers;
  if (!provider) throw new Error('No hover was registered.');
  return provider;
}

async function p99(provider: vscode.HoverProvider, content: string): Promise<number> {
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  const token = new vscode.CancellationTokenSource().token;
  const times: number[] = [];
  let shown = 0;
  for (const offset of offsets(content)) {
    const position = document.positionAt(offset);
    const begun = performance.now();
    const hover = await provider.provideHover(document, position, token);
    times.push(performance.now() - begun);
    if (hover) shown += 1;
  }
  if (shown < 100) throw new Error(`Only ${shown} positions had a hover.`);
  return quantile(times, 0.99);
}

function offsets(content: string): number[] {
  const random = randomNumbers(11);
  const digits = /\b\d{4}\b/g;
  return Array.from({ length: POSITIONS }, (_, index) => {
    const anywhere = Math.floor(random() * content.length);
    if (index % 2 === 0) return anywhere;
    digits.lastIndex = anywhere;
    return (digits.exec(content)?.index ?? anywhere) + 2;
  });
}
