import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { activateSmile } from '../support/smileExtension';

const Bindings = z.object({
  contributes: z.object({
    keybindings: z.array(
      z.object({
        command: z.string(),
        key: z.optional(z.string()),
        mac: z.optional(z.string()),
        when: z.optional(z.string()),
      }),
    ),
  }),
});

/** Keys of a list act on its rows, as those of VS Code's own lists do. */
const inOurView = (when: string): boolean => /^focusedView == smile\.\w+ && listFocus\b/.test(when);

describe('A default key', () => {
  it('is not a key of VS Code itself except in our own lists, and needs no Ctrl+Alt, which types letters on many keyboards', async () => {
    await activateSmile();
    const extension = vscode.extensions.getExtension('smile-devtools.smile-identity');
    const ours = Bindings.parse(extension?.packageJSON).contributes.keybindings;
    assert.ok(ours.length > 0);
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    const bound = [...defaults.getText().matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)];
    assert.ok(bound.length > 500);
    for (const { command, key, mac, when = '' } of ours) {
      assert.doesNotMatch(`${key ?? ''} ${mac ?? ''}`, /ctrl\+alt|alt\+ctrl/);
      if (inOurView(when)) continue;
      assert.deepEqual(
        bound.filter(([, other]) => other === key).map(([, , other]) => other),
        [command],
        key,
      );
    }
  });
});
