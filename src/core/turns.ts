/** Does work on the same thing one piece after the other, and work on different things at the same time. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @param key what the work is about. A failure is the caller's own: the next piece starts all the same. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const done = (this.last.get(key) ?? Promise.resolve()).then(work);
    const settled = done.catch(() => undefined);
    this.last.set(key, settled);
    void settled.then(() => {
      if (this.last.get(key) === settled) this.last.delete(key);
    });
    return done;
  }
}
