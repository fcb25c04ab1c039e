import * as l10n from '../l10n';
import type { CodeOutcome } from './types';

/** An outcome in one or two words. */
export const outcomeLabel = (outcome: CodeOutcome): string =>
  ({
    approved: l10n.t('Approved'),
    attention: l10n.t('Needs attention'),
    provisional: l10n.t('Provisional'),
    rejected: l10n.t('Rejected'),
    pending: l10n.t('Pending'),
    error: l10n.t('Error'),
  })[outcome];
