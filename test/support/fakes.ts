import { sign } from '../../src/core/smile/signature';
import type { Clock } from '../../src/core/clock';
import { Emitter } from '../../src/core/event';
import type { Logger, LogLine } from '../../src/core/logger';
import type { RecordStore } from '../../src/core/recordStore';
import type { LookupEvent } from '../../src/core/jobs/jobLookup';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/core/smile/http';
import type { JobRequest } from '../../src/core/smile/jobRequest';
import type { JobStatusOutcome } from '../../src/core/smile/outcome';
import type { Profile } from '../../src/core/smile/profile';

/**
 * Time that passes only when something waits for it. A wait shorter than a minute is over at once; a longer
 * one (a deadline) ends when the test lets that much time pass.
 */
export class FakeClock implements Clock {
  private time = Date.parse('2026-03-01T12:00:00.000Z');
  private deadlines: { at: number; end: () => void }[] = [];
  readonly waits: number[] = [];

  now(): Date {
    return new Date(this.time);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (ms < 60_000) {
      this.waits.push(ms);
      this.pass(ms);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.deadlines.push({ at: this.time + ms, end: resolve });
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  pass(ms: number): void {
    this.time += ms;
    for (const { at, end } of this.deadlines) if (at <= this.time) end();
  }
}

/** Time that passes only when a test says so: it jumps to the end of the wait that is over first. */
export class SteppedClock implements Clock {
  private readonly waits = new Set<{ at: number; readonly end: () => void }>();

  /** @param time where it starts, in milliseconds */
  constructor(private time = Date.parse('2026-03-01T12:00:00.000Z')) {}

  now(): Date {
    return new Date(this.time);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        this.waits.delete(wait);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const wait = { at: this.time + ms, end };
      this.waits.add(wait);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
  }

  /** How many waits are not over. */
  get waiting(): number {
    return this.waits.size;
  }

  /** Ends the first wait, at its time. Does nothing if there is no wait. */
  step(): void {
    const [first] = [...this.waits].sort((a, b) => a.at - b.at);
    if (!first) return;
    this.pass(Math.max(0, first.at - this.time));
    first.end();
  }

  /** Lets time pass although no wait is over. */
  pass(ms: number): void {
    this.time += ms;
  }

  /** Sets the clock on or back, as a user does: that makes no wait longer or shorter. */
  set(ms: number): void {
    this.time += ms;
    for (const wait of this.waits) wait.at += ms;
  }
}

type Reply = HttpResponse | Error;

/** A network of prepared replies, in order; the last one repeats. Keeps the requests. */
export class FakeHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];
  constructor(
    private readonly replies: readonly ((request: HttpRequest) => Reply | Promise<Reply>)[],
  ) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const reply = this.replies[Math.min(this.requests.length, this.replies.length - 1)];
    this.requests.push(request);
    if (!reply) throw new Error('no reply is prepared');
    const made = await reply(request);
    if (made instanceof Error) throw made;
    return made;
  }
}

/** An HTTP response with this body. */
export function response(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: new Map(Object.entries(headers)),
    body: new TextEncoder().encode(text),
    cut: null,
  };
}

/** An HTTP response with a job, signed as Smile ID signs it. */
export async function signedResponse(
  body: Readonly<Record<string, unknown>>,
  apiKey: string,
  partnerId: string,
): Promise<HttpResponse> {
  const timestamp = '2026-03-01T12:00:00.000Z';
  return response({ ...body, ...(await sign(apiKey, partnerId, timestamp)) });
}

/** A server that never responds: it waits until the request is stopped. */
export function hang(request: HttpRequest): Promise<Error> {
  return new Promise((resolve) => {
    const stopped = (): void => {
      resolve(new Error('aborted'));
    };
    if (request.signal.aborted) stopped();
    request.signal.addEventListener('abort', stopped);
  });
}

/** Records in memory. `full` makes it refuse to write, as a full disk does; `unreadable` to list. */
export class MemoryStore<T> implements RecordStore<T> {
  readonly records = new Map<string, T>();
  private readonly changed = new Emitter<void>(new MemoryLog());
  readonly onDidChange = this.changed.event;
  full = false;
  unreadable = false;

  list(): Promise<ReadonlyMap<string, T>> {
    if (this.unreadable) return Promise.reject(new Error('input/output error'));
    return Promise.resolve(new Map(this.records));
  }

  keys(): Promise<ReadonlySet<string>> {
    if (this.unreadable) return Promise.reject(new Error('input/output error'));
    return Promise.resolve(new Set(this.records.keys()));
  }

  write(key: string, record: T): Promise<void> {
    if (this.full) {
      const error = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return Promise.reject(error);
    }
    this.records.set(key, record);
    this.changed.fire();
    return Promise.resolve();
  }

  remove(key: string): Promise<void> {
    this.records.delete(key);
    this.changed.fire();
    return Promise.resolve();
  }
}

export class MemoryLog implements Logger {
  readonly lines: string[] = [];
  info({ text }: LogLine): void {
    this.lines.push(text);
  }
  warn({ text }: LogLine): void {
    this.lines.push(text);
  }
  error(error: unknown): void {
    this.lines.push(String(error));
  }
}

/** A lookup whose outcomes are made up. Like the real one, it fires its event first, and then its promise resolves. */
export class FakeLookup {
  private readonly changed = new Emitter<LookupEvent>(new MemoryLog());
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly reply: (request: JobRequest) => JobStatusOutcome | Promise<JobStatusOutcome>,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async lookUp(profile: Profile, request: JobRequest): Promise<JobStatusOutcome> {
    const outcome = await this.reply(request);
    this.publish(profile, request, outcome);
    return outcome;
  }

  /** As if other code sent the request. */
  publish(profile: Profile, request: JobRequest, outcome: JobStatusOutcome): void {
    this.changed.fire({ profile, request, outcome, at: this.clock.now() });
  }
}
