import * as l10n from '../l10n';
import { fixtureSteps } from '../report/fixture';
import { reportOf } from '../report/jobReport';
import { SDK_LANGUAGES } from '../sdk/sdkLanguage';
import type { JsonObject } from '../smile/fields';
import { apiOf } from '../smile/jobRequest';
import type { ShownOutcome } from '../smile/outcome';
import { jsonTextSteps } from '../jsonText';
import { inSlices, type Steps } from '../slicedWork';
import { languageOf } from '../text/languages';
import { curlCommand } from './curlCommand';
import type { ExportedRequest } from './exportedRequest';
import { sdkCall } from './sdkCall';
import { supportTicket } from './supportTicket';
import { typedModelSteps } from './typedModel';
import { v3SdkCall } from './v3SdkCall';

/** A job as its panel knows it; without a request if its response was pasted. */
export interface ExportedJob extends Partial<ExportedRequest> {
  readonly outcome: ShownOutcome | null;
  readonly checkedAt: Date | null;
  readonly version: string;
}

/** A format in which a job can be copied. None contains the API key. */
export interface ExportFormat {
  readonly label: string;
  readonly description: string;
  /** Called when the format is chosen: if one fails or is slow, the others are not affected. */
  readonly make: () => string | Promise<string>;
}

export function formatsOfRequest(exported: ExportedRequest): ExportFormat[] {
  return [
    {
      label: 'cURL',
      description:
        apiOf(exported.request) === 'v3'
          ? l10n.t('requests a token; reads SMILE_API_KEY')
          : l10n.t('signs itself; reads SMILE_API_KEY'),
      make: () => curlCommand(exported),
    },
    ...sdkCalls(exported),
  ];
}

/** Each SDK knows one API only: those of API v3 are newer ones with other names. */
function sdkCalls(exported: ExportedRequest): ExportFormat[] {
  const description = l10n.t('reads SMILE_API_KEY');
  return SDK_LANGUAGES.flatMap((language): ExportFormat[] => {
    const name = languageOf(language)?.name ?? language;
    if (apiOf(exported.request) === 'v1') {
      const label = l10n.t('{0} SDK call', name);
      return [{ label, description, make: () => sdkCall(language, exported) }];
    }
    const call = v3SdkCall(language, exported);
    return call === null
      ? []
      : [{ label: l10n.t('{0} SDK 12 call', name), description, make: () => call }];
  });
}

function* fixtureText(response: JsonObject): Steps<string> {
  return yield* jsonTextSteps(yield* fixtureSteps(response));
}

/** Empty if there is no response. */
export function formatsOfResponse({
  outcome,
  checkedAt,
  profile,
  request,
  version,
}: ExportedJob): ExportFormat[] {
  const formats: ExportFormat[] = [];
  if (outcome && checkedAt && profile && request) {
    const { environment, partnerId } = profile;
    const { jobId } = request;
    // a request of API v3 names no user, but its response does
    const userId = request.userId ?? (outcome.kind === 'answered' ? outcome.job.userId : null);
    const ticket = { environment, partnerId, userId, jobId, outcome, checkedAt, version };
    formats.push({
      label: l10n.t('Text for a support ticket'),
      description: l10n.t('IDs, codes and times, no personal details'),
      // Smile ID's support reads English
      make: () => l10n.inEnglish(() => supportTicket({ ...ticket, report: reportOf(outcome) })),
    });
  }
  if (outcome?.kind === 'answered') {
    formats.push(
      {
        label: l10n.t('JSON fixture'),
        description: l10n.t('for your own tests, personal data replaced'),
        make: () => inSlices(fixtureText(outcome.raw)),
      },
      {
        label: l10n.t('TypeScript model'),
        description: l10n.t('the fields and types of this response'),
        make: () => inSlices(typedModelSteps([outcome.raw], outcome.job.document)),
      },
    );
  }
  return formats;
}
