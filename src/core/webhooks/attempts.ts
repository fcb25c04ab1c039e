import { Emitter, type Event } from '../event';
import type { Logger } from '../logger';
import type { Expected } from './testWebhook';

/** Milliseconds that Smile ID waits for a response to a webhook of v3 (official documentation, at second hand). */
export const TIME_LIMIT = 35_000;
/** How often it sends one at most: once, and up to three times more (the same source). */
export const MAX_TRIES = 4;

/** Why an endpoint must not get a webhook. */
export type Refusal =
  | 'not http'
  | 'has credentials'
  | 'not private'
  | 'not confirmed'
  | 'contains API key'
  /** The stored keys cannot be read, so the one before cannot be ruled out. */
  | 'keys unknown';

/** Why no response came. `tls expected`: HTTP was spoken to a port of HTTPS; `http expected`: the reverse. */
export type AttemptFailure =
  | 'refused'
  | 'timeout'
  | 'tls expected'
  | 'http expected'
  | 'not HTTP'
  | 'reset'
  | 'unresolved'
  | 'unreachable';

/** What came of one try at an endpoint. Everything that can be expected is a value. */
export type AttemptOutcome =
  | {
      readonly kind: 'responded';
      readonly status: number;
      /** Milliseconds until the status came. */
      readonly ms: number;
      /** Those that explain a response, by lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      /** Its beginning. */
      readonly body: string;
      readonly isCut: boolean;
    }
  /** A redirect, which was not followed. */
  | {
      readonly kind: 'redirected';
      readonly status: number;
      readonly ms: number;
      readonly location: string | null;
    }
  | { readonly kind: 'failed'; readonly cause: AttemptFailure; readonly ms: number }
  /** Nothing was sent. */
  | { readonly kind: 'not allowed'; readonly refusal: Refusal }
  /** The user stopped it. */
  | { readonly kind: 'stopped' };

/** One try at a handler: a test webhook, a delivery that was passed on, or the same bytes once more. */
export interface Attempt {
  readonly kind: 'send' | 'forward' | 'replay';
  readonly url: string;
  readonly at: Date;
  readonly outcome: AttemptOutcome;
}

/** An attempt, and what it shows against the one before. */
export interface ComparedAttempt extends Attempt {
  readonly verdict: ReplayVerdict | null;
}

/** Whether Smile ID takes a webhook as received. */
export const isAccepted = (outcome: AttemptOutcome): boolean =>
  outcome.kind === 'responded' && outcome.status >= 200 && outcome.status < 300;

/** Whether a handler did what is right for a webhook: one with a wrong signature must be refused. */
export function hasPassed(outcome: AttemptOutcome, expected: Expected = 'accepted'): boolean {
  const isRefused = outcome.kind === 'responded' && outcome.status >= 400 && outcome.status < 500;
  return (expected !== 'refused' && isAccepted(outcome)) || (expected !== 'accepted' && isRefused);
}

export type ReplayVerdict = 'fixed' | 'regressed' | 'still failing' | 'still passing';

/** What a replay shows against the attempt before it. Null if one of the two did not take place. */
export function replayVerdict(
  before: AttemptOutcome,
  after: AttemptOutcome,
  expected?: Expected,
): ReplayVerdict | null {
  if (!tookPlace(before) || !tookPlace(after)) return null;
  if (hasPassed(after, expected)) return hasPassed(before, expected) ? 'still passing' : 'fixed';
  return hasPassed(before, expected) ? 'regressed' : 'still failing';
}

const tookPlace = ({ kind }: AttemptOutcome): boolean =>
  kind !== 'not allowed' && kind !== 'stopped';

/** Attempts that are kept of one delivery, and deliveries of which some are kept. */
const MOST_ATTEMPTS = 20;
const MOST_DELIVERIES = 200;

/** The attempts of deliveries, in memory only; those of the delivery that was tried longest ago are forgotten first. */
export class Attempts {
  private readonly byDelivery = new Map<string, readonly ComparedAttempt[]>();
  private readonly changed: Emitter<void>;
  readonly onDidChange: Event<void>;

  constructor(logger: Pick<Logger, 'error'>) {
    this.changed = new Emitter(logger);
    this.onDidChange = this.changed.event;
  }

  /** The oldest first. */
  of(deliveryId: string): readonly ComparedAttempt[] {
    return this.byDelivery.get(deliveryId) ?? [];
  }

  /** @returns what it shows against the last attempt at the same URL, or null if there is none to compare with */
  add(deliveryId: string, attempt: Attempt, expected?: Expected): ReplayVerdict | null {
    const before = this.of(deliveryId);
    const last = before.findLast(({ url, outcome }) => url === attempt.url && tookPlace(outcome));
    const verdict =
      last === undefined ? null : replayVerdict(last.outcome, attempt.outcome, expected);
    this.byDelivery.delete(deliveryId); // a map keeps the order in which keys were added
    this.byDelivery.set(deliveryId, [...before, { ...attempt, verdict }].slice(-MOST_ATTEMPTS));
    const [oldest] = this.byDelivery.keys();
    if (this.byDelivery.size > MOST_DELIVERIES && oldest !== undefined) {
      this.byDelivery.delete(oldest);
    }
    this.changed.fire();
    return verdict;
  }

  clear(): void {
    this.byDelivery.clear();
    this.changed.fire();
  }
}
