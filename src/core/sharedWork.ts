/** Work that several callers wait for. It is stopped when all of them have left. */
export class SharedWork<T> {
  readonly result: Promise<T>;
  private readonly stopping = new AbortController();
  private waiting = 0;

  /** @param work begins at once */
  constructor(work: (stop: AbortSignal) => Promise<T>) {
    this.result = work(this.stopping.signal);
    this.result.catch(() => undefined); // a failure that no caller waits for
  }

  /** Aborted when it is stopped: no caller may join it from then on. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  stop(): void {
    this.stopping.abort();
  }

  /** @param left the result for a caller that cancels */
  async join(cancel: AbortSignal, left: T): Promise<T> {
    this.waiting += 1;
    let leave = (): void => undefined;
    const canceled = new Promise<T>((resolve) => {
      leave = () => {
        resolve(left);
      };
      cancel.addEventListener('abort', leave);
      if (cancel.aborted) leave();
    });
    try {
      return await Promise.race([this.result, canceled]);
    } finally {
      cancel.removeEventListener('abort', leave);
      this.waiting -= 1;
      if (this.waiting === 0) this.stop();
    }
  }
}
