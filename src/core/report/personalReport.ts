import * as l10n from '../l10n';
import { explainAction } from '../catalogue/actions';
import { isFieldName } from '../catalogue/fieldNames';
import { harmless, isHarmlessText } from '../redact';
import { labelOf, type DetailField, type DetailNode } from './detailReading';
import { suspectReason } from './foundWords';
import type { Antifraud, AmlDetails, PersonalDetails } from './personalDetails';

/** One line of the personal details; lines can contain others. */
export interface DetailEntry {
  /** Identifies the line for revealing: its position, never its content. */
  readonly id: string;
  readonly label: string;
  /** Null if there is none, or if it is masked. */
  readonly value: string | null;
  readonly masked: boolean;
  /** Smile ID sent the field without a value. */
  readonly absent: boolean;
  readonly children: readonly DetailEntry[];
}

export interface DetailSection {
  readonly title: string;
  readonly entries: readonly DetailEntry[];
}

/** A line without an ID yet. `open` values say nothing about a person. */
interface Line {
  readonly label: string;
  /** Whether the label is not the name of a field, and so may be data: it is masked with the value. */
  readonly secret?: boolean;
  readonly value?: string | null;
  readonly open?: boolean;
  readonly absent?: boolean;
  readonly children?: readonly Line[];
}

/**
 * Personal details as sections of lines. Every value, and every label that may be data, is masked unless
 * it is in `revealed`: what is masked is not in the result at all, so that it cannot leave the extension
 * host.
 */
export function detailSectionsOf(
  details: PersonalDetails,
  revealed: ReadonlySet<string> | 'all',
): DetailSection[] {
  const place = (line: Line, parent: string, index: number): DetailEntry => {
    const { label, secret = false, value = null, open = false, absent = false } = line;
    const id = `${parent}.${index}`;
    const personal = secret || (value !== null && !open && !absent);
    const masked = personal && revealed !== 'all' && !revealed.has(id);
    return {
      id,
      label: masked && secret ? l10n.t('Field {0}', index + 1) : label,
      value: masked ? null : value,
      masked,
      absent,
      children: (line.children ?? []).map((child, at) => place(child, id, at)),
    };
  };
  return sectionsOf(details)
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }, section) => ({
      title,
      entries: lines.map((line, index) => place(line, String(section), index)),
    }));
}

/** Whether anything in the sections is masked. */
export function isMasked(sections: readonly DetailSection[]): boolean {
  const masked = (entry: DetailEntry): boolean => entry.masked || entry.children.some(masked);
  return sections.some(({ entries }) => entries.some(masked));
}

function sectionsOf(details: PersonalDetails): { title: string; lines: readonly Line[] }[] {
  const { previousRegistrants: previous, aml, antifraud } = details;
  return [
    { title: l10n.t('ID fields'), lines: details.fields.map(idLine) },
    { title: l10n.t('Entered by the user'), lines: details.provided.map(fieldLine) },
    {
      title: l10n.t('Registered before'),
      lines: previous
        ? [
            {
              label: l10n.t('ID number registered before'),
              value: yesNo(previous.registered),
              open: true,
            },
            ...previous.userIds.map((userId) => ({ label: l10n.t('User ID'), value: userId })),
          ]
        : [],
    },
    { title: l10n.t('Company'), lines: details.company.map(fieldLine) },
    ...details.peopleGroups.map(({ title, people }) => ({
      title,
      lines: people.map(({ name, fields }, index) => ({
        label: l10n.t('Person {0}', index + 1),
        value: name,
        children: fields.map(fieldLine),
      })),
    })),
    {
      title: l10n.t('Additional documents'),
      lines: details.additionalDocuments.map(labelledLine),
    },
    { title: l10n.t('AML'), lines: aml ? amlLines(aml) : [] },
    { title: l10n.t('Antifraud'), lines: antifraud ? antifraudLines(antifraud) : [] },
    {
      title: l10n.t('Unknown checks'),
      lines: details.unknownChecks.map((field) => ({
        ...fieldLine(field),
        secret: explainAction(field.key) === null,
      })),
    },
    { title: l10n.t('Full data'), lines: details.fullData.map(nodeLine) },
    {
      title: l10n.t('Receipt'),
      lines:
        details.receipt === 'present'
          ? [
              {
                label: l10n.t('KYC receipt'),
                value: l10n.t('Available (link hidden)'),
                open: true,
              },
            ]
          : [],
    },
  ];
}

const fieldLine = ({ key, label, value, absent }: DetailField): Line => ({
  label,
  secret: !isFieldName(key),
  value: absent ? l10n.t('Not available') : value,
  absent,
});

/** Country and type of an ID are no personal data. */
const idLine = (field: DetailField): Line => ({
  ...fieldLine(field),
  open: harmless(field.key, field.value, 'id') === field.value,
});

const nodeLine = ({ key, value, children }: DetailNode, index: number): Line => ({
  label: key,
  secret: key !== String(index) && !isKnownPath(key),
  value,
  children: children.map(nodeLine),
});

/** The same with names of fields in words; the authority's own data keeps them as sent. */
const labelledLine = (node: DetailNode, index: number): Line => {
  const { key, children } = node;
  const label =
    key === String(index) ? l10n.t('Entry {0}', index + 1) : isFieldName(key) ? labelOf(key) : key;
  return { ...nodeLine(node, index), label, children: children.map(labelledLine) };
};

/** Whether a key is the name of a field, or a path of such names: `directors[0].address`. */
const isKnownPath = (key: string): boolean =>
  key
    .replace(/\[\d{1,4}\]/g, '')
    .split('.')
    .every(isFieldName);

const yesNo = (value: boolean | null): string =>
  value === null ? l10n.t('Not provided') : value ? l10n.t('yes') : l10n.t('no');

function amlLines({ personsFound, strictMatch, people }: AmlDetails): Line[] {
  const texts = (label: string, values: readonly string[]): Line[] =>
    values.map((value) => ({ label, value }));
  const nodes = (label: string, children: readonly DetailNode[]): Line[] =>
    children.length === 0 ? [] : [{ label, children: children.map(labelledLine) }];
  return [
    {
      label: l10n.t('People found'),
      value: personsFound === null ? l10n.t('Not provided') : String(personsFound),
      open: personsFound === null || personsFound < 10_000,
    },
    {
      label: l10n.t('Strict match'),
      value: strictMatch ?? l10n.t('Not provided'),
      open: strictMatch === null || isHarmlessText(strictMatch),
    },
    ...people.map((person, index) => ({
      label: l10n.t('Person {0}', index + 1),
      value: person.name,
      children: [
        ...person.fields.map(fieldLine),
        ...texts(l10n.t('Alias'), person.aliases),
        ...texts(l10n.t('Date of birth'), person.datesOfBirth),
        ...texts(l10n.t('Nationality'), person.nationalities),
        ...texts(l10n.t('Address'), person.addresses),
        ...nodes(l10n.t('Associations'), person.associations),
        ...nodes(l10n.t('Politically exposed'), person.pep),
        ...nodes(l10n.t('Sanctions'), person.sanctions),
        ...nodes(l10n.t('Enforcement actions'), person.enforcementActions),
        ...nodes(l10n.t('News'), person.newsSummary),
        ...nodes(l10n.t('Adverse media'), person.adverseMedia),
      ],
    })),
  ];
}

function antifraudLines(antifraud: Antifraud): Line[] {
  const { fraudDetected, status, code, text } = antifraud;
  const isOpen = (name: string, value: string): boolean =>
    harmless(name, value, 'antifraud') === value;
  const lines = (label: string, name: string, values: readonly string[]): Line[] =>
    values.map((value) => ({ label, value, open: isOpen(name, value) }));
  const secure = [status, code, text].filter((part) => part !== null).join(' ');
  const signs = [
    ...lines(l10n.t('Fraud risk'), 'risk_level', antifraud.riskLevels),
    ...lines(l10n.t('Fraud risk score'), 'risk_score', antifraud.riskScores),
    ...lines(l10n.t('Fraud risk indicator'), 'risk_indicators', antifraud.riskIndicators),
    ...(secure === ''
      ? []
      : [
          {
            label: 'Smile Secure',
            value: secure,
            open:
              (code === null || harmless('ResultCode', code, 'antifraud') !== null) &&
              isHarmlessText(`${status ?? ''} ${text ?? ''}`),
          },
        ]),
    ...lines(l10n.t('Source'), 'fraud_sources', antifraud.sources),
    ...antifraud.suspects.map(({ userId, reasons }) => ({
      label: l10n.t('Suspect user'),
      value: userId,
      children: reasons.map((reason) => {
        const label = l10n.t('Reason');
        const words = suspectReason(reason);
        return words === null
          ? { label, value: reason, open: isOpen('reasons', reason) }
          : { label, value: words, open: true };
      }),
    })),
  ];
  // not every form of the data has the flag, and its absence must not contradict what was found
  return fraudDetected === null && signs.length > 0
    ? signs
    : [{ label: l10n.t('Fraud detected'), value: yesNo(fraudDetected), open: true }, ...signs];
}
