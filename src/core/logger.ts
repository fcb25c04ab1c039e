/** Where the core reports what went on. Messages hold no keys, IDs of people or bodies. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
}
