import { explainAction, explainActionValue } from '../catalogue/actions';
import type { ActionClass } from '../catalogue/types';
import type { Action, Verdict } from '../smile/job';

/** One check of a job, explained. */
export interface ActionReport {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly class: ActionClass;
  /** What the check is. */
  readonly meaning: string | null;
  /** What its value says. */
  readonly explanation: string;
}

export interface CheckGroup {
  readonly title: string;
  readonly checks: readonly ActionReport[];
}

/** What is shown of a check that the catalogue does not know: what Smile ID sent there may be personal. */
export const UNKNOWN_CHECK = 'Unknown check';
const UNKNOWN_VALUE = 'Unknown value';

export const shownValue = (value: string): string =>
  explainActionValue(value) ? value : UNKNOWN_VALUE;

/** The order in which checks are shown; what has no group of its own comes last. */
const CHECK_GROUPS = [
  { title: 'Document', has: 'document' },
  { title: 'Face', has: 'face' },
  { title: 'Liveness', has: 'liveness' },
  { title: 'ID authority', has: 'authority' },
  { title: 'Human review', has: 'human' },
  { title: 'Other', has: 'other' },
] as const;

function groupOf(key: string): (typeof CHECK_GROUPS)[number]['has'] {
  if (/^human_review/i.test(key)) return 'human';
  if (/liveness/i.test(key)) return 'liveness';
  if (/document/i.test(key)) return 'document';
  if (/selfie|face/i.test(key)) return 'face';
  return explainAction(key) && key !== 'Listed' ? 'authority' : 'other';
}

const isIdle = ({ value }: ActionReport): boolean => value.toLowerCase() === 'not applicable';

/** What was checked, by what it is about, and what was not applicable. */
export function checksOf(
  actions: readonly Action[],
  verdict: Verdict,
): { readonly checks: readonly CheckGroup[]; readonly notApplicable: readonly ActionReport[] } {
  const reports = actions.map(({ key, value }) => actionReport(key, value, verdict));
  return {
    checks: CHECK_GROUPS.flatMap(({ title, has }) => {
      const checks = reports.filter((report) => groupOf(report.key) === has && !isIdle(report));
      return checks.length === 0 ? [] : [{ title, checks }];
    }),
    notApplicable: reports.filter(isIdle),
  };
}

function actionReport(key: string, value: string, verdict: Verdict): ActionReport {
  const action = explainAction(key);
  const meaning = explainActionValue(value);
  return {
    key: action ? key : UNKNOWN_CHECK,
    label: action?.label ?? UNKNOWN_CHECK,
    value: shownValue(value),
    class: (verdict === 'error' ? meaning?.classOfError : meaning?.class) ?? 'unknown',
    meaning: action?.meaning ?? null,
    explanation: meaning
      ? [meaning.meaning, meaning.advice === 'Nothing to do.' ? '' : meaning.advice]
          .join(' ')
          .trim()
      : `The catalogue does not know this ${action ? 'value' : 'check'}. It is masked in Personal details.`,
  };
}
