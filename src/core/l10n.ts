import { config, t } from '@vscode/l10n';

export { t };

/** Translations by the English text, or by the key of a text that is data; as `vscode.l10n.bundle` has them. */
export type Translations = Readonly<Record<string, string>>;

/**
 * Sets the translations that `t` uses. Called once, when a part or the page is loaded: no text may be looked up
 * while modules are still being loaded. Without translations all texts are in English.
 */
export function translate(translations: Translations | undefined): void {
  known = translations ?? {};
  config({ contents: known });
}

let known: Translations = {};

/** Makes a text in English, for a reader other than the user. What was translated before stays translated. */
export function inEnglish<T>(make: () => T): T {
  config({ contents: {} });
  try {
    return make();
  } finally {
    config({ contents: known });
  }
}

/** A text of our data: its translation is found by its key, so that the English text may be corrected. */
export function textOf(key: string, english: string): string {
  const translated = t(key);
  return translated === key ? english : translated;
}
