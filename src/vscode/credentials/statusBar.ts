import * as vscode from 'vscode';
import { inert } from '../../core/shownText';
import type { KnownProfile } from './profileMemory';
import { ENVIRONMENT_LABELS } from '../environmentLabel';

/** Shows which profile, and so which environment, commands of this window use. */
export class ProfileStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'smile.profile',
    vscode.StatusBarAlignment.Left,
  );

  constructor() {
    this.item.name = 'Smile ID Profile';
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
    const label = ENVIRONMENT_LABELS[profile.environment];
    const name = inert(profile.name);
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
