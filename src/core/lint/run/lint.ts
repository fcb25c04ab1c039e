import { boundToChange } from '../change';
import { RULES } from './allRules';
import type { Finding, LintDocument } from '../finding';
import type { RuleId } from '../ruleId';
import { Source } from '../source';

export { RULES };
export type { Finding, Fix, LintDocument, Severity, TextEdit } from '../finding';
export type { RuleId } from '../ruleId';

/** What a check of a file came to, as the next check of the same file needs it. */
export interface Check {
  /** Sorted by where they begin. */
  readonly findings: readonly Finding[];
  /** All that the rules found, also where another service is nearer. */
  readonly candidates: readonly Finding[];
  /** Null where the rules do not apply. */
  readonly source: Source | null;
}

/**
 * The mistakes of integrators that a file's text shows, sorted by where they begin. Nothing for a file that
 * does not speak of Smile ID, and for languages that the rules do not know. In time proportional to the
 * length of the text; never fails. In steps of a few milliseconds, one for each rule: whoever asks can stop in
 * between.
 *
 * @param isOn which rules are asked for; what is off costs nothing
 * @param earlier a check of the same file with the same rules: only what was changed since is looked at, and
 *   what may look at it, as long as the rest of the file says the same
 */
export function* lintInSteps(
  document: LintDocument,
  isOn: (rule: RuleId) => boolean,
  earlier?: Check,
): Generator<undefined, Check> {
  const source = Source.of(document);
  if (source === null) return { findings: [], candidates: [], source };
  const join = earlier?.source ? boundToChange(earlier.source, earlier.candidates, source) : null;
  const found: Finding[] = [];
  for (const { id, findingsIn } of RULES) {
    if (!isOn(id)) continue;
    found.push(...findingsIn(source));
    yield;
  }
  const candidates = [...(join ? join(found) : found)].sort(
    (one, other) => one.start - other.start,
  );
  const findings = candidates.filter(({ start }) => source.isSureAt(start));
  return { findings, candidates, source };
}
