import * as vscode from 'vscode';
import { isLoopback, parseUrl } from '../../core/smile/environment';
import type { Refused } from '../../core/smile/outcome';
import { SIMULATOR_PROFILE_ID, type Profile } from '../../core/smile/profile';
import { reportOf } from '../../core/report/jobReport';
import type { SmileClient } from '../../core/smile/client';
import { withSignal } from '../abort';
import type { Profiles } from '../credentials/profiles';
import { environmentLabel } from '../environmentLabel';
import * as notify from '../notify';
import type { ProductionGate } from '../productionGate';
import { promptText } from '../quickInput';
import type { ReceiverControl } from '../webhooks/receiverControl';

/** "Resend Webhook…": has Smile ID send the webhook of a finished job of API v3 again. */
export class ResendWebhook {
  constructor(
    private readonly api: Pick<SmileClient, 'replay'>,
    private readonly profiles: Profiles,
    private readonly gate: ProductionGate,
    private readonly receiver: Pick<ReceiverControl, 'receiver' | 'publicAddress'>,
  ) {}

  readonly resend = async (profile: Profile, jobId: string): Promise<void> => {
    const sender = senderOf(profile);
    const own = this.ownAddress(sender);
    const address = await promptText(
      { title: vscode.l10n.t('Resend Webhook of Job {0}', jobId), step: 1, totalSteps: 1 },
      {
        prompt:
          own === null
            ? vscode.l10n.t('Address to send it to. Empty: {0}', storedAddress(sender))
            : vscode.l10n.t(
                'Address to send it to: that of the webhook receiver. Empty: {0}',
                storedAddress(sender),
              ),
        placeholder: sender === 'simulator' ? 'http://127.0.0.1:3000/webhooks' : 'https://',
        value: own ?? '',
        check: (text) => checkAddress(text.trim(), sender),
      },
    );
    if (typeof address !== 'string') return;
    const callbackUrl = parseUrl(address.trim())?.href ?? null;
    if (!(await this.isConfirmed(profile, jobId, callbackUrl))) return;
    const outcome = await notify.progress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Requesting the webhook of job {0} again', jobId),
        cancellable: true,
      },
      async (_report, token) =>
        withSignal(token, async (signal) =>
          this.api.replay(await this.profiles.credentials(profile), jobId, callbackUrl, signal),
        ),
    );
    switch (outcome.kind) {
      case 'cancelled':
        if (outcome.cause === 'stopped') void notify.warn(mayBeSent());
        return;
      case 'accepted':
        void notify.info(acceptedText(sender, callbackUrl));
        return;
      case 'refused':
        void notify.warn(
          outcome.httpStatus >= 500
            ? [whyRefused(outcome, callbackUrl), mayBeSent()].join(' ')
            : whyRefused(outcome, callbackUrl),
        );
        return;
      default: {
        void notify.warn([reportOf(outcome).summary, mayBeSent()].join(' '));
      }
    }
  };

  /** The address of the receiver of this window, if the sender can reach it: Smile ID only a public one, over HTTPS. */
  private ownAddress(sender: Sender): string | null {
    const { receiver, publicAddress } = this.receiver;
    const url = (sender === 'smileId' ? publicAddress?.url : receiver?.url) ?? null;
    return url !== null && checkAddress(url, sender) === null ? url : null;
  }

  /** In production each time: the receiver is a live system. */
  private async isConfirmed(
    profile: Profile,
    jobId: string,
    callbackUrl: string | null,
  ): Promise<boolean> {
    if (profile.environment !== 'production') return this.gate.allow(profile);
    return notify.confirm(
      vscode.l10n.t(
        'Resend the webhook of job {0} in {1}?',
        jobId,
        environmentLabel(profile.environment),
      ),
      vscode.l10n.t(
        'Smile ID sends the stored result again, to {0}. A live system may act on it a second time. The job is not run again.',
        callbackUrl ?? storedAddress('smileId'),
      ),
      vscode.l10n.t('Resend Webhook'),
    );
  }
}

/** Who sends the webhook: a profile of this machine reaches the simulator, or a server of the integrator. */
type Sender = 'smileId' | 'simulator' | 'localServer';

const senderOf = ({ id, environment }: Profile): Sender =>
  id === SIMULATOR_PROFILE_ID ? 'simulator' : environment === 'local' ? 'localServer' : 'smileId';

const senderName = (sender: Sender): string =>
  ({
    smileId: 'Smile ID',
    simulator: vscode.l10n.t('the simulator'),
    localServer: vscode.l10n.t('the local server'),
  })[sender];

/** A request that ended without a response may have arrived. */
const mayBeSent = (): string =>
  vscode.l10n.t(
    'It is not known whether the webhook is sent again: look at the receiver before you repeat this.',
  );

const storedAddress = (sender: Sender): string =>
  sender === 'simulator'
    ? vscode.l10n.t(
        'the address stored with the job, if it is on this machine; else nothing is sent',
      )
    : vscode.l10n.t(
        "the address stored with the job or the partner's default, which the API does not reveal",
      );

/** The simulator accepts a request without an address for each job, as Smile ID does, and sends nothing to a default. */
const acceptedText = (sender: Sender, callbackUrl: string | null): string =>
  sender === 'simulator' && callbackUrl === null
    ? vscode.l10n.t(
        'The simulator sends the webhook again if an address on this machine is stored with the job. If not, nothing is sent: enter an address.',
      )
    : vscode.l10n.t(
        '{0}: the webhook will be sent again by {1}.',
        callbackUrl ?? vscode.l10n.t('Stored or default address'),
        senderName(sender),
      );

/** API v3 takes https only; the simulator sends nowhere else than to this machine. */
function checkAddress(text: string, sender: Sender): string | null {
  if (text === '') return null;
  const url = parseUrl(text);
  const isHere = url !== null && isLoopback(url);
  if (/\s/.test(text)) return vscode.l10n.t('The address must not contain a space.');
  if (sender === 'simulator' && !(isHere && /^https?:$/.test(url.protocol))) {
    return vscode.l10n.t(
      'The simulator sends to this machine only: enter an address that starts with http://127.0.0.1, or nothing.',
    );
  }
  if (isHere && sender === 'smileId') {
    return vscode.l10n.t('Smile ID cannot reach an address of this machine.');
  }
  const isLocalHttp = sender !== 'smileId' && isHere && url.protocol === 'http:';
  if (url?.protocol !== 'https:' && !isLocalHttp) {
    return sender === 'smileId'
      ? vscode.l10n.t('Enter an address that starts with https://, or nothing.')
      : vscode.l10n.t(
          'Enter an address that starts with https:// or http://127.0.0.1, or nothing.',
        );
  }
  if (url.username || url.password) {
    return vscode.l10n.t('The address must not contain a user name.');
  }
  return null;
}

/** What the refusals of the request mean (OpenAPI description of API v3). */
function whyRefused({ httpStatus, message }: Refused, callbackUrl: string | null): string {
  const reason = reasonOf(httpStatus, message, callbackUrl);
  return reason ?? `${message} (HTTP ${httpStatus})`;
}

function reasonOf(httpStatus: number, message: string, callbackUrl: string | null): string | null {
  switch (httpStatus) {
    case 400:
      if (/callback/i.test(message)) {
        return callbackUrl === null
          ? vscode.l10n.t('No address is known to send it to: enter one.')
          : vscode.l10n.t('The address was not accepted.');
      }
      return /product/i.test(message)
        ? vscode.l10n.t('The product of this job is not known, so it has no webhook.')
        : vscode.l10n.t('The job ID or the address was not accepted.');
    case 401:
      return vscode.l10n.t('The credentials of this profile were not accepted.');
    case 403:
      return vscode.l10n.t(
        'The domain of the address is not allowed for your account, or this IP address is not.',
      );
    case 404:
      return /reference/i.test(message)
        ? vscode.l10n.t('There is no stored result of this job.')
        : vscode.l10n.t('This partner has no such job in this environment.');
    case 409:
      return vscode.l10n.t('The job is still processing: only finished jobs have a webhook.');
    case 415:
      return vscode.l10n.t(
        'The form of the request was not accepted: a proxy may have changed it.',
      );
    default:
      return null;
  }
}
