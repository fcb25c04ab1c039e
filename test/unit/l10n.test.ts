import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { outcomeLabel } from '../../src/core/catalogue/outcomeLabel';
import { inEnglish, t, textOf, translate } from '../../src/core/l10n';
import { englishTexts } from '../support/englishTexts';
import { ROOT } from '../support/root';

const BUNDLE = 'l10n/bundle.l10n.json';
/** A key of the catalogue, such as `code.0810.biometric_kyc.meaning`; other texts are their own key. */
const KEY =
  /^(?:code|product|action|actionValue|sdk)\.\S.*\.\w+$|^errorNote$|^prefixRule$|^counterpart\.\d[\d_]*$/;

describe('Texts for translators', () => {
  it('are found by their key, and each text of the catalogue has its own', async () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'test/support/translatedCatalogue.ts'],
      { cwd: ROOT, encoding: 'utf8', maxBuffer: 10 * 1024 ** 2 },
    );
    assert.equal(status, 0);
    const shown = [...stdout.matchAll(/translation of ([^"\\]+)/g)].map(([, key = '']) => key);
    const keys = Object.keys(await englishTexts()).filter((key) => KEY.test(key));
    assert.ok(keys.length > 400, `${keys.length} keys`);
    assert.deepEqual(shown.sort(), keys.sort());
  });

  describe('in a translation', () => {
    before(() => {
      translate({ Rejected: 'Abgelehnt', 'code {0}': 'Code {0}', 'some.key': 'Übersetzt' });
    });
    after(() => {
      translate(undefined);
    });

    it('replace the English ones, except in texts for others than the user', () => {
      const said = (): string[] => [
        outcomeLabel('rejected'),
        outcomeLabel('approved'),
        t('code {0}', '0811'),
        textOf('some.key', 'Translated'),
        textOf('other.key', 'English'),
      ];
      const translated = ['Abgelehnt', 'Approved', 'Code 0811', 'Übersetzt', 'English'];
      assert.deepEqual(
        [said(), inEnglish(said), said()],
        [translated, ['Rejected', 'Approved', 'code 0811', 'Translated', 'English'], translated],
      );
    });
  });

  it('number their placeholders from 0, without gaps', () => {
    const bundle = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(readFileSync(join(ROOT, BUNDLE), 'utf8')));
    const numbers = Object.keys(bundle).map((text) =>
      [...text.matchAll(/\{(\d)\}/g)].map(([, digit]) => Number(digit)),
    );
    assert.deepEqual(
      numbers.filter((found) =>
        [...new Set(found)].sort().some((number, index) => number !== index),
      ),
      [],
    );
  });
});
