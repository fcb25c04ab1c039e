import * as vscode from 'vscode';
import { inert } from '../../core/shownText';
import type { KnownProfile } from './profileMemory';
import { environmentLabel } from '../environmentLabel';

/** Shows which profile, and so which environment, commands of this window use. */
export class ProfileStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'smile.profile',
    vscode.StatusBarAlignment.Left,
  );

  constructor() {
    this.item.name = vscode.l10n.t('Smile ID Profile');
    this.item.command = 'smile.switchProfile';
  }

  dispose(): void {
    this.item.dispose();
  }

  /** @param windowOnly whether the profile could not be stored, so that it ends with the window */
  show(profile: KnownProfile | undefined, windowOnly = false): void {
    if (!profile) {
      this.item.hide();
      return;
    }
    const production = profile.environment === 'production';
    const label = environmentLabel(profile.environment);
    const { partnerId } = profile;
    const name = inert(profile.name);
    const { l10n } = vscode;
    const shown = windowOnly ? l10n.t('{0} (this window only)', name) : name;
    this.item.text = `$(${production ? 'warning' : 'account'}) Smile ID: ${label} · ${shown}`;
    const switching = l10n.t('Switch profile');
    const tooltip = l10n.t('Smile ID profile "{0}", {1}, partner {2}.', name, label, partnerId);
    const kept = l10n.t('It could not be stored, so it is kept until this window closes.');
    this.item.tooltip = [tooltip, ...(windowOnly ? [kept] : []), switching].join(' ');
    this.item.backgroundColor = production
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.accessibilityInformation = {
      label: `${l10n.t('Smile ID profile {0}, environment {1}.', shown, label)} ${switching}`,
    };
    this.item.show();
  }
}
