import * as l10n from '../../core/l10n';
import type { HttpClient } from '../../core/smile/http';
import { embeddedImageNames, embeddedImageOf } from '../../core/smile/embeddedImages';
import type { Answered } from '../../core/smile/outcome';
import { fetchImage, type FetchedImage } from '../../core/smile/image';
import type { Environment } from '../../core/smile/environment';

/** How many links are followed at once, and how large all images may be together: they are kept in memory. */
const AT_ONCE = 4;
const MAX_BYTES_TOGETHER = 100 * 1024 * 1024;

/**
 * The images of one response, in memory only: those it links to, fetched once, and those it contains. They are
 * dropped after a while, and with the panel. A response without image links may still contain images.
 */
export class JobImages {
  private readonly images = new Map<string, Promise<FetchedImage>>();
  /** Ends downloads, and what comes after it is dropped. A new one is made when they are fetched again. */
  private stop = new AbortController();
  private readonly names: readonly string[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private loading = 0;
  private readonly waiting: (() => void)[] = [];
  private bytes = 0;

  /**
   * @param timeoutMs how long one image may take
   * @param minutes how long images stay
   * @param onDropped called when that time is over
   */
  constructor(
    private readonly http: HttpClient,
    private readonly environment: Environment,
    private response: Answered,
    private readonly timeoutMs: number,
    private readonly minutes: () => number,
    private readonly onDropped: () => void,
  ) {
    const links = response.job.images.map(({ name }) => name);
    this.names = [...links, ...embeddedImageNames(response.raw)];
    this.keep();
  }

  get all(): readonly string[] {
    return this.names;
  }

  get dropped(): boolean {
    return this.stop.signal.aborted;
  }

  /** Undefined for a name that the response does not have, and after the images were dropped. */
  async get(name: string): Promise<FetchedImage | undefined> {
    if (this.dropped || !this.names.includes(name)) return undefined;
    const { signal } = this.stop;
    const image = this.images.get(name) ?? this.load(name, signal);
    this.images.set(name, image);
    const loaded = await image;
    return signal.aborted ? undefined : loaded;
  }

  /** The same response again, with fresh links or without the images inside it. */
  renew(response: Answered): void {
    this.response = response;
  }

  /** Allows fetching them again, and starts their time again. */
  restartExpiry(): void {
    if (this.dropped) this.stop = new AbortController();
    this.keep();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.stop.abort();
    this.images.clear();
    this.bytes = 0;
  }

  private keep(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.dispose();
      this.onDropped();
    }, this.minutes() * 60_000);
  }

  private async load(name: string, stop: AbortSignal): Promise<FetchedImage> {
    const embedded = embeddedImageOf(this.response.raw, name);
    if (embedded) return embedded;
    while (this.loading >= AT_ONCE) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
    this.loading += 1;
    try {
      // After a long wait, they may be dropped already.
      return stop.aborted ? gone() : await this.follow(name, stop);
    } finally {
      this.loading -= 1;
      this.waiting.shift()?.();
    }
  }

  private async follow(name: string, stop: AbortSignal): Promise<FetchedImage> {
    const link = this.response.job.images.find((candidate) => candidate.name === name);
    if (!link) return gone();
    const slow = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([stop, slow]);
    const image = await fetchImage(this.http, link.url, this.environment, signal);
    if (stop.aborted) return gone();
    if (slow.aborted && image.kind === 'failed') {
      const reason = l10n.t('The image did not arrive within {0} seconds.', this.timeoutMs / 1000);
      return { kind: 'failed', reason };
    }
    if (image.kind !== 'image') return image;
    if (this.bytes + image.bytes.length > MAX_BYTES_TOGETHER) return tooMuch();
    this.bytes += image.bytes.length;
    return image;
  }
}

const gone = (): FetchedImage => ({
  kind: 'failed',
  reason: l10n.t('The image is no longer there.'),
});
const tooMuch = (): FetchedImage => ({
  kind: 'failed',
  reason: l10n.t('The images of this job are larger than 100 MB together; this one is not shown.'),
});
