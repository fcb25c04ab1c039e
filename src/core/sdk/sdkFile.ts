import { CodeTree } from '../text/codeTree';
import { languageOf, PROSE, type Language } from '../text/languages';
import { tokensOf } from '../text/lexer';
import type { Range } from '../text/range';
import { Relevance } from '../text/relevance';
import type { Tokens } from '../text/tokens';
import { importedNames, type ImportedNames } from './imports';
import type { SdkLanguage } from './sdkLanguage';

/** What a file tells of Smile ID. Reading it takes the whole text: keep it for each version of a file. */
export interface SdkFile {
  /** The language of the official SDK that it uses, or null. */
  readonly sdk: SdkLanguage | null;
  /** Whether it surely concerns Smile ID. */
  readonly namesSmile: boolean;
  readonly imports: ImportedNames;
  /** Whether a name is in a comment, or a part of a string, whichever line that began on. */
  readonly isSilent: (name: Range) => boolean;
}

/** The package of each SDK, and what stands before it on its line where it is used. */
const USES: Readonly<Record<SdkLanguage, { readonly name: RegExp; readonly after: RegExp }>> = {
  javascript: {
    name: /smile-identity-core/g,
    after: /(?:\bfrom|\bimport|\b(?:import|require|mock)\s*\()\s*['"]$/,
  },
  python: { name: /\bsmile_id_core\b/g, after: /^\s*(?:from|import)\s+(?:[\w., ]+,\s*)?$/ },
  // Rails requires gems by itself: naming the module is use enough
  ruby: { name: /smile-identity-core|\bSmileIdentityCore\b/g, after: /^/ },
  php: { name: /\bSmileIdentity(?:\\|Core\b)/g, after: /^(?!\s*namespace\b)(?:.*[^\w\\])?\\?$/ },
  java: { name: /\bsmile\.identity\.core\b/g, after: /^[^"]*$/ },
};
/** Characters before the package's name that are read. */
const BEFORE = 200;
/** How a line begins that is in a comment of several lines. */
export const IN_COMMENT = /^\s*\*(?:[\s/]|$)/;

/** Takes time in proportion to the length of the text. */
export function sdkFileOf(text: string, languageId: string): SdkFile {
  const language = languageOf(languageId) ?? PROSE;
  const tokens = tokensOf(text, language);
  const sdk = sdkOf(tokens, language);
  let imports: ImportedNames | null = null;
  return {
    sdk,
    namesSmile: sdk !== null || new Relevance(text, languageId).strength === 'sure',
    get imports() {
      return (imports ??= importedNames(new CodeTree(tokens, language)));
    },
    isSilent: ({ start, end }) => {
      const index = tokens.indexAt(start);
      const kind = tokens.kindAt(index);
      const isAll = tokens.startOf(index) === start && tokens.endOf(index) === end;
      return kind === 'comment' || ((kind === 'text' || kind === 'escape') && !isAll);
    },
  };
}

/** The language of the official SDK that a text imports or clearly uses; null where it does not. */
function sdkOf(tokens: Tokens, { sdk }: Language): SdkLanguage | null {
  if (sdk === null) return null;
  const { name, after } = USES[sdk];
  for (const { index } of tokens.text.matchAll(name)) {
    const before = tokens.text.slice(Math.max(0, index - BEFORE), index);
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const isComment = tokens.kindAt(tokens.indexAt(index)) === 'comment' || IN_COMMENT.test(line);
    if (after.test(line) && !isComment) return sdk;
  }
  return null;
}
