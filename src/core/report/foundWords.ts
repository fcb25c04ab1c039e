import * as l10n from '../l10n';
import { isList, isObject, type JsonObject } from '../smile/fields';
import { antifraudDataOf } from '../smile/fraudSignals';

/** More people than these are counted, not described. */
const PEOPLE_IN_WORDS = 3;

/** The kinds of entries that an AML response has for a person. Both spellings, as API v1 and v3 send them. */
const KINDS: readonly { readonly names: readonly string[]; readonly label: () => string }[] = [
  { names: ['sanctions', 'Sanctions'], label: () => l10n.t('sanctions') },
  { names: ['pep', 'Pep', 'PEP'], label: () => l10n.t('politically exposed') },
  {
    names: ['enforcement_actions', 'EnforcementActions'],
    label: () => l10n.t('enforcement actions'),
  },
  {
    names: ['adverse_media', 'AdverseMedia', 'news_summary', 'NewsSummary'],
    label: () => l10n.t('adverse media'),
  },
];

/** Reasons of Smile Secure (pages of API v3, at second hand). Others are text of the server, and stay masked. */
const REASONS: ReadonlyMap<unknown, () => string> = new Map([
  ['same-face', () => l10n.t('same face')],
  ['same-id-number', () => l10n.t('same ID number')],
]);

/** A reason for which another user is suspect, in words; null if it is not a documented one. */
export const suspectReason = (reason: unknown): string | null => REASONS.get(reason)?.() ?? null;

/**
 * What a response found about people, in words without personal data: on which kinds of lists they are, and why other users
 * are suspect. The details are shown masked, so without this a reader would not learn why.
 *
 * @param parts the result, and the response around it
 */
export function foundWords(...parts: readonly JsonObject[]): string[] {
  return [...listedWords(parts), ...suspectWords(parts)];
}

function listedWords(parts: readonly JsonObject[]): string[] {
  const lists = parts.flatMap(({ people, People }) => [people, People]).filter(isList);
  const people = (lists[0] ?? []).filter(isObject);
  const found = people.slice(0, PEOPLE_IN_WORDS).flatMap((person, at) => {
    const kinds = KINDS.filter(({ names }) => names.some((name) => hasEntries(person[name])));
    if (kinds.length === 0) return [];
    return [l10n.t('Person {0}: {1}.', at + 1, kinds.map(({ label }) => label()).join(', '))];
  });
  if (found.length === 0) return [];
  const more = people.length - PEOPLE_IN_WORDS;
  return [
    [
      l10n.t('Lists in this response:'),
      ...found,
      ...(more > 0 ? [l10n.t('More people: {0}.', more)] : []),
    ].join(' '),
  ];
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (isList(value) && value.length === 0);

/** API v3 sends all kinds for each person, those without entries as empty lists and nulls. */
const hasEntries = (value: unknown): boolean =>
  isObject(value) ? !Object.values(value).every(isEmpty) : !isEmpty(value);

function suspectWords(parts: readonly JsonObject[]): string[] {
  const reasons = new Set<unknown>(
    (antifraudDataOf(...parts)?.suspects ?? [])
      .filter(isObject)
      .flatMap((suspect) => [
        ...[suspect.reason ?? suspect.Reason].filter((reason) => reason !== undefined),
        ...[suspect.reasons, suspect.Reasons].filter(isList).flat(),
      ]),
  );
  const known = [...REASONS].flatMap(([reason, label]) => (reasons.has(reason) ? [label()] : []));
  if (known.length === 0) return [];
  const list = known.join(', ');
  return [
    known.length === reasons.size
      ? l10n.t('Reasons of Smile ID for the suspect users: {0}.', list)
      : l10n.t('Reasons of Smile ID for the suspect users: {0}, and others (masked below).', list),
  ];
}
