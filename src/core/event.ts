import type { Logger } from './logger';

export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * Calls listeners when something happens, in the order in which they were added; one that is added twice is called
 * twice. A listener that throws is logged: it stops neither the others nor whoever fires.
 */
export class Emitter<T> {
  private readonly listeners = new Set<{ readonly call: (value: T) => void }>();

  constructor(private readonly logger: Pick<Logger, 'error'>) {}

  readonly event: Event<T> = (call) => {
    const listener = { call };
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const { call } of [...this.listeners]) {
      try {
        call(value);
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}
