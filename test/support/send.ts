import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Reply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

/** A request as any client may send it: also with the headers that `fetch` sets itself, and on a connection of its own. */
export async function send(
  url: string,
  { method = 'POST', headers = {}, body = '' }: Sent = {},
): Promise<Reply> {
  const request = httpRequest(url, { method, headers, agent: false });
  request.end(body);
  return await new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      text(response).then((read) => {
        resolve({ status: response.statusCode, headers: response.headers, body: read });
      }, reject);
    });
  });
}
