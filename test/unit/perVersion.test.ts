import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { cachePerVersion } from '../../src/vscode/editor/cachePerVersion';

type State = Pick<vscode.TextDocument, 'version' | 'languageId'>;

describe('What is read of a document', () => {
  it('is kept for a version in a language, and read again when either changes', () => {
    const document: { -readonly [Key in keyof State]: State[Key] } = {
      version: 1,
      languageId: 'python',
    };
    const reads: string[] = [];
    const read = cachePerVersion(({ version, languageId }: State) => {
      reads.push(`${version} ${languageId}`);
      return reads.length;
    });
    assert.deepEqual([read(document), read(document)], [1, 1]);
    document.languageId = 'ruby';
    assert.deepEqual([read(document), read(document)], [2, 2]);
    document.version = 2;
    assert.deepEqual([read(document), read(document)], [3, 3]);
    assert.deepEqual(reads, ['1 python', '1 ruby', '2 ruby']);
  });

  it('is kept for each document', () => {
    const read = cachePerVersion(({ languageId }: State) => languageId);
    const one = { version: 1, languageId: 'python' };
    const other = { version: 1, languageId: 'ruby' };
    assert.deepEqual([read(one), read(other), read(one)], ['python', 'ruby', 'python']);
  });
});
