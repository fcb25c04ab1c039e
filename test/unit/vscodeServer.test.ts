import assert from 'node:assert/strict';
import { engines } from '../../package.json';
import { vscodeVersion } from '../support/vscodeServer';

describe('The VS Code that suites run in', () => {
  it('can be the oldest that the extension supports, by its two numbers or as engines has it', () => {
    const oldest = engines.vscode.replace('^', '');
    assert.equal(vscodeVersion(oldest), vscodeVersion(oldest.replace(/\.0$/, '')));
  });

  it('is one of those that can be had', () => {
    assert.throws(() => vscodeVersion('1.7'), { message: /^No VS Code 1\.7 here\. There are 1\./ });
  });
});
