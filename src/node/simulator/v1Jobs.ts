import type { Clock } from '../../core/clock';
import type { JsonObject } from '../../core/smile/fields';
import type { WebhookIds } from '../../core/webhooks/webhook';
import { keep } from './requestCounts';
import { behaviorOf, pending } from './scenarioBehaviors';
import type { JobReply, JobRequest, Reply, ScenarioBehavior } from './scenarioBehaviors';
import { callbacksOf, finalReply } from './webhooksOfScenario';

/** Milliseconds until the first callback of a job, and from one to the next. */
export const CALLBACK_PAUSE = 2000;
/** The jobs submitted last are known. */
const MOST_JOBS = 1000;
/** The ID half of Biometric KYC, which comes first: the job is not complete then. */
const ID_FOUND = '1012';

/** A job of v1 that was submitted. Which scenario it plays, its ID does not say. */
export class V1Job implements ScenarioBehavior {
  readonly wait: number;
  readonly callbacks: readonly JsonObject[];
  /** What job status says in the end; null for a scenario without a result, such as an error. */
  readonly last: JobReply | null;
  private readonly submittedAt: number;
  private readonly behavior: ScenarioBehavior;

  constructor(
    scenario: string,
    readonly ids: WebhookIds,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.behavior = behaviorOf(scenario);
    this.wait = this.behavior.wait ?? 0;
    this.submittedAt = clock.now().getTime();
    this.last = finalReply(scenario, ids, clock.now());
    this.callbacks = this.last ? callbacksOf(this.last, ids.jobId) : [];
  }

  /** Says what the last callback says, and nothing before the first one. Errors of the scenario stay as they are. */
  readonly reply = (request: JobRequest): Reply => {
    const reply = this.behavior.reply(request);
    const { last, callbacks } = this;
    if (reply.kind !== 'job' || last === null || callbacks.length === 0) return reply;
    const elapsed = this.clock.now().getTime() - this.submittedAt;
    const sent = Math.max(0, Math.floor(elapsed / CALLBACK_PAUSE));
    if (sent >= callbacks.length) return last;
    const history = callbacks.slice(0, sent).reverse();
    const [result] = history;
    if (result === undefined) return pending({});
    const complete = result.ResultCode !== ID_FOUND;
    return { ...last, complete, success: complete, result, history, images: {}, receipt: false };
  };
}

export class V1Jobs {
  private readonly submitted = new Map<string, V1Job>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  find(userId: string, jobId: string): V1Job | null {
    return this.submitted.get(keyOf({ userId, jobId })) ?? null;
  }

  add(scenario: string, ids: WebhookIds): V1Job {
    const job = new V1Job(scenario, ids, this.clock);
    keep(this.submitted, keyOf(ids), job, MOST_JOBS);
    return job;
  }
}

const keyOf = ({ userId, jobId }: WebhookIds): string => JSON.stringify([userId, jobId]);
