import * as l10n from '../l10n';
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

/** Shown for a check that the catalogue does not know: what Smile ID sent there may be personal. */
export const unknownCheck = (): string => l10n.t('Unknown check');

export const shownValue = (value: string): string =>
  explainActionValue(value) ? value : l10n.t('Unknown value');

/** The order in which checks are shown; those without a group come last. */
const CHECK_GROUPS = ['document', 'face', 'liveness', 'authority', 'human', 'other'] as const;
type Group = (typeof CHECK_GROUPS)[number];

const groupTitle = (group: Group): string =>
  ({
    document: l10n.t('Document'),
    face: l10n.t('Face'),
    liveness: l10n.t('Liveness'),
    authority: l10n.t('ID authority'),
    human: l10n.t('Human review'),
    other: l10n.t('Other'),
  })[group];

function groupOf(key: string): Group {
  if (/^human_review/i.test(key)) return 'human';
  if (/liveness/i.test(key)) return 'liveness';
  if (/document/i.test(key)) return 'document';
  if (/selfie|face/i.test(key)) return 'face';
  return explainAction(key) && key !== 'Listed' ? 'authority' : 'other';
}

const isIdle = ({ value }: ActionReport): boolean => value.toLowerCase() === 'not applicable';

/** Checks by group, and those that were not applicable. */
export function checksOf(
  actions: readonly Action[],
  verdict: Verdict,
): { readonly checks: readonly CheckGroup[]; readonly notApplicable: readonly ActionReport[] } {
  const reports = actions.map(({ key, value }) => actionReport(key, value, verdict));
  return {
    checks: CHECK_GROUPS.flatMap((group) => {
      const checks = reports.filter((report) => groupOf(report.key) === group && !isIdle(report));
      return checks.length === 0 ? [] : [{ title: groupTitle(group), checks }];
    }),
    notApplicable: reports.filter(isIdle),
  };
}

function actionReport(key: string, value: string, verdict: Verdict): ActionReport {
  const action = explainAction(key);
  const meaning = explainActionValue(value);
  return {
    key: action ? key : unknownCheck(),
    label: action?.label ?? unknownCheck(),
    value: shownValue(value),
    class: (verdict === 'error' ? meaning?.classOfError : meaning?.class) ?? 'unknown',
    meaning: action?.meaning ?? null,
    explanation: meaning
      ? meaning.meaning
      : action
        ? l10n.t('This value is unknown. It is masked in Personal details.')
        : l10n.t('This check is unknown. It is masked in Personal details.'),
  };
}
