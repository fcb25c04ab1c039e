/** What signs requests, and where they are sent. Never logged, never stored as a whole. */
export interface Credentials {
  readonly partnerId: string;
  readonly apiKey: string;
  /** From baseUrlOf: one of Smile ID's hosts, or loopback. */
  readonly baseUrl: string;
}
