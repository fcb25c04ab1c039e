import type { Clock } from '../clock';
import { Emitter, type Event } from '../event';
import * as l10n from '../l10n';
import { line, type Logger } from '../logger';
import { checkJobIds, type JobIds } from '../smile/jobRequest';
import { isSameBody } from '../smile/parseBody';
import type { Profile } from '../smile/profile';
import type { SignedTime } from '../smile/signature';
import { pairHash } from '../smile/signedPairs';
import { isV3JobId } from '../smile/typeId';
import {
  answeredIn,
  isTrusted,
  isValid,
  readDelivery,
  type Arrival,
  type Delivery,
  type DeliveryAnswer,
  type DeliveryNote,
  type ReadDelivery,
  type SigningKey,
} from './delivery';
import { SeenPairs } from './seenPairs';

const NONE_REFUSED = {
  path: 0,
  method: 0,
  host: 0,
  origin: 0,
  /** Over the limit of a body. */
  'too large': 0,
  /** More at the same time than may be in memory. */
  'too much at once': 0,
  slow: 0,
  /** The client left in the middle of its request. */
  aborted: 0,
  'not HTTP': 0,
};

/** Why a request did not become a delivery. */
export type Refusal = keyof typeof NONE_REFUSED;

/** Everything that came since the window was opened, whether it is kept or not. */
export interface DeliveryCounts {
  readonly received: number;
  /** By signature; one that is not read yet is in neither. */
  readonly valid: number;
  readonly notValid: number;
  /** What came again: with the same signature, or signed anew. */
  readonly repeats: number;
  readonly alarms: number;
  /** Received, and no longer kept. */
  readonly dropped: number;
  readonly refused: Readonly<Record<Refusal, number>>;
}

/** The valid deliveries of a job, newest first. */
export interface JobDeliveries {
  /** Another one for each job. */
  readonly key: string;
  /** Null for those that do not say which job they are of. */
  readonly jobId: string | null;
  readonly userId: string | null;
  readonly api: Delivery['api'];
  readonly signedBy: Profile | null;
  readonly deliveries: readonly Delivery[];
}

/** The IDs with which the status of a job is requested; null if they are not known, or may be forged. */
export function idsOfJob({ jobId, userId, deliveries }: JobDeliveries): JobIds | null {
  if (jobId === null || !deliveries.some(isTrusted)) return null;
  const isV3 = isV3JobId(jobId);
  if (!isV3 && userId === null) return null;
  const ids = { userId: isV3 ? null : userId, jobId };
  return checkJobIds(ids) === null ? ids : null;
}

interface Limit {
  readonly places: number;
  /** Of all bodies together. */
  readonly bytes: number;
}

const MB = 1024 * 1024;
/** Real bodies have 1.5 MB at most. */
const ALL: Limit = { places: 200, bytes: 300 * MB };
/** Anybody who knows the address can fill these; who has one signature, those with an alarm. */
const NOT_TRUSTED: Limit = { places: 20, bytes: 30 * MB };

/** Many deliveries in a short time are one change. */
const CHANGE_MS = 100;

/** What the store needs from the rest. */
export interface DeliveriesDeps {
  /** The keys of all profiles. Called once, and again after `keysChanged`. */
  readonly keys: () => Promise<readonly SigningKey[]>;
  /** Whether a request of ours was signed so. */
  readonly isOwn: (pair: SignedTime) => Promise<boolean>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
}

/**
 * The deliveries of this window, in memory only. They are read one after the other, in the order in which they came.
 * If there is no room, those that cannot be trusted give way first, and then those that came before, byte for byte.
 */
export class Deliveries {
  private readonly received: Emitter<Delivery>;
  /** Fires once for each delivery, when it was read; also for one that is not valid, or not kept. */
  readonly onDidReceive: Event<Delivery>;
  private readonly changed: Emitter<void>;
  /** Fires soon after deliveries, their answers or the counts changed. */
  readonly onDidChange: Event<void>;
  /** Oldest first. */
  private kept: readonly Delivery[] = [];
  private readonly counted = { received: 0, valid: 0, repeats: 0, alarms: 0, dropped: 0 };
  private readonly refused: Record<Refusal, number> = { ...NONE_REFUSED };
  /** Those that are not read yet, and what they were answered. */
  private readonly waiting = new Map<number, DeliveryAnswer | null>();
  private readonly pairs = new SeenPairs();
  private last: Promise<void> = Promise.resolve();
  private keys: Promise<readonly SigningKey[]> | null = null;
  /** Its key is tried first: most deliveries are of one profile. */
  private lastSigner: Profile | null = null;
  private isAnnounced = false;
  /** What came up to this number is not kept any more, even if it is not read yet. */
  private clearedTo = 0;
  private readonly closing = new AbortController();

  constructor(private readonly deps: DeliveriesDeps) {
    this.received = new Emitter(deps.logger);
    this.onDidReceive = this.received.event;
    this.changed = new Emitter(deps.logger);
    this.onDidChange = this.changed.event;
  }

  /** Newest first. */
  get all(): readonly Delivery[] {
    return [...this.kept].reverse();
  }

  /** Those without a valid signature, newest first. */
  get notValid(): readonly Delivery[] {
    return this.all.filter((delivery) => !isValid(delivery));
  }

  /** The valid ones by job; the job with the newest delivery is first. */
  get byJob(): readonly JobDeliveries[] {
    const groups = new Map<string, JobDeliveries>();
    for (const delivery of this.all.filter(isValid)) {
      const { jobId, userId, api, signedBy } = delivery;
      const key = keyOfJob(delivery);
      const { deliveries = [], ...group } = groups.get(key) ?? {
        key,
        jobId,
        userId,
        api,
        signedBy,
      };
      groups.set(key, { ...group, deliveries: [...deliveries, delivery] });
    }
    return [...groups.values()];
  }

  get counts(): DeliveryCounts {
    const { received, valid } = this.counted;
    return {
      ...this.counted,
      notValid: received - this.waiting.size - valid,
      refused: { ...this.refused },
    };
  }

  get(number: number): Delivery | undefined {
    return this.kept.find((delivery) => delivery.number === number);
  }

  /** @returns its number, and a promise that it is read: until then its bytes are in memory whatever the limits say */
  receive(arrival: Arrival): { readonly number: number; readonly isRead: Promise<void> } {
    this.counted.received += 1;
    const number = this.counted.received;
    this.waiting.set(number, null);
    this.announce();
    return { number, isRead: this.enqueue(() => this.read(number, arrival)) };
  }

  answered(number: number, answer: DeliveryAnswer): void {
    if (this.waiting.has(number)) this.waiting.set(number, answer);
    else this.update(number, (delivery) => ({ ...delivery, answer }));
  }

  refuse(reason: Refusal): void {
    this.refused[reason] += 1;
    this.announce();
  }

  /** Checks what is not valid again: the profile may have been added just for it. */
  keysChanged(): void {
    this.keys = null;
    void this.enqueue(async () => {
      for (const delivery of this.notValid.toReversed()) await this.readAgain(delivery);
    });
  }

  clear(): void {
    this.counted.dropped += this.kept.length;
    this.kept = [];
    this.clearedTo = this.counted.received;
    this.announce();
  }

  dispose(): void {
    this.closing.abort();
    this.kept = [];
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work).catch((error: unknown) => {
      this.deps.logger.error(error);
    });
    return this.last;
  }

  private async read(number: number, arrival: Arrival): Promise<void> {
    try {
      if (this.closing.signal.aborted) return;
      const { pair, ...read } = await readDelivery(arrival, await this.currentKeys());
      const notes = [...read.notes, ...(await this.notesOn(number, read, pair))];
      const delivery = { ...read, notes, number, answer: this.waiting.get(number) ?? null };
      this.waiting.delete(number);
      if (isValid(delivery)) this.counted.valid += 1;
      this.lastSigner = delivery.signedBy ?? this.lastSigner;
      if (number <= this.clearedTo) {
        this.counted.dropped += 1;
        return;
      }
      this.keep([...this.kept, delivery]);
      this.received.fire(delivery);
    } finally {
      this.waiting.delete(number);
      this.announce();
    }
  }

  private async readAgain(before: Delivery): Promise<void> {
    const { number } = before;
    const { pair, ...read } = await readDelivery(before, await this.currentKeys());
    if (!isValid(read) || !this.get(number)) return; // it may have given way meanwhile
    const notes = [...read.notes, ...(await this.notesOn(number, read, pair))];
    this.counted.valid += 1;
    this.update(number, ({ answer }) => ({ ...read, notes, number, answer }));
  }

  private keep(deliveries: readonly Delivery[]): void {
    const notTrusted = deliveries.filter((delivery) => !isTrusted(delivery));
    const trusted = deliveries.filter(isTrusted);
    const repeats = trusted.filter(isRepeat);
    const others = trusted.filter((delivery) => !isRepeat(delivery));
    let kept = deliveries;
    const drop = (delivery: Delivery | undefined): void => {
      kept = kept.filter((each) => each !== delivery);
      this.counted.dropped += 1;
    };
    while (isOver(notTrusted, NOT_TRUSTED)) drop(notTrusted.shift());
    while (isOver(kept, ALL)) drop(notTrusted.shift() ?? repeats.shift() ?? others.shift());
    this.kept = kept;
  }

  /** What was seen before. Only a valid signature can be used again, and only it is remembered. */
  private async notesOn(
    number: number,
    read: Omit<ReadDelivery, 'pair'>,
    pair: SignedTime | null,
  ): Promise<DeliveryNote[]> {
    if (!isValid(read) || pair === null) return [];
    const notes: DeliveryNote[] = [];
    if (await this.deps.isOwn(pair)) notes.push(ownRequestNote());
    const sighting = this.pairs.see(await pairHash(pair), number, read.sha256);
    if (sighting.kind === 'other body') {
      notes.push(otherBodyNote(sighting.other));
      this.markOtherBody(sighting.before, number);
    }
    const earlier = sighting.kind === 'repeat' ? sighting.first : this.sameContent(read)?.number;
    if (sighting.kind !== 'other body' && earlier !== undefined) {
      this.counted.repeats += 1;
      notes.push(
        sighting.kind === 'repeat' ? repeatNote(earlier, sighting.times) : signedAgainNote(earlier),
      );
    }
    if (notes.some(({ isAlarm }) => isAlarm)) this.counted.alarms += 1;
    return notes;
  }

  /** Those that were taken for what was signed, until another body came with the same signature. */
  private markOtherBody(numbers: readonly number[], other: number): void {
    const note = otherBodyNote(other);
    const isMarked = ({ notes }: Delivery): boolean => notes.some(({ kind }) => kind === note.kind);
    const marked = new Set(numbers);
    const changed = this.kept.map((each) =>
      marked.has(each.number) && !isMarked(each) ? { ...each, notes: [...each.notes, note] } : each,
    );
    this.keep(changed);
  }

  /** The first delivery of the same job that says the same, apart from times, signatures and links. */
  private sameContent(read: Omit<ReadDelivery, 'pair'>): Delivery | undefined {
    const raw = answeredIn(read)?.raw;
    if (raw === undefined) return undefined;
    return this.kept.find((delivery) => {
      // most are of other jobs
      if (delivery.jobId !== read.jobId || !isValid(delivery)) return false;
      if (keyOfJob(delivery) !== keyOfJob(read)) return false;
      const other = answeredIn(delivery)?.raw;
      return other !== undefined && isSameBody(other, raw);
    });
  }

  /** A failure to read them is not for the sender: the next delivery tries again. */
  private async currentKeys(): Promise<readonly SigningKey[]> {
    this.keys ??= this.deps.keys();
    const { keys } = this;
    try {
      const isLast = ({ profile }: SigningKey): number => Number(profile === this.lastSigner);
      return [...(await keys)].sort((a, b) => isLast(b) - isLast(a));
    } catch (error) {
      if (this.keys === keys) this.keys = null;
      this.deps.logger.warn(line`The keys for the signatures of webhooks cannot be read: ${error}`);
      return [];
    }
  }

  private update(number: number, change: (delivery: Delivery) => Delivery): void {
    const updated = this.kept.map((each) => (each.number === number ? change(each) : each));
    this.keep(updated);
    this.announce();
  }

  private announce(): void {
    const { signal } = this.closing;
    if (this.isAnnounced || signal.aborted) return;
    this.isAnnounced = true;
    void this.deps.clock.sleep(CHANGE_MS, signal).then(() => {
      this.isAnnounced = false;
      if (!signal.aborted) this.changed.fire();
    });
  }
}

const isRepeat = ({ notes }: Delivery): boolean => notes.some(({ kind }) => kind === 'repeat');

const isOver = (deliveries: readonly Delivery[], { places, bytes }: Limit): boolean =>
  deliveries.length > places || deliveries.reduce((sum, { body }) => sum + body.length, 0) > bytes;

/** The same for deliveries of one job: user and job ID name it in API v1, in v3 the job ID alone. */
const keyOfJob = ({ api, jobId, userId, signedBy }: JobKeyParts): string =>
  JSON.stringify([
    ...[signedBy?.id, api === 'v3', jobId],
    api === 'v3' || jobId === null ? null : userId,
  ]);

type JobKeyParts = Pick<Delivery, 'api' | 'jobId' | 'userId' | 'signedBy'>;

const repeatNote = (first: number, times: number): DeliveryNote => ({
  kind: 'repeat',
  isAlarm: false,
  label: l10n.t('try {0}', times),
  text: l10n.t('The same delivery came before, as #{0}. This is try {1}.', first, times),
});

const signedAgainNote = (first: number): DeliveryNote => ({
  kind: 'signed again',
  isAlarm: false,
  label: l10n.t('same as #{0}', first),
  text: l10n.t('The same content came before, as #{0}, with another signature.', first),
});

const otherBodyNote = (other: number): DeliveryNote => ({
  kind: 'other body',
  isAlarm: true,
  label: l10n.t('Signature reused'),
  text: l10n.t(
    'The same time and signature came with another body, as #{0}. No signature covers the body: one of them may be forged.',
    other,
  ),
});

const ownRequestNote = (): DeliveryNote => ({
  kind: 'own request',
  isAlarm: true,
  label: l10n.t('Signature of a request'),
  text: l10n.t(
    'This signature is from a request that this extension sent: someone took it, for example from a log, and made a webhook of it.',
  ),
});
