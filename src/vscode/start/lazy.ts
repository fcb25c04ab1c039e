import type * as vscode from 'vscode';

/** A part of the extension. If it stores something at its end, VS Code waits for the promise. */
export interface Part {
  dispose(): unknown;
}

/** A part that is loaded when it is first needed, and made once. */
export class Lazy<T extends Part> {
  private made: Promise<T> | null = null;
  private readonly listeners: { call(part: T): void }[] = [];

  /** @param make fails if a file is missing, as while VS Code replaces the extension: the next call tries again */
  constructor(
    private readonly make: () => Promise<T>,
    private readonly channel: Pick<vscode.LogOutputChannel, 'error'>,
  ) {}

  get(): Promise<T> {
    this.made ??= this.make().then(
      (part) => {
        for (const listener of this.listeners.splice(0)) listener.call(part);
        return part;
      },
      (error: unknown) => {
        this.made = null;
        throw error;
      },
    );
    return this.made;
  }

  /** Loads the part without a caller that waits for it, so a failure is logged. */
  load(): void {
    this.get().catch((error: unknown) => {
      this.channel.error(error instanceof Error ? error : String(error));
    });
  }

  /** Calls once the part is loaded, before others get it; never if nothing needs it. */
  whenLoaded(call: (part: T) => void): void {
    this.listeners.push({ call });
  }

  /** Does nothing if the part was never needed. */
  async dispose(): Promise<void> {
    await (await this.made)?.dispose();
  }
}
