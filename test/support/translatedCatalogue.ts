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
import { translate } from '../../src/core/l10n';
import { describeSdkName } from '../../src/core/sdk/describeSdkName';
import { SDK_LANGUAGES } from '../../src/core/sdk/sdkLanguage';
import { SDK_NAMES } from '../../src/core/sdk/sdkNames';

/**
 * Prints what the catalogue says where a translation has the key of a text in place of it: in a process of its own,
 * since it reads its texts once.
 */
const keyed = new Proxy<Record<string, string>>(
  {},
  { get: (_, key) => (String(key).includes(' ') ? undefined : `translation of ${String(key)}`) },
);
translate(keyed);
const said = [
  ...allCodes(),
  { note: explain('2412')[0]?.conflict?.replace(/^.*: /, '') },
  ...allActions().map(explainAction),
  ...allActionValues().map(explainActionValue),
  // languages share a text where they have none of their own
  ...new Set(
    SDK_NAMES.flatMap((name) =>
      SDK_LANGUAGES.map((language) => describeSdkName(name, language)),
    ).flatMap(({ what, trap }) => [what, trap]),
  ),
  ...allProducts().map((product) => ({ note: jobTypeNote(product) })),
  {
    note: allCodes()
      .map(errorNote)
      .find((note) => note !== null),
  },
];
console.log(JSON.stringify(said));
