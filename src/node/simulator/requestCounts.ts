import { createHash } from 'node:crypto';

/** For so many jobs the simulator remembers how often each was requested; it forgets the one requested longest ago. */
export const MAX_JOBS = 5000;

/** How often each job was requested. */
export class RequestCounts {
  /** By a digest of its IDs, which may be long. */
  private readonly counts = new Map<string, number>();

  /** @returns 1 when the job with these IDs is requested for the first time */
  add(...ids: readonly string[]): number {
    const key = createHash('sha256').update(JSON.stringify(ids)).digest('base64');
    const count = (this.counts.get(key) ?? 0) + 1;
    keep(this.counts, key, count, MAX_JOBS);
    return count;
  }
}

/** Adds an entry as the newest of a map, which then has at most `max`. */
export function keep<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  map.delete(key); // a map keeps the order in which keys were added
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > max && oldest !== undefined) map.delete(oldest);
}
