import * as vscode from 'vscode';
import { inert } from '../core/shownText';
import { ENVIRONMENT_LABELS } from './environmentLabel';
import type { Profiles } from './credentials/profiles';
import type { Log } from './log';

/** Shows which profile, and so which environment, commands of this window use. */
export class ProfileStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'smile.profile',
    vscode.StatusBarAlignment.Left,
  );
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly profiles: Profiles,
    log: Log,
  ) {
    this.item.name = 'Smile ID Profile';
    this.item.command = 'smile.switchProfile';
    const update = (): void => {
      this.update().catch((error: unknown) => {
        log.error(error);
        this.item.hide();
      });
    };
    this.subscription = profiles.onDidChange(update);
    update();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private async update(): Promise<void> {
    const profile = await this.profiles.active();
    if (!profile) {
      this.item.hide();
      return;
    }
    const production = profile.environment === 'production';
    const label = ENVIRONMENT_LABELS[profile.environment];
    const name = inert(profile.name);
    const windowOnly = this.profiles.isWindowOnly(profile);
    this.item.text = `$(${production ? 'warning' : 'account'}) Smile ID: ${label} · ${name}${windowOnly ? ' (this window only)' : ''}`;
    const kept = windowOnly
      ? ' It could not be stored, so it is kept until this window closes.'
      : '';
    this.item.tooltip = `Smile ID profile "${name}", ${label}, partner ${profile.partnerId}.${kept} Switch profile`;
    this.item.backgroundColor = production
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.accessibilityInformation = {
      label: `Smile ID profile ${name}, environment ${profile.environment}${windowOnly ? ', this window only' : ''}. Switch profile`,
    };
    this.item.show();
  }
}
