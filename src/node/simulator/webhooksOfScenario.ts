import type { JsonObject } from '../../core/smile/fields';
import { isV3JobId } from '../../core/smile/typeId';
import {
  interimOf,
  TEST_IDS,
  type WebhookContent,
  type WebhookIds,
} from '../../core/webhooks/webhook';
import { behaviorOf, type JobReply } from './scenarioBehaviors';
import { isObject } from './simulatedHttp';
import { v3BehaviorOf, type V3Behavior, type V3Reply } from './v3Behaviors';
import { SAMPLE_JOB, webhookOf } from './v3Webhooks';

/** So many requests that each scenario is at its end. */
const AT_END = Number.MAX_SAFE_INTEGER;
/** How long before now a job is decided that is requested (scenarioBehaviors.ts). */
const DECIDED_BEFORE = 5 * 60_000;

/** What job status of v1 says in the end; null if the scenario is none with a result. */
export function finalReply(
  scenario: string,
  { userId, jobId }: WebhookIds,
  decidedAt: Date,
): JobReply | null {
  const startedAt = new Date(decidedAt.getTime() + DECIDED_BEFORE);
  const reply = behaviorOf(scenario).reply({ userId, jobId, poll: AT_END, startedAt });
  return reply.kind === 'job' ? reply : null;
}

/**
 * The results of a job of v1 that are called back, the oldest first: those of its own history, so that job status says
 * the same. Biometric KYC has its ID half first, and a reviewer's result comes last.
 */
export function callbacksOf({ result, history }: JobReply, jobId: string): readonly JsonObject[] {
  const own = history.filter(
    ({ PartnerParams }) => isObject(PartnerParams) && PartnerParams.job_id === jobId,
  );
  if (own.length > 0) return own.toReversed();
  return isObject(result) && ('ResultCode' in result || 'result_code' in result) ? [result] : [];
}

/** What status says of a job of v3 in the end. */
export const finalV3Reply = ({ reply }: V3Behavior): V3Reply => reply(AT_END);

/** What the webhooks of a job of v3 tell: nothing if it is never found, and first that it is in progress if it is. */
export function webhooksOf(behavior: V3Behavior): readonly ('interim' | 'final')[] {
  const isInProgress = (reply: V3Reply): boolean => reply.kind === 'state' && reply.http === 202;
  const last = finalV3Reply(behavior);
  const isFinal = last.kind === 'state' && last.http === 200;
  return [
    ...(isInProgress(behavior.reply(1)) ? ['interim' as const] : []),
    ...(isFinal ? ['final' as const] : []),
  ];
}

/**
 * The webhooks of a scenario, in the order in which they are sent, about a user who does not exist. Links lead nowhere, and
 * callbacks of v1 have none.
 *
 * @param scenario a job ID of the simulator
 */
export function webhooksOfScenario(
  scenario: string,
  now: Date,
  ids: WebhookIds = TEST_IDS[isV3JobId(scenario) ? 'v3' : 'v1'],
): readonly WebhookContent[] {
  if (!isV3JobId(scenario)) {
    const reply = finalReply(scenario, ids, now);
    const results = reply ? callbacksOf(reply, ids.jobId) : [];
    return results.map((fields) => ({ api: 'v1', fields }));
  }
  const behavior = v3BehaviorOf(scenario);
  if (!behavior) return [];
  const { outcome, isSuspect = false } = behavior;
  const body = JSON.stringify(webhookOf(outcome, { ...SAMPLE_JOB, ...ids, isSuspect }));
  const final: WebhookContent = { api: 'v3', body, ...ids };
  const contents = { final, interim: interimOf(final) };
  return webhooksOf(behavior).flatMap((name) => contents[name] ?? []);
}
