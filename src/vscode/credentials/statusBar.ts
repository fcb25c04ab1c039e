import { Disposable, l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { inert } from '../../core/harmlessText';
import { profileLabel } from '../../core/smile/profileLabel';
import type { KnownProfile } from './profileMemory';
import { environmentLabel } from '../environmentLabel';

/** Shows which profile, and therefore which environment, the commands of this window use. */
export class ProfileStatus implements Disposable {
  private readonly item = window.createStatusBarItem('smile.profile', StatusBarAlignment.Left);

  constructor() {
    this.item.name = l10n.t('Smile ID Profile');
    this.item.command = 'smile.switchProfile';
  }

  dispose(): void {
    this.item.dispose();
  }

  /**
   * @param active undefined if none is chosen; then the item leads to one, if there is any
   * @param windowOnly whether the profile could not be stored, so that it ends with the window
   */
  show(active: KnownProfile | undefined, hasProfiles: boolean, windowOnly = false): void {
    if (active) this.showActive(active, windowOnly);
    else if (hasProfiles) this.showNone();
    else this.item.hide();
  }

  private showNone(): void {
    const none = l10n.t('No Profile');
    const choose = l10n.t('No Smile ID profile is active in this window. Switch profile');
    this.item.text = `$(account) Smile ID: ${none}`;
    this.item.tooltip = choose;
    this.item.backgroundColor = undefined;
    this.item.accessibilityInformation = { label: choose };
    this.item.show();
  }

  private showActive(profile: KnownProfile, windowOnly: boolean): void {
    const production = profile.environment === 'production';
    const label = environmentLabel(profile.environment);
    const { partnerId } = profile;
    const name = inert(profile.name);
    const inWindow = (text: string): string =>
      windowOnly ? l10n.t('{0} (this window only)', text) : text;
    const shown = inWindow(name);
    const text = inWindow(profileLabel({ name, partnerId }, label).join(' · '));
    this.item.text = `$(${production ? 'warning' : 'account'}) Smile ID: ${text}`;
    const switching = l10n.t('Switch profile');
    const tooltip = l10n.t('Smile ID profile "{0}", {1}, partner {2}.', name, label, partnerId);
    const kept = l10n.t('It could not be stored, so it is kept until this window closes.');
    this.item.tooltip = [tooltip, ...(windowOnly ? [kept] : []), switching].join(' ');
    this.item.backgroundColor = production
      ? new ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.item.accessibilityInformation = {
      label: `${l10n.t('Smile ID profile {0}, environment {1}.', shown, label)} ${switching}`,
    };
    this.item.show();
  }
}
