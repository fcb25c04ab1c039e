import * as l10n from '../l10n';
import { shownText } from '../harmlessText';
import { redactText } from '../redact';
import { hasPassed, isAccepted, type AttemptOutcome, type ReplayVerdict } from './attempts';
import { nextOfSmileID, outcomeText, replayVerdictText } from './endpointWords';
import type { Expected } from './testWebhook';

/** One webhook that was sent to an endpoint, as far as a user wants to read of it. */
export interface ReportedAttempt {
  readonly api: 'v1' | 'v3';
  /** What it was: "Biometric KYC, wrong signature". */
  readonly title: string;
  readonly at: Date;
  readonly outcome: AttemptOutcome;
  readonly expected: Expected;
  readonly verdict: ReplayVerdict | null;
}

/**
 * A text for the user: what the endpoint responded to each, and what Smile ID would do next. An endpoint may repeat
 * personal data in its responses, so there is a redacted text, too.
 *
 * @param profile the one whose key signs; null for what Smile ID signed
 */
export function attemptReport(
  url: URL,
  attempts: readonly ReportedAttempt[],
  profile: string | null = null,
): { readonly redacted: string; readonly personal: string } {
  const text = (shown: (body: string) => string, ...hints: readonly string[]): string =>
    [
      l10n.t('Sent to {0}', shownText(addressOf(url, shown))),
      ...(profile === null ? [] : [l10n.t('Profile: {0}', shownText(profile))]),
      ...hints,
      '',
      ...attempts.flatMap((attempt, at) => lines(attempt, at + 1, url, shown)),
    ].join('\n');
  const personal = text((body) => body);
  const redacted = text(redactText);
  return {
    redacted:
      redacted === personal
        ? redacted
        : text(
            redactText,
            l10n.t(
              'Bodies are redacted here. The button with the eye, above, shows them as they came.',
            ),
          ),
    personal,
  };
}

function lines(
  attempt: ReportedAttempt,
  number: number,
  url: URL,
  shown: (body: string) => string,
): string[] {
  const { api, title, at, outcome, expected, verdict } = attempt;
  const expectation = expectationText(outcome, expected);
  return [
    `${number}. ${shownText(title)}, ${at.toLocaleTimeString()}`,
    `   ${outcomeText(withTarget(outcome, shown), url)}`,
    ...(verdict === null ? [] : [`   ${replayVerdictText(verdict)}`]),
    ...(expectation === null ? [] : [`   ${expectation}`]),
    ...nextLines(api, outcome, expected),
    ...bodyLines(outcome, shown),
    '',
  ];
}

/** What stands behind the path may be a token, or of a user. */
const addressOf = ({ origin, pathname, search }: URL, shown: (text: string) => string): string =>
  `${origin}${pathname}${search === '' ? '' : `?${shown(search.slice(1))}`}`;

const withTarget = (outcome: AttemptOutcome, shown: (text: string) => string): AttemptOutcome =>
  outcome.kind === 'redirected' && outcome.location !== null
    ? { ...outcome, location: shown(outcome.location) }
    : outcome;

/** Whether an endpoint did what is right, in words; null if nothing was sent, or if it simply accepted what is valid. */
export function expectationText(outcome: AttemptOutcome, expected: Expected): string | null {
  if (outcome.kind === 'not allowed' || outcome.kind === 'stopped') return null;
  const passed = hasPassed(outcome, expected);
  switch (expected) {
    case 'accepted':
      return passed
        ? null
        : l10n.t('Wrong: a valid webhook must be accepted, with a status of 200 to 299.');
    case 'refused':
      return passed
        ? l10n.t('Right: a webhook with this signature must be refused.')
        : l10n.t(
            'Wrong: a webhook with this signature must be refused, with a status of 400 to 499.',
          );
    case 'either':
      if (!passed) {
        return l10n.t(
          'Wrong: a webhook must be accepted, with a status of 200 to 299, or refused, with one of 400 to 499.',
        );
      }
      return isAccepted(outcome)
        ? l10n.t(
            'Accepted. To refuse it would be right, too: for example, how old a signature may be is your choice.',
          )
        : l10n.t(
            'Refused. To accept it would be right, too: for example, how old a signature may be is your choice.',
          );
  }
}

/** Smile ID never makes a signature that must be refused. */
function nextLines(api: 'v1' | 'v3', outcome: AttemptOutcome, expected: Expected): string[] {
  const next = expected === 'refused' ? '' : nextOfSmileID(api, outcome, 1);
  return next === '' ? [] : [`   ${next}`];
}

function bodyLines(outcome: AttemptOutcome, shown: (body: string) => string): string[] {
  if (outcome.kind !== 'responded' || outcome.body.trim() === '') return [];
  const { body, isCut, headers } = outcome;
  const type = headers['content-type'];
  return [
    `   ${type === undefined ? l10n.t('Body:') : l10n.t('Body, {0}:', shownText(type))}`,
    ...shown(body)
      .split(/\r?\n/)
      .map((line) => `   | ${shownText(line)}`),
    ...(isCut ? [`   ${l10n.t('The rest of the body is not shown.')}`] : []),
  ];
}
