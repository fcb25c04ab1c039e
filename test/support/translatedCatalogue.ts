import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  allActions,
  allActionValues,
  explainAction,
  explainActionValue,
} from '../../src/core/catalogue/actions';
import {
  allCodes,
  allProducts,
  errorNote,
  explain,
  jobTypeNote,
} from '../../src/core/catalogue/catalogue';
import { counterpartsOf } from '../../src/core/catalogue/counterparts';
import { translate } from '../../src/core/l10n';
import { describeSdkName } from '../../src/core/sdk/describeSdkName';
import { SDK_LANGUAGES } from '../../src/core/sdk/sdkLanguage';
import { SDK_NAMES } from '../../src/core/sdk/sdkNames';
import { ROOT } from './root';

const load = createRequire(import.meta.url);

/**
 * Prints what the catalogue says if a translation has the key of a text in place of it: in a process of its own,
 * since it reads its texts once, and after all of core was loaded, which must not read them yet.
 */
const keyed = new Proxy<Record<string, string>>(
  {},
  { get: (_, key) => (String(key).includes(' ') ? undefined : `translation of ${String(key)}`) },
);
const core = join(ROOT, 'src/core');
for (const file of readdirSync(core, { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.ts')) load(join(core, file));
}
translate(keyed);
const said = [
  ...allCodes(),
  { note: explain('2412')[0]?.conflict?.replace(/^.*: /, '') },
  ...allActions().map(explainAction),
  ...allActionValues().map(explainActionValue),
  // languages share a text if they have none of their own
  ...new Set(
    SDK_NAMES.flatMap((name) =>
      SDK_LANGUAGES.map((language) => describeSdkName(name, language)),
    ).flatMap(({ what, trap, v3 }) => [what, trap, v3]),
  ),
  ...allProducts().map((product) => ({ note: jobTypeNote(product) })),
  // codes with the same counterpart share its text
  ...new Set(
    allCodes()
      .flatMap(counterpartsOf)
      .filter((text) => text.includes('translation of')),
  ),
  {
    note: allCodes()
      .map(errorNote)
      .find((note) => note !== null),
  },
];
console.log(JSON.stringify(said));
