import { median } from './figure';

/** What the suite in the extension host gets in BENCH_QUERY. */
export interface LookupTask {
  readonly partnerId: string;
  readonly apiKey: string;
  /** Base URLs, one for each first request: connections are kept by address. */
  readonly urls: Readonly<Record<Client, readonly string[]>>;
}

/** What sends in the extension host: this extension, or `fetch` and nothing else. */
export type Client = 'smile' | 'fetch';

/** What it leaves in BENCH_RESULT, one entry for each address. */
export type TimesByClient = Readonly<Record<Client, readonly LookupTimes[]>>;

/** Milliseconds: of the request that opens a connection, and the median of those after it. */
export interface LookupTimes {
  readonly first: number;
  readonly repeated: number;
}

export const REPEATED = 19;

export async function timeLookups(lookUp: () => Promise<void>): Promise<LookupTimes> {
  const timed = async (): Promise<number> => {
    const begun = performance.now();
    await lookUp();
    return performance.now() - begun;
  };
  const first = await timed();
  const repeated: number[] = [];
  for (let count = 0; count < REPEATED; count += 1) repeated.push(await timed());
  return { first, repeated: median(repeated) };
}
