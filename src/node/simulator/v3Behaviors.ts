import { gatewayHtml, type SimulatedResponse } from './simulatedHttp';
import { FORBIDDEN, RATE_LIMITED, refuse, SERVER_ERROR, UNAUTHORIZED } from './v3Errors';
import { v3Outcome, v3Outcomes, type Outcome } from './v3Outcomes';
import { jobIdOfOutcome, jobIdOfSpecial, type SpecialScenario } from './v3Scenarios';

/** The response to a status request (specs/v3/openapi.yaml, JobStatusResponse). */
export interface StateReply {
  readonly kind: 'state';
  readonly http: 200 | 202 | 404;
  readonly status: string;
  readonly message: string;
  readonly isCutOff?: boolean;
}

export type V3Reply =
  | StateReply
  | { readonly kind: 'response'; readonly response: SimulatedResponse }
  /** No token is valid any more, nor is that of the request. */
  | { readonly kind: 'forget tokens' }
  | { readonly kind: 'hang up' };

export interface V3Behavior {
  /** @param count 1 at the first request about this job */
  readonly reply: (count: number) => V3Reply;
  /** What its webhook says. */
  readonly outcome: Outcome;
  readonly isSuspect?: boolean;
  readonly replay?: 'needs address' | SimulatedResponse;
}

export const finished = (status: string, message = 'Job completed'): StateReply => ({
  kind: 'state',
  http: 200,
  status,
  message,
});
export const PROCESSING: StateReply = {
  kind: 'state',
  http: 202,
  status: 'processing',
  message: 'Job is still processing',
};
export const NOT_FOUND: StateReply = {
  kind: 'state',
  http: 404,
  status: 'not_found',
  message: 'Job not found',
};

const DEFAULT = v3Outcome('biometric_kyc', 'clear', null);
const CLEAR = finished(DEFAULT.status);

const responds = (response: SimulatedResponse): V3Reply => ({ kind: 'response', response });

/** The same at every request. */
const always = (reply: V3Reply, more: Partial<V3Behavior> = {}): V3Behavior => ({
  reply: () => reply,
  outcome: DEFAULT,
  ...more,
});

const thenClear = (requests: number, before: V3Reply): V3Behavior => ({
  reply: (count) => (count <= requests ? before : CLEAR),
  outcome: DEFAULT,
});

const BEHAVIORS: Readonly<Record<SpecialScenario, V3Behavior>> = {
  'processing-3': thenClear(3, PROCESSING),
  processing: always(PROCESSING),
  'not-found-2': thenClear(2, NOT_FOUND),
  'not-found': always(NOT_FOUND),
  'tokens-forgotten': thenClear(1, { kind: 'forget tokens' }),
  unauthorized: always(responds(UNAUTHORIZED)),
  forbidden: always(responds(FORBIDDEN)),
  'server-error': thenClear(1, responds(SERVER_ERROR)),
  'rate-limited': thenClear(
    1,
    responds({ ...RATE_LIMITED, headers: { ...RATE_LIMITED.headers, 'Retry-After': '1' } }),
  ),
  'gateway-page': always(
    responds({
      status: 502,
      headers: { 'Content-Type': 'text/html' },
      body: gatewayHtml('502 Bad Gateway'),
    }),
  ),
  'connection-lost': always({ kind: 'hang up' }),
  'cut-off': always({ ...CLEAR, isCutOff: true }),
  'old-form': always(finished('complete', 'Verification completed with state: clear')),
  'unknown-status': always(finished('a_status_of_the_simulator')),
  'fraud-detected': always(CLEAR, { isSuspect: true }),
  'replay-no-address': always(CLEAR, { replay: 'needs address' }),
  'replay-no-product': always(CLEAR, {
    replay: refuse(400, 'Unable to determine product for this job'),
  }),
  'replay-no-reference': always(CLEAR, {
    replay: refuse(404, 'Reference not found for this job'),
  }),
};

const BY_JOB_ID: ReadonlyMap<string, V3Behavior> = new Map([
  ...v3Outcomes.map((outcome): [string, V3Behavior] => [
    jobIdOfOutcome(outcome),
    always(finished(outcome.status), { outcome }),
  ]),
  ...Object.entries(BEHAVIORS).map(([name, behavior]): [string, V3Behavior] => [
    jobIdOfSpecial(name),
    behavior,
  ]),
]);

/** What happens to a job of a scenario, by its ID; null if there is no such job. */
export function v3BehaviorOf(jobId: string): V3Behavior | null {
  return BY_JOB_ID.get(jobId) ?? null;
}
