/** Languages that have an official SDK. */
export const SDK_LANGUAGES = ['javascript', 'python', 'ruby', 'php', 'java'] as const;
export type SdkLanguage = (typeof SDK_LANGUAGES)[number];
