import * as l10n from '../l10n';
import type { ReadResponse } from '../smile/readResponse';

/** Which of the API's documents a response is, in words. */
export const documentLabel = (kind: ReadResponse['kind']): string =>
  ({
    'job-status': l10n.t('job status'),
    result: l10n.t('callback or result'),
    status: l10n.t('job status of API v3'),
    webhook: l10n.t('webhook or result of API v3'),
    accepted: l10n.t('accepted request, no result'),
    error: l10n.t('error response'),
    unknown: l10n.t('unknown'),
  })[kind];
