import * as vscode from 'vscode';
import { isLoopback, parseUrl } from '../../core/smile/environment';
import type { Refused } from '../../core/smile/outcome';
import type { Profile } from '../../core/smile/profile';
import { reportOf } from '../../core/report/jobReport';
import type { SmileClient } from '../../core/smile/client';
import { withSignal } from '../abort';
import type { Profiles } from '../credentials/profiles';
import { environmentLabel } from '../environmentLabel';
import * as notify from '../notify';
import type { ProductionGate } from '../productionGate';
import { promptText } from '../quickInput';

/** "Resend Webhook…": has Smile ID send the webhook of a finished job of API v3 again. */
export class ResendWebhook {
  constructor(
    private readonly api: Pick<SmileClient, 'replay'>,
    private readonly profiles: Profiles,
    private readonly gate: ProductionGate,
  ) {}

  readonly resend = async (profile: Profile, jobId: string): Promise<void> => {
    const { environment } = profile;
    const address = await promptText(
      { title: vscode.l10n.t('Resend Webhook of Job {0}', jobId), step: 1, totalSteps: 1 },
      {
        prompt: vscode.l10n.t('Address to send it to. Empty: {0}', storedAddress()),
        placeholder: 'https://',
        value: '',
        check: (text) => checkAddress(text.trim(), environment === 'local'),
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
        void notify.info(
          vscode.l10n.t(
            'Smile ID sends the webhook of job {0} again, to {1}.',
            jobId,
            callbackUrl ?? storedAddress(),
          ),
        );
        return;
      case 'refused':
        void notify.warn(
          [
            outcome.httpStatus >= 500
              ? mayBeSent()
              : vscode.l10n.t('The webhook is not sent again.'),
            whyRefused(outcome, callbackUrl),
          ].join(' '),
        );
        return;
      default: {
        void notify.warn([mayBeSent(), reportOf(outcome).summary].join(' '));
      }
    }
  };

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
        callbackUrl ?? storedAddress(),
      ),
      vscode.l10n.t('Resend Webhook'),
    );
  }
}

/** A request that ended without a response may have arrived. */
const mayBeSent = (): string =>
  vscode.l10n.t(
    'It is not known whether Smile ID sends the webhook again: look at the receiver before you repeat this.',
  );

const storedAddress = (): string =>
  vscode.l10n.t(
    "the address stored with the job or the partner's default, which the API does not reveal",
  );

/** API v3 takes https only; a local server may have an address of this machine. */
function checkAddress(text: string, isLocal: boolean): string | null {
  if (text === '') return null;
  const url = parseUrl(text);
  const isLocalHttp = isLocal && url?.protocol === 'http:' && isLoopback(url);
  if (!url || (url.protocol !== 'https:' && !isLocalHttp)) {
    return vscode.l10n.t('Enter an address that starts with https://, or nothing.');
  }
  if (url.username || url.password) {
    return vscode.l10n.t('The address must not contain a user name.');
  }
  return isLoopback(url) && !isLocal
    ? vscode.l10n.t('Smile ID cannot reach an address of this machine.')
    : null;
}

/** What the refusals of the request mean (OpenAPI description of API v3). */
function whyRefused({ httpStatus, message }: Refused, callbackUrl: string | null): string {
  const reason = reasonOf(httpStatus, message, callbackUrl);
  return reason === null ? message : `${reason} (HTTP ${httpStatus}: ${message})`;
}

function reasonOf(httpStatus: number, message: string, callbackUrl: string | null): string | null {
  switch (httpStatus) {
    case 400:
      if (/callback/i.test(message)) {
        return callbackUrl === null
          ? vscode.l10n.t('Smile ID knows no address to send it to: enter one.')
          : vscode.l10n.t('Smile ID did not accept the address.');
      }
      return /product/i.test(message)
        ? vscode.l10n.t('Smile ID cannot tell the product of this job, so it has no webhook of it.')
        : vscode.l10n.t('Smile ID did not accept the job ID or the address.');
    case 401:
      return vscode.l10n.t('Smile ID did not accept the credentials of this profile.');
    case 403:
      return vscode.l10n.t(
        'The domain of the address is not on the list of your account, or this IP address is not allowed.',
      );
    case 404:
      return /reference/i.test(message)
        ? vscode.l10n.t('Smile ID has no stored result of this job.')
        : vscode.l10n.t('Smile ID knows no such job for this partner in this environment.');
    case 409:
      return vscode.l10n.t('The job is still processing: only finished jobs have a webhook.');
    case 415:
      return vscode.l10n.t(
        'Smile ID did not accept the form of the request; a proxy may have changed it.',
      );
    default:
      return null;
  }
}
