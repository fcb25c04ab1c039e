import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TAB_ICONS } from '../../src/vscode/jobPanel/tabIcons';
import { colorOf, contrast } from '../support/contrast';
import { ROOT } from '../support/root';

/** Active and inactive tabs in VS Code's own themes (the extension theme-defaults, and the defaults of colors). */
const TABS = [
  '#ffffff',
  '#e5e5e5',
  '#eaeaea',
  '#1f1f1f',
  '#2b2b2b',
  '#121314',
  '#202122',
  '#000000',
];

describe('The icons of tabs', () => {
  const folder = join(ROOT, 'media/tab');

  it('are one file for each name, and no other', () => {
    assert.deepEqual(
      readdirSync(folder).sort(),
      [...new Set(Object.values(TAB_ICONS))].map((name) => `${name}.svg`).sort(),
    );
  });

  it('are in the package', () => {
    const packed = readFileSync(join(ROOT, '.vscodeignore'), 'utf8').split('\n');
    assert.ok(packed.includes('!media/tab/*'));
  });

  it('stand out from light and dark tabs alike', () => {
    for (const file of readdirSync(folder)) {
      const colors = readFileSync(join(folder, file), 'utf8').match(/#[\da-f]{6}/g) ?? [];
      assert.equal(colors.length, 1, file);
      for (const tab of TABS) {
        assert.ok(contrast(colorOf(colors[0]), colorOf(tab)) >= 3, `${file} on ${tab}`);
      }
    }
  });
});
