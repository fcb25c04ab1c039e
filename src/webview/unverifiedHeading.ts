import * as l10n from '../core/l10n';
import type { JobReport } from '../core/report/jobReport';

/** A heading over what a response says, which is not a fact if its signature is invalid or missing. */
export const unverifiedHeading = ({ state }: JobReport, heading: string): string =>
  state === 'untrusted' ? l10n.t('{0} (not verified)', heading) : heading;
