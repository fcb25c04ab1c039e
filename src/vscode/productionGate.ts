import * as vscode from 'vscode';
import { accountKey, type Profile } from '../core/smile/profile';
import * as notify from './notify';

/**
 * Asks before the first query of this window to production, for each account: a profile that was changed to
 * another partner asks again, and so does a refusal.
 */
export class ProductionGate {
  private readonly allowed = new Map<string, Promise<boolean>>();

  async allow(profile: Profile): Promise<boolean> {
    if (profile.environment !== 'production') return true;
    const account = accountKey(profile);
    const asked = this.allowed.get(account) ?? this.ask(profile);
    this.allowed.set(account, asked);
    let answer = false;
    try {
      answer = await asked;
    } finally {
      if (!answer) this.allowed.delete(account);
    }
    return answer;
  }

  protected async ask(profile: Profile): Promise<boolean> {
    return await notify.confirm(
      vscode.l10n.t('Send this request to production ("{0}")?', profile.name),
      vscode.l10n.t(
        'The response contains real personal data. The request is read-only. Asked once per window.',
      ),
      vscode.l10n.t('Send to Production'),
    );
  }
}
