import type { HttpClient } from '../../core/smile/http';
import { embeddedPictureNames, embeddedPictureOf } from '../../core/smile/embeddedPictures';
import type { Answered } from '../../core/smile/outcome';
import { fetchPicture, type FetchedPicture } from '../../core/smile/picture';
import type { Profile } from '../../core/smile/profile';

/** How many links are followed at once, and how much they may bring together: all of it is kept in memory. */
const AT_ONCE = 4;
const MAX_BYTES_TOGETHER = 100 * 1024 * 1024;

/**
 * The pictures of one answer, in memory only: those it links to, fetched once, and those it carries. They are
 * dropped after a while, and with the panel.
 */
export class JobPictures {
  private readonly pictures = new Map<string, Promise<FetchedPicture>>();
  private readonly stop = new AbortController();
  private readonly names: readonly string[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gone = false;
  private loading = 0;
  private readonly waiting: (() => void)[] = [];
  private bytes = 0;

  /**
   * @param timeoutMs how long one picture may take
   * @param minutes how long pictures stay
   * @param onDropped told when that time is over
   */
  constructor(
    private readonly http: HttpClient,
    private readonly profile: Profile,
    private answer: Answered,
    private readonly timeoutMs: number,
    private readonly minutes: () => number,
    private readonly onDropped: () => void,
  ) {
    const links = answer.job.images.map(({ name }) => name);
    this.names = [...links, ...embeddedPictureNames(answer.raw)];
    this.keep();
  }

  get all(): readonly string[] {
    return this.names;
  }

  get dropped(): boolean {
    return this.gone;
  }

  /** Undefined for a name that the answer does not have, and once the pictures were dropped. */
  async get(name: string): Promise<FetchedPicture | undefined> {
    if (this.gone || !this.names.includes(name)) return undefined;
    const picture = this.pictures.get(name) ?? this.load(name);
    this.pictures.set(name, picture);
    const loaded = await picture;
    // What comes after they were dropped is dropped, too.
    return this.stop.signal.aborted || this.pictures.get(name) !== picture ? undefined : loaded;
  }

  /** The same answer once more, with links that are fresh; or without what was inside it. */
  renew(answer: Answered): void {
    this.answer = answer;
  }

  /** Lets them be fetched again, for as long as at first. */
  again(): void {
    this.gone = false;
    this.keep();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.stop.abort();
    this.pictures.clear();
  }

  private keep(): void {
    clearTimeout(this.timer);
    if (this.names.length === 0) return;
    this.timer = setTimeout(() => {
      this.gone = true;
      this.pictures.clear();
      this.bytes = 0;
      this.onDropped();
    }, this.minutes() * 60_000);
  }

  private async load(name: string): Promise<FetchedPicture> {
    const embedded = embeddedPictureOf(this.answer.raw, name);
    if (embedded) return embedded;
    while (this.loading >= AT_ONCE) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
    this.loading += 1;
    try {
      return await this.follow(name);
    } finally {
      this.loading -= 1;
      this.waiting.shift()?.();
    }
  }

  private async follow(name: string): Promise<FetchedPicture> {
    const image = this.answer.job.images.find((candidate) => candidate.name === name);
    // After a long wait they may be dropped already.
    if (!image || this.gone || this.stop.signal.aborted) {
      return { kind: 'failed', reason: 'The picture is no longer there.' };
    }
    const slow = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([this.stop.signal, slow]);
    const picture = await fetchPicture(this.http, image.url, this.profile.environment, signal);
    if (slow.aborted && picture.kind === 'failed') {
      const reason = `The picture did not come within ${this.timeoutMs / 1000} seconds.`;
      return { kind: 'failed', reason };
    }
    if (picture.kind !== 'picture') return picture;
    if (this.dropped) return { kind: 'failed', reason: 'The picture is no longer there.' };
    if (this.bytes + picture.bytes.length > MAX_BYTES_TOGETHER) return TOO_MUCH;
    this.bytes += picture.bytes.length;
    return picture;
  }
}

const TOO_MUCH: FetchedPicture = {
  kind: 'failed',
  reason: 'The pictures of this job are larger than 100 MB together; this one is not shown.',
};
