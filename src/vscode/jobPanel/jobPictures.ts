import type { HttpClient } from '../../core/smile/http';
import { embeddedPicturesOf } from '../../core/smile/embeddedPictures';
import type { Answered } from '../../core/smile/outcome';
import { fetchPicture, type FetchedPicture } from '../../core/smile/picture';
import type { Profile } from '../../core/smile/profile';

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
    const embedded = embeddedPicturesOf(answer.raw);
    this.names = [...answer.job.images, ...embedded].map(({ name }) => name);
    for (const { name, picture } of embedded) this.pictures.set(name, Promise.resolve(picture));
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
    return this.stop.signal.aborted ? undefined : loaded;
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
      this.onDropped();
    }, this.minutes() * 60_000);
  }

  private async load(name: string): Promise<FetchedPicture> {
    const image = this.answer.job.images.find((candidate) => candidate.name === name);
    if (!image) {
      const embedded = embeddedPicturesOf(this.answer.raw).find((each) => each.name === name);
      return embedded?.picture ?? { kind: 'failed', reason: 'The picture is no longer there.' };
    }
    const slow = AbortSignal.timeout(this.timeoutMs);
    const signal = AbortSignal.any([this.stop.signal, slow]);
    const picture = await fetchPicture(this.http, image.url, this.profile.environment, signal);
    return slow.aborted && picture.kind === 'failed'
      ? {
          kind: 'failed',
          reason: `The picture did not come within ${this.timeoutMs / 1000} seconds.`,
        }
      : picture;
  }
}
