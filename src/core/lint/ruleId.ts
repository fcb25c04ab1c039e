// Written by `npm run generate`.
export type RuleId =
  | 'api-key-in-source'
  | 'approved-as-rejected'
  | 'code-as-number'
  | 'envelope-as-verdict'
  | 'partner-id-as-number'
  | 'prefix-test'
  | 'provisional-as-final'
  | 'rejected-as-success'
  | 'server-mismatch'
  | 'signature-as-hex'
  | 'signature-over-body'
  | 'timestamp-twice'
  | 'unknown-code'
  | 'wrong-image-option'
  | 'wrong-signed-text';
