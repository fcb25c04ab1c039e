import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HANDLER_LANGUAGES } from '../../src/core/handlers/handlerStyles';
import { SDK_LANGUAGES } from '../../src/core/sdk/sdkLanguage';
import {
  idsWith,
  languageOf,
  languageOfPath,
  LANGUAGES,
  type Feature,
} from '../../src/core/text/languages';
import { ROOT } from '../support/root';

const { activationEvents, contributes } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as {
  activationEvents: string[];
  contributes: { menus: Record<string, readonly { command: string; when?: string }[]> };
};
const ids = LANGUAGES.flatMap((language) => language.ids);
const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();

describe('The rows of languages', () => {
  it('have each ID and each ending of a file once', () => {
    const endings = LANGUAGES.flatMap((language) => language.endings);
    assert.deepEqual(sorted(ids), [...ids].sort());
    assert.deepEqual(sorted(endings), [...endings].sort());
  });

  it('say which feature works in which language', () => {
    const script = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'];
    const server = [...script, 'python', 'ruby', 'php', 'java', 'kotlin', 'go', 'csharp'];
    const code = [...server, 'swift', 'dart'];
    const data = ['json', 'jsonc', 'yaml'];
    const features = {
      hover: [...code, ...data, 'log', 'plaintext'],
      completion: [...code, ...data],
      jobLens: [...server, 'json', 'jsonc'],
      responseLens: [...server, 'json', 'jsonc', 'log', 'plaintext', 'markdown'],
      inlineValues: server,
      lint: [...server, ...data, 'dotenv'],
      handlers: code,
    };
    assert.deepEqual(
      Object.keys(features).map((feature) => [feature, sorted(idsWith(feature as Feature))]),
      Object.entries(features).map(([feature, expected]) => [feature, sorted(expected)]),
    );
  });

  it('name each language that handlers and calls of SDKs are written in', () => {
    const named = (column: 'generated' | 'sdk'): string[] =>
      sorted(LANGUAGES.flatMap((language) => language[column] ?? []));
    assert.deepEqual(named('generated'), sorted(HANDLER_LANGUAGES));
    assert.deepEqual(named('sdk'), sorted(SDK_LANGUAGES));
    assert.deepEqual(
      HANDLER_LANGUAGES.map((id) => languageOf(id)?.name),
      ['JavaScript', 'TypeScript', 'Python', 'Ruby', 'PHP', 'Java', 'C#', 'Go', 'Kotlin'],
    );
  });

  it('are the languages whose context menu has our commands', () => {
    const conditions = Object.values(contributes.menus)
      .flat()
      .flatMap(({ when }) => /editorLangId =~ \/(\S+)\//.exec(when ?? '')?.[1] ?? []);
    assert.equal(conditions.length, 4);
    for (const condition of conditions) {
      const inMenu = ids.filter((id) => new RegExp(condition).test(id));
      const explained = idsWith('hover').concat(idsWith('responseLens'));
      assert.deepEqual(sorted(inMenu), sorted(explained));
    }
  });

  it('are the languages that start the extension, and a few others', () => {
    const started = activationEvents.flatMap((event) => /^onLanguage:(.*)/.exec(event)?.[1] ?? []);
    const hovered = idsWith('hover').concat(idsWith('lint'));
    assert.deepEqual(sorted(started), sorted(hovered));
  });

  it('know files by their names', () => {
    const first = (path: string): string | undefined => languageOfPath(path)?.ids[0];
    assert.deepEqual(
      ['a/app.py', 'x.test.tsx', '.env', '.env.local', 'prod.env', 'a.yml', 'Main.kt', 'a.exe'].map(
        first,
      ),
      ['python', 'typescriptreact', 'dotenv', 'dotenv', 'dotenv', 'yaml', 'kotlin', undefined],
    );
    assert.equal(languageOf('cobol'), null);
  });

  it('write what reads a variable of the environment', () => {
    const reads = (id: string): string | undefined => languageOf(id)?.readVariable?.('KEY');
    assert.deepEqual(['typescript', 'python', 'ruby', 'go', 'json'].map(reads), [
      'process.env.KEY',
      'os.environ["KEY"]',
      "ENV.fetch('KEY')",
      'os.Getenv("KEY")',
      undefined,
    ]);
  });
});
