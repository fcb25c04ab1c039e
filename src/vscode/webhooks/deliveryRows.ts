import * as vscode from 'vscode';
import { productLabel } from '../../core/catalogue/catalogue';
import { stateLabel } from '../../core/report/jobState';
import { listLabels, type ListLabel } from '../../core/report/listLabels';
import { hasPassed, type ComparedAttempt } from '../../core/webhooks/attempts';
import {
  isValid,
  stateOfDelivery,
  type Delivery,
  type DeliveryAnswer,
} from '../../core/webhooks/delivery';
import { idsOfJob, type JobDeliveries } from '../../core/webhooks/deliveries';
import { answerWords, deliveryWords, signatureWords } from '../../core/webhooks/deliveryWords';
import {
  durationText,
  outcomeLabel,
  outcomeText,
  replayVerdictLabel,
} from '../../core/webhooks/endpointWords';
import { expectedOf } from '../../core/webhooks/forwarding';
import { stillToCome, type StillToCome } from '../../core/webhooks/stillToCome';
import { ageOf } from '../age';
import { profileLine } from '../environmentLabel';
import { rowTooltip } from '../rowTooltip';
import { stateThemeIcon } from '../stateIcons';

/** A delivery in the list. */
export class DeliveryRow {
  /** @param attempts at the developer's endpoint, the oldest first */
  constructor(
    readonly delivery: Delivery,
    readonly attempts: readonly ComparedAttempt[],
  ) {}
}

/** One try at the developer's endpoint with a delivery. */
export class AttemptRow {
  constructor(
    readonly delivery: Delivery,
    readonly attempt: ComparedAttempt,
  ) {}
}

/** What has not come yet for a job. */
class OutstandingRow {
  constructor(
    readonly job: JobDeliveries,
    readonly outstanding: StillToCome,
  ) {}
}

/** The valid deliveries of one job. */
export class JobRow {
  constructor(
    readonly job: JobDeliveries,
    readonly name: ListLabel,
  ) {}
}

/** Those without a valid signature: anybody who knows the address can send them. */
export class NotValidRow {
  constructor(readonly deliveries: readonly Delivery[]) {}
}

export type Row = DeliveryRow | AttemptRow | JobRow | OutstandingRow | NotValidRow;

/** The rows of jobs, called by what tells them from each other. */
export function jobRows(jobs: readonly JobDeliveries[]): JobRow[] {
  const names = listLabels(
    jobs.map(({ jobId, userId, signedBy, api }) => [
      jobId ?? vscode.l10n.t('No job ID'),
      userId ?? '',
      signedBy ? profileLine(signedBy) : '',
      api ?? '',
    ]),
  );
  return jobs.flatMap((job, index) => {
    const name = names[index];
    return name ? [new JobRow(job, name)] : [];
  });
}

/** The rows below a row, the newest first. */
export function rowsBelow(
  row: Row,
  attemptsOf: (delivery: Delivery) => readonly ComparedAttempt[],
): Row[] {
  const rowOf = (each: Delivery) => new DeliveryRow(each, attemptsOf(each));
  if (row instanceof JobRow) {
    const { deliveries } = row.job;
    const outstanding = stillToCome(deliveries).map((each) => new OutstandingRow(row.job, each));
    return [...outstanding, ...deliveries.map(rowOf)];
  }
  if (row instanceof NotValidRow) return row.deliveries.map(rowOf);
  if (!(row instanceof DeliveryRow)) return [];
  return row.attempts.map((attempt) => new AttemptRow(row.delivery, attempt)).reverse();
}

export function itemOf(row: Row): vscode.TreeItem {
  const item = itemWithoutName(row);
  // Without a name for screen readers they read the label alone.
  const name = row instanceof JobRow ? row.name.whole : item.label;
  const said = [name, item.description].filter((text) => typeof text === 'string');
  item.accessibilityInformation = { label: said.join(', ') };
  return item;
}

function itemWithoutName(row: Row): vscode.TreeItem {
  if (row instanceof DeliveryRow) return deliveryItem(row);
  if (row instanceof AttemptRow) return attemptItem(row);
  if (row instanceof OutstandingRow) return outstandingItem(row.outstanding);
  return row instanceof JobRow ? jobItem(row) : notValidItem(row.deliveries);
}

export function idOf(row: Row): string {
  if (row instanceof DeliveryRow) return `delivery ${row.delivery.number}`;
  if (row instanceof AttemptRow) {
    const { delivery, attempt } = row;
    return `attempt ${delivery.number} ${attempt.at.getTime()} ${attempt.kind} ${attempt.url}`;
  }
  if (row instanceof OutstandingRow) return `${idOfJob(row.job)} ${row.outstanding.kind}`;
  return row instanceof JobRow ? idOfJob(row.job) : 'not valid';
}

const idOfJob = ({ key }: JobDeliveries): string => `job ${key}`;

function jobItem({ job, name }: JobRow): vscode.TreeItem {
  const { jobId, userId, signedBy, deliveries } = job;
  const [newest] = deliveries;
  const item = new vscode.TreeItem(name.label, vscode.TreeItemCollapsibleState.Expanded);
  const state = newest && stateOfDelivery(newest);
  if (state !== undefined) item.description = stateLabel(state);
  if (state !== undefined) item.iconPath = stateThemeIcon(state);
  item.contextValue = [
    'deliveries',
    ...(jobId === null ? [] : ['named']),
    ...(idsOfJob(job) === null ? [] : ['requestable']),
  ].join('.');
  item.tooltip = rowTooltip([
    [vscode.l10n.t('Job ID'), jobId],
    [vscode.l10n.t('User ID'), userId],
    [vscode.l10n.t('Profile'), signedBy && profileLine(signedBy)],
    ...stillToCome(deliveries).map(({ text }) => [vscode.l10n.t('Still to come'), text] as const),
  ]);
  return item;
}

function outstandingItem({ label, detail, text }: StillToCome): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon('history');
  item.contextValue = 'outstanding';
  item.tooltip = text;
  return item;
}

function attemptItem(row: AttemptRow): vscode.TreeItem {
  const { kind, url, at, outcome, verdict } = row.attempt;
  const what = [
    ...(verdict === null ? [] : [replayVerdictLabel(verdict)]),
    ...('ms' in outcome ? [durationText(outcome.ms)] : []),
    kind === 'replay' ? vscode.l10n.t('replayed') : vscode.l10n.t('forwarded'),
    ageOf(at.toISOString()),
  ];
  const item = new vscode.TreeItem(outcomeLabel(outcome));
  item.description = what.join(' · ');
  item.iconPath = stateThemeIcon(
    hasPassed(outcome, expectedOf(row.delivery)) ? 'approved' : 'rejected',
  );
  item.contextValue = 'attempt';
  item.command = openCommand(row);
  item.tooltip = rowTooltip([
    [vscode.l10n.t('Address'), url],
    [vscode.l10n.t('Time'), at.toLocaleString()],
    [vscode.l10n.t('Response'), outcomeText(outcome, new URL(url))],
    [vscode.l10n.t('Against the attempt before'), verdict && replayVerdictLabel(verdict)],
  ]);
  return item;
}

const openCommand = (row: DeliveryRow | AttemptRow): vscode.Command => ({
  command: 'smile.openDelivery',
  title: vscode.l10n.t('Open'),
  arguments: [row],
});

function deliveryItem(row: DeliveryRow): vscode.TreeItem {
  const { delivery, attempts } = row;
  const { number, api, receivedAt, answer, notes, jobId, content } = delivery;
  const state = stateOfDelivery(delivery);
  const { label, remarks } = deliveryWords(delivery);
  const item = new vscode.TreeItem(
    `#${number} ${label}`,
    attempts.length === 0
      ? vscode.TreeItemCollapsibleState.None
      : vscode.TreeItemCollapsibleState.Expanded,
  );
  const signature = signatureWords(delivery);
  const what = [
    ...remarks,
    ...(isUsual(answer) ? [] : [answerWords(answer)]),
    ageOf(new Date(receivedAt).toISOString()),
    ...(api === null ? [] : [api]),
    ...(isValid(delivery) ? [signature] : []),
  ];
  item.description = what.join(' · ');
  item.iconPath = stateThemeIcon(state);
  const isJob = content.kind !== 'unreadable' && content.kind !== 'unknown';
  item.contextValue = [
    'delivery',
    isValid(delivery) ? 'valid' : 'notValid',
    isJob ? api : 'other',
  ].join('.');
  item.command = openCommand(row);
  item.tooltip = rowTooltip([
    [vscode.l10n.t('Webhook'), `#${number}`],
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
  return item;
}

const isUsual = (answer: DeliveryAnswer | null): boolean =>
  answer?.kind === 'status' && answer.status === 200;

function notValidItem(deliveries: readonly Delivery[]): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t('Not verified'),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = String(deliveries.length);
  item.iconPath = stateThemeIcon('untrusted');
  item.contextValue = 'notValid';
  item.tooltip = vscode.l10n.t(
    'Webhooks without a valid signature. Anybody who knows the address can send them, so they are shown with no job.',
  );
  return item;
}
