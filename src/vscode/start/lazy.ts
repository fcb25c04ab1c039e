import type * as vscode from 'vscode';

/** A part of the extension. Where it stores something at its end, VS Code waits for the promise. */
export interface Part {
  dispose(): unknown;
}

/** A part that is loaded when something of it is first needed, and made once. */
export class Lazy<T extends Part> {
  private made: Promise<T> | null = null;
  private readonly listeners: { call(part: T): void }[] = [];

  /** @param make fails where a file is missing, as while VS Code replaces the extension: the next call tries again */
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

  /** Loads it for its own sake: nobody waits, so a failure is logged. */
  load(): void {
    this.get().catch((error: unknown) => {
      this.channel.error(error instanceof Error ? error : String(error));
    });
  }

  /** Calls once the part is there, before anybody else gets it; never where nothing needs it. */
  whenLoaded(call: (part: T) => void): void {
    this.listeners.push({ call });
  }

  /** Of a part that was never needed, nothing is to be disposed. */
  async dispose(): Promise<void> {
    await (await this.made)?.dispose();
  }
}
