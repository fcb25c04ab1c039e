/** Lets the editor's own events through, so that what was typed or canceled in the meantime is known. */
export const yieldToTyping = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
