export type Severity = 'error' | 'warning' | 'information' | 'hint';

const RULE_IDS = [
  'api-key-in-source',
  'code-as-number',
  'rejected-as-success',
  'prefix-test',
  'envelope-as-verdict',
  'provisional-as-final',
  'wrong-image-option',
  'server-mismatch',
  'partner-id-as-number',
  'signature-as-hex',
  'signature-over-body',
  'timestamp-twice',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

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

export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  readonly defaultSeverity: Severity;
}

const TITLES: Readonly<Record<RuleId, readonly [title: string, severity?: Severity]>> = {
  'api-key-in-source': ['API key in a file'],
  'code-as-number': ['Result code as a number'],
  'rejected-as-success': ['Rejected result code treated as success'],
  'prefix-test': ['Result code tested by its first digits'],
  'envelope-as-verdict': ['Response status used as the verdict'],
  'provisional-as-final': ['First half of Biometric KYC used as final', 'information'],
  'wrong-image-option': ['Image option of another SDK'],
  'server-mismatch': ['Server of the other environment'],
  'partner-id-as-number': ['Partner ID as a number'],
  'signature-as-hex': ['Signature in hex'],
  'signature-over-body': ['Signature over the body'],
  'timestamp-twice': ['Timestamp regenerated after signing'],
};

export const RULES: readonly Rule[] = RULE_IDS.map((id) => {
  const [title, defaultSeverity = 'warning'] = TITLES[id];
  return { id, title, defaultSeverity };
});
