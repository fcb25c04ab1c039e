import * as l10n from '../l10n';
import { timeWords } from '../report/timeWords';
import { isDecided, type Job } from '../smile/job';
import { createdAtOf } from '../smile/typeId';

/** When a receiver was running; milliseconds since 1970. */
export interface ReceiverRun {
  readonly from: number;
  /** Null while it still runs. */
  readonly to: number | null;
}

/** From where the receiver can be reached, as far as that is known. */
export type Reach =
  /** No public address is known. */
  | 'this machine only'
  /** The public address shows a sign-in page. */
  | 'private'
  | 'http only'
  /** It redirects to another address of the same host. */
  | 'redirected'
  /** A receiver responds, but not to the host that the tunnel writes into requests. */
  | 'wrong host'
  /** Something else responds at the public address, such as the receiver of another window. */
  | 'other server'
  /** No address is known for its name. */
  | 'unknown name'
  /** The tunnel is off or asleep. */
  | 'no response'
  | 'not tested'
  | 'reached';

export interface ReceiverPast {
  /** Oldest first; all of this window. */
  readonly runs: readonly ReceiverRun[];
  readonly reach: Reach;
}

export interface MissingReason {
  /** Whether it is known to be so; otherwise it is one possibility. */
  readonly isCertain: boolean;
  readonly text: string;
}

/**
 * Why no delivery came for a job that is final, the certain reasons first; null for a job that is not. Limits of 35 seconds
 * and of domains are those of API v3 (its documentation and its OpenAPI description).
 *
 * @param seenFinalAt when the job was first seen final, in milliseconds since 1970: it ended before, and nothing says when
 * @param isLocal whether the sender is on this machine, as the simulator is: it needs no public address
 */
export function whyMissing(
  job: Job,
  seenFinalAt: number,
  receiver: ReceiverPast,
  isLocal = false,
): readonly MissingReason[] | null {
  if (!isFinal(job)) return null;
  const isV3 = job.api === 'v3';
  const reasons = [
    ...offReasons(job, seenFinalAt, receiver),
    ...(isLocal ? [] : reachReasons(receiver, isV3)),
    otherAddressReason(),
    ...(isLocal || !isV3 ? [] : limitReasons(receiver)),
  ];
  return reasons.sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
}

/** Whether nothing more is expected of a job. */
export const isFinal = ({ complete, verdict, result }: Job): boolean =>
  complete !== false && result?.final !== false && isDecided(verdict);

function offReasons({ jobId }: Job, seenFinalAt: number, { runs }: ReceiverPast): MissingReason[] {
  const [first] = runs;
  if (!first) {
    return [
      { isCertain: true, text: l10n.t('The webhook receiver was not running in this window.') },
    ];
  }
  if (first.from > seenFinalAt) {
    return [
      {
        isCertain: true,
        text: l10n.t(
          'The webhook receiver was started at {0}, after the job had ended.',
          timeWords(new Date(first.from)),
        ),
      },
    ];
  }
  const before = runs.filter(({ from }) => from <= seenFinalAt);
  const latest = before.at(-1) ?? first;
  if (latest.to !== null && latest.to < seenFinalAt) {
    return [
      {
        isCertain: false,
        text: l10n.t(
          'The webhook receiver was stopped at {0}; the job may have ended after that.',
          timeWords(new Date(latest.to)),
        ),
      },
    ];
  }
  const createdAt = jobId === null ? null : createdAtOf(jobId);
  if (createdAt && createdAt.getTime() > latest.from) return [];
  return [
    {
      isCertain: false,
      text: l10n.t(
        'The job may have ended before {0}, when the webhook receiver was started.',
        timeWords(new Date(latest.from)),
      ),
    },
  ];
}

function reachReasons({ reach }: ReceiverPast, isV3: boolean): MissingReason[] {
  const certain = (text: string): MissingReason[] => [{ isCertain: true, text }];
  switch (reach) {
    case 'this machine only':
      return certain(l10n.t('Only this machine can reach the receiver: it has no public address.'));
    case 'private':
      return certain(l10n.t('The forwarded port is private: Smile ID gets a sign-in page.'));
    case 'http only':
      return isV3 ? certain(l10n.t('The public address is HTTP; API v3 sends to HTTPS only.')) : [];
    case 'wrong host':
      return certain(
        l10n.t('The tunnel replaces the host of requests, so the receiver refuses them.'),
      );
    case 'redirected':
    case 'other server':
      return certain(l10n.t('The public address does not lead to this window.'));
    case 'unknown name':
      return certain(
        l10n.t('The name of the public address could not be resolved when it was tested.'),
      );
    case 'no response':
      return certain(l10n.t('The public address did not respond when it was tested.'));
    case 'not tested':
      return [possible(l10n.t('The public address was not tested yet.'))];
    case 'reached':
      return [];
  }
}

const possible = (text: string): MissingReason => ({ isCertain: false, text });

const otherAddressReason = (): MissingReason =>
  possible(l10n.t('The job may have been submitted with another callback address, or with none.'));

function limitReasons({ reach }: ReceiverPast): MissingReason[] {
  if (reach === 'this machine only') return [];
  return [
    possible(
      l10n.t(
        'The domain of the address may not be on the list of callback domains of your account.',
      ),
    ),
    possible(
      l10n.t(
        'The response may have taken over 35 seconds, for example because this machine was asleep: then Smile ID tries up to 3 times more.',
      ),
    ),
  ];
}
