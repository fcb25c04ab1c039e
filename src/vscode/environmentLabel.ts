import { l10n } from 'vscode';
import type { Environment } from '../core/smile/environment';
import { ownName } from '../core/smile/ownName';
import type { Profile } from '../core/smile/profile';

/** How an environment is always shown: production is recognized at a glance, without color. */
export const environmentLabel = (environment: Environment): string =>
  ({
    sandbox: l10n.t('sandbox'),
    production: l10n.t('PRODUCTION'),
    local: l10n.t('local'),
  })[environment];

type Named = Pick<Profile, 'name' | 'environment'>;

/** The name of a profile and its environment; the environment alone if the name only repeats it. */
export function profileWords(profile: Named): readonly [string, ...string[]] {
  const [name, environment] = [ownName(profile), environmentLabel(profile.environment)];
  return name === null ? [environment] : [name, environment];
}

/** The same on one line: "Acme (sandbox)". */
export function profileLabel(profile: Named): string {
  const [name, environment] = profileWords(profile);
  return environment === undefined ? name : `${name} (${environment})`;
}

export const ENVIRONMENT_ICONS: Readonly<Record<Environment, string>> = {
  sandbox: 'beaker',
  production: 'warning',
  local: 'vm',
};
