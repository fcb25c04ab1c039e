/** Languages that have an official SDK. */
export const SDK_LANGUAGES = ['javascript', 'python', 'ruby', 'php', 'java'] as const;
export type SdkLanguage = (typeof SDK_LANGUAGES)[number];

const LANGUAGES: ReadonlyMap<string, SdkLanguage> = new Map([
  ['javascript', 'javascript'],
  ['javascriptreact', 'javascript'],
  ['typescript', 'javascript'],
  ['typescriptreact', 'javascript'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['java', 'java'],
]);

/** @param languageId VS Code's. Null where there is no official SDK that we know. */
export const sdkLanguageOf = (languageId: string): SdkLanguage | null =>
  LANGUAGES.get(languageId) ?? null;
