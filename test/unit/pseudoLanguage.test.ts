import * as assert from 'node:assert/strict';
import { originalTexts, pseudoTexts, untranslated } from '../support/pseudoLanguage';

/** Look like a translation, because Smile ID says the same, or because they have no word of three letters. */
const NOT_RECOGNIZED = [
  ...['Smile ID', 'AML', 'ID', '{0} s', '{0} → {1}'],
  ...['{0}: {1} → {2} ({3})', '{0}: {1} → {2}.', 'no', 'call', 'an error', 'error {0}'],
  ...['Approved', 'Pending', 'Rejected', 'Unknown', 'pending', 'rejected'],
  ...['SmartSelfie Authentication, approved', 'SmartSelfie Registration, approved'],
  ...['Document Verification, approved', 'provisional', 'HTTP {0}'],
  ...['{0} ms', '{0} of {1}'],
];

/** The part of a text that is shown: a link without its target. */
const shown = (text: string): string => text.replace(/\]\(command:[^)]*\)/g, ']');

describe('The run in the pseudo-language', () => {
  it('finds each text that is not translated, whichever it is', async () => {
    const { manifest, bundle } = await originalTexts();
    const texts = [...Object.values(manifest), ...Object.values(bundle)];
    const missed = texts.filter((text) => untranslated(shown(text)).length === 0);
    assert.deepEqual(missed.sort(), NOT_RECOGNIZED.sort());
  });

  it('does not treat a translation as English', async () => {
    const { manifest, bundle } = await pseudoTexts();
    const texts = [...Object.values(manifest), ...Object.values(bundle)];
    assert.deepEqual(
      texts.filter((text) => untranslated(shown(text)).length > 0),
      [],
    );
  });
});
