/** How the receiver responds to deliveries: to test what a sender, or a program that waits for it, does then. */
export type ReceiverBehavior =
  | { readonly kind: 'answer'; readonly status: number; readonly delayMs: number }
  /** Ends the connection without an answer. */
  | { readonly kind: 'drop'; readonly delayMs: number }
  /** Passes the response of the user's own endpoint through. Null means that the delivery was not passed on. */
  | {
      readonly kind: 'endpoint';
      readonly delayMs: 0;
      readonly responseTo: (number: number) => Promise<ReceiverResponse | null>;
    };

export interface ReceiverResponse {
  readonly status: number;
  readonly body: string;
}

export const ANSWER_200 = { kind: 'answer', status: 200, delayMs: 0 } as const;

const LONGEST_DELAY_MS = 10 * 60_000;

/** Whether the receiver can do it: final HTTP statuses, and delays of at most ten minutes. */
export function isPossible(behavior: ReceiverBehavior): boolean {
  const { delayMs } = behavior;
  const isStatus =
    behavior.kind !== 'answer' ||
    (Number.isInteger(behavior.status) && behavior.status >= 200 && behavior.status <= 599);
  return isStatus && delayMs >= 0 && delayMs <= LONGEST_DELAY_MS;
}
