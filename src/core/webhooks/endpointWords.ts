import * as l10n from '../l10n';
import { shownText } from '../harmlessText';
import { isAccepted, MAX_TRIES, TIME_LIMIT } from './attempts';
import { hostOf, isAddress } from './endpointAddress';
import type { AttemptFailure, AttemptOutcome, Refusal, ReplayVerdict } from './attempts';

/** What is found at one address of an endpoint. `open`: something listens there and does not speak TLS. */
export interface ProbedPort {
  readonly address: string;
  readonly state: 'nothing' | 'open' | 'tls' | 'unreachable';
}

/** Whether an endpoint can be reached, before anything is sent to it. */
export type Health =
  | { readonly kind: 'probed'; readonly ports: readonly ProbedPort[] }
  | Extract<AttemptOutcome, { kind: 'failed' | 'not allowed' | 'stopped' }>;

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

/** How long an attempt took: "12 ms", "1.2 s", "12 s". */
export const durationText = (ms: number): string =>
  ms < 1000
    ? l10n.t('{0} ms', Math.round(ms))
    : l10n.t('{0} s', (ms / 1000).toFixed(ms < 10_000 ? 1 : 0));

/** What keeps an endpoint from being reached, in words; null if nothing does. */
export function healthProblem(health: Health, url: URL): string | null {
  if (health.kind !== 'probed') return outcomeText(health, url);
  const found = health.ports.filter(({ state }) => state === 'open' || state === 'tls');
  const reached = found.filter(({ address }) => !isAddress(url) || address === hostOf(url));
  const [first] = reached;
  if (!first) {
    const [other] = found;
    if (other) {
      return l10n.t(
        'Nothing listens on port {0} of {1}, but something does at {2}: enter localhost in its place.',
        portOf(url),
        url.hostname,
        other.address,
      );
    }
    return health.ports.some(({ state }) => state === 'nothing')
      ? failureText('refused', url)
      : failureText('unreachable', url);
  }
  if (url.protocol === 'http:' && reached.every(({ state }) => state === 'tls')) {
    return failureText('tls expected', url);
  }
  if (url.protocol === 'https:' && reached.every(({ state }) => state === 'open')) {
    return failureText('http expected', url);
  }
  const isAtIPv4 = reached.some(({ address }) => !address.includes(':'));
  return !isAddress(url) && health.ports.length > 1 && !isAtIPv4
    ? l10n.t(
        'It listens on {0} only: programs that connect to the IPv4 address of {1} do not reach it.',
        first.address,
        url.hostname,
      )
    : null;
}

/** What came of an attempt, in words. Texts of the endpoint are not in it, but for the target of a redirect. */
export function outcomeText(outcome: AttemptOutcome, url: URL): string {
  switch (outcome.kind) {
    case 'responded':
      return responseText(outcome.status, outcome.ms, url);
    case 'redirected':
      return outcome.location === null
        ? l10n.t('HTTP {0}: a redirect, which is not followed.', outcome.status)
        : l10n.t(
            'HTTP {0}: a redirect to {1}, which is not followed.',
            outcome.status,
            shownText(outcome.location),
          );
    case 'failed':
      return failureText(outcome.cause, url);
    case 'not allowed':
      return refusalText(outcome.refusal);
    case 'stopped':
      return l10n.t('Stopped.');
  }
}

/** What came of an attempt, in a few words. */
export function outcomeLabel(outcome: AttemptOutcome): string {
  switch (outcome.kind) {
    case 'responded':
    case 'redirected':
      return l10n.t('HTTP {0}', outcome.status);
    case 'failed':
      return failureLabel(outcome.cause);
    case 'not allowed':
      return l10n.t('Not sent');
    case 'stopped':
      return l10n.t('Stopped');
  }
}

const failureLabel = (cause: AttemptFailure): string =>
  ({
    refused: l10n.t('Nothing listens'),
    timeout: l10n.t('No response'),
    'tls expected': l10n.t('TLS expected'),
    'http expected': l10n.t('No TLS there'),
    'not HTTP': l10n.t('Not HTTP'),
    reset: l10n.t('Connection closed'),
    unresolved: l10n.t('Unknown name'),
    unreachable: l10n.t('No connection'),
  })[cause];

/** What a replay shows, in a word or two. */
export const replayVerdictLabel = (verdict: ReplayVerdict): string =>
  ({
    fixed: l10n.t('fixed'),
    regressed: l10n.t('regressed'),
    'still failing': l10n.t('still failing'),
    'still passing': l10n.t('still passing'),
  })[verdict];

function responseText(status: number, ms: number, { pathname }: URL): string {
  const duration = durationText(ms);
  const path = shownText(pathname);
  switch (status) {
    case 404:
      return l10n.t('The path {0} gives HTTP 404 after {1}: no route has it.', path, duration);
    case 405:
      return l10n.t('The path {0} gives HTTP 405 after {1}: it takes no POST.', path, duration);
    default:
      return l10n.t('HTTP {0} after {1}.', status, duration);
  }
}

function failureText(cause: AttemptFailure, url: URL): string {
  const port = portOf(url);
  switch (cause) {
    case 'refused':
      return l10n.t('Nothing listens on port {0}.', port);
    case 'timeout':
      return l10n.t('No response within {0} s.', TIME_LIMIT / 1000);
    case 'tls expected':
      return l10n.t('Port {0} expects TLS: the address must begin with https://.', port);
    case 'http expected':
      return l10n.t('Port {0} does not speak TLS: the address must begin with http://.', port);
    case 'not HTTP':
      return l10n.t('What responds on port {0} does not speak HTTP.', port);
    case 'reset':
      return l10n.t('The connection was closed before a response came.');
    case 'unresolved':
      return l10n.t('The name {0} cannot be resolved.', url.hostname);
    case 'unreachable':
      return l10n.t('No connection to {0}.', url.host);
  }
}

function refusalText(refusal: Refusal): string {
  switch (refusal) {
    case 'not http':
      return l10n.t('Not sent: the address must start with http:// or https://.');
    case 'has credentials':
      return l10n.t('Not sent: the address contains a user name.');
    case 'not private':
      return l10n.t('Not sent: webhooks go to this machine or to a private network only.');
    case 'not confirmed':
      return l10n.t('Not sent: this address was not confirmed.');
    case 'contains API key':
      return l10n.t('Not sent: it contains an API key.');
    case 'keys unknown':
      return l10n.t('Not sent: the stored API keys cannot be read, so it may contain one.');
  }
}

/**
 * What Smile ID would do next. v3: official documentation at second hand; how long it waits between tries is not known. v1:
 * neither what counts as received nor how often a callback is sent is documented.
 *
 * @param tries how often this one was sent
 */
export function nextOfSmileID(api: 'v1' | 'v3', outcome: AttemptOutcome, tries: number): string {
  if (outcome.kind === 'not allowed' || outcome.kind === 'stopped') return '';
  const accepted = isAccepted(outcome);
  if (api === 'v1') {
    return accepted
      ? l10n.t('Received, as far as is known: Smile ID does not document it for API v1.')
      : l10n.t(
          'For API v1 it is not documented whether a callback is sent again. Job status has the result, too.',
        );
  }
  const seconds = TIME_LIMIT / 1000;
  if (accepted) return l10n.t('Smile ID is done: it wants any 2xx within {0} s.', seconds);
  const left = MAX_TRIES - tries;
  if (left <= 0) {
    return l10n.t(
      'Smile ID gives up after {0} tries. It sends the webhook again when you resend it.',
      MAX_TRIES,
    );
  }
  return left === 1
    ? l10n.t('Smile ID tries once more, since it wants any 2xx within {0} s.', seconds)
    : l10n.t(
        'Smile ID tries up to {0} more times, since it wants any 2xx within {1} s.',
        left,
        seconds,
      );
}

/** What a replay shows. */
export function replayVerdictText(verdict: ReplayVerdict): string {
  switch (verdict) {
    case 'fixed':
      return l10n.t('Fixed: the attempt before failed.');
    case 'regressed':
      return l10n.t('Regressed: the attempt before passed.');
    case 'still failing':
      return l10n.t('Still failing, as in the attempt before.');
    case 'still passing':
      return l10n.t('Still passing, as in the attempt before.');
  }
}
