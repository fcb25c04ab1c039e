import actionData from './actions.json';
import { once, oneOf } from './data';
import { translated, valueKey } from './catalogueTexts';
import type { ActionClass, ActionMeaning, ActionValueMeaning } from './types';

const CLASSES = [
  'pass',
  'wait',
  'inconclusive',
  'fail',
  'no_data',
  'not_run',
  'technical',
  'review',
  'unknown',
] as const satisfies readonly ActionClass[];
const actions = once(
  () =>
    new Map(
      actionData.actions.map((action) => [
        action.key,
        translated(`action.${action.key}`, { ...action, note: action.note ?? null }),
      ]),
    ),
);

/** What an action key means (keys of the official SDKs' models); null if it is not known. */
export function explainAction(key: string): ActionMeaning | null {
  return actions().get(key) ?? null;
}

/** Every action key of the catalogue. */
export const allActions = (): readonly string[] => [...actions().keys()];

/** The names of the actions on Smile ID's own pages. */
export const actionNames = (): readonly string[] => actionData.actions.map(({ label }) => label);

const actionValues = once(
  () =>
    new Map(
      actionData.values.map((value) => [
        value.value.toLowerCase(),
        translated(valueKey(value.value), {
          ...value,
          note: value.note ?? null,
        }),
      ]),
    ),
);

/** What the value of an action means. Case is ignored: SDKs and responses differ in it. */
export function explainActionValue(value: string): ActionValueMeaning | null {
  const known = actionValues().get(value.trim().toLowerCase());
  return known
    ? {
        ...known,
        class: oneOf(CLASSES, known.class),
        classOfError: oneOf(CLASSES, known.classOfError ?? known.class),
      }
    : null;
}

/** Every value of an action, as the catalogue writes it. */
export const allActionValues = (): readonly string[] =>
  [...actionValues().values()].map(({ value }) => value);
