import type { Environment } from '../core/smile/environment';

/** How an environment is always shown: production can be told from afar, without colour. */
export const ENVIRONMENT_LABELS: Readonly<Record<Environment, string>> = {
  sandbox: 'sandbox',
  production: 'PRODUCTION',
  local: 'local',
};

export const ENVIRONMENT_ICONS: Readonly<Record<Environment, string>> = {
  sandbox: 'beaker',
  production: 'warning',
  local: 'vm',
};
