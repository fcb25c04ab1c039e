import { Relevance } from '../text/relevance';
import { sdkLanguageOf, type SdkLanguage } from './sdkLanguage';

/** What a file tells of Smile ID. Reading it takes the whole text: keep it for each version of a file. */
export interface SdkFile {
  /** The language of the official SDK that it uses, or null. */
  readonly sdk: SdkLanguage | null;
  /** Whether it surely concerns Smile ID. */
  readonly namesSmile: boolean;
}

/** The package of each SDK, and what stands before it on its line where it is used. */
const USES: Readonly<Record<SdkLanguage, { readonly name: RegExp; readonly after: RegExp }>> = {
  javascript: {
    name: /smile-identity-core/g,
    after: /(?:\bfrom|\bimport|\b(?:import|require|mock)\s*\()\s*['"]$/,
  },
  python: { name: /\bsmile_id_core\b/g, after: /^\s*(?:from|import)\s+(?:[\w., ]+,\s*)?$/ },
  // Rails requires gems by itself: naming the module is use enough
  ruby: { name: /smile-identity-core|\bSmileIdentityCore\b/g, after: /^[^#]*$/ },
  php: { name: /\bSmileIdentity(?:\\|Core\b)/g, after: /^(?!\s*namespace\b)(?:.*[^\w\\])?\\?$/ },
  java: { name: /\bsmile\.identity\.core\b/g, after: /^[^"]*$/ },
};
const COMMENT = /^\s*(?:\/\/|#|\/?\*)/;
/** Characters before the package's name that are read. */
const BEFORE = 200;

/** The language of the official SDK that a text imports or clearly uses; null where it does not. */
function sdkOf(text: string, languageId: string): SdkLanguage | null {
  const language = sdkLanguageOf(languageId);
  if (language === null) return null;
  const { name, after } = USES[language];
  for (const { index } of text.matchAll(name)) {
    const before = text.slice(Math.max(0, index - BEFORE), index);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    if (after.test(line) && !COMMENT.test(line)) return language;
  }
  return null;
}

/** Takes time in proportion to the length of the text. */
export function sdkFileOf(text: string, languageId: string): SdkFile {
  const sdk = sdkOf(text, languageId);
  return { sdk, namesSmile: sdk !== null || new Relevance(text, languageId).strength === 'sure' };
}
