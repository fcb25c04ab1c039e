import { languageOf } from '../text/languages';

/** Languages that have an official SDK. */
export const SDK_LANGUAGES = ['javascript', 'python', 'ruby', 'php', 'java'] as const;
export type SdkLanguage = (typeof SDK_LANGUAGES)[number];

/** @param languageId VS Code's. Null where there is no official SDK that we know. */
export const sdkLanguageOf = (languageId: string): SdkLanguage | null =>
  languageOf(languageId)?.sdk ?? null;
