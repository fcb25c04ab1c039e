import type { RuleId } from './ruleId';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A file as the editor holds it. */
export interface LintDocument {
  readonly text: string;
  /** VS Code's. A file named `.env` is read as one, whatever its language. */
  readonly languageId: string;
  /** As the workspace shows it, with `/`; empty where there is none. */
  readonly path: string;
}

/** Replaces `start` to `end`; offsets in UTF-16 units of the text as it was. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  /** In the order of the text, without overlaps. Empty where only the command does something. */
  readonly edits: readonly TextEdit[];
  /** What the editor's side does besides: keep the value that the finding spans as a profile's API key. */
  readonly command?: 'moveKeyToProfile';
}

/** One mistake. Offsets in UTF-16 units; of an API key, the key itself without its quotes. */
export interface Finding {
  readonly rule: RuleId;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Only on an API key, and only where something beside it says that it is one for production. */
  readonly production?: boolean;
  /** Only on an API key in a `.env` file: harmless there as long as nobody else gets the file. */
  readonly isEnvFile?: boolean;
}
