/** What is owned. A promise from its disposal is not awaited. */
interface Owned {
  dispose(): unknown;
}

/** Owns others, such as subscriptions, and disposes of them with itself: once, the last one first. */
export abstract class Disposable {
  private readonly owned: Owned[] = [];
  private disposed = false;

  /** Takes ownership. After disposal, what work in progress still registers is disposed at once. */
  protected register<T extends Owned>(part: T, ...more: readonly Owned[]): T {
    this.owned.push(part, ...more);
    if (this.disposed) this.dispose();
    return part;
  }

  dispose(): unknown {
    this.disposed = true;
    const errors: unknown[] = [];
    for (const part of this.owned.splice(0).reverse()) {
      try {
        part.dispose();
      } catch (error) {
        errors.push(error); // the others must end all the same
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not everything could be disposed of.');
    return undefined;
  }
}
