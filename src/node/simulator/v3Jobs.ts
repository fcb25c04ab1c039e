import type { Clock } from '../../core/clock';
import { createdAtOf } from '../../core/smile/typeId';
import { fixedTypeId, mintTypeId } from './mintTypeId';
import { keep } from './requestCounts';
import type { SimulatedResponse } from './simulatedHttp';
import { finished, PROCESSING, v3BehaviorOf, type V3Behavior, type V3Reply } from './v3Behaviors';
import { textsOf } from './v3Fields';
import type { Outcome } from './v3Outcomes';
import type { SubmittedForm } from './v3Submissions';
import { SAMPLE_JOB, type WebhookJob } from './v3Webhooks';
import { finalV3Reply, webhooksOf } from './webhooksOfScenario';

/** The jobs submitted last are known. */
export const MAX_SUBMITTED = 1000;
/** Milliseconds that a submitted job is processing. */
export const PROCESSING_TIME = 2000;
/** The address that the partner has set for all webhooks. Its name leads nowhere. */
const DEFAULT_CALLBACK = 'https://callbacks.simulator.invalid/';

/** A job that was submitted, or that of a scenario. */
export interface V3Job {
  readonly details: Omit<WebhookJob, 'links'>;
  readonly outcome: Outcome;
  /** @param count 1 at the first request about this job */
  readonly reply: (count: number) => V3Reply;
  /** Where its webhook goes; empty if it has no address. */
  readonly callbackUrl: string;
  readonly replayRefusal: SimulatedResponse | null;
  readonly idempotencyKey: string | null;
}

export class V3Jobs {
  private readonly submitted = new Map<string, V3Job>();

  constructor(private readonly clock: Clock) {}

  find(jobId: string): V3Job | null {
    const submitted = this.submitted.get(jobId);
    if (submitted) return submitted;
    const behavior = v3BehaviorOf(jobId);
    return behavior && this.ofScenario(jobId, behavior);
  }

  findByKey(idempotencyKey: string): V3Job | null {
    return (
      [...this.submitted.values()].find((job) => job.idempotencyKey === idempotencyKey) ?? null
    );
  }

  hasUser(userId: string): boolean {
    return [...this.submitted.values()].some(({ details }) => details.userId === userId);
  }

  /** @param time milliseconds that it is processing */
  add(
    form: SubmittedForm,
    outcome: Outcome,
    { time, idempotencyKey }: { readonly time: number; readonly idempotencyKey: string | null },
  ): V3Job {
    const { now } = form;
    const jobId = mintTypeId('job', now);
    const end = now.getTime() + time;
    const job: V3Job = {
      details: {
        jobId,
        userId: form.userId ?? mintTypeId('user', now),
        createdAt: now,
        completedAt: new Date(end),
        user: form.details,
        id: {
          country: form.text('country'),
          type: form.text('id_type'),
          number: form.text('id_number'),
        },
        partnerParams: textsOf(form.text('partner_params')) ?? {},
        isSuspect: false,
      },
      outcome,
      reply: () => (this.clock.now().getTime() < end ? PROCESSING : finished(outcome.status)),
      callbackUrl: form.text('callback_url') || DEFAULT_CALLBACK,
      replayRefusal: null,
      idempotencyKey,
    };
    keep(this.submitted, jobId, job, MAX_SUBMITTED);
    return job;
  }

  /** A job without a form, of the only user of the scenarios. It is in progress until its last webhook is sent. */
  play(behavior: V3Behavior, userId: string | null, callbackUrl: string | null): V3Job {
    const now = this.clock.now();
    const jobId = mintTypeId('job', now);
    const end = now.getTime() + PROCESSING_TIME * webhooksOf(behavior).length;
    const last = finalV3Reply(behavior);
    const scenario = this.ofScenario(jobId, behavior);
    const job: V3Job = {
      ...scenario,
      details: {
        ...scenario.details,
        userId: userId ?? mintTypeId('user', now),
        createdAt: now,
        completedAt: new Date(end),
      },
      reply: (count) => {
        const reply = behavior.reply(count);
        if (reply.kind !== 'state') return reply; // an error of the scenario
        return this.clock.now().getTime() < end ? PROCESSING : last;
      },
      callbackUrl: callbackUrl ?? scenario.callbackUrl,
    };
    keep(this.submitted, jobId, job, MAX_SUBMITTED);
    return job;
  }

  private ofScenario(jobId: string, behavior: V3Behavior): V3Job {
    const createdAt = createdAtOf(jobId, this.clock.now()) ?? this.clock.now();
    const { outcome, reply, isSuspect = false, replay } = behavior;
    return {
      details: {
        ...SAMPLE_JOB,
        jobId,
        userId: fixedTypeId('user', jobId),
        createdAt,
        completedAt: new Date(createdAt.getTime() + PROCESSING_TIME),
        isSuspect,
      },
      outcome,
      reply,
      callbackUrl: replay === 'needs address' ? '' : DEFAULT_CALLBACK,
      replayRefusal: replay === undefined || replay === 'needs address' ? null : replay,
      idempotencyKey: null,
    };
  }
}
