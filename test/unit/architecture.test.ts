import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ESLint } from 'eslint';
import { ROOT } from '../support/root';

/** An import in a file, and what the linter must say of it: the start of the message, or nothing. */
type Case = readonly [file: string, code: string, verdict: string | null];

const ONLY_VSCODE = 'Only src/vscode and src/extension.ts know VS Code.';
const ONLY_NODE = 'Only src/node knows Node.';
const ARROWS = 'Arrows point down';
const PROTOCOL = 'Of the page, only its protocol.';

const CASES: readonly Case[] = [
  ['src/core/x.ts', `import 'vscode'`, ONLY_VSCODE],
  ['src/core/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/core/smile/x.ts', `import 'crypto'`, ONLY_NODE],
  ['src/core/x.ts', `import 'node-fetch'`, ONLY_NODE],
  ['src/core/x.ts', `import '../node/http'`, ARROWS],
  ['src/core/smile/x.ts', `import '../../vscode/log'`, ARROWS],
  ['src/core/x.ts', `import '../webview/protocol'`, ARROWS],
  ['src/core/x.ts', `export * from '../node/http'`, ARROWS],
  ['src/core/x.ts', `import './smile/job'`, null],
  ['src/node/x.ts', `import 'vscode'`, ONLY_VSCODE],
  ['src/node/x.ts', `import '../vscode/log'`, ARROWS],
  ['src/node/simulator/x.ts', `import '../../webview/protocol'`, ARROWS],
  ['src/node/x.ts', `import 'node:fs'; import '../core/smile/job'`, null],
  ['src/vscode/x.ts', `import '../node/http'`, ARROWS],
  ['src/vscode/jobPanel/x.ts', `import '../../node/simulator/server'`, ARROWS],
  ['src/vscode/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/vscode/jobPanel/x.ts', `import '../../webview/main'`, PROTOCOL],
  ['src/vscode/jobPanel/x.ts', `import '../../webview/protocol'`, null],
  ['src/vscode/x.ts', `import 'vscode'; import '../core/smile/job'`, null],
  ['src/webview/x.ts', `import 'vscode'`, ONLY_VSCODE],
  ['src/webview/x.ts', `import 'node:fs'`, ONLY_NODE],
  ['src/webview/x.ts', `import '../vscode/log'`, ARROWS],
  ['src/webview/x.ts', `import '../node/http'`, ARROWS],
  ['src/webview/x.ts', `import '../core/catalogue/types'; import './protocol'`, null],
  ['src/extension.ts', `import 'vscode'; import './node/http'; import './vscode/log'`, null],
];

describe('The architecture', () => {
  // The rules of the house, without the rules about types: the snippets are in no TypeScript project.
  const linter = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports' || ruleId === 'no-console',
  });
  const messages = async (file: string, code: string): Promise<string[]> => {
    const [result] = await linter.lintText(code, { filePath: join(ROOT, file) });
    return result?.messages.map(({ message }) => message) ?? ['not linted'];
  };

  for (const [file, code, verdict] of CASES) {
    it(`${verdict === null ? 'allows' : 'forbids'} ${code} in ${file}`, async () => {
      const found = await messages(file, code);
      if (verdict === null) assert.deepEqual(found, []);
      else
        assert.ok(
          found.some((message) => message.includes(verdict)),
          found.join('\n'),
        );
    });
  }

  it('stores files in one place only, so that Delete All Data finds them all', () => {
    const writers = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(sep).join('/'))
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /\b(write|append|copy)File|createWriteStream|fs\.write|logUri|storagePath/i.test(
          readFileSync(join(ROOT, 'src', name), 'utf8'),
        ),
      );
    assert.deepEqual(writers.sort(), [
      'node/recordFiles.ts',
      'node/simulator/cli.ts', // no part of the extension
      'vscode/jobPanel/pictureExport.ts', // where the user saves it
    ]);
  });

  it('forbids console in the product', async () => {
    assert.equal((await messages('src/core/x.ts', 'console.log(1)')).length, 1);
  });
});
