import { shownText } from '../harmlessText';
import { jsonTextSteps } from '../jsonText';
import * as l10n from '../l10n';
import { REDACTED, redactSteps, redactText } from '../redact';
import { timeWords } from '../report/timeWords';
import { inSlices } from '../slicedWork';
import { parseBody } from '../smile/parseBody';
import type { Delivery } from './delivery';
import { answerWords, signatureWords } from './deliveryWords';

/** Headers whose values are of the transport. Others may carry credentials, a signature or personal data. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding'],
  ...['host', 'connection', 'accept', 'accept-encoding'],
  ...['user-agent', 'response-timestamp', 'api-version'],
]);

/** What came, for a delivery that no panel can show: why, its headers and its body. */
export interface DeliveryText {
  readonly redacted: string;
  /** With the whole body. */
  readonly personal: string;
}

export async function deliveryText(delivery: Delivery): Promise<DeliveryText> {
  const { number, receivedAt, content, notes, headers, body, sha256, answer } = delivery;
  const text = new TextDecoder().decode(body);
  const head = [
    l10n.t('Webhook #{0}, received at {1}', number, timeWords(new Date(receivedAt))),
    '',
    ...(content.kind === 'unknown'
      ? [l10n.t('The body is a JSON object, but none that Smile ID is known to send.')]
      : []),
    ...notes.map((note) => note.text),
    '',
    `${l10n.t('Signature')}: ${signatureWords(delivery)}`,
    `${l10n.t('Response')}: ${answerWords(answer)}`,
    `${l10n.t('Body')}: ${l10n.t('{0} bytes', body.length.toLocaleString('en-US'))}`,
    `SHA-256: ${sha256}`,
    '',
    `${l10n.t('Headers')}:`,
    ...Object.entries(headers).map(
      ([name, value]) =>
        `  ${shownText(name)}: ${SHOWN.has(name) ? shownText(value) : l10n.t('{0}, length {1}', REDACTED, value.length)}`,
    ),
    '',
  ].join('\n');
  const parsed = parseBody(body, text);
  const redacted =
    typeof parsed === 'string'
      ? redactText(text)
      : await inSlices(jsonTextSteps(await inSlices(redactSteps(parsed.raw))));
  return {
    redacted: `${head}\n${l10n.t('Body, without what may be personal:')}\n${redacted}`,
    personal: `${head}\n${l10n.t('Body')}:\n${text}`,
  };
}
