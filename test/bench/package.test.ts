import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/root';
import { bundleSize, vsixFiles, vsixSize } from './sizes';

describe('The package', () => {
  it('has a bundle of at most 200 KB', () => {
    assert.ok(bundleSize() <= 200_000, `${bundleSize()} bytes`);
  });

  it('reads the codes of the catalogue only when one is explained', () => {
    const script = `
      const { Module } = require('node:module');
      const load = Module._load;
      // whatever is asked of it: the bundle looks names up in the prototype
      const any = new Proxy(class {}, { get: (of, key) => of[key] ?? any });
      const vscode = Object.create(any);
      Module._load = (name, ...more) => (name === 'vscode' ? vscode : load(name, ...more));
      require(${JSON.stringify(join(ROOT, 'dist/extension.js'))});
      console.log(Object.keys(require.cache).filter((file) => file.includes('dist')).length);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    assert.deepEqual({ stdout, stderr }, { stdout: '1\n', stderr: '' });
  });

  it('is a VSIX of at most 500 KB', () => {
    assert.ok(vsixSize() <= 500_000, `${vsixSize()} bytes`);
  });

  it('holds what is needed and nothing else', () => {
    const needed =
      /^extension\/(dist\/(extension|panel|parts\/[\w-]+)\.js|dist\/codes\.json|dist\/codicon\.(css|ttf)|media\/[\w./-]+|l10n\/[\w.-]+|package(\.nls)?\.json|readme\.md|changelog\.md|LICENSE(\.txt)?)$/i;
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
