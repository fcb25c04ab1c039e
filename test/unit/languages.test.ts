import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HANDLER_LANGUAGES } from '../../src/core/handlers/branches';
import { handlerLanguageOf } from '../../src/core/handlers/missingCodes';
import { sdkLanguageOf } from '../../src/core/sdk/sdkLanguage';
import {
  idsWith,
  languageOf,
  languageOfPath,
  LANGUAGES,
  type Feature,
} from '../../src/core/text/languages';
import {
  CODE_LANGUAGES,
  DATA_LANGUAGES,
  DEBUGGED_LANGUAGES,
  HOVER_LANGUAGES,
  LENS_LANGUAGES,
  LINTED,
  TEXT_LANGUAGES,
} from '../../src/vscode/editor/languages';
import { ROOT } from '../support/root';

const { activationEvents } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  activationEvents: string[];
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
    const linted = Array.isArray(LINTED) ? LINTED : [LINTED];
    const expected: Record<Feature, readonly string[]> = {
      hover: HOVER_LANGUAGES,
      completion: [...CODE_LANGUAGES, ...DATA_LANGUAGES],
      jobLens: LENS_LANGUAGES,
      responseLens: [...LENS_LANGUAGES, ...TEXT_LANGUAGES],
      inlineValues: DEBUGGED_LANGUAGES,
      lint: linted.filter((each) => typeof each === 'string'),
      handlers: ids.filter((id) => handlerLanguageOf(id) !== null),
      sdk: ids.filter((id) => sdkLanguageOf(id) !== null),
    };
    for (const feature of Object.keys(expected) as Feature[])
      assert.deepEqual(sorted(idsWith(feature)), sorted(expected[feature]), feature);
    assert.deepEqual(
      HANDLER_LANGUAGES.filter((id) => !idsWith('handlers').includes(id)),
      [],
    );
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
