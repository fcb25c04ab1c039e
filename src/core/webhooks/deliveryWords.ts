import { withoutMarks } from '../harmlessText';
import * as l10n from '../l10n';
import { verdictLabel } from '../report/jobState';
import { answeredIn, isTrusted, type Delivery, type DeliveryAnswer } from './delivery';

/** What a list says of a delivery: what is wrong with it stands before what it says. */
export interface DeliveryWords {
  /** "Approved", "Signature invalid". */
  readonly label: string;
  /** What else a user should see at once: "says Approved", "try 2". */
  readonly remarks: readonly string[];
}

export function deliveryWords(delivery: Delivery): DeliveryWords {
  const notes = delivery.notes.filter(({ kind }) => kind !== 'unreadable'); // the label says it
  const remarks = notes.filter(({ isAlarm }) => !isAlarm).map(({ label }) => label);
  const said = contentLabel(delivery);
  if (isTrusted(delivery)) return { label: said, remarks };
  const [alarm] = notes.filter(({ isAlarm }) => isAlarm);
  const words = signatureWords(delivery);
  const label = alarm?.label ?? words.charAt(0).toUpperCase() + words.slice(1);
  const claim = answeredIn(delivery) ? l10n.t('says {0}', said) : said;
  return { label, remarks: [claim, ...remarks] };
}

function contentLabel({ content }: Pick<Delivery, 'content'>): string {
  if (content.kind === 'unreadable') return l10n.t('Not readable');
  if (content.kind === 'unknown') return l10n.t('Unknown content');
  return content.outcome.kind === 'answered'
    ? verdictLabel(content.outcome.job.verdict)
    : l10n.t('Error response');
}

/** The signature of a delivery in a few words. */
export function signatureWords({
  signature,
  signedBy,
}: Pick<Delivery, 'signature' | 'signedBy'>): string {
  switch (signature) {
    case 'valid':
      return signedBy
        ? l10n.t('signed by {0}', withoutMarks(signedBy.name))
        : l10n.t('signature valid');
    case 'invalid':
      return l10n.t('signature invalid');
    case 'missing':
      return l10n.t('not signed');
    case 'unsigned':
      return l10n.t('never signed');
    case 'unknown':
      return l10n.t('signature not checked');
  }
}

/** What a delivery was answered, in a few words. */
export function answerWords(answer: DeliveryAnswer | null): string {
  switch (answer?.kind) {
    case undefined:
      return l10n.t('no response yet');
    case 'status':
      return l10n.t('HTTP {0}', answer.status);
    case 'dropped':
      return l10n.t('connection closed');
    case 'client left':
      return l10n.t('sender did not wait');
  }
}
