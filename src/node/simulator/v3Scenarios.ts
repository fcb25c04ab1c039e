import { fixedTypeId } from './mintTypeId';
import type { Scenario } from './simulator';
import { V3_PRODUCTS, v3Outcomes, type Certainty, type Outcome } from './v3Outcomes';

const NOTES: Readonly<Record<Certainty, string>> = {
  documented: '',
  'message inferred': ' (message inferred)',
  'third party': ' (from third-party notes)',
  inferred: ' (not documented: inferred)',
};

/**
 * What can happen to a job of API v3 besides its results, by name. What happens is in v3Behaviors.ts, which does not
 * compile unless it knows each of these. The job ID is made from the name.
 */
const SPECIAL = {
  'processing-3': 'processing for 3 requests, then clear',
  processing: 'processing, and stays so',
  'not-found-2': 'not found for 2 requests, then clear',
  'not-found': 'no such job, as for any other job ID of this form',
  'tokens-forgotten': 'the server forgets all tokens once (401), then clear',
  unauthorized: 'HTTP 401 every time, whatever the token',
  forbidden: 'HTTP 403: your address is not on the list',
  'server-error': 'HTTP 500 once, then clear',
  'rate-limited': 'HTTP 429 once, with Retry-After: 1 (not documented), then clear',
  'gateway-page': 'HTTP 502 every time, with a web page of a gateway',
  'connection-lost': 'the connection ends without a response',
  'cut-off': 'JSON that is cut off',
  'old-form': 'the status "complete" of older versions, for clear',
  'unknown-status': 'a status that Smile ID does not have',
  'fraud-detected': 'clear, but its webhook names other users with the same face',
  'replay-no-address': 'clear; a replay needs an address (400)',
  'replay-no-product': 'clear; a replay cannot tell the product (400)',
  'replay-no-reference': 'clear; a replay finds no reference (404)',
} as const;

export type SpecialScenario = keyof typeof SPECIAL;

export const jobIdOfSpecial = (name: string): string => fixedTypeId('job', name);

export const jobIdOfOutcome = ({ product, status, reason }: Outcome): string =>
  fixedTypeId('job', [product, status, reason].join(' '));

/** The scenarios of API v3: one for each result, then what else can happen. Any other job ID is not found. */
export const v3Scenarios: readonly Scenario[] = [
  ...v3Outcomes.map((outcome) => ({ jobId: jobIdOfOutcome(outcome), title: titleOf(outcome) })),
  ...Object.entries(SPECIAL).map(([name, title]) => ({
    jobId: jobIdOfSpecial(name),
    title: `API v3: ${title}`,
  })),
];

function titleOf({ product, status, reason, certainty }: Outcome): string {
  const result = reason === null ? status : `${status}, ${reason}`;
  return `${V3_PRODUCTS[product]} (v3): ${result}${NOTES[certainty]}`;
}
