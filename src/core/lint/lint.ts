import {
  codeAsNumber,
  envelopeAsVerdict,
  provisionalAsFinal,
  rejectedAsSuccess,
} from './codeRules';
import {
  apiKeyInSource,
  partnerIdAsNumber,
  serverMismatch,
  wrongImageOption,
} from './credentialRules';
import { prefixTest } from './prefixTest';
import { RULES, type Finding, type LintDocument, type RuleId } from './finding';
import { signatureAsHex, signatureOverBody, timestampTwice } from './signingRules';
import { Source } from './source';

export { RULES };
export type { Finding, Fix, LintDocument, Rule, RuleId, Severity, TextEdit } from './finding';

const CHECKS: Readonly<Record<RuleId, (source: Source) => Finding[]>> = {
  'api-key-in-source': apiKeyInSource,
  'code-as-number': codeAsNumber,
  'rejected-as-success': rejectedAsSuccess,
  'prefix-test': prefixTest,
  'envelope-as-verdict': envelopeAsVerdict,
  'provisional-as-final': provisionalAsFinal,
  'wrong-image-option': wrongImageOption,
  'server-mismatch': serverMismatch,
  'partner-id-as-number': partnerIdAsNumber,
  'signature-as-hex': signatureAsHex,
  'signature-over-body': signatureOverBody,
  'timestamp-twice': timestampTwice,
};

/**
 * The mistakes of integrators that a file's text shows, sorted by where they begin. Nothing for a file that
 * does not speak of Smile ID, and for languages that the rules do not know. In time proportional to the
 * length of the text; never fails.
 *
 * @param isOn which rules are asked for; what is off costs nothing
 */
export function lint(document: LintDocument, isOn: (rule: RuleId) => boolean): Finding[] {
  return inOrder([...lintInSteps(document, isOn)]);
}

/** The same in steps of a few milliseconds, one for each rule: whoever asks can stop in between. */
export function* lintInSteps(
  document: LintDocument,
  isOn: (rule: RuleId) => boolean,
): Generator<readonly Finding[], void> {
  const source = Source.of(document);
  if (source === null) return;
  for (const { id } of RULES) if (isOn(id)) yield CHECKS[id](source);
}

/** The findings of all steps, sorted by where they begin. */
export const inOrder = (steps: readonly (readonly Finding[])[]): Finding[] =>
  steps.flat().sort((one, other) => one.start - other.start);
