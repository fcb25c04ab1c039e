/** What is owned; where its end takes a while, nobody waits. */
interface Owned {
  dispose(): unknown;
}

/** What owns others, such as subscriptions, and disposes of them with itself: once, the last one first. */
export abstract class Disposable {
  private readonly owned: Owned[] = [];
  private disposed = false;

  /** Owns what it gets. After the end, as from work that was still under way, it is disposed of at once. */
  protected register<T extends Owned>(part: T, ...more: readonly Owned[]): T {
    this.owned.push(part, ...more);
    if (this.disposed) this.dispose();
    return part;
  }

  dispose(): unknown {
    this.disposed = true;
    for (const part of this.owned.splice(0).reverse()) part.dispose();
    return undefined;
  }
}
