import { l10n } from 'vscode';
import type { Profile } from '../core/smile/profile';
import { profileLabel } from '../core/smile/profileLabel';
import type { Environment } from '../core/smile/environment';

/** How an environment is always shown: production is recognized at a glance, without color. */
export const environmentLabel = (environment: Environment): string =>
  ({
    sandbox: l10n.t('sandbox'),
    production: l10n.t('PRODUCTION'),
    local: l10n.t('local'),
  })[environment];

/** As a title, and in the proposed name of a profile. */
export const environmentTitle = (environment: Environment): string =>
  ({
    sandbox: l10n.t('Sandbox'),
    production: l10n.t('Production'),
    local: l10n.t('Local'),
  })[environment];

/** A profile on one line: "sandbox · Acme". */
export const profileLine = (profile: Pick<Profile, 'name' | 'environment' | 'partnerId'>): string =>
  profileLabel(profile, environmentLabel(profile.environment)).join(' · ');

export const ENVIRONMENT_ICONS: Readonly<Record<Environment, string>> = {
  sandbox: 'beaker',
  production: 'warning',
  local: 'vm',
};
