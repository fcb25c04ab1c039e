import * as vscode from 'vscode';
import { accountKey, type Profile } from '../core/smile/profile';
import * as notify from './notify';

/**
 * Shows a dialog before this window's first request to production, for each account: again after the profile was
 * changed to another partner, and after a refusal.
 */
export class ProductionGate {
  private readonly allowed = new Map<string, Promise<boolean>>();

  async allow(profile: Profile): Promise<boolean> {
    if (profile.environment !== 'production') return true;
    const account = accountKey(profile);
    const confirmation = this.allowed.get(account) ?? this.confirm(profile);
    this.allowed.set(account, confirmation);
    let confirmed = false;
    try {
      confirmed = await confirmation;
    } finally {
      if (!confirmed) this.allowed.delete(account);
    }
    return confirmed;
  }

  /** For the request of a key check, which reads no data of users: it does not allow any other. */
  async allowKeyCheck(profile: Profile): Promise<boolean> {
    if (profile.environment !== 'production') return true;
    return (await this.allowed.get(accountKey(profile))) ?? (await this.confirmKeyCheck());
  }

  protected async confirmKeyCheck(): Promise<boolean> {
    return await notify.confirm(
      vscode.l10n.t('Check this API key with production now?'),
      vscode.l10n.t('One signed request for a job that does not exist. No data of users is read.'),
      vscode.l10n.t('Check'),
      vscode.l10n.t('Not Now'),
    );
  }

  protected async confirm(profile: Profile): Promise<boolean> {
    return await notify.confirm(
      vscode.l10n.t('Send this request to production ("{0}")?', profile.name),
      vscode.l10n.t(
        'The response contains real personal data. The request is read-only. Asked once per window.',
      ),
      vscode.l10n.t('Send to Production'),
    );
  }
}
