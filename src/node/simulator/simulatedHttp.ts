import type { Form } from './multipart';

/** A request as the simulation gets it, without the socket. */
export interface SimulatedRequest {
  readonly method: string;
  readonly url: URL;
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; empty if it is a form. */
  readonly body: string;
  /** The body if it is announced as multipart/form-data, or null. */
  readonly form: Form | 'malformed' | null;
}

export interface SimulatedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SimulatedResponse {
  return jsonText(status, JSON.stringify(body), headers);
}

export function jsonText(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): SimulatedResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

/** The page of a gateway in front of a service that fails. */
export const gatewayHtml = (title: string): string =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>${title}</h1></center>\n</body>\n</html>\n`;

/** @returns undefined if the text is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // which the caller refuses
  }
}

/** @returns null if the text is no JSON object */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  const value = parseJson(text);
  return isObject(value) ? value : null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
