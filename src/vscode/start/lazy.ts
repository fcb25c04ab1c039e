import type * as vscode from 'vscode';

/** A part of the extension. If it stores something at its end, VS Code waits for the promise. */
export interface Part {
  dispose(): unknown;
}

/** A part that is loaded when it is first needed, and made once. */
export class Lazy<T extends Part> {
  private made: Promise<T> | null = null;
  private ended = false;
  private readonly listeners: { call(part: T): void }[] = [];

  /**
   * @param make fails if a file is missing, as while VS Code replaces the extension: the next call tries again
   * @param notLoaded what users read then; the error itself, which names files of this machine, is logged
   */
  constructor(
    private readonly make: () => Promise<T>,
    private readonly channel: Pick<vscode.LogOutputChannel, 'error'>,
    private readonly notLoaded: () => string,
  ) {}

  /** Rejects once the extension has ended: nothing would end a part that is made later. */
  get(): Promise<T> {
    if (this.ended) return Promise.reject(new Error('The extension has ended.'));
    this.made ??= this.make().then(
      (part) => {
        for (const listener of this.listeners.splice(0)) this.notify(listener, part);
        return part;
      },
      (error: unknown) => {
        this.made = null;
        this.log(error);
        throw new Error(this.notLoaded());
      },
    );
    return this.made;
  }

  private notify(listener: { call(part: T): void }, part: T): void {
    try {
      listener.call(part);
    } catch (error) {
      this.log(error); // the part itself works
    }
  }

  /** Loads the part without a caller that waits for it. */
  load(): void {
    if (!this.ended) this.get().catch(() => undefined); // it has been logged
  }

  private readonly log = (error: unknown): void => {
    this.channel.error(error instanceof Error ? error : String(error));
  };

  /** Calls once the part is loaded, before others get it; never if nothing needs it. */
  whenLoaded(call: (part: T) => void): void {
    this.listeners.push({ call });
  }

  /** Does nothing if the part was never needed. */
  async dispose(): Promise<void> {
    this.ended = true;
    const part = await this.made?.catch(() => null); // whoever needed it knows of the failure
    await part?.dispose();
  }
}
