import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '../support/generatedFiles';
import { ROOT } from '../support/root';

describe('What `npm run generate` writes', () => {
  it('is current', async () => {
    const files = [...(await generatedFiles())];
    assert.deepEqual(
      files.map(([path]) => [path, readFileSync(join(ROOT, path), 'utf8')]),
      files,
      'npm run generate writes it again',
    );
  });
});
