import { Disposable, l10n, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { inert } from '../../core/harmlessText';
import type { KnownProfile } from './profileMemory';
import { environmentLabel, profileWords } from '../environmentLabel';

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

  /** @param windowOnly whether the profile could not be stored, so that it ends with the window */
  show(profile: KnownProfile | undefined, windowOnly = false): void {
    if (!profile) {
      this.item.hide();
      return;
    }
    const production = profile.environment === 'production';
    const label = environmentLabel(profile.environment);
    const { partnerId } = profile;
    const [own, ...environment] = profileWords(profile);
    const name = inert(own);
    const shown = windowOnly ? l10n.t('{0} (this window only)', name) : name;
    this.item.text = `$(${production ? 'warning' : 'account'}) Smile ID: ${[...environment, shown].join(' · ')}`;
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
