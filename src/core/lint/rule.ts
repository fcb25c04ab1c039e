import { idsWith, languageOf } from '../text/languages';
import type { Finding, Fix, Severity } from './finding';
import type { RuleId } from './ruleId';
import type { Stretch } from './search';
import type { Source } from './source';

/** One mistake, as its rule reports it. */
export interface Problem<Detail> extends Pick<
  Finding,
  'start' | 'end' | 'message' | 'production' | 'isEnvFile'
> {
  /** What the fix needs to know besides; left out where there is none. */
  readonly detail?: Detail | undefined;
}

interface RuleParts<Detail> {
  readonly id: RuleId;
  readonly title: string;
  /** A warning, unless another one is given. */
  readonly severity?: Severity;
  /** VS Code's IDs; without it, all languages that are checked. */
  readonly languages?: readonly string[];
  readonly check: (source: Source) => Iterable<Problem<Detail>>;
  /** @param range what is reported */
  readonly fix?: (source: Source, range: Stretch, detail: Detail) => readonly Fix[];
}

/** A rule, whatever its fix needs to know. */
export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly findingsIn: (source: Source) => Finding[];
}

/** Of what `npm run generate` makes the page of a rule, its setting and its row in the README. */
export interface RuleDocumentation {
  /** What it finds, in a table. */
  readonly summary: string;
  /** What it finds, beside the choice of its severity. */
  readonly setting: string;
  /** Why, and what its fix does, in Markdown. */
  readonly text: string;
  /** In JavaScript: code in which it finds something, and the same without the mistake. */
  readonly wrong: string;
  readonly right: string;
}

const LINTED = idsWith('lint');

/** Languages that can read a variable of the environment, which data cannot. */
export const CODE = LINTED.filter((id) => typeof languageOf(id)?.readVariable === 'function');

export function defineRule<Detail = never>({
  id,
  title,
  severity = 'warning',
  languages = LINTED,
  check,
  fix,
}: RuleParts<Detail>): Rule {
  const findingsIn = (source: Source): Finding[] =>
    Array.from(check(source), ({ detail, ...problem }) => {
      const { start, end } = problem;
      const fixes = detail === undefined ? undefined : fix?.(source, { start, end }, detail);
      return { rule: id, ...problem, fixes: fixes ?? [] };
    });
  return {
    id,
    title,
    severity,
    findingsIn: (source) => (languages.includes(source.languageId) ? findingsIn(source) : []),
  };
}
