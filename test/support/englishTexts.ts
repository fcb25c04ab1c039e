import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import actionData from '../../src/core/catalogue/actions.json';
import { allCodes, allProducts, jobTypeNote } from '../../src/core/catalogue/catalogue';
import codeData from '../../src/core/catalogue/codes.json';
import {
  codeKey,
  counterpartKey,
  sdkKey,
  textsIn,
  valueKey,
  variantKey,
} from '../../src/core/catalogue/catalogueTexts';
import { SDK_NAMES } from '../../src/core/sdk/sdkNames';
import { allScenarios } from '../../src/node/simulator/allScenarios';
import { v3Outcomes } from '../../src/node/simulator/v3Outcomes';
import { jobIdOfOutcome } from '../../src/node/simulator/v3Scenarios';
import { ROOT } from './root';

let texts: Promise<l10nJsonFormat> | undefined;

/**
 * All that can be translated, except for package.nls.json: the texts of the sources, then those of the catalogue.
 * Read once for all suites, since that takes seconds.
 */
export const englishTexts = (): Promise<l10nJsonFormat> => (texts ??= readTexts());

async function readTexts(): Promise<l10nJsonFormat> {
  const sorted = Object.entries(await textsOfSources()).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries([...sorted, ...textsOfCatalogue()]);
}

/** Microsoft's tool knows the texts by `l10n.t` of a module of its own, which core/l10n.ts passes on. */
async function textsOfSources(): Promise<l10nJsonFormat> {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));
  return await getL10nJson(
    sources.map((source) => ({
      extension: '.ts',
      contents: source.replace(
        /^(import \* as l10n from )'[./]+(?:core\/)?l10n'/m,
        "$1'@vscode/l10n'",
      ),
    })),
  );
}

/** Scenarios whose title has product, status and reason only, which are the same in every language. */
const OF_NAMES_ONLY = new Set(
  v3Outcomes.filter(({ certainty }) => certainty === 'documented').map(jobIdOfOutcome),
);

/** By code and field, and the titles of the simulator's scenarios by job ID. */
function textsOfCatalogue(): readonly (readonly [key: string, english: string])[] {
  const codes = allCodes().flatMap((meaning) => {
    const key = codeKey(meaning);
    return [
      ...textsIn(key, meaning),
      ...meaning.variants.flatMap((variant) => textsIn(variantKey(key, variant), variant)),
    ];
  });
  const products = allProducts().flatMap((product) =>
    textsIn(`product.${product}`, { note: jobTypeNote(product) }),
  );
  const actions = [
    ...actionData.actions.flatMap((action) => textsIn(`action.${action.key}`, action)),
    ...actionData.values.flatMap((value) => textsIn(valueKey(value.value), value)),
  ];
  const sdk = SDK_NAMES.flatMap(({ kind, names, variants, ...texts }) => [
    ...textsIn(sdkKey(kind, names), texts),
    ...Object.entries(variants).flatMap(([language, variant]) =>
      textsIn(sdkKey(kind, names, language), variant),
    ),
  ]);
  return [
    ...[...codes, ...products, ...actions, ...sdk].map(
      ({ key, english }) => [key, english] as const,
    ),
    ...allScenarios
      .filter(({ jobId }) => !OF_NAMES_ONLY.has(jobId))
      .map(({ jobId, title }) => [`scenario.${jobId}`, title] as const),
    ...codeData.counterparts.flatMap(({ codes, text }) =>
      text === undefined ? [] : [[counterpartKey(codes), text] as const],
    ),
    ['errorNote', codeData.errorNote.text],
    ['prefixRule', codeData.prefixRule.text],
  ];
}
