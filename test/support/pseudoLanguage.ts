import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nPseudoLocalized, type l10nJsonFormat } from '@vscode/l10n-dev';
import * as z from 'zod/mini';
import { allActions, allActionValues } from '../../src/core/catalogue/actions';
import { allCodes, allProducts, productLabel } from '../../src/core/catalogue/catalogue';
import { allScenarios } from '../../src/node/simulator/allScenarios';
import { englishTexts } from './englishTexts';
import { ROOT } from './root';

/** What VS Code calls it. */
export const PSEUDO_LANGUAGE = 'qps-ploc';

/**
 * Left out of the language, one text of each way to the screen: a run that does not find them proves nothing.
 * They are English texts of the code, or keys of the catalogue and of package.nls.json.
 */
export const LEFT_OUT = {
  'the page': 'Resubmit?',
  'core, of a response': 'No. A new job may be billed.',
  'core, in an editor': 'Source: official docs',
  'src/vscode': 'Search by code, text or meaning',
  'the catalogue': 'code.0810.biometric_kyc.meaning',
  'a scenario': 'scenario.biometric-kyc',
  'a command': 'command.showLog',
  'a setting': 'setting.recentJobs.limit',
} as const;

const Texts = z.record(z.string(), z.string());
type Texts = z.infer<typeof Texts>;

const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

export interface PseudoTexts {
  /** Of package.nls.json, by key. */
  readonly manifest: Texts;
  /** Of the code, by the English text; of the catalogue, by key. */
  readonly bundle: Texts;
}

/** All texts in the pseudo-language: `Ǿƥḗḗƞ Ĵǿǿƀ`. */
export async function pseudoTexts(): Promise<PseudoTexts> {
  const localized = (texts: l10nJsonFormat): Texts => Texts.parse(getL10nPseudoLocalized(texts));
  return {
    manifest: localized(Texts.parse(read('package.nls.json'))),
    bundle: localized(await englishTexts()),
  };
}

/** All texts in English, by the same keys. */
export async function originalTexts(): Promise<PseudoTexts> {
  const english = Object.entries(await englishTexts()).map(([key, text]) => [
    key,
    typeof text === 'string' ? text : text.message,
  ]);
  return {
    manifest: Texts.parse(read('package.nls.json')),
    bundle: Texts.parse(Object.fromEntries(english)),
  };
}

/** Adds the language, except for what is left out, to an installed extension. */
export async function addPseudoLanguage(extension: string): Promise<void> {
  const { manifest, bundle } = await pseudoTexts();
  mkdirSync(join(extension, 'l10n'), { recursive: true });
  const leftOut = new Set<string>(Object.values(LEFT_OUT));
  const write = (file: string, texts: Texts): void => {
    const given = Object.entries(texts).filter(([key]) => !leftOut.has(key));
    writeFileSync(join(extension, file), JSON.stringify(Object.fromEntries(given)));
  };
  write(`package.nls.${PSEUDO_LANGUAGE}.json`, manifest);
  write(`l10n/bundle.l10n.${PSEUDO_LANGUAGE}.json`, bundle);
}

/** What is the same in every language, by name. */
const ENGLISH: readonly string[] = [
  // names
  ...['Smile ID', 'SmileJobID', 'Local simulator', 'Biometric KYC', 'sandbox-085'],
  // the API's own words: products, labels of codes, checks and their values, categories
  ...allProducts().map(productLabel),
  ...allCodes().flatMap(({ text, altTexts, category, variants }) => [
    ...[text ?? '', category ?? '', ...altTexts],
    ...variants.flatMap((variant) => [variant.text ?? '', ...variant.altTexts]),
  ]),
  ...allCodes().flatMap(({ sources, products, code }) => [...sources, ...products, code]),
  ...[...allActions(), ...allActionValues()],
  // jobs and users of the simulator, and what it sends
  ...allScenarios.map(({ jobId }) => jobId),
  ...['user-1', 'text/html', '403 Forbidden', 'Too Many Requests'],
  'New Kind Of Result',
  // names of formats, languages, servers and units
  ...[
    'API',
    'JSON',
    'HTTP',
    'HTML',
    'cURL',
    'JavaScript',
    'TypeScript',
    'Python',
    'Ruby',
    'PHP',
    'Java',
  ],
  ...['testapi.smileidentity.com', 'api.smileidentity.com', '127.0.0.1', 'AM', 'PM'],
];

/** One may be a part of another. */
const longestFirst = (names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => name !== '').sort((a, b) => b.length - a.length);
const NAMES = longestFirst(ENGLISH);

/**
 * The words of a text that were not translated: in the pseudo-language, all letters have accents.
 * @param names what else is the same in every language
 */
export function untranslated(text: string, names: readonly string[] = []): string[] {
  const known = names.length === 0 ? NAMES : longestFirst([...names, ...ENGLISH]);
  const rest = known.reduce((left, name) => left.replaceAll(name, ' '), text);
  return rest.match(/(?<![\p{L}\d_])[A-Za-z]{3,}(?![\p{L}\d_])/gu) ?? [];
}
