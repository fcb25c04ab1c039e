import * as assert from 'node:assert/strict';
import { bundleSize, vsixFiles, vsixSize } from './sizes';

describe('The package', () => {
  it('has a bundle of at most 200 KB', () => {
    assert.ok(bundleSize() <= 200_000, `${bundleSize()} bytes`);
  });

  it('is a VSIX of at most 400 KB', () => {
    assert.ok(vsixSize() <= 400_000, `${vsixSize()} bytes`);
  });

  it('holds what is needed and nothing else', () => {
    const needed =
      /^extension\/(dist\/(extension|panel|parts\/[\w-]+)\.js|dist\/codicon\.(css|ttf)|media\/[\w./-]+|l10n\/[\w.-]+|package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE(\.txt)?)$/i;
    const wrapping = ['[Content_Types].xml', 'extension.vsixmanifest'];
    const files = vsixFiles();
    assert.deepEqual(
      files.filter((file) => !needed.test(file) && !wrapping.includes(file)),
      [],
    );
    for (const file of ['dist/extension.js', 'dist/panel.js', 'package.json']) {
      assert.ok(files.includes(`extension/${file}`), `${file} is missing`);
    }
  });
});
