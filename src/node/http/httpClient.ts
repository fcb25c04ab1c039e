import { isLoopback } from '../../core/smile/environment';
import type { HttpClient, HttpRequest, HttpResponse } from '../../core/smile/http';
import { BeyondFetch } from './failures';
import { FetchAdapter } from './fetchAdapter';
import { NodeFetchAdapter } from './nodeFetchAdapter';

/**
 * HTTP by two adapters. The first is `fetch`: VS Code patches it for proxy and certificates, and it keeps connections.
 * The second is node-fetch, whose `https` VS Code patches too, for what the first does not do.
 */
export class NodeHttpClient implements HttpClient {
  /** @param isFetchPatched whether VS Code's proxy and certificate settings apply to `fetch` */
  constructor(
    private readonly isFetchPatched: () => boolean = () => true,
    private readonly first: HttpClient = new FetchAdapter(),
    private readonly second: HttpClient = new NodeFetchAdapter(),
  ) {}

  async send(request: HttpRequest): Promise<HttpResponse> {
    const url = new URL(request.url);
    const mayBringAnyCertificate = url.protocol === 'https:' && isLoopback(url);
    if (mayBringAnyCertificate || !this.isFetchPatched()) return this.second.send(request);
    try {
      return await this.first.send(request);
    } catch (error) {
      if (!(error instanceof BeyondFetch)) throw error;
      return await this.second.send(request);
    }
  }
}
