import { sign } from '../../src/core/smile/signature';
import type { Profile } from '../../src/core/smile/profile';
import { Deliveries, type DeliveriesDeps } from '../../src/core/webhooks/deliveries';
import type { Arrival, Delivery, SigningKey } from '../../src/core/webhooks/delivery';
import { FakeClock, MemoryLog } from './fakes';

export const PROFILE: Profile = {
  id: 'p-1',
  name: 'Acme',
  environment: 'sandbox',
  partnerId: '085',
  url: null,
};
export const KEY: SigningKey = { profile: PROFILE, partnerId: '085', apiKey: 'sandbox-key-123' };

export const JOB_ID = 'job_01m45mn5m0enwb31m7wv7rmj1f';
export const TIME = '2026-03-01T12:00:00.000Z';

/** Bodies of API v3, without what does not matter here. */
export const CLEAR = {
  status: 'clear',
  message: 'Verification successful',
  reason: null,
  product: 'enhanced_kyc',
};

/** A store with the key of one profile. */
export function newDeliveries(deps: Partial<DeliveriesDeps> = {}) {
  const log = new MemoryLog();
  const deliveries = new Deliveries({
    keys: () => Promise.resolve([KEY]),
    isOwn: () => Promise.resolve(false),
    clock: new FakeClock(),
    logger: log,
    ...deps,
  });
  return { deliveries, log };
}

export const bytesOf = (body: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));

export const arrivalOf = (
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Arrival => ({
  receivedAt: Date.parse(TIME),
  headers: { 'content-type': 'application/json', ...headers },
  body: body instanceof Uint8Array ? new Uint8Array(body) : bytesOf(body),
});

/** The headers of a webhook of API v3. */
export async function v3Headers(
  timestamp = TIME,
  jobId: string | null = JOB_ID,
  { apiKey, partnerId }: Pick<SigningKey, 'apiKey' | 'partnerId'> = KEY,
): Promise<Record<string, string>> {
  const { signature } = await sign(apiKey, partnerId, timestamp);
  return {
    'response-timestamp': timestamp,
    'response-signature': signature,
    ...(jobId !== null && { 'job-id': jobId }),
  };
}

/** A callback of API v1: a flat result that is signed in the body. */
export const v1Body = async (
  result: Readonly<Record<string, unknown>>,
  timestamp = TIME,
): Promise<Readonly<Record<string, unknown>>> => ({
  PartnerParams: { user_id: 'user-1', job_id: 'job-1', job_type: 1 },
  SmileJobID: '0000000001',
  ...result,
  ...(await sign(KEY.apiKey, KEY.partnerId, timestamp)),
});

/** What became of deliveries in a store, newest first. */
export async function received(...arrivals: readonly Arrival[]): Promise<readonly Delivery[]> {
  const { deliveries } = newDeliveries();
  for (const arrival of arrivals) await deliveries.receive(arrival).isRead;
  return deliveries.all;
}

/** A time of its own for each delivery. */
export const at = (second: number): string =>
  new Date(Date.parse(TIME) + second * 1000).toISOString();
