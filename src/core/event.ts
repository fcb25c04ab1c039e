import type { Logger } from './logger';

export interface Disposable {
  dispose(): void;
}

/** What a listener returns is not used; a promise is not awaited. */
type Listener<T> = (value: T) => unknown;

export type Event<T> = (listener: Listener<T>) => Disposable;

/**
 * Calls listeners in the order in which they were added; one that is added twice is called twice. A listener that
 * throws, at once or later, is logged: it stops neither the others nor the caller of `fire`.
 */
export class Emitter<T> {
  private readonly listeners = new Set<{ readonly call: Listener<T> }>();

  constructor(private readonly logger: Pick<Logger, 'error'>) {}

  readonly event: Event<T> = (call) => {
    const listener = { call };
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    const failed = (error: unknown): void => {
      this.logger.error(error);
    };
    for (const { call } of [...this.listeners]) {
      try {
        Promise.resolve(call(value)).catch(failed);
      } catch (error) {
        failed(error);
      }
    }
  }
}
