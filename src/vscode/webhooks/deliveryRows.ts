import * as vscode from 'vscode';
import { withoutMarks } from '../../core/harmlessText';
import { plain } from '../../core/markdown';
import { productLabel } from '../../core/catalogue/catalogue';
import { stateLabel } from '../../core/report/jobState';
import type { DeliveryAnswer, Delivery } from '../../core/webhooks/delivery';
import { isValid, stateOfDelivery } from '../../core/webhooks/delivery';
import type { JobDeliveries } from '../../core/webhooks/deliveries';
import { stillToCome } from '../../core/webhooks/stillToCome';
import { ageOf } from '../age';
import { environmentLabel } from '../environmentLabel';
import { stateIcon } from '../stateIcons';

/** A delivery in the list. */
export class DeliveryRow {
  constructor(readonly delivery: Delivery) {}
}

/** The valid deliveries of one job. */
export class JobRow {
  constructor(readonly job: JobDeliveries) {}
}

/** Those without a valid signature: anybody who knows the address can send them. */
export class NotValidRow {
  constructor(readonly deliveries: readonly Delivery[]) {}
}

export type Row = DeliveryRow | JobRow | NotValidRow;

export function itemOf(row: Row): vscode.TreeItem {
  if (row instanceof DeliveryRow) return deliveryItem(row.delivery);
  return row instanceof JobRow ? jobItem(row.job) : notValidItem(row.deliveries);
}

export const idOf = (row: Row): string => {
  if (row instanceof DeliveryRow) return `delivery ${row.delivery.number}`;
  return row instanceof JobRow
    ? `job ${JSON.stringify([row.job.jobId, row.job.userId, row.job.signedBy?.id])}`
    : 'not valid';
};

function jobItem({ jobId, userId, signedBy, deliveries }: JobDeliveries): vscode.TreeItem {
  const [newest] = deliveries;
  const name = jobId === null ? vscode.l10n.t('No job ID') : withoutMarks(jobId);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  const outstanding = stillToCome(deliveries).map(({ text }) => text);
  const state = newest && stateOfDelivery(newest);
  item.description = [...(state === undefined ? [] : [stateLabel(state)]), ...outstanding].join(
    ' · ',
  );
  if (state !== undefined) item.iconPath = iconOf(state);
  item.contextValue = 'deliveries';
  item.tooltip = tooltipOf([
    [vscode.l10n.t('Job ID'), jobId],
    [vscode.l10n.t('User ID'), userId],
    [
      vscode.l10n.t('Profile'),
      signedBy && `${signedBy.name} (${environmentLabel(signedBy.environment)})`,
    ],
    ...outstanding.map((text) => [vscode.l10n.t('Still to come'), text] as const),
  ]);
  return item;
}

function deliveryItem(delivery: Delivery): vscode.TreeItem {
  const { number, api, receivedAt, answer, notes, jobId } = delivery;
  const state = stateOfDelivery(delivery);
  const item = new vscode.TreeItem(stateLabel(state));
  const signature = signatureWords(delivery);
  const what = [
    `#${number}`,
    ...(api === null ? [] : [api]),
    ageOf(new Date(receivedAt).toISOString()),
    answerWords(answer),
    signature,
  ];
  item.description = what.join(' · ');
  item.iconPath = iconOf(state);
  item.contextValue = ['delivery', isValid(delivery) ? 'valid' : 'notValid', api ?? 'other'].join(
    '.',
  );
  item.command = {
    command: 'smile.openDelivery',
    title: vscode.l10n.t('Open'),
    arguments: [new DeliveryRow(delivery)],
  };
  item.tooltip = tooltipOf([
    [vscode.l10n.t('Delivery'), `#${number}`],
    [vscode.l10n.t('Received'), new Date(receivedAt).toLocaleString()],
    [vscode.l10n.t('Job ID'), jobId],
    [vscode.l10n.t('Product'), delivery.product && productLabel(delivery.product)],
    [vscode.l10n.t('Signature'), signature],
    [vscode.l10n.t('Response'), answerWords(answer)],
    [vscode.l10n.t('Body'), vscode.l10n.t('{0} bytes', delivery.body.length)],
    ['SHA-256', delivery.sha256],
    ...notes.map(
      ({ text, isAlarm }) =>
        [isAlarm ? vscode.l10n.t('Warning') : vscode.l10n.t('Note'), text] as const,
    ),
  ]);
  item.accessibilityInformation = { label: [stateLabel(state), ...what].join(', ') };
  return item;
}

function notValidItem(deliveries: readonly Delivery[]): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t('Not verified'),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = String(deliveries.length);
  item.iconPath = iconOf('untrusted');
  item.contextValue = 'notValid';
  item.tooltip = vscode.l10n.t(
    'Deliveries without a valid signature. Anybody who knows the address can send them, so they are shown with no job.',
  );
  return item;
}

/** The signature of a delivery in a few words. */
export function signatureWords({ signature, signedBy }: Delivery): string {
  switch (signature) {
    case 'valid':
      return signedBy
        ? vscode.l10n.t('signed by {0}', withoutMarks(signedBy.name))
        : vscode.l10n.t('signature valid');
    case 'invalid':
      return vscode.l10n.t('signature invalid');
    case 'missing':
      return vscode.l10n.t('not signed');
    case 'unsigned':
      return vscode.l10n.t('never signed');
    case 'unknown':
      return vscode.l10n.t('signature not checked');
  }
}

/** What a delivery was answered, in a few words. */
function answerWords(answer: DeliveryAnswer | null): string {
  switch (answer?.kind) {
    case undefined:
      return vscode.l10n.t('no response yet');
    case 'status':
      return vscode.l10n.t('HTTP {0}', answer.status);
    case 'dropped':
      return vscode.l10n.t('connection closed');
    case 'client left':
      return vscode.l10n.t('sender did not wait');
  }
}

function iconOf(state: Parameters<typeof stateIcon>[0]): vscode.ThemeIcon {
  const { icon, color } = stateIcon(state);
  return new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
}

function tooltipOf(rows: readonly (readonly [string, string | null])[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const [name, value] of rows) {
    if (value === null) continue;
    text.appendMarkdown(`${plain(name)}: `);
    text.appendMarkdown(plain(value.replace(/\s+/g, ' ')));
    text.appendMarkdown('  \n');
  }
  return text;
}
